"""Formulas of single numbers as Python functions: the same values as the walk's, much sooner.

A function gives up where anything else than a finite number turns up, and the walk through the tree
then says what it is: an array, or a step that cannot be computed.
"""

import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from studytool.formula.functions import BINARY, CONSTANTS, UNARY, compare_floats, function_of
from studytool.formula.kinds import Elementwise, Reduction
from studytool.formula.parse import Formula
from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)
from studytool.numerics.arrays import Operand

_Scope = Mapping[str, Operand]
Change = Callable[[FormulaNode, Operand], Operand]
"""Changes what a step gives, as rounding on the way does."""
_Step = Callable[[_Scope, Change | None], float]
_Compiler = Callable[[FormulaNode], tuple[_Step, float]]
_PLAIN: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
"""What Python and NumPy compute alike, to the last bit."""


_STEPS = frozenset({"floor", "ceil", "round", "sign", "argmax", "count_nonzero", "where"})
_JUMPS = frozenset({"//", "%", "and", "or", "not"})


class _GivenUpError(Exception):
    """Something else than a finite number turned up, or a call that takes arrays."""


class SingleNumbers(NamedTuple):
    """A formula as a function of the numbers of its names.

    Attributes:
        step: computes it.
        cost: the weighted operations that it takes at most.
        is_python: whether nothing of it is NumPy's.
    """

    step: _Step
    cost: float
    is_python: bool

    def compute(self, names: _Scope, change: Change | None = None) -> float | None:
        """Return the formula's number; None where it must be walked.

        Args:
            names: the numbers of its names.
            change: of what each step gives, where the function was made for that.
        """
        try:
            if self.is_python:
                return self.step(names, change)
            with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
                return self.step(names, change)
        except (_GivenUpError, ArithmeticError, ValueError, TypeError, LookupError):
            return None


@lru_cache(maxsize=4_096)
def single_numbers(formula: Formula) -> SingleNumbers | None:
    """Return a formula as a function; None where a call in it takes arrays or draws."""
    try:
        return SingleNumbers(*_compiled(formula.tree), is_python=_is_python(formula.tree))
    except _GivenUpError:
        return None


@lru_cache(maxsize=1_024)
def stepped_numbers(formula: Formula) -> SingleNumbers | None:
    """Return a formula as a function that lets each step be changed; None as above."""
    try:
        return SingleNumbers(*_stepped(formula.tree), is_python=False)
    except _GivenUpError:
        return None


def jumps(node: FormulaNode) -> bool:
    """Tell a comparison, and a function or sign whose result jumps."""
    match node:
        case Comparison():
            return True
        case Call(function=name):
            return name in _STEPS
        case Operation(operator=sign):
            return sign in _JUMPS
        case _:
            return False


def _stepped(node: FormulaNode) -> tuple[_Step, float]:
    """Return what computes a node, each step changed but for those inside of one that jumps."""
    found, cost = _compiled(node, _compiled if jumps(node) else _stepped)

    def step(scope: _Scope, change: Change | None) -> float:
        assert change is not None
        value = change(node, found(scope, change))
        assert isinstance(value, float)
        return value

    return step, cost


def _compiled(node: FormulaNode, part: _Compiler | None = None) -> tuple[_Step, float]:
    """Return what computes a node, and what it and its parts cost; ``part`` compiles these."""
    part = part or _compiled
    match node:
        case Constant(value=value):
            return (lambda _names, _change: value), 0.0
        case Name(name=name):
            return _named(name), 0.0
        case Operation(operator=sign, operands=operands):
            return _operation(sign, [part(operand) for operand in operands])
        case Comparison():
            return _comparison(node, part)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return _conditional(*(part(one) for one in (condition, then, otherwise)))
        case Call():
            return _call(node, part)


def _is_python(node: FormulaNode) -> bool:
    match node:
        case Constant() | Name():
            return True
        case Operation(operator=sign, operands=operands):
            return sign in _PLAIN and len(operands) == 2 and all(map(_is_python, operands))
        case _:
            return False


def _named(name: str) -> _Step:
    known = CONSTANTS.get(name)

    def step(scope: _Scope, _change: Change | None) -> float:
        value = scope.get(name, known)
        if type(value) is not float:
            raise _GivenUpError
        return value

    return step


def _operation(sign: str, parts: list[tuple[_Step, float]]) -> tuple[_Step, float]:
    steps, cost = [step for step, _ in parts], sum(cost for _, cost in parts)
    if len(steps) == 1:
        return _applied(UNARY[sign], steps), cost + 1
    apply, own = BINARY[sign]
    if sign in _PLAIN:
        return _plain(_PLAIN[sign], *steps), cost + own
    return _applied(apply, steps), cost + own


def _plain(apply: Callable[[float, float], float], left: _Step, right: _Step) -> _Step:
    def step(scope: _Scope, change: Change | None) -> float:
        value = apply(left(scope, change), right(scope, change))
        if value - value:  # infinite, or none
            raise _GivenUpError
        return value

    return step


def _applied(apply: Callable[..., Operand], steps: list[_Step]) -> _Step:
    def step(scope: _Scope, change: Change | None) -> float:
        value = float(apply(*[one(scope, change) for one in steps]))
        if value - value:
            raise _GivenUpError
        return value

    return step


def _comparison(node: Comparison, part: _Compiler) -> tuple[_Step, float]:
    parts = [part(one) for one in (node.first, *(operand for _, operand in node.rest))]
    steps, signs = [step for step, _ in parts], [sign for sign, _ in node.rest]

    def step(scope: _Scope, change: Change | None) -> float:
        values = [one(scope, change) for one in steps]
        pairs = zip(signs, values, values[1:], strict=False)
        held = [compare_floats(sign, left, right) for sign, left, right in pairs]
        return float(all(held))

    return step, sum(cost for _, cost in parts) + 2.0 * len(signs)


def _conditional(
    condition: tuple[_Step, float], then: tuple[_Step, float], otherwise: tuple[_Step, float]
) -> tuple[_Step, float]:
    holds, chosen, other = condition[0], then[0], otherwise[0]
    step: _Step = lambda scope, change: (chosen if holds(scope, change) else other)(scope, change)  # noqa: E731
    return step, condition[1] + then[1] + otherwise[1]


def _call(node: Call, part: _Compiler) -> tuple[_Step, float]:
    function, count = function_of(node), len(node.arguments)
    is_folded = isinstance(function, Reduction) and count > 1 and not node.keywords
    if not isinstance(function, Elementwise) and not (
        is_folded and isinstance(function, Reduction) and function.arguments[-1] == "..."
    ):
        raise _GivenUpError
    parts = [part(argument) for argument in node.arguments]
    own = function.cost * (count if is_folded else 1)
    steps = [step for step, _ in parts]
    return _applied(function.apply, steps), sum(cost for _, cost in parts) + own
