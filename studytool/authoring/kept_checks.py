"""What a check found, kept until the pack changes: one file a folder, safe to delete.

The whole result is kept by the digest of the pack; what was found of each entry by a digest of that
entry, so that after one edit one entry is read and played anew.
"""

import hashlib
import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from studytool.authoring.kept_rows import diagnostic_of, diagnostic_row, placed_of, placed_row
from studytool.authoring.play_problem import PlacedProblem
from studytool.errors import StateError
from studytool.files import write_whole
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.digest import FOLDERS, tree_digest

FOLDER_NAME = "cache"
MAX_BYTES = 100 * 2**20

_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of a pack found.

    Attributes:
        read: the problems of reading.
        played: the problems of plays.
        items, claims: how many were read.
    """

    read: tuple[Diagnostic, ...]
    played: tuple[PlacedProblem, ...]
    items: int
    claims: int


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """What a folder's file holds; ``key`` names the state of the pack that ``result`` is of."""

    key: str = ""
    result: CheckResult | None = None


def state_key(folder: Path, context: str) -> str:
    """Return a digest of everything in a pack's folder that a check looks at.

    Args:
        folder: the pack's.
        context: what else the result depends on: the program, the number of plays.

    Raises:
        OSError: a file or folder cannot be read.
    """
    names = [context, tree_digest(folder)]
    for part in (folder, *(folder / name for name in FOLDERS)):
        if part.is_dir():
            names += sorted(f"{part.name}/{one.name}\0{_kind(one)}" for one in os.scandir(part))
    return hashlib.sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()


def _kind(entry: "os.DirEntry[str]") -> str:
    return "link" if entry.is_symlink() else "folder" if entry.is_dir() else "file"


def kept_path(home: Path, folder: Path, of: str = "check") -> Path:
    """Return where the checks of a pack's folder are kept, or what was found ``of`` its entries."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return home / FOLDER_NAME / f"{of}-{name}.json"


def read_kept(path: Path) -> KeptCheck:
    """Read a result that is kept; nothing where the file is missing, damaged or none of ours."""
    return read_json(path, _check_of) or KeptCheck()


def write_kept(path: Path, kept: KeptCheck) -> None:
    """Write a result; where that cannot be done the next check works anew."""
    write_json(path, _check_row(kept))


def read_json(path: Path, made: Callable[[Any], _Kept]) -> _Kept | None:
    """Make a value of what a file keeps; None where it is missing, damaged or none of ours."""
    return read_content(path, lambda content: made(json.loads(content)))


def read_content(path: Path, made: Callable[[bytes], _Kept]) -> _Kept | None:
    """Make a value of a file's bytes, as :func:`read_json` does."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            return None
        digest, _, content = path.read_bytes().partition(b"\n")
        return made(content) if digest == _digest(content) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def write_json(path: Path, row: Any) -> None:
    """Keep a value in a file, where that can be done."""
    write_content(path, as_line(row))


def write_content(path: Path, content: bytes) -> None:
    """Keep bytes in a file, where that can be done."""
    with suppress(OSError, StateError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _digest(content) + b"\n" + content)


def as_line(row: Any) -> bytes:
    """Return a value as one line of JSON, without its end."""
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


# --- as JSON ----------------------------------------------------------------------------------


def _check_row(kept: KeptCheck) -> dict[str, Any]:
    if kept.result is None:
        return {"key": ""}
    return {
        "key": kept.key,
        "read": [diagnostic_row(one) for one in kept.result.read],
        "played": [placed_row(one) for one in kept.result.played],
        "items": kept.result.items,
        "claims": kept.result.claims,
    }


def _check_of(read: dict[str, Any]) -> KeptCheck:
    if not read["key"]:
        return KeptCheck()
    result = CheckResult(
        read=tuple(map(diagnostic_of, read["read"])),
        played=tuple(map(placed_of, read["played"])),
        items=int(read["items"]),
        claims=int(read["claims"]),
    )
    return KeptCheck(str(read["key"]), result)
