"""How many significant figures were typed."""

from fractions import Fraction

from studytool.quiz.typed_tree import (
    Node,
    TypedLiteral,
    TypedMinus,
    TypedPer,
    TypedPower,
    TypedProduct,
)


def figures_given(node: Node) -> int | None:
    """Return how many significant figures a number was typed with; None where it was computed.

    The noughts that end a whole number count: whoever types them may have meant them.
    """
    match node:
        case TypedLiteral(figures=figures):
            return figures
        case TypedMinus(of=inside) | TypedPer(of=inside):
            return figures_given(inside)
        case TypedProduct(
            left=factor, right=TypedPower(base=TypedLiteral(value=Fraction(numerator=10)))
        ):
            return figures_given(factor)
        case _:
            return None


def count_figures(numeral: str) -> int:
    """Count the significant figures of a numeral, whatever its point and its groups.

    >>> [count_figures(text) for text in ("1.20", "0.0012", "1200", "6.40e-5", "0.00")]
    [3, 2, 4, 3, 2]
    """
    mantissa = numeral.lower().partition("e")[0]
    digits = "".join(filter(str.isdigit, mantissa))
    return len(digits.lstrip("0")) or len(digits) - 1 or 1
