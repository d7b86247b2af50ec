"""The plan of an exam: how many new items a day, and which reviews today.

Until its last days the ordinary schedule stands, and new items are begun evenly, so that all are
by some days before the exam. In the last days, as many as one more review of everything takes, the
exam decides what is reviewed: :mod:`studytool.srs.last_reviews`. A day of a break has no room for
anything, an easy day as much as its share.

Whatever is answered in a study day, its plan stays: what is asked is taken from its room, and no
later choice of the same day depends on how it was answered.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil, fsum
from typing import NamedTuple

import numpy as np

from studytool.srs.easy_days import weekday_of
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
        off: days of breaks, on which nothing is studied.
        week: the shares that the weekdays get, from Monday on; those that are not given are 1.
    """

    today: int
    exam: int
    reviews_a_day: int
    off: Collection[int] = ()
    week: Sequence[float] = ()

    def share(self, day: int) -> float:
        """Return how much of a usual day's study a day gets, in [0, 1]."""
        weekday = weekday_of(day)
        own = self.week[weekday] if weekday < len(self.week) else 1.0
        return 0.0 if day in self.off else own

    def room(self, day: int) -> int:
        """Return how many reviews a day has room for."""
        share = self.share(day)
        return max(1, round(self.reviews_a_day * share)) if share else 0

    def paces(self, new: int) -> list[int]:
        """Return how many of so many new items are begun on each day from today on.

        In proportion to the days' shares, and all some days before the exam; later where no earlier
        day is studied, and fewer where none is.
        """
        found = list[int]()
        for part in self.parts():
            found.append(self.count(new, part))
            new -= found[-1]
        return found

    def parts(self) -> list[float]:
        """Return which part of what is new on each day from today on is begun on it, in [0, 1]."""
        shares = [self.share(day) for day in self._free_days()]
        return [share and share / fsum(shares[place:]) for place, share in enumerate(shares)]

    @staticmethod
    def count(new: int, part: float) -> int:
        """Return how many of so many new items a part is."""
        return min(new, ceil(new * part))

    def last_days(self, items: int) -> range:
        """Return the days before the exam, none before today, in which it decides what is reviewed.

        As many as have room for so many reviews.
        """
        first, left = self.exam, items
        while first > max(self.today, self.exam - MOST_LAST_DAYS) and left > 0:
            first -= 1
            left -= self.room(first)
        return range(first, self.exam)

    def _free_days(self) -> range:
        """Return the days from today on in which new items are begun."""
        usual = range(self.today, max(self.today + 1, self.exam - SETTLING_DAYS))
        before = range(self.today, self.exam)
        return usual if before and any(map(self.share, usual)) else before


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


def intervals_of_good(policy: Policy, until: int) -> list[int]:
    """Return the days between the reviews of an item that goes well, the last beyond ``until`` days."""
    model, found = MODELS[policy.model](policy.parameters), list[int]()
    rating = np.array([GOOD], np.int64)
    stability, difficulty = model.first(rating)
    while sum(found) <= until:
        days = model.interval_days(
            stability,
            desired_retention=policy.desired_retention,
            maximum_days=policy.maximum_interval_days,
        )
        found.append(int(days[0]))
        stability, difficulty = model.next(
            stability, difficulty, elapsed_days=days.astype(np.int64), rating=rating
        )
    return found


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
    room = {day: days.room(day) for day in last}
    if days.today in room:
        room[days.today] = max(0, room[days.today] - asked_today)
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
