"""Whether a file is a whole log: its pages, its indexes, its words, and how many events it has."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw

from studytool.errors import StateError
from studytool.language import Phrase
from studytool.review_log.schema import APPLICATION, VERSION
from studytool.sqlite.connection import Row
from studytool.sqlite.faults import DAMAGED, FOREIGN, NEWER
from studytool.sqlite.watching import Step, Watch, unwatched, watched

UNSOUND = Phrase(
    ko="{path}은(는) 온전한 백업이 아닙니다({why}). 파일은 그대로 두었습니다. 다른 백업을 고르세요: "
    "studytool backup --list",
    en="{path} is not a sound backup ({why}). It was left as it is. Choose another one: studytool "
    "backup --list",
)
NO_BACKUP_FILE = Phrase(ko="{path} 파일이 없습니다.", en="there is no file {path}.")

_HEADER = """
SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
FROM pragma_application_id, pragma_user_version
"""
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_TRUE_TABLES = ("events", "meta", "names")
_CONTENTS = """
SELECT count(*), (SELECT id FROM events ORDER BY seq DESC LIMIT 1), max(time_ms) FROM events
"""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a log holds: two equal ones are of one log at one instant.

    Attributes:
        last_id: of the event that arrived last; None in an empty log.
        last_ms: the latest time of any event.
    """

    events: int
    last_id: bytes | None
    last_ms: int | None


def contents(connection: apsw.Connection) -> Contents:
    """Count a log's events, by an index."""
    rows: list[Row] = connection.execute(_CONTENTS).fetchall()
    return Contents(*rows[0])


def verify(path: Path, *, watch: Watch = unwatched) -> Contents:
    """Read a backup through; return what it holds.

    Raises:
        StateError: it is missing, damaged, another program's or a newer version's.
    """
    with (
        _sound(path),
        closing(open_for_reading(path)) as connection,
        watched(connection, watch, Step.CHECKING_BACKUP),
    ):
        refuse_foreign(connection, path)
        for why in problems(connection):
            raise StateError(UNSOUND, path=path, why=why)
        return contents(connection)


def glance(path: Path) -> Contents:
    """Return what a backup holds without reading it through.

    Raises:
        StateError: it cannot be opened or counted.
    """
    with _sound(path), closing(open_for_reading(path)) as connection:
        refuse_foreign(connection, path)
        return contents(connection)


def problems(connection: apsw.Connection) -> list[str]:
    """Return what SQLite finds wrong in any page, index or reference; empty when all is well."""
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
    return found


def refuse_foreign(connection: apsw.Connection, path: Path) -> None:
    """Refuse another program's file, one of a newer version, and one that lacks its tables.

    Raises:
        StateError: it is one.
    """
    rows: list[Row] = connection.execute(_HEADER).fetchall()
    owner, version, tables = rows[0]
    if owner == version == tables == 0:
        raise StateError(DAMAGED, path=path, why="it is empty")
    if owner != APPLICATION:
        raise StateError(FOREIGN, path=path)
    if version > VERSION:
        raise StateError(NEWER, path=path, found=version, known=VERSION)
    there = {name for (name,) in connection.execute(_TABLES)}
    if lost := [table for table in _TRUE_TABLES if table not in there]:
        raise StateError(DAMAGED, path=path, why=f"it has no table {', '.join(lost)}")


def has_journal(path: Path) -> bool:
    """Tell whether something of the database is in the journal beside it."""
    journal = path.with_name(path.name + "-wal")
    return journal.exists() and journal.stat().st_size > 0


def open_for_reading(path: Path) -> apsw.Connection:
    """Open a file without changing anything beside it, unless a journal must be read with it."""
    if not path.exists():
        raise StateError(NO_BACKUP_FILE, path=path)
    address = path.absolute().as_uri() + ("" if has_journal(path) else "?immutable=1")
    return apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


@contextmanager
def passing_over_damage() -> Iterator[None]:
    """End the block where a file turns out to be damaged; any other error goes on."""
    try:
        yield
    except StateError as error:
        if error.message not in (DAMAGED, UNSOUND):
            raise


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Say of whatever SQLite finds that ``path`` is no sound backup."""
    try:
        yield
    except apsw.Error as error:
        raise StateError(UNSOUND, path=path, why=error) from error
