"""An exam that the learner set, and what it makes of a study day, as values."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from studytool.review_log.study_days import as_date

if TYPE_CHECKING:
    from studytool.review_log.queue_slice import DueItem

MINUTES_A_DAY = 20
FEWEST_MINUTES, MOST_MINUTES = 1, 600
PACE_DAYS = 30
"""The pace of the learner is that of so many days before today."""


class Exam(NamedTuple):
    """An exam that the learner set.

    Attributes:
        day: the study day of it.
        targets: its packs, and its concepts as ``pack/concept``; everything when empty.
        minutes: how long the learner reviews for it each day.
    """

    day: int
    targets: tuple[str, ...] = ()
    minutes: int = MINUTES_A_DAY

    @property
    def date(self) -> date:
        """Return its day as a date."""
        return as_date(self.day)

    def holds(self, pack: str, concept: str) -> bool:
        """Tell whether an item of a pack and concept is in it."""
        return not self.targets or pack in self.targets or f"{pack}/{concept}" in self.targets


class ExamDay(NamedTuple):
    """One exam, on a study day before it.

    Attributes:
        days_left: 0 on the day itself.
        items: how many it is about, those suspended left out.
        unbegun: how many of them are new.
        never_begun: how many of them will not be begun by then.
        recalled: how many of them are expected to be recalled on the day, if the new ones go well.
        reviews: of today, those that gain most first.
        later: its reviews of later days, each with pack and concept.
        waiting: items that are due, and are reviewed on a later day before the exam.
        new: new items to begin today, its prerequisites among them, by (pack, concept).
        new_today: how many of those, to begin all in time; prerequisites and siblings may admit fewer.
        paces: how many new items it begins on each day from today on, those of this morning too.
    """

    exam: Exam
    days_left: int
    items: int
    unbegun: int
    never_begun: int
    recalled: float
    reviews: "tuple[DueItem, ...]" = ()
    later: tuple[tuple[str, str, int], ...] = ()
    waiting: frozenset[str] = frozenset()
    new: tuple[tuple[str, str], ...] = ()
    new_today: int = 0
    paces: tuple[int, ...] = ()

    def next_day(self, packs: Collection[str], concept: str | None) -> int | None:
        """Return the first later study day with a review for it in a scope, None without any."""
        days = [
            day
            for pack, about, day in self.later
            if (not packs or pack in packs) and concept in {None, about}
        ]
        return min(days, default=None)

    @property
    def expected(self) -> float:
        """Return the share of its items that is expected to be recalled on the day."""
        return self.recalled / self.items if self.items else 0.0


def count_begun(exams: Sequence[ExamDay], new: "Iterable[DueItem]") -> list[int]:
    """Count the new items of today's agenda that each exam begins.

    Args:
        exams: in their order.
        new: of the agenda, in its order, in which those of exams are first.
    """
    counts = [0] * len(exams)
    for one in new:
        about = one.item.partition("/")[0], one.concept
        for n, exam in enumerate(exams):
            if about in exam.new and counts[n] < exam.new_today:
                counts[n] += 1
                break
    return counts
