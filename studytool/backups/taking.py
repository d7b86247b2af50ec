"""Taking a backup, and deleting those that the rotation no longer keeps."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studytool.backups.copying import keep_copy
from studytool.backups.folder import TAKEN, Backup, alone_in, list_backups, new_backup, writing_to
from studytool.backups.lineage import split_surplus
from studytool.backups.rotation import kept
from studytool.backups.verifying import Contents
from studytool.sqlite.watching import Watch, unwatched


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made, what it holds, and what became of the older ones.

    Attributes:
        deleted: by the rotation.
        spared: the rotation's too, but with events that are in no later one.
    """

    backup: Backup
    contents: Contents
    deleted: tuple[Backup, ...]
    spared: tuple[Backup, ...] = ()


def take(
    log: Path,
    folder: Path,
    now: datetime,
    *,
    busy_seconds: float = 10.0,
    watch: Watch = unwatched,
) -> Taken:
    """Back ``log`` up into ``folder``, durably and read back, then rotate.

    Raises:
        StateError: the log cannot be read or the folder not be written; earlier backups stay.
    """
    with alone_in(folder, busy_seconds=busy_seconds):
        backup = new_backup(folder, TAKEN, now)
        found = keep_copy(log, backup, watch=watch)
        deleted, spared = _rotate(folder, spare=backup)
        return Taken(backup, found, tuple(deleted), tuple(spared))


def _rotate(folder: Path, *, spare: Backup) -> tuple[list[Backup], list[Backup]]:
    """Delete what the rules do not keep; never ``spare``, which a clock set back would let look old.

    What a restore replaced is not counted and not deleted. What has events that no later backup
    has is not deleted either: events are only appended, so somewhere the log lost them.
    """
    backups = list_backups(folder, kinds=(TAKEN,))
    keep = kept(backup.taken for backup in backups)
    surplus = [old for old in backups if old.taken not in keep and old != spare]
    rest = [old for old in backups if old not in surplus and old != spare]
    deleted, spared = split_surplus(surplus, [spare, *rest])
    with writing_to(folder):
        for old in deleted:
            old.path.unlink(missing_ok=True)
    return deleted, spared
