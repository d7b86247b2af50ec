"""The first line of home: what is left of the day, how long it takes, what was done."""

from datetime import UTC, datetime
from pathlib import Path

from studytool.clock import MACHINE_CLOCK
from studytool.session.agenda import LeftOver
from studytool.session.desk import Desk
from studytool.session.overview import Overview, minutes_of
from studytool.wording.home import day_line
from tests.rows import all_rows

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _overview(due: int, learning: int, new: int, *, reviewed: int, streak: int = 3) -> Overview:
    return Overview(
        (), due, learning, new, LeftOver(), reviewed, streak, (), None, None, NOW, (), (), (), True
    )


BEGUN = _overview(14, 3, 6, reviewed=4)


@all_rows(
    ("overview", "minutes", "width", "line"),
    [
        (BEGUN, 11, 80, "23 left today · about 11 min · 4 answered · 3-day streak"),
        (BEGUN, None, 80, "23 left today · 4 answered · 3-day streak"),  # not read yet
        (BEGUN, 11, 30, "23 left today · about 11 min"),
        (BEGUN, 11, 1, "23 left today"),  # the first stays, however narrow
        (_overview(0, 0, 20, reviewed=0, streak=0), 10, 80, "20 left today · about 10 min"),
        (_overview(0, 0, 20, reviewed=0), 10, 80, "20 left today · about 10 min · 3-day streak"),
        (_overview(0, 0, 0, reviewed=4), 0, 80, "4 answered · 3-day streak"),
        (_overview(0, 0, 0, reviewed=0, streak=0), 0, 80, "0 answered"),
    ],
)
def test_the_day_in_a_line(overview: Overview, minutes: int | None, width: int, line: str) -> None:
    assert day_line(overview, "en", minutes=minutes, width=width) == line


def test_a_new_item_takes_an_answer_for_each_learning_step(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    try:
        assert desk.settings.learning_steps_minutes == (1, 10)
        assert minutes_of(desk, BEGUN, NOW) == 8  # (14 + 3 + 6 · 2) · 15 s = 7 min 15 s
    finally:
        desk.close()
