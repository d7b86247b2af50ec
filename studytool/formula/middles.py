"""A sampled formula with each draw at the mean of its law, and what one of them beside it changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from studytool.formula.scanning import Scanned
from studytool.numerics.arrays import Array, Operand
from studytool.numerics.streams import Rng, stream

_MEANS: Mapping[str, Callable[..., Operand]] = {
    "normal": lambda mean, _: mean,
    "uniform": lambda low, high: (low + high) / 2,
    "bernoulli": lambda p: p,
    "exponential": lambda mean: mean,
    "choice": lambda count: (count - 1) / 2,
    "binomial": lambda count, p: count * p,
    "poisson": lambda mean: mean,
    "geometric": lambda p: 1 / p,
    "gamma": lambda k, scale: k * scale,
}
"""Of each law but the permutations, which have no parameter."""
MOST_MOVED = 64
"""Draws that are moved, one at a time."""
_MOVE = 0.05
"""Of a draw's mean; where that is 0, the step is 1."""


@dataclass(slots=True)
class MiddleDraws:
    """Draws at the means of their laws, but for one.

    Attributes:
        moved: the number of that one; None of none.
        times: how far it is moved, in steps.
    """

    name: tuple[object, ...]
    rows: int
    moved: int | None = None
    times: float = 0.0
    count: int = field(default=0, init=False)

    def next_stream(self) -> Rng:
        """Return the stream of the draw that comes next, whose values do not count."""
        return stream(*self.name, self.count)

    def change(self, law: str, drawn: Array, parameters: list[Operand]) -> None:
        """Put the mean in the place of what was drawn."""
        if law in _MEANS:
            mean = np.asarray(_MEANS[law](*parameters))
            step = np.where(mean == 0, 1.0, _MOVE * np.abs(mean))
            drawn[...] = mean + (self.times * step if self.count == self.moved else 0.0)
        self.count += 1


@dataclass(slots=True)
class StilledDraws:
    """Usual draws, but for one, whose values are all the mean of its law.

    Attributes:
        stilled: the number of that one; None of none.
        sizes: how many elements each has in a replicate; 0 of one that replicates share.
    """

    name: tuple[object, ...]
    rows: int
    stilled: int | None = None
    sizes: list[int] = field(default_factory=list, init=False)

    def next_stream(self) -> Rng:
        """Return the stream of the draw that comes next, the same whichever is stilled."""
        return stream(*self.name, len(self.sizes))

    def change(self, law: str, drawn: Array, parameters: list[Operand]) -> None:
        """Put the mean in the place of what was drawn, where that is the one."""
        if law in _MEANS and len(self.sizes) == self.stilled:
            drawn[...] = _MEANS[law](*parameters)
        is_known = law in _MEANS and self.rows in drawn.shape
        self.sizes.append(drawn.size // self.rows if is_known else 0)


def middle_of(scanned: Scanned) -> Array | None:
    """Return the values where every draw is its mean, shape (values,).

    Raises:
        FormulaError: they cannot be computed there.
    """
    found = scanned.columns(MiddleDraws(("middle",), 2))
    return None if found is None else found[0]


def is_bent(scanned: Scanned) -> bool:
    """Tell whether a value is no straight line in some draw, about the means of all.

    Raises:
        FormulaError: it cannot be computed there.
    """
    first = MiddleDraws(("middle",), 2)
    middle = scanned.columns(first)
    if middle is None:
        return False
    for number in range(min(first.count, MOST_MOVED)):
        sides = [scanned.columns(MiddleDraws(("middle",), 2, number, one)) for one in (-1.0, 1.0)]
        if sides[0] is None or sides[1] is None:
            return False
        bend = np.abs(sides[0] + sides[1] - 2 * middle)
        moved = np.abs(sides[1] - sides[0])
        if np.any(bend > 1e-9 * np.abs(middle) + 1e-9 * moved):
            return True
    return False
