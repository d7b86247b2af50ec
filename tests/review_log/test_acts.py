"""What is done with items besides reviewing them: what is asked afterwards, and what stays."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from studytool.review_log.events import (
    Bury,
    Event,
    Flag,
    Redo,
    ReRate,
    Reset,
    Review,
    Suspend,
    Undo,
)
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import NEW_MEMORY
from studytool.srs.rating import Rating
from tests.review_log.activity_since import reviews_since
from tests.review_log.days import day_start
from tests.review_log.deeds import bury_item, re_rate, reset_item, set_flag, set_suspended
from tests.review_log.drafts import DAY, HOUR, MINUTE, NOON, draft
from tests.review_log.queue import (
    due_items,
    due_of,
    flagged_items,
    new_items,
    new_since,
    suspended_items,
    waits,
)

NOWHERE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


# --- the queue ------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", [Rating.EASY, Rating.AGAIN, None])  # in review, in steps, new
def test_a_suspended_item_is_not_asked_nor_counted(log: ReviewLog, rating: Rating | None) -> None:
    if rating is not None:
        log.append_review(draft("pack/one", rating))
    later = NOON + 99 * DAY
    before = log.counts(later)["pack"]
    asked = due_items(log, later), new_items(log, later)
    set_suspended(log, "pack/one", True, NOON)
    counts = log.counts(later)["pack"]
    assert before.due + before.learning + before.new == 3
    assert counts.due + counts.learning + counts.new == 2
    assert counts.items == 3  # it is still there
    assert suspended_items(log) == ["pack/one"]
    assert "pack/one" not in due_items(log, later) + new_items(log, later)
    assert log.within().next_due(NOON) is None
    assert sum(log.forecast(NOON, days=99)) == 0
    set_suspended(log, "pack/one", False, NOON)
    assert (due_items(log, later), new_items(log, later)) == asked
    assert log.counts(later)["pack"] == before
    assert suspended_items(log) == []


def test_a_buried_item_comes_back_at_its_instant(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.EASY, NOON - 50 * DAY))
    log.append_review(draft("pack/two", Rating.AGAIN, NOON - HOUR))
    dawn = NOON + 16 * HOUR
    for item in ("pack/one", "pack/two", "pack/three"):
        bury_item(log, item, dawn, NOON)
    just_before = dawn - timedelta(milliseconds=1)
    assert due_items(log, just_before) == new_items(log, just_before) == []
    assert due_items(log, just_before, ahead=HOUR) == []  # nothing is asked before its rest is over
    counts = log.counts(just_before)["pack"]
    assert (counts.due, counts.learning, counts.new, counts.items) == (0, 0, 0, 3)
    assert log.within().next_due(NOON) == dawn
    assert log.forecast(NOON, days=2) == [0, 2]
    assert due_items(log, dawn) == ["pack/two", "pack/one"]
    assert new_items(log, dawn) == ["pack/three"]
    counts = log.counts(dawn)["pack"]
    assert (counts.due, counts.learning, counts.new) == (1, 1, 1)


def test_an_item_buried_past_its_due_time_only(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.EASY))
    due = due_of(log, "pack/one")
    bury_item(log, "pack/one", NOON + HOUR, NOON)
    assert log.within().next_due(NOON) == due  # the rest is over long before


def test_what_falls_due_soon_can_be_asked_ahead(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.GOOD))  # due in ten minutes
    assert due_items(log, NOON, ahead=9 * MINUTE) == []
    assert due_items(log, NOON, ahead=10 * MINUTE) == ["pack/one"]


def test_registering_again_leaves_all_of_it_as_it_is(log: ReviewLog) -> None:
    set_suspended(log, "pack/one", True, NOON)
    set_flag(log, "pack/two", True, NOON)
    bury_item(log, "pack/three", NOON + DAY, NOON)
    log.register("pack", [(f"pack/{name}", "a", 0) for name in ("one", "two", "three", "four")])
    assert (suspended_items(log), flagged_items(log)) == (["pack/one"], ["pack/two"])
    assert new_items(log, NOON) == ["pack/two", "pack/four"]


def test_a_reset_item_is_new_and_its_reviews_stay(log: ReviewLog) -> None:
    for k, rating in enumerate([Rating.EASY, Rating.AGAIN, Rating.EASY]):
        log.append_review(draft("pack/one", rating, NOON + 30 * k * DAY))
    later = NOON + 99 * DAY
    retention, done = log.retention(NOON), reviews_since(log, NOON)
    reset = reset_item(log, "pack/one", later)
    assert reset.item == "pack/one"
    assert log.state("pack/one") == NEW_MEMORY
    assert new_items(log, later) == ["pack/one", "pack/two", "pack/three"]
    assert log.preview("pack/one", later)[Rating.GOOD] == 10 * MINUTE
    assert (log.retention(NOON), reviews_since(log, NOON)) == (retention, done)
    assert len(log.last_reviews(item="pack/one")) == 3
    assert new_since(log, NOON) == 0
    log.append_review(draft("pack/one", Rating.GOOD, later))  # in the same millisecond
    assert log.state("pack/one").reps == 1
    assert new_since(log, later) == 1  # today's limit of new items counts it
    assert log.retention(NOON) == retention


def test_reviews_under_a_clock_set_back_behind_a_reset(log: ReviewLog) -> None:
    reset_item(log, "pack/one", NOON)
    early = NOON - HOUR
    assert log.preview("pack/one", early) == dict.fromkeys(
        Rating, timedelta()
    )  # new, so asked again
    log.append_review(draft("pack/one", Rating.EASY, early))
    assert log.state("pack/one") == NEW_MEMORY
    assert len(log.last_reviews()) == 1  # and kept


def test_a_new_rating_is_what_counts(log: ReviewLog) -> None:
    log.register("other", [("other/one", "a", 0)])
    review = log.append_review(draft("pack/one", Rating.AGAIN))
    log.append_review(draft("pack/one", Rating.GOOD, NOON + DAY))
    re_rate(log, review.id, Rating.EASY, NOON + 2 * DAY)
    assert log.reviews_on(log.day_of(NOON)).ratings[Rating.EASY] == 1
    assert [r.rating for r in log.last_reviews()] == [Rating.GOOD, Rating.EASY]
    assert next(log.events()) == review  # what was written stays
    assert log.retention(NOON) == 1.0  # the second review was one of a mature item
    re_rate(log, review.id, Rating.AGAIN, NOON)  # the clock was set back, and yet this is the last
    assert log.reviews_on(log.day_of(NOON)).ratings[Rating.EASY] == 0
    assert log.retention(NOON) is None


def test_preview_after_acts_is_what_appending_then_does(log: ReviewLog) -> None:
    for k, rating in enumerate(Rating):
        item, now = f"pack/{rating}", NOON + k * HOUR
        first = log.append_review(draft(item, Rating.GOOD, now))
        log.append_review(draft(item, Rating.GOOD, now + DAY))
        re_rate(log, first.id, Rating.EASY, now)
        reset_item(log, item, now + 12 * HOUR)
        set_flag(log, item, True, now + 3 * DAY)
        for instant in (now + 3 * DAY, now + DAY, now + 20 * DAY):
            promised = log.preview(item, instant)[rating]
            log.append_review(draft(item, rating, instant))
            assert waits(log, item, instant) == promised


# --- undo and redo --------------------------------------------------------------------------------


def test_undo_and_redo_reach_across_restarts(path: Path) -> None:
    deeds: list[Callable[[ReviewLog], object]] = [
        lambda log: log.append_review(draft("pack/one", Rating.EASY)),
        lambda log: set_flag(log, "pack/one", True, NOON),
        lambda log: reset_item(log, "pack/one", NOON),
        lambda log: set_suspended(log, "pack/two", True, NOON),
    ]
    for deed in deeds:
        with ReviewLog.open(path) as log:
            deed(log)
    for kind in (Suspend, Reset, Flag, Review):
        with ReviewLog.open(path) as log:
            assert isinstance(log.undo(NOON), kind)
    with ReviewLog.open(path) as log:
        assert log.undo(NOON) is None
        assert (flagged_items(log), suspended_items(log), log.last_reviews()) == ([], [], [])
    for kind in (Review, Flag, Reset, Suspend):
        with ReviewLog.open(path) as log:
            assert isinstance(log.redo(NOON), kind)
    with ReviewLog.open(path) as log:
        assert log.redo(NOON) is None
        assert (flagged_items(log), suspended_items(log)) == (["pack/one"], ["pack/two"])
        assert log.state("pack/one") == NEW_MEMORY
        assert len(log.last_reviews()) == 1
        assert len(list(log.events())) == 12  # nothing was deleted


def test_something_new_ends_what_can_be_redone(log: ReviewLog) -> None:
    log.append_review(draft("pack/one"))
    log.undo(NOON)
    set_flag(log, "pack/two", True, NOON)
    assert log.redo(NOON) is None
    log.undo(NOON)
    assert isinstance(log.redo(NOON), Flag)
    assert log.redo(NOON) is None


def test_other_devices_deeds_neither_are_undone_nor_end_a_redo(
    log: ReviewLog, tmp_path: Path
) -> None:
    log.append_review(draft("pack/one"))
    log.undo(NOON)
    with ReviewLog.open(tmp_path / "other.db") as other:
        set_flag(other, "pack/two", True, NOON)
        log.absorb(other.events())
    assert log.undo(NOON) is None
    assert isinstance(log.redo(NOON), Review)


def test_the_item_of_an_act(log: ReviewLog) -> None:
    review = log.append_review(draft("pack/one"))
    assert log.item_of(review) == "pack/one"
    assert log.item_of(re_rate(log, review.id, Rating.EASY, NOON)) == "pack/one"
    assert log.item_of(re_rate(log, NOWHERE, Rating.EASY, NOON)) is None


# --- events without their target, files of other versions -----------------------------------------


def test_events_about_something_unknown_are_kept(log: ReviewLog) -> None:
    review = log.append_review(draft("pack/one"))
    state = log.state("pack/one")
    stamp: dict[str, Any] = {
        "learner": "x", "device": "y", "time": NOON, "offset_minutes": 0, "study_day": 20_454,
    }  # fmt: skip
    lost: list[Event] = [
        Undo(id=_id(1), target=NOWHERE, **stamp),
        Redo(id=_id(2), target=NOWHERE, **stamp),
        ReRate(id=_id(3), target=NOWHERE, rating=Rating.EASY, **stamp),
        Undo(id=_id(4), target=_id(4), **stamp),  # of itself
        Flag(id=_id(5), item="gone/item", **stamp),
    ]
    assert log.absorb(lost) == 5
    assert log.absorb(lost) == 0
    assert list(log.events()) == [review, *lost]
    assert log.state("pack/one") == state
    assert flagged_items(log) == ["gone/item"]
    assert re_rate(log, NOWHERE, Rating.HARD, NOON).target == NOWHERE


def _id(n: int) -> str:
    return f"017f22e2-79b0-7cc3-98c4-{n:012x}"


def test_events_that_come_before_their_target_count_when_it_comes(
    log: ReviewLog, tmp_path: Path
) -> None:
    with ReviewLog.open(tmp_path / "other.db") as other:
        review = other.append_review(draft("pack/one", Rating.AGAIN))
        re_rate(other, review.id, Rating.EASY, NOON)
        re_rate(other, review.id, Rating.HARD, NOON)
        other.undo(NOON)
        state = other.state("pack/one")
        for event in [*other.events()][::-1]:
            log.absorb([event])
    assert log.state("pack/one") == state
    assert log.last_reviews()[0].rating is Rating.EASY


def test_each_kind_is_read_back_as_it_was_written(log: ReviewLog) -> None:
    seoul = 9 * 60
    review = log.append_review(draft())
    written = [
        review,
        set_suspended(log, "pack/one", True, NOON, offset_minutes=seoul),
        set_suspended(log, "pack/one", False, NOON),
        bury_item(log, "pack/one", NOON + timedelta(days=1, microseconds=1999), NOON),
        set_flag(log, "pack/one", True, NOON),
        set_flag(log, "pack/one", False, NOON),
        reset_item(log, "pack/one", NOON),
        re_rate(log, review.id, Rating.HARD, NOON),
    ]
    log.undo(NOON)
    log.redo(NOON)
    read = list(log.events())
    assert read[:-2] == written
    assert [type(event) for event in read[-2:]] == [Undo, Redo]
    assert [event.id for event in read] == sorted(event.id for event in read)
    assert isinstance(read[3], Bury)
    assert read[3].until == NOON + timedelta(days=1, milliseconds=1)
    assert read[1].offset_minutes == seoul


OLD_ITEMS = """
DROP TABLE items;
CREATE TABLE items(
    item INTEGER PRIMARY KEY, pack INTEGER, concept INTEGER, position INTEGER NOT NULL DEFAULT 0,
    listed INTEGER NOT NULL DEFAULT 0, stage INTEGER NOT NULL DEFAULT 0,
    step INTEGER NOT NULL DEFAULT 0, stability REAL, difficulty REAL, due_ms INTEGER,
    last_ms INTEGER, reps INTEGER NOT NULL DEFAULT 0, lapses INTEGER NOT NULL DEFAULT 0,
    first_ms INTEGER, in_steps INTEGER GENERATED ALWAYS AS (stage IN (1, 3)) VIRTUAL
) STRICT;
CREATE INDEX items_by_due ON items(in_steps, due_ms) WHERE listed = 1 AND stage > 0;
UPDATE meta SET value = '1 ' || substr(value, 3) WHERE key = 'policy';
"""
"""What version 1 of the fold had made of the log."""


def test_a_file_of_the_version_before_opens(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.register("pack", [("pack/one", "flag", 0)])  # a concept with the name of a kind
        log.append_review(draft(rating=Rating.EASY))
        state = log.state("pack/one")
    connection = apsw.Connection(str(path))
    connection.execute(OLD_ITEMS)
    connection.close()
    with ReviewLog.open(path) as log:
        assert log.state("pack/one") == state
        assert log.registrations() == {}  # so that the packs are told again
        log.register("pack", [("pack/one", "flag", 0)], digest="v1")
        set_flag(log, "pack/one", True, NOON)
        assert flagged_items(log) == ["pack/one"]
    with ReviewLog.open(path) as log:
        assert log.registrations() == {"pack": "v1"}  # made anew once only
        assert flagged_items(log) == ["pack/one"]


# --- the study day --------------------------------------------------------------------------------


def _berlin(instant: datetime) -> int:
    """Berlin's offset in 2026, in minutes: summer time from 29 March to 25 October, 01:00 UTC."""
    begins, ends = datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)
    return 120 if begins <= instant < ends else 60


