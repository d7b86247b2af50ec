"""What ``verify`` and ``check --mutants`` found of a folder, so that the next tries what changed."""

from pathlib import Path
from typing import Any

from studytool.authoring.kept_checks import kept_path, read_json, write_json
from studytool.authoring.program_mark import program_mark
from studytool.packs.pack import Pack
from studytool.verification.finding_rows import finding_of, finding_row
from studytool.verification.known_findings import KnownFinding, KnownFindings, entry_names
from studytool.verification.lock import numpy_version
from studytool.verification.mutant_trial import Fate, MutantTrial
from studytool.verification.power import KnownMutants

_OF, _OF_MUTANTS = "verify", "mutants"


def read_findings(home: Path, folder: Path) -> KnownFindings:
    """Read what was found of a folder; nothing where the file is missing, damaged or none of ours."""
    known = read_json(kept_path(home, folder, _OF), _findings_of)
    return KnownFindings(_context(), known or {})


def _context() -> str:
    return f"{program_mark()} {numpy_version()}"


def write_findings(home: Path, folder: Path, pack: Pack, known: KnownFindings) -> None:
    """Write what is known of a pack; where that cannot be done the next run tries all again."""
    rows = {name: [one.key, finding_row(one.finding)] for name, one in known.of(pack).items()}
    write_json(kept_path(home, folder, _OF), rows)


def _findings_of(rows: dict[str, Any]) -> dict[str, KnownFinding]:
    return {name: KnownFinding(str(key), finding_of(row)) for name, (key, row) in rows.items()}


def read_mutants(home: Path, folder: Path) -> KnownMutants:
    """Read which mutants of a folder were tried; none where the file is missing or damaged."""
    known = read_json(kept_path(home, folder, _OF_MUTANTS), _mutants_of)
    return KnownMutants(_context(), known or {})


def write_mutants(home: Path, folder: Path, pack: Pack, known: KnownMutants) -> None:
    """Write which mutants of a pack were tried, where that can be done."""
    names = entry_names(pack) | {f"experiments/{one.id}" for one in pack.experiments}
    rows = {
        name: [
            key,
            [
                [one.of, one.formula, one.column, one.change, one.fate.value, *one.part]
                for one in trials
            ],
        ]
        for name, (key, trials) in known.by_name.items()
        if name in names
    }
    write_json(kept_path(home, folder, _OF_MUTANTS), rows)


def _mutants_of(rows: dict[str, Any]) -> dict[str, tuple[str, tuple[MutantTrial, ...]]]:
    return {
        name: (
            str(key),
            tuple(
                MutantTrial(of, formula, int(column), change, Fate(fate), tuple(part))
                for of, formula, column, change, fate, *part in trials
            ),
        )
        for name, (key, trials) in rows.items()
    }
