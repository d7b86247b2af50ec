"""The values of single replicates: bars of eighth-blocks that stand on an axis, and where most lie."""

from collections.abc import Mapping, Sequence

from studytool.language import Language, Phrase
from studytool.quiz.axis import Axis
from studytool.wording.axis import axis_cells, beside, cell_of
from studytool.wording.forecast_strip import BLOCKS

_EACH = Phrase("반복마다 나온 값", "each replicate")
_BEYOND = 0.1
"""Of the replicates, on each side of where most lie."""
_FEWEST = 3
"""Different values: of 0 and 1 alone the estimate says all."""


def bar_lines(
    values: Sequence[float],
    axis: Axis,
    language: Language,
    *,
    width: int,
    rows: int,
    behind: Sequence[tuple[int, str]] = (),
) -> list[str]:
    """Draw how many replicates lie in each cell of an axis, and say that they are replicates.

    Nothing is drawn of values beside the axis, nor where all are one number or two.

    Args:
        values: of the replicates; NaN is none.
        axis: on which the last line stands.
        language: of the words.
        width: cells that a line may take.
        rows: how many lines; the fullest cell reaches the top of the first.
        behind: what runs down where there is no bar: cells and signs.
    """
    counts = _counts(values, axis, axis_cells(width))
    most = max(counts)
    if not most or len(set(values)) < _FEWEST:
        return []
    heights = [max(1, round(8 * rows * n / most)) if n else 0 for n in counts]
    lines = [_line(heights, 8 * row, dict(behind)) for row in range(rows - 1, -1, -1)]
    return _labelled(lines, _EACH.text(language), width)


def most_lie(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the ends between which 8 of 10 replicates lie; None where there are no bars either."""
    if len(set(values)) < _FEWEST:
        return None
    ordered, beyond = sorted(values), round(len(values) * _BEYOND)
    return ordered[beyond], ordered[-1 - beyond]


def _counts(values: Sequence[float], axis: Axis, cells: int) -> list[int]:
    counts = [0] * cells
    for value in values:
        if axis.low <= value <= axis.high:
            counts[cell_of(axis, value, cells)] += 1
    return counts


def _labelled(lines: list[str], words: str, width: int) -> list[str]:
    """Put words beside the lowest line that has room for them."""
    for at in range(len(lines) - 1, -1, -1):
        if (labelled := beside(lines[at], words, width)) != lines[at]:
            return [*lines[:at], labelled, *lines[at + 1 :]]
    return lines


def _line(heights: Sequence[int], above: int, behind: Mapping[int, str]) -> str:
    """Draw what of the bars stands in the line whose foot is so many eighths high."""
    blocks = (
        BLOCKS[min(8, height - above)] if height > above else behind.get(cell, " ")
        for cell, height in enumerate(heights)
    )
    return "".join(blocks).rstrip()
