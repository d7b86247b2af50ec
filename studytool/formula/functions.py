"""The closed tables of operators and functions: what each takes and costs, and what computes it."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from studytool.numerics import activations
from studytool.numerics.arrays import Array, Operand
from studytool.numerics.closed_forms import CLOSED_FORMS

CONSTANTS = {"pi": math.pi, "e": math.e}

BINARY: Mapping[str, tuple[Callable[..., Operand], float]] = {
    "+": (np.add, 1),
    "-": (np.subtract, 1),
    "*": (np.multiply, 1),
    "/": (np.true_divide, 1),
    "//": (np.floor_divide, 2),
    "%": (np.mod, 2),
    "**": (np.power, 20),
    "and": (lambda a, b: np.logical_and(a, b).astype(np.float64), 1),
    "or": (lambda a, b: np.logical_or(a, b).astype(np.float64), 1),
    "<": (np.less, 1),
    "<=": (np.less_equal, 1),
    ">": (np.greater, 1),
    ">=": (np.greater_equal, 1),
    "==": (np.equal, 1),
    "!=": (np.not_equal, 1),
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


@dataclass(frozen=True, slots=True)
class Elementwise:
    """A function whose result has the broadcast shape of its arguments.

    Attributes:
        cost: weighted operations for each element.
        scratch: arrays of the result's size that it makes on the way, rounded up.
    """

    apply: Callable[..., Operand]
    arguments: tuple[str, ...]
    doc: str
    cost: float = 4.0
    scratch: float = 0.0


@dataclass(frozen=True, slots=True)
class Reduction:
    """A function over all elements of its first argument, or over ``axis``.

    Attributes:
        keeps_elements: whether each element has a result, as in a running sum.
        scratch: arrays of its first argument's size that it makes on the way, rounded up.
    """

    apply: Callable[..., Operand]
    arguments: tuple[str, ...]
    doc: str
    cost: float = 2.0
    keywords: tuple[str, ...] = ("axis",)
    scratch: float = 0.0
    keeps_elements: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """``dot``: two vectors, a matrix and a vector, or two matrices."""

    apply: Callable[[Array, Array], Operand]
    arguments: tuple[str, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A random array; its last argument is the shape, after the field's parameters."""

    apply: Callable[..., Array]
    arguments: tuple[str, ...]
    doc: str
    cost: float = 30.0
    scratch: float = 0.0


Function = Elementwise | Reduction | Product | Draw


def _softmax(x: Operand, *, axis: int | None = None) -> Operand:
    powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
    total: Array = powers / np.sum(powers, axis=axis, keepdims=True)
    return total


_LIFTED = 6.0
"""The scratch of a lifted function: a pointer and a Python float for each element."""


def _lifted(function: Callable[..., float], arguments: int = 1) -> Callable[..., Operand]:
    """Lift a function of one or two numbers over arrays that broadcast."""
    ufunc = np.frompyfunc(function, arguments, 1)
    return lambda *given: np.asarray(ufunc(*given), dtype=np.float64)


def _beta(a: float, b: float) -> float:
    return math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b))


def _folded(ufunc: np.ufunc) -> Callable[..., Operand]:
    def apply(first: Operand, *others: Operand) -> Operand:
        for other in others:
            first = ufunc(first, other)
        return first

    return apply


def _minimum(*operands: Operand, axis: int | None = None) -> Operand:
    return np.min(operands[0], axis=axis) if len(operands) == 1 else _folded(np.minimum)(*operands)


def _maximum(*operands: Operand, axis: int | None = None) -> Operand:
    return np.max(operands[0], axis=axis) if len(operands) == 1 else _folded(np.maximum)(*operands)


def _array(function: Callable[..., Operand]) -> Callable[..., Operand]:
    """Let a function of the core, which takes arrays, take numbers too."""
    return lambda *operands: function(*(np.asarray(operand) for operand in operands))


def _where(condition: Operand, a: Operand, b: Operand) -> Operand:
    chosen: Array = np.where(np.not_equal(condition, 0), a, b)
    return chosen


def _argmax(x: Operand, axis: int | None = None) -> Operand:
    return np.asarray(np.argmax(x, axis=axis), dtype=np.float64)


def _count_nonzero(x: Operand, axis: int | None = None) -> Operand:
    return np.asarray(np.count_nonzero(x, axis=axis), dtype=np.float64)


def _normal_pdf(x: Operand) -> Operand:
    density: Operand = np.exp(-0.5 * np.square(x)) / math.sqrt(2 * math.pi)
    return density


