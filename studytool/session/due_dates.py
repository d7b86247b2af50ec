"""Days on which items fall due, set by the learner; each is an event of the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.review_log.event_kinds import LONGEST_PUT_OFF_DAYS
from studytool.review_log.events import SetDue
from studytool.review_log.study_days import as_date
from studytool.session.items import item_names, read_rows, unknown_item
from studytool.srs.memory import Stage

if TYPE_CHECKING:
    from studytool.search.tree import Search
    from studytool.session.desk import Desk

Target = Callable[[int, int], int]
"""A function from today and the day on which an item falls due to the day on which it shall."""

_BAD_DAY = Phrase(
    ko="{date}: {first}부터 {last}까지의 날이어야 합니다. 2026-12-31, tomorrow, +7d처럼 쓰세요.",
    en="{date}: it must be a day from {first} to {last}; write it like 2026-12-31, tomorrow or +7d.",
)


@dataclass(frozen=True, slots=True)
class DueReport:
    """An item whose day was to be set.

    Attributes:
        before: the study day on which it fell due, as a date; None where it has none, as it is new
            or in steps. Then nothing was written.
        due: the study day on which it falls due now.
    """

    item: str
    stage: Stage
    before: date | None
    due: date | None

    @property
    def changed(self) -> bool:
        """Return whether another day was set."""
        return self.before != self.due


def on_day(desk: "Desk", now: datetime, day: int, *, relative: bool) -> Target:
    """Return the target of one day for all, counted from today where it is ``relative``.

    Raises:
        StudytoolError: it is before today, or more than ten years ahead.
    """
    today = desk.log.day_of(now)
    wanted, last = day + (today if relative else 0), today + LONGEST_PUT_OFF_DAYS
    if not today <= wanted <= last:
        dates = {"date": _date(wanted), "first": as_date(today), "last": as_date(last)}
        raise StudytoolError(_BAD_DAY, **dates)
    return lambda *_: wanted


def later(days: int) -> Target:
    """Return the target of so many days later; what is overdue counts from today."""
    return lambda today, due: max(today, due) + days


def earlier(days: int) -> Target:
    """Return the target of so many days earlier, but not before today; what is due stays."""
    return lambda today, due: due if due <= today else max(today, due - days)


def set_due(desk: "Desk", items: Sequence[str], target: Target, now: datetime) -> list[DueReport]:
    """Set the day on which each of ``items`` falls due, until it is reviewed again.

    All at once, or none where one is unknown.

    Raises:
        NotFoundError: an unknown item; names the nearest.
    """
    log, today = desk.log, desk.log.day_of(now)
    offset_minutes, reports = desk.clock.offset_minutes(now), []
    with log.at_once():
        statuses = {status.item: status for status in log.statuses(items=items)}
        for item in dict.fromkeys(items):
            if (status := statuses.get(item)) is None:
                raise unknown_item(log, item)
            before = due = status.due_day if status.memory.stage is Stage.REVIEW else None
            if before is not None:
                due = target(today, before)
                if due != before:
                    log.append(SetDue, now, offset_minutes=offset_minutes, item=item, day=due)
            dates = [None if day is None else as_date(day) for day in (before, due)]
            reports.append(DueReport(item, status.memory.stage, *dates))
    return reports


def chosen_items(
    desk: "Desk", names: Sequence[str], search: "Search | None", now: datetime
) -> list[str]:
    """Return the items named, and those in the review stage that a search finds.

    Raises:
        NotFoundError: an unknown name; names the nearest.
    """
    items = item_names(desk, names)
    if search is None:
        return items
    from studytool.session.searching import find

    found = find(desk, search, read_rows(desk, now), now)
    return [*items, *(row.item for row in found if row.stage == "review")]


def _date(day: int) -> str:
    try:
        return as_date(day).isoformat()
    except OverflowError:
        return f"{day:+}d"
