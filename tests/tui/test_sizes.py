"""Screens in windows of every size, from one cell up: in every state, and nothing typed is lost."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
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
from studytool.clock import MACHINE_CLOCK
from studytool.language import LANGUAGES, Language
from studytool.packs.reader import load_pack
from studytool.quiz.key import OptionKey
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.session.study_session import StudySession
from studytool.tui.app import StudyApp
from studytool.tui.home_screen import HomeScreen
from studytool.tui.question_view import QuestionView
from tests.cases import first_row_quick
from tests.packs.samples import write_pack
from tests.session.measured_pack import ESTIMATE, ORDER
from tests.tui.driving import NOW, app_at, press, resize, settled, text_of
from tests.tui.tried_pack import desk_with, write_slow_pack

WHOLE = (80, 24)
HARD = [(1, 1), (5, 10), (9, 10), (10, 4), (80, 1), (1, 24)]
"""Those that ended the program, and the extremes."""

SMALL = [(width, height) for width in (2, 6, 8, 11) for height in (2, 5, 13)]
EDGES = [(width, height) for width in (15, 17, 30, 59, 110) for height in (3, 8, 20, 60)]
"""Around the widths at which a screen is laid out another way."""


@dataclass(frozen=True)
class State:
    """What is in view when the window changes.

    Attributes:
        keys: that lead there.
        session: what is studied, if anything: a concept, a kind of item, or ``cram``.
        waits: whether what the last key began is waited for.
        asks_confidence: whether the learner is asked how sure they are.
        screen: what is in front then.
        closes: whether it leaves with the size that it was drawn for.
    """

    keys: tuple[str, ...] = ()
    session: str = ""
    waits: bool = True
    asks_confidence: bool = False
    screen: str = "StudyScreen"
    closes: bool = False


STATES = {
    "typed half": State(("1", "dot", "2"), "xavier"),
    "home": State(screen="HomeScreen"),
    "progress": State(("p",), screen="ProgressScreen"),
    "custom": State(("s",), screen="CustomScreen"),
    "custom search": State(("s", "end", "enter", "r", "e"), screen="CustomScreen"),
    "claims": State(("n",), screen="ClaimsScreen"),
    "author": State(("a",), screen="AuthorScreen"),
    "palette": State(("ctrl+p", "d"), screen="PaletteScreen"),
    "help": State(("question_mark",), screen="HelpScreen"),
    "topics": State(("question_mark", "t"), screen="TopicsScreen"),
    "page": State(("question_mark", "t", "enter"), screen="PageScreen"),
    "browse": State(("b", "r", "e"), screen="BrowseScreen"),
    "experiments": State(("e", "d", "i"), screen="ExperimentsScreen"),
    "lab": State(("e", "enter", "down", "right"), screen="LabScreen"),
    "lab's question": State(("e", "enter", "m"), screen="LabQuestionScreen"),
    "settings": State(("o", "down"), screen="SettingsScreen"),
    "setting typed": State(("o", "down", "down", "down", "enter", "9"), screen="SettingsScreen"),
    "jump": State(("ctrl+o",), screen="JumpScreen", closes=True),
    "lesson": State(("1", "f10"), "xavier", screen="LessonScreen"),
    "question": State((), "xavier"),
    "hint": State(("1", "f2"), "xavier"),
    "not readable": State(("x", "enter"), "xavier"),
    "how sure": State(("7", "enter"), "xavier", asks_confidence=True),
    "marked": State(("7", "enter"), "xavier"),
    "shown": State(("f3",), "xavier"),
    "help over a question": State(("4", "f1"), "xavier", screen="HelpScreen"),
    "tried": State(("f3", "v"), "xavier"),
    "trial under way": State(("f3", "v"), "slow", waits=False),
    "options": State(("down",), "options"),
    "options marked": State(("1",), "options"),
    "order held": State(("3", "down", "space", "up"), "order"),
    "estimate typed": State(("5",), "estimate"),
    "estimate marked": State(("5", "enter"), "estimate"),
    "cram": State(("f3",), "cram"),
    "summary": State(("f3", "1", "escape"), "xavier", screen="SummaryScreen"),
}


@pytest.fixture
def make_desk(
    desk: Desk,
) -> Iterator[dict[str, Desk]]:
    """The desks on which the states are met, each opened when it is asked for."""
    opened: dict[str, Desk] = {"": desk}
    yield opened
    for name, one in opened.items():
        if name:
            one.close()


def _desk(state: State, desks: dict[str, Desk], tmp: Path) -> Desk:
    kinds = {"order": ORDER, "estimate": ESTIMATE}
    if state.session == "slow":
        desks["slow"] = desk_with(tmp / "slow", write_slow_pack(tmp / "sample"), "en")
    elif state.session in kinds:
        opened = desks[state.session] = Desk.open(tmp / state.session, MACHINE_CLOCK)
        folder = write_pack(tmp / "pack", items=kinds[state.session])
        opened.library.install(load_pack(folder), folder)
        opened._register_packs()
    found = desks.get(state.session, desks[""])
    if state.asks_confidence:
        found.settings = replace(found.settings, ask_confidence=True)
    return found


def _session(state: State, desk: Desk) -> StudySession | None:
    match state.session:
        case "":
            return None
        case "cram":
            return Cram(desk, Scope(), NOW)
        case "slow" | "order" | "estimate":
            return Sitting(desk, Scope(("sample",)))
        case "options":
            return _with_options(desk)
        case concept:
            return Sitting(desk, Scope((), concept))


def _with_options(desk: Desk) -> StudySession:
    for concept in desk.library.manifest("deep-learning-notes").concepts:
        asked = Sitting(desk, Scope((), concept.id)).start_next(NOW)
        if asked is not None and isinstance(asked.variant.key, OptionKey):
            return Sitting(desk, Scope((), concept.id))
    raise AssertionError("no choice is new")


@asynccontextmanager
async def _shown(
    name: str, desks: dict[str, Desk], tmp: Path, language: Language, size: tuple[int, int] = WHOLE
) -> AsyncIterator[tuple[StudyApp, Pilot[None]]]:
    state = STATES[name]
    desk = _desk(state, desks, tmp)
    desk.choose_language(language)
    app = app_at(desk, _session(state, desk))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, *state.keys[:-1])
        if state.waits:
            await press(pilot, *state.keys[-1:])
        else:
            await pilot.press(state.keys[-1])
        assert type(app.screen).__name__ == state.screen
        yield app, pilot
        if not state.waits:
            await pilot.press("escape")


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
    async with _shown(name, make_desk, tmp_path, language) as (app, pilot):
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
        if STATES[name].waits:
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
    async with _shown(name, make_desk, tmp_path, "en") as (app, pilot):
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
    desk = _desk(state, make_desk, tmp_path)
    app = app_at(desk, _session(state, desk))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        text_of(app)
        await press(pilot, *state.keys)  # nobody sees what they would do
        await resize(pilot, *WHOLE)
        assert app.screen.query("#keys").first().display
        assert (app.focused is None) == (name == "cram")  # a card has nothing to type
        assert "studytool" in text_of(app) or state.session


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["typed half", "marked", "order held"])
async def test_a_storm_of_sizes(
    name: str, seed: int, make_desk: dict[str, Desk], tmp_path: Path
) -> None:
    """The events come faster than the screens are drawn."""
    async with _shown(name, make_desk, tmp_path, "ko") as (app, pilot):
        before, typed = text_of(app), _typed(app)
        for turn in range(60):
            drawn = sha256(f"{seed}/{turn}".encode()).digest()
            size = Size(drawn[0] % 120 + 1, drawn[1] % 40 + 1)
            app._driver._size = size  # type: ignore[union-attr] # the headless one has it
            app.post_message(Resize(size, size))
            if drawn[2] % 10 == 0:
                await pilot.pause()
        await settled(pilot)
        await resize(pilot, *WHOLE)
        assert _typed(app) == typed
        assert text_of(app) == before
