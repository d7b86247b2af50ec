"""From tokens to a checked tree: precedence climbing, with depth and size held as it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from studytool.errors import FormulaError
from studytool.formula.functions import CONSTANTS, FUNCTIONS, Draw, Function, Reduction, signature
from studytool.formula.limits import MAX_DEPTH, MAX_NODES
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
            raise FormulaError(_why_unexpected(self._next), self._next.column)
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
            found = f"'{self._next.text}'" if self._next.text else "the end"
            raise FormulaError(f"expected '{operator}', found {found}", self._next.column)
        return self._take()

    def _count(self, column: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FormulaError(f"a formula has at most {MAX_NODES} operations and values", column)

    def _deeper(self, column: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError(f"nested deeper than {MAX_DEPTH} levels", column)

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
            raise FormulaError("there are no starred arguments", self._next.column)
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
            raise FormulaError(_why_no_value(token), token.column)
        if self._sees("[", "("):
            why = "there is no indexing" if self._next.text == "[" else "only a function is called"
            raise FormulaError(why, self._next.column)
        return node

    def _bracket(self, opening: Token) -> FormulaNode:
        if self._sees(")"):
            raise FormulaError("empty brackets", opening.column)
        node = self._conditional()
        if self._sees(","):
            raise FormulaError("lists stand only as the shape of a draw", self._next.column)
        self._expect(")")
        return node

    def _name(self, token: Token) -> FormulaNode:
        self.names.add(token.text)
        return Name(token.text, token.column)

    def _call(self, token: Token) -> FormulaNode:
        function = FUNCTIONS.get(token.text)
        if function is None:
            near = get_close_matches(token.text, FUNCTIONS, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise FormulaError(f"there is no function '{token.text}'{hint}", token.column)
        if isinstance(function, Draw):
            self._refuse_stray_draw(token)
        self._expect("(")
        call = self._arguments(token)
        check_call(function, call)
        return call

    def _refuse_stray_draw(self, token: Token) -> None:
        if not self._may_draw:
            raise FormulaError(f"'{token.text}' draws; only a check may draw", token.column)
        self.drew = True

    def _arguments(self, token: Token) -> Call:
        arguments: list[FormulaNode] = []
        keywords: list[tuple[str, FormulaNode]] = []
        shape: tuple[FormulaNode, ...] | None = None
        while not self._sees(")"):
            if shape is not None:
                raise FormulaError("a shape is the last argument", self._next.column)
            if self._sees("["):
                shape = self._shape()
            elif self._is_keyword():
                name = self._take().text
                self._take()
                keywords.append((name, self._conditional()))
            elif keywords:
                raise FormulaError("a plain argument after a keyword", self._next.column)
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


def check_call(function: Function, call: Call) -> None:
    """Refuse a call with too few or many arguments, or a keyword that the function has not.

    Raises:
        FormulaError: names the call and what it takes.
    """
    takes = signature(call.function)
    wanted, given = len(function.arguments), len(call.arguments)
    if isinstance(function, Reduction) and function.arguments[-1] == "...":
        fits = given >= 1
    else:
        fits = given == wanted
    if not fits or (call.shape is not None) != isinstance(function, Draw):
        raise FormulaError(f"write {takes}", call.column)
    allowed = function.keywords if isinstance(function, Reduction) else ()
    names = [name for name, _ in call.keywords]
    for name in names:
        if name not in allowed or names.count(name) > 1:
            raise FormulaError(
                f"{call.function} has no argument '{name}='; write {takes}", call.column
            )


def _why_no_value(token: Token) -> str:
    if token.kind == "end":
        return "the formula breaks off here; a value is missing"
    if token.text == "[":
        return "lists stand only as the shape of a draw"
    return f"a value is missing before '{token.text}'"


def _why_unexpected(token: Token) -> str:
    if token.text == "=":
        return "there is no assignment; write == to compare"
    if token.text == ",":
        return "one formula, one value: ',' stands only between arguments"
    if token.text in (")", "]"):
        return f"'{token.text}' closes nothing"
    return f"an operator is missing before '{token.text}'"
