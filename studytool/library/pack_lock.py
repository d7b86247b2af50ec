"""``studytool.lock``: which packs are installed, from where, and by which digest of their files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import read_regular, write_whole
from studytool.language import Phrase
from studytool.library.pack_tree import PackSource
from studytool.reasons import reason

LOCK_NAME = "studytool.lock"
PACKS_FOLDER = "packs"
FORMAT = 1
_MOST_BYTES = 2**20
_DIGEST = "sha256-tree:"
_FOLDER_DIGITS = 16
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
        return home / PACKS_FOLDER / self.id / self.digest[:_FOLDER_DIGITS]


Locked = Mapping[str, LockedPack]
"""By the id of the pack."""


def read_lock(home: Path) -> Locked:
    """Read which packs are installed; none where there is no such file.

    Raises:
        StateError: it cannot be read, or is damaged.
    """
    path = home / LOCK_NAME
    try:
        read = json.loads(read_regular(path, _MOST_BYTES).decode("utf-8"))
        return _packs_in(read)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StateError(Fault.PACK_LOCK_UNREADABLE, path=path, why=reason(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StateError(Fault.PACK_LOCK_UNREADABLE, path=path, why=_NOT_OURS) from error


def _packs_in(read: Any) -> dict[str, LockedPack]:
    if read["format"] != FORMAT:
        raise ValueError(read["format"])
    found = {}
    for id_, row in read["packs"].items():
        digest = str(row["digest"]).removeprefix(_DIGEST)
        is_sound = set(digest) <= set("0123456789abcdef") and len(digest) == 64
        if not is_sound or "/" in id_ or id_.startswith("."):
            raise ValueError(id_)
        source = PackSource(**{name: str(value) for name, value in row["source"].items()})
        version, key = str(row["version"]), str(row.get("key", ""))
        found[id_] = LockedPack(id_, version, digest, source, row["pinned"] is True, key)
    return found


def write_lock(home: Path, packs: Locked) -> None:
    """Write which packs are installed, whole or not at all.

    Raises:
        StateError: it cannot be written; what was there stays.
    """
    path = home / LOCK_NAME
    rows = {
        id_: {
            "version": one.version,
            "digest": f"{_DIGEST}{one.digest}",
            "source": {name: value for name, value in asdict(one.source).items() if value},
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
