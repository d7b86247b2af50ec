"""A mark of the program's own code: what it found before holds only while it is the same."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import studytool
from studytool import __version__


@cache
def program_mark() -> str:
    """Return 16 hex digits that change with the version, or with any file of the program.

    Sizes and times stand for the contents, so that it takes milliseconds.
    """
    digest = hashlib.sha256(__version__.encode())
    folder = Path(studytool.__file__).parent
    digest.update("\n".join(sorted(_files(str(folder), ""))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _files(folder: str, name: str) -> Iterator[str]:
    """Return name, size and time of each file of code; four times as fast as paths are."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                found = entry.stat()
                yield f"{name}{entry.name}\0{found.st_size}\0{found.st_mtime_ns}"
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path, f"{name}{entry.name}/")
