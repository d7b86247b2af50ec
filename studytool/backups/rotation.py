"""List backups, and keep the latest of each of the last hours, days, weeks and months.

A backup with events that no later one has is kept too: events are only appended, so somewhere the
log lost them.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from studytool.backups.folder import TAKEN, Backup, list_backups
from studytool.backups.verifying import glance, open_for_reading
from studytool.errors import StateError
from studytool.sqlite.faults import SqliteError

_LACKS = """
SELECT EXISTS (SELECT 1 FROM (SELECT id FROM earlier.events ORDER BY seq DESC LIMIT ?) e
    WHERE NOT EXISTS (SELECT 1 FROM main.events n WHERE n.id = e.id))
"""
_ALL = -1


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


def holding_more(backups: Sequence[Backup]) -> list[Backup]:
    """Return those of ``backups``, latest first, whose last event no later one has."""
    return [
        old
        for k, old in enumerate(backups)
        if k and all(lacks(later.path, old.path, last=1) for later in backups[:k])
    ]


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup as it is listed.

    Attributes:
        events: how many it has, None where it cannot be read.
        holds_more: whether it has events that no later backup has, so that it is not deleted.
    """

    backup: Backup
    events: int | None
    size_bytes: int
    holds_more: bool


def describe_backups(folder: Path) -> list[ListedBackup]:
    """List the backups in ``folder``, latest first; not what another program takes away meanwhile."""
    more, listed = holding_more(list_backups(folder, kinds=(TAKEN,))), []
    for backup in list_backups(folder):
        with suppress(FileNotFoundError):
            listed.append(_described(backup, holds_more=backup in more))
    return listed


def _described(backup: Backup, *, holds_more: bool) -> ListedBackup:
    size = backup.path.stat().st_size
    try:
        return ListedBackup(backup, glance(backup.path).events, size, holds_more)
    except StateError:  # nobody knows what is in it
        return ListedBackup(backup, None, size, holds_more=False)


def lacks(later: Path, earlier: Path, *, last: int = _ALL) -> bool:
    """Tell whether a log lacks any of the ``last`` events of another, or that cannot be known."""
    try:
        with closing(open_for_reading(later)) as connection:
            connection.execute("ATTACH ? AS earlier", (earlier.absolute().as_uri(),))
            return bool(connection.execute(_LACKS, (last,)).get)
    except (SqliteError, StateError):
        return True
