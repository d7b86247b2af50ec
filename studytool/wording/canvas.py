"""A canvas of braille dots, two across and four down in a cell, for curves as text."""

from collections.abc import Iterable

_EMPTY = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a cell, by row and column."""


class Canvas:
    """Dots on cells; what lies beside the canvas is left out.

    Args:
        width: cells across.
        height: cells down.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells = [[0] * width for _ in range(height)]

    def dot(self, across: float, down: float) -> None:
        """Set the dot at shares of the canvas, 0 to 1, from the left and from the top."""
        x, y = round(across * (2 * self.width - 1)), round(down * (4 * self.height - 1))
        if 0 <= x < 2 * self.width and 0 <= y < 4 * self.height:
            self._cells[y // 4][x // 2] |= _DOTS[y % 4][x % 2]

    def line(self, points: Iterable[tuple[float, float]], *, every: int = 1) -> None:
        """Join points by straight lines, of every dot or of every second, third and so on."""
        before: tuple[float, float] | None = None
        for point in points:
            if before is not None:
                self._join(before, point, every)
            before = point

    def lines(self) -> list[str]:
        """Return the canvas as text, a line for each row of cells."""
        return ["".join(chr(_EMPTY + cell) if cell else " " for cell in row) for row in self._cells]

    def _join(self, one: tuple[float, float], other: tuple[float, float], every: int) -> None:
        across = abs(other[0] - one[0]) * 2 * self.width
        down = abs(other[1] - one[1]) * 4 * self.height
        steps = max(1, min(1000, round(max(across, down))))
        for step in range(0, steps + 1, every):
            part = step / steps
            self.dot(one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part)
