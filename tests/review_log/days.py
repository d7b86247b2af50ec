"""Where study days begin, and the log of one learner in a zone."""

from collections.abc import Callable
from datetime import datetime

from studytool.review_log.study_days import StudyDays


def day_start(
    now: datetime, *, start_hour: int, offset_at: Callable[[datetime], int], days: int = 0
) -> datetime:
    """Return the instant at which the study day of ``now`` begins, or one so many days after."""
    study = StudyDays(offset_at, start_hour)
    return study.start(study.of(now) + days)
