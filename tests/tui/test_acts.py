"""Suspend, bury, flag, undo and redo on the study screen, by every key that they have."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from studytool.clock import MACHINE_CLOCK
from studytool.language import Language
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.app import StudyApp
from studytool.tui.key_bar import KeyBar
from studytool.tui.study_screen import StudyScreen
from studytool.tui.summary_screen import SummaryScreen
from tests.cases import first_quick, first_row_quick
from tests.review_log.deeds import set_flag
from tests.review_log.queue import flagged_items, suspended_items
from tests.tui.driving import NOW, app_at, item_of, press, settled, text_of

TYPED = "xavier"  # a concept whose first question wants a number typed
UNTYPED = "l2"  # one whose first question is no text to type


def _app(desk: Desk, concept: str, now: datetime = NOW) -> StudyApp:
    return app_at(desk, Sitting(desk, Scope(concept=concept)), now)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("concept", "keys", "said"),
    first_row_quick([
        (UNTYPED, ["f3", "s"], "보류했습니다"),  # marked, instead of a rating
        (UNTYPED, ["enter", "ㄴ"], "보류했습니다"),
        (UNTYPED, ["f3", "ㅠ"], "내일로 미뤘습니다"),
        (UNTYPED, ["s", "ㄴ", "f6"], "보류했습니다"),  # no letter acts before
        (TYPED, ["f6"], "보류했습니다"),
        (TYPED, ["f7"], "내일로 미뤘습니다"),
        (TYPED, ["7", "f6"], "보류했습니다"),  # in the middle of an answer
        (TYPED, ["f3", "b"], "내일로 미뤘습니다"),  # marked: the letter is free again
    ]),
)  # fmt: skip
async def test_an_item_put_away_gives_way_and_undo_brings_it_back(
    desk: Desk, concept: str, keys: list[str], said: str
) -> None:
    app = _app(desk, concept)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item = item_of(app)
        await press(pilot, *keys)
        assert item_of(app) != item
        assert said in text_of(app)
        assert "F4" in text_of(app)
        assert "답함 0" in text_of(app)
        await press(pilot, "f4")
        assert item_of(app) == item
        assert "되돌렸습니다" in text_of(app)
        await press(pilot, "f5")
        assert item_of(app) != item
        assert desk.log.last_reviews() == []


@pytest.mark.slow
async def test_suspended_for_good_buried_until_tomorrow(desk: Desk) -> None:
    app = _app(desk, UNTYPED)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        suspended = item_of(app)
        await press(pilot, "f6")
        buried = item_of(app)
        await press(pilot, "f7")
    assert suspended_items(desk.log) == [suspended]
    tomorrow = _app(desk, UNTYPED, NOW + timedelta(days=1))
    async with tomorrow.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert item_of(tomorrow) == buried


@pytest.mark.slow
@pytest.mark.parametrize(
    ("concept", "way", "key"),
    first_row_quick(
        [
            (UNTYPED, ["f3"], "f"),
            (UNTYPED, ["f3"], "ㄹ"),
            (UNTYPED, [], "f8"),
            (TYPED, [], "f8"),
        ]
    ),
)
async def test_a_flag_shows_stays_after_a_restart_and_comes_off(
    tmp_path: Path, concept: str, way: list[str], key: str
) -> None:
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    app = _app(desk, concept)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item = item_of(app)
        await press(pilot, *way, key)
        assert item_of(app) == item
        assert "⚑" in text_of(app).splitlines()[0]
        assert "깃발을 달았습니다" in text_of(app)
    desk.close()
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    app = _app(desk, concept)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert item_of(app) == item
        assert "⚑" in text_of(app).splitlines()[0]
        await press(pilot, *way, key)
        assert "⚑" not in text_of(app)
        await press(pilot, "f4")  # takes the unflagging back
        assert "⚑" in text_of(app).splitlines()[0]
    assert flagged_items(desk.log) == [item]
    assert desk.log.last_reviews() == []
    desk.close()


@pytest.mark.slow
async def test_letters_are_text_while_an_answer_is_typed(desk: Desk) -> None:
    app = _app(desk, TYPED)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item = item_of(app)
        await press(pilot, *"sbfurㄴㅠㄹㅕㄱ")
        assert app.screen.query_one(Input).value == "sbfurㄴㅠㄹㅕㄱ"
        assert item_of(app) == item
        await press(pilot, "f8", "f5")  # neither disturbs what is typed
        assert app.screen.query_one(Input).value == "sbfurㄴㅠㄹㅕㄱ"
    assert suspended_items(desk.log) == []


@pytest.mark.slow
async def test_redo_puts_a_review_back(desk: Desk) -> None:
    app = _app(desk, UNTYPED)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3", "1", "f4")
        item = item_of(app)
        assert desk.log.last_reviews() == []
        await press(pilot, "r", "f5")
        assert [review.item for review in desk.log.last_reviews()] == [item]
        assert "답함 1" in text_of(app)
        assert item_of(app) != item
        now_in_view = item_of(app)
        await press(pilot, "f5")  # where an answer is awaited no letter acts
        assert "다시 할 것이 없습니다" in text_of(app)
        assert item_of(app) == now_in_view


@pytest.mark.slow
async def test_the_last_item_put_away_comes_back_from_the_summary(desk: Desk) -> None:
    app = _app(desk, UNTYPED)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item = ""
        while isinstance(app.screen, StudyScreen):
            item = item_of(app)
            await press(pilot, "f6")
        assert isinstance(app.screen, SummaryScreen)
        assert "보류했습니다" in text_of(app)
        await press(pilot, "f4")
        assert item_of(app) == item
        assert item not in suspended_items(desk.log)
        await press(pilot, "f3", "enter")
        assert [review.item for review in desk.log.last_reviews()] == [item]


async def test_undo_past_an_item_that_is_no_more_goes_on(desk: Desk) -> None:
    set_flag(desk.log, "gone/item", True, NOW)
    app = _app(desk, UNTYPED)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item = item_of(app)
        await press(pilot, "f4")
        assert "gone/item" in text_of(app)
        assert item_of(app) == item
        await press(pilot, "f4")
        assert "되돌릴 것이 없습니다" in text_of(app)


@pytest.mark.parametrize("keys", first_quick([["f6"], ["f8"]]))
async def test_a_fault_is_told_and_the_question_stays(desk: Desk, keys: list[str]) -> None:
    app = _app(desk, UNTYPED)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item = item_of(app)
        desk.log._db.connection.pragma("query_only", True)
        await press(pilot, *keys)
        desk.log._db.connection.pragma("query_only", False)
        assert item_of(app) == item
        await press(pilot, "f6")
        assert suspended_items(desk.log) == [item]


@pytest.mark.parametrize("width", first_quick([60, 80, 120]))
@pytest.mark.parametrize("language", first_quick(["ko", "en"]))
async def test_no_key_is_cut_from_the_bottom_lines(
    desk: Desk, width: int, language: Language
) -> None:
    desk.choose_language(language)
    app = _app(desk, UNTYPED)
    async with app.run_test(size=(width, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f8", "f8", "f4")  # there is something to undo, and to redo
        for keys in ("Enter F3 F6 F7 F8 F4 F5 F9 Esc", "Enter ↑↓ s b f u r F9 Esc"):
            lines = text_of(app).splitlines()[-app.screen.query_one(KeyBar).size.height :]
            shown = " ".join(lines).split()
            assert [key for key in keys.split() if key in shown] == keys.split()
            assert ("처음으로" if language == "ko" else "home") in lines[-1]
            await press(pilot, "f3")
