"""The chooser of custom study: its counts are what is asked, and it leads into the sitting and back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import Input

from studytool.language import Language
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import MoreNew
from studytool.session.desk import Desk
from studytool.srs.rating import Rating
from studytool.tui.custom_screen import CustomScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.study_screen import StudyScreen
from tests.cases import first_quick
from tests.review_log.drafts import draft
from tests.tui.driving import NOW, app_at, press, settled, text_of, words_of

PACK = "deep-learning-notes"
SIZES: list[tuple[int, int, Language]] = [
    (80, 24, "en"),
    (120, 40, "ko"),
    (80, 24, "ko"),
    (120, 40, "en"),
]


@pytest.fixture
def studied(desk: Desk) -> Desk:
    """A desk with an item due in a week, and one forgotten now by a misconception."""
    desk.log.append_review(draft(f"{PACK}/he-sd", Rating.EASY, NOW - timedelta(days=1)))
    missed = draft(f"{PACK}/xavier-variance", Rating.AGAIN, NOW - timedelta(minutes=2))
    desk.log.append_review(replace(missed, outcome=Outcome.WRONG, misconception="no-mean"))
    return desk


def _counts(shown: str) -> list[str]:
    rows = [line.strip(" │").split() for line in shown.splitlines() if line.startswith("  │")]
    return [row[-1] for row in rows if row[-1].isdecimal()]


@pytest.mark.parametrize("window", first_quick(SIZES))
async def test_each_row_says_how_many_it_asks(
    studied: Desk, window: tuple[int, int, Language]
) -> None:
    width, height, language = window
    studied.choose_language(language)
    app = app_at(studied)
    async with app.run_test(size=(width, height)) as pilot:
        await settled(pilot)
        await press(pilot, "s")
        assert isinstance(app.screen, CustomScreen)
        assert _counts(text_of(app))[:3] == ["1", "1", "1"]  # the step is due today
        await press(pilot, *["right"] * 8)
        assert _counts(text_of(app))[:3] == ["2", "1", "1"]
        await press(pilot, *["left"] * 9)
        assert "◂ 1 ▸" in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_row_leads_into_its_sitting_and_back_home(studied: Desk) -> None:
    studied.choose_language("en")
    app = app_at(studied)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "s", "down", "enter")
        assert isinstance(app.screen, StudyScreen)
        assert "custom study · answered 0 · left 1 · learning 0" in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.slow
async def test_more_new_items_are_counted_at_home(studied: Desk) -> None:
    studied.choose_language("en")
    studied.settings = replace(studied.settings, new_per_day=2)
    app = app_at(studied)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "s", "down", "down", "down", "right", "enter")
        assert "new 11" in text_of(app)  # one of two is begun; ten more
        [told] = [event for event in studied.log.events() if isinstance(event, MoreNew)]
        assert told.more == 10
        await press(pilot, "escape")
        assert words_of(app).split("new", 1)[1].split()[-1] != ""
        row = next(line for line in text_of(app).splitlines() if line.rstrip(" │").endswith("11"))
        assert row


@pytest.mark.slow
async def test_a_search_is_typed_and_what_it_has_wrong_is_said(studied: Desk) -> None:
    studied.choose_language("en")
    app = app_at(studied)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "s", "end", "enter")
        assert app.screen.query_one(Input).has_focus
        await press(pilot, "(", "enter")
        assert "How to search" in words_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CustomScreen)
        await press(pilot, "enter")
        app.screen.query_one(Input).value = "item:xavier-variance"
        await press(pilot, "enter")
        assert isinstance(app.screen, StudyScreen)
        assert "learning 1" in text_of(app)


async def test_a_concept_is_named_by_its_title_and_a_search_may_hold_an_l(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "s")
        assert "학습률 스케줄" in text_of(app)
        await press(pilot, "f9")
        assert "Learning-rate schedules" in text_of(app)
        await press(pilot, "down", "down", "down", "down", "down", "enter", "l", "1")
        assert app.screen.query_one(Input).value == "l1"
