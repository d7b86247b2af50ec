"""``evidence.lock``: what a run found, kept with the pack; one line a check, so diffs read well."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot, isfinite
from pathlib import Path
from typing import Any

from studytool.errors import PackError
from studytool.verification.evidence import Evidence, PackEvidence

FILE_NAME = "evidence.lock"
FORMAT = 1
DIGITS = 6
AGREEMENT = 5.0
"""Standard errors of the difference; two runs of the same check are further apart once in 1.7e6."""

LockRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a run differs from the evidence that the pack keeps, by id.

    Attributes:
        missing: nothing is kept, or only of another wording.
        contradicted: kept with another verdict, or with a number that this run rules out.
    """

    missing: tuple[str, ...]
    contradicted: tuple[str, ...]


def write_lock(folder: Path, evidence: PackEvidence, *, version: str) -> Path:
    """Write the evidence of a whole pack, whole or not at all.

    A line whose evidence is as it was keeps its seconds too, so that a diff shows what changed.

    Raises:
        PackError: the folder cannot be written; the old file is as it was.
    """
    import numpy as np

    kept = _read(folder)
    about = {"pack": evidence.pack, "format": FORMAT, "studytool": version, "numpy": np.__version__}
    lines = ["{", *(f"{_json(name)}: {_json(value)}," for name, value in about.items())]
    for part, findings in _parts(evidence):
        lines.append(f"{_json(part)}: {{")
        rows = {
            found.id: _unless_same(finding_as_json(found), kept.get((part, found.id), {}))
            for found in findings
        }
        lines += [f"{_json(id_)}: {_json(rows[id_])}," for id_ in sorted(rows)]
        lines[-1] = lines[-1].rstrip(",")
        lines.append("}," if part == "claims" else "}")
    path = folder / FILE_NAME
    beside = folder / (FILE_NAME + ".new")
    try:
        beside.write_text("\n".join([*lines, "}"]) + "\n", "utf-8")
        beside.replace(path)
    except OSError as error:
        raise PackError(f"cannot write {path}: {error.strerror}; check its permissions") from error
    finally:
        _remove(beside)
    return path


def _remove(beside: Path) -> None:
    try:
        beside.unlink(missing_ok=True)
    except OSError:  # what kept it from being written keeps it from being removed
        return


def finding_as_json(found: Evidence) -> LockRow:
    """Return a finding as the lock keeps it; numbers to 6 significant digits."""
    row: LockRow = {
        "verdict": None if found.verdict is None else str(found.verdict),
        "revision": found.revision,
        "measured": [
            {
                "quantity": one.quantity,
                "estimate": _short(one.estimate.value),
                "standard_error": _short(one.estimate.standard_error),
                "replicates": one.estimate.replicates,
                "predicted": _short(one.predicted),
                "tolerance": _short(one.tolerance),
            }
            for one in found.measured
        ],
        "controls": {one.id: one.rejected for one in found.controls},
        "draws": found.draws,
        "seed": found.seed,
        "seconds": round(found.seconds, 2),
    }
    return row | ({"reason": found.reason} if found.reason else {})


def compare_lock(folder: Path, evidence: PackEvidence) -> Difference:
    """Compare a run with the evidence that is kept; a damaged file keeps nothing."""
    kept = _read(folder)
    missing, contradicted = [], []
    for part, findings in _parts(evidence):
        for found in findings:
            row = kept.get((part, found.id), {})
            if row.get("revision") != found.revision:
                missing.append(found.id)
            elif not _agree(row, finding_as_json(found)):
                contradicted.append(found.id)
    return Difference(tuple(missing), tuple(contradicted))


def kept_seconds(folder: Path) -> dict[tuple[str, str], float]:
    """Return how long each claim and key took when its evidence was kept, by (part, id)."""
    seconds = {place: row.get("seconds") for place, row in _read(folder).items()}
    return {
        place: float(value)
        for place, value in seconds.items()
        if isinstance(value, int | float) and 0 <= value < float("inf")
    }


def _agree(kept: LockRow, fresh: LockRow) -> bool:
    """Compare verdicts, and the numbers that were measured under the same conditions."""
    if kept.get("verdict") != fresh["verdict"]:
        return False
    measured = kept.get("measured")
    pairs = zip(measured if isinstance(measured, list) else (), fresh["measured"], strict=False)
    return all(_near(before, now) for before, now in pairs if _same_quantity(before, now))


def _same_quantity(kept: object, fresh: LockRow) -> bool:
    return isinstance(kept, dict) and kept.get("quantity") == fresh["quantity"]


def _near(kept: LockRow, fresh: LockRow) -> bool:
    try:
        apart = abs(kept["estimate"] - fresh["estimate"])
        error = hypot(kept["standard_error"], fresh["standard_error"])
    except (KeyError, TypeError):
        return False
    rounding = 10.0 ** (1 - DIGITS) * abs(fresh["estimate"]) + 1e-12
    return bool(apart <= AGREEMENT * error + rounding)


def _parts(evidence: PackEvidence) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    yield "claims", evidence.claims
    yield "keys", evidence.keys


def _read(folder: Path) -> dict[tuple[str, str], LockRow]:
    """Read the rows by (part, id); what is missing or damaged is left out."""
    try:
        read = json.loads((folder / FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    parts = read if isinstance(read, dict) else {}
    return {
        (part, name): row
        for part, rows in parts.items()
        if isinstance(rows, dict)
        for name, row in rows.items()
        if isinstance(row, dict)
    }


def _unless_same(row: LockRow, kept: LockRow) -> LockRow:
    return kept if {**kept, "seconds": 0} == {**row, "seconds": 0} else row


def _short(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if isfinite(value) else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
