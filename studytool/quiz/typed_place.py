"""A place in the tokens of a typed expression, and what may stand there."""

from studytool.quiz.typed_choices import Choices
from studytool.quiz.typed_decimals import decimal_sign
from studytool.quiz.typed_tokens import END, TypedKind, TypedToken

ENDS = 3
"""How far a rule looks ahead."""

_K = TypedKind
_OPERANDS = (
    *(_K.NUMERAL, _K.OPEN, _K.CONSTANT, _K.FUNCTION),
    *(_K.ROOT, _K.FRACTION, _K.FRAC),
)
"""What begins an operand, whatever follows."""


class TypedPlace:
    """A place in a list of tokens, from which an expression is parsed."""

    def __init__(self, tokens: list[TypedToken], choices: Choices) -> None:
        self._tokens = [*tokens, *[END] * ENDS]
        self._choices = choices
        self._point = decimal_sign(tokens, choices)
        self._depth = 0
        self._angles = 0
        self._bars = 0
        self.at = 0

    @property
    def token(self) -> TypedToken:
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
        return token.kind in _OPERANDS or token.text in ("+", "-", "|", "제곱근", "세제곱근")

    def _begins_factor(self) -> bool:
        """Return whether a factor follows without a sign of its own."""
        kind = self._tokens[self.at].kind
        if kind in (_K.NUMERAL, _K.FRACTION):
            return self._tokens[self.at - 1].kind is _K.CLOSE
        if self._tokens[self.at].text == "|" and kind is _K.SIGN:  # 2|-3|, not the end of |2|
            return self._bars == 0
        if kind is _K.OPEN:  # 4.5 [m/s²]
            return self._tokens[self.at + 1].kind is not _K.UNKNOWN
        return kind in _OPERANDS
