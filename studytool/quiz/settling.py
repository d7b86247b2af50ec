"""What the corners of measured intervals settle: which options hold, an order, a value."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isclose

from studytool.quiz.axis import Leeway, ShownValue
from studytool.quiz.compute import compute
from studytool.quiz.simulation import Corner

Settled = frozenset[str] | tuple[str, ...] | ShownValue
"""The ids of what holds, the ids in order, or a value."""
TIE = 1e-9
"""Two values nearer than this part of them are one."""
NOISE = 1e-15
"""Of the largest value: what the rounding of its terms may leave where the true number is 0."""


def settle_options(
    whens: Mapping[str, str], corners: Sequence[Corner], *, several: bool = False
) -> frozenset[str] | None:
    """Return the ids whose ``when`` holds at every corner; None where a corner disagrees.

    Exactly one must hold; with ``several`` one at least, and not all of them.
    """
    holding = {
        frozenset(name for name, when in whens.items() if compute(when, corner))
        for corner in corners
    }
    (held, *others) = holding
    most = len(whens) - 1 if several else 1
    return held if not others and 1 <= len(held) <= most else None


def settle_order(
    values: Mapping[str, str], corners: Sequence[Corner], *, ascending: bool
) -> tuple[str, ...] | None:
    """Return the ids in the order of their values; None where corners disagree or values tie."""
    (order, *others) = {order_of(values, corner, ascending=ascending) for corner in corners}
    return None if others else order


def order_of(
    values: Mapping[str, str], scope: Corner, *, ascending: bool
) -> tuple[str, ...] | None:
    """Return the ids in the order of their values; None where two of them tie."""
    found = {name: compute(text, scope) for name, text in values.items()}
    order = sorted(found, key=found.__getitem__, reverse=not ascending)
    noise = NOISE * max(map(abs, found.values()))
    tied = any(
        isclose(found[one], found[other], rel_tol=TIE, abs_tol=noise)
        for one, other in pairwise(order)
    )
    return None if tied else tuple(order)


def settle_value(of: str, corners: Sequence[Corner], leeway: Leeway) -> ShownValue | None:
    """Return the value and its ends; None where they are too far apart to mark by."""
    values = [compute(of, corner) for corner in corners]
    shown = ShownValue(values[len(values) // 2], min(values), max(values))
    return shown if leeway.settles(shown) else None
