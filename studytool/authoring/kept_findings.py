"""What ``verify`` found of a pack's folder, kept so that the next run tries only what changed."""

from pathlib import Path
from typing import Any

from studytool.authoring.kept_checks import kept_path, read_json, write_json
from studytool.authoring.program_mark import program_mark
from studytool.packs.pack import Pack
from studytool.verification.finding_rows import finding_of, finding_row
from studytool.verification.known_findings import KnownFinding, KnownFindings
from studytool.verification.lock import numpy_version

_OF = "verify"


def read_findings(home: Path, folder: Path) -> KnownFindings:
    """Read what was found of a folder; nothing where the file is missing, damaged or none of ours."""
    known = read_json(kept_path(home, folder, _OF), _findings_of)
    return KnownFindings(f"{program_mark()} {numpy_version()}", known or {})


def write_findings(home: Path, folder: Path, pack: Pack, known: KnownFindings) -> None:
    """Write what is known of a pack; where that cannot be done the next run tries all again."""
    rows = {name: [one.key, finding_row(one.finding)] for name, one in known.of(pack).items()}
    write_json(kept_path(home, folder, _OF), rows)


def _findings_of(rows: dict[str, Any]) -> dict[str, KnownFinding]:
    return {name: KnownFinding(str(key), finding_of(row)) for name, (key, row) in rows.items()}
