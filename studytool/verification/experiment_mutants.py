"""Alter the experiments of a pack: some claim or key that measures one must notice.

A mutant is put in the place of its experiment in everything that measures it. It is noticed where
a claim or key that held no longer does. Of those that nothing notices, one that measures the same
over the range of the parameters, from the same draws, is equivalent. By steps an experiment only
comes near to its numbers: there the same is what the tightest tolerance of its checks allows.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np

from studytool.errors import StudytoolError
from studytool.formula.mutants import mutants
from studytool.formula.parse import parse_once
from studytool.formula.simulation import FormulaSimulation
from studytool.formula.written import text_of
from studytool.numerics.arrays import Array
from studytool.numerics.streams import stream
from studytool.packs.altered_experiments import (
    formulas_of,
    measures,
    with_experiment,
    with_formula,
)
from studytool.packs.claims import Claim, ValueCheck
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.packs.experiments import IntegerRange, LogRange, PackExperiment
from studytool.packs.items import Item, Numeric
from studytool.packs.own_experiments import simulation_of
from studytool.packs.pack import Pack
from studytool.verification.claims import tolerances_of
from studytool.verification.keys import key_tolerances
from studytool.verification.known_findings import content_key
from studytool.verification.mutant_trial import Fate, MutantTrial
from studytool.verification.rule import EXACT_RELATIVE
from studytool.verification.tasks import VerificationTask, run_task

_POINTS = 8
"""Parameters at which a mutant is compared with its original; the defaults are the first."""
_REPLICATES = 16


class ExperimentUse:
    """An experiment of a pack, its mutants, and the claims and keys that measure it.

    Attributes:
        given: the experiment.
        tasks: what measures it.
        mutants: by the place of the formula in it, the formula and its alteration.
    """

    def __init__(self, pack: Pack, given: PackExperiment, seed: int) -> None:
        """Find what measures an experiment of the pack; the seed is that of the simulations."""
        self.given = given
        self._name = f"{pack.id}/{given.id}"
        every = (VerificationTask(pack.id, what, seed) for what in (*pack.claims, *pack.items))
        self.tasks = [task for task in every if measures(task.what, self._name)]
        self.mutants = [
            (part, text, mutant)
            for part, text in formulas_of(given)
            for mutant in mutants(parse_once(text, draws=True))
        ]

    @property
    def name(self) -> str:
        """Name it within its pack, as ``experiments/ID``."""
        return f"experiments/{self.given.id}"

    def key(self, context: str) -> str:
        """Return a digest of all that its mutants' fates depend on; ``context`` is the program."""
        keys = (content_key(context, task) for task in self.tasks)
        text = "\0".join((context, self.given.text, *keys))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def trials(
        self, begin: Callable[[], None], cancelled: Callable[[], bool]
    ) -> Iterator[MutantTrial]:
        """Try every mutant.

        Args:
            begin: called before each.
            cancelled: asked between batches of replicates.

        Raises:
            Cancelled: it was.
        """
        holding = self._holding(cancelled)
        for part, text, mutant in self.mutants:
            begin()
            other = with_formula(self.given, part, text_of(mutant.formula.tree))
            fate = Fate.EQUIVALENT if other is None else self._fate(other, holding, cancelled)
            yield MutantTrial(self.given.id, text, mutant.column, mutant.change, fate, part)

    def _holding(self, cancelled: Callable[[], bool]) -> list[VerificationTask]:
        """Return the claims and keys that hold as they are, the quickest first."""
        found = [(run_task(task, cancelled), task) for task in self.tasks]
        holding = [(one.seconds, task) for one, task in found if one.verdict is Verdict.HOLDS]
        return [task for _, task in sorted(holding, key=lambda pair: pair[0])]

    def _fate(
        self,
        other: PackExperiment,
        holding: list[VerificationTask],
        cancelled: Callable[[], bool],
    ) -> Fate:
        for task in holding:
            altered = replace(task, what=with_experiment(task.what, self._name, other))
            if run_task(altered, cancelled).verdict is not Verdict.HOLDS:
                return Fate.NOTICED
        return Fate.EQUIVALENT if self._measures_the_same(other) else Fate.SURVIVED

    def _measures_the_same(self, other: PackExperiment) -> bool:
        """Tell whether both measure the same wherever the original can be run."""
        simulation = simulation_of(other)
        for point, expected in self._expected:
            found = _measured(simulation, point)
            if found is None or not all(
                found[name].shape == values.shape
                and np.allclose(found[name], values, rtol=self._rtol, atol=0)
                for name, values in expected.items()
            ):
                return False
        return bool(self._expected)

    @cached_property
    def _rtol(self) -> float:
        """Return by what share of a number two that count as the same may differ."""
        if self.given.repeat is None:
            return EXACT_RELATIVE
        allowed = [one for task in self.tasks for one in _relative_tolerances(task.what) if one]
        return min(allowed, default=EXACT_RELATIVE)

    @cached_property
    def _expected(self) -> list[tuple[NumbersByName, dict[str, Array]]]:
        """Return what is measured at some points, but for those where it cannot be."""
        simulation = simulation_of(self.given)
        measured = ((point, _measured(simulation, point)) for point in _points(self.given))
        return [(point, found) for point, found in measured if found is not None]


def experiment_uses(pack: Pack, seed: int) -> list[ExperimentUse]:
    """Return the experiments of a pack, each with what measures it."""
    return [ExperimentUse(pack, given, seed) for given in pack.experiments]


def _relative_tolerances(what: Claim | Item) -> Iterator[float]:
    if isinstance(what, Claim):
        checks = (check for check in what.checks if isinstance(check, ValueCheck))
        yield from (tolerances_of(check)[0] for check in checks)
    elif isinstance(what, Numeric):
        yield key_tolerances(what)[0]


def _measured(simulation: FormulaSimulation, point: NumbersByName) -> dict[str, Array] | None:
    """Measure some replicates, the same draws for all; None where it cannot be computed."""
    try:
        return simulation.simulate(stream("experiment mutant"), _REPLICATES, point)
    except StudytoolError:
        return None


def _points(given: PackExperiment) -> Iterator[NumbersByName]:
    rng = stream("experiment points", given.text)
    yield {name: float(one.default) for name, one in given.params.items()}
    for _ in range(_POINTS - 1):
        point: dict[str, float] = {}
        for name, one in given.params.items():
            low, high = one.ends
            if isinstance(one, IntegerRange):
                point[name] = float(rng.integers(int(low), int(high) + 1))
            elif isinstance(one, LogRange):
                point[name] = float(np.exp(rng.uniform(np.log(low), np.log(high))))
            else:
                point[name] = float(rng.uniform(low, high))
        yield point
