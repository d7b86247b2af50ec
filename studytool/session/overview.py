"""The counts of the home screen: each pack's items, and all of them together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from studytool.session.day_plan import DayPlan, plan_day
from studytool.session.desk import Desk
from studytool.srs.memory import to_ms

FORECAST_DAYS = 30
RETENTION_DAYS = 30


@dataclass(frozen=True, slots=True)
class PackCounts:
    """One pack on the home screen; ``new`` is what today's limit still admits."""

    id: str
    title: str
    due: int
    learning: int
    new: int
    items: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of the home screen; made of indexed queries only.

    Attributes:
        due, learning, new: of all packs together, so far as today admits.
        forecast: reviews that fall due on each of the next 30 study days, today first.
        retention: share recalled of the last 30 days' reviews of mature items, None without any.
        next_due: when the next item that is not due yet falls due, None when nothing will.
        day_ends: when the next study day begins.
    """

    packs: tuple[PackCounts, ...]
    due: int
    learning: int
    new: int
    reviewed_today: int
    streak_days: int
    forecast: tuple[int, ...]
    retention: float | None
    next_due: datetime | None
    day_ends: datetime


def read_overview(desk: Desk, now: datetime) -> Overview:
    """Return the counts of the home screen: due, learning and new items, and today's reviews."""
    log = desk.log
    day = {
        "offset_minutes": desk.clock.offset_minutes(now),
        "day_start_hour": desk.settings.day_start_hour,
    }
    today = plan_day(desk, now)
    packs = count_packs(desk, now, today)
    reviewed = log.reviews_since(today.began).reviews - log.reviews_since(today.ends).reviews
    return Overview(
        packs=packs,
        due=min(sum(pack.due for pack in packs), today.reviews_left),
        learning=sum(pack.learning for pack in packs),
        new=min(sum(pack.new for pack in packs), today.new_left),
        reviewed_today=reviewed,
        streak_days=log.streak_days(now, **day),
        forecast=tuple(log.forecast(now, days=FORECAST_DAYS, **day)),
        retention=log.retention(now - timedelta(days=RETENTION_DAYS)),
        next_due=log.within().next_due(now),
        day_ends=today.ends,
    )


def count_packs(desk: Desk, now: datetime, today: DayPlan) -> tuple[PackCounts, ...]:
    """Count each pack's items, so far as they would be asked today."""
    counts = desk.log.counts(now, resting=today.resting, count_new=False)
    return tuple(
        PackCounts(
            id=pack.id,
            title=pack.title[desk.settings.language],
            due=min(counts[pack.id].due, today.reviews_left),
            learning=counts[pack.id].learning,
            new=_count_new(desk, pack.id, now, today),
            items=counts[pack.id].items,
        )
        for pack in desk.library.packs()
        if pack.id in counts
    )


def _count_new(desk: Desk, pack: str, now: datetime, today: DayPlan) -> int:
    """Count the new items of a pack that today still admits."""
    rules = {"without": today.resting, "closed": today.closed}
    return len(desk.log.within([pack]).new(to_ms(now), today.new_left, **rules))
