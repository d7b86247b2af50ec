"""From a checked tree to a number or an array, every step finite and within the budget."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from studytool.errors import FormulaError
from studytool.formula.functions import CONSTANTS, FUNCTIONS, Draw, Elementwise, Product, Reduction
from studytool.formula.limits import (
    MAX_ALIVE_BYTES,
    MAX_DIMENSIONS,
    MAX_ELEMENTS,
    MAX_OPERATIONS,
)
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
from studytool.numerics.streams import Rng

_BINARY: Mapping[str, tuple[Callable[..., Operand], float]] = {
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
_UNARY: Mapping[str, Callable[..., Operand]] = {
    "-": np.negative,
    "+": np.positive,
    "not": lambda x: np.logical_not(x).astype(np.float64),
}


@dataclass(slots=True)
class Budget:
    """What a formula may still use; ``alive`` counts the bytes of its intermediate arrays."""

    operations: float = MAX_OPERATIONS
    alive: int = 0

    def take(self, shape: tuple[int, ...], *, cost: float, column: int) -> None:
        """Admit a result of ``shape`` before it is made, or refuse it.

        Raises:
            FormulaError: too many dimensions or elements, too much memory, too much work.
        """
        elements = 1
        for size in shape:
            elements *= size
        if len(shape) > MAX_DIMENSIONS:
            raise FormulaError(f"an array has at most {MAX_DIMENSIONS} dimensions", column)
        if elements > MAX_ELEMENTS:
            why = f"{elements:,} elements; an array has at most {MAX_ELEMENTS:,}"
            raise FormulaError(why, column)
        if self.alive + 8 * elements > MAX_ALIVE_BYTES:
            megabytes = MAX_ALIVE_BYTES // 2**20
            raise FormulaError(f"more than {megabytes} MB would be alive at once", column)
        self.operations -= cost * elements
        if self.operations < 0:
            raise FormulaError(f"more than {MAX_OPERATIONS:.0e} operations", column)


def evaluate(
    formula: Formula,
    names: Mapping[str, Operand],
    *,
    rng: Rng | None = None,
    reps: int | None = None,
) -> Operand:
    """Compute a formula: a float, or an array of at most 4 dimensions.

    Args:
        formula: from :func:`studytool.formula.parse.parse`.
        names: float64 scalars and arrays by name; they are only read.
        rng: where draws come from; needed when the formula draws.
        reps: the number of replicates, as the name ``reps``; set by the engine only.

    Raises:
        FormulaError: an unknown name, a result that is not finite at any step, shapes that do not
            fit, or more memory or work than a formula may use; nothing large was made by then.
    """
    scope: dict[str, Operand] = {**CONSTANTS, **names}
    if reps is not None:
        scope["reps"] = float(reps)
    with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
        value = _Evaluation(scope, rng).value(formula.tree)
    return value if isinstance(value, np.ndarray) and value.ndim else float(value)


class _Evaluation:
    """One walk through one tree."""

    def __init__(self, scope: Mapping[str, Operand], rng: Rng | None) -> None:
        self._scope = scope
        self._rng = rng
        self._budget = Budget()

    def value(self, node: FormulaNode) -> Operand:
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
            if node.name in FUNCTIONS:
                raise FormulaError(f"'{node.name}' is a function: call it with (...)", node.column)
            known = ", ".join(sorted(set(self._scope) - set(CONSTANTS))) or "none"
            raise FormulaError(f"'{node.name}' has no value; names here: {known}", node.column)
        return self._scope[node.name]

    def _truth(self, node: FormulaNode) -> bool:
        value = self.value(node)
        if np.ndim(value):
            raise FormulaError("'if' needs one number; use where(c, a, b)", node.column)
        return bool(value)

    def _operation(self, node: Operation) -> Operand:
        operands = [self.value(operand) for operand in node.operands]
        if len(operands) == 1:
            apply, cost = _UNARY[node.operator], 1.0
        else:
            apply, cost = _BINARY[node.operator]
        return self._made(apply, operands, cost=cost, name=f"'{node.operator}'", column=node.column)

    def _comparison(self, node: Comparison) -> Operand:
        values = [self.value(node.first), *(self.value(operand) for _, operand in node.rest)]
        pairs = zip(node.rest, values, values[1:], strict=False)
        holds: Operand = 1.0
        for (operator, _), left, right in pairs:
            apply, _cost = _BINARY[operator]
            both = self._broadcast(apply, [left, right], name=operator, column=node.column)
            holds = self._made(
                np.multiply, [holds, both], cost=1, name=operator, column=node.column
            )
        self._free(values)
        return holds

    def _made(
        self,
        apply: Callable[..., Operand],
        operands: list[Operand],
        *,
        cost: float,
        name: str,
        column: int,
    ) -> Operand:
        """Compute an elementwise result and let its operands go."""
        result = self._broadcast(apply, operands, cost=cost, name=name, column=column)
        self._free(operands)
        return result

    def _broadcast(
        self,
        apply: Callable[..., Operand],
        operands: list[Operand],
        *,
        name: str,
        column: int,
        cost: float = 1,
    ) -> Operand:
        """Compute an elementwise result, admitted by its broadcast shape first."""
        try:
            shape = np.broadcast_shapes(*(np.shape(operand) for operand in operands))
        except ValueError:
            shapes = " and ".join(str(list(np.shape(operand))) for operand in operands)
            raise FormulaError(f"{name}: shapes {shapes} do not fit", column) from None
        self._budget.take(shape, cost=cost, column=column)
        return self._computed(lambda: apply(*operands), name=name, column=column)

    def _computed(self, compute: Callable[[], Operand], *, name: str, column: int) -> Operand:
        try:
            result = np.asarray(compute(), dtype=np.float64)
        except FloatingPointError as error:
            raise FormulaError(f"{name}: {_plain(error)}", column) from None
        except ZeroDivisionError:
            raise FormulaError(f"{name}: division by zero", column) from None
        except (OverflowError, ValueError, TypeError, IndexError) as error:
            raise FormulaError(f"{name}: {error}", column) from None
        if not np.isfinite(result).all():
            raise FormulaError(f"{name}: outside its domain, or too large", column)
        self._budget.alive += result.nbytes
        return result if result.ndim else float(result)

    def _free(self, operands: list[Operand]) -> None:
        """Count intermediates as gone; what the caller named stays alive and was never counted."""
        for operand in operands:
            named = any(operand is kept for kept in self._scope.values())
            if isinstance(operand, np.ndarray) and not named:
                self._budget.alive -= operand.nbytes

    def _call(self, node: Call) -> Operand:
        function = FUNCTIONS[node.function]
        operands = [self.value(argument) for argument in node.arguments]
        match function:
            case Elementwise():
                return self._made(
                    function.apply,
                    operands,
                    cost=function.cost,
                    name=node.function,
                    column=node.column,
                )
            case Reduction():
                return self._reduction(function, node, operands)
            case Product():
                return self._product(function, node, operands)
            case Draw():
                return self._draw(function, node, operands)

    def _reduction(self, function: Reduction, node: Call, operands: list[Operand]) -> Operand:
        array = np.asarray(operands[0], dtype=np.float64)
        keywords = {name: self._whole(value) for name, value in node.keywords}
        axis = keywords.get("axis")
        if axis is not None and not -array.ndim <= axis < array.ndim:
            raise FormulaError(
                f"{node.function}: no axis {axis} in an array of {array.ndim} dimensions",
                node.column,
            )
        if axis is not None and len(operands) > 1 and node.function in ("min", "max"):
            raise FormulaError(f"{node.function}: axis= goes with one array", node.column)
        size = array.size if axis is None else array.shape[axis]
        if keywords.get("ddof", 0) >= size or size == 0:
            raise FormulaError(f"{node.function}: too few elements ({size})", node.column)
        self._budget.take(array.shape, cost=function.cost, column=node.column)
        result = self._computed(
            lambda: function.apply(*operands, **keywords), name=node.function, column=node.column
        )
        self._free(operands)
        return result

    def _product(self, function: Product, node: Call, operands: list[Operand]) -> Operand:
        a, b = (np.asarray(operand, dtype=np.float64) for operand in operands)
        fits = 1 <= a.ndim <= 2 and 1 <= b.ndim <= 2 and a.shape[-1] == b.shape[0]
        if not fits:
            shapes = f"{list(a.shape)} and {list(b.shape)}"
            raise FormulaError(f"dot: shapes {shapes} do not fit", node.column)
        self._budget.take(a.shape[:-1] + b.shape[1:], cost=a.shape[-1], column=node.column)
        result = self._computed(lambda: function.apply(a, b), name="dot", column=node.column)
        self._free(operands)
        return result

    def _draw(self, function: Draw, node: Call, operands: list[Operand]) -> Operand:
        if self._rng is None:
            raise FormulaError(f"{node.function} draws; only a check may draw", node.column)
        rng, shape = self._rng, tuple(self._size(size) for size in node.shape or ())
        for operand in operands:
            try:
                fits = np.broadcast_shapes(np.shape(operand), shape) == shape
            except ValueError:
                fits = False
            if not fits:
                why = f"{node.function}: {list(np.shape(operand))} does not fit {list(shape)}"
                raise FormulaError(why, node.column)
        _refuse_parameters(node, operands)
        self._budget.take(shape, cost=function.cost, column=node.column)
        result = self._computed(
            lambda: function.apply(rng, *operands, shape), name=node.function, column=node.column
        )
        self._free(operands)
        return result

    def _size(self, node: FormulaNode) -> int:
        size = self._whole(node)
        if size < 1:
            raise FormulaError(f"a size is at least 1, not {size}", node.column)
        return size

    def _whole(self, node: FormulaNode) -> int:
        value = self.value(node)
        if np.ndim(value) or value != int(value):
            raise FormulaError("a whole number is needed here", node.column)
        return int(value)


def _refuse_parameters(node: Call, operands: list[Operand]) -> None:
    """Refuse what a distribution does not allow, naming the call."""
    if not operands:
        return
    low, high = operands[0], operands[-1]
    refused = {
        "normal": ("sd is negative", np.any(np.less(high, 0))),
        "uniform": ("low is above high", np.any(np.greater(low, high))),
        "bernoulli": ("p is not in [0, 1]", np.any(np.less(low, 0)) or np.any(np.greater(low, 1))),
        "exponential": ("the mean is negative", np.any(np.less(low, 0))),
        "choice": ("count is not a whole number ≥ 1", np.ndim(low) > 0 or low < 1 or low % 1 != 0),
    }
    why, is_refused = refused[node.function]
    if is_refused:
        raise FormulaError(f"{node.function}: {why}", node.column)


def _plain(error: FloatingPointError) -> str:
    text = str(error)
    if "divide" in text:
        return "division by zero, or a logarithm of 0"
    if "overflow" in text:
        return "too large for a float64"
    return "not defined here (0/0, or a root or logarithm of a negative number)"
