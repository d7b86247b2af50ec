"""Refusals while a formula is computed: parameters of a law, shapes, what NumPy would not do."""

from collections.abc import Sequence

import numpy as np

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.argument_refusals import DOMAINS, PARAMETERS
from studytool.formula.tree import Call
from studytool.language import Phrase
from studytool.numerics.arrays import Array, Operand

_MOST_COUNTED = 1e15
"""Draws and trials: every whole number up to it is a float64."""
_LEAST_CHANCE = 1e-12
"""Of a success: waiting for a rarer one may take more trials than a float64 counts."""


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
        "binomial": not _is_count(low) or np.any(np.less(high, 0)) or np.any(np.greater(high, 1)),
        "poisson": np.any(np.less(low, 0)) or np.any(np.greater(low, _MOST_COUNTED)),
        "geometric": np.any(np.less(low, _LEAST_CHANCE)) or np.any(np.greater(low, 1)),
        "gamma": np.any(np.less_equal(low, 0)) or np.any(np.less(high, 0)),
    }
    if is_refused[node.function]:
        why = PARAMETERS[node.function]
        raise FormulaError(why, node.column, name=node.function)


def _is_count(value: Operand) -> bool:
    """Tell whole numbers from 0 on, so small that a float64 holds each."""
    is_within = np.greater_equal(value, 0) & np.less_equal(value, _MOST_COUNTED)
    return bool(np.all(is_within & np.equal(np.mod(value, 1), 0)))


def is_share(value: Operand) -> bool:
    """Tell whether a value is one number in [0, 1]: several would make a larger array."""
    return np.ndim(value) == 0 and bool(0 <= value <= 1)


def misfit(name: str, operands: Sequence[Operand], column: int) -> FormulaError:
    """Return the refusal of shapes that do not fit each other."""
    shapes = ", ".join(str(list(np.shape(operand))) for operand in operands)
    return FormulaError(refusals.SHAPES_DO_NOT_FIT, column, name=name, shapes=shapes)


def reason(error: Exception, name: str) -> Phrase:
    """Return the reason behind an error of NumPy or of the math module."""
    text = str(error)
    if isinstance(error, ZeroDivisionError) or "divide" in text:
        return refusals.ZERO
    if isinstance(error, OverflowError) or "overflow" in text:
        return refusals.TOO_LARGE
    default = (
        refusals.NOT_DEFINED if isinstance(error, FloatingPointError) else refusals.OUTSIDE_DOMAIN
    )
    return DOMAINS.get(name, default)


def reason_of(result: Array, name: str) -> Phrase:
    """Return the reason behind values that are not finite."""
    if not np.isnan(result).any():
        return refusals.TOO_LARGE
    return DOMAINS.get(name, refusals.OUTSIDE_DOMAIN)
