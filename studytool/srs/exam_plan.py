"""The plan of an exam: how many new items a day, and which reviews today.

Until its last days the ordinary schedule stands, and new items are begun evenly, so that all are
by some days before the exam. In the last days, as many as one more review of everything takes, the
exam decides what is reviewed: :mod:`studytool.srs.last_reviews`.

Whatever is answered in a study day, its plan stays: what is asked is taken from its room, and no
later choice of the same day depends on how it was answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

import numpy as np

from studytool.srs.fsrs import GOOD
from studytool.srs.last_reviews import place_last_reviews
from studytool.srs.memories import Memories
from studytool.srs.models import MODELS
from studytool.srs.policy import Policy

SETTLING_DAYS = 3
"""The last days before an exam, in which no new item need be begun."""
MOST_LAST_DAYS = 30
"""However much is to be reviewed, the ordinary schedule stands until then."""


class ExamItem(NamedTuple):
    """One item that was reviewed, as the last review left it.

    Attributes:
        held: whether it gets no review by the plan: it had one today, or is in steps or at rest.
    """

    stability: float
    difficulty: float
    last_day: int
    held: bool


@dataclass(frozen=True, slots=True)
class ExamDays:
    """The days until an exam, in numbers of study days.

    Attributes:
        today: before ``exam``, or that very day.
        reviews_a_day: at least 1.
    """

    today: int
    exam: int
    reviews_a_day: int

    def new_a_day(self, new: int) -> int:
        """Return how many of so many new items are begun each day, so that all are in time."""
        free = self.exam - self.today - SETTLING_DAYS
        return ceil(new / max(1, free)) if self.today < self.exam else 0

    def last_days(self, items: int) -> range:
        """Return those of the days from today on in which the exam decides what is reviewed."""
        wanted = min(ceil(items / self.reviews_a_day), MOST_LAST_DAYS)
        return range(max(self.today, self.exam - wanted), self.exam)


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """What an exam makes of today, and what is expected of the day.

    Attributes:
        decides: whether the exam decides today's reviews.
        reviews: the numbers of the items that are reviewed today, those that gain most first.
        later: of each item that is reviewed on a later day before the exam, its number and that day.
        recalled: how many items, begun by then, are expected to be recalled on the exam's day.
    """

    decides: bool
    reviews: tuple[int, ...]
    later: tuple[tuple[int, int], ...]
    recalled: float


def plan_exam(
    days: ExamDays,
    policy: Policy,
    reviewed: Sequence[ExamItem],
    *,
    begins: Sequence[int],
    asked_today: int,
) -> ExamPlan:
    """Plan today's reviews of an exam's items.

    Args:
        days: until the exam.
        policy: in force; its model predicts recall.
        reviewed: the items begun before today.
        begins: the study days on which the other items are begun, some perhaps today already.
        asked_today: how many of the items had their review today.
    """
    model = MODELS[policy.model](policy.parameters)
    held = np.array([one.held for one in reviewed] + [False] * len(begins), np.bool_)
    last = days.last_days(len(held))
    room = dict.fromkeys(last, days.reviews_a_day)
    if days.today in room:
        room[days.today] = max(0, days.reviews_a_day - asked_today)
    first_stability, first_difficulty = model.first(np.full(len(begins), GOOD, np.int64))
    found = place_last_reviews(
        Memories.reviewed(
            np.append([one.stability for one in reviewed], first_stability),
            np.append([one.difficulty for one in reviewed], first_difficulty),
            last_day=np.array([*(one.last_day for one in reviewed), *begins], np.int64),
        ),
        model,
        exam_day=days.exam,
        room=room,
        held=held,
    )
    today = np.flatnonzero(found.day == days.today)
    best_first = today[np.argsort(-found.gain[today], kind="stable")]
    later = np.flatnonzero(found.day[: len(reviewed)] > days.today)
    return ExamPlan(
        decides=days.today in room,
        reviews=tuple(best_first.tolist()),
        later=tuple(zip(later.tolist(), found.day[later].tolist(), strict=True)),
        recalled=float(found.recall.sum()),
    )
