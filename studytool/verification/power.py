"""The power of a pack's checks: whether they would notice formulas that were written wrongly.

Each value check and each key is estimated once; every mutant of its formula is then judged against
those estimates. A mutant of a formula within a check is tried by that check, a mutant of a pack's
own experiment by all that measures it. One survives if it would be accepted under every condition. One
that gives the same numbers whatever its names stand for says the same thing in other words: it is
equivalent, and not counted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from studytool.errors import Cancelled, StudytoolError
from studytool.formula.bindings import evaluate_let
from studytool.formula.evaluate import evaluate_number
from studytool.formula.mutants import mutants
from studytool.formula.parse import Formula, parse_once
from studytool.numerics.arrays import Operand
from studytool.numerics.estimate import Estimate
from studytool.numerics.measure import never
from studytool.numerics.streams import stream
from studytool.packs.claims import Claim, ValueCheck
from studytool.packs.evidence import Verdict
from studytool.packs.items import Item, Numeric
from studytool.packs.pack import Pack
from studytool.packs.scope import scope_of
from studytool.verification.check_mutants import check_trials, has_check_formulas
from studytool.verification.claims import tolerances_of, try_claim
from studytool.verification.experiment_mutants import experiment_uses
from studytool.verification.keys import covering_draws, key_tolerances, trace_of, try_draw
from studytool.verification.known_findings import content_key
from studytool.verification.mutant_trial import Fate, MutantTrial
from studytool.verification.rule import judge, predict
from studytool.verification.tasks import VerificationTask
from studytool.verification.trial import Trial

FormulaScope = Mapping[str, Operand]


@dataclass(frozen=True, slots=True)
class Condition:
    """Numbers that a formula's names stand for, and what the simulation estimated for them."""

    scope: FormulaScope
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class CheckedFormula:
    """A formula with the estimates that it was checked against.

    Attributes:
        of: id of the claim or item.
        rtol, atol: the check's tolerance.
        value: from a formula in its place and a scope to the number that is checked.
    """

    of: str
    formula: Formula
    conditions: Sequence[Condition]
    rtol: float
    atol: float
    value: Callable[[Formula, FormulaScope], float] = evaluate_number

    def accepts(self, altered: Formula) -> bool:
        """Tell whether the check would hold with another formula in its place."""
        for condition in self.conditions:
            try:
                number = self.value(altered, condition.scope)
            except StudytoolError:
                return False
            predicted = predict(number, rtol=self.rtol, atol=self.atol)
            if judge(condition.estimate, predicted) is not Verdict.HOLDS:
                return False
        return True

    def means_the_same(self, altered: Formula) -> bool:
        """Tell whether both formulas agree wherever both can be computed, near the conditions."""
        rng = stream("mutant", self.formula.text)
        compared = 0
        for point in range(_POINTS):
            near = self.conditions[point % len(self.conditions)].scope
            spread = point // len(self.conditions) / _POINTS  # first the conditions themselves
            factors = 1 + spread * rng.uniform(-1, 1, len(near))
            pairs = zip(near.items(), factors, strict=True)
            scope = {name: x * float(factor) for (name, x), factor in pairs}
            try:
                expected = self.value(self.formula, scope)
                found = self.value(altered, scope)
            except StudytoolError:
                continue
            if abs(found - expected) > 1e-9 * max(abs(expected), abs(found)):
                return False
            compared += 1
        return compared > 0


_POINTS = 40
"""Points at which a mutant is compared with its original."""


@dataclass(frozen=True, slots=True)
class Power:
    """Every mutant of a pack, each with its fate."""

    trials: tuple[MutantTrial, ...]

    def count(self, fate: Fate) -> int:
        """Count the mutants of formulas for numbers with a fate."""
        return sum(trial.fate is fate and not trial.is_line for trial in self.trials)

    def count_lines(self, fate: Fate) -> int:
        """Count the moved lines between outcomes, and margins, with a fate.

        They are not held to a share: where the numbers lie far from a line, many places of it are
        right.
        """
        return sum(trial.fate is fate and trial.is_line for trial in self.trials)

    @property
    def survivors(self) -> list[MutantTrial]:
        """Return the mutants that nothing noticed."""
        return [trial for trial in self.trials if trial.fate is Fate.SURVIVED]

    @property
    def share_noticed(self) -> float:
        """Return the share of mutants noticed, of those that are not equivalent; NaN of none."""
        told = self.count(Fate.NOTICED) + self.count(Fate.SURVIVED)
        return self.count(Fate.NOTICED) / told if told else float("nan")


@dataclass(frozen=True, slots=True)
class KnownMutants:
    """The mutants that earlier runs tried of each claim, item and experiment of a pack.

    Attributes:
        context: what all fates depend on: the program and its libraries.
        by_name: a digest of all that the fates depend on, and the mutants; by part and id, as
            ``claims/ID``.
    """

    context: str = ""
    by_name: dict[str, tuple[str, tuple[MutantTrial, ...]]] = field(default_factory=dict)

    def key_of(self, name: str) -> str:
        """Return the digest of what was tried under a name; empty where nothing was."""
        return self.by_name.get(name, ("", ()))[0]


