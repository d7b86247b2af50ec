"""A simulation written in formulas: a state, the step that is repeated, and what is measured.

Each formula is computed for all replicates at once. A step computes every new value from the old
ones, so the order in which an author writes them says nothing; what else a step names helps the
others and is computed before them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from studytool.errors import FormulaError
from studytool.formula.bindings import resolve_order
from studytool.formula.budget import Budget
from studytool.formula.evaluate import evaluate, evaluate_number
from studytool.formula.parse import Formula
from studytool.formula.parts import walk
from studytool.language import Phrase
from studytool.numerics.arrays import Array, Operand
from studytool.numerics.streams import Rng

MOST_STEPS = 1_000_000
MOST_COMPUTED = 5_000_000
"""Steps, each counted for every operation and value in its formulas: some seconds of one run."""
ARRAYS_TAKE = 20
"""Times as long as single numbers, be they ever so short: 12 µs an operation, not 0.6."""

_NOT_WHOLE = Phrase(
    ko="repeat '{text}': 여기서 {value:g}입니다. 0 이상의 정수여야 합니다.",
    en="repeat '{text}' comes to {value:g} here; it must be a whole number, 0 or more",
)
_TOO_MANY = Phrase(
    ko="repeat '{text}': 여기서 {value:,.0f}번입니다. 이 step은 {most:,}번까지 되풀이할 수 있습니다.",
    en="repeat '{text}' comes to {value:,.0f} here; this step may be repeated {most:,} times",
)
_AT_STEP = Phrase(ko="{number:,}번째 step: {why}", en="step {number:,}: {why}")
_RESHAPED = Phrase(
    ko="'{name}': step마다 모양이 달라집니다({before}, 그다음 {after}). "
    "상태의 모양은 그대로여야 합니다.",
    en="'{name}' changes its shape from step to step, {before} and then {after}; "
    "a state keeps its shape",
)
_ONE_EACH = Phrase(
    ko="'{text}'의 모양은 {shape}입니다. 반복마다 수 하나, 곧 모양 [reps]여야 합니다.",
    en="'{text}' gives shape {shape}; it must give one number for each replicate: shape [reps]",
)


class SimulationError(FormulaError):
    """A formula of a simulation that cannot be computed.

    Attributes:
        part: the key that it stands under and its name: ``("step", "x")``.
    """

    def __init__(self, why: FormulaError, part: tuple[str, ...], number: int = 0) -> None:
        """Say which formula it is, and at which step."""
        told = why.why if not number else _AT_STEP.of(number=number, why=why.why)
        super().__init__(_PLAIN, why.column, why=told)
        self.part = part


_PLAIN = Phrase(ko="{why}", en="{why}")


@dataclass(frozen=True, slots=True)
class MeasuredFormula:
    """What is measured at the end: the value of each replicate and, of a ratio, what it is over."""

    value: Formula
    over: Formula | None = None


@dataclass(frozen=True)
class FormulaSimulation:
    """The formulas of a simulation, over the names of its parameters.

    Attributes:
        let: numbers that follow from the parameters.
        state: the values at first.
        step: new values of the state, and what helps to compute them.
        repeat: how many steps there are; None for none.
        measure: by name, over the state at last.
    """

    let: Mapping[str, Formula]
    state: Mapping[str, Formula]
    step: Mapping[str, Formula]
    repeat: Formula | None
    measure: Mapping[str, MeasuredFormula]
    random: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Find the names that depend on draws."""
        object.__setattr__(self, "random", _random_names(self))

    def is_random(self, name: str) -> bool:
        """Tell whether a measured quantity depends on draws; else it is one number."""
        one = self.measure[name]
        formulas = [one.value] if one.over is None else [one.value, one.over]
        return any(_draws(formula, self.random) for formula in formulas)

    def constants(self, parameters: Mapping[str, float]) -> dict[str, Operand]:
        """Return the parameters with the numbers of ``let``.

        Raises:
            SimulationError: one cannot be computed.
        """
        scope: dict[str, Operand] = dict(parameters)
        for name in resolve_order(self.let):
            try:
                scope[name] = evaluate_number(self.let[name], scope)
            except FormulaError as error:
                raise SimulationError(error, ("let", name)) from error
        return scope

    def steps(self, constants: Mapping[str, Operand]) -> int:
        """Return how many steps there are with these parameters.

        Raises:
            SimulationError: no whole number, or more than may be computed.
        """
        if self.repeat is None:
            return 0
        try:
            value = evaluate_number(self.repeat, constants)
            if value < 0 or value != int(value):
                raise FormulaError(_NOT_WHOLE, text=self.repeat.text, value=value)
            times = ARRAYS_TAKE if self.random else 1
            most = min(MOST_STEPS, MOST_COMPUTED // (times * self.nodes))
            if value > most:
                raise FormulaError(_TOO_MANY, text=self.repeat.text, value=value, most=most)
        except FormulaError as error:
            raise SimulationError(error, ("repeat",)) from error
        return int(value)

    @property
    def nodes(self) -> int:
        """Return how many operations and values the formulas of one step have."""
        counted = sum(1 for formula in self.step.values() for _ in walk(formula.tree))
        return max(1, counted)

    def simulate(self, rng: Rng, reps: int, parameters: Mapping[str, float]) -> dict[str, Array]:
        """Draw replicates of every measured quantity.

        Returns:
            By name an array of shape (reps,), of a ratio (reps, 2); where nothing is drawn (1,).

        Raises:
            SimulationError: a formula cannot be computed, is too large, or gives another shape.
        """
        return FormulaRun(self, rng, reps, parameters).whole()


class FormulaRun:
    """One run of all replicates; who counts what it takes makes its budgets.

    Attributes:
        constants: the parameters, and the numbers of ``let``.
        state: by name, as it is now.
    """

    def __init__(
        self,
        simulation: FormulaSimulation,
        rng: Rng,
        reps: int,
        parameters: Mapping[str, float],
    ) -> None:
        self.constants = simulation.constants(parameters)
        self.state: dict[str, Operand] = {}
        self._simulation, self._rng, self._reps = simulation, rng, reps
        helpers = {
            name: one for name, one in simulation.step.items() if name not in simulation.state
        }
        self._helpers = [(name, helpers[name]) for name in resolve_order(helpers)]
        self._changes = [(n, one) for n, one in simulation.step.items() if n in simulation.state]

    def whole(self) -> dict[str, Array]:
        """Take all steps and measure every quantity."""
        self.begin()
        for number in range(1, self._simulation.steps(self.constants) + 1):
            self.advance(number)
        return self.measured()

    def begin(self) -> None:
        """Compute the state at first, where each value may use those that it needs."""
        formulas = self._simulation.state
        for name in resolve_order(formulas):
            scope = {**self.constants, **self.state}
            self.state[name] = self._value(("state", name), formulas[name], scope)

    def advance(self, number: int) -> None:
        """Take a step, the ``number``-th; its shapes may differ from those of the first state."""
        scope = {**self.constants, **self.state}
        for name, formula in self._helpers:
            scope[name] = self._value(("step", name), formula, scope, number)
        new = {
            name: self._value(("step", name), formula, scope, number)
            for name, formula in self._changes
        }
        if number > 1:
            self._refuse_growth(new, number)
        self.state.update(new)

    def measured(self) -> dict[str, Array]:
        """Measure every quantity."""
        return {name: self._measured(name, one) for name, one in self._simulation.measure.items()}

    def budget(self, held: int) -> Budget:
        """Return what one formula may use, beside the bytes that are held."""
        return Budget(alive=held)

    def drawn(self, formula: Formula, scope: Mapping[str, Operand], budget: Budget) -> Operand:
        """Compute what depends on draws; who changes them overrides it."""
        return evaluate(formula, scope, rng=self._rng, reps=self._reps, budget=budget)

    def _refuse_growth(self, new: Mapping[str, Operand], number: int) -> None:
        for name, value in new.items():
            before, after = np.shape(self.state[name]), np.shape(value)
            if before != after:
                refusal = FormulaError(_RESHAPED, name=name, before=list(before), after=list(after))
                raise SimulationError(refusal, ("step", name), number)

    def _measured(self, name: str, one: MeasuredFormula) -> Array:
        scope = {**self.constants, **self.state}
        is_random = self._simulation.is_random(name)
        columns = []
        for key, formula in (("value", one.value), ("over", one.over)):
            if formula is None:
                continue
            part = ("measure", name, key)
            value = self._value(part, formula, scope)
            if is_random and np.shape(value) == ():
                value = np.full(self._reps, value)  # a side of a ratio that nothing moves
            if np.shape(value) != ((self._reps,) if is_random else ()):
                refusal = FormulaError(_ONE_EACH, text=formula.text, shape=list(np.shape(value)))
                raise SimulationError(refusal, part)
            columns.append(value)
        drawn = columns[0] if len(columns) == 1 else np.stack(columns, axis=-1)
        return np.asarray(drawn, dtype=np.float64) if is_random else np.atleast_1d(drawn)

    def _value(
        self,
        part: tuple[str, ...],
        formula: Formula,
        scope: Mapping[str, Operand],
        number: int = 0,
    ) -> Operand:
        try:
            if not _draws(formula, self._simulation.random):  # single numbers, which is quick
                return evaluate(formula, scope, budget=self.budget(0))
            held = sum(one.nbytes for one in scope.values() if isinstance(one, np.ndarray))
            return self.drawn(formula, scope, self.budget(held))
        except FormulaError as error:
            raise SimulationError(error, part, number) from error


def _draws(formula: Formula, random: frozenset[str]) -> bool:
    return formula.draws or "reps" in formula.names or not formula.names.isdisjoint(random)


def _random_names(simulation: FormulaSimulation) -> frozenset[str]:
    """Return the names of state and step that depend on draws, at first or after some steps."""
    formulas = [*simulation.state.items(), *simulation.step.items()]
    random: frozenset[str] = frozenset()
    while True:
        found = frozenset(name for name, formula in formulas if _draws(formula, random))
        if found <= random:
            return random
        random |= found
