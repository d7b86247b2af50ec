"""One question at a time: made, answered, marked; nothing is written here."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studytool.language import Language
from studytool.quiz.ask import make_variant
from studytool.quiz.mark import give_up, mark, suggest_rating
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Ambiguous, Mark, Outcome, RecallKey, Unreadable, Variant
from studytool.session.badge import Badge, read_badge
from studytool.session.desk import Desk
from studytool.session.scope import Scope, check_scope
from studytool.session.tally import RatedAnswer, first_line
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.packs.models import Item

LONGEST = timedelta(minutes=10)
"""A question open for longer counts as this long: the learner was away."""

CONFIDENCES = (0.25, 0.5, 0.75, 0.95)
"""What a learner may say: guessing, half sure, fairly sure, certain."""

MOST_ATTEMPTS = 8
"""How often other numbers than last time's are looked for."""


@dataclass(frozen=True, slots=True)
class CurrentQuestion:
    """The question in view: its item, when it was shown, and what was done to it so far.

    Attributes:
        confidence: 0–1, as stated before the mark was shown; None where nothing was.
        confidence_asked: whether the learner had the choice.
    """

    item: "Item"
    since: datetime
    hints_taken: int = 0
    typed: str = ""
    confidence: float | None = None
    confidence_asked: bool = False


class Asking:
    """The question in view, from its making to its mark.

    Attributes:
        question: the variant in view, None before the first and after the last.
        marked: its mark, None until it is answered or revealed.

    Raises:
        NotFoundError: the scope names an unknown pack or concept; says the nearest.
    """

    def __init__(self, desk: Desk, scope: Scope) -> None:
        check_scope(desk.library, scope)
        self.question: Variant | None = None
        self.marked: Mark | None = None
        self._desk = desk
        self._scope = scope
        self._opened: CurrentQuestion | None = None

    @property
    def language(self) -> Language:
        """Return the language of the next text."""
        return self._desk.settings.language

    def retell(self) -> Variant | None:
        """Make the question in view again, in the language now chosen.

        It waits to be answered; what was answered before is ``typed``, for the same mark.
        """
        if self.question is not None and self._opened is not None:
            self.question = self._variant(self._opened.item, self.question.item)
            self.marked = None
        return self.question

    @property
    def typed(self) -> str | None:
        """Return the answer that was marked; None where the key was shown without one."""
        return None if self._opened is None else self._opened.typed or None

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
        self._opened = replace(opened, typed="", confidence=None)
        self.marked = give_up(opened.item, question)
        return self.marked

    def hint(self) -> str | None:
        """Return the next hint, None when there are no more; a hint lowers the suggested rating."""
        question, opened = self._in_view()
        if opened.hints_taken >= len(question.hints):
            return None
        self._opened = replace(opened, hints_taken=opened.hints_taken + 1)
        return question.hints[opened.hints_taken]

    def asks_confidence(self) -> bool:
        """Tell whether the learner is to say how sure they are before the mark is shown."""
        question, opened = self._in_view()
        answered = bool(opened.typed) and not isinstance(question.key, RecallKey)
        return self._desk.settings.ask_confidence and answered and not opened.confidence_asked

    def state_confidence(self, confidence: float | None) -> None:
        """Keep how sure the learner was, 0–1; None where they would not say."""
        _, opened = self._in_view()
        self._opened = replace(opened, confidence=confidence, confidence_asked=True)

    def is_flagged(self) -> bool:
        """Tell whether the item in view is flagged."""
        question, _ = self._in_view()
        return question.item in self._desk.log.flagged()

    def badge(self) -> Badge:
        """Return the evidence behind the question in view."""
        question, opened = self._in_view()
        return read_badge(self._desk.library, question, opened.item)

    # --- the parts ----------------------------------------------------------------------------

    def _rated_now(self, rating: Rating, now: datetime) -> RatedAnswer:
        question, opened = self._in_view()
        spent = max(timedelta(), min(now - opened.since, LONGEST))
        return RatedAnswer(self._outcome(rating), rating, spent, first_line(question.prompt))

    def _outcome(self, rating: Rating) -> Outcome:
        """Return the mark's outcome; of a card, which nobody marks, what the rating says."""
        question, _ = self._in_view()
        if self.marked is None:
            raise ValueError("a question is answered or revealed before it is rated")
        if isinstance(question.key, RecallKey):
            return Outcome.WRONG if rating is Rating.AGAIN else Outcome.RIGHT
        return self.marked.outcome

    def _in_view(self) -> tuple[Variant, CurrentQuestion]:
        if self.question is None or self._opened is None:
            raise ValueError("no question is in view")
        return self.question, self._opened

    def _open(self, item_id: str | None, now: datetime) -> Variant | None:
        self._close()
        if item_id is not None:
            self._opened = CurrentQuestion(self._desk.library.item(item_id), since=now)
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

    def _asked_before(self, item_id: str) -> int:  # noqa: ARG002 - a cram's are counted
        """Count the answers to an item that are not in the log."""
        return 0

    def _seed(self, item_id: str, attempt: int) -> int:
        log = self._desk.log
        times = log.state(item_id).reps + self._asked_before(item_id)
        name = f"{log.learner}\0{item_id}\0{times}\0{attempt}"
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
