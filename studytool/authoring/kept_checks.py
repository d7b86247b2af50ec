"""What a check found, kept until the pack changes: one file a folder, safe to delete.

The whole result is kept by the digest of the pack, and what each entry's plays found by the
digest of that entry, so that one edit plays one entry anew.
"""

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studytool.authoring.play_problem import PlacedProblem, PlayProblem
from studytool.errors import StateError
from studytool.files import write_whole
from studytool.language import LANGUAGES, Message, in_both
from studytool.packs.diagnostics import Diagnostic, Place, RelatedPlace
from studytool.packs.digest import FOLDERS, tree_digest

FOLDER_NAME = "cache"
MAX_BYTES = 100 * 2**20

PlaysByEntry = Mapping[str, tuple[PlayProblem, ...]]
"""What plays found, by the digest of the entry."""


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
    plays: PlaysByEntry = field(default_factory=dict)


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


def kept_path(home: Path, folder: Path) -> Path:
    """Return where the checks of a pack's folder are kept."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return home / FOLDER_NAME / f"check-{name}.json"


def read_kept(path: Path) -> KeptCheck:
    """Read what is kept; nothing where the file is missing, damaged or none of ours."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            return KeptCheck()
        return _kept_of(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return KeptCheck()


def write_kept(path: Path, kept: KeptCheck) -> None:
    """Write what is kept; where that cannot be done the next check works anew."""
    content = json.dumps(_as_json(kept), ensure_ascii=False, separators=(",", ":"))
    with suppress(OSError, StateError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content.encode("utf-8", "surrogatepass"))


# --- as JSON ----------------------------------------------------------------------------------


def _as_json(kept: KeptCheck) -> dict[str, Any]:
    plays = {key: [one.as_row() for one in found] for key, found in kept.plays.items()}
    if kept.result is None:
        return {"key": "", "plays": plays}
    return {
        "key": kept.key,
        "read": [_diagnostic_row(one) for one in kept.result.read],
        "played": [
            [*_place_row(one.place), one.length, one.problem.as_row()] for one in kept.result.played
        ],
        "items": kept.result.items,
        "claims": kept.result.claims,
        "plays": plays,
    }


def _kept_of(read: dict[str, Any]) -> KeptCheck:
    plays = {
        str(key): tuple(PlayProblem.of_row(row) for row in rows)
        for key, rows in read["plays"].items()
    }
    if not read["key"]:
        return KeptCheck(plays=plays)
    result = CheckResult(
        read=tuple(_diagnostic_of(row) for row in read["read"]),
        played=tuple(
            PlacedProblem(Place(*row[:3]), PlayProblem.of_row(row[4]), row[3])
            for row in read["played"]
        ),
        items=int(read["items"]),
        claims=int(read["claims"]),
    )
    return KeptCheck(str(read["key"]), result, plays)


def _place_row(place: Place) -> list[Any]:
    return [place.file, place.line, place.column]


def _diagnostic_row(found: Diagnostic) -> list[Any]:
    related = [[*_place_row(other.place), _message_row(other.says)] for other in found.related]
    remedy = None if found.remedy is None else _message_row(found.remedy)
    own = [found.code, *_place_row(found.place), _message_row(found.says), remedy, found.length]
    return [*own, related]


def _diagnostic_of(row: list[Any]) -> Diagnostic:
    code, file, line, column, says, remedy, length, related = row
    others = tuple(RelatedPlace(Place(*one[:3]), _message_of(one[3])) for one in related)
    told = None if remedy is None else _message_of(remedy)
    return Diagnostic(code, Place(file, line, column), _message_of(says), told, others, length)


def _message_row(says: Message) -> list[Any]:
    """Return a message whole, in both languages, so that no table is wanted to read it."""
    return [says.text(language) for language in LANGUAGES]


def _message_of(row: list[Any]) -> Message:
    ko, en = row
    return in_both(str(ko), str(en))
