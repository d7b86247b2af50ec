"""The counts of the home screen: each pack's items, and all of them together."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.library.library import InstalledPack
from studytool.review_log.delays import BreakSpan
from studytool.review_log.queue import Counts
from studytool.session.agenda import Agenda, LeftOver
from studytool.session.agenda_walk import exams_ahead, read_agenda, read_whole, todays_plan
from studytool.session.breaks import read_breaks
from studytool.session.desk import Desk
from studytool.session.exam import PACE_DAYS, ExamDay, count_begun
from studytool.session.scope import Scope

FORECAST_DAYS = 30
RETENTION_DAYS = 30
LONGEST_COUNT = timedelta(minutes=1)
"""The age of counts that are made anew in any case: they say in how many minutes something is due."""


class PackCounts(NamedTuple):
    """One pack's items: how many are asked today in review, in steps and new, and how many it has."""

    id: str
    title: str
    due: int
    learning: int
    new: int
    items: int


class Overview(NamedTuple):
    """The figures of the home screen; made of indexed queries only.

    Attributes:
        due, learning, new: of all packs together, as a sitting over all would ask them.
        left: what that would leave.
        forecast: reviews of each of the next 30 study days, today first: what is asked today, then
            what falls due, and tomorrow what today leaves.
        has_begun: whether there is any review; else all this is new to the learner.
        retention: share recalled of the last 30 days' reviews of mature items, None without any.
        next_due: when there is something to ask next, later than now, None when nothing will be.
        day_ends: when the next study day begins.
        exams: those ahead, the next one first.
        begun: how many new items today begins for each exam.
        breaks: those that run or are ahead, the next one first.
    """

    packs: tuple[PackCounts, ...]
    due: int
    learning: int
    new: int
    left: LeftOver
    reviewed_today: int
    streak_days: int
    forecast: tuple[int, ...]
    retention: float | None
    next_due: datetime | None
    day_ends: datetime
    exams: tuple[ExamDay, ...]
    begun: tuple[int, ...]
    breaks: tuple[BreakSpan, ...]
    has_begun: bool

    @property
    def asked(self) -> int:
        """Return how many items are left to be answered today."""
        return self.due + self.learning + self.new

    def ends(self, counted_at: datetime) -> datetime:
        """Return the instant from which counts made at ``counted_at`` are to be made anew."""
        ends = min(self.day_ends, counted_at + LONGEST_COUNT)
        return ends if self.next_due is None else min(ends, self.next_due)


def read_unsound_overview(desk: Desk, now: datetime) -> Overview:
    """Count on a desk that was not compared: it is where damage stops the counting, and counted again."""
    try:
        return read_overview(desk, now)
    except StateError as error:
        if error.fault is not Fault.DAMAGED or desk.log.compare():
            raise
    desk.renew()
    return read_overview(desk, now)


def read_overview(desk: Desk, now: datetime) -> Overview:
    """Return the counts of the home screen: due, learning and new items, and today's reviews."""
    log = desk.log
    today, agenda = todays_plan(desk, now), read_agenda(desk, now, Scope())
    packs = count_packs(desk, now)
    learning = sum(pack.learning for pack in packs)
    exams = exams_ahead(desk, now)
    return Overview(
        packs=packs,
        due=len(agenda.reviews),
        learning=learning,
        new=len(agenda.new),
        left=agenda.left,
        reviewed_today=log.reviews_on(today.day).reviews,
        streak_days=log.streak_days(now),
        forecast=_forecast(
            log.forecast(now, days=FORECAST_DAYS), agenda, learning, nearer=_days_to_next(desk, now)
        ),
        retention=log.retention(now - timedelta(days=RETENTION_DAYS)),
        next_due=next_asked(desk, now, Scope(), agenda),
        day_ends=today.ends,
        exams=exams,
        begun=tuple(count_begun(exams, agenda.new.values())),
        breaks=read_breaks(desk, now),
        has_begun=log.has_reviews(),
    )


