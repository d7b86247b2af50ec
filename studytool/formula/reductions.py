"""The reductions of the formula language: over all elements of an array, or over one axis."""

from collections.abc import Callable, Mapping

import numpy as np

from studytool.formula.kinds import Reduction
from studytool.numerics.arrays import Array, Operand


def _softmax(x: Operand, *, axis: int | None = None) -> Operand:
    powers = np.exp(x - np.max(x, axis=axis, keepdims=True))
    total: Array = powers / np.sum(powers, axis=axis, keepdims=True)
    return total


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


def _argmax(x: Operand, axis: int | None = None) -> Operand:
    return np.asarray(np.argmax(x, axis=axis), dtype=np.float64)


def _count_nonzero(x: Operand, axis: int | None = None) -> Operand:
    return np.asarray(np.count_nonzero(x, axis=axis), dtype=np.float64)


REDUCTIONS: Mapping[str, Reduction] = {
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
