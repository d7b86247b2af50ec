"""The digest of a pack's files: equal digests, equal packs. Imports nothing slow."""

import hashlib
from collections.abc import Iterator
from pathlib import Path


def pack_files(folder: Path) -> Iterator[Path]:
    """Return the files that make a pack, in a fixed order; notes and evidence are among them."""
    found = [folder / "pack.yaml", folder / "evidence.lock", *folder.glob("notes*.md")]
    for part in ("items", "claims"):
        found.extend((folder / part).glob("*.yaml"))
    yield from sorted(path for path in found if path.is_file())


def tree_digest(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of a pack's files, 64 hex digits.

    Raises:
        OSError: a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in pack_files(folder):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()
