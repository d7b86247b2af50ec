"""A formula's values at many points at once, with each draw as one more unknown.

Two formulas that agree at random points to twelve digits are one formula in other words: whatever
way it was rearranged, renamed or hidden in a ``let``. A draw stands for a number like any other,
so what stays equal to a key whatever that number is does not depend on the draw.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

import numpy as np

from studytool.errors import FormulaError
from studytool.formula.bindings import resolve_order
from studytool.formula.functions import (
    BINARY,
    CONSTANTS,
    UNARY,
    function_of,
)
from studytool.formula.kinds import Draw, Elementwise, Product, Reduction
from studytool.formula.parse import Formula
from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)
from studytool.numerics.arrays import Array, Flags
from studytool.numerics.streams import stream

REPLICATES = 64.0
"""What ``reps`` stands for at every point."""
RELATIVE = 1e-12
"""How far two values of one formula may be apart: rounding, in another order."""
NEAR = 0.05
"""The widest relative tolerance of a check that gives no reason for a wider one."""
VARIES = 1.2
"""How many times its smallest size a key must reach, that nearness to it be no chance."""
FEWEST_POINTS = 8
MOST_APART = 0.25
"""The share of points at which rounding may have eaten the agreement."""


@dataclass(frozen=True, slots=True)
class Values:
    """A part of a formula at every point, NaN where it has no value.

    Attributes:
        draws: whether it depends on a draw.
    """

    at: Array
    draws: bool = False


@dataclass(slots=True)
class Points:
    """The points at which formulas are computed: for each name its values there, shape (points,).

    Attributes:
        let: formulas with a name, each with a tree of its own; they may draw.
        by_law: whether two draws of one law stand for the same number, whatever their names are.
    """

    names: Mapping[str, Array]
    let: Mapping[str, Formula] = field(default_factory=dict)
    by_law: bool = False
    _known: dict[int, tuple[FormulaNode, Values]] = field(default_factory=dict)
    _bound: dict[str, Values] = field(default_factory=dict)
    _number: "count[int]" = field(default_factory=count)

    @property
    def size(self) -> int:
        """Return the number of points."""
        return len(next(iter(self.names.values()), np.empty(2 * FEWEST_POINTS)))

    def of(self, node: FormulaNode) -> Values:
        """Compute a part of a formula, each part once: a draw is the same wherever it is used."""
        if id(node) not in self._known:
            with np.errstate(all="ignore"):
                self._known[id(node)] = (node, self._compute(node))
        return self._known[id(node)][1]

    def _compute(self, node: FormulaNode) -> Values:
        match node:
            case Constant(value=value):
                return self._constant(value)
            case Name(name=name):
                return self._named(name)
            case Operation(operator=operator, operands=operands):
                apply = UNARY[operator] if len(operands) == 1 else BINARY[operator][0]
                return self._applied(apply, [self.of(one) for one in operands])
            case Comparison():
                return self._comparison(node)
            case Conditional():
                chosen = (node.condition, node.then, node.otherwise)
                return self._applied(_choose, [self.of(one) for one in chosen])
            case Call():
                return self._call(node)

    def _constant(self, value: float) -> Values:
        return Values(np.full(self.size, value))

    def _named(self, name: str) -> Values:
        if name in self.names:
            return Values(self.names[name])
        if name in self.let:
            if not self._bound:
                self._bind()
            return self._bound[name]
        return self._constant({**CONSTANTS, "reps": REPLICATES}.get(name, np.nan))

    def _bind(self) -> None:
        """Compute the names of ``let``, each after those that it needs; a circle has no values."""
        self._bound.update(dict.fromkeys(self.let, self._constant(np.nan)))
        try:
            order = resolve_order(self.let)
        except FormulaError:
            return
        for name in order:
            self._bound[name] = self.of(self.let[name].tree)

    def _comparison(self, node: Comparison) -> Values:
        operands = [self.of(node.first), *(self.of(operand) for _, operand in node.rest)]
        holds = self._constant(1.0)
        for (operator, _), left, right in zip(node.rest, operands, operands[1:], strict=False):
            both = self._applied(BINARY[operator][0], [left, right])
            holds = self._applied(np.multiply, [holds, both])
        return holds

    def _call(self, node: Call) -> Values:
        function = function_of(node)
        operands = [self.of(argument) for argument in node.arguments]
        match function:
            case Elementwise():
                return self._applied(function.apply, operands)
            case Reduction() if len(operands) > 1 and function.arguments[-1] == "...":
                return self._applied(function.apply, operands)
            case Reduction() if not any(one.draws for one in operands):
                return self._applied(_one_by_one(function.apply), operands)
            case Reduction() | Product():
                return Values(_unknown(node.function, operands, self.size), draws=True)
            case Draw():
                number = () if self.by_law else (next(self._number),)
                return Values(_unknown((node.function, *number), operands, self.size), draws=True)

    def _applied(self, apply: Callable[..., object], operands: list[Values]) -> Values:
        try:
            found = apply(*(operand.at for operand in operands))
            at = np.broadcast_to(np.asarray(found, dtype=np.float64), self.size)
        except (ArithmeticError, ValueError, TypeError):
            at = np.full(self.size, np.nan)
        return Values(at, any(operand.draws for operand in operands))


def _choose(condition: Array, then: Array, otherwise: Array) -> Array:
    chosen: Array = np.where(condition != 0, then, otherwise)
    return chosen


def _one_by_one(apply: Callable[..., object]) -> Callable[..., list[object]]:
    """Let a reduction see one number at each point."""
    return lambda *operands: [apply(*point) for point in zip(*operands, strict=True)]


def _unknown(name: object, operands: list[Values], size: int) -> Array:
    """Return numbers in (1, 2) that a name and its operands fix, and that no formula would give.

    They change smoothly with the operands, so that rounding does not make them others.
    """
    weights = _weights(name, len(operands) + 2, size)
    angle: Array = 7 * weights[0]
    for weight, operand in zip(weights[1:], operands, strict=False):
        angle = angle + weight * np.arctan(operand.at)
    unknown: Array = 1.5 + 0.45 * np.sin(angle)
    return unknown


@lru_cache(maxsize=1_024)
def _weights(name: object, count: int, size: int) -> Array:
    """Return the weights of an unknown number, shape (count, size), in [1, 3)."""
    weights = stream("unknown", name).uniform(1, 3, (count, size))
    weights.flags.writeable = False
    return weights


def agree(one: Array, other: Array) -> bool:
    """Tell whether two formulas are one: equal at eight points or more, wherever both are numbers.

    >>> x = np.linspace(0.5, 2, 16)
    >>> agree((1 + x) ** 2, 1 + 2 * x + x * x), agree(x, x * (1 + 1e-9)), agree(x[:7], x[:7])
    (True, False, False)
    """
    both: Flags = np.isfinite(one) & np.isfinite(other)
    if both.sum() < FEWEST_POINTS:
        return False
    one, other = one[both], other[both]
    apart = np.abs(one - other) > RELATIVE * np.maximum(np.abs(one), np.abs(other))
    return bool(apart.mean() <= MOST_APART)


def is_near(one: Array, key: Array) -> bool:
    """Tell a formula that a check's tolerance could not tell from a key that varies.

    >>> key = np.linspace(1, 2, 16)
    >>> is_near(1.02 * key, key), is_near(1.1 * key, key), is_near(key, np.ones(16))
    (True, False, False)
    """
    both: Flags = np.isfinite(one) & np.isfinite(key)
    sizes = np.abs(key[both])
    if both.sum() < FEWEST_POINTS or sizes.max() <= VARIES * sizes.min():
        return False
    apart = np.abs(one - key)[both] > NEAR * sizes
    return bool(apart.mean() <= MOST_APART)


def is_constant(values: Array) -> bool:
    """Tell whether a formula gives one number wherever it gives any."""
    numbers = values[np.isfinite(values)]
    return not len(numbers) or agree(
        np.resize(numbers, FEWEST_POINTS), np.full(FEWEST_POINTS, numbers[0])
    )