@pytest.mark.parametrize(
    ("now", "start_hour", "begins"),
    [
        ((1, 10, 21), 4, (1, 11, 3)),  # an ordinary winter's night
        ((1, 11, 2), 4, (1, 11, 3)),  # 03:00 is still yesterday
        ((1, 11, 3), 4, (1, 12, 3)),  # the day has just begun
        ((7, 10, 21), 4, (7, 11, 2)),  # summer
        ((3, 28, 21), 4, (3, 29, 2)),  # clocks set forward: 04:00 comes an hour sooner
        ((10, 24, 21), 4, (10, 25, 3)),  # clocks set back: an hour later
        ((3, 28, 21), 2, (3, 29, 1)),  # 02:00 does not come, 03:00 does instead
        ((10, 24, 21), 2, (10, 25, 0)),  # 02:00 comes twice: the first
        ((10, 24, 21), 3, (10, 25, 2)),  # 03:00 comes once, after 02:59 twice
        ((10, 24, 12), 0, (10, 24, 22)),
    ],
)
def test_the_next_study_day_begins_by_the_clock_of_then(
    now: tuple[int, int, int], start_hour: int, begins: tuple[int, int, int]
) -> None:
    found = day_start(
        datetime(2026, *now, tzinfo=UTC), start_hour=start_hour, offset_at=_berlin, days=1
    )
    assert found == datetime(2026, *begins, tzinfo=UTC)


def test_a_journey_does_not_move_the_end_of_a_rest(log: ReviewLog) -> None:
    """Buried in Seoul until 04:00 there, which is 11:00 of the day before in Los Angeles."""
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    until = day_start(now, start_hour=4, offset_at=lambda _: 9 * 60, days=1)
    bury_item(log, "pack/one", until, now, offset_minutes=9 * 60)
    assert until == datetime(2026, 1, 1, 19, tzinfo=UTC)
    assert "pack/one" not in new_items(log, until - MINUTE)
    assert "pack/one" in new_items(log, until)
