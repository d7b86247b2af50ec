"""A sitting: the next question of today's plan, and the one write that keeps each answer."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from studytool.errors import StateError, StudytoolError
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.session.acts import Acts
from studytool.session.agenda import Agenda, learns_within_a_sitting
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.keeping import keep_review
from studytool.session.overview import next_asked
from studytool.session.plan_day import plan_day
from studytool.session.queue import AskingOrder, count_learning
from studytool.session.scope import Scope
from studytool.session.study_session import StudySession
from studytool.session.summary import RatedAnswer, SittingProgress, Summary, sum_up
from studytool.srs.memory import Memory, Stage, to_ms
from studytool.srs.rating import Rating

MOST_FAILURES = 8
"""An item in steps that was rated again so often does not come back in the same sitting."""


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
        self._failed: dict[str, str] = {}  # the item, by the id of the review that failed it
        self._last: str | None = None

    def _choose(self, now: datetime) -> str | None:
        limit = self._scope.limit
        if limit is not None and len(self._rated) >= limit:
            return None
        order = AskingOrder(
            self._desk,
            self._scope,
            now=now,
            today=plan_day(self._desk, now, passed_over=self._unasked),
            agenda=self._agenda(now),
        )
        return order.next_item(last=self._last, held=self._held())

    def _pass_over(self, item: str, now: datetime) -> None:
        """Flag an item that cannot be asked, and leave it out of this sitting."""
        self._unasked |= {item}
        self._acts(now).flag(item)

    def intervals(self, now: datetime) -> dict[Rating, timedelta]:
        """Return the interval that each rating would lead to."""
        return self._desk.log.preview(self._in_view().id, now)

    def ratings(self) -> tuple[Rating, ...]:
        """Return the ratings that may be given: what was only shown counts as forgotten."""
        shown = self.mark is not None and self.mark.outcome is Outcome.SHOWN
        return (Rating.AGAIN,) if shown else tuple(Rating)

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
            stage, place = desk.log.state(draft.item).stage, desk.log.last_place()
            review, self.leech = keep_review(desk.log, desk.settings, draft, now)
        except StudytoolError as error:
            desk.unsaved[question.id] = error
            raise
        desk.unsaved.pop(question.id, None)
        self._rated[review.id] = rated
        self._last = review.item
        if rating is Rating.AGAIN:
            self._failed[review.id] = review.item
        self._close()
        with suppress(
            StateError
        ):  # the review is saved: what keeps the next from view tells itself
            self._follow(review.item, stage, place, now)

    def _follow(self, item: str, stage: Stage, place: int, now: datetime) -> None:
        """Take a reviewed item off the agendas, which stand unless others may be asked today now.

        Args:
            item: that was reviewed.
            stage: that it was in.
            place: of the last event before the review.
            now: the instant.
        """
        desk = self._desk
        in_steps, after = stage in {Stage.LEARNING, Stage.RELEARNING}, desk.log.last_place()
        left = desk.log.state(item)
        learned = stage in {Stage.NEW, Stage.LEARNING} and left.stage is Stage.REVIEW
        opens = learned and not learns_within_a_sitting(desk.settings, item.partition("/")[0])
        closes = left.stage is Stage.LEARNING and self._ends_later(left, now)
        if not (desk.settings.gate_new and (opens or closes)):
            desk.agendas.follow(item, before=place, after=after, in_steps=in_steps)

    def _ends_later(self, memory: Memory, now: datetime) -> bool:
        """Tell whether an item's step ends on a later study day."""
        days = self._desk.log
        return memory.due is not None and days.day_of(memory.due) > days.day_of(now)

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
        self._last = None
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
        """Return how many items are answered, due, learning and new, up to the sitting's limit."""
        agenda, answered = self._agenda(now), len(self._rated)
        counts = (
            self._count_learning(now),
            len(agenda.reviews),
            len(agenda.new),
        )
        if self._scope.limit is not None:
            counts = _first(self._scope.limit - answered, counts)
        learning, due, new = counts
        return SittingProgress(answered=answered, due=due, learning=learning, new=new)

    def summary(self, now: datetime) -> Summary:
        """Return the sitting's result."""
        return self._sum_up(now, self._scope, self._agenda(now))

    def _sum_up(self, now: datetime, scope: Scope, agenda: Agenda) -> Summary:
        """Return the sitting's result, and what is left of a scope."""
        steps = scope.within(self._desk.log).in_steps(to_ms(now), None, without=self._unasked)
        next_due = next_asked(self._desk, now, scope, agenda)
        return replace(
            sum_up(
                self._rated.values(),
                still_due=len(agenda.reviews) + len(steps),
                next_due=next_due,
                next_in=self._desk.until(next_due, now),
            ),
            still_new=len(agenda.new),
            left=agenda.left,
            held=len(self._held()),
            nothing_fits=scope.items is not None and not scope.items,
        )

    def _count_learning(self, now: datetime) -> int:
        return count_learning(self._desk.log, self._scope, now)

    def _agenda(self, now: datetime) -> Agenda:
        """Return what will be asked today in the sitting's scope, were it to go on to the end."""
        held = self._held()
        return read_agenda(self._desk, now, self._scope, passed_over=self._unasked, held=held)

    def _held(self) -> frozenset[str]:
        """Return the items that were failed too often to come back in this sitting."""
        standing = Counter(item for id_, item in self._failed.items() if id_ in self._rated)
        return frozenset(item for item, times in standing.items() if times >= MOST_FAILURES)

    def _acts(self, now: datetime) -> Acts:
        return Acts(self._desk.log, now)


def _first(most: int, counts: tuple[int, int, int]) -> tuple[int, int, int]:
    """Cut counts, in the order of asking, to ``most`` together."""
    learning, due, new = counts
    learning = min(learning, max(0, most))
    due = min(due, max(0, most) - learning)
    return learning, due, min(new, max(0, most) - learning - due)
