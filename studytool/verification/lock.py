"""``evidence.lock``: what a run found, kept with the pack; one line a check, so diffs read well."""

import json
from pathlib import Path
from typing import Any

from studytool.errors import PackError
from studytool.verification.evidence import Finding, PackEvidence

FILE_NAME = "evidence.lock"
FORMAT = 1


def write_lock(folder: Path, evidence: PackEvidence, *, version: str) -> Path:
    """Write the evidence of a whole pack, whole or not at all.

    Raises:
        PackError: the folder cannot be written; the old file is as it was.
    """
    import numpy as np

    about = {"pack": evidence.pack, "format": FORMAT, "studytool": version, "numpy": np.__version__}
    lines = ["{", *(f"{_json(name)}: {_json(value)}," for name, value in about.items())]
    for part, findings in (("claims", evidence.claims), ("keys", evidence.keys)):
        lines.append(f"{_json(part)}: {{")
        rows = sorted((found.id, finding_as_json(found)) for found in findings)
        lines += [f"{_json(id_)}: {_json(row)}," for id_, row in rows]
        lines[-1] = lines[-1].rstrip(",")
        lines.append("}," if part == "claims" else "}")
    path = folder / FILE_NAME
    beside = folder / (FILE_NAME + ".new")
    try:
        beside.write_text("\n".join([*lines, "}"]) + "\n", "utf-8")
        beside.replace(path)
    except OSError as error:
        raise PackError(f"cannot write {path}: {error.strerror}; check its permissions") from error
    return path


def finding_as_json(found: Finding) -> dict[str, Any]:
    """Give a finding as the lock keeps it; numbers to 6 significant digits."""
    return {
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


def stale_entries(folder: Path, evidence: PackEvidence) -> list[str]:
    """Name the claims and keys whose kept evidence is missing or of another wording."""
    try:
        kept = json.loads((folder / FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        kept = {}
    stale = []
    for part, findings in (("claims", evidence.claims), ("keys", evidence.keys)):
        rows = kept.get(part, {}) if isinstance(kept, dict) else {}
        stale += [
            found.id
            for found in findings
            if rows.get(found.id, {}).get("revision") != found.revision
        ]
    return stale


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
