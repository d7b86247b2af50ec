"""Ask what a sampled formula makes of draws so rare that a sample seldom has them.

Each replicate is computed twice with the same draws, but for one element of one draw, which is then
a value of a chance spread evenly over its logarithm. The difference, weighted by that chance, adds
up to what all such values add to a mean: a spike of a chance of one in a million is met in half of
the replicates. Source of the weights: importance sampling, Owen 2013, Monte Carlo theory, methods
and examples, chapter 9.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from studytool.errors import FormulaError, FormulaSizeError
from studytool.formula.bindings import resolve_order
from studytool.formula.budget import Budget
from studytool.formula.evaluate import Evaluation
from studytool.formula.functions import CONSTANTS
from studytool.formula.kinds import Draw
from studytool.formula.parse import Formula
from studytool.formula.rare_draws import LAWS, rare_values
from studytool.formula.simulation import FormulaRun, FormulaSimulation
from studytool.formula.tree import Call
from studytool.numerics.arrays import Array, Operand
from studytool.numerics.streams import Rng, stream

ROWS = 1_021
FEWER_ROWS = 67
"""Replicates of a scan, and of one whose arrays would be too large; primes, so that an axis of so
many is that of the replicates."""
LEAST_CHANCES = (1e-16, 1e-12, 1e-9, 1e-6)
"""The rarest values tried; where a formula cannot be computed there, the next."""
_SIDES = 4
"""Where a value is rare: at the least and the greatest, and next to the middle, on either side."""


_Whole = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Scan:
    """A sample with usual draws, and with a rare one in each replicate.

    Attributes:
        usual, changed: a column for each formula, shape (rows, formulas).
        chances: how often a replicate has a value that is as rare, shape (rows,).
        weights: over the rows they make a sum of differences the mean's, shape (rows,).
    """

    usual: Array
    changed: Array
    chances: Array
    weights: Array


class ChangedDraws(Protocol):
    """Draws that are put in the place of a computation's own, each in its turn."""

    @property
    def name(self) -> tuple[object, ...]:
        """Return what names their streams."""

    @property
    def rows(self) -> int:
        """Return how many replicates there are."""

    def next_stream(self) -> Rng:
        """Return the stream of the draw that comes next."""

    def change(self, law: str, drawn: Array, parameters: list[Operand]) -> None:
        """Change what was drawn, in its place."""


class Scanned(Protocol):
    """What is scanned: formulas, or a simulation in formulas."""

    @property
    def name(self) -> tuple[object, ...]:
        """Return what names its draws."""

    def columns(self, draws: ChangedDraws) -> Array | None:
        """Compute its values, shape (rows, values); None where they give no column."""


def scan_rare_draws(scanned: Scanned, *, most: float) -> Scan | None:
    """Scan for draws of a chance up to ``most`` in a replicate; None without any.

    Raises:
        FormulaError: it cannot be computed with usual draws.
    """
    try:
        return _scan(scanned, ROWS, most)
    except FormulaSizeError:
        return _scan(scanned, FEWER_ROWS, most)


def _scan(scanned: Scanned, rows: int, most: float) -> Scan | None:
    """Scan so many replicates."""
    name = ("rare draws", *scanned.name)
    drawn = RareDraws(name, rows)
    usual = scanned.columns(drawn)
    if usual is None or not any(drawn.sizes):
        return None
    for least in LEAST_CHANCES:
        plan = _Plan.make(stream(*name, least), drawn, least=least, most=most)
        try:
            changed = scanned.columns(RareDraws(name, rows, plan))
        except FormulaError:
            continue
        if changed is not None:
            return Scan(usual, changed, plan.chances, plan.weights)
    return None


@dataclass(frozen=True, slots=True)
class ScannedFormulas:
    """Formulas, the ``let`` that they share, and the numbers in scope."""

    formulas: Sequence[Formula]
    let: Mapping[str, Formula]
    numbers: Mapping[str, float]

    @property
    def name(self) -> tuple[object, ...]:
        """Return their texts."""
        return tuple(one.text for one in self.formulas)

    def columns(self, draws: ChangedDraws) -> Array | None:
        """Compute the formulas, shape (rows, formulas); None where they give no column."""
        budget, rows = Budget(), draws.rows
        scope: dict[str, Operand] = {**CONSTANTS, **self.numbers, "reps": float(rows)}
        for name in resolve_order(self.let):
            scope[name] = _Changed(scope, draws, budget).whole(self.let[name])
        columns = [_Changed(scope, draws, budget).whole(one) for one in self.formulas]
        if any(np.shape(column) not in ((), (rows,)) for column in columns):
            return None
        return np.stack([np.broadcast_to(column, (rows,)) for column in columns], axis=1)


