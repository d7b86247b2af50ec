"""The parser of typed answers: tokens as a tree, by the usual precedence.

From loose to tight: sums; products and quotients; products without a sign; powers, percents and
Korean powers; operands. A token that fits nowhere ends the parse: it may be the unit.
"""

from fractions import Fraction

from studytool.quiz.typed_angles import ANGLE_WORDS
from studytool.quiz.typed_choices import ReadingChoice
from studytool.quiz.typed_decimals import numeral_value
from studytool.quiz.typed_operands import OperandParser
from studytool.quiz.typed_shapes import implied_product
from studytool.quiz.typed_tokens import TypedKind
from studytool.quiz.typed_tree import (
    Node,
    TypedLiteral,
    TypedMinus,
    TypedPer,
    TypedPower,
    TypedProduct,
    TypedQuotient,
    TypedRoot,
    TypedSum,
)

_K = TypedKind
_TWO, _THREE = TypedLiteral(Fraction(2)), TypedLiteral(Fraction(3))
_DIVIDED = ("/", "⁄", ":")
_OPERATORS = ("*", "·", *_DIVIDED)
_TERMS = ("+", "-")
_NEAR = 12
"""Tokens that are looked back at, so that the work grows with the length alone."""
_BEHIND = (_K.RAISED, _K.SIGN, _K.PERCENT, _K.KOREAN, _K.UNKNOWN)
"""What may belong to the number before it."""


class TypedParser(OperandParser):
    """The parser of whole expressions."""

    def sum(self) -> Node:
        """Parse a sum."""
        node = self._product()
        while (sign := self._tokens[self.at].text) in _TERMS:
            self.at += 1
            node = TypedSum(node, self._product(), minus=sign == "-")
        return node

    def _product(self) -> Node:
        return self._quotients(implied_product(self._factors()))

    def _quotients(self, node: Node) -> Node:
        while self._tokens[self.at].text in _OPERATORS and self._operator():
            divided = self._tokens[self.at - 1].text in _DIVIDED
            factors = self._factors()
            if not divided:
                node = TypedProduct(node, implied_product(factors))
            elif len(factors) > 1 and self._choices.takes_other(ReadingChoice.DIVISION):
                node = implied_product([TypedQuotient(node, factors[0]), *factors[1:]])
            elif isinstance(last := factors[0], TypedPer) and self._is_first_percent():
                of_divisor = self._choices.takes_other(ReadingChoice.PER_QUOTIENT)
                whole = TypedPer(TypedQuotient(node, last.of), last.sign)
                node = TypedQuotient(node, last) if of_divisor else whole
            else:
                node = TypedQuotient(node, implied_product(factors))
        return node

    def _is_first_percent(self) -> bool:
        """Return whether the text so far ends with a number of percents, the first in it."""
        *before, number, percent = self._tokens[: self.at]
        plain = number.kind is _K.NUMERAL and percent.kind is _K.PERCENT
        return plain and all(token.kind is not _K.PERCENT for token in before[-_NEAR:])

    def _operator(self) -> bool:
        """Take a sign of multiplication or division; not one that begins a unit (``/s``)."""
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
        self._deeper()  # every level of brackets, roots and powers passes here
        sign = self._sees("+", "-")
        node = self._signed() if sign else self._power()
        self._depth -= 1
        return TypedMinus(node) if sign == "-" else node

    def _power(self, *, percent: bool = True) -> Node:
        node = self._atom()
        while (token := self._tokens[self.at]).kind in _BEHIND:
            if token.kind is _K.SIGN:
                if token.text != "^":
                    break
                self.at += 1
                node = self._raised(node)
            elif token.kind is _K.RAISED:
                self.at += 1
                node = TypedPower(node, TypedLiteral(Fraction(token.text)))
            elif percent and token.kind is _K.PERCENT and not self._behind_percent():
                self.at += 1
                node = self._tenths(TypedPer(node, token.text))
            elif self._angles and (angle := ANGLE_WORDS.get(token.text)) is not None:
                self.at += 1
                node = TypedPer(node, angle)
            elif token.kind is _K.KOREAN and (found := self._korean(node)) is not None:
                node = found
            else:
                break
        return node

    def _behind_percent(self) -> bool:
        return self._tokens[self.at - 1].kind is _K.PERCENT  # 50%% says nothing that 50% does not

    def _tenths(self, node: TypedPer) -> Node:
        """Parse the hundredths behind tenths: ``3할 5푼``."""
        number, percent = self._tokens[self.at : self.at + 2]
        if not (node.sign == "할" and number.kind is _K.NUMERAL and percent.text == "푼"):
            return node
        self.at += 2
        hundredths = TypedLiteral(numeral_value(number.text, self._point))
        return TypedSum(node, TypedPer(hundredths, "푼"), minus=False)

    def _raised(self, base: Node) -> Node:
        """Parse an exponent; a percent sign behind it is not its own, unless chosen so."""
        bracketed = self._tokens[self.at].kind is _K.OPEN
        exponent = self._exponent()
        if self._tokens[self.at].kind is _K.PERCENT and not bracketed:
            sign = self._tokens[self.at].text
            if self._choices.takes_other(ReadingChoice.PERCENT):
                self.at += 1
                return TypedPower(base, TypedPer(exponent, sign))
        return TypedPower(base, exponent)

    def _exponent(self) -> Node:
        self._deeper()
        if self.token.kind is _K.RAISED:  # 10^⁻³
            self.at += 1
            self._depth -= 1
            return TypedLiteral(Fraction(self._tokens[self.at - 1].text))
        sign = self._sees("+", "-")
        node = self._power(percent=False)
        self._depth -= 1
        return TypedMinus(node) if sign == "-" else node

    def _korean(self, node: Node) -> Node | None:
        """Parse ``2분의 1``, ``2의 3제곱``, ``2의 3승``, ``3제곱``, ``2의 제곱근`` behind a number."""
        if self._sees("분의", kind=_K.KOREAN):
            return TypedQuotient(self._signed(), node, tight=True)
        start = self.at
        of = self._sees("의", kind=_K.KOREAN)
        powers = {"제곱": TypedPower(node, _TWO), "세제곱": TypedPower(node, _THREE)}
        if not of and self._tokens[self.at + 1].kind is _K.UNKNOWN:  # 5 제곱미터
            spaced = self._tokens[self.at + 1].spaced
            powers = powers if spaced else {}
        roots = {"제곱근": TypedRoot(2, node), "세제곱근": TypedRoot(3, node)}
        known: dict[str, Node] = {**powers, **roots} if of else {**powers}
        if word := self._sees(*known, kind=_K.KOREAN):
            return known[word]
        if of and self._begins_operand():
            sign = self._sees("+", "-")
            exponent = self._atom()
            if self._sees("제곱", "승", kind=_K.KOREAN):
                return TypedPower(node, TypedMinus(exponent) if sign == "-" else exponent)
        self.at = start
        return None
