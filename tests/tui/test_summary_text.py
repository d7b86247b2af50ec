"""What a sitting came to: each question that was missed stands on one line, its formulas set."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.screen import Screen

from studytool.session.desk import Desk
from studytool.session.summary import Summary
from studytool.tui.summary_screen import SummaryScreen
from studytool.typeset.cells import cell_width
from studytool.wording.summary import summary_lines
from tests.cases import first_quick
from tests.tui.driving import app_at, press, settled, text_of


def _missed(*titles: str) -> Summary:
    return Summary(
        answered=1, right=0, partial=0, wrong=1, shown=0, minutes=1.0, missed=titles, still_due=0,
        next_due=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "en", "ko"),
    [
        (0, "right 0 · partly 0 · wrong 1", "맞음 0 · 일부 0 · 틀림 1"),
        (2, "right 0 · partly 0 · wrong 1 · shown 2", "맞음 0 · 일부 0 · 틀림 1 · 정답만 봄 2"),
    ],
)
def test_a_key_that_was_only_shown_is_counted_for_itself(shown: int, en: str, ko: str) -> None:
    summary = replace(_missed(), shown=shown)
    assert summary_lines(summary, "en")[1] == en
    assert summary_lines(summary, "ko")[1] == ko


def test_less_than_a_minute_is_no_number_of_minutes() -> None:
    assert summary_lines(replace(_missed(), minutes=0.99), "en")[0] == (
        "1 answered in less than a minute."
    )
    assert summary_lines(_missed(), "en")[0] == "1 answered in 1.0 minutes."


@pytest.mark.parametrize(
    ("title", "width", "line"),
    [
        (r"$\frac{1}{2}(w-z)^2$ is **least** where?", 80, "  · (1/2)(w − z)² is least where?"),
        (r"$\frac{1}{2}(w-z)^2$ is **least** where?", 20, "  · (1/2)(w − z)² i…"),
        ("딥러닝의 정칙화는 왜 쓰나요?", 20, "  · 딥러닝의 정칙화…"),  # a syllable takes two cells
    ],
)
def test_a_missed_question_is_one_line(title: str, width: int, line: str) -> None:
    assert summary_lines(_missed(title), "en", width=width)[-1] == line


@given(st.text("ab 가나$\\frac{1}2^*`", max_size=200), st.integers(10, 100))
def test_no_missed_question_is_wider_than_the_window(title: str, width: int) -> None:
    assert cell_width(summary_lines(_missed(title), "en", width=width)[-1]) <= width


@pytest.mark.parametrize("width", first_quick([60, 80, 120]))
async def test_the_screen_cuts_a_missed_question_at_its_edge(desk: Desk, width: int) -> None:
    app = app_at(desk)
    title = r"$\frac{\lambda}{2}w^2$ " + "and so on " * 20
    async with app.run_test(size=(width, 24)) as pilot:
        screen = SummaryScreen(_missed(title), desk, said="", undo=Screen)
        await app.push_screen(screen)
        await settled(pilot)
        [line] = [line for line in text_of(app).splitlines() if "λ" in line]
        assert line.strip().startswith("· (λ/2)w² and so on")
        assert line.rstrip().endswith("…")
        assert width - 14 <= cell_width(line.rstrip()) <= width - 3
        await press(pilot, "enter")
