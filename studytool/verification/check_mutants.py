"""Alter the formulas within the checks of a pack: what tries a key must notice its own mistakes.

A mutant is put in the place of a sample, a second formula, a parameter of an experiment, a margin
or a condition of an option, and the claim or item is tried anew. It is noticed where that no longer
holds. One that gives the same numbers, near the conditions too, is equivalent: of a sample the same
statistic as far as many draws tell, since another spread of noise leaves a mean as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import hypot

from studytool.errors import StudytoolError
from studytool.formula.mutants import mutants
from studytool.formula.parse import Formula, parse_once
from studytool.formula.tree import Constant
from studytool.formula.written import text_of
from studytool.numerics.estimate import Estimate
from studytool.numerics.measure import never
from studytool.numerics.streams import stream
from studytool.packs.altered_checks import FieldPath, check_formulas, part_at, with_check_formula
from studytool.packs.claims import Claim
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.packs.items import Item
from studytool.packs.methods import Measurement, SampleCheck, SecondFormula
from studytool.packs.scope import scope_of
from studytool.quiz.compute import compute
from studytool.verification.drawn_variants import different_draws
from studytool.verification.mutant_trial import Fate, MutantTrial
from studytool.verification.sampling import make_sampler
from studytool.verification.tasks import VerificationTask, run_task
from studytool.verification.trial import Trial

_POINTS = 12
"""Points near the conditions at which a mutant that nothing noticed is compared with its original."""
_DRAWS = 65_536
_OF_AN_EXPERIMENT = 16
"""Replicates, from the same draws; an experiment may train a network in each."""
_STANDARD_ERRORS = 5.0


def has_check_formulas(what: Claim | Item) -> bool:
    """Tell whether something is tried by a formula that can be altered."""
    return any(True for _ in check_formulas(what))


def check_trials(task: VerificationTask, cancelled: Callable[[], bool]) -> Iterator[MutantTrial]:
    """Try every mutant of the formulas within the checks of a claim or item that holds as it is.

    Raises:
        Cancelled: it was.
    """
    holds: dict[object, bool] = {}
    for path, text in check_formulas(task.what):
        formula = _parsed(text)
        if formula is None or ("with_" in path and isinstance(formula.tree, Constant)):
            continue  # a number alone is a condition, and another is no mistake
        alone = _alone(task, path)
        if (check := path[:2]) not in holds:
            holds[check] = run_task(alone, cancelled).verdict is Verdict.HOLDS
        if not holds[check]:
            continue
        for mutant in mutants(formula):
            other = with_check_formula(task.what, path, text_of(mutant.formula.tree))
            fate = Fate.EQUIVALENT if other is None else _fate(task, other, path, cancelled)
            part = tuple(str(step).removesuffix("_") for step in path)  # with_ is written with
            yield MutantTrial(task.what.id, text, mutant.column, mutant.change, fate, part)


def _parsed(text: str) -> Formula | None:
    """Parse a formula; None of a plain word, which chooses among the values of a parameter."""
    try:
        return parse_once(text, draws=True)
    except StudytoolError:
        return None


def _alone(task: VerificationTask, path: FieldPath) -> VerificationTask:
    """Return the task with that one check of a claim alone which the path leads into."""
    if not isinstance(task.what, Claim) or len(task.what.checks) == 1:
        return task
    check = task.what.checks[int(path[1])]
    return replace(task, what=task.what.model_copy(update={"checks": [check]}))


def _fate(
    task: VerificationTask, other: Claim | Item, path: FieldPath, cancelled: Callable[[], bool]
) -> Fate:
    altered = _alone(replace(task, what=other), path)
    if run_task(altered, cancelled).verdict is not Verdict.HOLDS:
        return Fate.NOTICED
    return Fate.EQUIVALENT if _gives_the_same(task, other, path) else Fate.SURVIVED


def _gives_the_same(task: VerificationTask, other: Claim | Item, path: FieldPath) -> bool:
    """Tell whether both give the same wherever the original gives something."""
    compared = 0
    for scope in _near(_conditions(task, path)):
        expected = _number(task.what, path, scope)
        if expected is None:
            continue
        found = _number(other, path, scope)
        if found is None or not _agree(found, expected):
            return False
        compared += 1
    return compared > 0


def _conditions(task: VerificationTask, path: FieldPath) -> list[NumbersByName]:
    """Return the numbers under which the formula is computed."""
    if not isinstance(task.what, Claim):
        trial = Trial((task.pack, task.what.id, task.what.revision), seed=task.seed)
        return [scope_of(task.what, drawn) for drawn in different_draws(trial, task.what)]
    check = part_at(task.what, path[:2])
    grid = {name: values[0] for name, values in getattr(check, "over", {}).items()}
    return [{**given, **grid} for given in check.given]


def _near(conditions: list[NumbersByName]) -> Iterator[NumbersByName]:
    """Return the conditions, then points near them; a whole number stays one."""
    yield from conditions
    rng = stream("near the conditions of a check")
    for point in range(_POINTS):
        yield {
            name: value + float(rng.integers(1, 4))
            if float(value).is_integer()
            else value * float(rng.uniform(0.8, 1.2))
            for name, value in conditions[point % len(conditions)].items()
        }


def _agree(one: Estimate, other: Estimate) -> bool:
    spread = hypot(one.standard_error, other.standard_error)
    return abs(one.value - other.value) <= max(_STANDARD_ERRORS * spread, 1e-9 * abs(other.value))


def _number(what: Claim | Item, path: FieldPath, scope: NumbersByName) -> Estimate | None:
    """Compute what the formula at a place is a part of; None where that cannot be done."""
    method = next(
        (one for one in (part_at(what, path[:-1]), part_at(what, path[:-2])) if _is_method(one)),
        None,
    )
    try:
        if method is None:
            return Estimate(compute(part_at(what, path), scope), 0.0, 1)
        sampler = make_sampler(method, scope, name=("check mutant",), cancelled=never)
        found = sampler.draw(_DRAWS if isinstance(method, SampleCheck) else _OF_AN_EXPERIMENT)
    except StudytoolError:
        return None
    if not isinstance(method, SampleCheck):  # the same draws give the very same
        found = replace(found, standard_error=0.0)
    return found


def _is_method(part: object) -> bool:
    return isinstance(part, SampleCheck | Measurement | SecondFormula)
