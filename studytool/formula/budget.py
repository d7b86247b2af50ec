"""The budget of one sample: the memory and the work that its formulas may still use."""

import math
from dataclasses import dataclass

from studytool.errors import FormulaError, FormulaSizeError
from studytool.formula import refusals
from studytool.formula.limits import (
    MAX_ALIVE_BYTES,
    MAX_DIMENSIONS,
    MAX_ELEMENTS,
    MAX_OPERATIONS,
)


@dataclass(slots=True)
class Budget:
    """What a formula, and the ``let`` formulas that it needs, may still use.

    Attributes:
        operations: elements, each weighted by the cost of its function.
        alive: bytes of intermediate arrays, and of those that ``let`` has bound.
    """

    operations: float = MAX_OPERATIONS
    alive: int = 0

    def take(
        self,
        shape: tuple[int, ...],
        *,
        cost: float,
        column: int,
        work: int | None = None,
        scratch: float = 0,
    ) -> None:
        """Admit a result of ``shape`` before it is made, or refuse it.

        Args:
            shape: of the result.
            cost: weighted operations for each element.
            column: where in the formula.
            work: elements to compute; by default those of the result.
            scratch: arrays of so many elements that are made on the way and given back.

        Raises:
            FormulaError: too many dimensions.
            FormulaSizeError: too many elements, too much memory, too much work.
        """
        elements = math.prod(shape) if shape else 1
        work = elements if work is None else work
        if len(shape) > MAX_DIMENSIONS:
            raise FormulaError(refusals.TOO_MANY_DIMENSIONS, column, most=MAX_DIMENSIONS)
        if elements > MAX_ELEMENTS:
            why = refusals.TOO_MANY_ELEMENTS
            raise FormulaSizeError(why, column, count=elements, most=MAX_ELEMENTS)
        if self.alive + 8 * (elements + scratch * work) > MAX_ALIVE_BYTES:
            megabytes = MAX_ALIVE_BYTES // 2**20
            raise FormulaSizeError(refusals.TOO_MUCH_MEMORY, column, most=megabytes)
        self.operations -= cost * work
        if self.operations < 0:
            raise FormulaSizeError(refusals.TOO_MUCH_WORK, column, most=MAX_OPERATIONS)