@dataclass(frozen=True, slots=True)
class ScannedSimulation:
    """A measured value of a simulation, with its parameters."""

    simulation: FormulaSimulation
    measured: str
    parameters: Mapping[str, float]

    @property
    def name(self) -> tuple[object, ...]:
        """Return the texts of what is measured and of its steps."""
        one, steps = self.simulation.measure[self.measured], self.simulation.step.values()
        return (one.value.text, *(step.text for step in steps))

    def columns(self, draws: ChangedDraws) -> Array | None:
        """Compute what is measured, shape (rows, 1), of a ratio (rows, 2)."""
        run = _ChangedRun(self.simulation, stream(*draws.name), draws.rows, self.parameters)
        run.draws = draws
        measured = run.whole()[self.measured]
        return measured.reshape(draws.rows, -1)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The draw, its element, side and quantile that each replicate gets instead of its own."""

    draw: _Whole
    element: _Whole
    is_high: Array
    quantiles: Array
    chances: Array
    weights: Array

    @classmethod
    def make(cls, rng: Rng, drawn: "RareDraws", *, least: float, most: float) -> "_Plan":
        """Choose evenly among the draws, among the elements of each, and among the sides."""
        rows, places = drawn.rows, np.flatnonzero(drawn.sizes)
        chosen = rng.choice(places, rows)
        size = np.array(drawn.sizes, dtype=np.float64)[chosen]
        element = np.floor(rng.random(rows) * size).astype(np.intp)
        span = np.maximum(np.log(most / size) - log(least), 0)
        chances = np.exp(log(least) + rng.random(rows) * span)
        weights = chances * span * size * (places.size * _SIDES / rows)
        is_high, is_middle = rng.random((2, rows)) < 0.5
        quantiles = np.where(is_middle, (1 - chances) / 2, chances)
        weights = np.where(is_middle, weights / 2, weights)
        return cls(chosen, element, is_high, quantiles, chances * size, weights)


@dataclass(slots=True)
class RareDraws:
    """The draws of one computation in their order, each from a stream of its own.

    Attributes:
        sizes: how many elements each has in a replicate; 0 of one without rare values.
    """

    name: tuple[object, ...]
    rows: int
    plan: _Plan | None = None
    sizes: list[int] = field(default_factory=list)

    def next_stream(self) -> Rng:
        """Return the stream of the draw that comes next."""
        return stream(*self.name, len(self.sizes))

    def change(self, law: str, drawn: Array, parameters: list[Operand]) -> None:
        """Count a draw, and put the rare values of a plan in their places."""
        axes = [axis for axis, size in enumerate(drawn.shape) if size == self.rows]
        is_tried = len(axes) == 1 and law in LAWS
        if is_tried and self.plan is not None:
            at = np.flatnonzero(self.plan.draw == len(self.sizes))
            elements = np.moveaxis(drawn, axes[0], 0)
            place = _places(at, self.plan.element[at], elements.shape[1:])
            given = [np.broadcast_to(one, drawn.shape) for one in parameters]
            elements[place] = rare_values(
                law,
                self.plan.is_high[at],
                self.plan.quantiles[at],
                [np.moveaxis(one, axes[0], 0)[place] for one in given],
            )
        self.sizes.append(drawn.size // self.rows if is_tried else 0)


def _places(rows: _Whole, elements: _Whole, shape: tuple[int, ...]) -> tuple[_Whole, ...]:
    """Return the places of elements that are numbered in each row, which has a shape."""
    return (rows, *np.unravel_index(elements, shape)) if shape else (rows,)


class _Changed(Evaluation):
    """A computation whose draws are counted and changed."""

    def __init__(self, scope: Mapping[str, Operand], draws: ChangedDraws, budget: Budget) -> None:
        super().__init__(scope, None, budget)
        self._draws = draws

    def _draw(self, function: Draw, node: Call, operands: list[Operand]) -> Operand:
        self._rng = self._draws.next_stream()
        drawn = super()._draw(function, node, operands)
        if isinstance(drawn, np.ndarray):
            self._draws.change(node.function, drawn, operands)
        return drawn


class _ChangedRun(FormulaRun):
    """A run whose draws are counted and changed."""

    draws: ChangedDraws

    def drawn(self, formula: Formula, scope: Mapping[str, Operand], budget: Budget) -> Operand:
        """Compute what depends on draws."""
        names = {**CONSTANTS, **scope, "reps": float(self.draws.rows)}
        return _Changed(names, self.draws, budget).whole(formula)
