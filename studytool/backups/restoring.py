"""Restoring: a backup becomes the log, and the log that was there becomes a backup."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studytool.backups.folder import REPLACED, TAKEN, Backup, alone_in, list_backups
from studytool.backups.replacing import replace_log
from studytool.backups.verifying import Contents, verify
from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.sqlite.watching import Watch, unwatched


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What the log is now, and as what the old one is kept; None where there was none."""

    path: Path
    contents: Contents
    replaced: Backup | None


def find_backup(folder: Path, name: str) -> Path:
    """Find a backup by its name in ``folder``, with or without its ending, or by its path.

    Raises:
        NotFoundError: none of them; names the nearest.
    """
    names = {backup.path.name: backup.path for backup in list_backups(folder)}
    for known in (name, f"{name}.db"):
        if known in names:
            return names[known]
    if Path(name).is_file():
        return Path(name)
    raise NotFoundError("backup", name, list(names))


def newest_sound(folder: Path, *, watch: Watch = unwatched) -> tuple[Path, Contents]:
    """Return the newest backup that reads back whole, and what it holds.

    One of the rotation rather than what a restore replaced, and one with events rather than an
    empty one.

    Raises:
        StateError: there is none.
    """
    empty: tuple[Path, Contents] | None = None
    for backup in (
        one for kind in (TAKEN, REPLACED) for one in list_backups(folder, kinds=(kind,))
    ):
        with suppress(StateError):
            found = verify(backup.path, watch=watch)
            if found.events:
                return backup.path, found
            empty = empty or (backup.path, found)
    if empty is None:
        raise StateError(Fault.NO_SOUND_BACKUP, folder=folder)
    return empty


def restore(
    log: Path,
    backup: Path,
    folder: Path,
    now: datetime,
    *,
    found: Contents | None = None,
    watch: Watch = unwatched,
) -> RestoreReport:
    """Make ``log`` what ``backup`` is; what it was is kept in ``folder`` as ``replaced-...``.

    Args:
        log: to be replaced.
        backup: a file of a log.
        folder: of the backups.
        now: names the copy of what was there.
        found: what the backup holds, where it was read through just now.
        watch: of the work.

    Raises:
        StateError: the backup is not sound, another program writes, or the disk refuses; then
            the log is as it was.
    """
    found = found or verify(backup, watch=watch)
    with alone_in(folder):
        return RestoreReport(backup, found, replace_log(log, backup, folder, now, watch=watch))
