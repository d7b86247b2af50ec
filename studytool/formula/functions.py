"""The closed tables of operators and functions: what each takes and costs, and what computes it."""

import math
from collections.abc import Callable, Mapping

import numpy as np

from studytool.formula.draws import DRAWS
from studytool.formula.elementwise import ELEMENTWISE
from studytool.formula.kinds import Elementwise, Function, Product, Reduction
from studytool.formula.reductions import REDUCTIONS
from studytool.formula.tree import Call
from studytool.numerics.arrays import Operand
from studytool.numerics.closed_forms import CLOSED_FORMS

CONSTANTS = {"pi": math.pi, "e": math.e}

SLACK = 2.0**-49
"""Two numbers nearer than this part of them, 8 units in the last place, are one decimal."""


def _with_slack(compare: np.ufunc) -> Callable[[Operand, Operand], Operand]:
    """Compare two numbers as the decimals that they stand for: 0.1*3 is 0.3; arrays as they are."""

    def apply(a: Operand, b: Operand) -> Operand:
        if isinstance(a, float) and isinstance(b, float) and abs(a - b) <= SLACK * abs(b):
            a = b
        found: Operand = compare(a, b)
        return found

    return apply


def compare_floats(sign: str, a: float, b: float) -> bool:
    """Compare two numbers as a comparison of the language does."""
    is_equal = abs(a - b) <= SLACK * abs(b)
    match sign:
        case "<" | ">":
            return not is_equal and (a < b) is (sign == "<")
        case "<=" | ">=":
            return is_equal or (a < b) is (sign == "<=")
        case _:
            return is_equal is (sign == "==")


def _power(base: Operand, exponent: Operand) -> Operand:
    """Return a power; a cube by two products, as np.power takes thirty times as long for it."""
    if np.ndim(exponent) == 0 and exponent == 3:
        cube: Operand = np.multiply(np.multiply(base, base), base)
        return cube
    power: Operand = np.power(base, exponent)
    return power


BINARY: Mapping[str, tuple[Callable[..., Operand], float]] = {
    "+": (np.add, 1),
    "-": (np.subtract, 1),
    "*": (np.multiply, 1),
    "/": (np.true_divide, 1),
    "//": (np.floor_divide, 2),
    "%": (np.mod, 2),
    "**": (_power, 20),
    "and": (lambda a, b: np.logical_and(a, b).astype(np.float64), 1),
    "or": (lambda a, b: np.logical_or(a, b).astype(np.float64), 1),
    "<": (_with_slack(np.less), 1),
    "<=": (_with_slack(np.less_equal), 1),
    ">": (_with_slack(np.greater), 1),
    ">=": (_with_slack(np.greater_equal), 1),
    "==": (_with_slack(np.equal), 1),
    "!=": (_with_slack(np.not_equal), 1),
}
"""The operators with two operands: what computes each, and its cost for each element."""

UNARY: Mapping[str, Callable[..., Operand]] = {
    "-": np.negative,
    "+": np.positive,
    "not": lambda x: np.logical_not(x).astype(np.float64),
}
"""The operators with one operand."""
OPERATORS = (
    *("+", "-", "*", "/", "//", "%", "**"),
    *("<", "<=", ">", ">=", "==", "!=", "and", "or", "not"),
)
"""The operators between values, besides ``a if c else b``."""

FUNCTIONS: Mapping[str, Elementwise | Reduction | Product] = {
    **ELEMENTWISE,
    **REDUCTIONS,
    "dot": Product(np.matmul, ("a", "b"), "inner or matrix product"),
    **{
        form.name: Elementwise(form.function, form.arguments, form.doc, 20, scratch=4)
        for form in CLOSED_FORMS.values()
    },
}
"""What computes a value. ``gamma`` is here and among the draws: a call whose last argument is a list
of sizes draws, and a list stands nowhere else, so that each law keeps its own name."""


def function_of(call: Call) -> Function:
    """Return what a checked call means: a draw where it ends with a list of sizes."""
    if call.shape is not None:
        return DRAWS[call.function]
    function = FUNCTIONS[call.function]
    if isinstance(function, Elementwise) and function.longer is not None:
        is_longer = len(call.arguments) == len(function.longer.arguments)
        return function.longer if is_longer else function
    return function


def signature(name: str) -> str:
    """Write how a function that computes a value is called.

    >>> signature("var"), signature("log")
    ('var(x, axis=, ddof=)', 'log(x[, base])')
    """
    function = FUNCTIONS[name]
    keywords = function.keywords if isinstance(function, Reduction) else ()
    arguments = ", ".join([*function.arguments, *(f"{key}=" for key in keywords)])
    if isinstance(function, Elementwise) and function.longer is not None:
        arguments += f"[, {function.longer.arguments[-1]}]"
    return f"{name}({arguments})"


def draw_signature(name: str) -> str:
    """Write how a draw is called.

    >>> draw_signature("normal")
    'normal(mean, sd, [shape])'
    """
    return f"{name}({', '.join([*DRAWS[name].arguments, '[shape]'])})"
