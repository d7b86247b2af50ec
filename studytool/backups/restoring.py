"""Make a backup the log, and refuse to start on an empty log while a backup has events."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from studytool.backups.copying import Contents, contents_of, verify
from studytool.backups.folder import FOLDER_NAME, REPLACED, TAKEN, Backup, alone_in, list_backups
from studytool.backups.replacing import replace_log
from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.files import leads_nowhere
from studytool.settings.own_home import refuse_gone_reviews


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


def sound_backups(
    folder: Path, kinds: tuple[str, ...] = (TAKEN, REPLACED)
) -> Iterator[tuple[Backup, Contents]]:
    """Return the backups that read back whole and what each holds: kind by kind, latest first."""
    for kind in kinds:
        for backup in list_backups(folder, kinds=(kind,)):
            with suppress(StateError):
                yield backup, verify(backup.path)


def newest_sound(folder: Path) -> tuple[Path, Contents]:
    """Return the newest backup that reads back whole, and what it holds.

    One of the rotation rather than what a restore replaced, and one with events rather than an
    empty one.

    Raises:
        StateError: there is none.
    """
    empty: tuple[Path, Contents] | None = None
    for backup, found in sound_backups(folder):
        if found.events:
            return backup.path, found
        empty = empty or (backup.path, found)
    if empty is None:
        raise StateError(Fault.NO_SOUND_BACKUP, folder=folder)
    return empty


def restore(
    log: Path, backup: Path, folder: Path, now: datetime, *, found: Contents | None = None
) -> Backup | None:
    """Make ``log`` what ``backup`` is; return as what ``folder`` keeps the old one, if there was one.

    A backup that was read through just now, and ``found`` to hold something, is not read again.

    Raises:
        StateError: the backup is not sound, another program writes, or the disk refuses; then
            the log is as it was.
    """
    if found is None:
        verify(backup)
    with alone_in(folder):
        return replace_log(log, backup, folder, now)


def refuse_lost_log(home: Path) -> None:
    """Refuse to go on where the log of ``home`` has no event and a sound backup has some, or once it had.

    Raises:
        StateError: so it is; says how to get them back, and how to begin anew.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    if leads_nowhere(log):
        raise StateError(Fault.LOG_LINK, path=log, name=log.readlink())
    if contents_of(log).events:
        return
    for backup, found in sound_backups(folder):
        if found.events:
            fields = {"name": backup.path.name, "events": found.events, "folder": folder}
            raise StateError(Fault.LOG_LOST, path=log, **fields)
    refuse_gone_reviews(home)
