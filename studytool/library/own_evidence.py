"""The findings of this installation, one whole file a pack: what it tried itself, and when.

The file can be made again by trying again. One that is damaged, or of another version of the
program, holds nothing; it is written anew at the next trial.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from studytool import __version__
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import read_regular, write_whole
from studytool.library.installing import alone_in
from studytool.packs.evidence import FORMAT, MAX_BYTES, KeptFinding, NumbersByName, finding_from_row
from studytool.reasons import reason

FOLDER_NAME = "evidence"
PARTS = ("claims", "keys", "variants")
"""Claims, keys on draws of their parameters, and keys at the numbers of one question."""

Rows = dict[str, dict[str, Any]]
"""By the part, then the id: a finding's row as JSON has it."""


@dataclass(frozen=True, slots=True)
class OwnFinding:
    """What was found here.

    Attributes:
        day: on which, in the learner's zone.
        numpy: the version that drew.
        parameters: of a variant, its numbers.
    """

    finding: KeptFinding
    day: date
    numpy: str
    parameters: NumbersByName = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """What one pack's file holds."""

    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def finding(self, part: str, name: str, *, revision: str) -> OwnFinding | None:
        """Return what was found of a claim or item as worded now; None of another wording."""
        found = _sound_row(self.rows.get(part, {}).get(name))
        return found if found is not None and found.finding.revision == revision else None


class OwnFindings:
    """The files of a learner's folder; each is read again only where it was written since."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._read: dict[str, tuple[object, OwnEvidence]] = {}

    def of(self, pack: str) -> OwnEvidence:
        """Return what was found of a pack; nothing where the file cannot be used."""
        mark = _mark_of(own_path(self._home, pack))
        known = self._read.get(pack)
        if known is None or known[0] != mark:
            known = self._read[pack] = (mark, read_own(self._home, pack))
        return known[1]


def own_path(home: Path, pack: str) -> Path:
    """Return where the findings of a pack are kept."""
    return home / FOLDER_NAME / f"{pack}.json"


def read_own(home: Path, pack: str) -> OwnEvidence:
    """Read what was found of a pack; a link, folder, pipe or damaged file holds nothing."""
    path = own_path(home, pack)
    try:
        read = json.loads(read_regular(path, MAX_BYTES).decode("utf-8"))
        head = (read["pack"], read["format"], read["studytool"])
        parts = {part: dict(read.get(part, {}).items()) for part in PARTS}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return OwnEvidence()
    return OwnEvidence(parts if head == (pack, FORMAT, __version__) else {})


def keep_own(home: Path, pack: str, found: Mapping[str, Mapping[str, OwnFinding]]) -> None:
    """Add findings, by part and id, to a pack's file, each in the place of an older one, whole or not at all.

    Raises:
        StateError: the file cannot be written; what was there stays.
    """
    path = own_path(home, pack)
    with alone_in(path.parent, Fault.EVIDENCE_UNWRITABLE):
        before = read_own(home, pack).rows
        rows: Rows = {
            part: {name: row for name, row in before.get(part, {}).items() if _sound_row(row)}
            for part in PARTS
        }
        for part, findings in found.items():
            rows[part].update({name: _to_row(one) for name, one in findings.items()})
        try:
            write_whole(path, _text(pack, rows).encode())
        except OSError as error:
            raise StateError(Fault.EVIDENCE_UNWRITABLE, path=path, why=reason(error)) from error


def _text(pack: str, rows: Rows) -> str:
    """Write one line a finding, in order of their ids."""
    head = {"pack": pack, "format": FORMAT, "studytool": __version__}
    lines = ["{", *(f"{json.dumps(name)}: {json.dumps(value)}," for name, value in head.items())]
    for part in PARTS:
        listed = [
            f"{json.dumps(name)}: {json.dumps(row, ensure_ascii=False)}"
            for name, row in sorted(rows[part].items())
        ]
        lines += [f"{json.dumps(part)}: {{", ",\n".join(listed), "}," if part != PARTS[-1] else "}"]
    return "\n".join([*(line for line in lines if line), "}"]) + "\n"


def _to_row(own: OwnFinding) -> dict[str, Any]:
    row = asdict(own.finding)
    return {**row, "day": own.day.isoformat(), "numpy": own.numpy, "at": dict(own.parameters)}


def _sound_row(row: Any) -> OwnFinding | None:
    """Read a row; None where it is none of ours."""
    try:
        finding = {name: value for name, value in row.items() if name not in {"day", "numpy", "at"}}
        parameters = {str(name): float(value) for name, value in row["at"].items()}
        day = date.fromisoformat(row["day"])
        return OwnFinding(finding_from_row(finding), day, str(row["numpy"]), parameters)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _mark_of(path: Path) -> object:
    """Return what changes when a file is written."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)
