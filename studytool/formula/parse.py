"""Parse a formula into a checked tree by precedence climbing, within limits of depth and size."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.calls import CallOutline, check_call, check_name
from studytool.formula.functions import CONSTANTS
from studytool.formula.limits import MAX_DEPTH, MAX_NODES
from studytool.formula.misplaced import no_value, unexpected
from studytool.formula.scan import Token, scan
from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)

_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_LEVELS = (frozenset({"+", "-"}), frozenset({"*", "/", "//", "%"}))


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that belongs to the language.

    Attributes:
        names: what it needs: parameters and ``let`` names, without the constants.
        draws: whether it draws random arrays.
    """

    text: str
    tree: FormulaNode
    names: frozenset[str]
    draws: bool

    def __hash__(self) -> int:
        return hash(self.text)  # a tree is long, and seldom another for the same text


def parse(text: str, *, draws: bool = False) -> Formula:
    """Read a formula; with ``draws`` it may draw random arrays.

    Raises:
        FormulaError: outside the language or beyond its limits; says why and where.

    >>> sorted(parse("2/(fan_in+fan_out)").names)
    ['fan_in', 'fan_out']
    """
    parser = _Parser(scan(text), may_draw=draws)
    tree = parser.whole()
    names = frozenset(parser.names - set(CONSTANTS))
    return Formula(text, tree, names, parser.drew)


@lru_cache(maxsize=65_536)
def parse_once(text: str, *, draws: bool = False) -> Formula:
    """Read a formula that comes again and again, as :func:`parse` does."""
    return parse(text, draws=draws)


