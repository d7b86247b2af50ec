"""Copies of a log: made of one in use as it is at one instant, and verified by reading back."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from studytool.backups.folder import Backup, writing_to
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import has_file, settle
from studytool.half_written import partial_of
from studytool.language import Message, Phrase
from studytool.printable import first_few
from studytool.review_log.as_made import misnamed
from studytool.review_log.schema import FORMAT, TRUTH_TABLES
from studytool.sqlite.connection import (
    Connection,
    connect,
    connect_read_only,
    is_made,
    keep_journal,
    opened,
    refuse_moved,
)
from studytool.sqlite.faults import DAMAGE, SqliteError, sqlite_faults, sqlite_reason
from studytool.sqlite.journal import refuse_damaged_journal
from studytool.sqlite.watching import Step, locked_copy, watched

_EMPTY = Phrase(ko="비어 있음", en="it is empty")
_NO_TABLE = Phrase(ko="{names} 표가 없음", en="it has no table {names}")
BUSY_SECONDS = 5.0
_PROBLEMS = Phrase(ko="점검에서 문제 {n}가지가 나옴", en="{few}")

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_CONTENTS = "SELECT count(*), (SELECT id FROM events ORDER BY seq DESC LIMIT 1) FROM events"


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a log; equal contents are of one log at one instant.

    Attributes:
        last_id: of the event that arrived last; None in an empty log.
    """

    events: int
    last_id: bytes | None


def contents(connection: Connection) -> Contents:
    """Count a log's events, by an index."""
    return Contents(*connection.execute(_CONTENTS).get)


def verify(path: Path) -> Contents:
    """Read a backup through; return what it holds.

    Raises:
        StateError: it is missing, damaged, another program's or a newer version's.
    """
    with opened_backup(path) as connection, watched(connection, Step.CHECKING_BACKUP):
        if found := problems(connection):
            raise StateError(Fault.BACKUP_UNSOUND, path=path, why=shortened(found))
        return contents(connection)


def glance(path: Path) -> Contents:
    """Return what a backup holds without reading it through, or raise StateError."""
    with opened_backup(path) as connection:
        return contents(connection)


def problems(connection: Connection) -> list[str]:
    """Return what is wrong in any page, index, reference or name of a table; empty when all is well."""
    found = [
        line
        for (text,) in connection.execute("PRAGMA integrity_check")
        for line in str(text).splitlines()
        if line != "ok" and not line.startswith("***")  # a heading
    ]
    found += [
        f"row {row} of {table} names a missing row of {other}"
        for table, row, other, _ in connection.execute("PRAGMA foreign_key_check(events)")
    ]
    return found + [f"{name} is not as it was made" for name in misnamed(connection)]


def shortened(found: list[str]) -> Message:
    """Return the problems as a reason: counted in Korean, in SQLite's own words in English."""
    return _PROBLEMS.of(n=len(found), few=first_few(found))


def refuse_foreign(connection: Connection, path: Path) -> None:
    """Refuse another program's file, one of a newer version, and one that lacks its tables, as a StateError."""
    if not is_made(connection, path, FORMAT):
        raise StateError(Fault.DAMAGED, path=path, why=_EMPTY)
    there = {name for (name,) in connection.execute(_TABLES)}
    if lost := sorted(TRUTH_TABLES.keys() - there):
        raise StateError(Fault.DAMAGED, path=path, why=_NO_TABLE.of(names=", ".join(lost)))


def open_for_reading(path: Path) -> Connection:
    """Open a file without changing anything beside it, unless a journal must be read with it."""
    if not path.exists():
        raise StateError(Fault.NO_BACKUP_FILE, path=path)
    return connect_read_only(path)


@contextmanager
def opened_backup(path: Path) -> Iterator[Connection]:
    """Open a backup; say of whatever SQLite finds in the block that it is no sound one."""
    try:
        with closing(open_for_reading(path)) as connection:
            refuse_foreign(connection, path)
            yield connection
    except SqliteError as error:
        raise StateError(Fault.BACKUP_UNSOUND, path=path, why=sqlite_reason(error)) from error
    except StateError as error:  # the remedy of a damaged log is another
        fault = Fault.BACKUP_UNSOUND if error.fault is Fault.DAMAGED else error.fault
        raise StateError(fault, **error.fields) from error


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


def contents_of(log: Path) -> Contents:
    """Count the events of a log, none where there is no log, or raise StateError."""
    if not has_file(log):
        return Contents(0, None)
    with closing(open_log(log)) as live, sqlite_faults(log):
        return contents(live)
