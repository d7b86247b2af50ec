"""One review taken back by its id: whichever it is, and only that."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.review_log.events import Event, Review, Suspend, Undo
from studytool.review_log.log import ReviewLog
from studytool.review_log.rows import write_detail
from studytool.srs.memory import NEW_MEMORY, to_ms
from studytool.srs.rating import Rating
from tests.review_log.answer_rows import answered
from tests.review_log.deeds import put_leech_away, reset_item, set_flag, set_suspended
from tests.review_log.drafts import DAY, NOON, draft, foreign
from tests.review_log.queue import flagged_items, new_items, suspended_items
from tests.review_log.test_laws import event_lists

UNKNOWN = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
LATER = NOON + 99 * DAY


def _standing(log: ReviewLog) -> list[str]:
    return [review.id for review, _ in answered(log)]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(event_lists(), st.data())
def test_what_is_left_is_what_stood_without_it_and_redo_brings_it_back(
    events: list[Event], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder, ReviewLog.open(Path(folder) / "r.db") as log:
        log.absorb(events)
        before = _standing(log)
        ids = [event.id for event in events if isinstance(event, Review)]
        chosen = data.draw(st.sampled_from([*ids, UNKNOWN]))
        taken = log.undo_review(chosen, LATER)
        assert (taken is not None) == (chosen in before)
        assert _standing(log) == [id_ for id_ in before if id_ != chosen]
        if taken is not None:
            memory = log.state(taken.item)
            assert log.redo(LATER) == taken
            assert _standing(log) == before
            log.undo_review(chosen, LATER)
            assert log.state(taken.item) == memory


def test_reviews_dated_in_the_future_no_longer_hold_an_item_back(log: ReviewLog) -> None:
    ahead = log.append_review(draft("pack/one", Rating.EASY, NOON + 3650 * DAY))
    log.append_review(draft("pack/one", Rating.GOOD, NOON))
    reset_item(log, "pack/one", NOON + DAY)
    assert log.state("pack/one").reps == 1
    taken = log.undo_review(ahead.id, NOON + DAY)
    assert taken == ahead
    assert log.state("pack/one") == NEW_MEMORY
    assert new_items(log, NOON + DAY) == ["pack/one", "pack/two", "pack/three"]


def test_a_review_of_another_device_is_taken_back_and_what_was_done_since_stays(
    log: ReviewLog,
) -> None:
    theirs = foreign("pack/one", Rating.GOOD, to_ms(NOON), random=bytes(10))
    log.absorb([theirs])
    set_flag(log, "pack/one", True, NOON + DAY)
    assert log.undo_review(theirs.id, NOON + 2 * DAY) == theirs
    assert (log.last_reviews(), flagged_items(log)) == ([], ["pack/one"])


def test_with_the_review_that_made_a_leech_goes_what_was_done_with_it(log: ReviewLog) -> None:
    review = log.append_review(draft("pack/one", Rating.AGAIN))
    put_leech_away(log, review, NOON, suspend=True)
    own = log.append_review(draft("pack/two"))
    set_suspended(log, "pack/two", True, NOON)  # by the learner, for another reason
    assert log.undo_review(review.id, LATER) == review
    assert suspended_items(log) == ["pack/two"]
    assert log.redo(LATER) == review  # both again
    assert suspended_items(log) == ["pack/one", "pack/two"]
    assert log.undo_review(own.id, LATER) == own
    assert "pack/two" in suspended_items(log)


@pytest.mark.parametrize("named", [UNKNOWN, "", "no id", "017f22e2"])
def test_where_no_such_review_stands_nothing_is_written(log: ReviewLog, named: str) -> None:
    suspended = set_suspended(log, "pack/one", True, NOON)
    assert isinstance(suspended, Suspend)
    before = log.ids()
    assert log.undo_review(named, NOON) is None
    assert log.undo_review(suspended.id, NOON) is None  # no review
    assert log.ids() == before


def test_what_was_taken_back_is_not_taken_back_twice(log: ReviewLog) -> None:
    review = log.append_review(draft())
    log.undo_review(review.id, NOON)
    assert log.undo_review(review.id, NOON) is None
    assert [type(event) for event in log.events()] == [Review, Undo]
    assert [event.offset_minutes for event in log.events()][-1] == 0


def test_what_is_compared_with_older_rows_is_written_as_they_were() -> None:
    """An act with a leech is found by the text of its detail, in whichever version wrote it."""
    assert write_detail(leech="a", until=None, days=3) == '{"leech":"a","days":3}'
    assert write_detail(leech=None) is None


def test_what_is_undone_and_redone_is_dated_by_the_clock_of_then(log: ReviewLog) -> None:
    """And what made a leech is taken back with what was done with it: one event for each."""
    review = log.append_review(draft(time=NOON))
    put_leech_away(log, review, NOON, suspend=True)
    assert log.undo(NOON + DAY, offset_minutes=13 * 60) == review
    assert log.redo(NOON + DAY, offset_minutes=13 * 60) == review
    assert log.undo_review(review.id, NOON + DAY, offset_minutes=13 * 60) == review
    written = list(log.events())[2:]
    assert [event.kind for event in written] == ["undo", "undo", "redo", "redo", "undo", "undo"]
    days = {(event.offset_minutes, event.study_day) for event in written}
    assert days == {(13 * 60, log.day_of(NOON) + 2)}  # it is the next morning there


def test_an_act_is_undone_by_the_clock_of_then(log: ReviewLog) -> None:
    set_flag(log, "pack/one", True, NOON)
    log.undo(NOON + DAY, offset_minutes=13 * 60)
    [_, undone] = log.events()
    assert (undone.offset_minutes, undone.study_day) == (13 * 60, log.day_of(NOON) + 2)