_ELEMENTWISE: dict[str, Elementwise] = {
    "sqrt": Elementwise(np.sqrt, ("x",), "square root"),
    "exp": Elementwise(np.exp, ("x",), "e to the power x", 10),
    "log": Elementwise(np.log, ("x",), "natural logarithm", 10),
    "log2": Elementwise(np.log2, ("x",), "logarithm to base 2", 10),
    "log10": Elementwise(np.log10, ("x",), "logarithm to base 10", 10),
    "log1p": Elementwise(np.log1p, ("x",), "log(1 + x)", 10),
    "expm1": Elementwise(np.expm1, ("x",), "exp(x) - 1", 10),
    "sin": Elementwise(np.sin, ("x",), "sine of an angle in radians", 10),
    "cos": Elementwise(np.cos, ("x",), "cosine of an angle in radians", 10),
    "arcsin": Elementwise(np.arcsin, ("x",), "angle in radians whose sine is x", 10),
    "arctan": Elementwise(np.arctan, ("x",), "angle in radians whose tangent is x", 10),
    "abs": Elementwise(np.abs, ("x",), "absolute value", 1),
    "sign": Elementwise(np.sign, ("x",), "-1, 0 or 1", 1),
    "floor": Elementwise(np.floor, ("x",), "largest whole number ≤ x", 1),
    "ceil": Elementwise(np.ceil, ("x",), "smallest whole number ≥ x", 1),
    "round": Elementwise(np.round, ("x",), "nearest whole number, halves to even", 1),
    "clip": Elementwise(np.clip, ("x", "low", "high"), "x, held within [low, high]", 2),
    "where": Elementwise(_where, ("condition", "a", "b"), "a where condition, else b", 2, 1),
    "tanh": Elementwise(np.tanh, ("x",), "hyperbolic tangent", 10),
    "sigmoid": Elementwise(_array(activations.sigmoid), ("x",), "1/(1+exp(-x))", 10, 2),
    "relu": Elementwise(_array(activations.relu), ("x",), "max(x, 0)", 1),
    "leaky_relu": Elementwise(
        _array(activations.leaky_relu), ("x", "slope"), "x, or slope·x where x < 0", 2, 2
    ),
    "elu": Elementwise(
        _array(activations.elu), ("x", "alpha"), "x, or alpha·(exp(x)-1) where x < 0", 10, 3
    ),
    "erf": Elementwise(_lifted(math.erf), ("x",), "error function", 100, _LIFTED),
    "normal_pdf": Elementwise(_normal_pdf, ("x",), "standard normal density", 10, 2),
    "normal_cdf": Elementwise(
        _lifted(lambda x: 0.5 * math.erfc(-x / math.sqrt(2))),
        ("x",),
        "standard normal distribution function",
        100,
        _LIFTED,
    ),
    "gamma": Elementwise(_lifted(math.gamma), ("x",), "gamma function", 100, _LIFTED),
    "beta": Elementwise(_lifted(_beta, 2), ("a", "b"), "beta function", 200, _LIFTED),
}

_REDUCTIONS: dict[str, Reduction] = {
    "sum": Reduction(np.sum, ("x",), "sum"),
    "mean": Reduction(np.mean, ("x",), "mean"),
    "var": Reduction(np.var, ("x",), "variance", 4, ("axis", "ddof"), 1),
    "std": Reduction(np.std, ("x",), "standard deviation", 4, ("axis", "ddof"), 1),
    "prod": Reduction(np.prod, ("x",), "product"),
    "min": Reduction(_minimum, ("x", "..."), "smallest element, or smallest of several values"),
    "max": Reduction(_maximum, ("x", "..."), "largest element, or largest of several values"),
    "norm": Reduction(
        lambda x, axis=None: np.sqrt(np.sum(np.square(x), axis=axis)),
        ("x",),
        "Euclidean norm",
        4,
        scratch=1,
    ),
    "median": Reduction(np.median, ("x",), "median", 40, scratch=2),
    "quantile": Reduction(np.quantile, ("x", "q"), "quantile, q in [0, 1]", 40, scratch=4),
    "argmax": Reduction(_argmax, ("x",), "place of the largest element, from 0", scratch=1),
    "count_nonzero": Reduction(_count_nonzero, ("x",), "how many elements are not 0", scratch=1),
    "cumsum": Reduction(np.cumsum, ("x",), "running sum", 4, keeps_elements=True),
    "cumprod": Reduction(np.cumprod, ("x",), "running product", 4, keeps_elements=True),
    "sort": Reduction(
        lambda x, axis=-1: np.sort(x, axis=axis), ("x",), "ascending", 40, keeps_elements=True
    ),
    "softmax": Reduction(
        _softmax, ("x",), "exp(x)/sum(exp(x))", 20, scratch=2, keeps_elements=True
    ),
}

_DRAWS: dict[str, Draw] = {
    "normal": Draw(lambda rng, m, s, n: rng.normal(m, s, n), ("mean", "sd"), "normal draws"),
    "uniform": Draw(
        lambda rng, low, high, n: rng.uniform(low, high, n),
        ("low", "high"),
        "uniform draws",
        scratch=1,
    ),
    "bernoulli": Draw(
        lambda rng, p, n: (rng.random(n) < p).astype(np.float64),
        ("p",),
        "1 with probability p",
        scratch=2,
    ),
    "exponential": Draw(
        lambda rng, mean, n: rng.exponential(mean, n), ("mean",), "exponential draws"
    ),
    "choice": Draw(
        lambda rng, count, n: rng.integers(0, int(count), n).astype(np.float64),
        ("count",),
        "whole numbers 0 … count-1, evenly",
        scratch=1,
    ),
    "permutation": Draw(
        lambda rng, n: rng.permuted(
            np.broadcast_to(np.arange(n[-1], dtype=np.float64), n), axis=-1
        ),
        (),
        "0 … n-1 in random order along the last axis",
        scratch=1,
    ),
}

FUNCTIONS: Mapping[str, Function] = {
    **_ELEMENTWISE,
    **_REDUCTIONS,
    "dot": Product(np.matmul, ("a", "b"), "inner or matrix product"),
    **_DRAWS,
    **{
        form.name: Elementwise(form.function, form.arguments, form.doc, 20, scratch=4)
        for form in CLOSED_FORMS.values()
    },
}


def signature(name: str) -> str:
    """Write how a function is called.

    >>> signature("normal")
    'normal(mean, sd, [shape])'
    """
    function = FUNCTIONS[name]
    keywords = function.keywords if isinstance(function, Reduction) else ()
    shape = ["[shape]"] if isinstance(function, Draw) else []
    return f"{name}({', '.join([*function.arguments, *shape, *(f'{key}=' for key in keywords)])})"
