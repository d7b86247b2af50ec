"""A cram before an examination: every item in scope, the weakest first, and nothing in the log."""

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from studytool.session.cram_place import CramPlace, keep_place, read_place
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.scope import Scope
from studytool.session.study_session import StudySession
from studytool.session.summary import RatedAnswer, SittingProgress, Summary, sum_up
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating

MOST = 1000
"""Items of one cram."""


class Cram(StudySession):
    """A session that writes nothing to the log: an item rated again comes back until it is known.

    It asks every item that is not suspended, due or not, the least likely recalled first and new
    ones last; each once, those not known again. Left off, also by a crash, the same cram goes on
    where it was, on the same study day or the next.

    Args:
        desk: the learner's state.
        scope: what is asked.
        now: when it begins.
        anew: begin from the beginning, whatever was left off.
    """

    writes: ClassVar[bool] = False

    def __init__(self, desk: Desk, scope: Scope, now: datetime, *, anew: bool = False) -> None:
        super().__init__(desk, scope)
        waiting = scope.within(desk.log).weakest(to_ms(now), scope.limit or MOST)
        asked = [one.item for one in waiting]
        place = None if anew else read_place(desk.home, self._scope, desk.log.day_of(now))
        if place is None:
            place = CramPlace((), tuple(asked))
        self._left = deque(item for item in place.left if item in set(asked))
        self._rated: list[tuple[str, RatedAnswer]] = [*place.rated]

    def _choose(self, now: datetime) -> str | None:  # noqa: ARG002 - as a sitting's
        """Choose the next item; None when each was known once."""
        return self._left[0] if self._left else None

    def _pass_over(self, item: str, now: datetime) -> None:  # noqa: ARG002 - as a sitting's
        """Leave out an item that cannot be asked; a cram flags nothing."""
        self._left.remove(item)

    def intervals(self, now: datetime) -> Mapping[Rating, timedelta]:  # noqa: ARG002 - as a sitting's
        """Return none: no rating of a cram changes a due date."""
        return {}

    def ratings(self) -> tuple[Rating, ...]:
        """Return all of them: nothing is remembered of a cram."""
        return tuple(Rating)

    def rate(self, rating: Rating, now: datetime) -> None:
        """Leave the item, or put it at the end when it was not known; nothing is written."""
        rated = self._rated_now(rating, now)
        item = self._left.popleft()
        self._rated.append((item, rated))
        if rating is Rating.AGAIN:
            self._left.append(item)
        self._keep_place(now)
        self._close()

    def undo(self, now: datetime) -> bool:
        """Ask the item rated last again, as if it had not been; False when there is none."""
        if not self._rated:
            return False
        item, rated = self._rated.pop()
        if rated.rating is Rating.AGAIN:
            self._left.pop()
        self._left.appendleft(item)
        self._keep_place(now)
        self._ask(item, now)
        return True

    def redo(self, now: datetime) -> bool:  # noqa: ARG002 - as a sitting's
        """Return False: what was undone in a cram was never written."""
        return False

    def suspend(self, now: datetime) -> bool:  # noqa: ARG002 - as a sitting's
        """Return False: a cram leaves every item as it is."""
        return False

    def bury(self, now: datetime) -> bool:  # noqa: ARG002 - as a sitting's
        """Return False: a cram leaves every item as it is."""
        return False

    def toggle_flag(self, now: datetime) -> bool:  # noqa: ARG002 - as a sitting's
        """Return whether the item is flagged; a cram leaves that as it is."""
        return self.is_flagged()

    def progress(self, now: datetime) -> SittingProgress:  # noqa: ARG002 - as a sitting's
        """Return how many items are answered and left; those left count as due."""
        return SittingProgress(answered=len(self._rated), due=len(self._left), learning=0, new=0)

    def summary(self, now: datetime) -> Summary:
        """Return the cram's result."""
        next_due = self._scope.within(self._desk.log).next_due(now)
        done = [rated for _, rated in self._rated]
        summary = sum_up(
            done,
            still_due=len(self._left),
            next_due=next_due,
            next_in=self._desk.until(next_due, now),
            kept=False,
        )
        items = self._scope.items
        return replace(summary, nothing_fits=items is not None and not items)

    def _keep_place(self, now: datetime) -> None:
        place = CramPlace(tuple(self._rated), tuple(self._left))
        keep_place(self._desk.home, self._scope, place, self._desk.log.day_of(now))

    def _ask(self, item: str | None, now: datetime) -> Question | None:
        return self._open(item, now, unlogged=sum(one == item for one, _ in self._rated))
