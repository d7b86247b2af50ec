"""Packs installed into the learner's folder, updated and removed: whole or not at all.

A pack's files go into a folder named by their digest; what is installed, from where, is what
``studytool.lock`` says, which is replaced in one step. Whatever ends the program before that leaves what
was there.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from typing import Any

from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.files import OWN_FOLDER, read_regular, sync_folder, write_files, write_whole
from studytool.language import Phrase
from studytool.library.library import Library
from studytool.library.pack_tree import PackSource, PackTree
from studytool.packs.digest import tree_digest
from studytool.reasons import reason
from studytool.settings.home import LOCK_NAME, PACKS_FOLDER
from studytool.sqlite.connection import connect
from studytool.sqlite.faults import sqlite_faults

BUSY_SECONDS = 10.0


@contextmanager
def alone_in(folder: Path, unwritable: Fault) -> Iterator[None]:
    """Make the folder if need be, and let one program at a time change its files.

    Raises:
        StateError: ``unwritable`` where it cannot be made; locked by another program for long.
    """
    try:
        folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(unwritable, path=folder, why=reason(error)) from error
    lock = folder / ".lock"
    with sqlite_faults(lock):
        connection = connect(lock)
    with closing(connection):
        with sqlite_faults(lock):
            connection.set_busy_timeout(round(BUSY_SECONDS * 1000))
            connection.execute("BEGIN EXCLUSIVE")
        yield


FORMAT = 1
_MOST_BYTES = 2**20
_DIGEST = "sha256-tree:"
FOLDER_DIGITS = 16
_NOT_OURS = Phrase(ko="형식에 맞지 않음", en="it is not as this program writes it")


@dataclass(frozen=True, slots=True)
class LockedPack:
    """An installed pack.

    Attributes:
        digest: SHA-256 of its files, 64 hex digits.
        is_pinned: whether it is to stay as it is.
        key: of who signed it, which signs its updates too; empty where none was named.
    """

    id: str
    version: str
    digest: str
    source: PackSource
    is_pinned: bool = False
    key: str = ""

    def folder(self, home: Path) -> Path:
        """Return where its files are; another digest has another folder."""
        return home / PACKS_FOLDER / self.id / self.digest[:FOLDER_DIGITS]


Locked = Mapping[str, LockedPack]
"""By the id of the pack."""


def read_lock(home: Path) -> Locked:
    """Read which packs are installed, none where there is no such file, or raise StateError."""
    path = home / LOCK_NAME
    try:
        return _packs_in(path, json.loads(read_regular(path, _MOST_BYTES).decode("utf-8")))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StateError(Fault.PACK_LOCK_UNREADABLE, path=path, why=reason(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StateError(Fault.PACK_LOCK_UNREADABLE, path=path, why=_NOT_OURS) from error


def _packs_in(path: Path, read: Any) -> dict[str, LockedPack]:
    if (found := read["format"]) > FORMAT:
        raise StateError(Fault.NEWER, path=path, found=found, known=FORMAT)
    packs = {}
    for id_, row in read["packs"].items():
        digest = str(row["digest"]).removeprefix(_DIGEST)
        is_sound = set(digest) <= set("0123456789abcdef") and len(digest) == 64
        if not is_sound or "/" in id_ or id_.startswith("."):
            raise ValueError(id_)
        source = PackSource(**{name: str(value) for name, value in row["source"].items()})
        version, key = str(row["version"]), str(row.get("key", ""))
        packs[id_] = LockedPack(id_, version, digest, source, row["pinned"] is True, key)
    return packs


def write_lock(home: Path, packs: Locked) -> None:
    """Write which packs are installed, whole or not at all, or raise StateError."""
    path = home / LOCK_NAME
    rows = {
        id_: {
            "version": one.version,
            "digest": f"{_DIGEST}{one.digest}",
            "source": {name: value for name, value in one.source._asdict().items() if value},
            "pinned": one.is_pinned,
            **({"key": one.key} if one.key else {}),
        }
        for id_, one in sorted(packs.items())
    }
    text = json.dumps({"format": FORMAT, "packs": rows}, ensure_ascii=False, indent=1)
    try:
        write_whole(path, f"{text}\n".encode())
    except OSError as error:
        raise StateError(Fault.PACKS_UNWRITABLE, path=path, why=reason(error)) from error


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
        if not (home / LOCK_NAME).exists():  # from now on one that is missing was lost
            write_lock(home, {})
        try:
            _put(new.folder(home), tree, new.digest)
        except OSError as error:
            raise StateError(Fault.PACKS_UNWRITABLE, path=packs, why=reason(error)) from error
        finally:  # nobody else installs now: these are of an interrupted install
            for left in packs.glob(f"{_STAGE}*"):
                rmtree(left, ignore_errors=True)
        write_lock(home, {**locked, new.id: new})
        _clear(home, new.id)


def remove_pack(home: Path, pack_id: str) -> None:
    """Remove an added pack's files, also where the lock has lost its row; its reviews are not here.

    Raises:
        StateError: the lock cannot be read or written; the next start has what was installed again.
    """
    with alone_in(home / PACKS_FOLDER, Fault.PACKS_UNWRITABLE):
        locked = read_lock(home)
        with Library.open(home / "library.db") as library:  # before: what it has was not removed
            library.remove(pack_id)
        write_lock(home, {id_: one for id_, one in locked.items() if id_ != pack_id})
        _clear(home, pack_id)


def pin_pack(home: Path, pack_id: str, *, is_pinned: bool) -> bool:
    """Pin an installed pack, or let it go; return whether that changed anything.

    Raises:
        NotFoundError: no such pack was added.
        StateError: the lock cannot be written; what was there stays.
    """
    with alone_in(home / PACKS_FOLDER, Fault.PACKS_UNWRITABLE):
        known = find_locked(home, pack_id)
        if known.is_pinned != is_pinned:
            write_lock(home, {**read_lock(home), pack_id: replace(known, is_pinned=is_pinned)})
        return known.is_pinned != is_pinned


def find_locked(home: Path, pack_id: str) -> LockedPack:
    """Return a pack that was added.

    Raises:
        NotFoundError: none of that id was; names the nearest.
        StateError: the lock cannot be read.
    """
    if pack_id in (locked := read_lock(home)):
        return locked[pack_id]
    raise NotFoundError("pack", pack_id, list(locked))


def is_whole(home: Path, pack: LockedPack) -> bool:
    """Tell whether a pack's files are as they were installed."""
    return _has(pack.folder(home), pack.digest)


def _put(folder: Path, tree: PackTree, digest: str) -> None:
    """Put files into a folder that has them all or is not there."""
    if folder.is_dir() and _has(folder, digest):
        return
    stage = folder.parent.parent / f"{_STAGE}{os.getpid()}-{os.urandom(4).hex()}"
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


def _clear(home: Path, pack_id: str) -> None:
    """Delete the folders of a pack that is installed no more, or of another digest."""
    locked, pack = read_lock(home).get(pack_id), home / PACKS_FOLDER / pack_id
    for folder in pack.iterdir() if pack.is_dir() and not pack.is_symlink() else ():
        if _OURS.fullmatch(folder.name) and (locked is None or folder != locked.folder(home)):
            rmtree(folder, ignore_errors=True)
        with suppress(OSError):  # other versions are in it
            pack.rmdir()
