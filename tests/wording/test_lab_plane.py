"""A picture in a plane as cells: in its shape, within its room, every point with its name."""

import pytest

from studytool.numerics.lab_pictures import picture_of
from studytool.numerics.registry import find_experiment
from studytool.typeset.cells import cell_width
from studytool.wording.lab_plane import plane_lines

_NAMES = ["ball_projection", "constrained_fit", "ridge_steps", "quadratic_descent"]


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize(("width", "height"), [(30, 6), (44, 17), (120, 50), (10, 40)])
def test_it_fits_its_room(name: str, width: int, height: int) -> None:
    picture = picture_of(name, find_experiment(name).bind({}), 0)
    lines = plane_lines(picture, "ko", width=width, height=height)
    assert len(lines) <= max(4, height)
    assert max(map(cell_width, lines)) <= width


def test_a_point_stands_where_its_numbers_say() -> None:
    """On the diamond lies left of and above the point on the circle, for this seed's direction."""
    picture = picture_of("ball_projection", find_experiment("ball_projection").bind({}), 0)
    *rows, names = plane_lines(picture, "en", width=60, height=17)
    [(row, at)] = [(n, line.index("×")) for n, line in enumerate(rows) if "×" in line]
    x, y = picture.marks[0][1]
    assert (at - 30) * x > 0
    assert (len(rows) / 2 - row) * y > 0
    assert names.split("  ") == ["× point", "● circle", "◆ diamond"]
