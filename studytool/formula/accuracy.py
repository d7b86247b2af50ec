"""The accuracy of a computed number: what binary rounding, or rounding on the way, does to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite, ulp

import numpy as np

from studytool.errors import FormulaError
from studytool.formula.bindings import resolve_order
from studytool.formula.budget import Budget
from studytool.formula.evaluate import Evaluation
from studytool.formula.functions import CONSTANTS
from studytool.formula.limits import MAX_OPERATIONS
from studytool.formula.parse import Formula
from studytool.formula.single_numbers import Change, jumps, stepped_numbers
from studytool.formula.tree import Constant, FormulaNode, Name, Operation
from studytool.numerics.arrays import Operand

NOTHING = 1e-12
"""What is smaller than this beside the terms that it is the rest of is 0 but for rounding."""
_RUNS = 4
"""Of three, all left the largest term of some sums nearly where it was."""
_SURE_ULPS = 4
_MOST_NOISE = 1e-9
"""Of the number itself; where a step of the formula jumps, the runs say more than noise is."""
_NewChange = Callable[[], Change]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How sure the digits of a computed number are.

    Attributes:
        noise: how far binary rounding may have moved it.
        is_zero: whether it is 0, or is only what rounding leaves of terms that cancel.
    """

    noise: float
    is_zero: bool


def is_product(node: FormulaNode) -> bool:
    """Tell products and quotients of numbers and names: no terms are in them that could cancel."""
    if isinstance(node, Operation):
        signs = ("*", "/") if len(node.operands) > 1 else ("-", "+")
        return node.operator in signs and all(map(is_product, node.operands))
    return isinstance(node, Constant | Name)


def accuracy_of(
    value: float, formula: Formula, let: Mapping[str, Formula], given: Mapping[str, Operand]
) -> Accuracy:
    """Find out by computing again with each number on the way moved by 1e-12 of itself.

    Whole numbers stay, for binary holds them exactly; so does all that is compared or cut to steps.

    Args:
        value: what the formula gives.
        formula: of the number.
        let: the names that it may use, as formulas.
        given: the numbers of all other names.
    """
    own = _SURE_ULPS * ulp(value)
    if value == 0:
        return Accuracy(own, is_zero=True)
    spread = 0.0
    for run in range(_RUNS):
        moved = _computed(formula, let, given, partial(_mover, run))
        if moved is not None:
            spread = max(spread, abs(moved - value))
    noise = min(spread / NOTHING * _SURE_ULPS * ulp(1.0), _MOST_NOISE * abs(value))
    return Accuracy(max(own, noise), is_zero=abs(value) < spread)


def value_in_steps(
    formula: Formula, let: Mapping[str, Formula], given: Mapping[str, Operand], *, sigfigs: int
) -> float | None:
    """Compute a formula as on paper: each step's result rounded, but for whole numbers.

    What is given is used as it is. None where a rounded step leaves the formula's domain.

    >>> from studytool.formula.parse import parse
    >>> value_in_steps(parse("(a/3)**2"), {}, {"a": 2.0}, sigfigs=3)
    0.445
    """

    def rounded(node: FormulaNode, value: Operand) -> Operand:
        return value if isinstance(node, Name | Constant) else _rounded(value, sigfigs)

    return _computed(formula, let, given, lambda: rounded)


class _ChangedEvaluation(Evaluation):
    """A walk that changes what each step gives, outside of comparisons and of functions that jump."""

    def __init__(self, scope: Mapping[str, Operand], change: Change) -> None:
        super().__init__(scope, None, Budget())
        self._change = change
        self._keeps = False

    def value(self, node: FormulaNode) -> Operand:
        if self._keeps:
            return super().value(node)
        self._keeps = jumps(node)
        try:
            found = super().value(node)
        finally:
            self._keeps = False
        return self._change(node, found)


def _computed(
    formula: Formula,
    let: Mapping[str, Formula],
    given: Mapping[str, Operand],
    new_change: _NewChange,
) -> float | None:
    needed = {name: one for name, one in let.items() if name not in given}
    try:
        order = resolve_order(needed)
    except FormulaError:
        return None
    steps = [(name, needed[name]) for name in order]
    found = _soon([*steps, ("", formula)], given, new_change())
    return _walked(steps, formula, given, new_change()) if found is None else found


def _soon(
    steps: Sequence[tuple[str, Formula]], given: Mapping[str, Operand], change: Change
) -> float | None:
    """Compute formulas of single numbers one after another; None where they must be walked."""
    scope, number = dict(given), None
    for name, formula in steps:
        function = stepped_numbers(formula)
        if function is None or function.cost > MAX_OPERATIONS:
            return None
        if (number := function.compute(scope, change)) is None:
            return None
        scope[name] = number
    return number


def _walked(
    steps: Sequence[tuple[str, Formula]],
    formula: Formula,
    given: Mapping[str, Operand],
    change: Change,
) -> float | None:
    scope: dict[str, Operand] = {**CONSTANTS, **given}
    try:
        for name, one in steps:
            scope[name] = _ChangedEvaluation(scope, change).whole(one)
        value = _ChangedEvaluation(scope, change).whole(formula)
    except FormulaError:
        return None
    return value if isinstance(value, float) and isfinite(value) else None


def _mover(run: int) -> Change:
    """Return what moves each number up or down, by turns that differ from run to run."""
    state = 2 * run + 1

    def move(node: FormulaNode, value: Operand) -> Operand:
        nonlocal state
        if isinstance(node, Name) and np.ndim(value):
            return value
        state = (state * 1_103_515_245 + 12_345) % 2**31
        up = 1.0 if state >> 16 & 1 else -1.0
        if isinstance(value, float):
            return value if value.is_integer() else value * (1 + up * NOTHING)
        signs = up * np.where(np.arange(value.size).reshape(value.shape) * (run + 1) % 3, 1.0, -1.0)
        return np.where(value == np.round(value), value, value * (1 + signs * NOTHING))

    return move


def _rounded(value: Operand, sigfigs: int) -> Operand:
    if isinstance(value, float):
        return value if value.is_integer() else float(f"{value:.{sigfigs - 1}e}")
    flat = [_rounded(float(one), sigfigs) for one in value.ravel()]
    return np.array(flat, dtype=np.float64).reshape(value.shape)
