"""A preview is what the review then does, of an item by any of its ids; and when an item is due."""

from datetime import timedelta

import pytest

from studytool.review_log.items import due_instant
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.deeds import move_item
from tests.review_log.drafts import DAY, HOUR, MINUTE, NOON, draft
from tests.review_log.queue import waits

LATER = NOON + 60 * DAY


@pytest.mark.parametrize("rating", list(Rating))
@pytest.mark.parametrize("asked", ["pack/one", "pack/moved", "pack/never", "elsewhere/unknown"])
def test_a_preview_is_what_the_review_does(log: ReviewLog, asked: str, rating: Rating) -> None:
    log.append_review(draft("pack/one", Rating.EASY))
    log.append_review(draft("pack/one", Rating.GOOD, NOON + 20 * DAY))
    move_item(log, "pack/one", "pack/moved", NOON + 21 * DAY)
    promised = log.preview(asked, LATER)[rating]
    log.append_review(draft(asked, rating, LATER))
    assert waits(log, asked, LATER) == promised > timedelta()


def test_an_item_is_due_at_its_step_or_from_a_later_days_start(log: ReviewLog) -> None:
    assert due_instant(log.state("pack/one"), log.days, due_day=None) is None
    log.append_review(draft("pack/one", Rating.AGAIN))
    step = log.state("pack/one")
    assert due_instant(step, log.days, due_day=None) == NOON + MINUTE  # this very day
    day = log.day_of(NOON)
    assert due_instant(step, log.days, due_day=day + 3) == log.days.start(day + 3)
    before_night = log.days.start(day + 1) - MINUTE / 4
    log.append_review(draft("pack/two", Rating.AGAIN, before_night))
    night = log.state("pack/two")
    assert night.due == before_night + MINUTE
    assert due_instant(night, log.days, due_day=None) == log.days.start(day + 1)
    assert log.days.start(day + 1) - NOON <= 24 * HOUR
