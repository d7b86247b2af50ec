"""A disk that may lose power or be full: a layer under SQLite's files and under files written whole.

It keeps apart what was written since the last fsync of each file, and names since that of their folder:
so it can say what a loss of power would leave. Files lie where they always do; no index of a WAL is kept.
"""

import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from errno import ENOSPC
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

from studytool.numerics.streams import Rng

SECTOR = 512
_JOURNALS = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL

Image = dict[str, bytes]
"""The files of a folder and those below, by path, as a loss of power leaves them."""

Write = tuple[int, bytes | None]
"""A place and what was written there; None: the file was cut there."""


class UnseenFileError(Exception):
    """A file was made or deleted behind the back of the disk."""


class SimulatedDisk:
    """What is on the disk of one folder.

    Attributes:
        at_sync: called before anything becomes durable.
        writes: so many times a file grew.
        free: so many more times it may; None for ever.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.at_sync: Callable[[], object] = lambda: None
        self.writes = 0
        self.free: int | None = None
        self._content: dict[int, bytes] = {}
        self._pending: dict[int, list[Write]] = {}
        self._names: dict[Path, dict[str, int]] = {}
        self._opened: dict[int, Path] = {}
        self._former = 0
        for folder in (root, *filter(Path.is_dir, root.rglob("*"))):
            self.sync_names(folder)
            for path in filter(Path.is_file, folder.iterdir()):
                self._content[path.stat().st_ino] = path.read_bytes()
        self._left_as = self._live()

    def holds(self, path: Path) -> bool:
        """Tell whether a file lies on this disk."""
        return self.root in path.parents or path == self.root

    def grow(self) -> None:
        """Note that a file grows.

        Raises:
            OSError: there is no space left.
        """
        self.writes += 1
        if self.free is not None:
            if self.free <= 0:
                raise OSError(ENOSPC, os.strerror(ENOSPC))
            self.free -= 1

    def note(self, inode: int, write: Write) -> None:
        """Note what is written to a file and not durable yet."""
        self._pending.setdefault(inode, []).append(write)

    def sync(self, inode: int, path: Path) -> None:
        """Make a file durable as it is."""
        self._content[inode] = path.read_bytes()
        self._pending.pop(inode, None)

    def sync_names(self, folder: Path) -> None:
        """Make the names in a folder durable."""
        self._names[folder] = _listed(folder)

    def image(self, rng: Rng, *, share: float, names_now: bool) -> Image:
        """Return what a loss of power leaves.

        Args:
            rng: chooses the sectors.
            share: how many of the sectors that were written since may be on the disk all the same.
            names_now: whether names are as they are now, not as their folder was synced last.
        """
        found: Image = {}
        for folder, synced in self._names.items():
            if not folder.is_dir():
                continue
            names = _listed(folder) if names_now else synced
            for name, inode in names.items():
                content = bytearray(self._content.get(inode, b""))
                for at, written in self._pending.get(inode, ()):
                    _apply(content, at, written, rng, share)
                found[str((folder / name).relative_to(self.root))] = bytes(content)
        return found

    def make(self, inode: int) -> None:
        """Note that a file was just made; one that had its number before stays what it was."""
        self._former -= 1
        self._content[self._former] = self._content.pop(inode, b"")
        self._pending[self._former] = self._pending.pop(inode, [])
        for names in self._names.values():
            names.update({name: self._former for name, one in names.items() if one == inode})

    def _live(self) -> dict[Path, dict[str, int]]:
        """Return the names as they are now."""
        return {folder: _listed(folder) for folder in self._names if folder.is_dir()}

    # --- where the program meets it --------------------------------------------------------------

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """Let this process write to this disk while the block runs.

        Raises:
            UnseenFileError: files were made or deleted while none ran; they would be taken for older ones.
        """
        if (live := self._live()) != self._left_as:
            raise UnseenFileError(f"{self._left_as} became {live}")
        vfs = _Vfs(self)
        with (
            patch.multiple(os, open=self._open, fsync=self._fsync, fdopen=self._fdopen),
            patch.object(io, "open", self._open_stream),
        ):
            try:
                yield
            finally:
                vfs.unregister()
                self._left_as = self._live()

    def _open(self, path: Any, flags: int, *given: Any, **named: Any) -> int:
        is_new = isinstance(path, str | Path) and not os.path.lexists(path)
        handle = _OPEN(path, flags, *given, **named)
        if isinstance(path, str | Path):
            self._opened[handle] = Path(path)
            if is_new and self.holds(Path(path)):
                self.make(os.fstat(handle).st_ino)
        return handle

    def _open_stream(self, file: Any, *given: Any, **named: Any) -> Any:
        """Open a file as :meth:`pathlib.Path.open` does; what is written to it is not durable."""
        is_new = isinstance(file, str | Path) and not os.path.lexists(file)
        stream = _OPEN_STREAM(file, *given, **named)
        if is_new and self.holds(Path(file)):
            self.make(os.fstat(stream.fileno()).st_ino)
        return stream

    def _fsync(self, handle: int) -> None:
        path = self._opened.get(handle)
        if path is None or not self.holds(path):
            return
        status = os.fstat(handle)
        self.at_sync()
        if stat.S_ISDIR(status.st_mode):
            self.sync_names(path)
        else:
            self.sync(status.st_ino, path)

    def _fdopen(self, handle: int, mode: str = "r", *given: Any, **named: Any) -> Any:
        path = self._opened.get(handle)
        if mode == "wb" and path is not None and self.holds(path):
            return io.BufferedWriter(_GrowingFile(handle, self))
        return _FDOPEN(handle, mode, *given, **named)


_OPEN, _FDOPEN, _OPEN_STREAM = os.open, os.fdopen, io.open


def _listed(folder: Path) -> dict[str, int]:
    return {
        path.name: path.lstat().st_ino
        for path in folder.iterdir()
        if path.is_file() and not path.name.endswith("-shm")
    }


def _apply(content: bytearray, at: int, written: bytes | None, rng: Rng, share: float) -> None:
    if written is None:
        if rng.random() < share:
            del content[at:]
        return
    for first in range(0, len(written), SECTOR):
        if rng.random() < share:
            piece = written[first : first + SECTOR]
            content.extend(bytes(max(0, at + first - len(content))))
            content[at + first : at + first + len(piece)] = piece


class _GrowingFile(io.FileIO):
    """A file written whole, whose every write takes space."""

    def __init__(self, handle: int, disk: SimulatedDisk) -> None:
        super().__init__(handle, "wb")
        self._disk = disk

    def write(self, content: Any, /) -> int:
        self._disk.grow()
        return super().write(content)


class _Vfs(apsw.VFS):
    """SQLite's own files, watched by a disk."""

    def __init__(self, disk: SimulatedDisk) -> None:
        self._disk = disk
        self._base = apsw.vfs_names()[0]
        super().__init__("simulated disk", self._base, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 - as apsw calls it
        path = None if name is None else Path(name if isinstance(name, str) else name.filename())
        if path is None or not self._disk.holds(path):
            return apsw.VFSFile(self._base, name, flags)
        return _File(self._base, name, flags, disk=self._disk, path=path)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802, FBT001 - as apsw calls it
        super().xDelete(filename, syncdir)
        folder = Path(filename).parent
        if syncdir and self._disk.holds(folder):
            self._disk.at_sync()
            self._disk.sync_names(folder)


class _File(apsw.VFSFile):
    def __init__(
        self, base: str, name: Any, flags: list[int], *, disk: SimulatedDisk, path: Path
    ) -> None:
        self._syncs_names = bool(flags[0] & _JOURNALS)
        is_new = not path.exists()
        super().__init__(base, name, flags)
        self._disk, self._path = disk, path
        self._inode = path.stat().st_ino
        if is_new:
            disk.make(self._inode)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if offset + len(data) > self.xFileSize():
            try:
                self._disk.grow()
            except OSError as error:
                raise _full() from error
        super().xWrite(data, offset)
        self._disk.note(self._inode, (offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self._disk.note(self._inode, (size, None))

    def xSync(self, flags: int) -> None:  # noqa: N802, ARG002 - the disk itself is not asked
        self._disk.at_sync()
        self._disk.sync(self._inode, self._path)
        if self._syncs_names:
            self._disk.sync_names(self._path.parent)
            self._syncs_names = False


def _full() -> apsw.FullError:
    error = apsw.FullError("database or disk is full")
    vars(error).update(result=apsw.SQLITE_FULL, extendedresult=apsw.SQLITE_FULL)
    return error


def write_image(image: Image, folder: Path) -> None:
    """Write the files of an image into a folder."""
    for name, content in image.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(path.open("wb")) as file:
            file.write(content)
