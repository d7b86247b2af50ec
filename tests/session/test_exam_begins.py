"""Which of an exam's new items are begun by then, as far as prerequisites and siblings admit."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.session.agenda_walk import exams_ahead
from studytool.session.exam_begins import BeginningDays, DueReview, NewItem
from studytool.session.exams import set_exam
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings
from studytool.srs.exam_plan import ExamDays
from studytool.srs.rating import Rating
from studytool.wording.exam import exam_line
from tests.session.packs import desk_with

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SMALL = Scope(("small",))


def _item(
    name: str, concept: str, *claims: str, needs: Sequence[str] = (), learns: bool
) -> NewItem:
    shared, before = {("p", claim) for claim in claims}, {("p", one) for one in needs}
    return NewItem(name, ("p", concept), shared, before, learns)


def _begun(new: Sequence[NewItem], exam: int, **about: object) -> dict[str, int]:
    days = ExamDays(0, exam, 10, **about)  # type: ignore[arg-type] # by name
    return BeginningDays(days, [*new], [], []).walk()


@pytest.mark.parametrize(
    ("learns", "begun"),
    [(True, {"a": 0, "b": 0, "c": 0}), (False, {"a": 0, "b": 1, "c": 2})],
)
def test_a_concept_opens_when_what_it_needs_is_learned(
    learns: bool,  # noqa: FBT001 - a column
    begun: dict[str, int],
) -> None:
    new = [
        _item("c", "z", needs="xy", learns=learns),
        _item("b", "y", needs="x", learns=learns),
        _item("a", "x", learns=learns),
    ]
    assert _begun(new, 3) == begun
    assert _begun(new, 2).keys() == ({"a", "b", "c"} if learns else {"a", "b"})


def test_of_siblings_one_a_day_is_begun() -> None:
    new = [_item(f"s{n}", "x", "claim", learns=True) for n in range(5)]
    assert _begun(new, 3) == {"s0": 0, "s1": 1, "s2": 2}
    assert _begun(new, 4, off=(1,)) == {"s0": 0, "s1": 2, "s2": 3}


def test_a_review_of_a_sibling_goes_before_a_new_one() -> None:
    new = [_item(f"s{n}", "x", "claim", learns=True) for n in range(5)]
    due = [DueReview(0, {("p", "claim")}, 3), DueReview(0, {("p", "claim")}, 3)]
    walk = BeginningDays(ExamDays(0, 9, 10), new, due, [2, 5, 20])
    assert walk.walk() == {"s0": 2, "s1": 3, "s2": 6, "s3": 7}  # reviews on 0, 1, 4, 5, 8


def test_no_concept_waits_for_what_a_sibling_puts_off() -> None:
    new = [
        _item("a", "x", "claim", learns=True),
        _item("b", "x", "claim", learns=True),
        _item("c", "y", needs="x", learns=True),
    ]
    assert _begun(new, 2) == {"a": 0, "c": 0, "b": 1}


@pytest.mark.parametrize("count", [1, 7, 40])
def test_where_nothing_is_closed_the_pace_is_kept(count: int) -> None:
    days = ExamDays(3, 15, 10, off=(5,), week=(1.0, 0.5))
    new = [_item(str(n), "x", learns=False) for n in range(count)]
    paced = [day for day, n in enumerate(days.paces(count), start=3) for _ in range(n)]
    assert [*BeginningDays(days, new, [], []).walk().values()] == paced


@pytest.mark.parametrize("days", [5, 10])
def test_what_is_not_begun_is_said_and_is_what_the_days_leave(days: int, tmp_path: Path) -> None:
    """The days themselves are studied up to the exam: as many are left as was said."""
    items = [(f"i{n:02}", "xyz"[n % 3], f"c-{'xyz'[n % 3]}{n % 2}") for n in range(18)]
    desk = desk_with(tmp_path, items, requires={"y": ["x"], "z": ["y"]})
    desk.settings = Settings(language="en", new_per_day=1)
    try:
        set_exam(desk, desk.log.day_of(NOW) + days, ("small",), NOW)
        [exam] = exams_ahead(desk, NOW)
        for n in range(days):
            sitting, now = Sitting(desk, SMALL), NOW + n * DAY
            while sitting.start_next(now) is not None:
                sitting.reveal()
                sitting.rate(Rating.GOOD, now)
        new = sum(row.first_day is None for row in desk.log.exam_rows(["small"]))
    finally:
        desk.close()
    assert exam.never_begun == new == {5: 6, 10: 0}[days]
    assert 0 < exam.items - new - exam.recalled < 1
    for language, said in (
        ("en", ", 6 of them not begun by then)"),
        ("ko", ", 그중 6개는 시작하지 못함)"),
    ):
        assert (said in exam_line(exam, language)) == (new > 0)  # type: ignore[arg-type]
