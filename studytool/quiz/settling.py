"""What the corners of measured intervals settle: which options hold, an order, a value."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isclose

from studytool.formula.intervals import hull
from studytool.formula.parse import parse_once
from studytool.formula.truth import UnknownRangeError, truth_over
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
    """Return the ids whose ``when`` holds at every corner and between them; None where not so.

    Exactly one must hold; with ``several`` one at least, and not all of them.
    """
    holding = truths_of(whens, corners)
    if holding is None:
        return None
    held = frozenset(name for name, holds in holding.items() if holds)
    most = len(whens) - 1 if several else 1
    return held if 1 <= len(held) <= most else None


def truths_of(whens: Mapping[str, str], corners: Sequence[Corner]) -> dict[str, bool] | None:
    """Return which of the conditions hold; None where one holds here and there alone.

    Each is judged at the corners first, then everywhere between them: a limit on both sides may
    hold in the midst of an interval and at no corner. Where a function's values between two
    arguments are not known, the corners alone decide.
    """
    truths: dict[str, bool] = {}
    for name, when in whens.items():
        found = {bool(compute(when, corner)) for corner in corners}
        if len(found) > 1 or not _is_same_between(when, corners, at_corners=True in found):
            return None
        (truths[name],) = found
    return truths


def _is_same_between(when: str, corners: Sequence[Corner], *, at_corners: bool) -> bool:
    formula = parse_once(when)
    box = {name: hull(*(corner[name] for corner in corners)) for name in formula.names}
    if all(side.is_point for side in box.values()):
        return True
    try:
        return truth_over(formula, box) is at_corners
    except UnknownRangeError:
        return True


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
