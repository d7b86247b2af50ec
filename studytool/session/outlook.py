"""What a forecast begins with, read from the log: memories, what waits, and habits."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.history import ForecastHistory, read_habits
from studytool.forecast.start import Limits, Sessions, Start
from studytool.review_log.events import Review, id_bytes
from studytool.review_log.item_states import Lives
from studytool.review_log.study_days import StudyDay, as_date
from studytool.session.desk import Desk
from studytool.session.policy import policy_of
from studytool.session.scope import Scope, check_scope
from studytool.srs.fold import NUMBER, Reviews
from studytool.srs.memories import Memories
from studytool.srs.memory import to_ms
from studytool.srs.schedule import Items, Scheduler

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog

_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies ahead of a learner.

    Attributes:
        start: of the forecast.
        today: the study day on which it begins.
        reviewed: items with a memory, those suspended left out.
        new: items that wait to be begun, as many as the days can hold.
    """

    start: Start
    today: date
    reviewed: int
    new: int


def read_outlook(
    desk: Desk,
    now: datetime,
    *,
    packs: Sequence[str] = (),
    days: int,
    each_review: Callable[[], object] = lambda: None,
) -> Outlook:
    """Read it for ``packs``, all where empty; habits are those of their reviews.

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
    fresh = desk.log.new(now, packs=packs, limit=days * settings.new_per_day)
    backlog, names = _read_backlog(desk.log, scheduler, packs=packs, fresh=fresh)
    reviews = _reviews(desk.log, packs, each_review)
    history = _read_history(
        desk.log, reviews, scheduler, asked=set(names), day_start_hour=settings.day_start_hour
    )
    habits = read_habits(history, scheduler, study_day=study_day, now_ms=now_ms)
    sessions = Sessions.ahead(
        days, now_ms=now_ms, study_day=study_day, session_ms=habits.session_ms
    )
    limits = Limits(settings.new_per_day, settings.reviews_per_day, settings.order)
    own = set(backlog.items.retention.tolist()) or {settings.desired_retention}
    retention = own.pop() if len(own) == 1 else None
    return Outlook(
        start=Start(backlog, habits, scheduler, sessions, limits, retention),
        today=as_date(study_day.number(now_ms)),
        reviewed=len(names) - len(fresh),
        new=len(fresh),
    )


def _read_backlog(
    log: "ReviewLog", scheduler: Scheduler, *, packs: Sequence[str], fresh: Sequence[str]
) -> tuple[Backlog, list[str]]:
    """Read the memories, and put the new items behind them; return the items' names beside."""
    rows = (row for row in log.memories() if not packs or _pack(row[0]) in packs)
    names: list[str] = []
    integers, reals = [np.empty((8, 0), np.int64)], [np.empty((2, 0))]
    while batch := list(islice(rows, _BATCH)):
        name, stage, step, stability, difficulty, *others = zip(*batch, strict=True)
        names += name
        integers.append(np.array([stage, step, *others], np.int64))
        reals.append(np.array([stability, difficulty]))
    stage, step, due_ms, last_ms, reps, lapses, shift_ms, rests_ms = np.concatenate(integers, 1)
    stability, difficulty = np.concatenate(reals, 1)
    known = Memories(stage, step, stability, difficulty, due_ms, last_ms, reps, lapses)
    names += fresh
    memories = Memories.new(len(names))
    memories.put(slice(len(known)), known)
    nothing = np.zeros(len(fresh), np.int64)
    backlog = Backlog(
        numbers=np.arange(len(names)),
        memories=memories,
        items=Items.named(names, scheduler.policy),
        shift_ms=np.append(shift_ms, nothing),
        rests_until_ms=np.append(rests_ms, nothing),
    )
    return backlog, names


def _reviews(
    log: "ReviewLog", packs: Sequence[str], each_review: Callable[[], object]
) -> Iterator[Review]:
    for review, _ in log.answered():
        each_review()
        if not packs or _pack(review.item) in packs:
            yield review


def _read_history(
    log: "ReviewLog",
    reviews: Iterator[Review],
    scheduler: Scheduler,
    *,
    asked: set[str],
    day_start_hour: int,
) -> ForecastHistory:
    cut = Lives(log.resets())
    lives: dict[tuple[str, int], int] = {}
    days: list[int] = []
    seconds: list[float] = []

    def rows() -> Iterator[tuple[int, int, bytes, int]]:
        for review in reviews:
            ms = to_ms(review.time)
            life = lives.setdefault(cut.of(review), len(lives))
            days.append(StudyDay(review.offset_minutes, day_start_hour).number(ms))
            seconds.append(review.duration_ms / 1000)
            yield life, ms, id_bytes(review.id), NUMBER[review.rating]

    columns = Reviews.of(rows())
    current = [life[0] in asked and cut.is_current(life) for life in lives]
    return ForecastHistory(
        reviews=columns,
        items=Items.named((name for name, _ in lives), scheduler.policy),
        asked=np.array(current, np.bool_),
        day=np.array(days, np.int64),
        seconds=np.array(seconds, np.float64),
    )


def _pack(item: str) -> str:
    return item.partition("/")[0]
