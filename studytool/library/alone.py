"""One program at a time in a folder of the learner's."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import OWN_FOLDER
from studytool.reasons import reason
from studytool.sqlite.connection import connect
from studytool.sqlite.faults import sqlite_faults

BUSY_SECONDS = 10.0


@contextmanager
def alone_in(folder: Path, unwritable: Fault) -> Iterator[None]:
    """Make the folder if need be, and let one program at a time change its files.

    Raises:
        StateError: ``unwritable`` where it cannot be made; locked by another program for long.
    """
    try:
        folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(unwritable, path=folder, why=reason(error)) from error
    lock = folder / ".lock"
    with sqlite_faults(lock):
        connection = connect(lock)
    with closing(connection):
        with sqlite_faults(lock):
            connection.set_busy_timeout(round(BUSY_SECONDS * 1000))
            connection.execute("BEGIN EXCLUSIVE")
        yield
