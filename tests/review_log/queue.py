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


def new_since(log: ReviewLog, instant: datetime) -> int:
    """Count the items that were new on the study day of an instant, or after."""
    sql = "SELECT count(*) FROM items WHERE first_day >= ?"
    return log._db.number(sql, (log.day_of(instant),))


def due_of(log: ReviewLog, item: str) -> datetime:
    """Return when an item falls due."""
    [status] = log.statuses(items=[item])
    assert status.due is not None
    return status.due


def waits(log: ReviewLog, item: str, now: datetime) -> timedelta:
    """Return how long after ``now`` an item falls due, by the study days or by the clock."""
    memory, today = log.state(item), log.day_of(now)
    if memory.due_day is not None:
        return timedelta(days=memory.due_day - today)
    if memory.due is None:
        return timedelta()
    days = log.day_of(memory.due) - today
    return timedelta(days=days) if days > 0 else memory.due - now


def suspended_items(log: ReviewLog) -> list[str]:
    """Return the suspended items, by name, also those that no pack lists any more."""
    return _items(log, "rests_until_ms IS NULL")


def flagged_items(log: ReviewLog) -> list[str]:
    """Return the flagged items, by name, also those that no pack lists any more."""
    return _items(log, "flagged = 1")


def _items(log: ReviewLog, condition: str) -> list[str]:
    sql = f"SELECT name FROM items JOIN names ON code = item WHERE {condition} ORDER BY name"
    return [name for (name,) in log._db.rows(sql)]
