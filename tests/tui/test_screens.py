"""The screens, driven as a learner drives them, over the real desk; snapshots of their text."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.css.query import NoMatches
from textual.widgets import Input

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Language
from studytool.quiz.key import AxisKey, NumberKey, OptionKey, PredictionKey
from studytool.session.breaks import set_break
from studytool.session.desk import Desk
from studytool.session.overview import Overview, read_overview
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.tui import home_screen
from studytool.tui.app import StudyApp
from studytool.tui.home_screen import HomeScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.study_screen import StudyScreen
from studytool.tui.summary_screen import SummaryScreen
from studytool.wording.instruction import wants_several
from tests.cases import first_quick
from tests.tui.driving import NOW, app_at, item_of, press, resize, settled, study_screen, text_of

SIZES = first_quick([(80, 24), (120, 40)])


def _app(desk: Desk, *, concept: str | None = None, limit: int | None = None) -> StudyApp:
    asked = concept is not None or limit is not None
    sitting = Sitting(desk, Scope(concept=concept, limit=limit)) if asked else None
    return app_at(desk, sitting)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_home(
    desk: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    desk.choose_language(language)
    app = _app(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert text_of(app) == snapshot


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_a_numeric_question_and_its_mark(
    desk: Desk, size: tuple[int, int], language: Language
) -> None:
    desk.choose_language(language)
    app = _app(desk, concept="xavier")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        sitting = study_screen(app)._session
        assert sitting.question is not None
        assert isinstance(sitting.question.variant.key, NumberKey)
        app.screen.query_one(Input).value = repr(
            sitting.question.variant.key.misconceptions[0].value
        )
        await pilot.press("enter")
        await settled(pilot)
        shown = text_of(app)
        assert sitting.question.variant.key.misconceptions[0].feedback[:10] in shown
        above_keys = -2 - app.screen.query_one(KeyBar).size.height
        for number in "1234":  # all ratings in view, nothing cut
            assert f"{number} " in shown.splitlines()[above_keys]
        assert len(shown.splitlines()) == size[1]
        assert desk.log.last_reviews() == []
        await pilot.press("enter")
        await settled(pilot)
        assert [review.rating for review in desk.log.last_reviews()] == ["again"]


async def test_ambiguous_text_is_asked_about_and_not_logged(desk: Desk) -> None:
    app = _app(desk, concept="xavier")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(*"1,000", "enter")
        await settled(pilot)
        assert "두 가지로 읽힙니다: 1000, 또는 1." in text_of(app)
        assert study_screen(app)._session.mark is None
        await pilot.press("enter")  # the entry unchanged: the likelier of the two
        await settled(pilot)
        question = study_screen(app)._session.question
        assert question is not None
        assert (question.typed, question.mark is None) == ("1000", False)


@pytest.mark.slow
async def test_another_text_is_read_for_itself_after_an_ambiguous_one(desk: Desk) -> None:
    app = _app(desk, concept="xavier")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"1,000", "enter")
        await press(pilot, "x", "enter")
        assert study_screen(app)._session.mark is None  # unreadable: asked again
        await press(pilot, "enter")
        assert study_screen(app)._session.mark is None  # and so for what was asked before


@pytest.mark.slow
async def test_every_kind_can_be_answered_with_keys_alone(desk: Desk) -> None:
    """Study a concept with all five kinds through, by digits, words and Enter."""
    desk.settings = replace(desk.settings, bury_siblings=False)
    kinds: list[str] = []
    for concept in ("batch-norm", "schedules"):
        app = _app(desk, concept=concept)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            while isinstance(app.screen, StudyScreen):
                question = app.screen._session.question
                assert question is not None
                kinds.append(question.variant.kind)
                if isinstance(question.variant.key, OptionKey | PredictionKey):
                    await pilot.press("1", *(["enter"] if wants_several(question.variant) else []))
                elif isinstance(question.variant.key, AxisKey):
                    await pilot.press(*"0.5", "enter")
                elif question.variant.kind in ("numeric", "cloze"):
                    blanks = getattr(question.variant.key, "blanks", (None,))
                    await pilot.press(*"; ".join("7" for _ in blanks), "enter")
                else:
                    await pilot.press("enter")
                await settled(pilot)
                assert app.screen._session.mark is not None, question.id
                await pilot.press("4")
                await settled(pilot)
            assert isinstance(app.screen, SummaryScreen)
    assert set(kinds) == {"card", "cloze", "choice", "prediction", "numeric"}
    assert len(desk.log.last_reviews(limit=100)) == len(kinds)


@pytest.mark.slow
async def test_a_click_rates(desk: Desk) -> None:
    app = _app(desk, concept="l2")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.click("#rate-hard")
        await settled(pilot)
        assert [review.rating for review in desk.log.last_reviews()] == ["hard"]


async def test_undo_takes_the_rating_back_and_asks_again(desk: Desk) -> None:
    app = _app(desk, concept="l2")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        first = study_screen(app)._session.question
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("3")
        await settled(pilot)
        assert len(desk.log.last_reviews()) == 1
        await pilot.press("f4")
        await settled(pilot)
        assert desk.log.last_reviews() == []
        assert study_screen(app)._session.question == first


async def test_the_language_changes_at_run_time(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "새 문항" in text_of(app)
        await pilot.press("l")
        await settled(pilot)
        assert "learning" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        question = study_screen(app)._session.question
        assert question is not None
        assert question.variant.language == "en"
        await pilot.press("f9")
        await settled(pilot)
        assert "답함 0" in text_of(app)


async def test_leaving_shows_the_summary_and_then_home(desk: Desk) -> None:
    app = _app(desk, limit=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f3")
        await settled(pilot)
        await pilot.press("1")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, SummaryScreen)
        assert "다시 볼 문항" in text_of(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "1문항 답함" in text_of(app)


async def test_a_window_too_small_says_so_and_recovers(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(29, 12)) as pilot:
        await settled(pilot)
        assert "창이 너무 작습니다." in text_of(app)
        await resize(pilot, 80, 24)
        await settled(pilot)
        assert "딥러닝 노트" in text_of(app)


async def test_a_fault_while_saving_is_told_and_the_question_stays(desk: Desk) -> None:
    app = _app(desk, limit=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        question = study_screen(app)._session.question
        desk.log._db.connection.pragma("query_only", True)
        await pilot.press("3")
        await settled(pilot)
        desk.log._db.connection.pragma("query_only", False)
        assert study_screen(app)._session.question == question
        assert [*desk.unsaved] == [item_of(app)]  # the program would end with status 2
        await pilot.press("3")
        await settled(pilot)
        assert len(desk.log.last_reviews()) == 1
        assert not desk.unsaved


async def test_home_names_a_break_set_ahead(desk: Desk) -> None:
    span = set_break(desk, desk.log.day_of(NOW) + 3, 4, NOW).span
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert f"휴가: {span.first_date}부터 {span.last_date}까지(4일)" in text_of(app)


async def test_home_with_nothing_due_says_when_something_will_be(desk: Desk) -> None:
    desk.settings = replace(desk.settings, new_per_day=1)
    sitting = Sitting(desk, Scope())
    assert sitting.start_next(NOW) is not None
    sitting.reveal()
    sitting.rate(Rating.EASY, NOW)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "지금은 복습할 것이 없습니다. 다음 복습: 1일 뒤" in text_of(app)  # 67 new ones wait
    desk.settings = replace(desk.settings, new_per_day=0)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "지금은 복습할 것이 없습니다. 다음 복습: 7일 뒤" in text_of(app)  # as the key said


@pytest.mark.slow
async def test_an_open_home_follows_the_turn_of_the_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_screen, "LOOK_SECONDS", 0.01)
    desk.settings = replace(desk.settings, new_per_day=1)
    sitting = Sitting(desk, Scope())
    assert sitting.start_next(NOW) is not None
    sitting.reveal()
    sitting.rate(Rating.EASY, NOW)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "지금은 복습할 것이 없습니다." in text_of(app)
        desk.clock = replace(desk.clock, now=lambda: NOW + timedelta(hours=24))
        while "지금은 복습할 것이 없습니다." in text_of(app):  # no key is pressed
            await pilot.pause(0.02)
        assert " 0 0 1 " in " ".join(text_of(app).split())


@pytest.mark.parametrize(
    ("next_due", "seconds"),
    [
        (None, 60),  # it says in how many minutes something is due
        (NOW + timedelta(seconds=20), 20),  # a step falls due
        (NOW + timedelta(days=3), 60),
    ],
)
def test_counts_stand_until_something_falls_due(
    desk: Desk, next_due: datetime | None, seconds: int
) -> None:
    overview = read_overview(desk, NOW)._replace(next_due=next_due)
    assert overview.ends(NOW) == NOW + timedelta(seconds=seconds)
    turning = overview._replace(day_ends=NOW + timedelta(seconds=5))
    assert turning.ends(NOW) == NOW + timedelta(seconds=5)


async def test_a_home_left_open_stays_where_the_log_cannot_be_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> Overview:
        raise StateError(Fault.LOCKED, path=desk.home)

    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        desk.clock = replace(desk.clock, now=lambda: NOW + timedelta(days=1))
        monkeypatch.setattr(home_screen, "read_unsound_overview", locked)
        home._follow_clock()
        await settled(pilot)
        assert app.fault is None
        assert "딥러닝 노트" in text_of(app)


async def test_home_says_that_an_added_pack_is_not_as_it_was(desk: Desk) -> None:
    desk.misplaced = StateError(
        Fault.PACKS_UNLISTED, path=desk.home / "studytool.lock", packs="mine", first="mine"
    )
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "studytool pack remove mine" in " ".join(text_of(app).split())


async def test_a_screen_that_is_not_whole_yet_is_no_fault_of_a_program_that_ends(
    desk: Desk,
) -> None:
    app = app_at(desk)
    app.exit()
    app._handle_exception(NoMatches("no list"))
    assert app.fault is None
    app._handle_exception(StateError(Fault.LOCKED, path=desk.home))
    assert app.fault is not None  # what is said for the learner still is
