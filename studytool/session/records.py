"""The figures of the learner's log, which ``stats`` prints and the progress screen shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.review_log.columns import gather_columns
from studytool.review_log.history import AnswerRow
from studytool.session.desk import Desk
from studytool.session.scope import Scope, check_scope
from studytool.stats.answers import Answers
from studytool.stats.effort import Time, last_days, longest_streak, time_spent
from studytool.stats.figures import (
    Calibration,
    Day,
    Group,
    LivingMisconception,
    Share,
    by_concept,
    by_day,
    by_item,
    confidence_calibration,
    hardest,
    living_misconceptions,
    recall_calibration,
    retention,
)

RECENT_DAYS = 30
HARDEST_ITEMS = 10


@dataclass(frozen=True, slots=True)
class Records:
    """All figures of one log.

    Attributes:
        minutes: spent answering.
        streak_days, longest_streak_days: study days in a row, now and ever, over all packs.
        target: the desired retention; the pack's own where the records are of one pack.
        recent: retention over the last 30 study days.
        hardest: of ``items``, those forgotten most surely.
        days: with reviews, earliest first.
        last_days: the last 30 study days, today last, also those without reviews.
    """

    reviews: int
    minutes: float
    streak_days: int
    longest_streak_days: int
    time: Time
    target: float
    retention: Share
    recent: Share
    recall: Calibration
    confidence: Calibration
    concepts: tuple[Group, ...]
    items: tuple[Group, ...]
    hardest: tuple[Group, ...]
    misconceptions: tuple[LivingMisconception, ...]
    days: tuple[Day, ...]
    last_days: tuple[Day, ...]


def read_records(
    desk: Desk,
    now: datetime,
    *,
    packs: tuple[str, ...] = (),
    cancelled: Callable[[], bool] = never,
) -> Records:
    """Return the figures of the whole log, or of ``packs`` (the streaks are of the whole log).

    About 6 s for a million reviews.

    Args:
        desk: whose log is read.
        now: its study day is today.
        packs: all where empty.
        cancelled: asked before each review is read.

    Raises:
        NotFoundError: an unknown pack; names the nearest.
        Cancelled: as was asked.
    """
    check_scope(desk.library, Scope(packs))
    everything = _answers(desk, cancelled)
    answers = _within(everything, packs)
    today, streak = desk.log.day_of(now), desk.log.streak_days(now)
    items, days = by_item(answers), by_day(answers)
    recent = last_days(days, today, RECENT_DAYS)
    return Records(
        reviews=len(answers),
        minutes=float(answers.seconds.sum() / 60),
        streak_days=streak,
        longest_streak_days=max(streak, longest_streak(everything.day, off=desk.log.days_off())),
        time=time_spent(days, recent),
        target=_target(desk, packs),
        retention=retention(answers),
        recent=retention(answers, since_day=recent[0].day),
        recall=recall_calibration(answers),
        confidence=confidence_calibration(answers),
        concepts=by_concept(answers),
        items=items,
        hardest=hardest(items, HARDEST_ITEMS),
        misconceptions=living_misconceptions(answers),
        days=days,
        last_days=recent,
    )


def _target(desk: Desk, packs: tuple[str, ...]) -> float:
    general = desk.settings.desired_retention
    return desk.settings.pack_retention.get(packs[0], general) if len(packs) == 1 else general


def _answers(desk: Desk, cancelled: Callable[[], bool]) -> Answers:
    installed = [pack.id for pack in desk.library.packs()]
    concepts = {one.item: one.concept for pack in installed for one in desk.library.listed(pack)}
    reviews = gather_columns(_read(desk, cancelled), words=desk.log.words, resets={})
    return Answers.of(reviews, concepts=concepts)


def _read(desk: Desk, cancelled: Callable[[], bool]) -> Iterator[AnswerRow]:
    for answered in desk.log.answers():
        if cancelled():
            raise Cancelled
        yield answered


def _within(answers: Answers, packs: tuple[str, ...]) -> Answers:
    return answers.of_packs(packs) if packs else answers
