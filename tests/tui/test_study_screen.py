"""The study screen where a learner does the unexpected: other language, other size, early leave."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from studytool.quiz.key import NumberKey, RecallKey
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.app import StudyApp
from studytool.tui.home_screen import HomeScreen
from studytool.tui.question_body import ProofLine, QuestionBody
from studytool.tui.question_view import QuestionView
from studytool.tui.summary_screen import SummaryScreen
from tests.cases import first_row_quick
from tests.tui.driving import NOW, app_at, item_of, press, resize, settled, study_screen, text_of

RATE = {"ko": "얼마나 잘 기억했나요?", "en": "How well did you know it?"}
SHOWN = {"ko": "잊은 것으로 칩니다", "en": "it counts as forgotten"}


def _app(desk: Desk, concept: str = "xavier") -> StudyApp:
    return app_at(desk, Sitting(desk, Scope(concept=concept)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "asked"), first_row_quick([(["7", "enter"], RATE), (["f3"], SHOWN)])
)
async def test_the_mark_stays_when_the_language_changes(
    desk: Desk, keys: list[str], asked: dict[str, str]
) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        before = study_screen(app)._session.mark
        assert before is not None
        assert asked["ko"] in text_of(app)
        await press(pilot, "f9")
        after = study_screen(app)._session.mark
        assert after is not None
        assert (after.outcome, after.suggested) == (before.outcome, before.suggested)
        assert asked["en"] in text_of(app)
        await press(pilot, "enter")
    [review] = desk.log.last_reviews()
    assert review.answer == ("7" if keys == ["7", "enter"] else "")


@pytest.mark.slow
async def test_what_was_typed_stays_when_the_language_changes(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "1", "/", "4", "f9")
        assert app.screen.query_one(Input).value == "1/4"
        await press(pilot, "8")
        assert app.screen.query_one(Input).value == "1/48"


@pytest.mark.slow
async def test_in_a_window_too_small_no_key_does_anything_but_leave(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item = item_of(app)
        await resize(pilot, 40, 7)
        await settled(pilot)
        await press(pilot, "f3", "enter", "3", "f6", "f7", "escape")
        assert (item_of(app), study_screen(app)._session.mark) == (item, None)
        await resize(pilot, 80, 24)
        await settled(pilot)
        await press(pilot, "f3")
        await resize(pilot, 40, 7)
        await settled(pilot)
        assert "창이 너무 작습니다" in text_of(app)
        assert "좋음" not in text_of(app)
        await press(pilot, "1", "ctrl+c")
        assert app.return_code == 0
    assert list(desk.log.events()) == []


@pytest.mark.slow
async def test_leaving_early_says_what_is_still_due(desk: Desk) -> None:
    first = Sitting(desk, Scope(concept="xavier"))
    while first.start_next(NOW) is not None:
        first.reveal()
        first.rate(first.mark.suggested if first.mark else None, NOW)  # type: ignore[arg-type] # it is marked
        if len(desk.log.last_reviews(limit=20)) == 2:
            break
    later = NOW.replace(hour=13)
    app = app_at(desk, Sitting(desk, Scope(concept="xavier")), later)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "7", "enter", "4", "escape")
        assert isinstance(app.screen, SummaryScreen)
        assert "지금 복습할 것이 1개 남아 있습니다." in text_of(app)
        assert "다음 복습" not in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.slow
async def test_above_the_mark_some_of_the_question_stays_in_view(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        question = study_screen(app)._session.question
        assert question is not None
        assert isinstance(question.variant.key, NumberKey)
        await press(pilot, *repr(question.variant.key.value), "enter")
        await settled(pilot)
        shown = text_of(app)
        view = app.screen.query_one(QuestionView)
        assert "맞았습니다" in shown
        assert question.variant.prompt.splitlines()[-1][:8] in shown
        assert view.query_one("#body").scroll_offset.y >= 0


async def test_the_entry_says_what_is_wanted_before_and_after_a_text_that_is_no_number(
    desk: Desk,
) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.screen.query_one(Input).placeholder == "유효숫자 세 자리"
        assert "수를 입력하고 Enter: 유효숫자 세 자리" in text_of(app)
        await press(pilot, "z", "z", "enter")
        assert "수를 입력하고" not in text_of(app)
        await press(pilot, "backspace", "backspace")
        assert "유효숫자 세 자리" in text_of(app)


async def test_the_question_stands_near_the_middle_with_its_entry_and_its_proof_stays_in_view(
    desk: Desk,
) -> None:
    desk.choose_language("en")
    app = _app(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        view = app.screen.query_one(QuestionView)
        body, message, entry = (view.query_one(one).region for one in ("#body", "#message", Input))
        assert body.y - view.region.y == pytest.approx(view.region.bottom - entry.bottom, abs=1)
        assert body.y > 8
        assert entry.y == message.bottom
        await press(pilot, "7", "enter")
        proof = view.query_one(ProofLine)
        assert not proof.display  # the evidence is in view
        await resize(pilot, 80, 20)
        await settled(pilot)
        first = str(proof.content)
        assert "verified by the release" in first
        assert text_of(app).count(first[:40]) == 1
        assert proof.display
        await press(pilot, "pagedown", "pagedown")
        assert not proof.display
        assert text_of(app).count(first[:40]) == 1
        await resize(pilot, 30, 8)
        assert not proof.display


async def test_a_proof_is_not_looked_for_on_a_screen_that_is_taken_apart(desk: Desk) -> None:
    """As the program ends, widgets go one after another while messages still come."""
    async with _app(desk).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        view = pilot.app.screen.query_one(QuestionView)
        await view.query_one(ProofLine).remove()
        view.post_message(QuestionBody.Moved())
        await settled(pilot)


async def test_in_a_low_window_the_question_is_read_before_its_options(desk: Desk) -> None:
    desk.choose_language("en")
    only = frozenset({"deep-learning-notes/which-run-blew-up"})
    app = app_at(desk, Sitting(desk, Scope(items=only)))
    async with app.run_test(size=(30, 8)) as pilot:
        await settled(pilot)
        assert "A small network was trained" in text_of(app)
        await press(pilot, "down")
        assert "1. " in text_of(app)


async def test_who_types_the_answer_of_a_card_does_nothing_to_it(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "dropout")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item, screen = item_of(app), text_of(app)
        assert isinstance(study_screen(app)._question().variant.key, RecallKey)
        await press(pilot, *"sbfurlㄴe")
        assert item_of(app) == item
        assert text_of(app) == screen
        await press(pilot, "enter", "f")
        assert study_screen(app)._session.is_flagged()


async def test_what_was_typed_stays_while_the_learner_says_how_sure_they_are(desk: Desk) -> None:
    desk.settings = replace(desk.settings, ask_confidence=True)
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "1", "2", "3", "4", "5", "enter", "f9")
        assert "12345" in text_of(app)
        assert "How sure are you?" in text_of(app)
