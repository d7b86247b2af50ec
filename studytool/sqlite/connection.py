"""SQLite files opened: refused where another file takes their place meanwhile."""

from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

from studytool.errors import StateError
from studytool.sqlite.faults import MOVED, mendable

Row = tuple[Any, ...]
"""What a query gives; its columns are known where the query stands."""

_OPENINGS = 10
"""A file that is replaced so often while it is being opened is refused."""

_USUAL_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE


def opened(
    path: Path, prepare: Callable[[apsw.Connection], None], *, flags: int = _USUAL_FLAGS
) -> apsw.Connection:
    """Open a file and prepare it; again from the start where another has taken its place by then.

    Raises:
        StateError: it cannot be opened, or ``prepare`` refused it.
    """
    with mendable(path):
        for _ in range(_OPENINGS):
            connection = apsw.Connection(str(path), flags=flags)
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
    raise StateError(MOVED, path=path)


def refuse_moved(connection: apsw.Connection, path: Path) -> None:
    """Refuse a file that no longer is the one of its name: what is written to it would be lost.

    Raises:
        StateError: it is not.
    """
    if _has_moved(connection):
        raise StateError(MOVED, path=path)


def _has_moved(connection: apsw.Connection) -> bool:
    answer = array("i", [0])
    connection.file_control("main", apsw.SQLITE_FCNTL_HAS_MOVED, answer.buffer_info()[0])
    return bool(answer[0])


def _closed_as_moved(connection: apsw.Connection) -> bool:
    """Close the file; where it has moved, without touching the journal, which is another's now."""
    moved = _has_moved(connection)
    if moved:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.close()
    return moved