def try_power(
    pack: Pack,
    *,
    seed: int = 0,
    known: KnownMutants | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = never,
) -> Power:
    """Try the mutants of every check, key that is a formula, and experiment of a pack.

    Args:
        pack: what to try.
        seed: of the simulations, as in ``verify``.
        known: what earlier runs tried; it is taken as it is where nothing that it depends on has
            changed, and what this run tries is added to it.
        progress: told how much is done, of how much: claims, items, and mutants of experiments.
        cancelled: asked between them, and between batches of replicates.

    Raises:
        Cancelled: it was.
    """
    before = KnownMutants() if known is None else known
    parts = _with_checks(pack)
    uses = {one: one.key(before.context) for one in experiment_uses(pack, seed)}
    changed = [use for use, key in uses.items() if before.key_of(use.name) != key]
    steps = _Steps(len(parts) + sum(len(use.mutants) for use in changed), progress, cancelled)
    trials: list[MutantTrial] = []
    for what in parts:
        steps.begin()
        task = VerificationTask(pack.id, what, seed)
        key = content_key(before.context, task)
        if before.key_of(task.name) != key:
            checked = _checked(task, cancelled)
            fates = [trial for one in checked for trial in _trials(one)]
            fates += check_trials(task, cancelled)
            before.by_name[task.name] = (key, tuple(fates))
        trials += before.by_name[task.name][1]
    for use, key in uses.items():
        if use in changed:
            before.by_name[use.name] = (key, tuple(use.trials(steps.begin, cancelled)))
        trials += before.by_name[use.name][1]
    return Power(tuple(trials))


def checked_formulas(pack: Pack, *, seed: int = 0) -> Iterator[CheckedFormula]:
    """Simulate every value check and key of a pack; arguments as for :func:`try_power`.

    A check that does not hold as it is, which ``verify`` says, is left out.
    """
    for what in _with_checks(pack):
        yield from _checked(VerificationTask(pack.id, what, seed), never)


@dataclass(slots=True)
class _Steps:
    """The steps of a run, each told as it begins."""

    total: int
    progress: Callable[[int, int], None]
    cancelled: Callable[[], bool]
    _done: int = 0

    def begin(self) -> None:
        """Tell how many are done, and begin the next, unless the run is cancelled."""
        self.progress(self._done, self.total)
        if self.cancelled():
            raise Cancelled
        self._done += 1


def _with_checks(pack: Pack) -> list[Claim | Item]:
    """Return what has checks or a key to alter."""
    return [
        *(claim for claim in pack.claims if claim.checks),
        *(item for item in pack.items if isinstance(item, Numeric) or has_check_formulas(item)),
    ]


def _checked(task: VerificationTask, cancelled: Callable[[], bool]) -> Iterator[CheckedFormula]:
    """Simulate the checks of a claim or key; those that hold as they are."""
    what = task.what
    trial = Trial((task.pack, what.id, what.revision), seed=task.seed, cancelled=cancelled)
    found: Iterator[CheckedFormula] = iter(())
    if isinstance(what, Claim):
        found = _of_claim(trial, what)
    elif isinstance(what, Numeric):
        found = _of_key(trial, what)
    yield from (one for one in found if one.conditions and one.accepts(one.formula))


def _of_claim(trial: Trial, claim: Claim) -> Iterator[CheckedFormula]:
    for check in claim.checks:
        if not isinstance(check, ValueCheck):
            continue
        trial.measured.clear()
        try_claim(trial, claim.model_copy(update={"checks": [check]}))
        if len(trial.measured) == len(check.given):
            pairs = zip(check.given, trial.measured, strict=True)
            conditions = [Condition(given, found.estimate) for given, found in pairs]
            expect = parse_once(check.expect)
            yield CheckedFormula(claim.id, expect, conditions, *tolerances_of(check))


def _of_key(trial: Trial, item: Numeric) -> Iterator[CheckedFormula]:
    """Return the key's formula, and each ``let`` that it is built from."""
    if item.answer.formula is None:
        return
    conditions: list[Condition] = []
    scoped: list[Condition] = []
    for number, drawn in enumerate(covering_draws(trial, item)):
        with trial.problems_of(drawn):
            try_draw(trial, item, drawn, number, trace=trace_of(item, [drawn]))
            estimate = trial.measured[-1].estimate
            conditions.append(Condition(drawn, estimate))
            scoped.append(Condition(scope_of(item, drawn), estimate))
    let = {name: parse_once(text) for name, text in item.let.items()}
    rtol, atol = key_tolerances(item)
    key = parse_once(item.answer.formula)
    yield CheckedFormula(item.id, key, scoped, rtol, atol)
    for name in sorted(key.names & set(let)):

        def through(altered: Formula, scope: FormulaScope, name: str = name) -> float:
            return evaluate_number(key, evaluate_let({**let, name: altered}, scope))

        yield CheckedFormula(item.id, let[name], conditions, rtol, atol, through)


def _trials(checked: CheckedFormula) -> Iterator[MutantTrial]:
    for mutant in mutants(checked.formula):
        if checked.means_the_same(mutant.formula):
            fate = Fate.EQUIVALENT
        else:
            fate = Fate.SURVIVED if checked.accepts(mutant.formula) else Fate.NOTICED
        yield MutantTrial(checked.of, checked.formula.text, mutant.column, mutant.change, fate)
