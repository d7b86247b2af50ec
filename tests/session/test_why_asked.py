"""Why an item is asked now: in each stage of its memory, on both faces."""

from datetime import timedelta

import pytest

from studytool.language import LANGUAGES
from studytool.session.why_asked import AskingReason
from studytool.srs.memory import Stage
from studytool.wording.why_asked import why_asked_line
from tests.in_process import run_program

DAYS_8 = timedelta(days=8)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (AskingReason(Stage.NEW, None, None, 0), "one of today's new items"),
        (AskingReason(Stage.NEW, DAYS_8, None, 0), "one of today's new items"),  # reset
        (
            AskingReason(Stage.LEARNING, timedelta(minutes=10), None, 0),
            "being learned, answered 10m ago",
        ),
        (AskingReason(Stage.REVIEW, DAYS_8, 0, 0), "answered 8d ago, due today"),
        (
            AskingReason(Stage.REVIEW, DAYS_8, 3, 2),
            "answered 8d ago, due 3d ago · forgotten 2 times so far",
        ),
        (AskingReason(Stage.REVIEW, DAYS_8, -2, 0), "answered 8d ago, early by 2d"),
    ],
)
def test_reason_in_words(reason: AskingReason, said: str) -> None:
    assert why_asked_line(reason, "en") == f"asked now: {said}"
    assert why_asked_line(reason, "ko").startswith("지금 묻는 까닭: ")
    assert len({why_asked_line(reason, language) for language in LANGUAGES}) == 2


def test_line_by_line_it_stands_below_the_evidence(tmp_path: object) -> None:
    words = ("study", "--plain", "--lang", "en", "--concept", "xavier")
    done = run_program(*words, home=str(tmp_path), typed=":s\n1\n")
    assert "asked now: one of today's new items" in done.stdout
    cram = run_program(*words, "--cram", home=str(tmp_path), typed=":s\n1\n")
    assert "asked now" not in cram.stdout
