"""Leeches are put away together with the review that made them so, and undone together."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import Desk
from studytool.session.leeches import becomes_leech
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings
from studytool.srs.memory import Memory, Stage
from studytool.srs.rating import Rating
from tests.cases import first_row_quick
from tests.review_log.queue import flagged_items, suspended_items
from tests.session.packs import desk_with

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = desk_with(tmp_path, [("a", "x", ""), ("b", "x", "")])
    opened.settings = Settings(leech_lapses=2)
    yield opened
    opened.close()


def _lapse(desk: Desk, now: datetime) -> Sitting:
    """Forget ``small/a`` in the review stage."""
    sitting = Sitting(desk, Scope(("small",)))
    question = sitting.start_next(now)
    assert question is not None
    assert question.id == "small/a"
    sitting.reveal()
    sitting.rate(Rating.AGAIN, now)
    return sitting


def _learn(desk: Desk, now: datetime) -> None:
    sitting = Sitting(desk, Scope(("small",), limit=1))
    assert sitting.start_next(now) is not None
    sitting.reveal()
    sitting.rate(Rating.EASY, now)


def _leech(desk: Desk) -> Sitting:
    _learn(desk, NOW)
    assert _lapse(desk, NOW + 100 * DAY).leech is None
    _learn(desk, NOW + 101 * DAY)
    return _lapse(desk, NOW + 300 * DAY)


def test_at_so_many_lapses_the_item_is_suspended(desk: Desk) -> None:
    sitting = _leech(desk)
    assert sitting.leech is not None
    assert suspended_items(desk.log) == ["small/a"]
    following = sitting.start_next(NOW + 300 * DAY)
    assert following is not None
    assert following.id == "small/b"


def test_undo_takes_back_review_and_suspension_and_redo_does_both_again(desk: Desk) -> None:
    sitting = _leech(desk)
    reviews = desk.log.last_reviews(item="small/a")
    assert sitting.undo(NOW + 301 * DAY)
    assert sitting.question is not None
    assert (sitting.question.id, suspended_items(desk.log)) == ("small/a", [])
    assert desk.log.last_reviews(item="small/a") == reviews[1:]
    assert sitting.redo(NOW + 301 * DAY)
    assert suspended_items(desk.log) == ["small/a"]
    assert desk.log.last_reviews(item="small/a") == reviews


@pytest.mark.parametrize(("action", "flagged", "suspended"), first_row_quick([
    ("flag", ["small/a"], []), ("suspend", [], ["small/a"]),
]))  # fmt: skip
def test_what_is_done_is_the_learners_choice(
    desk: Desk, action: str, flagged: list[str], suspended: list[str]
) -> None:
    desk.settings = replace(desk.settings, leech_action=action)  # type: ignore[arg-type] # one of two
    _leech(desk)
    assert (flagged_items(desk.log), suspended_items(desk.log)) == (flagged, suspended)


def test_never_where_it_is_turned_off(desk: Desk) -> None:
    desk.settings = replace(desk.settings, leech_lapses=0)
    assert _leech(desk).leech is None


def test_at_the_threshold_and_at_each_half_of_it_more() -> None:
    """As Anki's manual says of a threshold of 8: then at 12, 16 …"""
    at = [
        lapses
        for lapses in range(1, 25)
        if becomes_leech(Memory(stage=Stage.REVIEW, lapses=lapses - 1), Rating.AGAIN, lapses=8)
    ]
    assert at == [8, 12, 16, 20, 24]
    settled = Memory(stage=Stage.REVIEW, lapses=7)
    assert not becomes_leech(settled, Rating.HARD, lapses=8)
    assert not becomes_leech(settled._replace(stage=Stage.RELEARNING), Rating.AGAIN, lapses=8)


def test_after_a_restart_too_one_undo_takes_back_both(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, [("a", "x", ""), ("b", "x", "")])
    desk.settings = Settings(leech_lapses=2)
    _leech(desk)
    ratings = [review.rating for review in desk.log.last_reviews(item="small/a")]
    desk.close()
    desk = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    sitting = Sitting(desk, Scope(("small",)))
    assert sitting.undo(NOW + 301 * DAY)
    assert sitting.question is not None
    assert (sitting.question.id, suspended_items(desk.log)) == ("small/a", [])
    assert [review.rating for review in desk.log.last_reviews(item="small/a")] == ratings[1:]
    assert desk.log.redo(NOW + 301 * DAY) is not None
    assert suspended_items(desk.log) == ["small/a"]
    assert desk.log.redo(NOW + 301 * DAY) is None
    desk.close()
