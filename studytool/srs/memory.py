"""One item's memory, and milliseconds since 1970 as instants. Imports no NumPy."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Stage(IntEnum):
    """The stage of an item: never reviewed, in its first steps, in review, back in steps."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class Memory(NamedTuple):
    """The memory of one item; ``None`` where it was never reviewed.

    Attributes:
        step: the number of its learning or relearning step, 0 outside them.
        stability: days until retrievability falls to 0.9; at least 0.001.
        difficulty: 1–10.
        due: the instant at which a step ends; None outside steps.
        due_day: the study day from whose start on it is due; None outside the review stage.
        last_day: the study day of the last review.
        reps: reviews so far.
        lapses: reviews in the review stage that were not recalled.
    """

    stage: Stage = Stage.NEW
    step: int = 0
    stability: float | None = None
    difficulty: float | None = None
    due: datetime | None = None
    due_day: int | None = None
    last_review: datetime | None = None
    last_day: int | None = None
    reps: int = 0
    lapses: int = 0


NEW_MEMORY = Memory()


def to_ms(instant: datetime) -> int:
    """Return whole milliseconds since 1970, rounded down; ``instant`` must be aware.

    >>> to_ms(datetime(1970, 1, 1, 0, 0, 1, 999, tzinfo=UTC))
    1000
    """
    return (instant - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """Return the instant, aware, in UTC; exact.

    >>> from_ms(1500).isoformat()
    '1970-01-01T00:00:01.500000+00:00'
    """
    return _EPOCH + ms * _MILLISECOND


def memory_of(columns: Sequence[Any]) -> Memory:
    """Return the memory that ten numbers hold, as a row of the log or of :class:`Memories`.

    Args:
        columns: stage, step, stability, difficulty, due_ms, due_day, last_ms, last_day, reps and
            lapses; those of :class:`Memory`, with instants in milliseconds since 1970.
    """
    stage, step, stability, difficulty, due_ms, due_day, last_ms, last_day, reps, lapses = columns
    if stage == Stage.NEW:
        return NEW_MEMORY
    in_review = stage == Stage.REVIEW
    return Memory(
        stage=Stage(stage),
        step=step,
        stability=stability,
        difficulty=difficulty,
        due=None if in_review else from_ms(due_ms),
        due_day=due_day if in_review else None,
        last_review=from_ms(last_ms),
        last_day=last_day,
        reps=reps,
        lapses=lapses,
    )
