"""Refusals while a formula is computed: parameters of a law, shapes, what NumPy would not do."""

from collections.abc import Sequence

import numpy as np

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.tree import Call
from studytool.language import Phrase
from studytool.numerics.arrays import Operand


def refuse_parameters(node: Call, operands: Sequence[Operand]) -> None:
    """Refuse what a distribution does not allow, naming the call."""
    if not operands:
        return
    low, high = operands[0], operands[-1]
    is_refused = {
        "normal": np.any(np.less(high, 0)),
        "uniform": np.any(np.greater(low, high)),
        "bernoulli": np.any(np.less(low, 0)) or np.any(np.greater(low, 1)),
        "exponential": np.any(np.less(low, 0)),
        "choice": np.ndim(low) > 0 or low < 1 or low % 1 != 0,
    }
    if is_refused[node.function]:
        why = refusals.PARAMETERS[node.function]
        raise FormulaError(why, node.column, name=node.function)


def is_share(value: Operand) -> bool:
    """Tell whether a value is one number in [0, 1]: several would make a larger array."""
    return np.ndim(value) == 0 and bool(0 <= value <= 1)


def misfit(name: str, operands: Sequence[Operand], column: int) -> FormulaError:
    """Return the refusal of shapes that do not fit each other."""
    shapes = ", ".join(str(list(np.shape(operand))) for operand in operands)
    return FormulaError(refusals.SHAPES_DO_NOT_FIT, column, name=name, shapes=shapes)


def reason(error: Exception) -> Phrase:
    """Return the reason behind an error of NumPy or of the math module."""
    text = str(error)
    if isinstance(error, ZeroDivisionError) or "divide" in text:
        return refusals.ZERO
    if isinstance(error, OverflowError) or "overflow" in text:
        return refusals.TOO_LARGE
    return (
        refusals.NOT_DEFINED if isinstance(error, FloatingPointError) else refusals.OUTSIDE_DOMAIN
    )
