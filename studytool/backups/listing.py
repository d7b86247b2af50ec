"""The list of backups, with what each holds."""

from dataclasses import dataclass
from pathlib import Path

from studytool.backups.folder import TAKEN, Backup, list_backups
from studytool.backups.rotation import holding_more
from studytool.backups.verifying import glance
from studytool.errors import StateError


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
    """List the backups in ``folder``, latest first."""
    more = holding_more(list_backups(folder, kinds=(TAKEN,)))
    return [_described(backup, holds_more=backup in more) for backup in list_backups(folder)]


def _described(backup: Backup, *, holds_more: bool) -> ListedBackup:
    size = backup.path.stat().st_size
    try:
        events = glance(backup.path).events
    except StateError:  # nobody knows what is in it
        return ListedBackup(backup, None, size, holds_more=False)
    return ListedBackup(backup, events, size, holds_more)
