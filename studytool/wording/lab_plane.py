"""A picture in a plane as text: contours dotted, edges and the way as lines, points with their names."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from studytool.language import Language, Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.lab_pictures import MarkedPoint, PlanePicture
from studytool.typeset.cells import cut
from studytool.wording.canvas import Canvas

_SIGNS = {
    MarkedPoint.POINT: "×",
    MarkedPoint.FREE: "×",
    MarkedPoint.SOLUTION: "●",
    MarkedPoint.ON_CIRCLE: "●",
    MarkedPoint.ON_DIAMOND: "◆",
    MarkedPoint.START: "○",
    MarkedPoint.END: "●",
}
_NAMES = {
    MarkedPoint.POINT: Phrase("점", "point"),
    MarkedPoint.FREE: Phrase("손실 최소", "least loss"),
    MarkedPoint.SOLUTION: Phrase("해", "solution"),
    MarkedPoint.ON_CIRCLE: Phrase("원 위", "circle"),
    MarkedPoint.ON_DIAMOND: Phrase("마름모 위", "diamond"),
    MarkedPoint.START: Phrase("시작", "start"),
    MarkedPoint.END: Phrase("끝", "end"),
}
_EVERY = 2
"""Of so many parts of a contour one is drawn, so that it is told from an edge."""


def plane_lines(picture: PlanePicture, language: Language, *, width: int, height: int) -> list[str]:
    """Draw a picture, as large as it keeps its shape, and below it what its points are."""
    rows = max(3, height - 1)
    wide, high = picture.high[0] - picture.low[0], picture.high[1] - picture.low[1]
    cells = max(6, min(width, round(2 * rows * wide / high)))
    rows = max(3, min(rows, round(cells * high / wide / 2)))
    canvas = Canvas(cells, rows)
    for line in picture.contours:
        for part in list(_seen(picture, line))[::_EVERY]:
            canvas.line(part)
    for line in (*picture.edges, picture.path):
        for part in _seen(picture, line):
            canvas.line(part)
    drawn = [list(line) for line in canvas.lines()]
    for mark, point in picture.marks:
        across, down = _place(picture, point)
        if 0 <= across <= 1 and 0 <= down <= 1:
            drawn[round(down * (rows - 1))][round(across * (cells - 1))] = _SIGNS[mark]
    left = " " * ((width - cells) // 2)
    names = "  ".join(f"{_SIGNS[mark]} {_NAMES[mark].text(language)}" for mark, _ in picture.marks)
    return [*(left + "".join(row) for row in drawn), cut(names, width)]


def _place(picture: PlanePicture, point: Iterable[float]) -> tuple[float, float]:
    """Return a point's shares of the picture, from the left and from the top."""
    x, y = point
    (low_x, low_y), (high_x, high_y) = picture.low, picture.high
    return (x - low_x) / (high_x - low_x), 1 - (y - low_y) / (high_y - low_y)


def _seen(picture: PlanePicture, line: Array) -> Iterator[list[tuple[float, float]]]:
    """Return each two ends of a line's parts that lie near enough to the picture to be drawn."""
    places = [_place(picture, (float(x), float(y))) for x, y in line]
    for one, other in pairwise(places):
        if all(-1 <= share <= 2 for share in (*one, *other)):
            yield [one, other]
