"""Days off: vacations, breaks set ahead, and by how much they and the learner's own days put items off."""

import json
from datetime import date
from typing import NamedTuple

from studytool.review_log.database import Database, DatabaseReader
from studytool.review_log.event_kinds import VACATION
from studytool.review_log.schema import IN_REVIEW
from studytool.review_log.standing import codes, stands
from studytool.review_log.study_days import as_date
from studytool.srs.memory import Stage

_SET_AHEAD = f"""
SELECT detail ->> 'first', detail ->> 'days', time_ms FROM events e
WHERE EXISTS {codes([VACATION])} AND e.kind IN {codes([VACATION])}
    AND detail ->> 'first' IS NOT NULL AND {stands("e")}
ORDER BY 1
"""
_FILL = "INSERT INTO break_days SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)"
_OFF = """
SELECT study_day, study_day + days FROM vacations JOIN events USING (seq)
UNION ALL SELECT study_day, study_day + 1 FROM break_days ORDER BY 1
"""


class BreakSpan(NamedTuple):
    """Study days off in a row.

    Attributes:
        first: the first of them.
        end: the day after the last.
        set_ms: when the last of the breaks that it is made of was set.
    """

    first: int
    end: int
    set_ms: int = 0

    @property
    def first_date(self) -> date:
        """Return the first day as a date."""
        return as_date(self.first)

    @property
    def last_date(self) -> date:
        """Return the last day as a date."""
        return as_date(self.end - 1)

    @property
    def days(self) -> int:
        """Return the number of its days."""
        return self.end - self.first


class BreakReader(DatabaseReader):
    """The days off that the learner has set."""

    def breaks_ahead(self, day: int) -> tuple[BreakSpan, ...]:
        """Return the breaks that end on a study day or later, the first one first."""
        return tuple(span for span in self._spans() if span.end > day)

    def is_day_off(self, day: int) -> bool:
        """Tell whether a study day lies in a vacation or a break set ahead."""
        return any(span.first <= day for span in self.breaks_ahead(day))

    def next_day_on(self, day: int) -> int:
        """Return the first study day from ``day`` on that is not one off."""
        for span in self.breaks_ahead(day):
            if span.first > day:
                break
            day = span.end
        return day

    def put_off(self, first: int, days: int) -> list[int]:
        """Return by how many days breaks set ahead put off what falls due on each day from ``first`` on."""
        rows = self._db.rows(
            "SELECT study_day, leads_to - study_day FROM break_days WHERE study_day >= ?", (first,)
        )
        found: dict[int, int] = dict(rows)
        return [found.get(day, 0) for day in range(first, first + days)]

    def days_off(self) -> set[int]:
        """Return the study days of all vacations that stand, past and to come."""
        return {day for span in self._spans() for day in range(span.first, span.end)}

    def _spans(self) -> list[BreakSpan]:
        return join_spans([BreakSpan(*row) for row in self._db.rows(_OFF)])


def join_spans(spans: list[BreakSpan]) -> list[BreakSpan]:
    """Join spans, by their first days, that overlap or touch.

    >>> join_spans([BreakSpan(3, 5), BreakSpan(4, 6), BreakSpan(6, 7), BreakSpan(9, 10)])
    [BreakSpan(first=3, end=7, set_ms=0), BreakSpan(first=9, end=10, set_ms=0)]
    """
    joined: list[BreakSpan] = []
    for span in spans:
        if joined and span.first <= joined[-1].end:
            last = joined.pop()
            end, set_ms = max(last.end, span.end), max(last.set_ms, span.set_ms)
            joined.append(BreakSpan(last.first, end, set_ms))
        else:
            joined.append(span)
    return joined


def _leading(spans: list[BreakSpan]) -> list[tuple[int, int, int]]:
    """Return each day off, the day that it leads to and when its break was set.

    A day leads as many days on as its break has, and from a later break's day on again: so what
    falls due in a break keeps its order and distances behind it.
    """
    leads_to: dict[int, int] = {}
    for span in reversed(spans):
        for day in range(span.first, span.end):
            leads_to[day] = leads_to.get(day + span.days, day + span.days)
    return [
        (day, leads_to[day], span.set_ms) for span in spans for day in range(span.first, span.end)
    ]


DELAY = (
    "(SELECT away + coalesce((SELECT leads_to - study_day FROM break_days "
    "WHERE study_day = {due_day} + away), 0) "
    "FROM (SELECT coalesce(sum(days), 0) AS away FROM vacations "
    f"WHERE {{stage}} = {Stage.REVIEW:d} AND time_ms > {{last_ms}}))"
)
"""The delay of an item in the review stage: the vacations since its last review, then a break set ahead."""

_FIND_VACATIONS = f"""
INSERT INTO vacations SELECT seq, time_ms, detail ->> 'days' FROM events e
WHERE EXISTS {codes([VACATION])} AND e.kind IN {codes([VACATION])}
    AND detail ->> 'first' IS NULL AND {stands("e")}
"""
_DELAY_ALL = f"""
UPDATE items SET shift_days = {DELAY.format(stage="stage", last_ms="items.last_ms", due_day="due_day")}
WHERE {IN_REVIEW}
"""
DELAY_SET = f"""
UPDATE items SET shift_days = set_day - due_day + (
    SELECT away + coalesce((SELECT leads_to - study_day FROM break_days
        WHERE study_day = set_day + away AND (away > 0 OR time_ms > set_ms)), 0)
    FROM (SELECT coalesce(sum(days), 0) AS away FROM vacations WHERE time_ms > set_ms))
WHERE {IN_REVIEW} AND set_ms > last_ms
"""
"""The delay of an item since whose last review the learner has let it fall due on a day.

That day may lie in a break that was set before: the later word holds.
"""


def find_vacations(db: Database) -> bool:
    """Find the vacations and breaks that stand, and tell whether they are others than before."""
    are_others = db.refill("vacations", _FIND_VACATIONS)
    found = [BreakSpan(first, first + days, set_ms) for first, days, set_ms in db.rows(_SET_AHEAD)]
    leading = json.dumps(_leading(join_spans(found)))
    return db.refill("break_days", _FILL, (leading,)) or are_others


def delay_all(db: Database) -> None:
    """Delay every item in the review stage by what stands since its last review."""
    db.rows(_DELAY_ALL)
    db.rows(DELAY_SET)
