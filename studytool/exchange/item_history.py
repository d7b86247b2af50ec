"""What the log holds of items, as other programs keep it: each review with the stage before it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from studytool.review_log.kinds import count_ended
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import Memory, Stage


class StagedReview(NamedTuple):
    """A standing review.

    Attributes:
        item: its code, of :meth:`ReviewLog.words`.
        rating: as it stands now, by FSRS's number.
        stage: of the item before it.
        life: how many resets were before it.
    """

    item: int
    time_ms: int
    rating: int
    duration_ms: int
    study_day: int
    stage: Stage
    life: int


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """An item's memory now, and how it came to it.

    Attributes:
        item: its name, ``pack/slug``.
        due_day: the study day it is due on, vacations included; None outside the review stage.
        reviews: by time.
        resets: the instants of the resets that stand, in ms since 1970.
    """

    item: str
    memory: Memory
    due_day: int | None
    suspended: bool
    reviews: tuple[StagedReview, ...]
    resets: tuple[int, ...] = ()


def staged_reviews(log: ReviewLog, packs: Collection[str] = ()) -> Iterator[StagedReview]:
    """Return the standing reviews by time, those of ``packs`` (all when empty).

    From review, an item only ever goes to relearning.
    """
    answers, resets = log.answers(packs), log.resets()
    before: dict[int, tuple[int, bool]] = {}
    for answer in answers:
        life = count_ended(resets.get(answer.item, ()), (answer.time_ms, answer.id))
        stage = _stage(before.get(answer.item), life, mature=answer.predicted is not None)
        before[answer.item] = (life, stage >= Stage.REVIEW)
        times = (answer.time_ms, answer.rating, answer.duration_ms, answer.study_day)
        yield StagedReview(answer.item, *times, stage, life)


def item_histories(log: ReviewLog, pack: str) -> dict[str, ItemHistory]:
    """Return the history of each item of a pack that was reviewed, by its name."""
    with log.at_one_moment():
        found: dict[int, list[StagedReview]] = {}
        for review in staged_reviews(log, (pack,)):
            found.setdefault(review.item, []).append(review)
        names, resets = log.words(found), log.resets()
        codes = {names[code]: code for code in found}
        return {
            status.item: ItemHistory(
                status.item,
                status.memory,
                status.due_day,
                status.suspended,
                tuple(found[codes[status.item]]),
                tuple(ms for ms, _ in resets.get(codes[status.item], ())),
            )
            for status in log.statuses((pack,))
            if status.item in codes
        }


def _stage(before: tuple[int, bool] | None, life: int, *, mature: bool) -> Stage:
    """Return the stage before a review."""
    if mature:
        return Stage.REVIEW
    if before is None or before[0] != life:
        return Stage.NEW
    return Stage.RELEARNING if before[1] else Stage.LEARNING
