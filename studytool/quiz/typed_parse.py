"""The parser of typed answers: tokens as a tree, by the usual precedence.

From loose to tight: sums; products and quotients; products without a sign; powers, percents and
Korean powers; numbers, brackets, roots and functions. A token that fits nowhere ends the parse:
it may be the unit.
"""

from fractions import Fraction

from studytool.quiz.typed_choices import Choice, Choices
from studytool.quiz.typed_decimals import decimal_sign
from studytool.quiz.typed_numerals import read_numeral
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_tokens import END, Token, TypedKind
from studytool.quiz.typed_tree import (
    Call,
    Constant,
    Literal,
    Minus,
    Node,
    Per,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
)
from studytool.quiz.typed_unread import refuse_token

MOST_DEPTH = 20

_K = TypedKind
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DEGREES = {"√": 2, "∛": 3, "∜": 4, "sqrt": 2, "cbrt": 3, "제곱근": 2, "세제곱근": 3}
_ANGLES = ("sin", "cos", "tan")
_TWO, _THREE = Literal(Fraction(2)), Literal(Fraction(3))
_DIVIDED = ("/", "⁄", ":")
_OPERATORS = ("*", "·", *_DIVIDED)
_BEHIND = (_K.RAISED, _K.SIGN, _K.PERCENT, _K.KOREAN, _K.UNKNOWN)
"""What may belong to the number before it."""
_OPERANDS = (
    *(_K.NUMERAL, _K.OPEN, _K.CONSTANT, _K.FUNCTION),
    *(_K.ROOT, _K.FRACTION, _K.FRAC),
)
"""What begins an operand, whatever follows."""


