"""A predicted share beside what happened, on a line of text."""

from collections.abc import Iterable
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.stats.figures import Bin

TRUE, PREDICTED, BOTH = "●", "│", "◆"


def axis_start(bins: Iterable["Bin"]) -> float:
    """Return the tenth at which a picture of all these bins begins."""
    lowest = min(min(one.mean, one.happened.low) for one in bins)
    return min(0.9, floor(10 * lowest) / 10)


def draw_share(one: "Bin", *, start: float, width: int) -> str:
    """Draw ``start`` to 1 in ``width`` cells: the true share in its interval, and the predicted.

    >>> from studytool.stats.figures import Bin, Share
    >>> draw_share(Bin(0.7, 0.8, 0.75, Share(0.5, 0.3, 0.6, 20)), start=0.0, width=10)
    '···├─●┤│··'
    """

    def cell(share: float) -> int:
        return min(width - 1, max(0, floor((share - start) / (1 - start) * width)))

    low, high = cell(one.happened.low), cell(one.happened.high)
    line = ["·"] * low + ["─"] * (high - low + 1) + ["·"] * (width - high - 1)
    line[low], line[high] = "├", "┤"
    true, predicted = cell(one.happened.share), cell(one.mean)
    line[predicted] = PREDICTED
    line[true] = BOTH if true == predicted else TRUE
    return "".join(line)
