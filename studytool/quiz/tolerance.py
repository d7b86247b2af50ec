"""How near a key an answer must be: the numbers that are right, and those that are near."""

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import ulp

from studytool.packs.rounding import rounded_decimal

NEAR = 4
"""An answer within so many tolerances is near."""
FIGURES = "3sf"
"""The digits asked for, unless a pack says others."""
_TO_NEAREST = (ROUND_HALF_UP, ROUND_HALF_EVEN)
_ULPS = 4
_FROM_STEPS = Fraction(1, 20)
"""Rounded steps whose result is further from the key are no way to it: they lost its digits."""
_COARSE = Fraction(1, 10)
"""Fewer figures say too little where they are further from the key; only one alone can be."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How near a key an answer must be, and the digits asked for.

    Attributes:
        relative, absolute: a share of the key, and a distance; the larger counts.
        digits: ``3sf`` or ``2dp`` that must agree, to half a unit of the last; None where a distance
            is stated.
        asked: the digits that the learner is asked for: the key rounded or cut to them is right.
        shown: those of the printed key, which is right too.
        given: how many significant figures must be typed; None where fewer will do.
        credit: of a near answer.
    """

    relative: Fraction = Fraction(0)
    absolute: Fraction = Fraction(0)
    digits: str | None = None
    asked: str = FIGURES
    shown: str = FIGURES
    given: int | None = None
    credit: float = 0.5
    _sizes: tuple[float, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        sizes = float(self.absolute), float(self.relative)
        object.__setattr__(self, "_sizes", sizes)  # asked for ten times an answer

    def __hash__(self) -> int:
        """Return a hash without those of exact numbers, which take long."""
        return hash((self._sizes, self.digits, self.asked, self.shown, self.given))

    def distance(self, value: float) -> float:
        """Return how far from a key a right answer may be, but for rounding to the digits asked."""
        absolute, relative = self._sizes
        stated = max(absolute, relative * abs(value))
        return stated if self.digits is None else max(stated, unit(value, self.digits) / 2)

    def widest(self, value: float) -> float:
        """Return a distance that no right answer exceeds: a cut of the digits asked, at most."""
        cut = unit(value, self.asked)
        if self.shown != self.asked:
            cut = max(cut, unit(value, self.shown))
        return max(self.distance(value), cut)


@dataclass(frozen=True, slots=True)
class Reach:
    """What is right and what is near about one key, as exact numbers.

    Attributes:
        key: the number itself.
        low, high: the ends of what is right, both included.
        near: how far from the key an answer is near.
        rounded: the number to round, and the digits asked for; None where there are none.
    """

    key: Fraction
    low: Fraction
    high: Fraction
    near: Fraction
    rounded: tuple[float, str] | None = None

    def is_right(self, answer: Fraction) -> bool:
        """Tell whether an answer is right."""
        return self.low <= answer <= self.high

    def is_near(self, answer: Fraction) -> bool:
        """Tell whether an answer is near, or right."""
        is_close = abs(answer - self.key) <= self.near
        return is_close or self.is_right(answer) or self.is_coarse(answer)

    def farthest(self) -> float:
        """Return a distance from the key beyond which no answer is near."""
        ends = (self.near, self.high - self.key, self.key - self.low, _COARSE * abs(self.key))
        return 1.01 * float(max(ends))

    def is_coarse(self, answer: Fraction) -> bool:
        """Tell whether an answer is the key rounded to fewer figures than asked, which is near."""
        if self.rounded is None or abs(answer - self.key) > _COARSE * abs(self.key):
            return False
        return answer in _coarse(*self.rounded)


@lru_cache(maxsize=4096)
def exact(value: float) -> Fraction:
    """Return the decimal that a number is written as.

    >>> exact(0.505)
    Fraction(101, 200)
    """
    return Fraction(repr(value))


@lru_cache(maxsize=4096)
def unit(value: float, digits: str) -> float:
    """Return the unit of the last digit of a number written with ``3sf`` or ``2dp``.

    >>> unit(0.386, "2sf"), unit(386.0, "2dp"), unit(0.0, "3sf")
    (0.01, 0.01, 0.0)
    """
    if value == 0 and digits.endswith("sf"):
        return 0.0
    power = rounded_decimal(value, digits).as_tuple().exponent
    assert isinstance(power, int)
    return float(f"1e{power}")


@lru_cache(maxsize=256)
def reach_of(
    value: float, tolerance: Tolerance, *, noise: float = 0.0, in_steps: float | None = None
) -> Reach:
    """Return what is right and what is near about a key.

    Right is whatever lies between two right numbers: the key and what its tolerance adds; the key
    rounded half up, half to even, and cut to the digits asked and shown, or to more; and what steps
    rounded on the way come to, unless they lost the key's digits.

    Args:
        value: the key.
        tolerance: how near an answer must be.
        noise: how far rounding in binary may have moved the key.
        in_steps: what the key comes to with each step on the way rounded; None where unknown.
    """
    key, slack = exact(value), exact(max(noise, _ULPS * ulp(value)))
    wide = max(tolerance.absolute, tolerance.relative * abs(key))
    if tolerance.digits is not None:
        wide = max(wide, exact(unit(value, tolerance.digits)) / 2)
    right = [key - wide, key + wide]
    for digits in {tolerance.asked, tolerance.shown}:
        finer = exact(unit(value, digits)) / 10  # a cut to more digits than these
        right += [key - finer, key + finer, *_roundings(value, digits, noise)]
    if in_steps is not None and abs(exact(in_steps) - key) <= _FROM_STEPS * abs(key):
        right += [exact(in_steps), *_roundings(in_steps, tolerance.asked, 0.0)]
    low, high = min(right) - slack, max(right) + slack
    return Reach(key, low, high, _near(key, wide) + slack, (value, tolerance.asked))


def figures_of(value: float, digits: str) -> int:
    """Return how many significant figures a number has when it is written with these digits.

    >>> figures_of(12.345, "2dp"), figures_of(12.345, "3sf"), figures_of(0.001, "1dp")
    (4, 3, 0)
    """
    if digits.endswith("sf"):
        return int(digits[:-2])
    number = rounded_decimal(value, digits)
    return number.adjusted() + int(digits[:-2]) + 1 if number else 0


def _roundings(value: float, digits: str, noise: float) -> list[Fraction]:
    """Round in each way; where noise may have moved the number over a tie, to both sides of it.

    What noise moved is not cut: a little below 0.13 that would be 0.12.
    """
    found = {rounded_decimal(value, digits, mode) for mode in (*_TO_NEAREST, ROUND_DOWN)}
    if noise > 1e-14 * abs(value):
        moved = product((value - noise, value + noise), _TO_NEAREST)
        found |= {rounded_decimal(one, digits, mode) for one, mode in moved}
    return [Fraction(one) for one in found]


def _near(key: Fraction, wide: Fraction) -> Fraction:
    """Return four tolerances; of a wide one less, since half the key is no near miss."""
    most = max(abs(key) * Fraction(49, 100), wide)
    return min(NEAR * wide, most) if key else NEAR * wide


@lru_cache(maxsize=256)
def _coarse(value: float, asked: str) -> frozenset[Fraction]:
    key = exact(value)
    return frozenset(
        number
        for figures in range(1, figures_of(value, asked))
        for number in _roundings(value, f"{figures}sf", 0.0)
        if abs(number - key) <= _COARSE * abs(key)
    )
