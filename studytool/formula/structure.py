"""What is known of a sampled formula before the first draw, from its tree alone.

A sample cannot show a value that it has not drawn: a spike of a chance of 1 in 10,000, the tail of
a product of twenty normals. The tree can: where the values lie, how fast they grow, how many there
are, and whether each replicate draws anew. What is said is never too narrow; where nothing is
known, the range is unbounded and the degree infinite.

    known = structure_of(parse("relu(normal(0,1,[reps]))**2", draws=True))
    known.range      # Interval(low=0.0, high=inf)
    known.degree     # 2.0

Values count as finite: a formula that comes to something else is refused when it is computed.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from studytool.formula.bindings import resolve_order
from studytool.formula.draw_ranges import range_of_draw
from studytool.formula.functions import (
    BINARY,
    CONSTANTS,
    UNARY,
    function_of,
)
from studytool.formula.growth import Growth, growth_of_draw, growth_of_reduction, product_of
from studytool.formula.hidden import hidden_in_draw, hidden_in_reduction
from studytool.formula.intervals import Interval, multiply, total
from studytool.formula.kinds import Draw, Elementwise, Product, Reduction
from studytool.formula.known import (
    NOTHING,
    REPLICATES,
    Known,
    bounded,
    compared,
    computed,
    from_function,
    from_operator,
    multisets,
    number,
    squared,
    values_of_reduction,
)
from studytool.formula.parse import Formula
from studytool.formula.ranges import range_of_reduction
from studytool.formula.scales import scale_of_draw, scale_of_reduction
from studytool.formula.shapes import ANY_COUNT, REPS, count_of, reduced
from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)
from studytool.language import Phrase

FEW_VALUES = 16

SHARED_DRAW = Phrase(
    ko="'{text}': {function}({column}번째 글자)을(를) 모든 반복이 함께 씁니다. "
    "모양에 reps 축을 넣어 반복마다 새로 뽑으세요.",
    en="'{text}': every replicate shares the draw of {function} at column {column}; "
    "give its shape the axis reps, so that each draws anew",
)
MIXED_REPLICATES = Phrase(
    ko="'{text}': {function}({column}번째 글자)이(가) 여러 반복의 값을 섞습니다. "
    "표본은 반복마다 따로 나와야 합니다. axis를 쓰세요.",
    en="'{text}': {function} at column {column} mixes the values of several replicates; "
    "each must give its own: name an axis",
)


@dataclass(frozen=True, slots=True)
class PlacedCall:
    """A call in a check's formulas: its column in a formula of ``let``, or in the sample (None)."""

    let: str | None
    function: str
    column: int


@dataclass(frozen=True, slots=True)
class Structure:
    """What is known of the values of a sample.

    Attributes:
        range: where each value lies.
        degree: the power of a normal draw that bounds the tails: 0 where the range is bounded,
            infinite where no polynomial does or none is known.
        kurtosis: what the kurtosis cannot exceed; infinite where nothing is known.
        part_width: of a sum without bounds, how wide the ranges of its bounded parts are together.
        part_kurtosis: what the kurtosis of a part of the sum may be that is a polynomial in draws.
        values: how many there are at most, roundings aside; infinite of a continuous law.
        shared_draws: the draws without an axis for the replicates, which all share them.
        across_replicates: the calls that make one replicate's value of several replicates' draws.
    """

    range: Interval
    degree: float
    kurtosis: float
    part_width: float
    part_kurtosis: float
    values: float
    shared_draws: tuple[PlacedCall, ...]
    across_replicates: tuple[PlacedCall, ...]

    @property
    def has_few_values(self) -> bool:
        """Whether the law is so discrete that a median or a quantile says little of it."""
        return self.values <= FEW_VALUES


def structure_of(
    sample: Formula,
    let: Mapping[str, Formula] | None = None,
    numbers: Mapping[str, float] | None = None,
) -> Structure:
    """Return what is known of a sample, with the numbers that are in scope.

    Raises:
        FormulaError: the formulas of ``let`` go round in a circle.
    """
    let = let or {}
    scope = known_numbers(numbers or {})
    walks = {name: KnownWalk(scope) for name in (*_used(sample, let), None)}
    for name, walk in walks.items():
        if name is not None:
            scope[name] = walk.value(let[name].tree)
    known = walks[None].value(sample.tree)
    shared = tuple(_placed(name, call) for name, walk in walks.items() for call in walk.shared)
    across = tuple(_placed(name, call) for name, walk in walks.items() for call in walk.across)
    return structure_from(known, shared, across)


def known_numbers(numbers: Mapping[str, float]) -> dict[str, Known]:
    """Return what is known of numbers in scope, of the constants and of ``reps``."""
    scope = {name: number(value) for name, value in {**CONSTANTS, **numbers}.items()}
    return {**scope, "reps": REPLICATES}


def structure_from(
    known: Known, shared: tuple[PlacedCall, ...] = (), across: tuple[PlacedCall, ...] = ()
) -> Structure:
    """Return the structure of a sample of which a walk has told what is known."""
    growth, width = known.growth, known.hidden.width
    of_part = Growth(0.0, known.hidden.weight).kurtosis
    told = (known.range, growth.degree, growth.kurtosis, width, of_part, known.values)
    return Structure(*told, shared, across)


def _placed(let: str | None, call: Call) -> PlacedCall:
    return PlacedCall(let, call.function, call.column)


def _used(sample: Formula, let: Mapping[str, Formula]) -> list[str]:
    """Return the names of ``let`` that the sample needs, each after those that it needs."""
    needed = set(sample.names)
    order = resolve_order(let)
    for name in reversed(order):
        if name in needed:
            needed |= let[name].names
    return [name for name in order if name in needed]


