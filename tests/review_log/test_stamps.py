"""What an event is stamped with: who, on which device, and the learner's own offset."""

from collections.abc import Callable

import pytest

from studytool.review_log.events import Event, Flag
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.deeds import put_leech_away, set_flag
from tests.review_log.drafts import HOUR, NOON, draft, foreign

OFFSET = 540


def _flag(log: ReviewLog) -> None:
    set_flag(log, "pack/one", True, NOON)


def _leech(log: ReviewLog) -> None:
    put_leech_away(log, log.append_review(draft()), NOON, suspend=True)


def _undo(log: ReviewLog) -> None:
    log.undo(NOON + HOUR, offset_minutes=OFFSET)


def _redo(log: ReviewLog) -> None:
    log.undo(NOON + HOUR)
    log.redo(NOON + 2 * HOUR, offset_minutes=OFFSET)


@pytest.mark.parametrize("do", [_flag, _leech])
@pytest.mark.parametrize("then", [_undo, _redo])
def test_an_undo_and_a_redo_carry_the_offset_of_their_moment(
    log: ReviewLog, do: Callable[[ReviewLog], None], then: Callable[[ReviewLog], None]
) -> None:
    do(log)
    then(log)
    kind = "undo" if then is _undo else "redo"
    offsets = [event.offset_minutes for event in log.events() if event.kind == kind]
    assert offsets == [OFFSET] * len(offsets)
    assert len(offsets) == (2 if do is _leech else 1)


def test_an_event_whose_offset_is_not_told_is_of_utc(log: ReviewLog) -> None:
    log.append(Flag, NOON, item="pack/one")
    review = log.append_review(draft())
    log.undo_review(review.id, NOON)
    log.redo(NOON)
    log.undo(NOON)
    log.follow_renames({"pack/one": "pack/new"}, NOON)
    assert log.retract(NOON)
    assert log.import_events([foreign("pack/two", Rating.GOOD, 0, random=bytes(10))], NOON)
    kinds = {event.kind for event in log.events()}
    assert kinds == {"flag", "review", "undo", "redo", "rename", "retraction", "import"}
    assert {event.offset_minutes for event in log.events()} == {0}


def test_undoing_a_leechs_act_takes_its_review_back_and_says_so(log: ReviewLog) -> None:
    review = log.append_review(draft())
    put_leech_away(log, review, NOON, suspend=True)
    assert log.undo(NOON + HOUR) == review
    assert log.undo(NOON + HOUR) is None


def test_a_learner_and_a_device_are_named_by_eight_random_bytes(log: ReviewLog) -> None:
    event: Event = log.append_review(draft())
    for name in (event.learner, event.device):
        assert len(bytes.fromhex(name)) == 8
    assert event.learner != event.device
