"""A mark of the program's own code: what it found before holds only while it is the same."""

import hashlib
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
    for path in sorted(folder.rglob("*.py")):
        found = path.stat()
        digest.update(
            f"{path.relative_to(folder)}\0{found.st_size}\0{found.st_mtime_ns}\n".encode()
        )
    return digest.hexdigest()[:16]
