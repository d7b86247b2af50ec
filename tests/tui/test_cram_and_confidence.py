"""A cram and the question of confidence, on the study screen, driven by keys."""

from dataclasses import replace

import pytest

from studytool.quiz.key import NumberKey
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.app import StudyApp
from studytool.tui.summary_screen import SummaryScreen
from tests.cases import first_row_quick
from tests.tui.driving import NOW, app_at, item_of, press, settled, text_of


def _cram(desk: Desk, limit: int) -> StudyApp:
    cram = Cram(desk, Scope(concept="xavier", limit=limit), NOW)
    return app_at(desk, cram)


@pytest.mark.slow
async def test_a_cram_shows_no_intervals_and_brings_back_what_was_not_known(desk: Desk) -> None:
    app = _cram(desk, 2)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        first = item_of(app)
        assert "벼락치기 · 남음 2 · 답함 0 · 기록 안 함" in text_of(app)
        assert "F6" not in text_of(app)
        await press(pilot, "f3")
        assert "기억 일정은 바뀌지 않습니다" in text_of(app)
        assert "1 다시 " in text_of(app)
        await press(pilot, "1")
        assert item_of(app) != first
        await press(pilot, "f3", "3")
        assert item_of(app) == first
        await press(pilot, "f3", "3")
        assert isinstance(app.screen, SummaryScreen)
        assert "기록되지 않으며" in text_of(app)
    assert list(desk.log.events()) == []


@pytest.mark.slow
async def test_keys_that_write_do_nothing_in_a_cram_and_undo_goes_back(desk: Desk) -> None:
    app = _cram(desk, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        first = item_of(app)
        await press(pilot, "f6", "f7", "f8", "f5")
        assert item_of(app) == first
        await press(pilot, "f3", "3", "f4")
        assert item_of(app) == first
        assert "앞 문항으로 돌아왔습니다" in text_of(app)
    assert list(desk.log.events()) == []


@pytest.mark.parametrize(("keys", "kept"), first_row_quick([(["3"], 0.75), (["enter"], None)]))
async def test_confidence_is_stated_before_the_mark_is_seen(
    desk: Desk, keys: list[str], kept: float | None
) -> None:
    desk.settings = replace(desk.settings, ask_confidence=True)
    sitting = Sitting(desk, Scope(concept="xavier"))
    app = app_at(desk, sitting)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert sitting.question is not None
        assert isinstance(sitting.question.variant.key, NumberKey)
        await press(pilot, *"1,000", "enter")
        assert "얼마나 확신하나요" not in text_of(app)  # an ambiguous answer is asked first
        await press(pilot, *["backspace"] * 5, *repr(sitting.question.variant.key.value), "enter")
        assert "얼마나 확신하나요" in text_of(app)
        assert "맞았습니다" not in text_of(app)
        await press(pilot, *keys)
        assert "맞았습니다" in text_of(app)
        await press(pilot, "enter")
    assert [review.confidence for review in desk.log.last_reviews()] == [kept]


async def test_what_was_given_up_is_not_asked_how_sure(desk: Desk) -> None:
    desk.settings = replace(desk.settings, ask_confidence=True)
    app = app_at(desk, Sitting(desk, Scope(concept="xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        assert "얼마나 확신하나요" not in text_of(app)
        assert "잊은 것으로 칩니다" in text_of(app)
