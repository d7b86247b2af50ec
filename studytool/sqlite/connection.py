"""SQLite files opened, written to in transactions, and refused where replaced; databases as bytes."""

import re
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import make_private, refuse_special
from studytool.sqlite.faults import MALFORMED, sqlite_faults

Connection = apsw.Connection
"""An open database."""

Row = tuple[Any, ...]
"""A row of a query; the query names its columns."""

FileFormat = tuple[int, int, frozenset[bytes]]
"""A file's application_id, its user_version, and the texts, without spaces, of the tables of no other version."""

_HEADER = """
SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
FROM pragma_application_id, pragma_user_version
"""
"""One statement, so that all three are of one instant."""

_FORMAT_AT, _FORMATS = 18, b"\2"
"""Source: sqlite.org/fileformat2.html, section 1.3."""
_TEXTS = "SELECT CAST(sql AS BLOB) FROM sqlite_schema WHERE sql IS NOT NULL"
_BLANK = re.compile(rb"--.*|\s")

_OPENINGS = 10
"""A file that is replaced so often while it is being opened is refused."""

_WAL_RETRIES, _WAL_RETRY_SECONDS = 100, 0.02
_EXISTING = apsw.SQLITE_OPEN_READWRITE
_MAKING = _EXISTING | apsw.SQLITE_OPEN_CREATE
_ENDS = ("", "-wal", "-journal", "-shm")


def connect(path: Path, *, create: bool = True) -> Connection:
    """Open a file, made where there is none unless ``create`` says not to, for its owner alone."""
    refuse_special(path, _ENDS)
    if create:
        make_private(path)
    connection = apsw.Connection(str(path), flags=_MAKING if create else _EXISTING)
    # No file has statistics, so plans need not follow the values: else many are made at each use.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    return connection


def connect_read_only(path: Path) -> Connection:
    """Open a file to read it, without making any beside it, unless a journal must be read with it."""
    refuse_special(path, _ENDS)
    try:
        has_journal = path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:  # none; or SQLite says why nothing can be read there
        has_journal = False
    address = path.absolute().as_uri() + ("" if has_journal else "?immutable=1")
    return apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


def is_made(connection: Connection, path: Path, wanted: FileFormat) -> bool:
    """Tell whether a file has its tables yet; refuse one of another program or a newer version, as a StateError.

    Also one whose header is damaged: it says otherwise than the tables do, or that SQLite only reads it.
    """
    owner, found, count = connection.execute(_HEADER).get
    if owner == found == count == 0:
        return False
    application, version, texts = wanted
    is_right = (owner, found) == (application, version)
    if is_right and connection.readonly("main"):
        with opened_bytes(path) as file:
            is_right = file.xRead(1, _FORMAT_AT) <= _FORMATS
    if not is_right and texts <= {_BLANK.sub(b"", sql) for (sql,) in connection.execute(_TEXTS)}:
        raise StateError(Fault.DAMAGED, path=path, why=MALFORMED)
    if owner != application:
        raise StateError(Fault.FOREIGN, path=path)
    if found > version:
        raise StateError(Fault.NEWER, path=path, found=found, known=version)
    return True


@contextmanager
def opened_bytes(path: Path) -> Iterator[apsw.VFSFile]:
    """Open a file by SQLite's own means: closed by others, all its locks would be let go of."""
    flags = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY
    file = apsw.VFSFile("", str(path.resolve()), [flags, 0])
    try:
        yield file
    finally:
        file.xClose()


def opened(path: Path, prepare: Callable[[Connection], None], *, create: bool = True) -> Connection:
    """Open a file and prepare it; again from the start where another has taken its place by then.

    Raises:
        StateError: it cannot be opened, or ``prepare`` refused it.
    """
    with sqlite_faults(path):
        for _ in range(_OPENINGS):
            connection = connect(path, create=create)
            try:
                prepare(connection)
            except (StateError, apsw.Error):
                if not _closed_as_moved(connection):
                    raise
            except BaseException:
                _closed_as_moved(connection)
                raise
            else:
                return connection
    raise StateError(Fault.MOVED, path=path)


@contextmanager
def transaction(connection: Connection, path: Path) -> Iterator[None]:
    """Make the block one transaction: durable when it ends, undone when it raises.

    Raises:
        StateError: the file is locked, full, read-only, damaged or no longer that of its name.
    """
    with sqlite_faults(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            refuse_moved(connection, path)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite may have rolled back by itself
                connection.execute("ROLLBACK")
            raise


def begin_wal(connection: Connection) -> None:
    """Switch to WAL; SQLite does not wait when another program is doing just that."""
    for _ in range(_WAL_RETRIES):
        with suppress(apsw.BusyError):
            connection.execute("PRAGMA journal_mode = WAL")
            return
        time.sleep(_WAL_RETRY_SECONDS)
    connection.execute("PRAGMA journal_mode = WAL")


def keep_journal(connection: Connection, *, keep: bool = True) -> None:
    """Leave the file and its journal as they are when the connection closes; or no longer."""
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, int(keep))


def refuse_moved(connection: Connection, path: Path) -> None:
    """Refuse a file that no longer is the one of its name, as a StateError: what is written to it would be lost."""
    if _has_moved(connection):
        raise StateError(Fault.MOVED, path=path)


def _has_moved(connection: Connection) -> bool:
    answer = array("i", [0])
    connection.file_control("main", apsw.SQLITE_FCNTL_HAS_MOVED, answer.buffer_info()[0])
    return bool(answer[0])


def _closed_as_moved(connection: Connection) -> bool:
    """Close the file; where it has moved, without touching the journal, which is another's now."""
    moved = _has_moved(connection)
    if moved:
        keep_journal(connection)
    connection.close()
    return moved


def open_bytes(content: bytes) -> Connection:
    """Open a copy of a database's bytes, whose own code is not trusted and cannot write anywhere.

    Anki's collation ``unicase`` is there, so that its tables can be read.

    Raises:
        apsw.Error: they are no database.
    """
    connection = apsw.Connection(":memory:")
    connection.create_collation("unicase", _compare)
    if content[18:20] == b"\x02\x02":  # a journal beside it is not here
        content = content[:18] + b"\x01\x01" + content[20:]
    connection.deserialize("main", content)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.execute("PRAGMA query_only = 1")
    return connection


def new_database() -> Connection:
    """Return an empty database in memory."""
    return apsw.Connection(":memory:")


def database_bytes(connection: Connection) -> bytes:
    """Return a database as the bytes of its file."""
    return bytes(connection.serialize("main"))


def _compare(one: str, other: str) -> int:
    a, b = one.casefold(), other.casefold()
    return (a > b) - (a < b)
