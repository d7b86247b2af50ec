"""The part of ``studytool verify`` that alters the core: ``--mutants core``."""

import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from studytool.cli.long_work import gathered_interrupts
from studytool.cli.output import (
    INTERRUPTED,
    NOT_AS_IT_SHOULD_BE,
    clear_progress,
    show_progress,
    write_error,
    write_json,
    write_text,
)
from studytool.json_output import VerifyCoreJson
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.verification.core_trial import MutantFate

WANTED_SHARE = 0.95
_CANCELLED = Phrase(
    ko="취소했습니다. 위의 것은 끝났습니다: {total}곳 가운데 {done}곳",
    en="cancelled; what is above was finished: {done} of {total}",
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


def verify_core(run: CoreRun, *, as_json: bool, language: Language) -> None:
    """Alter the core place by place, and list what nothing notices.

    The exit status is 1 where less than 95 % was noticed.
    """
    from studytool.verification.core_mutants import core_mutants, spread_over
    from studytool.verification.core_trial import try_core
    from studytool.wording.core_mutants import core_text, mutation_text

    begun = monotonic()
    every = core_mutants()
    mutants = spread_over(every, run.sample)
    with gathered_interrupts() as interrupts:
        tried = try_core(
            run.folder,
            mutants,
            seed=run.seed,
            jobs=run.jobs,
            progress=lambda progress: show_progress(mutation_text(progress, language)),
            cancelled=interrupts.came,
        )
    clear_progress()
    is_whole = len(tried) == len(mutants)
    survivors = [one for one in tried if one.noticed_by is None]
    left = _left_by_tests(survivors, run, language) if run.with_tests and is_whole else None
    if as_json:
        seconds = monotonic() - begun
        write_json(_as_json(tried, survivors if left is None else left, len(every), seconds))
    else:
        write_text(core_text(tried, survivors, left, total=len(every), language=language))
    if not is_whole:
        write_error(_CANCELLED.text(language, done=len(tried), total=len(mutants)))
        sys.exit(INTERRUPTED)
    if len(survivors if left is None else left) > (1 - WANTED_SHARE) * len(tried):
        sys.exit(NOT_AS_IT_SHOULD_BE)


def _left_by_tests(
    survivors: "list[MutantFate]", run: CoreRun, language: Language
) -> "list[MutantFate]":
    """Return what the tests do not notice either.

    Raises:
        StudytoolError: there are no tests, or they cannot be run.
    """
    from studytool.verification.core_tests import unnoticed_by_tests
    from studytool.wording.core_mutants import trying_tests_text

    show_progress(trying_tests_text(len(survivors), language))
    left = unnoticed_by_tests([one.mutant for one in survivors], jobs=run.jobs)
    clear_progress()
    return [one for one in survivors if one.mutant in left]


def _as_json(
    tried: "list[MutantFate]", left: "list[MutantFate]", total: int, seconds: float
) -> VerifyCoreJson:
    return {
        "places": total,
        "tried": len(tried),
        "noticed": sum(one.noticed_by is not None for one in tried),
        "unnoticed": [
            {
                "file": f"studytool/numerics/{one.mutant.module}.py",
                "line": one.mutant.lines[0],
                "change": one.mutant.place,
                "claims_and_keys": one.tried,
            }
            for one in left
        ],
        "seconds": round(seconds, 1),
    }
