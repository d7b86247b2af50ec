"""Copy a log in use as it is at one instant, and verify the copy by reading it back."""

from contextlib import closing
from pathlib import Path

from studytool.backups.folder import Backup, partial_of, writing_to
from studytool.backups.verifying import EMPTY, Contents, contents, refuse_foreign, verify
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import settle
from studytool.sqlite.connection import Connection, connect, keep_journal, opened, refuse_moved
from studytool.sqlite.faults import DAMAGE, sqlite_faults
from studytool.sqlite.journal import refuse_damaged_journal
from studytool.sqlite.watching import Step, locked_copy

BUSY_SECONDS = 5.0


def keep_copy(log: Path, backup: Backup) -> Contents:
    """Copy ``log`` while others may write to it; the copy appears under its name or not at all.

    Runs while the caller is alone in the folder, which clears what a failure leaves half-written.

    Raises:
        StateError: the log is damaged or cannot be read; the copy cannot be written.
    """
    partial = partial_of(backup.path)
    with closing(open_log(log)) as live:
        with sqlite_faults(log):
            live.execute("BEGIN")  # one instant for the count and the copy
            found = contents(live)
        with writing_to(partial.parent), closing(connect(partial)) as copy:
            try:
                with locked_copy(live, copy, Step.COPYING):
                    pass  # nobody else knows of the copy
            except DAMAGE:
                with sqlite_faults(log):
                    raise
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, that needs no other beside it
    copied = verify(partial)
    if copied != found:
        raise StateError(Fault.BACKUP_DIFFERS, path=log, copied=copied.events, found=found.events)
    with writing_to(partial.parent):
        settle(partial, becomes=backup.path)
    return found


def open_log(log: Path) -> Connection:
    """Open an existing log; refuse what is none.

    Raises:
        StateError: missing, locked, damaged, another program's or a newer version's.
    """

    def prepare(connection: Connection) -> None:
        connection.set_busy_timeout(round(BUSY_SECONDS * 1000))
        keep_journal(connection)  # what is refused is closed as it was
        refuse_foreign(connection, log)
        refuse_moved(connection, log)
        refuse_damaged_journal(connection, log)
        keep_journal(connection, keep=False)

    return opened(log, prepare, create=False)


def has_file(log: Path) -> bool:
    """Tell whether there is anything at ``log``; a file without a byte is as good as none."""
    return log.exists() and not (log.is_file() and log.stat().st_size == 0)


def contents_of(log: Path) -> Contents:
    """Count the events of a log; none where there is no log.

    Raises:
        StateError: it cannot be read.
    """
    if not has_file(log):
        return EMPTY
    with closing(open_log(log)) as live, sqlite_faults(log):
        return contents(live)
