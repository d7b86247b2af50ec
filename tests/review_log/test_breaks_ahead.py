"""Breaks set ahead: which days are off, and where what falls due in them is led, by hand."""

from datetime import date, timedelta

import pytest

from studytool.review_log.delays import BreakSpan
from studytool.review_log.events import SetDue, Vacation
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.drafts import DAY, HOUR, NOON, draft


def _due_day(log: ReviewLog) -> int:
    [status] = log.statuses(items=["pack/one"])
    assert status.due_day is not None
    return status.due_day


@pytest.mark.parametrize(
    ("breaks", "later"),
    [
        ([], 0),
        ([(0, 3)], 3),             # falls due on its first day
        ([(-2, 3)], 3),            # on its last
        ([(-3, 3)], 0),            # it is over
        ([(1, 3)], 0),             # it is still to come
        ([(0, 1)], 1),
        ([(0, 3), (2, 5)], 7),     # they overlap: one break
        ([(0, 5), (1, 2)], 5),     # one in the other
        ([(0, 3), (3, 2)], 5),     # they touch
        ([(0, 3), (4, 2)], 3),     # a day lies between: it falls due there
        ([(-2, 5), (4, 2)], 7),    # led into a later break, and out of that
        ([(-1, 3), (2, 2), (4, 9)], 14),  # a due day led from touching breaks
        ([(-2, 5), (4, 2), (7, 1)], 8),   # through three
    ],
)  # fmt: skip
def test_where_an_item_is_led(log: ReviewLog, breaks: list[tuple[int, int]], later: int) -> None:
    log.append_review(draft(rating=Rating.EASY))
    due = _due_day(log)
    for ago, (first, days) in enumerate(breaks):
        log.append(Vacation, NOON + ago * HOUR, days=days, first=due + first)
    assert _due_day(log) == due + later
    assert log.put_off(due - 1, 2)[1] == later
    off = {due + first + n for first, days in breaks for n in range(days)}
    assert log.days_off() == off
    assert due + later not in off
    for day in range(due - 4, due + 15):
        ahead = log.breaks_ahead(day)
        assert log.is_day_off(day) is (day in off)
        assert {n for one in ahead for n in range(one.first, one.end) if n >= day} == {
            n for n in off if n >= day
        }
        assert all(one.end > day for one in ahead)
        assert [one.first for one in ahead] == sorted(one.first for one in ahead)


@pytest.mark.parametrize("overlapping", [False, True])
@pytest.mark.parametrize(("set_hour", "later"), [(0, 4), (1, 0), (2, 0)])
def test_the_later_word_holds_of_a_day_that_the_learner_set(
    log: ReviewLog, set_hour: int, later: int, *, overlapping: bool
) -> None:
    """The break is set at hour 1: one set before it leads no more, one set at that instant neither.

    Of overlapping breaks, made one, the last word counts, whichever of them begins first.
    """
    log.append_review(draft(rating=Rating.EASY))
    wanted = _due_day(log) + 30
    log.append(SetDue, NOON + DAY + set_hour * HOUR, item="pack/one", day=wanted)
    assert _due_day(log) == wanted
    log.append(Vacation, NOON + DAY + HOUR, days=4, first=wanted - (0 if overlapping else 1))
    if overlapping:
        log.append(Vacation, NOON + DAY - HOUR, days=1, first=wanted)
    expected = wanted + later
    assert _due_day(log) == expected
    log.append(SetDue, NOON + DAY + 3 * HOUR, item="pack/one", day=wanted)
    assert _due_day(log) == wanted


def test_a_vacation_since_moves_a_day_that_was_set_and_breaks_lead_on(log: ReviewLog) -> None:
    log.append_review(draft(rating=Rating.EASY))
    wanted = _due_day(log) + 30
    log.append(Vacation, NOON + HOUR, days=7, first=wanted + 5)
    log.append(SetDue, NOON + DAY, item="pack/one", day=wanted)
    log.append(Vacation, NOON + 2 * DAY, days=5)  # begins at once: all falls due five days later
    assert _due_day(log) == wanted + 5 + 7  # and so in the break


def test_undo_gives_the_days_back(log: ReviewLog) -> None:
    log.append_review(draft(rating=Rating.EASY))
    due = _due_day(log)
    log.append(Vacation, NOON + HOUR, days=3, first=due)
    log.append(Vacation, NOON + 2 * HOUR, days=6, first=due + 2)
    found = [_due_day(log)]
    for act in (log.undo, log.undo, log.redo, log.redo):
        act(NOON + DAY)
        found.append(_due_day(log))
    assert [day - due for day in found] == [8, 3, 0, 3, 8]


@pytest.mark.parametrize(
    ("breaks", "on"),
    [
        ([], [0, 1, 2, 3, 4, 5, 6]),
        ([(1, 2)], [0, 3, 3, 3, 4, 5, 6]),  # it begins tomorrow, today, yesterday
        ([(1, 2), (3, 1)], [0, 4, 4, 4, 4, 5, 6]),  # they touch
        ([(1, 1), (3, 2)], [0, 2, 2, 5, 5, 5, 6]),  # a day lies between
    ],
)
def test_the_next_day_that_is_not_off(
    log: ReviewLog, breaks: list[tuple[int, int]], on: list[int]
) -> None:
    today = log.day_of(NOON)
    for first, days in breaks:
        log.append(Vacation, NOON, days=days, first=today + first)
    assert [log.next_day_on(today + n) - today for n in range(len(on))] == on


def test_a_span_names_its_days() -> None:
    span = BreakSpan(20_000, 20_003)
    assert span.days == 3
    assert span.first_date == date(1970, 1, 1) + timedelta(days=20_000)
    assert span.last_date == span.first_date + timedelta(days=2)
