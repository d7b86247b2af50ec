"""The steps of one computation: each is admitted first, finite, and its operands are freed."""

from collections.abc import Callable, Mapping
from math import isfinite

import numpy as np

from studytool.errors import FormulaError, FormulaSizeError
from studytool.formula import refusals
from studytool.formula.budget import Budget
from studytool.formula.computing import misfit, reason, reason_of
from studytool.numerics.arrays import Operand


class ComputedSteps:
    """What one computation has used of its budget; the arrays of ``scope`` are not its own.

    Attributes:
        budget: what it may still use.
    """

    def __init__(self, scope: Mapping[str, Operand], budget: Budget) -> None:
        self.budget = budget
        self._scope = scope

    def elementwise(
        self,
        apply: Callable[..., Operand],
        operands: list[Operand],
        *,
        cost: float,
        name: str,
        column: int,
        scratch: float = 0,
    ) -> Operand:
        """Compute an elementwise result, and free its operands."""
        result = self.broadcast(
            apply, operands, cost=cost, name=name, column=column, scratch=scratch
        )
        self.free(operands)
        return result

    def broadcast(
        self,
        apply: Callable[..., Operand],
        operands: list[Operand],
        *,
        name: str,
        column: int,
        cost: float = 1,
        scratch: float = 0,
    ) -> Operand:
        """Compute an elementwise result, admitted by its broadcast shape first."""
        shape: tuple[int, ...] = ()
        for operand in operands:
            if isinstance(operand, np.ndarray):
                shape = _broadcast_shape(operands, name, column)
                break
        self.budget.take(shape, cost=cost, column=column, scratch=scratch)
        return self.compute(lambda: apply(*operands), name=name, column=column)

    def compute(self, computation: Callable[[], Operand], *, name: str, column: int) -> Operand:
        """Return what a computation gives, once it is finite, and count its bytes as alive."""
        try:
            made = computation()
            if isinstance(made, float) and isfinite(made):
                return float(made)  # the usual case, without an array around one number
            result = np.asarray(made, dtype=np.float64)
        except MemoryError:
            raise FormulaSizeError(refusals.NO_MEMORY_LEFT, column, name=name) from None
        except (ArithmeticError, ValueError, TypeError, IndexError) as error:
            raise FormulaError(reason(error, name), column, name=name) from None
        if not np.isfinite(result).all():
            raise FormulaError(reason_of(result, name), column, name=name)
        self.budget.alive += result.nbytes
        return result if result.ndim else float(result)

    def free(self, operands: list[Operand]) -> None:
        """Subtract intermediates from the bytes alive; arrays with a name were never counted."""
        for operand in operands:
            if isinstance(operand, np.ndarray):
                named = any(operand is kept for kept in self._scope.values())
                self.budget.alive -= 0 if named else operand.nbytes


def _broadcast_shape(operands: list[Operand], name: str, column: int) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(*(np.shape(operand) for operand in operands))
    except ValueError:
        raise misfit(name, operands, column) from None