class TypedParser:
    """A place in a list of tokens, and what is parsed from there."""

    def __init__(self, tokens: list[Token], choices: Choices) -> None:
        self._tokens = [*tokens, END, END]
        self._choices = choices
        self._point = decimal_sign(tokens, choices)
        self._depth = 0
        self._angles = 0
        self.at = 0

    # --- what stands here ----------------------------------------------------------------------

    @property
    def token(self) -> Token:
        """Return the token here; ``END`` behind the last."""
        return self._tokens[self.at]

    def _sees(self, *signs: str, kind: TypedKind = _K.SIGN) -> str | None:
        """Take a sign if it is here."""
        token = self._tokens[self.at]
        if token.kind is not kind or token.text not in signs:
            return None
        self.at += 1
        return token.text

    def _begins_operand(self) -> bool:
        token = self._tokens[self.at]
        if token.kind is _K.RAISED:
            return self._tokens[self.at + 1].kind is _K.ROOT
        return token.kind in _OPERANDS or token.text in ("+", "-", "제곱근", "세제곱근")

    def _begins_factor(self) -> bool:
        """Return whether a factor follows without a sign of its own."""
        kind = self._tokens[self.at].kind
        if kind in (_K.NUMERAL, _K.FRACTION):
            return self._tokens[self.at - 1].kind is _K.CLOSE
        return kind in _OPERANDS

    # --- sums and products ---------------------------------------------------------------------

    def sum(self) -> Node:
        """Parse a sum."""
        node = self._product()
        while sign := self._sees("+", "-"):
            node = Sum(node, self._product(), minus=sign == "-")
        return node

    def _product(self) -> Node:
        node = _implied(self._factors())
        while self._operator():
            divided = self._tokens[self.at - 1].text in _DIVIDED
            factors = self._factors()
            if not divided:
                node = Product(node, _implied(factors))
            elif len(factors) > 1 and self._choices.takes_other(Choice.DIVISION):
                node = _implied([Quotient(node, factors[0]), *factors[1:]])
            else:
                node = Quotient(node, _implied(factors))
        return node

    def _operator(self) -> bool:
        """Take a sign of multiplication or division; not one that begins a unit (``/s``)."""
        token = self._tokens[self.at]
        if token.kind is not _K.SIGN or token.text not in _OPERATORS:
            return False
        unit = self._tokens[self.at + 1].kind is _K.UNKNOWN
        self.at += not unit
        return not unit

    def _factors(self) -> list[Node]:
        """Parse factors with no sign between them; the first may have a minus."""
        factors = [self._signed()]
        while self._begins_factor():
            factors.append(self._power())
        return factors

    # --- signs and powers ----------------------------------------------------------------------

    def _signed(self) -> Node:
        self._depth += 1  # every level of brackets, roots and powers passes here
        if self._depth > MOST_DEPTH:
            raise RefusedError(Refusal.TOO_DEEP, most=MOST_DEPTH)
        sign = self._sees("+", "-")
        node = self._signed() if sign else self._power()
        self._depth -= 1
        return Minus(node) if sign == "-" else node

    def _power(self, *, percent: bool = True) -> Node:
        node = self._atom()
        while (token := self._tokens[self.at]).kind in _BEHIND:
            if token.kind is _K.RAISED:
                self.at += 1
                node = Power(node, Literal(Fraction(token.text)))
            elif self._sees("^"):
                node = self._raised(node)
            elif token.kind is _K.PERCENT and percent:
                self.at += 1
                node = Per(node, token.text)
            elif token.text == "°" and self._angles:
                self.at += 1
                node = Per(node, "°")
            elif token.kind is _K.KOREAN and (found := self._korean(node)) is not None:
                node = found
            else:
                break
        return node

    def _raised(self, base: Node) -> Node:
        """Parse an exponent; a percent sign behind it is not its own, unless chosen so."""
        bracketed = self._tokens[self.at].kind is _K.OPEN
        exponent = self._exponent()
        if self._tokens[self.at].kind is _K.PERCENT and not bracketed:
            sign = self._tokens[self.at].text
            if self._choices.takes_other(Choice.PERCENT):
                self.at += 1
                return Power(base, Per(exponent, sign))
        return Power(base, exponent)

    def _exponent(self) -> Node:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise RefusedError(Refusal.TOO_DEEP, most=MOST_DEPTH)
        sign = self._sees("+", "-")
        node = self._power(percent=False)
        self._depth -= 1
        return Minus(node) if sign == "-" else node

    def _korean(self, node: Node) -> Node | None:
        """Parse ``2분의 1``, ``2의 3제곱``, ``3제곱``, ``2의 제곱근`` behind a number."""
        if self._sees("분의", kind=_K.KOREAN):
            return Quotient(self._signed(), node, tight=True)
        start = self.at
        of = self._sees("의", kind=_K.KOREAN)
        powers = {"제곱": Power(node, _TWO), "세제곱": Power(node, _THREE)}
        roots = {"제곱근": Root(2, node), "세제곱근": Root(3, node)}
        known: dict[str, Node] = {**powers, **roots} if of else {**powers}
        if word := self._sees(*known, kind=_K.KOREAN):
            return known[word]
        if of and self._begins_operand():
            sign = self._sees("+", "-")
            exponent = self._atom()
            if self._sees("제곱", kind=_K.KOREAN):
                return Power(node, Minus(exponent) if sign == "-" else exponent)
        self.at = start
        return None

    # --- numbers, brackets, roots, functions ---------------------------------------------------

    def _atom(self) -> Node:
        token = self._tokens[self.at]
        if token.kind is _K.SIGN or not self._begins_operand():
            raise refuse_token(self._tokens[:-2], self.at)
        if token.kind in (_K.NUMERAL, _K.FRACTION):
            node, taken = read_numeral(self._tokens, self.at, self._point)
            self.at += taken
            return node
        if token.kind is _K.OPEN:
            return self._bracket()
        self.at += 1
        return Constant(token.text) if token.kind is _K.CONSTANT else self._applied(token)

    def _applied(self, token: Token) -> Node:
        """Parse what a function, a root or a fraction of TeX is of."""
        if token.kind is _K.FRAC:
            return self._frac()
        if token.kind is _K.RAISED:  # ³√8
            self.at += 1
            return self._root(int(token.text))
        degree = _DEGREES.get(token.text)
        return self._call(token.text) if degree is None else self._root(degree)

    def _bracket(self) -> Node:
        opened = self._tokens[self.at].text
        self.at += 1
        node = self.sum()
        token = self._tokens[self.at]
        if token.kind is _K.END:
            raise RefusedError(Refusal.BRACKETS)
        if token.text in (",", ";") and token.kind is _K.SIGN:
            raise RefusedError(Refusal.RANGE)
        if token.kind is not _K.CLOSE:
            raise refuse_token(self._tokens[:-2], self.at)
        if token.text != _PAIRS[opened]:
            raise RefusedError(Refusal.BRACKETS)
        self.at += 1
        return node

    def _frac(self) -> Node:
        """Parse the two parts of a fraction of TeX; two digits without brackets are one each."""
        token = self._tokens[self.at]
        if token.kind is _K.NUMERAL and len(token.text) == 2:
            self.at += 1
            top, below = (Literal(Fraction(digit)) for digit in token.text)
            return Quotient(top, below, tight=True)
        return Quotient(self._atom(), self._atom(), tight=True)

    def _root(self, degree: int) -> Node:
        """Parse what is under a root: a bracket, or one number with its percent sign."""
        if self._tokens[self.at].kind is _K.OPEN and self._tokens[self.at].text == "[":
            of = self._bracket()
            if self._tokens[self.at].kind is not _K.OPEN or not isinstance(of, Literal):
                return Root(degree, of)
            return self._root(max(2, int(of.value)))
        if self._tokens[self.at].kind is _K.SIGN:
            return Root(degree, self._signed())
        number = self._tokens[self.at].kind is _K.NUMERAL
        of = self._under()
        if not number or self._tokens[self.at].kind not in (_K.CONSTANT, _K.ROOT):
            return Root(degree, of)
        if not self._choices.takes_other(Choice.ROOT):
            return Root(degree, of)
        return Root(degree, Product(of, self._under(), implied=True))

    def _under(self) -> Node:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise RefusedError(Refusal.TOO_DEEP, most=MOST_DEPTH)
        of = self._atom()
        self._depth -= 1
        token = self._tokens[self.at]
        if token.kind is _K.PERCENT:
            self.at += 1
            return Per(of, token.text)
        return of

    def _call(self, name: str) -> Node:
        base = self._atom() if name == "log" and self._sees("_") else None
        raised = self.token if self.token.kind is _K.RAISED else None
        self.at += raised is not None
        self._angles += name in _ANGLES
        of = self._bracket() if self._tokens[self.at].kind is _K.OPEN else self._argument()
        self._angles -= name in _ANGLES
        call = Call(name, of, base)
        return call if raised is None else Power(call, Literal(Fraction(raised.text)))

    def _argument(self) -> Node:
        """Parse what a function without brackets is of: ``sin 2π``, ``exp -1``."""
        factors = [self._signed()]
        while self._tokens[self.at].kind is _K.CONSTANT:
            factors.append(self._power())
        return _implied(factors)


def _implied(factors: list[Node]) -> Node:
    node = factors[0]
    for factor in factors[1:]:
        node = Product(node, factor, implied=True)
    return node
