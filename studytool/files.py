"""Ordinary files alone: read within a limit, written durably in one step, and no link followed."""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.half_written import clear_behind, clear_folders, half_written
from studytool.language import Phrase

OWN_FOLDER = 0o700
_OWN_FILE, _OWN = 0o600, 0o700
"""The modes of what is the learner's alone."""

_NEW_FILE = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
_READ_FILE = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
_OPEN_FILES = (Path("/dev"), Path("/dev/fd"))  # below others, as /dev/shm, anything may lie
_LINK = Phrase(ko="링크", en="a link")
DEVICE_NAME = re.compile(
    r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE
)
"""What no file or folder may be named on Windows, with or without an extension."""
DEVICE = Phrase(ko="장치", en="a device")
_KINDS = (
    (stat.S_ISDIR, Phrase(ko="폴더", en="a folder")),
    (stat.S_ISFIFO, Phrase(ko="파이프", en="a pipe")),
    (stat.S_ISSOCK, Phrase(ko="소켓", en="a socket")),
    (stat.S_ISCHR, DEVICE),
    (stat.S_ISBLK, DEVICE),
)


class IrregularFileError(OSError):
    """A link, folder, pipe, socket or device where an ordinary file is wanted."""

    def __init__(self, path: Path, what: Phrase) -> None:
        super().__init__(errno.EINVAL, what.en, str(path))
        self.what = what


class LargeFileError(OSError):
    """A file larger than may be read."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(errno.EFBIG, f"{size:,} bytes", str(path))
        self.size = size


def read_regular(path: Path, most: int) -> bytes:
    """Read an ordinary file of at most ``most`` bytes; no link is followed, no pipe waited for.

    Raises:
        IrregularFileError: something else is there.
        LargeFileError: it is larger; nothing of it was read.
        OSError: it cannot be read.
    """
    _refuse_irregular(path, path.lstat().st_mode)
    with os.fdopen(os.open(path, _READ_FILE), "rb") as file:
        status = os.fstat(file.fileno())
        _refuse_irregular(path, status.st_mode)
        if status.st_size > most:
            raise LargeFileError(path, status.st_size)
        content = file.read(most + 1)
    if len(content) > most:  # it grew meanwhile
        raise LargeFileError(path, len(content))
    return content


def _refuse_irregular(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kinds = ((stat.S_ISLNK, _LINK), *_KINDS)
        raise IrregularFileError(path, next((what for is_, what in kinds if is_(mode)), DEVICE))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; raises as :func:`whole_file` does."""
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path``, with its mode, when the block ends well.

    A link at ``path`` is replaced and not followed.

    Raises:
        StateError: a folder, device, pipe or socket is there; it stays.
        OSError: the folder cannot be written; what was there stays.
    """
    mode = _mode_of(path)
    beside = half_written(path)
    try:
        with durable_file(beside) as file:
            if mode is not None and os.name != "nt":
                os.fchmod(file.fileno(), mode)
            yield file
        settle(beside, becomes=path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
            clear_behind(path)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write new files into a folder, durably, and make the folders that their names have.

    Raises:
        OSError: one is there, or the folder cannot be written; some may be written.
    """
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with durable_file(path) as file:
            file.write(content)
    for part in {folder, *(path.parent for path in map(folder.joinpath, files))}:
        sync_folder(part)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Make a folder that becomes ``path``, where nothing is, when the block ends well.

    What killed programs have left half-made beside it is deleted.

    Raises:
        OSError: something is there, or the folder around it cannot be written.
    """
    beside = half_written(path.absolute())
    try:
        clear_folders(beside.parent)
        beside.mkdir()
        yield beside
        beside.rename(path)
        sync_folder(beside.parent)
    finally:
        rmtree(beside, ignore_errors=True)  # nothing where it was renamed


@contextmanager
def durable_file(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Make a new file; it is on the disk when the block ends, and gone where that fails.

    Args:
        path: of the file.
        private: whether nobody but its owner may read it.

    Raises:
        OSError: something is there, or the folder cannot be written.
    """
    handle = os.open(path, _NEW_FILE, _OWN_FILE if private else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def refuse_special(path: Path, ends: Iterable[str] = ("",)) -> None:
    """Refuse a pipe, socket or device at ``path`` with any of these ``ends``, behind links too: reading it may never end.

    Raises:
        StateError: one is there; it stays.
    """
    for end in ends:
        with suppress(OSError):  # whoever opens it says what hinders
            beside = path.with_name(path.name + end)
            mode = beside.stat().st_mode
            for is_kind, what in _KINDS[0 if end else 1 :]:  # a folder itself has words of its own
                if is_kind(mode):
                    raise StateError(Fault.NOT_A_FILE, path=beside, what=what)


def make_private(path: Path) -> None:
    """Make an empty file that its owner alone may read, where there is none; SQLite says what hinders."""
    with suppress(OSError):
        os.close(os.open(path, _NEW_FILE, _OWN_FILE))


def keep_private(path: Path) -> None:
    """Let nobody but its owner into a file or folder; where that is not ours to say, leave it."""
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name != "nt" and mode & ~_OWN:
            path.chmod(mode & _OWN)


def settle(path: Path, becomes: Path) -> None:
    """Make a finished file durable under its name, in the place of any older one."""
    _sync(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    path.replace(becomes)
    sync_folder(becomes.parent)


def leads_nowhere(path: Path) -> bool:
    """Tell whether a link is there that leads to nothing, or round in a circle."""
    return path.is_symlink() and not path.exists()


def has_file(path: Path) -> bool:
    """Tell whether there is anything at ``path``; a file without a byte is as good as none."""
    return path.exists() and not (path.is_file() and path.stat().st_size == 0)


def take_free_name(path: Path, becomes: Path) -> None:
    """Make a finished file durable under a name that nobody has.

    Raises:
        FileExistsError: another program has just taken the name; its file stays.
    """
    try:
        os.link(path, becomes)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: a look just before must do
        if os.path.lexists(becomes):
            raise FileExistsError(becomes) from None
        path.rename(becomes)
    sync_folder(becomes.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    if os.name != "nt":  # Windows opens no folder, and needs no such call
        with suppress(OSError):  # a network file system may know no such call
            _sync(folder, os.O_RDONLY)


def is_stream(path: Path) -> bool:
    """Tell whether what is written to ``path`` goes to a device, a pipe or an open file."""
    is_special = path.exists() and not (path.is_file() or path.is_dir())
    named = path.absolute()
    is_name_of_open_file = named.parent in _OPEN_FILES or named.parts[:2] == ("/", "proc")
    return is_special or (os.name != "nt" and is_name_of_open_file)


def _mode_of(path: Path) -> int | None:
    """Return the mode of an ordinary file; None of a link, or where nothing is there."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    for is_kind, what in _KINDS:
        if is_kind(mode):
            raise StateError(Fault.NOT_A_FILE, path=path, what=what)
    return stat.S_IMODE(mode) if stat.S_ISREG(mode) else None


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
