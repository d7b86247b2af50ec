"""A strip of eighth-blocks: one cell a day, without a plotting library."""

from collections.abc import Sequence

BLOCKS = " ▁▂▃▄▅▆▇█"


def draw_strip(counts: Sequence[int]) -> str:
    """Draw counts as blocks; anything above 0 shows, the largest fills its cell.

    >>> draw_strip([0, 1, 4, 8])
    ' ▁▄█'
    """
    most = max(counts, default=0)
    if most == 0:
        return "·" * len(counts)
    return "".join(BLOCKS[0 if not count else max(1, round(8 * count / most))] for count in counts)