def minutes_of(desk: Desk, overview: Overview, now: datetime) -> int:
    """Return about how many minutes today's items take at the learner's pace, rounded up.

    A new item is answered once for each learning step. It reads the reviews of a month.
    """
    seconds = desk.log.answer_seconds(desk.log.day_of(now), days=PACE_DAYS)
    steps = max(1, len(desk.settings.learning_steps_minutes))
    return ceil((overview.asked + overview.new * (steps - 1)) * seconds / 60)


def _forecast(
    falling_due: list[int], agenda: Agenda, learning: int, *, nearer: int
) -> tuple[int, ...]:
    """Return the days to come, today by the agenda; what it leaves comes tomorrow.

    What it leaves for an exam comes on the day that is ``nearer`` days away.
    """
    days = [len(agenda.reviews) + learning, *falling_due[1:]]
    days[1] += agenda.left.siblings + agenda.left.over_limit
    days[min(nearer, len(days) - 1)] += agenda.left.for_exam
    return tuple(days)


def _days_to_next(desk: Desk, now: datetime) -> int:
    """Return in how many days what waits for an exam is asked: on its next day of reviews, or its own."""
    exams, today = exams_ahead(desk, now), desk.log.day_of(now)
    days = [exam.next_day((), None) or exam.exam.day for exam in exams if exam.waiting]
    return max(1, min(days, default=today) - today)


def count_packs(desk: Desk, now: datetime) -> tuple[PackCounts, ...]:
    """Count each pack's items as a sitting over that pack alone would ask them today."""
    counts, alone = read_whole(desk, now).counts, read_agenda(desk, now, Scope()).alone
    return tuple(
        _pack_counts(pack, counts[pack.id], alone.get(pack.id) or _alone(desk, now, pack.id), desk)
        for pack in desk.library.packs()
        if pack.id in counts
    )


def _alone(desk: Desk, now: datetime, pack: str) -> tuple[int, int]:
    agenda = read_agenda(desk, now, Scope((pack,)))
    return len(agenda.reviews), len(agenda.new)


def share_packs(desk: Desk, now: datetime, packs: Sequence[str]) -> tuple[PackCounts, ...]:
    """Count each pack's share of what a sitting over all of ``packs`` would ask today."""
    counts, agenda = read_whole(desk, now).counts, read_agenda(desk, now, Scope(tuple(packs)))
    reviews, new = agenda.reviews_by_pack(), agenda.new_by_pack()
    return tuple(
        _pack_counts(pack, counts[pack.id], (reviews[pack.id], new[pack.id]), desk)
        for pack in desk.library.packs()
        if pack.id in counts and (not packs or pack.id in packs)
    )


def next_asked(desk: Desk, now: datetime, scope: Scope, agenda: Agenda) -> datetime | None:
    """Return when there is something to ask next, later than now, None when nothing will be.

    What a limit or a sibling keeps from today comes with the next study day.
    """
    settings, left = desk.settings, agenda.left
    due = scope.within(desk.log).next_due(now)
    days, tomorrow = desk.log.days, desk.log.day_of(now) + 1
    found = [due]
    if left.siblings or (left.over_limit and settings.reviews_per_day):
        found.append(days.start(tomorrow))
    if left.new_over_limit or left.in_break or (left.new_siblings and settings.new_per_day):
        found.append(days.start(desk.log.next_day_on(tomorrow)))
    for exam in exams_ahead(desk, now):  # asks for what is not due yet
        day = exam.next_day(scope.packs, scope.concept)
        if day is None and left.for_exam and exam.waiting:
            day = exam.exam.day
        found += [] if day is None else [days.start(day)]
    return min((at for at in found if at is not None), default=None)


def _pack_counts(
    pack: InstalledPack, counts: Counts, asked: tuple[int, int], desk: Desk
) -> PackCounts:
    due, new = asked
    return PackCounts(
        id=pack.id,
        title=pack.title[desk.settings.language],
        due=due,
        learning=counts.learning,
        new=new,
        items=counts.items,
    )
