"""The digest of a pack's files: equal digests, equal packs. Imports nothing slow."""

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

from studytool.files import read_regular

MAX_BYTES = 20 * 2**20
"""Of one file; evidence may be the largest."""


def is_pack(folder: Path) -> bool:
    """Tell whether a folder holds a pack; one that may not be entered does not."""
    try:
        return (folder / "pack.yaml").is_file()
    except OSError:
        return False


def pack_files(folder: Path) -> Iterator[Path]:
    """Return the files that make a pack, in a fixed order; notes and evidence are among them.

    Links are none of them: a pack that has some is refused.
    """
    found = [folder / "pack.yaml", folder / "evidence.lock", *folder.glob("notes*.md")]
    for part in ("items", "claims"):
        if not (folder / part).is_symlink():
            found.extend((folder / part).glob("*.yaml"))
    yield from sorted(path for path in found if _is_ordinary(path))


def tree_digest(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of a pack's files, 64 hex digits.

    Raises:
        OSError: a file cannot be read, or is larger than a pack's file may be.
    """
    digest = hashlib.sha256()
    for path in pack_files(folder):
        content = hashlib.sha256(read_regular(path, MAX_BYTES)).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def _is_ordinary(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
