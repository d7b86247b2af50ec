"""Every screen beside a sitting, in two sizes and languages: how it looks, and that no sentence is missing."""

import re

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from studytool.language import Language
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.home_screen import HomeScreen
from studytool.tui.summary_screen import SummaryScreen
from tests.tui.driving import app_at, press, settled, text_of

_HANGUL = re.compile("[가-힣]+")
_NAMES = {"한국어"}
"""What is Korean on an English screen: the name of the other language."""

WAYS = (
    (("s", "end", "enter"), "custom study, a search typed"),
    (("question_mark",), "help"),
    (("t",), "topics"),
    (("down", "enter"), "page"),
    (("p",), "progress of nothing"),
    (("b", "r", "<"), "browse, refused"),
    (("z", "q"), "browse, nothing found"),
    (("n", "z", "q"), "no claim"),
    (("e",), "experiments"),
    (("z", "q"), "no experiment"),
    (("o", "down", "down", "down", "enter", "9", "enter"), "a setting refused"),
    (("ctrl+p", "z", "q"), "palette, nothing found"),
    (("ctrl+o",), "jump"),
)
"""The keys to each screen or state, from home or from the one before it on the same way."""
ON_THE_WAY = {"topics", "page", "browse, nothing found", "no experiment"}
"""Those that are reached from the one before."""
SHOWN = [((80, 24), "en"), ((120, 40), "ko")]
"""Each size and each language once: all four would take as long again."""


async def _go_home(pilot: Pilot[None]) -> None:
    for _ in range(5):
        if isinstance(pilot.app.screen, HomeScreen):
            return
        await press(pilot, "escape")
    raise AssertionError(f"Esc does not lead home from {pilot.app.screen}")


def _check_language(text: str, language: Language) -> None:
    found = set(_HANGUL.findall(text)) - _NAMES
    assert found if language == "ko" else not found


@pytest.mark.parametrize(("size", "language"), SHOWN)  # all quick: one left out counts as stale
async def test_every_screen_looks_like_this(
    desk: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for keys, name in WAYS:
            if name not in ON_THE_WAY:
                await _go_home(pilot)
            if name == "browse, nothing found":
                await press(pilot, "backspace", "backspace")
            await press(pilot, *keys)
            assert text_of(app) == snapshot(name=name)
            _check_language(text_of(app), language)
    assert app.fault is None


@pytest.mark.parametrize(("size", "language"), SHOWN)  # all quick: one left out counts as stale
async def test_the_summary_looks_like_this(
    desk: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    desk.choose_language(language)
    card = frozenset({"deep-learning-notes/cosine-parameters"})
    app = app_at(desk, Sitting(desk, Scope(items=card)))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "3", "escape")
        assert isinstance(app.screen, SummaryScreen)
        assert text_of(app) == snapshot
        _check_language(text_of(app), language)
