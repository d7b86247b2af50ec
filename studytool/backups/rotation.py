"""Which backups are kept: the latest of each of the last hours, days, weeks and months."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """Keep the latest of each of the last ``periods`` periods that have any."""

    periods: int
    period_of: Callable[[datetime], Hashable]


HOURLY = Rule(24, lambda instant: (instant.date(), instant.hour))
DAILY = Rule(14, lambda instant: instant.date())
WEEKLY = Rule(8, lambda instant: instant.isocalendar()[:2])
MONTHLY = Rule(24, lambda instant: (instant.year, instant.month))
RULES = (HOURLY, DAILY, WEEKLY, MONTHLY)


def kept(instants: Iterable[datetime], rules: Sequence[Rule] = RULES) -> set[datetime]:
    """Give the instants to keep, by periods of UTC: at most the sum of the rules' periods.

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
