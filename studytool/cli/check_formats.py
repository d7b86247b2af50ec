"""What a check found, in each form: for people, as JSON, as SARIF, and as GitHub's annotations."""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from studytool import __version__
from studytool.errors import AT_COLUMN
from studytool.json_output import (
    CheckJson,
    CheckSummaryJson,
    DiagnosticJson,
    MutantsJson,
    RelatedPlaceJson,
    SurvivorJson,
)
from studytool.language import Language
from studytool.printable import printable, printable_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studytool.packs.diagnostics import Diagnostic, Place
    from studytool.verification.mutant_trial import MutantTrial
    from studytool.verification.power import Power

    _LineAt = Callable[[Place], str | None]


class CheckFormat(StrEnum):
    """How a check is printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, in words.

    Attributes:
        diagnostics: by place.
        items, claims: how many were read.
        power: what alterations showed, where they were tried.
        places: of the alterations of experiments that nothing noticed.
    """

    diagnostics: "Sequence[Diagnostic]"
    items: int
    claims: int
    power: "Power | None" = None
    places: "Mapping[MutantTrial, Place]" = field(default_factory=dict)

    @property
    def shown(self) -> "Sequence[Diagnostic]":
        """Return the first problems, as many as anybody reads."""
        from studytool.packs.diagnostics import MOST_SHOWN

        return self.diagnostics[:MOST_SHOWN]

    @property
    def errors(self) -> int:
        """Count the errors."""
        return sum(found.severity == "error" for found in self.diagnostics)


def written(shape: CheckFormat, path: Path, checked: Checked, language: Language) -> str:
    """Return what was found as it is printed, its last line ended.

    Args:
        shape: the form.
        path: the pack's folder, as it was named: SARIF and GitHub name files by it.
        checked: what was found.
        language: of the words.
    """
    from studytool.packs.source_lines import source_lines

    line_at = source_lines(path)
    match shape:
        case CheckFormat.TEXT:
            return _as_text(checked, line_at, language) + _mutants_as_text(checked, language)
        case CheckFormat.GITHUB:
            told = _as_annotations(path, checked, line_at, language)
            return told + _mutants_as_text(checked, language)
        case CheckFormat.SARIF:
            return _in_line(_as_sarif(path, checked, line_at, language))
        case CheckFormat.JSON:
            return _in_line(_as_json(checked, line_at, language))


def _in_line(value: "Mapping[str, Any] | CheckJson") -> str:
    return printable_json(json.dumps(value, ensure_ascii=False)) + "\n"


def _as_text(checked: Checked, line_at: "_LineAt", language: Language) -> str:
    from studytool.packs.diagnostics import MORE_LEFT, MOST_SHOWN, render
    from studytool.wording.checking import check_summary

    shown = [render(found, line_at, language) for found in checked.shown]
    if left := checked.diagnostics[MOST_SHOWN:]:
        errors = sum(found.severity == "error" for found in left)
        shown.append(MORE_LEFT.text(language, n=len(left), errors=errors))
    summary = check_summary(_summary(checked)).text(language)
    return "\n".join([*shown, *([""] if shown else []), summary, ""])


def _as_json(checked: Checked, line_at: "_LineAt", language: Language) -> CheckJson:
    shown: CheckJson = {
        "diagnostics": [_found_as_json(found, line_at, language) for found in checked.shown],
        "summary": _summary(checked),
    }
    if checked.power is not None:
        shown["mutants"] = _power_as_json(checked.power, checked.places, language)
    return shown


def _power_as_json(
    power: "Power", places: "Mapping[MutantTrial, Place]", language: Language
) -> MutantsJson:
    from studytool.verification.mutant_trial import Fate

    share = power.share_noticed
    survivors = [_survivor_as_json(trial, places.get(trial), language) for trial in power.survivors]
    return {
        "noticed": power.count(Fate.NOTICED),
        "survived": power.count(Fate.SURVIVED),
        "equivalent": power.count(Fate.EQUIVALENT),
        "share_noticed": share if share == share else None,
        "lines_noticed": power.count_lines(Fate.NOTICED),
        "lines_survived": power.count_lines(Fate.SURVIVED),
        "survivors": survivors,
    }


def _survivor_as_json(
    trial: "MutantTrial", place: "Place | None", language: Language
) -> SurvivorJson:
    return {
        "of": trial.of,
        "part": " ".join(trial.part) or None,
        "file": None if place is None else place.file,
        "line": None if place is None else place.line,
        "column": None if place is None else place.column,
        "formula": trial.formula,
        "change": _change_text(trial, language),
    }


def _change_text(trial: "MutantTrial", language: Language) -> str:
    return AT_COLUMN.text(language, column=trial.column, why=trial.change)


