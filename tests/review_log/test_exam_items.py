"""What an exam is planned of, out of a small log, by hand."""

from dataclasses import replace

import pytest

from studytool.review_log.exam_items import MissedRow
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.deeds import set_suspended
from tests.review_log.drafts import DAY, HOUR, NOON, draft


@pytest.mark.parametrize(
    ("ago", "seconds"),
    [
        ([], 15.0),  # nothing is known yet
        ([1] * 20, 11.5),  # twenty of 8 s weigh as much as the guess of 15 s
        ([1, 7], (16 + 300) / 22),
        ([0], 15.0),  # today is left out
        ([8], 15.0),  # and so is what is long ago
    ],
)
def test_the_seconds_of_an_answer(log: ReviewLog, ago: list[int], seconds: float) -> None:
    for n, days in enumerate(ago):
        log.append_review(draft(time=NOON - days * DAY + n * HOUR / 20))
    assert log.answer_seconds(log.day_of(NOON), days=7) == pytest.approx(seconds, abs=1e-12)


def test_what_was_forgotten_since_a_day(log: ReviewLog) -> None:
    again, today = Rating.AGAIN, log.day_of(NOON)
    for item, rating, days, seed in (
        ("pack/one", again, 9, 1),
        ("pack/one", again, 3, 5),
        ("pack/one", again, 2, 4),  # the last of them
        ("pack/one", Rating.GOOD, 1, 3),
        ("pack/two", Rating.HARD, 1, 2),
        ("pack/three", again, 4, 6),
    ):
        log.append_review(replace(draft(item, rating, NOON - days * DAY), seed=seed))
    log.append_review(replace(draft("pack/one", again, NOON - 2 * DAY - HOUR), seed=9))
    found = [MissedRow("pack/one", 2, 4), MissedRow("pack/three", 1, 6)]
    assert sorted(log.missed_since(today - 4)) == found
    assert log.missed_since(today - 3) == found[:1]
    assert log.missed_since(today - 1) == []
    assert sorted(log.missed_since(0)) == [MissedRow("pack/one", 3, 4), found[1]]


def test_the_rows_of_an_exam_in_the_authors_order(log: ReviewLog) -> None:
    log.register("apart", [("apart/x", "c", 0)])
    today = log.day_of(NOON)
    log.append_review(draft("pack/three", Rating.EASY, NOON - 2 * DAY))
    log.append_review(draft("pack/two", Rating.AGAIN, NOON))
    set_suspended(log, "pack/one", True, NOON)
    one, two, three = log.exam_rows(["pack"])
    assert [(row.item, row.concept) for row in (one, two, three)] == [
        ("pack/one", "a"), ("pack/two", "b"), ("pack/three", "a"),
    ]  # fmt: skip
    assert (one.stage, one.stability, one.first_day, one.rests_until_ms) == (0, None, None, None)
    assert (two.last_day, two.asked_day, two.first_day) == (today, None, today)
    [memory] = [status.memory for status in log.statuses(items=["pack/three"])]
    assert three == (
        "pack/three", "a", memory.stage, memory.stability, memory.difficulty,
        today - 2, memory.due_day, today - 2, 0,
    )  # fmt: skip
    assert log.exam_rows([]) == []
    assert [row.item for row in log.exam_rows(["pack", "apart"])] == [
        "apart/x", "pack/one", "pack/two", "pack/three",
    ]  # fmt: skip


def test_who_was_reviewed_in_the_review_stage_on_a_day(log: ReviewLog) -> None:
    today = log.day_of(NOON)
    log.append_review(draft("pack/one", Rating.EASY, NOON - 30 * DAY))
    log.append_review(draft("pack/one", Rating.GOOD, NOON))
    log.append_review(draft("pack/two", Rating.GOOD, NOON))  # new: in no stage before
    assert log.matured_items(today) == {"pack/one"}
    assert log.matured_items(today - 30) == set()
    log.undo(NOON + HOUR)
    log.undo(NOON + HOUR)
    assert log.matured_items(today) == set()
