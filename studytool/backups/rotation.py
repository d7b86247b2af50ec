"""Which backups are kept: the latest of each of the last hours, days, weeks and months."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class RotationRule:
    """Keep the latest of each of the last ``periods`` periods that have any."""

    periods: int
    period_of: Callable[[datetime], Hashable]


HOURLY = RotationRule(24, lambda instant: (instant.date(), instant.hour))
DAILY = RotationRule(14, lambda instant: instant.date())
WEEKLY = RotationRule(8, lambda instant: instant.isocalendar()[:2])
MONTHLY = RotationRule(24, lambda instant: (instant.year, instant.month))
RULES = (HOURLY, DAILY, WEEKLY, MONTHLY)


def kept(instants: Iterable[datetime], rules: Sequence[RotationRule] = RULES) -> set[datetime]:
    """Return the instants to keep, by periods of UTC: at most the sum of the rules' periods.

    Periods without a backup do not count, so that a long pause deletes nothing.
    """
    latest_first = sorted(instants, reverse=True)
    keep: set[datetime] = set()
    for rule in rules:
        latest: dict[Hashable, datetime] = {}
        for instant in latest_first:
            latest.setdefault(rule.period_of(instant.astimezone(UTC)), instant)
        keep.update(list(latest.values())[: rule.periods])
    return keep
