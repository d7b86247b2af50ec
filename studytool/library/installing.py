"""Packs installed into the learner's folder, updated and removed: whole or not at all.

A pack's files go into a folder named by their digest; what is installed is what ``studytool.lock``
says, which is replaced in one step. Whatever ends the program before that leaves what was there.
"""

import os
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.files import OWN_FOLDER, sync_folder, write_files
from studytool.library.alone import alone_in
from studytool.library.pack_lock import PACKS_FOLDER, LockedPack, read_lock, write_lock
from studytool.library.pack_tree import PackTree
from studytool.packs.digest import tree_digest
from studytool.reasons import reason

_STAGE = ".new-"
_OURS = re.compile(r"[0-9a-f]{16}")


def keep_pack(home: Path, new: LockedPack, tree: PackTree) -> None:
    """Install a pack's files, in the place of an older version of it.

    Raises:
        StateError: they cannot be written; what was installed is as it was.
    """
    packs = home / PACKS_FOLDER
    with alone_in(packs, Fault.PACKS_UNWRITABLE):
        locked = read_lock(home)
        try:
            _put(new.folder(home), tree, new.digest)
        except OSError as error:
            raise StateError(Fault.PACKS_UNWRITABLE, path=packs, why=reason(error)) from error
        finally:
            _clear_stages(packs)
        write_lock(home, {**locked, new.id: new})
        _clear_unlocked(home)


def remove_pack(home: Path, pack_id: str) -> None:
    """Remove an installed pack's files; its reviews are not here.

    Raises:
        NotFoundError: no such pack was added.
        StateError: the lock cannot be written; what was installed is as it was.
    """
    with alone_in(home / PACKS_FOLDER, Fault.PACKS_UNWRITABLE):
        gone = find_locked(home, pack_id)
        write_lock(home, {id_: one for id_, one in read_lock(home).items() if id_ != gone.id})
        _clear_unlocked(home)


def pin_pack(home: Path, pack_id: str, *, is_pinned: bool) -> bool:
    """Pin an installed pack, or let it go; return whether that changed anything.

    Raises:
        NotFoundError: no such pack was added.
        StateError: the lock cannot be written; what was there stays.
    """
    with alone_in(home / PACKS_FOLDER, Fault.PACKS_UNWRITABLE):
        known = find_locked(home, pack_id)
        if known.is_pinned == is_pinned:
            return False
        write_lock(home, {**read_lock(home), pack_id: replace(known, is_pinned=is_pinned)})
        return True


def find_locked(home: Path, pack_id: str) -> LockedPack:
    """Return a pack that was added.

    Raises:
        NotFoundError: none of that id was; names the nearest.
        StateError: the lock cannot be read.
    """
    locked = read_lock(home)
    if pack_id not in locked:
        raise NotFoundError("pack", pack_id, list(locked))
    return locked[pack_id]


def is_whole(home: Path, pack: LockedPack) -> bool:
    """Tell whether a pack's files are as they were installed."""
    return _has(pack.folder(home), pack.digest)


def _put(folder: Path, tree: PackTree, digest: str) -> None:
    """Put files into a folder that has them all or is not there."""
    if folder.is_dir() and _has(folder, digest):
        return
    stage = folder.parent.parent / f"{_STAGE}{os.getpid()}-{token_hex(4)}"
    stage.mkdir(mode=OWN_FOLDER)
    write_files(stage, tree)
    folder.parent.mkdir(exist_ok=True)
    if folder.exists():  # somebody wrote into it
        rmtree(folder)
    stage.rename(folder)
    sync_folder(folder.parent)


def _has(folder: Path, digest: str) -> bool:
    try:
        return tree_digest(folder) == digest
    except OSError:
        return False


def _clear_stages(packs: Path) -> None:
    """Delete what an interrupted install left: nobody else installs now."""
    for left in packs.glob(f"{_STAGE}*"):
        rmtree(left, ignore_errors=True)


def _clear_unlocked(home: Path) -> None:
    """Delete the folders of packs that are installed no more, or of another digest."""
    kept = {one.folder(home) for one in read_lock(home).values()}
    for pack in sorted((home / PACKS_FOLDER).iterdir()):
        for folder in pack.iterdir() if pack.is_dir() and not pack.is_symlink() else ():
            if folder not in kept and _OURS.fullmatch(folder.name):
                rmtree(folder, ignore_errors=True)
            with suppress(OSError):  # other versions are in it
                pack.rmdir()
