"""The digest of a pack's files: equal digests, equal packs. Imports nothing slow."""

import hashlib
from collections.abc import Iterator
from pathlib import Path


def pack_files(folder: Path) -> Iterator[Path]:
    """Give the files that make a pack, in a fixed order; the notes are among them."""
    found = [folder / "pack.yaml", folder / "evidence.lock", *folder.glob("notes.*")]
    for part in ("items", "claims"):
        found.extend((folder / part).glob("*.yaml"))
    yield from sorted(path for path in found if path.is_file())


def tree_digest(folder: Path) -> str:
    """Give the SHA-256 of the names and contents of a pack's files, 64 hex digits."""
    digest = hashlib.sha256()
    for path in pack_files(folder):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
