"""Rows of many draws put in order, and the first of each draw taken, without a sort of all of them.

Rows are given by draw: those of the first draw, then those of the second, and so on.
"""

from collections.abc import Iterator

import numpy as np

from studytool.numerics.arrays import Array, Flags, Ints


def stretches(counts: Ints) -> Iterator[tuple[int, slice]]:
    """Return each draw that has rows, with the stretch that they fill; ``counts`` is by draw."""
    ends = np.cumsum(counts)
    for draw in counts.nonzero()[0].tolist():
        yield draw, slice(int(ends[draw] - counts[draw]), int(ends[draw]))


def first_of_each(urgency: Array | Ints, counts: Ints, most: Ints) -> Flags:
    """Tell which rows are the first of their draws, shape (row,); of equals the first stays first.

    Args:
        urgency: of each row, smallest first.
        counts: rows of each draw, shape (draw,).
        most: how many of each draw, shape (draw,).
    """
    first = np.ones(len(urgency), np.bool_)
    for draw, rows in stretches(counts):
        wanted = int(most[draw])
        if wanted >= counts[draw]:
            continue
        own = urgency[rows]
        last = np.partition(own, wanted)[wanted]
        chosen = own < last
        chosen[(own == last).nonzero()[0][: wanted - np.count_nonzero(chosen)]] = True
        first[rows] = chosen
    return first


def in_order(urgency: Array, counts: Ints) -> Ints:
    """Return the rows sorted within their draws, smallest first; of equals the first stays first."""
    order = np.arange(len(urgency))
    for _, rows in stretches(counts):
        order[rows] = rows.start + np.argsort(urgency[rows], kind="stable")
    return order
