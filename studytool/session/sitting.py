"""A sitting: the next question of today's plan, and the one write that keeps each answer."""

from datetime import datetime, timedelta
from typing import ClassVar

from studytool.errors import StudytoolError
from studytool.review_log.events import ReviewDraft
from studytool.session.acts import Acts
from studytool.session.day_plan import DayPlan, plan_day
from studytool.session.desk import Desk
from studytool.session.keeping import keep_review
from studytool.session.overview import count_packs
from studytool.session.queue import count_in_concept, next_item
from studytool.session.scope import Scope
from studytool.session.study_session import StudySession
from studytool.session.summary import RatedAnswer, SittingProgress, Summary, sum_up
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating


class Sitting(StudySession):
    """A session over what is due and new today, which writes to the log.

    ``rate`` writes in one durable transaction and returns after it, as ``suspend``, ``bury``,
    ``toggle_flag``, ``undo`` and ``redo`` do.
    """

    writes: ClassVar[bool] = True

    def __init__(self, desk: Desk, scope: Scope) -> None:
        super().__init__(desk, scope)
        self._unasked: frozenset[str] = frozenset()
        self._rated: dict[str, RatedAnswer] = {}  # by the review's id
        self._taken_back: dict[str, RatedAnswer] = {}

    def _choose(self, now: datetime) -> str | None:
        limit = self._scope.limit
        if limit is not None and len(self._rated) >= limit:
            return None
        desk = self._desk
        return next_item(
            desk.log, self._scope, now=now, today=self._today(now), settings=desk.settings
        )

    def _pass_over(self, item: str, now: datetime) -> None:
        """Flag an item that cannot be asked, and leave it out of this sitting."""
        self._unasked |= {item}
        self._acts(now).flag(item)

    def intervals(self, now: datetime) -> dict[Rating, timedelta]:
        """Return the interval that each rating would lead to."""
        due = self._desk.log.preview(self._in_view().id, now)
        return {rating: instant - now for rating, instant in due.items()}

    def rate(self, rating: Rating, now: datetime) -> None:
        """Append the review, and put a leech away; durable when this returns."""
        desk, question = self._desk, self._in_view()
        rated = self._rated_now(rating, now)
        draft = ReviewDraft(
            item=question.id,
            revision=question.variant.revision,
            seed=question.variant.seed,
            parameters=question.variant.parameters,
            answer=question.typed,
            outcome=rated.outcome,
            misconception=None if question.mark is None else question.mark.misconception,
            confidence=self._confidence,
            rating=rating,
            time=now,
            offset_minutes=desk.clock.offset_minutes(now),
            duration_ms=rated.spent // timedelta(milliseconds=1),
        )
        try:
            review, self.leech = keep_review(desk.log, desk.settings, draft, now)
        except StudytoolError as error:
            desk.unsaved[question.id] = error
            raise
        desk.unsaved.pop(question.id, None)
        self._rated[review.id] = rated
        self._close()

    def undo(self, now: datetime) -> bool:
        """Take back what was done last, as an event; its question is asked again, as it was.

        Reaches back past this sitting, across restarts. Returns False when there is nothing to undo.
        A review that made an item a leech is taken back together with what that led to.
        """
        offset_minutes = self._desk.clock.offset_minutes(now)
        undone = self._desk.log.undo(now, offset_minutes=offset_minutes)
        if undone is None:
            return False
        if (rated := self._rated.pop(undone.id, None)) is not None:
            self._taken_back[undone.id] = rated
        self._open(self._desk.log.item_of(undone), now)
        return True

    def redo(self, now: datetime) -> bool:
        """Put back in force what undo took back, and close the question in view.

        Returns False when there is nothing to put back; then the question stays in view.
        """
        offset_minutes = self._desk.clock.offset_minutes(now)
        redone = self._desk.log.redo(now, offset_minutes=offset_minutes)
        if redone is None:
            return False
        if (rated := self._taken_back.pop(redone.id, None)) is not None:
            self._rated[redone.id] = rated
        self._close()
        return True

    def suspend(self, now: datetime) -> bool:
        """Close the question in view; its item is asked no more until it is unsuspended."""
        self._acts(now).suspend(self._in_view().id)
        self._close()
        return True

    def bury(self, now: datetime) -> bool:
        """Close the question in view; its item is not asked before the next study day begins."""
        self._acts(now).bury(self._in_view().id)
        self._close()
        return True

    def toggle_flag(self, now: datetime) -> bool:
        """Flag the item in view, or take its flag away; return whether it is flagged now."""
        return self._acts(now).toggle_flag(self._in_view().id).act == "flag"

    def progress(self, now: datetime) -> SittingProgress:
        """Return how many items are answered, due, learning and new."""
        desk, scope = self._desk, self._scope
        today = self._today(now)
        if scope.concept is not None:
            due, learning, new = count_in_concept(desk.log, scope, now=now, today=today)
            return SittingProgress(answered=len(self._rated), due=due, learning=learning, new=new)
        packs = count_packs(desk, now, today)
        within = [pack for pack in packs if not scope.packs or pack.id in scope.packs]
        return SittingProgress(
            answered=len(self._rated),
            due=min(sum(pack.due for pack in within), today.reviews_left),
            learning=sum(pack.learning for pack in within),
            new=min(sum(pack.new for pack in within), today.new_left),
        )

    def summary(self, now: datetime) -> Summary:
        """Return the sitting's result."""
        scope = self._scope
        queue = self._desk.log.within(scope.packs, scope.concept)
        steps, next_due = (
            queue.in_steps(to_ms(now), None, without=self._unasked),
            queue.next_due(now),
        )
        left = self.progress(now)
        return sum_up(
            self._rated.values(),
            still_due=left.due + len(steps),
            still_new=left.new,
            next_due=next_due,
        )

    def _today(self, now: datetime) -> DayPlan:
        return plan_day(self._desk, now, passed_over=self._unasked)

    def _acts(self, now: datetime) -> Acts:
        desk = self._desk
        hour = desk.settings.day_start_hour
        return Acts(desk.log, now, offset_at=desk.clock.offset_minutes, day_start_hour=hour)
