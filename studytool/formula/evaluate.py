"""Compute a checked tree: a number or an array, each step finite and within the budget."""

from collections.abc import Mapping

import numpy as np

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.budget import Budget
from studytool.formula.computing import is_share, misfit, refuse_parameters
from studytool.formula.draws import DRAWS
from studytool.formula.functions import (
    BINARY,
    CONSTANTS,
    FUNCTIONS,
    UNARY,
    function_of,
)
from studytool.formula.kinds import Draw, Elementwise, Product, Reduction
from studytool.formula.limits import MAX_OPERATIONS
from studytool.formula.parse import Formula
from studytool.formula.single_numbers import single_numbers
from studytool.formula.steps import ComputedSteps
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
from studytool.numerics.streams import Rng


def evaluate(
    formula: Formula,
    names: Mapping[str, Operand],
    *,
    rng: Rng | None = None,
    reps: int | None = None,
    budget: Budget | None = None,
) -> Operand:
    """Compute a formula: a float, or an array of at most 4 dimensions.

    Args:
        formula: from :func:`studytool.formula.parse.parse`.
        names: float64 scalars and arrays by name; they are only read.
        rng: where draws come from; needed when the formula draws.
        reps: the number of replicates, as the name ``reps``; set by the engine only.
        budget: what may still be used, where formulas share one.

    Raises:
        FormulaError: an unknown name, a result that is not finite at any step, shapes that do not
            fit, or more memory or work than a formula may use; nothing large was made by then.
    """
    if rng is None and reps is None and (number := _single(formula, names, budget)) is not None:
        return number
    scope: dict[str, Operand] = {**CONSTANTS, **names}
    if reps is not None:
        scope["reps"] = float(reps)
    return Evaluation(scope, rng, budget or Budget()).whole(formula)


def _single(formula: Formula, names: Mapping[str, Operand], budget: Budget | None) -> float | None:
    """Compute a formula of single numbers, if it is one and the budget has room for it."""
    function = single_numbers(formula)
    if function is None or function.cost > (
        MAX_OPERATIONS if budget is None else budget.operations
    ):
        return None
    number = function.compute(names)
    if number is not None and budget is not None:
        budget.operations -= function.cost
    return number


def evaluate_number(formula: Formula, names: Mapping[str, Operand]) -> float:
    """Compute a formula that must come to one number.

    Raises:
        FormulaError: it cannot be computed, or comes to an array.
    """
    value = evaluate(formula, names)
    if not isinstance(value, float):
        raise FormulaError(refusals.ONE_NUMBER, text=formula.text)
    return value


