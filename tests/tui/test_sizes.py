"""Screens in windows of every size, from one cell up: in every state, and nothing typed is lost."""

from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from itertools import cycle
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from textual.events import Paste, Resize
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from studytool import tui
from studytool.language import LANGUAGES, Language
from studytool.session.desk import Desk
from studytool.tui.app import StudyApp
from studytool.tui.home_screen import HomeScreen
from studytool.tui.question_view import QuestionView
from tests.cases import first_row_quick
from tests.tui.driving import app_at, press, resize, settled, text_of
from tests.tui.states import STATES, WHOLE, desk_of, session_of, state_shown

HARD = [(1, 1), (5, 10), (9, 10), (10, 4), (80, 1), (1, 24)]
"""Those that ended the program, and the extremes."""

SMALL = [(width, height) for width in (2, 6, 8, 11) for height in (2, 5, 13)]
EDGES = [(width, height) for width in (15, 17, 30, 59, 110) for height in (3, 8, 20, 60)]
"""Around the widths at which a screen is laid out another way."""


def _typed(app: StudyApp) -> list[str]:
    views = [view.typed for view in app.screen.query(QuestionView)]
    return views or [entry.value for entry in app.screen.query(Input)]


def _kinds(kind: type[Screen[Any]]) -> Iterator[type[Screen[Any]]]:
    """Return the kinds of screen made of one that no other is made of."""
    made = kind.__subclasses__()
    for one in made:
        yield from _kinds(one)
    if not made:
        yield kind


def test_every_screen_has_a_state() -> None:
    for module in iter_modules(tui.__path__):
        import_module(f"{tui.__name__}.{module.name}")
    own = {one.__name__ for one in _kinds(Screen) if one.__module__.startswith(tui.__name__)}
    assert own - {"PreviewScreen"} == {state.screen for state in STATES.values()}  # an app's own


@pytest.mark.parametrize(
    ("name", "language"), first_row_quick(zip(STATES, cycle(LANGUAGES), strict=False))
)
async def test_a_window_of_any_size_loses_nothing(
    name: str, language: Language, make_desk: dict[str, Desk], tmp_path: Path
) -> None:
    async with state_shown(name, make_desk, tmp_path, language) as (app, pilot):
        before, typed, screen = text_of(app), _typed(app), app.screen
        focused = app.focused
        for size in HARD:
            await resize(pilot, *size)
            text_of(app)  # no line is wider than the window
            assert _typed(app) == typed
        if STATES[name].closes:
            assert isinstance(app.screen, HomeScreen)
            return
        await _type_unseen(app, pilot, focused)
        assert _typed(app) == typed
        await resize(pilot, *WHOLE)
        assert app.screen is screen
        assert _typed(app) == typed
        assert app.focused is focused  # it can be typed on
        if STATES[name].waits and not STATES[name].tells:
            assert text_of(app) == before
        if name == "typed half":
            await press(pilot, "5")
            assert _typed(app) == [f"{typed[0]}5"]


async def _type_unseen(app: StudyApp, pilot: Pilot[None], focused: Widget | None) -> None:
    """Press keys that would choose, mark, rate, put away or leave: those of an entry are typed."""
    entry = focused if isinstance(focused, Input) else Input("")
    before, screen = entry.value, app.screen
    for key in ("1", "s", "enter", "f3", "f6", "escape", "8"):
        await pilot.press(key)
    app.post_message(Paste("3\x07\n4"))
    await pilot.pause()
    assert app.screen is screen
    if entry is focused:
        assert entry.value == f"{before}1s83<U+0007>"
    for _ in "1s83<U+0007>":
        await pilot.press("backspace")
    assert entry.value == before


@pytest.mark.slow
@pytest.mark.parametrize("name", STATES)
async def test_sizes_in_all_states(name: str, make_desk: dict[str, Desk], tmp_path: Path) -> None:
    async with state_shown(name, make_desk, tmp_path, "en") as (app, pilot):
        typed = _typed(app)
        for size in [*SMALL, *EDGES]:
            await resize(pilot, *size)
            text_of(app)
            assert _typed(app) == typed


@pytest.mark.slow
@pytest.mark.parametrize("size", HARD)
@pytest.mark.parametrize("name", ["home", "question", "options", "order held", "cram"])
async def test_it_may_begin_so_small(
    name: str, size: tuple[int, int], make_desk: dict[str, Desk], tmp_path: Path
) -> None:
    state = STATES[name]
    desk = desk_of(state, make_desk, tmp_path)
    app = app_at(desk, session_of(state, desk))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        text_of(app)
        await press(pilot, *state.keys)  # nobody sees what they would do
        await resize(pilot, *WHOLE)
        assert app.screen.query("#keys").first().display
        assert (app.focused is None) == (name == "cram")  # a card has nothing to type
        assert "studytool" in text_of(app) or state.session


STORMS = [
    *((name, seed, "ko") for name in ("typed half", "marked", "order held") for seed in range(2)),
    *(
        (name, 2, language)
        for name, language in zip(STATES, cycle(LANGUAGES), strict=False)
        if name in {"author", "claims", "custom", "options"}
    ),
]
"""A state, the seed of its sizes, and the language."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "seed", "language"), STORMS)
async def test_a_storm_of_sizes(
    name: str, seed: int, language: Language, make_desk: dict[str, Desk], tmp_path: Path
) -> None:
    """The events come faster than the screens are drawn."""
    async with state_shown(name, make_desk, tmp_path, language) as (app, pilot):
        before, typed, screen = text_of(app), _typed(app), app.screen
        for turn in range(60):
            drawn = sha256(f"{seed}/{turn}".encode()).digest()
            size = Size(drawn[0] % 120 + 1, drawn[1] % 40 + 1)
            app._driver._size = size  # type: ignore[union-attr] # the headless one has it
            app.post_message(Resize(size, size))
            if drawn[2] % 10 == 0:
                await pilot.pause()
        app.post_message(Resize(Size(1, 1), Size(1, 1)))
        await settled(pilot)
        await resize(pilot, *WHOLE)
        assert app.screen is screen
        assert _typed(app) == typed
        if STATES[name].waits and not STATES[name].tells:
            assert text_of(app) == before
