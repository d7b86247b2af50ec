"""What is due and what is new, as short as tests ask for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from studytool.review_log.log import ReviewLog
from studytool.srs.memory import to_ms


def due_items(
    log: ReviewLog,
    now: datetime,
    *,
    packs: Sequence[str] = (),
    concept: str | None = None,
    limit: int | None = None,
    ahead: timedelta = timedelta(),
) -> list[str]:
    """Give items due: those in learning steps first, then reviews, each by due time."""
    within, ms = log.within(packs, concept), to_ms(now)
    found = within.in_steps(ms, limit, ahead_ms=ahead // timedelta(milliseconds=1))
    left = None if limit is None else limit - len(found)
    return [one.item for one in [*found, *within.reviews(ms, left, order="due")]]


def new_items(
    log: ReviewLog,
    now: datetime,
    *,
    packs: Sequence[str] = (),
    concept: str | None = None,
    limit: int | None = None,
) -> list[str]:
    return [one.item for one in log.within(packs, concept).new(to_ms(now), limit)]


def suspended_items(log: ReviewLog) -> list[str]:
    """Return the suspended items, by name, also those that no pack lists any more."""
    return _items(log, "rests_until_ms IS NULL")


def flagged_items(log: ReviewLog) -> list[str]:
    """Return the flagged items, by name, also those that no pack lists any more."""
    return _items(log, "flagged = 1")


def _items(log: ReviewLog, condition: str) -> list[str]:
    sql = f"SELECT name FROM items JOIN names ON code = item WHERE {condition} ORDER BY name"
    return [name for (name,) in log._db.rows(sql)]
