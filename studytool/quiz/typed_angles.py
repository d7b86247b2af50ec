"""Angles in typed expressions: what looks like one, and where a plain number may be in degrees."""

import math
from fractions import Fraction

from studytool.quiz.typed_choices import Choices, ReadingChoice
from studytool.quiz.typed_refusals import RefusedError
from studytool.quiz.typed_tree import (
    Node,
    TypedCall,
    TypedConstant,
    TypedMinus,
    TypedPer,
    TypedProduct,
    TypedQuotient,
    TypedRoot,
    TypedSum,
    compute,
    size,
)

OF_ANGLES = ("sin", "cos", "tan")
"""Functions of an angle."""
ARCS = {name: f"arc{name}" for name in OF_ANGLES}
"""The function that sin⁻¹ stands for."""
ANGLE_WORDS = {
    **dict.fromkeys(("°", "도", "deg", "degs", "degree", "degrees"), "°"),
    **dict.fromkeys(("rad", "rads", "radian", "radians"), "rad"),
}
"""What may stand behind the angle that a sine, say, is of, and what it is."""
_FULL_TURN = 2 * math.pi


def has_angle(node: Node) -> bool:
    """Tell whether an expression is an angle by its looks: π, a sign of degrees, an arcsine.

    What π is only in the argument of a sine, say, does not count.
    """
    match node:
        case TypedConstant(name=name):
            return name == "π"
        case TypedPer(of=of, sign=sign):
            return sign in ANGLE_WORDS.values() or has_angle(of)
        case TypedCall(name=name):
            return name.startswith("arc")
        case TypedMinus(of=of) | TypedRoot(of=of):
            return has_angle(of)
        case TypedSum() | TypedProduct() | TypedQuotient():
            return has_angle(node.left) or has_angle(node.right)
        case _:
            return False


def is_arc(node: Node) -> bool:
    """Tell whether an expression is an arcsine, say, or a multiple of one by a plain number."""
    match node:
        case TypedCall(name=name):
            return name.startswith("arc")
        case TypedMinus(of=of):
            return is_arc(of)
        case TypedProduct(left=left, right=right):
            return (is_arc(left) and not has_angle(right)) or (
                is_arc(right) and not has_angle(left)
            )
        case TypedQuotient(left=left, right=right):
            return is_arc(left) and not has_angle(right)
        case _:
            return False


def may_be_degrees(of: Node, choices: Choices) -> bool:
    """Settle ``sin(30)`` and ``sin(5)``, where no π and no unit says which.

    More than a turn in radians is most often degrees; of less, a whole number may be.
    """
    try:
        value = size(compute(of))
    except RefusedError:
        return False
    whole = isinstance(value, Fraction) and value.denominator == 1 and value >= 2
    if not (value > _FULL_TURN or whole) or has_angle(of):
        return False
    return choices.takes_other(ReadingChoice.DEGREES) is (value <= _FULL_TURN)