class KnownWalk:
    """A walk through trees; it keeps the calls that share draws or mix replicates."""

    def __init__(self, scope: Mapping[str, Known]) -> None:
        self.shared: list[Call] = []
        self.across: list[Call] = []
        self._scope = scope

    def value(self, node: FormulaNode) -> Known:
        """Return what is known of a formula, or of a part of one."""
        match node:
            case Constant(value=value):
                return number(value)
            case Name(name=name):
                return self._scope.get(name, NOTHING)
            case Operation():
                return self._operation(node)
            case Comparison():
                return self._comparison(node)
            case Conditional():
                return self._conditional(node)
            case Call():
                return self._call(node)

    def _operation(self, node: Operation) -> Known:
        operands = [self.value(operand) for operand in node.operands]
        operator = node.operator
        apply = UNARY[operator] if len(operands) == 1 else BINARY[operator][0]
        if fixed := computed(apply, operands):
            return fixed
        match operator, node.operands:
            case "*", (Name(name=left), Name(name=right)) if left == right:
                return squared(operands[0])
        return from_operator(operator, operands)

    def _comparison(self, node: Comparison) -> Known:
        sides = [self.value(node.first), *(self.value(side) for _, side in node.rest)]
        pairs = zip(node.rest, sides, sides[1:], strict=False)
        fixed = [computed(BINARY[word][0], [left, right]) for (word, _), left, right in pairs]
        if None in fixed:
            return compared(sides)
        return number(float(all(one is not None and one.number for one in fixed)))

    def _conditional(self, node: Conditional) -> Known:
        """Return what is known of the side that a fixed number chooses, else of both."""
        condition = self.value(node.condition)
        if condition.number is not None:
            return self.value(node.then if condition.number else node.otherwise)
        sides = [self.value(node.then), self.value(node.otherwise)]
        known = from_function("where", [condition, *sides])
        return known if sides[0].shape == sides[1].shape else replace(known, shape=None)

    def _call(self, node: Call) -> Known:
        function = function_of(node)
        operands = [self.value(argument) for argument in node.arguments]
        match function:
            case Draw():
                return self._draw(node, operands)
            case Product():
                return self._dot(node, *operands)
            case Reduction() if len(operands) == 1 or function.arguments[-1] != "...":
                return self._reduction(node, operands[0])
            case Elementwise() | Reduction():
                return computed(function.apply, operands) or from_function(node.function, operands)

    def _reduction(self, node: Call, x: Known) -> Known:
        name, keywords = node.function, {word: self.value(side) for word, side in node.keywords}
        given = {word: known.number for word, known in keywords.items()}
        if None in given.values():
            return NOTHING
        whole = {word: int(value) for word, value in given.items() if value is not None}
        left = reduced(name, x.shape, whole.get("axis"))
        if left.across_replicates and x.is_random:
            self.across.append(node)
        range_ = range_of_reduction(name, x.range, left.count, ddof=whole.get("ddof", 0))
        growth = growth_of_reduction(name, x.growth, left.count.high)
        values = values_of_reduction(name, x.values, left.count.high)
        hidden = hidden_in_reduction(name, x, left.count.high, range_)
        scale = scale_of_reduction(name, x, left.count.high)
        is_tame = x.is_tame and name in ("sum", "mean")
        return bounded(
            Known(range_, left.shape, growth, values, x.is_random, hidden, scale, is_tame)
        )

    def _dot(self, node: Call, a: Known, b: Known) -> Known:
        is_random = a.is_random or b.is_random
        shape, count = None, ANY_COUNT
        if a.shape and b.shape and a.shape[-1] == b.shape[0]:
            shape, count = a.shape[:-1] + b.shape[1:], count_of([b.shape[0]])
            if b.shape[0] == REPS and is_random:
                self.across.append(node)
        range_ = total(multiply(a.range, b.range), count)
        values = multisets(a.values * b.values, count.high)
        return bounded(Known(range_, shape, product_of(a.growth, b.growth), values, is_random))

    def _draw(self, node: Call, operands: list[Known]) -> Known:
        sizes = [self._size(size) for size in node.shape or ()]
        shape = tuple(size for size in sizes if size is not None)
        is_known = len(shape) == len(sizes)
        if is_known and REPS not in shape:
            self.shared.append(node)
        is_across = node.function == "permutation" and sizes[-1:] == [REPS]
        if is_across:
            self.across.append(node)
        last = float(sizes[-1] or math.inf) if sizes and sizes[-1] != REPS else math.inf
        ranges = [operand.range for operand in operands]
        growth = growth_of_draw(node.function, [one.growth for one in operands], ranges)
        range_ = range_of_draw(node.function, ranges, last)
        values = _values_of_draw(node.function, range_)
        scale = scale_of_draw(node.function, operands)
        hidden = hidden_in_draw(operands, range_)
        shape_ = shape if is_known else None
        return bounded(
            Known(range_, shape_, growth, values, is_random=True, hidden=hidden, scale=scale)
        )

    def _size(self, node: FormulaNode) -> int | None:
        if isinstance(node, Name) and node.name == "reps":
            return REPS
        size = self.value(node).number
        return None if size is None else int(size)


def _values_of_draw(law: str, range_: Interval) -> float:
    if range_.is_point:
        return 1.0
    is_whole = law in ("bernoulli", "choice", "permutation", "binomial")
    return range_.high - range_.low + 1 if is_whole else math.inf
