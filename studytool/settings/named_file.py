"""The file that a user named for what is written: never one that studytool keeps in the learner's folder."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import DEVICE, is_stream, whole_file
from studytool.settings.home import home_folder
from studytool.settings.own_home import is_own_name


@contextmanager
def named_file(path: Path) -> Iterator[BinaryIO]:
    """Open the file that a user named for what is written: whole at its end, as :func:`whole_file`.

    A link is written through, and what is a terminal, pipe or open file is written to as it is.

    Raises:
        StateError: a folder, a disk or a file of studytool's own is there; it stays.
        OSError: it cannot be written; a file that was there stays.
    """
    if not is_stream(path):
        behind = Path(os.path.realpath(path))
        if behind.is_symlink():  # in a circle
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        _refuse_own(behind, path)
        with whole_file(behind) as file:
            yield file
        return
    if path.is_block_device():
        raise StateError(Fault.NOT_A_FILE, path=path, what=DEVICE)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND), "wb") as stream:
        yield stream


def write_named(path: Path, content: bytes) -> None:
    """Write the file that a user named; raises as :func:`named_file` does."""
    with named_file(path) as file:
        file.write(content)


def _refuse_own(behind: Path, path: Path) -> None:
    """Refuse what is written over the log, its journal or its backups, whether they are there yet or not."""
    home = home_folder()
    for folder in behind.parents:
        if home.exists() and folder.exists() and folder.samefile(home):
            if is_own_name(behind.relative_to(folder).parts[0]):
                raise StateError(Fault.OWN_FILE, path=path)
            return
