"""The part of ``studytool verify`` that alters the core: ``--mutants core``."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from studytool.cli.long_work import gathered_interrupts
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
from studytool.json_output import ChangeJson, VerifyCoreJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.verification.core_mutants import CoreMutant
    from studytool.verification.core_result import CoreResult
    from studytool.verification.kept_fates import KeptFates

WANTED_SHARE = 0.95
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
        sample: places to alter, spread over the core; 0 for all.
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

    The exit status is 1 where less than 95 % was noticed, what is explained left aside.

    Raises:
        StudytoolError: the tests are asked for, and there are none, or they cannot be run.
    """
    from studytool.authoring.kept_checks import FOLDER_NAME
    from studytool.verification.core_mutants import core_mutants, spread_over
    from studytool.verification.core_tests import require_tests
    from studytool.verification.kept_fates import KeptFates
    from studytool.wording.core_mutants import core_text

    begun = monotonic()
    if run.with_tests:
        require_tests()
    every = core_mutants()
    mutants = spread_over(every, run.sample)
    kept = KeptFates(home_folder() / FOLDER_NAME / _KEPT_NAME)
    with gathered_interrupts() as interrupts:
        result = _try(run, mutants, kept, language=language, cancelled=interrupts.came)
    clear_progress()
    if as_json:
        write_json(_as_json(result, len(every), monotonic() - begun, language))
    else:
        write_text(core_text(result, total=len(every), language=language))
    done = len(result.settled)
    if done < len(mutants):
        write_error(_CANCELLED.text(language, done=done, total=len(mutants)))
        sys.exit(INTERRUPTED)
    if len(result.unnoticed) > (1 - WANTED_SHARE) * (done - len(result.explained)):
        sys.exit(NOT_AS_IT_SHOULD_BE)


def _try(
    run: CoreRun,
    mutants: "list[CoreMutant]",
    kept: "KeptFates",
    *,
    language: Language,
    cancelled: Callable[[], bool],
) -> "CoreResult":
    """Try the claims and keys, then the tests where they are asked for."""
    from studytool.verification.core_result import CoreResult
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
    result = CoreResult(tuple(trial.run(mutants)))
    if not run.with_tests:
        return result
    fates = try_tests(
        [one.mutant for one in result.unnoticed],
        jobs=run.jobs,
        kept=kept,
        progress=lambda done, total: teller.tell(trying_tests_text(done, total, language)),
        cancelled=cancelled,
    )
    return result.with_tests(fates)


def _as_json(
    result: "CoreResult", total: int, seconds: float, language: Language
) -> VerifyCoreJson:
    from studytool.wording.core_reasons import CORE_REASONS

    return {
        "places": total,
        "tried": len(result.settled),
        "noticed": result.by_claims + result.by_tests,
        "by_tests": result.by_tests,
        "explained": len(result.explained),
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
        "seconds": round(seconds, 1),
    }


def _change(mutant: "CoreMutant") -> ChangeJson:
    return {
        "file": f"studytool/numerics/{mutant.module}.py",
        "line": mutant.lines[0],
        "change": mutant.place,
    }
