"""The places of a guess on its axis: round numbers, nearer to each other than the leeway."""

from functools import cache
from math import ceil, floor, log10

from studytool.packs.rounding import rounded
from studytool.quiz.axis import Axis, Leeway

_OF_THE_LEEWAY = 0.75
"""The longest step as a part of the leeway: two places at least count as right."""
_PER_DECADE = (1, 2, 3, 5, 10, 20, 40, 80, 160)
_FEW, _MANY = 3, 20
"""Places in a decade up to which one digit, and two, tell them apart."""
_STEPS = (5, 2, 1)
_BESIDE_AN_END = 0.3
"""Of a step: what is so near to an end is left out."""


@cache
def guess_places(axis: Axis, leeway: Leeway) -> tuple[float, ...]:
    """Return where a guess may be put without typing it, from the low end to the high end.

    >>> guess_places(Axis(0.01, 1.0, is_log=True), Leeway(factor=3.0))
    (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
    >>> guess_places(Axis(0.0, 1.0), Leeway(distance=0.4))
    (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    """
    inner = _powers(axis, leeway) if axis.is_log else _multiples(axis, leeway)
    beside = _BESIDE_AN_END / len(inner)
    apart = (one for one in inner if beside < axis.share(one) < 1 - beside)
    return (float(axis.low), *apart, float(axis.high))


def next_place(axis: Axis, leeway: Leeway, value: float | None, by: int) -> float:
    """Return the place above a guess, or below it for a negative ``by``; the middle of no guess."""
    places = guess_places(axis, leeway)
    if value is None:
        return nearest_place(axis, leeway, 0.5)
    if by > 0:
        return next((one for one in places if one > value), places[-1])
    return next((one for one in reversed(places) if one < value), places[0])


def nearest_place(axis: Axis, leeway: Leeway, share: float) -> float:
    """Return the place that is nearest to a share, 0 to 1, of the axis."""
    return min(guess_places(axis, leeway), key=lambda one: abs(axis.share(one) - share))


def _powers(axis: Axis, leeway: Leeway) -> list[float]:
    """Return round numbers that are even in their logarithm."""
    longest = log10(leeway.factor or 10.0) * _OF_THE_LEEWAY
    per_decade = next((one for one in _PER_DECADE if one * longest >= 1), _PER_DECADE[-1])
    digits = "1sf" if per_decade <= _FEW else "2sf" if per_decade <= _MANY else "3sf"
    first, last = floor(log10(axis.low)) * per_decade, ceil(log10(axis.high)) * per_decade
    return [rounded(10.0 ** (at / per_decade), digits) for at in range(first, last + 1)]


def _multiples(axis: Axis, leeway: Leeway) -> list[float]:
    """Return the multiples of a round number."""
    longest = (leeway.distance or axis.high - axis.low) * _OF_THE_LEEWAY
    power = floor(log10(longest))
    step = next(one for one in _STEPS if one * 10.0**power <= longest * (1 + 1e-9))
    length = step * 10.0**power
    first, last = ceil(axis.low / length - 1e-9), floor(axis.high / length + 1e-9)
    return [float(f"{number * length:.12g}") for number in range(first, last + 1)]
