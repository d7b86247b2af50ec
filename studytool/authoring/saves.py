"""Saves of a pack's files, seen from outside: what tells a file from the one before, and when."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import sleep

from studytool.packs.digest import pack_files

LOOK_SECONDS = 0.05

FileMarks = Mapping[str, tuple[int, int, int]]
"""By the name of a file: its time, size and number, of which a save changes one."""


def file_marks(path: Path) -> FileMarks:
    """Return what tells a saved file from the one before, for each file of a pack."""
    marks = {}
    for file in pack_files(path):
        try:
            found = file.lstat()
        except OSError:  # an editor puts another in its place
            continue
        name = file.relative_to(path).as_posix()
        marks[name] = (found.st_mtime_ns, found.st_size, found.st_ino)
    return marks


def changed_names(before: FileMarks, now: FileMarks) -> list[str]:
    """Return the names of the files that were saved, made or deleted, in order.

    >>> changed_names({"a": (1, 1, 1), "b": (1, 1, 2)}, {"a": (2, 1, 1), "b": (1, 1, 2)})
    ['a']
    """
    return sorted({name for name, _ in before.items() ^ now.items()})


def saves(path: Path, before: FileMarks, ended: Callable[[], bool]) -> Iterator[FileMarks]:
    """Yield the marks of a pack's files after each save, once all of it is written.

    Args:
        path: the pack's folder.
        before: the marks of what is known already.
        ended: whether to look no more; asked twenty times a second.
    """
    while not ended():
        sleep(LOOK_SECONDS)
        now = file_marks(path)
        if now != before:
            sleep(LOOK_SECONDS)
            if file_marks(path) == now:
                before = now
                yield now
