"""All that a sitting needs is done by keys alone: each kind of question, undo, and every screen of home."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from studytool.quiz.outcome import Outcome
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.home_screen import HomeScreen
from studytool.tui.study_screen import StudyScreen
from studytool.tui.summary_screen import SummaryScreen
from studytool.wording.key_lookup import bar_keys
from studytool.wording.keys import KeyPlace
from tests.tui.driving import app_at, item_of, press, settled, study_screen

ANSWERS = {
    "cosine-parameters": ("enter",),  # a card is turned
    "zero-init": ("down", "enter"),
    "dropout-ensemble": ("space", "down", "down", "space", "enter"),  # all that hold
    "xavier-variance": ("7", "enter"),
    "order-cosine-periods": ("space", "down", "space", "enter"),  # picked up, moved, let go
    "penalty-kinds": (*"loss;x;x;x", "enter"),
    "estimate-xavier-relu": ("right", "right", "enter"),
}
"""An item of each kind, and the keys that answer it."""
_STAYING = {"Enter", "↑↓", "l", "q"}
"""Of home's bottom line, what opens no screen over it."""


async def _to_home(pilot: Pilot[None]) -> None:
    for _ in range(2):
        if not isinstance(pilot.app.screen, HomeScreen):
            await press(pilot, "escape")
    assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.slow
async def test_each_kind_of_question_by_keys_alone(desk: Desk) -> None:
    desk.settings = replace(desk.settings, bury_siblings=False)
    items = frozenset(f"deep-learning-notes/{item}" for item in ANSWERS)
    app = app_at(desk, Sitting(desk, Scope(items=items)))
    answered: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        while set(answered) < set(ANSWERS) and len(answered) < 2 * len(ANSWERS):
            assert isinstance(app.screen, StudyScreen)
            item = item_of(app).partition("/")[2]
            await press(pilot, *ANSWERS[item])
            mark = study_screen(app)._session.mark
            assert mark is not None, item
            assert mark.outcome is not Outcome.SHOWN, item
            answered.append(item)
            if len(answered) == 3:  # taken back, and done again
                await press(pilot, "enter", "f4", "f5")
            else:
                await press(pilot, "enter")
        assert set(answered) == set(ANSWERS)
        await press(pilot, "escape")
        assert isinstance(app.screen, SummaryScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
    assert {review.item for review in desk.log.last_reviews()} == items


@pytest.mark.slow
async def test_every_screen_of_home_opens_by_its_key_and_closes_by_esc(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for name, _ in bar_keys(KeyPlace.HOME, idle=()):
            if name in _STAYING:
                continue
            key = {"?": "question_mark", "Ctrl+P": "ctrl+p", "Ctrl+O": "ctrl+o"}.get(name, name)
            await press(pilot, key)
            assert not isinstance(app.screen, HomeScreen), name
            await _to_home(pilot)
        await press(pilot, "q")
    assert app.return_code == 0