class Evaluation:
    """One walk through one tree; who watches the steps overrides :meth:`value`."""

    def __init__(self, scope: Mapping[str, Operand], rng: Rng | None, budget: Budget) -> None:
        self._scope = scope
        self._rng = rng
        self._steps = ComputedSteps(scope, budget)

    def whole(self, formula: Formula) -> Operand:
        """Compute a formula; every step must be finite."""
        with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
            value = self.value(formula.tree)
        return value if isinstance(value, np.ndarray) and value.ndim else float(value)

    def value(self, node: FormulaNode) -> Operand:
        """Compute a node from its parts."""
        match node:
            case Constant(value=value):
                return value
            case Name():
                return self._named(node)
            case Operation():
                return self._operation(node)
            case Comparison():
                return self._comparison(node)
            case Conditional():
                chosen = node.then if self._truth(node.condition) else node.otherwise
                return self.value(chosen)
            case Call():
                return self._call(node)

    def _named(self, node: Name) -> Operand:
        if node.name not in self._scope:
            raise self._unknown(node)
        return self._scope[node.name]

    def _unknown(self, node: Name) -> FormulaError:
        if node.name in FUNCTIONS or node.name in DRAWS:
            return FormulaError(refusals.CALL_THE_FUNCTION, node.column, name=node.name)
        known = ", ".join(sorted(set(self._scope) - set(CONSTANTS)))
        why = refusals.NAME_WITHOUT_VALUE_AMONG if known else refusals.NAME_WITHOUT_VALUE
        return FormulaError(why, node.column, name=node.name, known=known)

    def _truth(self, node: FormulaNode) -> bool:
        value = self.value(node)
        if np.ndim(value):
            raise FormulaError(refusals.CONDITION_IS_ARRAY, node.column)
        return bool(value)

    def _operation(self, node: Operation) -> Operand:
        operands = [self.value(operand) for operand in node.operands]
        if len(operands) == 1:
            apply, cost = UNARY[node.operator], 1.0
        else:
            apply, cost = BINARY[node.operator]
        return self._steps.elementwise(
            apply, operands, cost=cost, name=f"'{node.operator}'", column=node.column
        )

    def _comparison(self, node: Comparison) -> Operand:
        values = [self.value(node.first), *(self.value(operand) for _, operand in node.rest)]
        pairs = zip(node.rest, values, values[1:], strict=False)
        holds: Operand = 1.0
        for (operator, _), left, right in pairs:
            apply, _cost = BINARY[operator]
            both = self._steps.broadcast(apply, [left, right], name=operator, column=node.column)
            holds = self._steps.elementwise(
                np.multiply, [holds, both], cost=1, name=operator, column=node.column
            )
        self._steps.free(values)
        return holds

    def _call(self, node: Call) -> Operand:
        function = function_of(node)
        operands = [self.value(argument) for argument in node.arguments]
        match function:
            case Elementwise():
                return self._steps.elementwise(
                    function.apply,
                    operands,
                    cost=function.cost,
                    name=node.function,
                    column=node.column,
                    scratch=function.scratch,
                )
            case Reduction():
                return self._reduction(function, node, operands)
            case Product():
                return self._product(function, node, operands)
            case Draw():
                return self._draw(function, node, operands)

    def _reduction(self, function: Reduction, node: Call, operands: list[Operand]) -> Operand:
        name, column = node.function, node.column
        array = np.asarray(operands[0])
        keywords = {keyword: self._whole(value) for keyword, value in node.keywords}
        axis = keywords.get("axis")
        if len(operands) > 1 and function.arguments[-1] == "...":
            if axis is not None:
                raise FormulaError(refusals.AXIS_NEEDS_ONE_ARRAY, column, name=name)
            cost = function.cost * len(operands)
            return self._steps.elementwise(
                function.apply, operands, cost=cost, name=name, column=column, scratch=1
            )
        if axis is not None and not -array.ndim <= axis < array.ndim:
            why = refusals.NO_AXIS
            raise FormulaError(why, column, name=name, axis=axis, dimensions=array.ndim)
        if len(operands) > 1 and not is_share(operands[1]):
            raise FormulaError(refusals.SHARE, column, name=name)
        size = array.size if axis is None else array.shape[axis]
        if keywords.get("ddof", 0) >= size or size == 0:
            raise FormulaError(refusals.TOO_FEW_ELEMENTS, column, name=name, size=size)
        left = array.size if function.keeps_elements else array.size // size
        self._steps.budget.take(
            (left,),
            cost=function.cost,
            column=column,
            work=array.size,
            scratch=function.scratch,
        )
        result = self._steps.compute(
            lambda: function.apply(*operands, **keywords), name=name, column=column
        )
        self._steps.free(operands)
        return result

    def _product(self, function: Product, node: Call, operands: list[Operand]) -> Operand:
        a, b = (np.asarray(operand) for operand in operands)
        fits = 1 <= a.ndim <= 2 and 1 <= b.ndim <= 2 and a.shape[-1] == b.shape[0]
        if not fits:
            raise misfit("dot", [a, b], node.column)
        self._steps.budget.take(a.shape[:-1] + b.shape[1:], cost=a.shape[-1], column=node.column)
        result = self._steps.compute(lambda: function.apply(a, b), name="dot", column=node.column)
        self._steps.free(operands)
        return result

    def _draw(self, function: Draw, node: Call, operands: list[Operand]) -> Operand:
        if self._rng is None:
            raise FormulaError(refusals.DRAWS, node.column, name=node.function)
        rng, shape = self._rng, tuple(self._size(size) for size in node.shape or ())
        for operand in operands:
            try:
                fits = np.broadcast_shapes(np.shape(operand), shape) == shape
            except ValueError:
                fits = False
            if not fits:
                raise FormulaError(
                    refusals.SHAPE_OF_DRAW,
                    node.column,
                    name=node.function,
                    given=list(np.shape(operand)),
                    shape=list(shape),
                )
        refuse_parameters(node, operands)
        self._steps.budget.take(
            shape, cost=function.cost, column=node.column, scratch=function.scratch
        )
        result = self._steps.compute(
            lambda: function.apply(rng, *operands, shape), name=node.function, column=node.column
        )
        self._steps.free(operands)
        return result

    def _size(self, node: FormulaNode) -> int:
        size = self._whole(node)
        if size < 1:
            raise FormulaError(refusals.SIZE_AT_LEAST_1, node.column, size=size)
        return size

    def _whole(self, node: FormulaNode) -> int:
        value = self.value(node)
        if np.ndim(value) or value != int(value):
            raise FormulaError(refusals.WHOLE_NUMBER, node.column)
        return int(value)
