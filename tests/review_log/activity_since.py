"""The standing reviews from an instant on, counted one by one."""

from datetime import datetime, timedelta

from studytool.quiz.outcome import Outcome
from studytool.review_log.activity import Activity
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating

_ALL = 1 << 40


def reviews_since(log: ReviewLog, instant: datetime) -> Activity:
    """Count standing reviews at ``instant`` or later by outcome and rating."""
    reviews = [one for one in log.last_reviews(limit=_ALL) if one.time >= instant]
    return Activity(
        reviews=len(reviews),
        outcomes={one: sum(it.outcome == one for it in reviews) for one in Outcome},
        ratings={one: sum(it.rating == one for it in reviews) for one in Rating},
        spent=timedelta(milliseconds=sum(it.duration_ms for it in reviews)),
    )