class _Parser:
    def __init__(self, tokens: list[Token], *, may_draw: bool) -> None:
        self.names: set[str] = set()
        self.drew = False
        self._tokens = tokens
        self._at = 0
        self._may_draw = may_draw
        self._nodes = 0
        self._depth = 0

    def whole(self) -> FormulaNode:
        tree = self._conditional()
        if self._next.kind != "end":
            raise unexpected(self._next)
        return tree

    # --- tokens -------------------------------------------------------------------------------

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _sees(self, *operators: str) -> bool:
        return self._next.kind == "op" and self._next.text in operators

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _expect(self, operator: str) -> Token:
        if not self._sees(operator):
            found = self._next
            why = refusals.MISSING_BEFORE if found.text else refusals.MISSING_AT_END
            raise FormulaError(why, found.column, wanted=operator, found=found.text)
        return self._take()

    def _count(self, column: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FormulaError(refusals.TOO_MANY_NODES, column, most=MAX_NODES)

    def _deeper(self, column: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError(refusals.TOO_DEEP, column, most=MAX_DEPTH)

    # --- the grammar, loosest first -----------------------------------------------------------

    def _conditional(self) -> FormulaNode:
        start = self._next.column
        self._deeper(start)
        node = self._either()
        if self._sees("if"):
            column = self._take().column
            condition = self._either()
            self._expect("else")
            self._count(column)
            node = Conditional(condition, node, self._conditional(), column)
        self._depth -= 1
        return node

    def _either(self) -> FormulaNode:
        node = self._both()
        while self._sees("or"):
            node = self._binary(node, self._both)
        return node

    def _both(self) -> FormulaNode:
        node = self._negation()
        while self._sees("and"):
            node = self._binary(node, self._negation)
        return node

    def _negation(self) -> FormulaNode:
        if self._sees("not"):
            return self._prefix(self._negation)
        return self._comparison()

    def _comparison(self) -> FormulaNode:
        first = self._sum(0)
        rest = []
        column = self._next.column
        while self._sees(*_COMPARISONS):
            operator = self._take()
            self._count(operator.column)
            rest.append((operator.text, self._sum(0)))
        return Comparison(first, tuple(rest), column) if rest else first

    def _sum(self, level: int) -> FormulaNode:
        def tighter() -> FormulaNode:
            return self._sum(level + 1) if level + 1 < len(_LEVELS) else self._signed()

        node = tighter()
        while self._sees(*_LEVELS[level]):
            node = self._binary(node, tighter)
        return node

    def _signed(self) -> FormulaNode:
        if self._sees("-", "+"):
            return self._prefix(self._signed)
        if self._sees("*", "**"):
            raise FormulaError(refusals.NO_STARS, self._next.column)
        return self._power()

    def _power(self) -> FormulaNode:
        base = self._atom()
        if not self._sees("**"):
            return base
        operator = self._take()
        self._count(operator.column)
        self._deeper(operator.column)
        exponent = self._signed()
        self._depth -= 1
        return Operation("**", (base, exponent), operator.column)

    def _binary(self, left: FormulaNode, read: Callable[[], FormulaNode]) -> FormulaNode:
        operator = self._take()
        self._count(operator.column)
        return Operation(operator.text, (left, read()), operator.column)

    def _prefix(self, read: Callable[[], FormulaNode]) -> FormulaNode:
        operator = self._take()
        self._count(operator.column)
        self._deeper(operator.column)
        operand = read()
        self._depth -= 1
        return Operation(operator.text, (operand,), operator.column)

    # --- atoms --------------------------------------------------------------------------------

    def _atom(self) -> FormulaNode:
        token = self._take()
        self._count(token.column)
        if token.kind == "number":
            node: FormulaNode = Constant(float(token.text), token.column)
        elif token.kind == "name":
            node = self._call(token) if self._sees("(") else self._name(token)
        elif token.text == "(":
            node = self._bracket(token)
        else:
            raise no_value(token)
        if self._sees("[", "("):
            is_index = self._next.text == "["
            why = refusals.NO_INDEXING if is_index else refusals.NOT_CALLABLE
            raise FormulaError(why, self._next.column)
        return node

    def _bracket(self, opening: Token) -> FormulaNode:
        if self._sees(")"):
            raise FormulaError(refusals.EMPTY_BRACKETS, opening.column)
        node = self._conditional()
        if self._sees(","):
            raise FormulaError(refusals.NO_LISTS, self._next.column)
        self._expect(")")
        return node

    def _name(self, token: Token) -> FormulaNode:
        self.names.add(token.text)
        return Name(token.text, token.column)

    def _call(self, token: Token) -> FormulaNode:
        check_name(self._outline(token), may_draw=self._may_draw)
        self._expect("(")
        call = self._arguments(token)
        check_call(call)
        self.drew |= call.shape is not None
        return call

    def _outline(self, name: Token) -> CallOutline:
        """Look ahead over a call: how many arguments it has, and whether a list ends it."""
        depth, commas, lists = 0, 0, 0
        for token in self._tokens[self._at :]:
            if token.kind != "op":
                continue
            depth += (token.text in "([") - (token.text in ")]")
            lists += depth == 2 and token.text == "["
            commas += depth == 1 and token.text == ","
            if depth == 0:
                break
        is_empty = self._tokens[min(self._at + 1, len(self._tokens) - 1)].text == ")"
        return CallOutline(name.text, name.column, commas + 1 - bool(lists) - is_empty, lists > 0)

    def _arguments(self, token: Token) -> Call:
        arguments: list[FormulaNode] = []
        keywords: list[tuple[str, FormulaNode]] = []
        shape: tuple[FormulaNode, ...] | None = None
        while not self._sees(")"):
            if shape is not None:
                raise FormulaError(refusals.SHAPE_IS_LAST, self._next.column)
            if self._sees("["):
                shape = self._shape()
            elif self._is_keyword():
                name = self._take().text
                self._take()
                keywords.append((name, self._conditional()))
            elif keywords:
                raise FormulaError(refusals.KEYWORDS_ARE_LAST, self._next.column)
            else:
                arguments.append(self._conditional())
            if not self._sees(")"):
                self._expect(",")
        self._take()
        return Call(token.text, tuple(arguments), tuple(keywords), shape, token.column)

    def _is_keyword(self) -> bool:
        after = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        return self._next.kind == "name" and after.kind == "op" and after.text == "="

    def _shape(self) -> tuple[FormulaNode, ...]:
        self._expect("[")
        sizes = [self._conditional()]
        while self._sees(","):
            self._take()
            sizes.append(self._conditional())
        self._expect("]")
        return tuple(sizes)
