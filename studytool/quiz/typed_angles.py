"""Angles in typed expressions: what looks like one, and where a plain number may be in degrees."""

import math

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
_FULL_TURN = 2 * math.pi


def has_angle(node: Node) -> bool:
    """Tell whether an expression is an angle by its looks: π, a sign of degrees, an arcsine.

    What π is only in the argument of a sine, say, does not count.
    """
    match node:
        case TypedConstant(name=name):
            return name == "π"
        case TypedPer(of=of, sign=sign):
            return sign == "°" or has_angle(of)
        case TypedCall(name=name):
            return name.startswith("arc")
        case TypedMinus(of=of) | TypedRoot(of=of):
            return has_angle(of)
        case TypedSum() | TypedProduct() | TypedQuotient():
            return has_angle(node.left) or has_angle(node.right)
        case _:
            return False


def may_be_degrees(of: Node, choices: Choices) -> bool:
    """Settle ``sin(30)``: more than a turn in radians, and no π in it, is most often degrees."""
    try:
        large = size(compute(of)) > _FULL_TURN
    except RefusedError:
        return False
    return large and not has_angle(of) and not choices.takes_other(ReadingChoice.DEGREES)
