"""The axis as text: right at a glance, in every width, in both languages."""

from itertools import product

import pytest

from studytool.language import Language
from studytool.quiz.axis import Axis, Leeway, ShownValue
from studytool.typeset.cells import cell_width
from studytool.wording.axis import axis_lines

LOG, EVEN = Axis(1e-4, 1.0, is_log=True), Axis(0.0, 1.0)


def test_a_logarithmic_axis() -> None:
    shown = ShownValue(0.01, 0.009, 0.011)
    lines = axis_lines(
        Axis(1e-3, 10.0, is_log=True),
        "en",
        width=41,
        answer=0.1,
        shown=shown,
        leeway=Leeway(factor=10),
    )
    assert lines == [
        "                    ▼ yours 0.1",
        "┝━━━━━━━━━┿━━━━━━━━━┿─────────┼─────────┤",
        "          ▲ simulated 0.0100",
        "0.001   0.01       0.1        1        10",
    ]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_line_is_wider_than_its_room(language: Language) -> None:
    axes = (
        LOG,
        EVEN,
        Axis(1e-14, 1.0, is_log=True),
        Axis(-300.0, 250.0),
        Axis(0.2, 900, is_log=True),
    )
    for axis, width, place, answer in product(
        axes, (32, 40, 72, 80, 120), (0, 0.3, 1), (0, 0.5, 1)
    ):
        value = axis.low + (axis.high - axis.low) * place
        at = axis.low + (axis.high - axis.low) * answer
        shown = ShownValue(value, value, value)
        lines = axis_lines(
            axis, language, width=width, answer=at, shown=shown, leeway=Leeway(distance=0.1)
        )
        assert len(lines) == 4
        assert max(map(cell_width, lines)) <= width
        assert lines[1][0] in "├┝"
        assert lines[1][-1] in "┤┥"


def test_only_the_axis_before_an_answer() -> None:
    line, labels = axis_lines(EVEN, "en", width=41)
    assert line == "├───────────────────┼───────────────────┤"
    assert labels == "0                  0.5                  1"
