"""The operands of typed expressions: numbers, brackets, roots, functions and fractions of TeX."""

import re
from abc import ABC, abstractmethod
from fractions import Fraction

from studytool.quiz.typed_angles import ARCS, OF_ANGLES, may_be_degrees
from studytool.quiz.typed_choices import ReadingChoice
from studytool.quiz.typed_decimals import numeral_value
from studytool.quiz.typed_numerals import read_numeral
from studytool.quiz.typed_place import ENDS, TypedPlace
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_shapes import degree_of, implied_product
from studytool.quiz.typed_tokens import TypedKind, TypedToken
from studytool.quiz.typed_tree import (
    Node,
    TypedCall,
    TypedConstant,
    TypedLiteral,
    TypedMinus,
    TypedMixed,
    TypedPer,
    TypedPower,
    TypedProduct,
    TypedQuotient,
    TypedRoot,
    compute,
)
from studytool.quiz.typed_unread import refuse_token

MOST_DEPTH = 20

_K = TypedKind
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DEGREES = {"√": 2, "∛": 3, "∜": 4, "sqrt": 2, "cbrt": 3, "제곱근": 2, "세제곱근": 3}
_PAIR = re.compile(r"(\d+),(\d+)")
"""What may be a number and the base of its logarithm."""


class OperandParser(TypedPlace, ABC):
    """The operands that are parsed from a place."""

    # --- what is above an operand --------------------------------------------------------------

    @abstractmethod
    def sum(self) -> Node:
        """Parse a sum."""

    @abstractmethod
    def _signed(self) -> Node:
        """Parse a power with the minus before it."""

    @abstractmethod
    def _power(self) -> Node:
        """Parse an operand with its powers and its percent sign."""

    @abstractmethod
    def _quotients(self, node: Node) -> Node:
        """Parse what divides or multiplies a number."""

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise RefusedError(Refusal.TOO_DEEP, most=MOST_DEPTH)

    # --- numbers, brackets, roots, functions ---------------------------------------------------

    def _atom(self) -> Node:
        token = self._tokens[self.at]
        if token.kind in (_K.NUMERAL, _K.FRACTION):
            node, taken = read_numeral(self._tokens, self.at, self._point)
            self.at += taken
            return self._mixed(node) if self._tokens[self.at].kind is _K.FRAC else node
        if token.kind is _K.OPEN:
            return self._bracket()
        if self._sees("|"):
            return self._absolute()
        if token.kind is _K.SIGN or not self._begins_operand():
            raise refuse_token(self._tokens[:-ENDS], self.at)
        self.at += 1
        return TypedConstant(token.text) if token.kind is _K.CONSTANT else self._applied(token)

    def _applied(self, token: TypedToken) -> Node:
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
            raise refuse_token(self._tokens[:-ENDS], self.at)
        if token.text != _PAIRS[opened]:
            raise RefusedError(Refusal.BRACKETS)
        self.at += 1
        return node

    def _absolute(self) -> Node:
        """Parse what stands between two bars."""
        if self.at >= len(self._tokens) - ENDS:
            raise RefusedError(Refusal.BRACKETS)
        self._deeper()
        self._bars += 1
        node = self.sum()
        self._bars -= 1
        self._depth -= 1
        if self._sees("|"):
            return TypedCall("abs", node)
        if self.token.kind is _K.END:
            raise RefusedError(Refusal.BRACKETS)
        raise refuse_token(self._tokens[:-ENDS], self.at)

    def _mixed(self, whole: Node) -> Node:
        r"""Settle ``1\frac{1}{2}``: a mixed number, unless its parts are no whole numbers."""
        start = self.at
        self.at += 1
        part = self._frac()
        if (
            isinstance(whole, TypedLiteral)
            and whole.value == int(whole.value) != 0
            and isinstance(part, TypedQuotient)
            and isinstance(top := part.left, TypedLiteral)
            and isinstance(below := part.right, TypedLiteral)
            and 0 < top.value < below.value
            and not self._choices.takes_other(ReadingChoice.MIXED)
        ):
            return TypedMixed(whole, part)
        self.at = start
        return whole

    def _frac(self) -> Node:
        """Parse the two parts of a fraction of TeX; two digits without brackets are one each."""
        token = self._tokens[self.at]
        if token.kind is _K.NUMERAL and len(token.text) == 2 and token.text.isdecimal():
            self.at += 1
            top, below = (TypedLiteral(Fraction(digit)) for digit in token.text)
            return TypedQuotient(top, below, tight=True)
        return TypedQuotient(self._atom(), self._atom(), tight=True)

    def _root(self, degree: int) -> Node:
        """Parse what is under a root: a bracket, or one number with its percent sign."""
        if self._tokens[self.at].kind is _K.OPEN and self._tokens[self.at].text == "[":
            of = self._bracket()
            return (
                self._root(degree_of(of)) if self.token.kind is _K.OPEN else TypedRoot(degree, of)
            )
        if self._tokens[self.at].kind is _K.SIGN:
            return TypedRoot(degree, self._signed())
        number = self._tokens[self.at].kind is _K.NUMERAL
        of = self._under()
        if not number or self._tokens[self.at].kind not in (_K.CONSTANT, _K.ROOT):
            return TypedRoot(degree, of)
        if not self._choices.takes_other(ReadingChoice.ROOT):
            return TypedRoot(degree, of)
        return TypedRoot(degree, TypedProduct(of, self._under(), implied=True))

    def _under(self) -> Node:
        self._deeper()
        of = self._atom()
        self._depth -= 1
        token = self._tokens[self.at]
        if token.kind is _K.PERCENT:
            self.at += 1
            return TypedPer(of, token.text)
        return of

    def _call(self, name: str) -> Node:
        if name == "log" and (found := self._joined_base() or self._logarithm()) is not None:
            return found
        exponent = self._raised_name()
        if isinstance(exponent, TypedLiteral | TypedMinus) and compute(exponent) == -1:
            if name not in ARCS:
                raise RefusedError(Refusal.UNKNOWN, f"{name}⁻¹")
            name, exponent = ARCS[name], None
        self._angles += name in OF_ANGLES
        of = self._bracket() if self._tokens[self.at].kind is _K.OPEN else self._argument()
        self._angles -= name in OF_ANGLES
        if name in OF_ANGLES and may_be_degrees(of, self._choices):
            of = TypedPer(of, "°")
        call = TypedCall(name, of)
        return call if exponent is None else TypedPower(call, exponent)

    def _raised_name(self) -> Node | None:
        """Parse the exponent behind the name of a function: ``sin²(1)``, ``cos^2(1)``."""
        if self.token.kind is _K.RAISED:
            self.at += 1
            return TypedLiteral(Fraction(self._tokens[self.at - 1].text))
        if not self._sees("^"):
            return None
        if self.token.kind is _K.OPEN:
            return self._bracket()
        sign = self._sees("+", "-")
        node = self._atom()
        return TypedMinus(node) if sign == "-" else node

    def _logarithm(self) -> Node | None:
        """Parse ``log_2 8``, ``log(8, 2)`` and, where that side is taken, ``log(8,2)``."""
        if self._sees("_"):
            base = self._atom()
            of = self._bracket() if self.token.kind is _K.OPEN else self._argument()
            return TypedCall("log", of, base)
        opened, number, after = self._tokens[self.at : self.at + 3]
        if opened.kind is not _K.OPEN:
            return None
        pair = _PAIR.fullmatch(number.text)
        if pair is not None and after.kind is _K.CLOSE:
            likelier = not pair[1].startswith("0")
            if self._choices.takes_other(ReadingChoice.BASE) is likelier:
                return None
            self.at += 3
            of, base = (TypedLiteral(numeral_value(part, ".")) for part in pair.groups())
            return TypedCall("log", of, base)
        if number.kind is not _K.NUMERAL or after.text not in (",", ";"):
            return None
        self.at += 3
        of, base = TypedLiteral(numeral_value(number.text, self._point)), self.sum()
        if self.token.kind is not _K.CLOSE:
            raise refuse_token(self._tokens[:-ENDS], self.at)
        self.at += 1
        return TypedCall("log", of, base)

    def _joined_base(self) -> Node | None:
        """Settle ``log28`` and ``log10100``; the likelier side is the number as it stands."""
        token = self.token
        base = next((base for base in ("10", "2") if token.text.startswith(base)), "")
        of = token.text.removeprefix(base)
        joined = token.kind is _K.NUMERAL and not token.spaced and base and of.isdecimal()
        if not joined or not self._choices.takes_other(ReadingChoice.LOG_BASE):
            return None
        self.at += 1
        return TypedCall("log", TypedLiteral(Fraction(of)), TypedLiteral(Fraction(base)))

    def _argument(self) -> Node:
        """Parse what a function without brackets is of: ``sin 2π``, ``exp -1``."""
        factors = [self._signed()]
        while self._tokens[self.at].kind is _K.CONSTANT:
            factors.append(self._power())
        argument = implied_product(factors)
        divided = self.token.kind is _K.SIGN and self.token.text == "/"
        if divided and self._choices.takes_other(ReadingChoice.FUNCTION):
            return self._quotients(argument)
        return argument
