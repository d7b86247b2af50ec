"""``studytool check``: an author's compiler."""

import sys
from dataclasses import dataclass
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
from studytool.language import LANGUAGES, Language, Phrase
from studytool.printable import printable
from studytool.wording.progress import ALTERING, CANCELLED, PLAYING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytool.packs.diagnostics import Diagnostic, Place
    from studytool.verification.power import Power

_NO_PACK = Phrase(
    ko="{path}: 꾸러미가 아닙니다. pack.yaml이 없습니다. pack.yaml이 있는 폴더를 쓰세요.",
    en="{path} is no pack: it has no pack.yaml; name the folder that holds one",
)


@click.command(name="check")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--plays", type=click.IntRange(1, 1000), metavar="N", help="Play each item N times.")
@click.option(
    "--mutants", is_flag=True, help="Also alter every formula, and list what goes unnoticed."
)
@click.option("--strict", is_flag=True, help="Let a warning count as an error.")
@click.option("--watch", is_flag=True, help="Check again at each save, until Ctrl-C.")
@click.option("--large", is_flag=True, help="Read more of a pack than 200,000 values.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Default: as in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as JSON.")
def command(  # noqa: PLR0913 - one argument for each option
    path: Path,
    *,
    plays: int | None,
    mutants: bool,
    strict: bool,
    watch: bool,
    large: bool,
    lang: Language | None,
    as_json: bool,
) -> None:
    """Read the pack in PATH, play its items, and list every problem with its place and remedy.

    Every item is played in every language: drawn, shown, and answered by its own key, by each
    misconception and by its tests; 50 times in a small pack, at least 5 in a large one. What was
    found is kept, so that only what changes is played again.

    With --mutants every claim and key is simulated, and its formula altered in every way: a term
    dropped, an operator, a name or a function swapped, a number changed. 95 % or more of the
    alterations must be noticed. Exit status 1 on an error (with --strict on a warning too), or when
    fewer are. With --watch the status is that of the last check.
    """
    from studytool.packs.digest import is_pack

    if not is_pack(path):
        raise PackError(_NO_PACK, path=path)
    language = lang or learner_language()

    def check() -> int:
        checked = _checked(path, plays, language, large=large)
        power = None if checked.errors or not mutants else _power(path, language, large=large)
        _write(path, checked, power, language, as_json=as_json)
        wrong = len(checked.diagnostics) if strict else checked.errors
        if wrong or (power is not None and power.share_noticed < LEAST_NOTICED):
            return NOT_AS_IT_SHOULD_BE
        return 0

    if watch:
        from studytool.cli.check_watch import check_at_each_save

        status = check_at_each_save(path, check, language)
    else:
        status = check()
    if status:
        sys.exit(status)


def _write(
    path: Path,
    checked: "_Checked",
    power: "Power | None",
    language: Language,
    *,
    as_json: bool,
) -> None:
    from studytool.packs.source_lines import source_lines

    line_at = source_lines(path)
    if as_json:
        shown: CheckJson = {
            "diagnostics": [_found_as_json(found, line_at, language) for found in checked.shown],
            "summary": _summary(checked),
        }
        if power is not None:
            shown["mutants"] = _power_as_json(power)
        write_json(shown)
    else:
        write_text(_as_text(checked, line_at, language), end="")
        if power is not None:
            write_text(_power_as_text(power, language))


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a check found, in words."""

    diagnostics: "Sequence[Diagnostic]"
    items: int
    claims: int

    @property
    def shown(self) -> "Sequence[Diagnostic]":
        from studytool.packs.diagnostics import MOST_SHOWN

        return self.diagnostics[:MOST_SHOWN]

    @property
    def errors(self) -> int:
        return sum(found.severity == "error" for found in self.diagnostics)


def _checked(path: Path, plays: int | None, language: Language, *, large: bool) -> _Checked:
    from studytool.authoring.check_options import CheckOptions
    from studytool.authoring.check_pack import check_pack
    from studytool.settings.home import home_folder
    from studytool.wording.plays import play_diagnostic

    with cancellable(language, CANCELLED) as interrupts:
        found = check_pack(
            path,
            CheckOptions(plays, home_folder(), large=large),
            progress=lambda done, total: show_progress(
                PLAYING.text(language, done=done, total=total)
            ),
            cancelled=interrupts.came,
        )
    played = [play_diagnostic(placed) for placed in found.played]
    listed = sorted([*found.read, *played], key=lambda one: (one.place, one.code, one.message))
    return _Checked(listed, found.items, found.claims)


def _as_text(
    checked: _Checked, line_at: "Callable[[Place], str | None]", language: Language
) -> str:
    from studytool.packs.diagnostics import MORE_LEFT, MOST_SHOWN, render
    from studytool.wording.checking import check_summary

    shown = [render(found, line_at, language) for found in checked.shown]
    if left := checked.diagnostics[MOST_SHOWN:]:
        errors = sum(found.severity == "error" for found in left)
        shown.append(MORE_LEFT.text(language, n=len(left), errors=errors))
    summary = check_summary(_summary(checked)).text(language)
    return "\n".join([*shown, *([""] if shown else []), summary, ""])


LEAST_NOTICED = 0.95
"""The share of mutants that the checks of a pack must notice."""


def _power(path: Path, language: Language, *, large: bool) -> "Power":
    from studytool.packs.folder import LARGE, ORDINARY
    from studytool.packs.reader import load_pack
    from studytool.verification.power import try_power

    pack = load_pack(path, LARGE if large else ORDINARY)

    with cancellable(language, CANCELLED) as interrupts:
        return try_power(
            pack,
            progress=lambda done, total: show_progress(
                ALTERING.text(language, done=done, total=total)
            ),
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


def _power_as_text(power: "Power", language: Language) -> str:
    from studytool.verification.power import Fate
    from studytool.wording.checking import MUTANTS, UNNOTICED

    lines = [
        UNNOTICED.text(language, of=trial.of, formula=trial.formula, change=trial.change)
        for trial in power.trials
        if trial.fate is Fate.SURVIVED
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
    return "\n".join(lines)


def _summary(checked: _Checked) -> CheckSummaryJson:
    return {
        "errors": checked.errors,
        "warnings": len(checked.diagnostics) - checked.errors,
        "items": checked.items,
        "claims": checked.claims,
    }


def _found_as_json(
    found: "Diagnostic", line_at: "Callable[[Place], str | None]", language: Language
) -> DiagnosticJson:
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
