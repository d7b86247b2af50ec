"""The input of a forecast, read from the log: memories, new items, habits."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from studytool.forecast.backlog import Backlog, gather_backlog
from studytool.forecast.history import ForecastHistory, read_habits
from studytool.forecast.start import Limits, Sessions, Start
from studytool.review_log.columns import gather_columns
from studytool.review_log.history import AnswerRow
from studytool.review_log.study_days import StudyDay, as_date
from studytool.session.agenda_walk import exams_ahead
from studytool.session.desk import Desk
from studytool.session.forecast_exams import read_simulated_exams
from studytool.session.forecast_rules import read_asking_rules
from studytool.session.plan_day import plan_day
from studytool.session.policy import policy_of, rule_of
from studytool.session.scope import Scope, check_scope
from studytool.settings import ReviewOrder, Settings
from studytool.srs.memory import to_ms
from studytool.srs.schedule import Scheduler

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog
    from studytool.session.exam import ExamDay


@dataclass(frozen=True, slots=True)
class ForecastInput:
    """The start of a forecast, and how many items it is over.

    Attributes:
        start: of the forecast.
        today: the study day on which it begins.
        reviewed: items with a memory, those suspended left out.
        new: items that wait to be begun, as many as the days can hold.
        exams: those ahead, as the plan of today sees them; the days to come are fitted to them.
    """

    start: Start
    today: date
    reviewed: int
    new: int
    exams: "tuple[ExamDay, ...]"


def read_forecast_input(
    desk: Desk,
    now: datetime,
    *,
    packs: Sequence[str] = (),
    days: int,
    each_review: Callable[[], object] = lambda: None,
) -> ForecastInput:
    """Read the memories, new items and habits of ``packs``, or of all packs where it is empty.

    About 2 s for 100,000 reviews.

    Args:
        desk: whose log is read.
        now: its study day is the first of the forecast.
        packs: installed.
        days: how many are to be forecast.
        each_review: called for each review read; what it raises ends the work.

    Raises:
        NotFoundError: an unknown pack; names the nearest.
    """
    check_scope(desk.library, Scope(tuple(packs)))
    settings, now_ms = desk.settings, to_ms(now)
    scheduler = Scheduler(policy_of(settings))
    study_day = StudyDay(desk.clock.offset_minutes(now), settings.day_start_hour)
    today = plan_day(desk, now)
    ends = desk.log.days.start(today.day + days)
    within = tuple(packs) or tuple(sorted(desk.log.registrations()))
    waiting = (
        desk.log.within(within).new_by(to_ms(ends))
        if settings.new_per_day or today.new_left
        else []
    )
    backlog, names = _read_backlog(desk.log, scheduler, packs=within, waiting=waiting)
    reviews = gather_columns(
        _told(desk.log.answers(packs), each_review),
        words=desk.log.words,
        resets=desk.log.resets(),
    )
    history = ForecastHistory.of(
        reviews,
        policy=scheduler.policy,
        asked=set(names),
    )
    habits = read_habits(history, scheduler, study_day=study_day, now_ms=now_ms)
    sessions = Sessions.ahead(
        days, now_ms=now_ms, study_day=study_day, session_ms=habits.session_ms
    )
    ahead = exams_ahead(desk, now)
    begun = settings.new_per_day - today.new_left
    limits = Limits(
        settings.new_per_day,
        settings.reviews_per_day,
        _order_of(settings, within),
        begun_today=begun,
        matured_today=settings.reviews_per_day - today.reviews_left,
        paced=_paced(ahead, begun, days=days, limit=settings.new_per_day),
    )
    concepts = {item: f"{item.partition('/')[0]}/{concept}" for item, concept, _ in waiting}
    rules = read_asking_rules(desk, today, names, packs=within, concepts=concepts, ends=ends)
    exams = read_simulated_exams(desk, now, names)
    own = set(backlog.items.retention.tolist()) or {settings.desired_retention}
    retention = own.pop() if len(own) == 1 else None
    return ForecastInput(
        start=Start(backlog, habits, scheduler, sessions, limits, rules, retention, exams),
        today=as_date(study_day.number(now_ms)),
        reviewed=len(names) - len(waiting),
        new=min(len(waiting), today.new_left + (days - 1) * settings.new_per_day),
        exams=tuple(ahead),
    )


def _read_backlog(
    log: "ReviewLog",
    scheduler: Scheduler,
    *,
    packs: Sequence[str],
    waiting: Sequence[tuple[str, str | None, int]],
) -> tuple[Backlog, list[str]]:
    """Read the memories, and put the new items behind them; return the items' names beside."""
    rows = (row for row in log.memories() if row.item.partition("/")[0] in packs)
    return gather_backlog(rows, [(item, rests) for item, _, rests in waiting], scheduler.policy)


def _paced(exams: Sequence["ExamDay"], begun: int, *, days: int, limit: int) -> tuple[int, ...]:
    """Return how many new items each day admits, where exams want them begun in time.

    As the exams pace them; on the days beyond, the limit.
    """
    if not exams:
        return ()
    wanted = [
        sum(exam.new_today if day == 0 else sum(exam.paces[day : day + 1]) for exam in exams)
        for day in range(days)
    ]
    return (max(limit, begun + wanted[0]), *(max(limit, one) for one in wanted[1:]))


def _order_of(settings: Settings, packs: Sequence[str]) -> ReviewOrder:
    """Return the order of due reviews: the packs' own, where they have the same."""
    orders: set[ReviewOrder] = {rule_of(settings, pack, "order") for pack in packs}
    return orders.pop() if len(orders) == 1 else settings.order


def _told(answers: Iterator[AnswerRow], each: Callable[[], object]) -> Iterator[AnswerRow]:
    for answer in answers:
        each()
        yield answer
