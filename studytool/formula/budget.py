"""The budget of one formula: the memory and the work that it may still use."""

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
    """What a formula may still use; ``alive`` counts the bytes of its intermediate arrays."""

    operations: float = MAX_OPERATIONS
    alive: int = 0

    def take(self, shape: tuple[int, ...], *, cost: float, column: int) -> None:
        """Admit a result of ``shape`` before it is made, or refuse it.

        Raises:
            FormulaError: too many dimensions.
            FormulaSizeError: too many elements, too much memory, too much work.
        """
        elements = 1
        for size in shape:
            elements *= size
        if len(shape) > MAX_DIMENSIONS:
            raise FormulaError(refusals.TOO_MANY_DIMENSIONS, column, most=MAX_DIMENSIONS)
        if elements > MAX_ELEMENTS:
            why = refusals.TOO_MANY_ELEMENTS
            raise FormulaSizeError(why, column, count=elements, most=MAX_ELEMENTS)
        if self.alive + 8 * elements > MAX_ALIVE_BYTES:
            megabytes = MAX_ALIVE_BYTES // 2**20
            raise FormulaSizeError(refusals.TOO_MUCH_MEMORY, column, most=megabytes)
        self.operations -= cost * elements
        if self.operations < 0:
            raise FormulaSizeError(refusals.TOO_MUCH_WORK, column, most=MAX_OPERATIONS)
