"""The part of ``studytool verify`` that alters the core: ``--mutants core``."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from studytool.cli.interrupts import gathered_interrupts
from studytool.cli.output import (
    INTERRUPTED,
    NOT_AS_IT_SHOULD_BE,
    clear_progress,
    show_progress,
    shows_errors,
    write_error,
    write_json,
    write_note,
    write_text,
)
from studytool.json_output import ChangeJson, CorePartJson, VerifyCoreJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.verification.core_mutants import CoreMutant
    from studytool.verification.core_result import CoreResult
    from studytool.verification.core_trial import MutantFate
    from studytool.verification.kept_fates import KeptFates

_KEPT_NAME = "core-mutants.jsonl"
_TOLD_SECONDS = 60.0
"""Where no terminal shows the progress, a line of it is written so often."""
_CANCELLED = Phrase(
    ko="취소했습니다. 위의 것은 끝났습니다: {total}곳 가운데 {done}곳. 다시 실행하면 여기서 이어집니다.",
    en="cancelled; what is above was finished: {done} of {total}. The next run goes on from here",
)


@dataclass(frozen=True, slots=True)
class CoreRun:
    """What is asked for.

    Attributes:
        folder: of the pack whose claims and keys are tried.
        sample: places to alter beside those of the forms that authors are offered, spread over the
            rest of the core; 0 for all.
        with_tests: whether the tests beside the source are tried on what is left.
    """

    folder: Path
    sample: int
    seed: int
    jobs: int
    with_tests: bool


@dataclass(slots=True)
class _Teller:
    """Writes how far a run has come: over one line of a terminal, else a line now and then."""

    told: float = field(default_factory=monotonic)

    def tell(self, text: str) -> None:
        if shows_errors():
            show_progress(text)
        elif monotonic() - self.told >= _TOLD_SECONDS:
            self.told = monotonic()
            write_note(text)


def verify_core(run: CoreRun, *, as_json: bool, language: Language) -> None:
    """Alter the core place by place, and list what nothing notices.

    The closed forms that authors are offered are altered at every place, and counted apart. The exit
    status is 1 where of one part less than 95 % was noticed, what is explained left aside.

    Raises:
        StudytoolError: the tests are asked for, and there are none, or they cannot be run.
    """
    from studytool.authoring.kept_checks import FOLDER_NAME
    from studytool.verification.core_mutants import core_mutants
    from studytool.verification.core_tests import require_tests
    from studytool.verification.kept_fates import KeptFates
    from studytool.wording.core_mutants import core_text

    begun = monotonic()
    if run.with_tests:
        require_tests()
    parts = _Parts.of(core_mutants(), run)
    kept = KeptFates(home_folder() / FOLDER_NAME / _KEPT_NAME)
    with gathered_interrupts() as interrupts:
        results = _try(run, parts, kept, language=language, cancelled=interrupts.came)
    clear_progress()
    if as_json:
        write_json(_as_json(results, monotonic() - begun, language))
    else:
        write_text(core_text(*results, language=language))
    done = sum(len(one.settled) for one in results)
    if done < len(parts.chosen):
        write_error(_CANCELLED.text(language, done=done, total=len(parts.chosen)))
        sys.exit(INTERRUPTED)
    if not all(one.is_noticed for one in results):
        sys.exit(NOT_AS_IT_SHOULD_BE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The alterations of the forms that authors are offered, all of them, and a sample of the rest."""

    offered: "list[CoreMutant]"
    rest: "list[CoreMutant]"
    rest_places: int

    @classmethod
    def of(cls, every: "list[CoreMutant]", run: CoreRun) -> "_Parts":
        from studytool.verification.core_mutants import spread_over

        rest = [one for one in every if not one.is_offered]
        offered = [one for one in every if one.is_offered]
        return cls(offered, spread_over(rest, run.sample, seed=run.seed), len(rest))

    @property
    def chosen(self) -> "list[CoreMutant]":
        """Return what is to be tried."""
        return [*self.offered, *self.rest]

    def results(self, fates: "list[MutantFate]") -> "tuple[CoreResult, CoreResult]":
        """Return what became of each part."""
        from studytool.verification.core_result import CoreResult

        offered = tuple(one for one in fates if one.mutant.is_offered)
        rest = tuple(one for one in fates if not one.mutant.is_offered)
        return (
            CoreResult(offered, len(self.offered), len(self.offered)),
            CoreResult(rest, len(self.rest), self.rest_places),
        )


def _try(
    run: CoreRun,
    parts: _Parts,
    kept: "KeptFates",
    *,
    language: Language,
    cancelled: Callable[[], bool],
) -> "tuple[CoreResult, CoreResult]":
    """Try the claims and keys, then the tests where they are asked for."""
    from studytool.verification.core_tests import try_tests
    from studytool.verification.core_trial import CoreTrial
    from studytool.wording.core_mutants import mutation_text, trying_tests_text

    teller = _Teller()
    trial = CoreTrial(
        run.folder,
        seed=run.seed,
        jobs=run.jobs,
        kept=kept,
        progress=lambda progress: teller.tell(mutation_text(progress, language)),
        cancelled=cancelled,
    )
    offered, rest = parts.results(trial.run(parts.chosen))
    if not run.with_tests:
        return offered, rest
    fates = try_tests(
        [one.mutant for result in (offered, rest) for one in result.unnoticed],
        jobs=run.jobs,
        kept=kept,
        progress=lambda done, total: teller.tell(trying_tests_text(done, total, language)),
        cancelled=cancelled,
    )
    return offered.with_tests(fates), rest.with_tests(fates)


def _as_json(
    results: "tuple[CoreResult, CoreResult]", seconds: float, language: Language
) -> VerifyCoreJson:
    offered, rest = results
    return {
        "offered": _part_as_json(offered, language),
        "rest": _part_as_json(rest, language),
        "seconds": round(seconds, 1),
    }


def _part_as_json(result: "CoreResult", language: Language) -> CorePartJson:
    from studytool.wording.core_reasons import CORE_REASONS

    least = result.least_noticed_share
    return {
        "places": result.places,
        "tried": len(result.settled),
        "noticed": result.by_claims + result.by_tests,
        "by_tests": result.by_tests,
        "explained": len(result.explained),
        "noticed_share": round(result.noticed_share, 4),
        "least_noticed_share": None if least is None else round(least, 4),
        "unnoticed": [
            {
                **_change(one.mutant),
                "claims_and_keys": one.reach,
                "claims_and_keys_tried": one.tried,
                "same_numbers": one.is_same,
            }
            for one in result.unnoticed
        ],
        "reasons": [
            {
                "reason": CORE_REASONS[name].text(language),
                "changes": [_change(one) for one in mutants],
            }
            for name, mutants in result.by_reason.items()
        ],
    }


def _change(mutant: "CoreMutant") -> ChangeJson:
    return {
        "file": f"studytool/numerics/{mutant.module}.py",
        "line": mutant.lines[0],
        "change": mutant.place,
    }
