"""The days on which an exam's new items are begun: at its pace, as far as prerequisites and siblings admit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studytool.session.taken_claims import Claims
    from studytool.srs.exam_plan import ExamDays

ConceptPlace = tuple[str, str]
"""A concept of a pack, as (pack, concept)."""


class NewItem(NamedTuple):
    """One item that is not begun yet.

    Attributes:
        about: its concept.
        claims: those that it shares with siblings, of which one a day is asked.
        needs: the concepts that have to be learned before.
        learns: whether it is learned on the day that it is begun on.
    """

    item: str
    about: ConceptPlace
    claims: "Claims"
    needs: set[ConceptPlace]
    learns: bool


class DueReview(NamedTuple):
    """A review that takes its claims on the day that it falls due.

    Attributes:
        reviews: how many the item had since today's walk began.
    """

    day: int
    claims: "Claims"
    reviews: int


@dataclass
class BeginningDays:
    """The days until an exam, walked one by one, all of them going well.

    Attributes:
        days: until the exam.
        new: in the order in which they are begun; what is begun is taken out.
        due: the reviews ahead that may take a claim from a new item.
        intervals: in days, after the first review of an item, the second, and so on.
        last: the days on which the exam has all that is begun reviewed.
    """

    days: "ExamDays"
    new: list[NewItem]
    due: list[DueReview]
    intervals: Sequence[int]
    last: range = range(0)
    _unlearned: Counter[ConceptPlace] = field(default_factory=Counter)

    def walk(self) -> dict[str, int]:
        """Return the study day on which each new item is begun, without those that never are."""
        self._unlearned.update(one.about for one in self.new)
        parts = dict(enumerate(self.days.parts(), start=self.days.today))
        found: dict[str, int] = {}
        for day in range(self.days.today, self.days.exam):
            part = parts.get(day, 1.0 if self.days.share(day) else 0.0)  # late, the whole rest
            begun = self._begin(self.days.count(len(self.new), part), self._review(day))
            found |= dict.fromkeys((one.item for one in begun), day)
            for one in begun:
                _settle(one, self._unlearned)
                self._ask_again(day, one.claims, reviews=1)
        return found

    def _review(self, day: int) -> "Claims":
        """Do the day's reviews, of siblings one; return the claims that they take."""
        taken: Claims = set()
        if day in self.last:
            return taken.union(*(one.claims for one in self.due))
        if not self.days.share(day):
            return taken
        today = sorted((one for one in self.due if one.day <= day), key=lambda one: one.day)
        for one in today:
            if one.claims.isdisjoint(taken):
                taken |= one.claims
                self.due.remove(one)
                self._ask_again(day, one.claims, reviews=one.reviews + 1)
        return taken

    def _ask_again(self, day: int, claims: "Claims", *, reviews: int) -> None:
        if claims and reviews <= len(self.intervals):
            self.due.append(DueReview(day + self.intervals[reviews - 1], claims, reviews))

    def _begin(self, wanted: int, taken: "Claims") -> list[NewItem]:
        """Return what a day begins, at most so many; no concept waits for what a sibling puts off."""
        begun, left = list[NewItem](), list(self.new)
        lacking, place = Counter(self._unlearned), 0
        while place < len(left) and len(begun) < wanted:
            if not left[place].needs.isdisjoint(lacking):
                place += 1
                continue
            one = left.pop(place)
            is_put_off = not one.claims.isdisjoint(taken)
            if not is_put_off:
                begun.append(one)
                taken |= one.claims
            if (is_put_off or one.learns) and _settle(one, lacking):
                place = 0  # what this opens comes at its own place
        names = {one.item for one in begun}
        self.new = [one for one in self.new if one.item not in names]
        return begun


def _settle(one: NewItem, lacking: Counter[ConceptPlace]) -> bool:
    """Let nothing wait for an item any more; tell whether it was the last of its concept."""
    lacking[one.about] -= 1
    if lacking[one.about]:
        return False
    del lacking[one.about]
    return True
