"""Home beside the day's work: concepts with their recall, misconceptions to mend, the weeks studied."""

from dataclasses import replace
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion
from textual._compositor import LayoutUpdate
from textual.screen import Screen
from textual.widgets import OptionList

from studytool.language import LANGUAGES, Language
from studytool.quiz.outcome import Outcome
from studytool.session.desk import Desk
from studytool.session.exams import set_exam
from studytool.srs.rating import Rating
from studytool.tui.app import StudyApp
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.exam_panel import ExamPanel
from studytool.tui.home_panels import ConceptMapView
from studytool.tui.home_screen import HomeScreen
from tests.review_log.drafts import draft
from tests.tui.driving import NOW, app_at, press, resize, settled, study_screen, text_of, words_of

PACK = "deep-learning-notes"


@pytest.fixture
def learned(desk: Desk) -> Desk:
    items = [item for item, _ in desk.library.item_concepts()][:60]
    for place, item in enumerate(items):
        rating = Rating.AGAIN if place % 5 == 0 else Rating.GOOD
        desk.log.append_review(draft(item, rating, NOW - timedelta(days=1 + place % 40)))
    for name in ("he-sd", "xavier-variance"):
        slip = desk.library.item(f"{PACK}/he-sd").misconceptions[0].id  # type: ignore[union-attr] # numeric
        wrong = draft(f"{PACK}/{name}", Rating.AGAIN, NOW, outcome=Outcome.WRONG)
        desk.log.append_review(replace(wrong, misconception=slip))
    return desk


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_exam_has_its_panel(
    desk: Desk, language: Language, snapshot: SnapshotAssertion
) -> None:
    """Days left, what is expected, what today does for it, how to change it; a line where it is small."""
    desk.choose_language(language)
    set_exam(desk, desk.log.day_of(NOW) + 18, ["dropout"], NOW)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert text_of(app) == snapshot
        await resize(pilot, 40, 30)
        assert not app.screen.query_one(ExamPanel).display
        assert ("in 18 days" if language == "en" else "시험까지 18일") in words_of(app)


async def test_without_an_exam_there_is_no_panel(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert not app.screen.query_one(ExamPanel).display


async def test_the_first_frame_is_what_stays(
    learned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned.choose_language("en")
    frames = []
    display = StudyApp._display

    def record(app: StudyApp, screen: Screen[None], drawn: object) -> None:
        if isinstance(drawn, LayoutUpdate) and not app._batch_count:
            frames.append(["".join(one.text for one in line) for line in drawn.strips])
        display(app, screen, drawn)  # type: ignore[arg-type] # whatever Textual passes

    monkeypatch.setattr(StudyApp, "_display", record)
    app = app_at(learned)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        last = text_of(app).splitlines()
    first = [line.rstrip() for line in frames[0]]
    assert first[2:10] == last[2:10]  # packs and their counts; the bar gets its minutes later
    assert first[-2:] == last[-2:]  # the keys


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_home_of_a_learner_looks_like_this(
    learned: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    learned.choose_language(language)
    app = app_at(learned)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await settled(pilot)
        assert text_of(app) == snapshot


async def test_a_digit_or_a_click_studies_a_misconception(learned: Desk) -> None:
    app = app_at(learned)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "2")  # there is but one
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "1")
        _asks_of(app, {"he-sd", "xavier-variance"})
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        await pilot.click(app.screen.query_one("#slips", OptionList), offset=(5, 0))
        await settled(pilot)
        _asks_of(app, {"he-sd", "xavier-variance"})


def _asks_of(app: StudyApp, slugs: set[str]) -> None:
    question = study_screen(app)._session.question
    assert question is not None
    assert question.item.id in slugs


async def test_a_click_on_a_concept_lists_its_items(learned: Desk) -> None:
    learned.choose_language("en")
    app = app_at(learned)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.click(ConceptMapView, offset=(4, 0))
        await settled(pilot)
        assert isinstance(app.screen, BrowseScreen)
        assert "concept:" in text_of(app)
        await press(
            pilot, "escape", "s", "escape", "down", "enter"
        )  # the keys are the packs' still
        study_screen(app)


async def test_every_window_shows_what_it_has_room_for(learned: Desk) -> None:
    learned.choose_language("en")
    app = app_at(learned)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Concepts (← the weakest)" in text_of(app)
        assert text_of(app).count("←") == 2  # in the title, and at one concept
        assert "The last 26 weeks" in text_of(app)
        await resize(pilot, 80, 24)
        await settled(pilot)
        assert "Concepts (the weakest first)" in text_of(app)
        assert text_of(app).count("%") >= 6
        assert "26 weeks" not in text_of(app)
        await resize(pilot, 30, 8)
        await settled(pilot)
        assert "weakest" not in text_of(app)
        await resize(pilot, 1, 1)
        await resize(pilot, 120, 40)
        await settled(pilot)
        assert "Concepts (← the weakest)" in text_of(app)