def _mutants_as_text(checked: Checked, language: Language) -> str:
    if (power := checked.power) is None:
        return ""
    from studytool.verification.mutant_trial import Fate
    from studytool.wording.checking import LINES, MUTANTS, UNNOTICED

    lines = [
        UNNOTICED.text(
            language,
            of=_named(trial, checked.places.get(trial)),
            formula=trial.formula,
            change=_change_text(trial, language),
        )
        for trial in power.survivors
    ]
    told = power.count(Fate.NOTICED) + power.count(Fate.SURVIVED)
    counted = MUTANTS.text(
        language,
        told=told,
        noticed=power.count(Fate.NOTICED),
        share=f" ({power.share_noticed:.1%})" if told else "",
        equivalent=power.count(Fate.EQUIVALENT),
    )
    lines.append(counted)
    noticed = power.count_lines(Fate.NOTICED)
    if moved := noticed + power.count_lines(Fate.SURVIVED):
        lines.append(LINES.text(language, told=moved, noticed=noticed))
    return "\n".join([*lines, ""])


def _named(trial: "MutantTrial", place: "Place | None") -> str:
    """Name what was altered: a claim or item, or with its place a formula of a check or experiment."""
    named = " ".join((trial.of, *trial.part))
    return named if place is None else f"{place}: {named}"


def _summary(checked: Checked) -> CheckSummaryJson:
    return {
        "errors": checked.errors,
        "warnings": len(checked.diagnostics) - checked.errors,
        "items": checked.items,
        "claims": checked.claims,
    }


def _found_as_json(found: "Diagnostic", line_at: "_LineAt", language: Language) -> DiagnosticJson:
    from studytool.packs.diagnostics import end_column

    return {
        "code": found.code,
        "severity": str(found.severity),
        "file": printable(found.place.file),
        "line": found.place.line,
        "column": found.place.column,
        "end_column": end_column(found, line_at(found.place)),
        "message": printable(found.says.text(language)),
        "help": printable(found.remedy_text(language)),
        "related": [
            {
                "file": printable(other.place.file),
                "line": other.place.line,
                "column": other.place.column,
                "message": printable(other.says.text(language)),
            }
            for other in found.related
        ],
    }


# --- for other programs -----------------------------------------------------------------------

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def _as_sarif(
    path: Path, checked: Checked, line_at: "_LineAt", language: Language
) -> "Mapping[str, Any]":
    """Return a log in SARIF 2.1.0 (OASIS), which editors and GitHub's code scanning read."""
    from studytool.packs.codes import CODES

    found = [_found_as_json(one, line_at, language) for one in checked.shown]
    rules = [
        {"id": code, "shortDescription": {"text": CODES[code].text(language)}}
        for code in sorted({one["code"] for one in found})
    ]
    results = [
        {
            "ruleId": one["code"],
            "level": one["severity"],
            "message": {"text": _with_help(one)},
            "locations": [_sarif_location(path, one, end=one["end_column"])],
            "relatedLocations": [
                {**_sarif_location(path, other), "message": {"text": other["message"]}}
                for other in one["related"]
            ],
        }
        for one in found
    ]
    driver = {"name": "studytool", "version": __version__, "rules": rules}
    properties: dict[str, Any] = {"summary": _summary(checked)}
    if checked.power is not None:
        properties["mutants"] = _power_as_json(checked.power, checked.places, language)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": properties,
    }
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _sarif_location(
    path: Path, spot: "DiagnosticJson | RelatedPlaceJson", *, end: int | None = None
) -> dict[str, Any]:
    region = {"startLine": spot["line"], "startColumn": spot["column"]}
    if end is not None:
        region["endColumn"] = end
    file = path / spot["file"]
    uri = file.as_uri() if file.is_absolute() else quote(file.as_posix())
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


def _as_annotations(path: Path, checked: Checked, line_at: "_LineAt", language: Language) -> str:
    """Return a line for each problem as GitHub's workflows read it, and the summary."""
    from studytool.wording.checking import check_summary

    lines = []
    for found in checked.shown:
        one = _found_as_json(found, line_at, language)
        fields = {
            "file": (path / one["file"]).as_posix(),
            "line": one["line"],
            "col": one["column"],
            "endColumn": one["end_column"],
            "title": f"studytool {one['code']}",
        }
        given = ",".join(f"{name}={_of_field(value)}" for name, value in fields.items())
        lines.append(f"::{one['severity']} {given}::{_of_message(_with_help(one))}")
    return "\n".join([*lines, check_summary(_summary(checked)).text(language), ""])


def _with_help(found: DiagnosticJson) -> str:
    return f"{found['message']}\n{found['help']}" if found["help"] else found["message"]


def _of_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _of_field(value: object) -> str:
    return _of_message(str(value)).replace(":", "%3A").replace(",", "%2C")
