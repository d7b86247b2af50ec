"""``studytool check``: an author's compiler."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.long_work import cancellable
from studytool.cli.output import (
    NOT_AS_IT_SHOULD_BE,
    learner_language,
    show_progress,
    write_json,
    write_text,
)
from studytool.errors import PackError
from studytool.json_output import (
    CheckJson,
    CheckSummaryJson,
    DiagnosticJson,
    MutantsJson,
    SurvivorJson,
)
from studytool.language import Phrase
from studytool.wording.progress import CANCELLED

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytool.packs.diagnostics import Diagnostic, Place
    from studytool.packs.pack import Pack
    from studytool.packs.reader import Reading
    from studytool.verification.power import Power

_NO_PACK = Phrase(
    ko="{path}: 꾸러미가 아닙니다. pack.yaml이 없습니다. pack.yaml이 있는 폴더를 쓰세요.",
    en="{path} is no pack: it has no pack.yaml; name the folder that holds one",
)


@click.command(name="check")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--mutants", is_flag=True, help="Also alter every formula, and list what goes unnoticed."
)
@click.option("--strict", is_flag=True, help="Let a warning count as an error.")
@click.option("--large", is_flag=True, help="Read more of a pack than 200,000 values.")
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as JSON.")
def command(path: Path, *, mutants: bool, strict: bool, large: bool, as_json: bool) -> None:
    """Read the pack in PATH and list every problem with its place and remedy.

    With --mutants every claim and key is simulated, and its formula altered in every way: a term
    dropped, an operator, a name or a function swapped, a number changed. 95 % or more of the
    alterations must be noticed. Exit status 1 on an error (with --strict on a warning too), or when
    fewer are.
    """
    from studytool.packs.folder import LARGE, ORDINARY, is_pack
    from studytool.packs.reader import read_pack

    if not is_pack(path):
        raise PackError(_NO_PACK, path=path)
    reading = read_pack(path, LARGE if large else ORDINARY)
    power = _power(reading.pack) if mutants and reading.pack is not None else None
    if as_json:
        shown = _as_json(reading)
        if power is not None:
            shown["mutants"] = _power_as_json(power)
        write_json(shown)
    else:
        if reading.diagnostics:
            write_text(reading.report() + "\n")
        counts = _summary(reading).items()
        write_text(", ".join(f"{n} {name[:-1] if n == 1 else name}" for name, n in counts))
        if power is not None:
            write_text(_power_as_text(power))
    wrong = len(reading.diagnostics) if strict else reading.errors
    if wrong or (power is not None and power.share_noticed < LEAST_NOTICED):
        sys.exit(NOT_AS_IT_SHOULD_BE)


LEAST_NOTICED = 0.95
"""The share of mutants that the checks of a pack must notice."""


def _power(pack: "Pack") -> "Power":
    from studytool.verification.power import try_power

    with cancellable(learner_language(), CANCELLED) as interrupts:
        return try_power(
            pack,
            progress=lambda done, total: show_progress(f"mutants: {done}/{total}"),
            cancelled=interrupts.came,
        )


def _power_as_json(power: "Power") -> MutantsJson:
    from studytool.verification.power import Fate

    share = power.share_noticed
    survivors: list[SurvivorJson] = [
        {"of": trial.of, "formula": trial.formula, "change": trial.change}
        for trial in power.trials
        if trial.fate is Fate.SURVIVED
    ]
    return {
        "noticed": power.count(Fate.NOTICED),
        "survived": power.count(Fate.SURVIVED),
        "equivalent": power.count(Fate.EQUIVALENT),
        "share_noticed": share if share == share else None,
        "survivors": survivors,
    }


def _power_as_text(power: "Power") -> str:
    from studytool.verification.power import Fate

    lines = [
        f"{trial.of}: {trial.formula}: {trial.change}: the check would not notice"
        for trial in power.trials
        if trial.fate is Fate.SURVIVED
    ]
    told = power.count(Fate.NOTICED) + power.count(Fate.SURVIVED)
    share = f" ({power.share_noticed:.1%})" if told else ""
    lines.append(
        f"{told} mutants, {power.count(Fate.NOTICED)} noticed{share}; "
        f"{power.count(Fate.EQUIVALENT)} more are equivalent"
    )
    return "\n".join(lines)


def _summary(reading: "Reading") -> CheckSummaryJson:
    return {
        "errors": reading.errors,
        "warnings": len(reading.diagnostics) - reading.errors,
        "items": reading.items,
        "claims": reading.claims,
    }


def _as_json(reading: "Reading") -> CheckJson:
    line_at = reading.line_finder()
    return {
        "diagnostics": [_found_as_json(found, line_at) for found in reading.shown],
        "summary": _summary(reading),
    }


def _found_as_json(found: "Diagnostic", line_at: "Callable[[Place], str | None]") -> DiagnosticJson:
    from studytool.packs.diagnostics import end_column, printable

    return {
        "code": found.code,
        "severity": str(found.severity),
        "file": printable(found.place.file),
        "line": found.place.line,
        "column": found.place.column,
        "end_column": end_column(found, line_at(found.place)),
        "message": printable(found.message),
        "help": printable(found.help),
        "related": [
            {
                "file": printable(other.place.file),
                "line": other.place.line,
                "column": other.place.column,
                "message": printable(other.message),
            }
            for other in found.related
        ],
    }
