"""A sitting: what is asked next, how an answer is marked, and the one write that keeps it."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studytool.clock import local_offset_minutes
from studytool.language import Language
from studytool.quiz.ask import make_variant
from studytool.quiz.mark import give_up, mark, suggest_rating
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Ambiguous, Mark, Outcome, RecallKey, Unreadable, Variant
from studytool.review_log.events import ReviewDraft
from studytool.review_log.study_days import next_day_start
from studytool.session.badge import Badge, read_badge
from studytool.session.queue import Scope, next_item
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.packs.models import Item
    from studytool.session.desk import Desk

LONGEST = timedelta(minutes=10)
"""A question open for longer counts as this long: the learner was away."""

MOST_ATTEMPTS = 8
"""How often other numbers than last time's are looked for."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a sitting stands: answered so far, and what is still due, learning and new."""

    answered: int
    due: int
    learning: int
    new: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a sitting came to.

    Attributes:
        minutes: time spent answering.
        missed: prompts' first lines of items rated again.
        next_due: when the next item falls due, None when nothing will.
    """

    answered: int
    right: int
    partial: int
    wrong: int
    minutes: float
    missed: tuple[str, ...]
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class _Rated:
    """One rated answer of this sitting, kept for its summary."""

    outcome: Outcome
    rating: Rating
    spent: timedelta
    title: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """The question in view: its item, when it was shown, and what was done to it so far."""

    item: "Item"
    since: datetime
    hints_taken: int = 0
    typed: str = ""


class Sitting:
    """One sitting: ``question`` → ``submit`` or ``reveal`` → ``rate``, again and again.

    The mark waits for its rating; ``rate`` writes in one durable transaction and returns after it,
    as ``suspend``, ``bury``, ``toggle_flag``, ``undo`` and ``redo`` do. Anything the learner types
    before that can be taken back by doing nothing.

    Attributes:
        question: the variant in view, None before the first and after the last.
        marked: its mark, None until it is answered or revealed.
    """

    def __init__(self, desk: "Desk", scope: Scope) -> None:
        self.question: Variant | None = None
        self.marked: Mark | None = None
        self._desk = desk
        self._scope = scope
        self._opened: _Opened | None = None
        self._rated: dict[str, _Rated] = {}  # by the review's id
        self._taken_back: dict[str, _Rated] = {}

    @property
    def language(self) -> Language:
        """Give the language of the next text."""
        return self._desk.settings.language

    def start_next(self, now: datetime) -> Variant | None:
        """Choose and make the next question; None when the sitting is over."""
        limit = self._scope.limit
        if limit is not None and len(self._rated) >= limit:
            return self._open(None, now)
        new_left = self._desk.new_left(now)
        return self._open(next_item(self._desk.log, self._scope, now=now, new_left=new_left), now)

    def retell(self) -> Variant | None:
        """Make the question in view again, in the language now chosen; it waits to be answered."""
        if self.question is not None and self._opened is not None:
            self.question = self._variant(self._opened.item, self.question.item)
            self.marked = None
        return self.question

    def submit(self, text: str) -> Mark | Ambiguous | Unreadable:
        """Read and mark what was typed (a number, ``2``, ``1,3``, a cloze's words).

        The last two results are asked again and not logged. A prediction runs its simulation here
        (up to a second or two): call it from a worker thread.
        """
        question, opened = self._in_view()
        answer = read_answer(question, text)
        if isinstance(answer, Ambiguous | Unreadable):
            return answer
        marked = mark(opened.item, question, answer)
        suggested = suggest_rating(marked.outcome, hints_used=opened.hints_taken)
        self._opened = replace(opened, typed=text)
        self.marked = replace(marked, suggested=suggested)
        return self.marked

    def reveal(self) -> Mark:
        """Show the key without an answer: a card recalled, or a question given up."""
        question, opened = self._in_view()
        self.marked = give_up(opened.item, question)
        return self.marked

    def hint(self) -> str | None:
        """Give the next hint, None when there are no more; a hint lowers the suggested rating."""
        question, opened = self._in_view()
        if opened.hints_taken >= len(question.hints):
            return None
        self._opened = replace(opened, hints_taken=opened.hints_taken + 1)
        return question.hints[opened.hints_taken]

    def intervals(self, now: datetime) -> dict[Rating, timedelta]:
        """Give the interval that each rating would lead to."""
        question, _ = self._in_view()
        due = self._desk.log.preview(question.item, now)
        return {rating: instant - now for rating, instant in due.items()}

    def rate(self, rating: Rating, now: datetime) -> None:
        """Append the review, durable when this returns."""
        question, opened = self._in_view()
        outcome = self._outcome(rating)
        spent = max(timedelta(), min(now - opened.since, LONGEST))
        review = self._desk.log.append_review(
            ReviewDraft(
                item=question.item,
                revision=question.revision,
                seed=question.seed,
                parameters=question.parameters,
                answer=opened.typed,
                outcome=outcome,
                misconception=None if self.marked is None else self.marked.misconception,
                rating=rating,
                time=now,
                offset_minutes=local_offset_minutes(now),
                duration_ms=spent // timedelta(milliseconds=1),
            )
        )
        self._rated[review.id] = _Rated(outcome, rating, spent, _first_line(question.prompt))
        self._close()

    def undo(self, now: datetime) -> Variant | None:
        """Take back what was done last, as an event; its question is asked again, as it was.

        Reaches back past this sitting, across restarts. Gives None when there is nothing to undo.
        """
        undone = self._desk.log.undo(now, offset_minutes=local_offset_minutes(now))
        if undone is None:
            return None
        if (rated := self._rated.pop(undone.id, None)) is not None:
            self._taken_back[undone.id] = rated
        return self._open(self._desk.log.item_of(undone), now)

    def redo(self, now: datetime) -> bool:
        """Put back in force what undo took back, and close the question in view.

        Gives False when there is nothing to put back; then the question stays in view.
        """
        redone = self._desk.log.redo(now, offset_minutes=local_offset_minutes(now))
        if redone is None:
            return False
        if (rated := self._taken_back.pop(redone.id, None)) is not None:
            self._rated[redone.id] = rated
        self._close()
        return True

    def suspend(self, now: datetime) -> None:
        """Close the question in view; its item is asked no more until it is unsuspended."""
        question, _ = self._in_view()
        offset_minutes = local_offset_minutes(now)
        self._desk.log.set_suspended(question.item, True, now, offset_minutes=offset_minutes)
        self._close()

    def bury(self, now: datetime) -> None:
        """Close the question in view; its item is not asked before the next study day begins."""
        question, _ = self._in_view()
        start_hour = self._desk.settings.day_start_hour
        until = next_day_start(now, start_hour=start_hour, offset_at=local_offset_minutes)
        offset_minutes = local_offset_minutes(now)
        self._desk.log.bury(question.item, until, now, offset_minutes=offset_minutes)
        self._close()

    def is_flagged(self) -> bool:
        """Tell whether the item in view is flagged."""
        question, _ = self._in_view()
        return question.item in self._desk.log.flagged()

    def toggle_flag(self, now: datetime) -> bool:
        """Flag the item in view, or take its flag away; give whether it is flagged now."""
        question, _ = self._in_view()
        flag = not self.is_flagged()
        self._desk.log.set_flag(question.item, flag, now, offset_minutes=local_offset_minutes(now))
        return flag

    def badge(self) -> Badge:
        """Give the evidence behind the question in view."""
        question, opened = self._in_view()
        return read_badge(self._desk.library, question, opened.item)

    def progress(self, now: datetime) -> Progress:
        """Give where the sitting stands."""
        counts = self._desk.log.counts(now)
        within = [counts[pack] for pack in self._scope.packs or counts if pack in counts]
        return Progress(
            answered=len(self._rated),
            due=sum(pack.due for pack in within),
            learning=sum(pack.learning for pack in within),
            new=min(sum(pack.new for pack in within), self._desk.new_left(now)),
        )

    def summary(self, now: datetime) -> Summary:
        """Give what the sitting came to."""
        done = self._rated.values()
        outcomes = Counter(rated.outcome for rated in done)
        scope = self._scope
        return Summary(
            answered=len(done),
            right=outcomes[Outcome.RIGHT],
            partial=outcomes[Outcome.PARTIAL],
            wrong=outcomes[Outcome.WRONG],
            minutes=sum((rated.spent for rated in done), timedelta()) / timedelta(minutes=1),
            missed=tuple(rated.title for rated in done if rated.rating is Rating.AGAIN),
            next_due=self._desk.log.next_due(packs=scope.packs, concept=scope.concept, after=now),
        )

    def _outcome(self, rating: Rating) -> Outcome:
        """Give the mark's outcome; of a card, which nobody marks, what the rating says."""
        question, _ = self._in_view()
        if self.marked is None:
            raise ValueError("a question is answered or revealed before it is rated")
        if isinstance(question.key, RecallKey):
            return Outcome.WRONG if rating is Rating.AGAIN else Outcome.RIGHT
        return self.marked.outcome

    def _in_view(self) -> tuple[Variant, _Opened]:
        if self.question is None or self._opened is None:
            raise ValueError("no question is in view")
        return self.question, self._opened

    def _open(self, item_id: str | None, now: datetime) -> Variant | None:
        self._close()
        if item_id is not None:
            self._opened = _Opened(self._desk.library.item(item_id), since=now)
            self.question = self._variant(self._opened.item, item_id)
        return self.question

    def _close(self) -> None:
        self.question = self.marked = self._opened = None

    def _variant(self, item: "Item", item_id: str) -> Variant:
        """Make the next variant: new numbers at each review, the same after an undo."""
        pack_id = item_id.partition("/")[0]
        before = self._desk.log.last_reviews(item=item_id, limit=1)
        for attempt in range(MOST_ATTEMPTS - 1):
            variant = self._made(item, pack_id, seed=self._seed(item_id, attempt))
            if not before or not variant.parameters or variant.parameters != before[0].parameters:
                return variant
        return self._made(item, pack_id, seed=self._seed(item_id, MOST_ATTEMPTS - 1))

    def _made(self, item: "Item", pack_id: str, *, seed: int) -> Variant:
        return make_variant(item, pack_id=pack_id, seed=seed, language=self.language)

    def _seed(self, item_id: str, attempt: int) -> int:
        log = self._desk.log
        name = f"{log.learner}\0{item_id}\0{log.state(item_id).reps}\0{attempt}"
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def _first_line(markdown: str) -> str:
    return next((line.strip() for line in markdown.splitlines() if line.strip()), "")
