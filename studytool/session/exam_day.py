"""What the exams ahead make of today: new items to begin, reviews to do, reviews that wait."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING

from studytool.review_log.queue_slice import DueItem
from studytool.session.agenda import learns_within_a_sitting
from studytool.session.exam import PACE_DAYS, Exam, ExamDay
from studytool.session.exam_begins import BeginningDays, DueReview, NewItem
from studytool.session.policy import policy_of, rule_of
from studytool.srs.asking_rules import needs_of
from studytool.srs.memory import Stage, to_ms

if TYPE_CHECKING:
    from studytool.review_log.exam_items import ExamRow
    from studytool.session.desk import Desk
    from studytool.srs.exam_plan import ExamDays

_KNOWN = 3
"""After so many reviews in a row that went well, an item comes again weeks later."""


def read_exam_days(desk: "Desk", now: datetime, exams: Sequence[Exam]) -> tuple[ExamDay, ...]:
    """Return what exams ahead make of today, the next one first; an item of several is reviewed for that one."""
    return tuple(_days(desk, now, exams))


def _days(desk: "Desk", now: datetime, exams: Sequence[Exam]) -> Iterator[ExamDay]:
    log, today = desk.log, desk.log.day_of(now)
    named = {target.partition("/")[0] for exam in exams for target in exam.targets}
    everything = not all(exam.targets for exam in exams)
    rows = log.exam_rows([pack.id for pack in desk.library.packs()] if everything else named)
    seconds = log.answer_seconds(today, days=PACE_DAYS)
    matured, planned = log.matured_items(today), set[str]()
    for exam in exams:
        reader = _Reader(desk, exam, now, matured=matured, seconds=seconds)
        found = reader.read(rows, planned)
        planned |= {one.item for one in found.reviews} | found.waiting
        yield found


def days_until(desk: "Desk", exam: Exam, *, today: int, seconds: float) -> "ExamDays":
    """Return the days until an exam, where an answer takes so many seconds."""
    from studytool.srs.exam_plan import ExamDays  # late: imports NumPy, for an exam alone

    a_day = max(1, int(exam.minutes * 60 / seconds))
    return ExamDays(today, exam.day, a_day, desk.log.days_off(), desk.settings.easy_days)


def needed_concepts(desk: "Desk", exam: Exam, packs: Collection[str]) -> set[tuple[str, str]]:
    """Return the prerequisites, by (pack, concept), of what an exam is about, where such gate."""
    needed = set[tuple[str, str]]()
    for pack in packs if desk.settings.gate_new else ():
        requires = desk.library.prerequisites(pack)
        for concept in requires:
            if exam.holds(pack, concept):
                needed |= {(pack, one) for one in needs_of(concept, requires)}
    return needed


class _Reader:
    """The reading of one exam's items."""

    def __init__(
        self, desk: "Desk", exam: Exam, now: datetime, *, matured: set[str], seconds: float
    ) -> None:
        self._desk, self._exam, self._matured = desk, exam, matured
        self._now_ms, self._today = to_ms(now), desk.log.day_of(now)
        self._days: ExamDays = days_until(desk, exam, today=self._today, seconds=seconds)

    def read(self, rows: "Sequence[ExamRow]", planned: set[str]) -> ExamDay:
        """Plan the exam; what is ``planned`` for an earlier one gets no review."""
        from studytool.srs.exam_plan import ExamItem, plan_exam

        rows = [row for row in rows if self._counts(row)]
        own = [row for row in rows if self._exam.holds(_pack(row), row.concept)]
        wanted = self._wanted_new(rows)
        paces = self._days.paces(len(wanted))
        begins = self._begins(own, wanted, paces)
        known = [row for row in own if row.stage != Stage.NEW and row.first_day != self._today]
        memories = [
            ExamItem(
                row.stability or 1.0,
                row.difficulty or 1.0,
                row.last_day or 0,
                self._is_held(row) or row.item in planned,
            )
            for row in known
        ]
        make = partial(
            plan_exam,
            self._days,
            policy_of(self._desk.settings),
            memories,
            asked_today=sum(row.item in self._matured for row in known),
        )
        plan, admitted = make(begins=begins), self._admitted(rows, own, wanted)
        as_admitted = plan if sorted(admitted) == begins else make(begins=admitted)
        reviews = tuple(DueItem(known[n].item, known[n].concept) for n in plan.reviews)
        waits = {row.item for row in known if plan.decides and self._is_due(row)}
        new = [row for row in wanted if row.stage == Stage.NEW]
        fresh = {(_pack(row), row.concept) for row in new}
        in_order = dict.fromkeys((_pack(row), row.concept) for row in rows)  # whatever is begun
        return ExamDay(
            exam=self._exam,
            days_left=self._exam.day - self._today,
            items=len(own),
            unbegun=sum(row.stage == Stage.NEW for row in own),
            never_begun=len(own) - len(known) - len(admitted),
            recalled=as_admitted.recalled,
            reviews=reviews,
            later=tuple((_pack(known[n]), known[n].concept, day) for n, day in plan.later),
            waiting=frozenset(waits - {one.item for one in reviews} - planned),
            new=tuple(one for one in in_order if one in fresh),
            new_today=min(len(new), max(0, sum(paces[:1]) - (len(wanted) - len(new)))),
            paces=tuple(paces),
        )

    def _wanted_new(self, rows: "Sequence[ExamRow]") -> "list[ExamRow]":
        """Return the items of it and of its prerequisites that are new, or were this morning."""
        settings = self._desk.settings
        needed = needed_concepts(self._desk, self._exam, {_pack(row) for row in rows})
        return [
            row
            for row in rows
            if row.stage == Stage.NEW or row.first_day == self._today
            if self._exam.holds(_pack(row), row.concept) or (_pack(row), row.concept) in needed
            if settings.new_per_day and rule_of(settings, _pack(row), "new_per_day")
        ]

    def _begins(
        self, own: "Sequence[ExamRow]", wanted: "Sequence[ExamRow]", paces: Sequence[int]
    ) -> list[int]:
        """Return the days on which its own new items are begun, in order; those begun today first."""
        names = {row.item for row in own}
        begun = [row for row in wanted if row.stage != Stage.NEW]
        new = [row for row in wanted if row.stage == Stage.NEW]
        today, *later = paces or [0]
        paced = [max(0, today - len(begun)), *later]
        ahead = chain.from_iterable(repeat(self._today + place, n) for place, n in enumerate(paced))
        days = chain(repeat(self._today, len(begun)), ahead)
        rows = zip((*begun, *new), days, strict=False)  # some are not begun where no day is left
        return [day for row, day in rows if row.item in names]

    def _admitted(
        self, rows: "Sequence[ExamRow]", own: "Sequence[ExamRow]", wanted: "Sequence[ExamRow]"
    ) -> list[int]:
        """Return the days of :meth:`_begins`, as far as prerequisites and siblings admit."""
        from studytool.srs.exam_plan import intervals_of_good

        desk, settings = self._desk, self._desk.settings
        names = {row.item for row in own}
        new = [row for row in wanted if row.stage == Stage.NEW]
        known = [row for row in rows if row.asked_day is not None]
        listed = [row.item for row in (*new, *known)]
        claims = desk.library.claims_of(listed) if new and settings.bury_siblings else {}
        packs = {_pack(row) for row in new}
        requires = {p: desk.library.prerequisites(p) if settings.gate_new else {} for p in packs}
        learns = {pack: learns_within_a_sitting(settings, pack) for pack in packs}

        def read(row: "ExamRow") -> NewItem:
            pack = _pack(row)
            needs = {(pack, one) for one in needs_of(row.concept, requires[pack])}
            about, shared = (pack, row.concept), claims.get(row.item, set())
            return NewItem(row.item, about, shared, needs, learns[pack])

        begun = [row.item for row in wanted if row.stage != Stage.NEW]
        due = [
            DueReview(max(row.asked_day or 0, self._today), claims[row.item], _KNOWN)
            for row in known
            if row.item in claims
        ]
        intervals = intervals_of_good(policy_of(settings), self._exam.day - self._today)
        last = self._days.last_days(len(own))
        walk = BeginningDays(self._days, [*map(read, new)], due, intervals, last)
        days = dict.fromkeys(begun, self._today) | walk.walk()
        return [day for item, day in days.items() if item in names]

    def _counts(self, row: "ExamRow") -> bool:
        """Tell whether an item is not suspended, or was asked today before it was: as a leech."""
        asked_today = row.item in self._matured or row.first_day == self._today
        return row.rests_until_ms is not None or asked_today

    def _is_held(self, row: "ExamRow") -> bool:
        """Tell whether an item gets no review by the plan."""
        asked_today = row.item in self._matured or row.last_day == self._today
        rests = row.rests_until_ms is None or row.rests_until_ms > self._now_ms
        return asked_today or row.stage != Stage.REVIEW or rests

    def _is_due(self, row: "ExamRow") -> bool:
        is_due = row.asked_day is not None and row.asked_day <= self._today
        return is_due and not self._is_held(row)


def _pack(row: "ExamRow") -> str:
    return row.item.partition("/")[0]
