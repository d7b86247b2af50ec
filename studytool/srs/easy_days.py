"""Easy days: the day that a review's interval leads to, chosen where weekdays have unequal shares."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from studytool.numerics.arrays import Array, Ints

IntOrInts = TypeVar("IntOrInts", int, Ints)

_WEEK, _PARTS = 7, 1000
_WEEKDAY_OF_DAY_0 = 3
"""1970-01-01 was a Thursday; a week begins on Monday."""


def shares_of_week(easy_days: Sequence[float]) -> Ints | None:
    """Return the shares of the weekdays, in thousandths, shape (7,); None where all are alike.

    Args:
        easy_days: in [0, 1], from Monday on; those that are not given are 1.
    """
    shares = [round(_PARTS * share) for share in easy_days] + [_PARTS] * (_WEEK - len(easy_days))
    return np.array(shares, np.int64) if len(set(shares)) > 1 else None


def weekday_of(day: IntOrInts) -> IntOrInts:
    """Return the weekday of a study day, or of each; 0 is Monday.

    >>> weekday_of(0)
    3
    """
    return (day + _WEEKDAY_OF_DAY_0) % _WEEK


def choose_days(first: Array, last: Array, chance: Array, *, days: Ints, shares: Ints) -> Array:
    """Choose an interval of each range, a day as likely as its weekday's share of all in the range.

    Where every day of a range has the share 0, each is as likely as the other.

    Args:
        first: of the ranges, whole days, shape (n,).
        last: of the ranges, too.
        chance: shape (n,), in [0, 1).
        days: shape (n,), the study days that the intervals begin on.
        shares: as :func:`shares_of_week` gives them.
    """
    width = (last - first + 1).astype(np.int64)
    weekday = weekday_of(days + first.astype(np.int64))
    week = shares[(weekday[:, None] + np.arange(_WEEK)) % _WEEK]  # (n, day from the first on)
    up_to = np.cumsum(week, axis=1)
    whole = up_to[:, -1]
    weeks, rest = np.divmod(width, _WEEK)
    of_rest = np.where(rest > 0, up_to[np.arange(len(rest)), rest - 1], 0)
    total = weeks * whole + of_rest
    drawn = np.floor(chance * total).astype(np.int64)  # below the total, as the chance is below 1
    passed, left = np.divmod(drawn, np.maximum(whole, 1))
    offset = _WEEK * passed + (up_to <= left[:, None]).sum(axis=1)
    return first + np.where(total > 0, offset, np.floor(chance * width))
