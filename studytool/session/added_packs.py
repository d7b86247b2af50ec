"""The packs that the learner added, against what ``studytool.lock`` says of them."""

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.library.installing import FOLDER_DIGITS, Locked, LockedPack, is_whole, read_lock
from studytool.library.library import InstalledPack
from studytool.settings.home import LOCK_NAME, PACKS_FOLDER

_DIGITS = re.compile(f"[0-9a-f]{{{FOLDER_DIGITS}}}")


def locked_packs(home: Path) -> Locked:
    """Return what the lock says is installed; nothing where it cannot be read."""
    try:
        return read_lock(home)
    except StateError:
        return {}


def lost_folders(home: Path, known: Container[str]) -> Iterator[tuple[str, Path, str]]:
    """Return the folders of added packs, none of ``known``, where the lock itself is lost.

    Each with the pack's id and the first digits of its digest; where the lock can be read, it says
    which folders count, and there is none.
    """
    try:
        read_lock(home)
        is_lost = not (home / LOCK_NAME).exists()
    except StateError:
        is_lost = True
    for folder in (home / PACKS_FOLDER).glob("*/*") if is_lost else ():
        id_ = folder.parent.name
        if _DIGITS.fullmatch(folder.name) and id_ not in known and not folder.parent.is_symlink():
            yield id_, folder, folder.name


def unlisted(home: Path, packs: Iterable[InstalledPack], locked: Container[str]) -> list[str]:
    """Return the ids of the packs that were added and that the lock has no row of."""
    added = home / PACKS_FOLDER
    return [one.id for one in packs if added in one.folder.parents and one.id not in locked]


def added_faults(
    home: Path, packs: Iterable[InstalledPack], *, hashed: bool = False
) -> Iterator[StateError]:
    """Return what is wrong with the list of added packs or with their files, each with its remedy.

    Args:
        home: the learner's folder.
        packs: that the library has.
        hashed: whether the files of each are read and compared with what was installed.
    """
    path, packs = home / LOCK_NAME, list(packs)
    try:
        locked = read_lock(home)
    except StateError as error:
        yield error
        return
    if names := unlisted(home, packs, locked):
        yield StateError(Fault.PACKS_UNLISTED, path=path, packs=", ".join(names), first=names[0])
    known = {pack.id for pack in packs}
    if names := [
        one.id for one in locked.values() if not _is_there(home, one, known, hashed=hashed)
    ]:
        yield StateError(Fault.PACK_FILES_CHANGED, packs=", ".join(names), first=names[0])


def _is_there(home: Path, one: LockedPack, known: Container[str], *, hashed: bool) -> bool:
    """Tell whether a pack's files are there, as they were installed or as a start can see it."""
    return is_whole(home, one) if hashed else one.id in known and one.folder(home).is_dir()
