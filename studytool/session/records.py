"""What the learner's log comes to: the figures that ``stats`` prints and the screens show."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.clock import local_offset_minutes
from studytool.review_log.study_days import StudyDay
from studytool.srs.memory import to_ms
from studytool.stats.answers import Answers, gather_answers
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
    living_misconceptions,
    recall_calibration,
    retention,
)

if TYPE_CHECKING:
    from studytool.session.desk import Desk

RECENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Records:
    """All figures of one log.

    Attributes:
        minutes: spent answering.
        target: the desired retention.
        recent: retention over the last 30 study days.
    """

    reviews: int
    minutes: float
    streak_days: int
    target: float
    retention: Share
    recent: Share
    recall: Calibration
    confidence: Calibration
    concepts: tuple[Group, ...]
    items: tuple[Group, ...]
    misconceptions: tuple[LivingMisconception, ...]
    days: tuple[Day, ...]


def read_records(desk: "Desk", now: datetime, *, packs: tuple[str, ...] = ()) -> Records:
    """Compute the figures of the whole log, or of ``packs`` (the streak is of the whole log).

    Raises:
        NotFoundError: an unknown pack; names the nearest.
    """
    desk.check_scope(packs, None)
    answers = _answers(desk, packs)
    hour = desk.settings.day_start_hour
    offset = local_offset_minutes(now)
    today = StudyDay(offset, hour).number(to_ms(now))
    return Records(
        reviews=len(answers),
        minutes=float(answers.seconds.sum() / 60),
        streak_days=desk.log.streak_days(now, offset_minutes=offset, day_start_hour=hour),
        target=desk.settings.desired_retention,
        retention=retention(answers),
        recent=retention(answers, since_day=today - RECENT_DAYS + 1),
        recall=recall_calibration(answers),
        confidence=confidence_calibration(answers),
        concepts=by_concept(answers),
        items=by_item(answers),
        misconceptions=living_misconceptions(answers),
        days=by_day(answers),
    )


def _answers(desk: "Desk", packs: tuple[str, ...]) -> Answers:
    installed = [pack.id for pack in desk.library.packs()]
    concepts = {one.item: one.concept for pack in installed for one in desk.library.listed(pack)}
    answered = (
        (review, predicted)
        for review, predicted in desk.log.answered()
        if not packs or review.item.partition("/")[0] in packs
    )
    return gather_answers(answered, concepts=concepts, day_start_hour=desk.settings.day_start_hour)
