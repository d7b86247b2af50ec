"""Breaks that the learner sets ahead: set, and refused where they are not ahead."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.review_log.delays import BreakSpan
from studytool.review_log.event_kinds import LONGEST_VACATION_DAYS
from studytool.review_log.study_days import as_date

if TYPE_CHECKING:
    from studytool.session.desk import Desk

FARTHEST_DAYS = 3650
_NOT_AHEAD = Phrase(
    ko="--from: {first}부터 {last}까지의 날이어야 합니다. 지금 시작하는 휴가는 studytool vacation DAYS로 정합니다.",
    en="--from: it must be a day from {first} to {last}; a vacation that begins now is "
    "studytool vacation DAYS.",
)
_BAD_LENGTH = Phrase(
    ko="휴가의 마지막 날(--to)은 {first}부터 {last}까지여야 합니다.",
    en="--to: the last day of the break must be from {first} to {last}.",
)


class BreakReport(NamedTuple):
    """A break that was set ahead.

    Attributes:
        span: its days.
        moved: reviews that it put off, which would have fallen due in it.
    """

    span: BreakSpan
    moved: int


def read_breaks(desk: "Desk", now: datetime) -> tuple[BreakSpan, ...]:
    """Return the breaks that run or are ahead, the first one first."""
    return desk.log.breaks_ahead(desk.log.day_of(now))


def set_break(desk: "Desk", first: int, days: int, now: datetime) -> BreakReport:
    """Set a break of ``days`` study days from the day ``first`` on, as an event that undo takes back.

    Raises:
        StudytoolError: its first day is not ahead, or too far, or it has no day or too many.
    """
    from studytool.review_log.events import Vacation  # late: a start writes none

    today = desk.log.day_of(now)
    if not today < first <= today + FARTHEST_DAYS:
        raise StudytoolError(
            _NOT_AHEAD, first=as_date(today + 1), last=as_date(today + FARTHEST_DAYS)
        )
    if not 1 <= days <= LONGEST_VACATION_DAYS:
        last = as_date(first + LONGEST_VACATION_DAYS - 1)
        raise StudytoolError(_BAD_LENGTH, first=as_date(first), last=last)
    offset_minutes = desk.clock.offset_minutes(now)
    with desk.log.at_once():  # what another program does meanwhile is no part of the difference
        before = _due_days(desk)
        desk.log.append(Vacation, now, offset_minutes=offset_minutes, days=days, first=first)
        after = _due_days(desk)
    moved = sum(after[item] != due_day for item, due_day in before.items())
    return BreakReport(BreakSpan(first, first + days), moved)


def _due_days(desk: "Desk") -> dict[str, int | None]:
    return {status.item: status.due_day for status in desk.log.statuses()}
