"""One typed text as tokens and, by one side of each choice, as a tree with its value."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from studytool.quiz.typed_choices import Choices, ReadingChoice
from studytool.quiz.typed_parse import TypedParser
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_rules import settle_tokens
from studytool.quiz.typed_signs import fold_signs
from studytool.quiz.typed_tokens import TypedKind, TypedToken, split_tokens
from studytool.quiz.typed_tree import (
    Node,
    TypedLiteral,
    TypedPer,
    TypedProduct,
    TypedSum,
    TypedValue,
    compute,
    size,
)
from studytool.quiz.typed_unread import refuse_token

MOST_CHARACTERS = 200
MOST_TOKENS = 60
"""More of an expression is worked out by whoever types it: reading one takes no time then."""
_MOST_COURTESY = 20
"""Tokens around an expression that may be no part of it."""

_K = TypedKind
_HEXADECIMAL = re.compile(r"[-+]?0[xob][0-9a-f]+", re.IGNORECASE)
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
_PAIR = re.compile(r"[\[({]\s*[-+]?\d*\.\d+\s*,\s*[-+]?\d*\.\d+\s*[\])}]")
"""Two numbers that are no one number by any rule: ``[0.4, 0.6]``."""
_NAMED = re.compile(
    r"(?!e\b|i\b)[^\W\d](?:_\w+|_\{\w+\}|[₀-₉]+)?(?:\([^()=]*\)|\[[^]=[]*\])?\s*(?=[=≈])"
)
"""What is named before an equals sign: ``x_1 = 0.5``, ``P(A) = 0.5``."""
_TEX_INLINE = re.compile(r"\\\((.*?)\\\)")
_PARTS = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}
_ENDS = (",", ";", "..")
_FRAMES = (
    *(("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"), ("**", "**"), ("`", "`")),
    *(('"', '"'), ("'", "'"), ("“", "”"), ("「", "」"), ("*", "*"), ("_", "_")),
)
_INEQUALITIES = "<>≤≥≠"


@dataclass(frozen=True, slots=True)
class TypedText:
    """A typed text as tokens, courtesy left out.

    Attributes:
        text: in plain signs.
        tokens: without a leading ``=`` or ``약``, without a full stop or ``입니다`` at the end.
        is_plain: a plain decimal, which needs no echo.
        dropped: invisible characters were left out.
    """

    text: str
    tokens: list[TypedToken]
    is_plain: bool
    dropped: bool


@dataclass(frozen=True, slots=True)
class TypedExpression:
    """A text parsed.

    Attributes:
        node: the tree.
        tokens: as they were parsed.
        unread: the place of the first token that is no part of it.
        rest: the text from there on: a unit, or nothing that is read.
    """

    node: Node
    tokens: list[TypedToken]
    unread: int
    rest: str


def split_text(text: str) -> TypedText:
    """Split a text into tokens.

    Raises:
        RefusedError: it is empty, too long or no decimal notation.
    """
    if len(text) > MOST_CHARACTERS:
        raise RefusedError(Refusal.TOO_LONG, most=MOST_CHARACTERS)
    folded = fold_signs(text)
    if not folded.text:
        raise RefusedError(Refusal.EMPTY)
    inner = _unframed(folded.text)
    tokens = _without_courtesy(
        split_tokens(inner.replace("->", " →"), most=MOST_TOKENS + _MOST_COURTESY)
    )
    if len(tokens) > MOST_TOKENS:
        raise RefusedError(Refusal.TOO_MANY, most=MOST_TOKENS)
    if not tokens:
        raise RefusedError(Refusal.UNKNOWN, inner)
    number = inner[tokens[0].at : tokens[-1].end]
    if _HEXADECIMAL.fullmatch(number):
        raise RefusedError(Refusal.HEXADECIMAL)
    if _PAIR.fullmatch(number):
        raise RefusedError(Refusal.RANGE)
    if any(token.text in _INEQUALITIES and token.kind is _K.SIGN for token in tokens):
        raise RefusedError(Refusal.INEQUALITY)
    is_plain = folded.is_plain and _PLAIN.fullmatch(inner) is not None
    return TypedText(inner, tokens, is_plain, folded.dropped)


def _unframed(text: str) -> str:
    """Return a text without the signs that frame it: $…$, quotation marks, **bold**."""
    for opening, closing in _FRAMES:
        if text.startswith(opening) and text.endswith(closing):
            inner = text[len(opening) : -len(closing)].strip()
            if inner and opening not in inner:
                return inner
    text = _TEX_INLINE.sub(r"\1", text) if text.startswith(r"\(") else text
    named = _NAMED.match(text)
    return text if named is None else text[named.end() :]


def _without_courtesy(tokens: list[TypedToken]) -> list[TypedToken]:
    first, last = 0, len(tokens)
    named = len(tokens) > 2 and tokens[0].kind is _K.UNKNOWN and tokens[0].text.isalpha()
    if named and tokens[1].kind is _K.EQUAL:
        first = 2
    while first < last and _is_opening(tokens, first):
        first += 1
    while last > first and (taken := _closing(tokens[first:last])):
        last -= taken
    return _without_stop(tokens[first:last])


def _without_stop(tokens: list[TypedToken]) -> list[TypedToken]:
    """Take the full stop from the number at the end of an expression: ``5x10-3.``."""
    last = tokens[-1:]
    if len(tokens) > 1 and last[0].kind is _K.NUMERAL and last[0].text.endswith("."):
        last = [last[0]._replace(text=last[0].text[:-1], end=last[0].end - 1)]
    return [*tokens[:-1], *last]


def _closing(tokens: list[TypedToken]) -> int:
    """Return how many tokens at the end are courtesy: ``입니다``, ``.``, ``(approximately)``."""
    last = tokens[-1]
    if last.kind is _K.COURTESY or last.text in _ENDS:
        return 1
    if len(tokens) > 1 and last.kind is _K.ABOUT:
        return 1
    bracketed = len(tokens) > 3 and tokens[-3].kind is _K.OPEN and last.kind is _K.CLOSE
    return 3 if bracketed and tokens[-2].kind is _K.ABOUT else 0


def _is_opening(tokens: list[TypedToken], at: int) -> bool:
    """Return whether a token before the number is courtesy: ``약``, ``≈``, ``answer:``, ``ca.``."""
    behind_word = at > 0 and tokens[at - 1].kind is _K.ABOUT and tokens[at].text in (":", ".")
    return tokens[at].kind in (_K.ABOUT, _K.EQUAL) or tokens[at].text == "~" or behind_word


def parse_text(typed: TypedText, choices: Choices, *, stops: frozenset[str]) -> TypedExpression:
    """Parse a text by one side of each choice.

    Args:
        typed: the text.
        choices: the sides to take; those met are noted in it.
        stops: signs that belong to the unit asked for.

    Raises:
        RefusedError: it is no number.
    """
    tokens = settle_tokens(_apart(typed.tokens, stops), choices)
    parser = TypedParser(tokens, choices)
    node = _one_side(_sides(parser))
    if _may_be_range(node, tokens) and choices.takes_other(ReadingChoice.RANGE):
        raise RefusedError(Refusal.RANGE)
    rest = "" if parser.at == len(tokens) else typed.text[tokens[parser.at].at : tokens[-1].end]
    return TypedExpression(node, tokens, parser.at, rest)


def _apart(tokens: list[TypedToken], stops: frozenset[str]) -> list[TypedToken]:
    """Return the tokens, those that belong to the unit as unknown ones."""
    if not stops:
        return tokens
    return [token._replace(kind=_K.UNKNOWN) if token.text in stops else token for token in tokens]


def refuse_rest(expression: TypedExpression) -> RefusedError:
    """Return why what follows a number cannot be read, where it is no unit."""
    return refuse_token(expression.tokens, expression.unread)


def _sides(parser: TypedParser) -> list[Node]:
    sides = [parser.sum()]
    while parser.token.kind is _K.EQUAL:
        parser.at += 1
        sides.append(parser.sum())
    return sides


def _one_side(sides: list[Node]) -> Node:
    """Return the exact side of an equation whose sides agree; one that is restated once."""
    if len(sides) == 1:
        return _unrepeated(sides[0])
    places = [_last_place(side) for side in sides]
    exact = sides[places.index(min(places))]
    value = compute(exact)
    for side, place in zip(sides, places, strict=True):
        other = compute(side)
        if not _agree(value, other, place):
            raise RefusedError(Refusal.SIDES_DIFFER, first=_short(value), second=_short(other))
    return exact


def _short(value: TypedValue) -> str:
    return f"{float(value):.6g}".replace("-", "−")


def _last_place(node: Node) -> Fraction:
    """Return one unit in the last place of a decimal or a percentage; 0 for an expression."""
    if isinstance(node, TypedPer) and node.sign in _PARTS:
        return _last_place(node.of) * _PARTS[node.sign]
    if not isinstance(node, TypedLiteral) or isinstance(node.value, float):
        return Fraction(0)
    if node.value.denominator == 1:
        return Fraction(1)
    exponent = (Decimal(node.value.numerator) / Decimal(node.value.denominator)).as_tuple().exponent
    return Fraction(10) ** min(0, exponent if isinstance(exponent, int) else 0)


def _agree(exact: TypedValue, other: TypedValue, place: Fraction) -> bool:
    """Return whether ``other`` is the exact value, rounded or cut off at its last place."""
    apart = size(exact - other)
    near = apart <= float(size(exact)) * 1e-9 or apart <= place / 2
    cut_off = exact * other > 0 and 0 <= size(exact) - size(other) < place
    return near or cut_off


def _unrepeated(node: Node) -> Node:
    """Return ``0.005`` for ``0.005 (0.5%)``."""
    if not (isinstance(node, TypedProduct) and node.implied):
        return node
    left, right = node.left, node.right
    if isinstance(left, TypedPer) is isinstance(right, TypedPer):
        return node
    return left if compute(left) == compute(right) else node


def _may_be_range(node: Node, tokens: list[TypedToken]) -> bool:
    """Return whether a text is ``0.4-0.6`` or ``[1,2]``."""
    if len(tokens) == 3 and tokens[0].text in ("(", "[", "{") and isinstance(node, TypedLiteral):
        return "," in tokens[1].text
    if not (isinstance(node, TypedSum) and node.minus) or tokens[0].kind is _K.OPEN:
        return False
    plain = all(_is_number(side) for side in (node.left, node.right))
    return plain and compute(node.left) < compute(node.right)


def _is_number(node: Node) -> bool:
    return isinstance(node, TypedLiteral) or (
        isinstance(node, TypedPer) and isinstance(node.of, TypedLiteral)
    )
