"""What a simulation in formulas takes, and whether its replicates are apart, before it is run.

Two steps of a few replicates show what each further step takes, since a state keeps its shape; how
many steps there are follows from the parameters alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from studytool.errors import FormulaError
from studytool.formula.budget import Budget
from studytool.formula.limits import MAX_OPERATIONS
from studytool.formula.parse import Formula, parse_once
from studytool.formula.simulation import FormulaRun, FormulaSimulation, SimulationError
from studytool.formula.structure import MIXED_REPLICATES, SHARED_DRAW, structure_of
from studytool.numerics.arrays import Operand
from studytool.numerics.streams import stream

PROBED = 8
"""Replicates that are drawn to see what one takes."""


@dataclass(frozen=True, slots=True)
class SimulationCost:
    """What one replicate of a simulation takes.

    Attributes:
        elements: float64 numbers alive at once.
        work: weighted operations, of all steps.
    """

    elements: float
    work: float


def cost_of(simulation: FormulaSimulation, parameters: Mapping[str, float]) -> SimulationCost:
    """Run two steps of a few replicates and return what one replicate of all steps takes.

    Raises:
        SimulationError: a formula cannot be computed, takes too much, or lets replicates share
            a draw; too many steps.
    """
    run = _MeteredRun(simulation, stream("simulation cost"), PROBED, parameters)
    steps = simulation.steps(run.constants)
    run.begin()
    _refuse_joint(simulation.state, "state", run, random=simulation.random)
    first, last = run.operations, 0.0
    for number in range(1, min(steps, 2) + 1):
        before = run.operations
        run.advance(number)
        last = run.operations - before
    _refuse_joint(simulation.step, "step", run, random=simulation.random)
    before = run.operations
    run.measured()
    for name, one in simulation.measure.items():
        parts = {"value": one.value} if one.over is None else {"value": one.value, "over": one.over}
        _refuse_joint(parts, f"measure {name}", run, random=simulation.random)
    work = first + steps * last + run.operations - before
    return SimulationCost(run.most_bytes / 8 / PROBED, work / PROBED)


@dataclass(slots=True)
class _MeteredBudget(Budget):
    """A budget that keeps the most that was alive."""

    most: int = 0

    def take(
        self,
        shape: tuple[int, ...],
        *,
        cost: float,
        column: int,
        work: int | None = None,
        scratch: float = 0,
    ) -> None:
        """Admit a result, and keep what is then alive."""
        Budget.take(self, shape, cost=cost, column=column, work=work, scratch=scratch)
        elements = int(np.prod(shape)) if shape else 1
        made = elements + scratch * (elements if work is None else work)
        self.most = max(self.most, self.alive + int(8 * made))


class _MeteredRun(FormulaRun):
    """A run that counts what it takes."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type] # of a run
        self._budgets: list[_MeteredBudget] = []

    def budget(self, held: int) -> Budget:
        """Return a budget that is counted."""
        self._budgets.append(_MeteredBudget(alive=held))
        return self._budgets[-1]

    @property
    def operations(self) -> float:
        """Return the weighted operations so far."""
        return sum(MAX_OPERATIONS - one.operations for one in self._budgets)

    @property
    def most_bytes(self) -> int:
        """Return the most bytes that were alive at once."""
        return max((one.most for one in self._budgets), default=0)


def _refuse_joint(
    formulas: Mapping[str, Formula], part: str, run: FormulaRun, *, random: frozenset[str]
) -> None:
    """Refuse formulas in which replicates share a draw, or one uses the values of others.

    Raises:
        SimulationError: names the call.
    """
    stand_ins = dict(_stand_ins(run.state, random))
    for name in random - set(stand_ins):
        stand_ins[name] = parse_once("normal(0,1,[reps])", draws=True)
    numbers = {name: value for name, value in run.constants.items() if isinstance(value, float)}
    numbers |= {n: value for n, value in run.state.items() if isinstance(value, float)}
    for name, formula in formulas.items():
        own = {one: formula for one, formula in stand_ins.items() if one != name or part == "step"}
        found = structure_of(formula, own, {n: v for n, v in numbers.items() if n not in own})
        for why, calls in (
            (SHARED_DRAW, found.shared_draws),
            (MIXED_REPLICATES, found.across_replicates),
        ):
            for call in calls:
                if call.let is None:
                    refusal = FormulaError(
                        why,
                        call.column,
                        text=formula.text,
                        function=call.function,
                        column=call.column,
                    )
                    raise SimulationError(refusal, (*part.split(), name))


def _stand_ins(
    state: Mapping[str, Operand], random: frozenset[str]
) -> Iterator[tuple[str, Formula]]:
    """Return a draw of each random value's shape, its first axis that of the replicates."""
    for name, value in state.items():
        if name in random:
            sizes = ", ".join(["reps", *map(str, np.shape(value)[1:])])
            yield name, parse_once(f"normal(0,1,[{sizes}])", draws=True)
