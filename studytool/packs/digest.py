"""The digest of a pack's files: equal digests, equal packs. Imports nothing slow."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from studytool.errors import PackError
from studytool.files import read_regular
from studytool.language import Phrase

NO_PACK = Phrase(
    "{path}: 꾸러미가 아닙니다. pack.yaml이 없습니다. pack.yaml이 있는 폴더를 쓰세요.",
    "{path} is no pack: it has no pack.yaml; name the folder that holds one",
)
FOLDERS = ("items", "claims", "experiments")
"""Of a pack; in each are files named ``*.yaml``."""
MAX_BYTES = 20 * 2**20
"""Of one file; evidence may be the largest."""


def is_pack(folder: Path) -> bool:
    """Tell whether a folder holds a pack; one that may not be entered does not."""
    try:
        return (folder / "pack.yaml").is_file()
    except OSError:
        return False


def require_pack(folder: Path) -> None:
    """Refuse a folder that holds no pack.

    Raises:
        PackError: it has no pack.yaml.
    """
    if not is_pack(folder):
        raise PackError(NO_PACK, path=folder)


def refuse_folder(path: Path) -> None:
    """Refuse a path that leads to a folder without a pack; what is no folder is none of it.

    Raises:
        PackError: the folder has no pack.yaml.
    """
    try:
        is_folder = path.is_dir()
    except OSError:
        return
    if is_folder:
        require_pack(path)


def pack_files(folder: Path) -> Iterator[Path]:
    """Return the files that make a pack, in a fixed order; evidence and the notes that it names are among them.

    Links are none of them: a pack that has some is refused.
    """
    found = [folder / "pack.yaml", folder / "evidence.lock", *_named_notes(folder)]
    for part in FOLDERS:
        if not (folder / part).is_symlink():
            found.extend((folder / part).glob("*.yaml"))
    yield from sorted(path for path in found if _is_ordinary(path))


def _named_notes(folder: Path) -> list[Path]:
    """Return the files of notes whose names stand in the manifest: what nobody named is not read."""
    notes = list(folder.glob("notes*.md"))
    if not notes:
        return []
    try:
        manifest = read_regular(folder / "pack.yaml", MAX_BYTES)
    except OSError:  # told where the manifest is read
        return []
    return [path for path in notes if os.fsencode(path.name) in manifest]


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
