"""The ground of sitting and cram: questions asked, marked and rated one after another."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from studytool.bundled_pack import is_bundled_folder
from studytool.errors import FormulaError, UndrawableError, UnsettledError
from studytool.language import Language
from studytool.quiz.answer import Ambiguous, Unreadable
from studytool.quiz.mark_value import Mark
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import Flag, Suspend
from studytool.session.badge import Badge, read_badge
from studytool.session.desk import Desk
from studytool.session.key_trial import KeyTrial
from studytool.session.question import PassedOverItem, Question
from studytool.session.scope import Scope, check_scope
from studytool.session.summary import RatedAnswer, SittingProgress, Summary, first_line
from studytool.session.terms import terms_in_view
from studytool.session.variants import next_variant
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.quiz.running import SimulationRun as Run

LONGEST = timedelta(minutes=10)
"""A question open for longer counts as this long: the learner was away."""

CONFIDENCES = (0.25, 0.5, 0.75, 0.95)
"""How sure a learner may be: guessing, half sure, fairly sure, certain."""


class StudySession(ABC):
    """Questions one after another: ``start_next`` → ``submit`` or ``reveal`` → ``rate``.

    A mark waits for its rating; what the learner types before that is taken back by doing nothing.

    Attributes:
        writes: whether answers and acts are written to the log.
        question: the question in view, None before the first and after the last.
        leech: what was done with the item rated last because it became a leech, else None.
        passed_over: the items that could not be asked when the question in view was looked for.
        introduced: the concepts, with their packs, whose lessons this session began with.

    Raises:
        NotFoundError: the scope names an unknown pack or concept; says the nearest.
    """

    writes: ClassVar[bool]

    def __init__(self, desk: Desk, scope: Scope) -> None:
        check_scope(desk.library, scope)
        self.question: Question | None = None
        self.leech: Suspend | Flag | None = None
        self.passed_over: tuple[PassedOverItem, ...] = ()
        self.introduced: set[tuple[str, str]] = set()
        self._unsettled: dict[str, list[dict[str, float]]] = {}  # numbers, by the item's id
        self._desk = desk
        self._scope = scope
        self._shown_at: datetime | None = None
        self._confidence: float | None = None
        self._confidence_asked = False

    # --- what comes next ----------------------------------------------------------------------

    def start_next(self, now: datetime) -> Question | None:
        """Put the next question in view; None when the session is over.

        An item that cannot be asked is passed over; ``passed_over`` names it.
        """
        self.passed_over = ()
        while True:
            item = self._choose(now)
            try:
                return self._ask(item, now)
            except (UndrawableError, FormulaError) as error:
                if item is None:
                    raise
                self.passed_over += (PassedOverItem(item, error),)
                self._pass_over(item, now)

    @abstractmethod
    def _choose(self, now: datetime) -> str | None:
        """Choose the next item; None when the session is over."""

    def ask_otherwise(self, error: UnsettledError, now: datetime) -> Question | None:
        """Ask the item in view at other numbers, where the simulation did not settle these.

        Nothing is counted. An item that has no other numbers is passed over.
        """
        question = self._in_view()
        self._unsettled.setdefault(question.id, []).append(question.variant.parameters)
        try:
            self.passed_over = ()
            return self._ask(question.id, now)
        except UndrawableError:
            self._pass_over(question.id, now)
            following = self.start_next(now)
            self.passed_over = (PassedOverItem(question.id, error), *self.passed_over)
            return following

    def _ask(self, item: str | None, now: datetime) -> Question | None:
        """Put a question of an item in view."""
        return self._open(item, now)

    @abstractmethod
    def _pass_over(self, item: str, now: datetime) -> None:
        """See to it that an item which cannot be asked is not chosen again in this session."""

    @abstractmethod
    def progress(self, now: datetime) -> SittingProgress:
        """Return how many were answered, and how many are left."""

    @abstractmethod
    def summary(self, now: datetime) -> Summary:
        """Return the session's result."""

    # --- the question in view -----------------------------------------------------------------

    @property
    def language(self) -> Language:
        """Return the language of the next text."""
        return self._desk.settings.language

    def terms(self) -> dict[str, str]:
        """Return the terms of the glossary that stand in what is in view, and what they mean."""
        return terms_in_view(self.question, self._desk.library)

    @property
    def mark(self) -> Mark | None:
        """Return the mark of the question in view; None until it is answered or revealed."""
        return None if self.question is None else self.question.mark

    def restart_clock(self, now: datetime) -> None:
        """Count the time for the question in view from now on: it was hidden before."""
        self._shown_at = None if self.question is None else now

    def retell(self) -> Question | None:
        """Ask the question in view again in the language now chosen.

        It waits to be answered; what was answered before is ``typed``, for the same mark.
        """
        if self.question is not None:
            self.question = self.question.in_language(self.language)
        return self.question

    def submit(self, text: str, run: "Run | None" = None) -> Mark | Ambiguous | Unreadable:
        """Read and mark what was typed; the last two are asked again and not logged.

        After an ambiguous text an empty one takes its likelier reading.
        A prediction runs its simulation here, which ``run`` shows: call it from a worker thread.

        Raises:
            UnsettledError: the simulation does not settle what is right; :meth:`ask_otherwise`.
        """
        self.question = self._in_view().answer(text, run)
        return self.question.asked or self._show_marked(self.question)

    def reveal(self, run: "Run | None" = None) -> Mark:
        """Show the key without an answer: a card recalled, or a question given up."""
        self._confidence = None
        return self._show_marked(self._in_view().give_up(run))

    def hint(self) -> str | None:
        """Return the next hint, None when there are no more; a hint lowers the suggested rating."""
        hinted = self._in_view().take_hint()
        if hinted is None:
            return None
        self.question = hinted
        return hinted.hints[-1]

    def asks_confidence(self) -> bool:
        """Return whether the learner is to say how sure they are before the mark is shown."""
        question = self._in_view()
        answered = bool(question.typed) and not question.is_recalled
        return self._desk.settings.ask_confidence and answered and not self._confidence_asked

    def state_confidence(self, confidence: float | None) -> None:
        """Keep how sure the learner was, 0–1; None where they would not say."""
        self._confidence = confidence
        self._confidence_asked = True

    def badge(self) -> Badge:
        """Return the evidence behind the question in view."""
        question, desk = self._in_view(), self._desk
        own = desk.own.of(question.id.partition("/")[0])
        return read_badge(desk.library, own, question.variant, question.item)

    def key_trial(self, now: datetime) -> KeyTrial | None:
        """Prepare to try the key of the question in view; None where there is nothing to try."""
        from studytool.packs.behind import claims_behind  # late: home asks nothing

        question, desk = self._in_view(), self._desk
        if not self.badge().can_be_tried:
            return None
        pack_id = question.id.partition("/")[0]
        return KeyTrial(
            home=desk.home,
            pack=pack_id,
            item=question.item,
            parameters=question.variant.parameters,
            claims=tuple(
                desk.library.claim(pack_id, name) for name in claims_behind(question.item)
            ),
            seed=question.variant.seed,
            day=desk.clock.local(now).date(),
            apart=not is_bundled_folder(desk.library.folder(pack_id)),
        )

    # --- rating and acts ----------------------------------------------------------------------

    @abstractmethod
    def intervals(self, now: datetime) -> Mapping[Rating, timedelta]:
        """Return the interval that each rating would lead to; empty where none would."""

    @abstractmethod
    def ratings(self) -> tuple[Rating, ...]:
        """Return the ratings that the answer in view may be given."""

    @abstractmethod
    def rate(self, rating: Rating, now: datetime) -> None:
        """Rate the answer in view and close its question."""

    @abstractmethod
    def undo(self, now: datetime) -> bool:
        """Take back what was done last and ask its question again; False when there is nothing."""

    @abstractmethod
    def redo(self, now: datetime) -> bool:
        """Put back in force what undo took back; False when there is nothing to put back."""

    @abstractmethod
    def suspend(self, now: datetime) -> bool:
        """Close the question in view and ask its item no more; False where nothing is written."""

    @abstractmethod
    def bury(self, now: datetime) -> bool:
        """Close the question in view until the next study day; False where nothing is written."""

    @abstractmethod
    def toggle_flag(self, now: datetime) -> bool:
        """Flag the item in view, or take its flag away; return whether it is flagged now."""

    def is_flagged(self) -> bool:
        """Return whether the item in view is flagged."""
        items = [self._in_view().id]
        return any(status.flagged for status in self._desk.log.statuses(items=items))

    # --- the parts ----------------------------------------------------------------------------

    def _in_view(self) -> Question:
        if self.question is None:
            raise ValueError("no question is in view")
        return self.question

    def _show_marked(self, question: Question) -> Mark:
        if question.mark is None:
            raise ValueError("the question has no mark")
        self.question = question
        return question.mark

    def _rated_now(self, rating: Rating, now: datetime) -> RatedAnswer:
        question = self._in_view()
        spent = max(timedelta(), min(now - (self._shown_at or now), LONGEST))
        title = first_line(question.variant.prompt)
        return RatedAnswer(_outcome(question, rating), rating, spent, title)

    def _open(self, item_id: str | None, now: datetime, *, unlogged: int = 0) -> Question | None:
        """Put an item's next variant in view; ``unlogged`` counts its answers beside the log."""
        self._close()
        if item_id is not None:
            item = self._desk.library.item(item_id)
            variant = next_variant(
                self._desk,
                item,
                item_id,
                unlogged=unlogged,
                without=self._unsettled.get(item_id, ()),
            )
            self.question = Question(item, variant)
            self._shown_at = now
        return self.question

    def _close(self) -> None:
        self.question = self._shown_at = self._confidence = None
        self._confidence_asked = False


def _outcome(question: Question, rating: Rating) -> Outcome:
    """Return the mark's outcome; of a card, which nobody marks, what the rating says."""
    if question.mark is None:
        raise ValueError("a question is answered or revealed before it is rated")
    if question.is_recalled:
        return Outcome.WRONG if rating is Rating.AGAIN else Outcome.RIGHT
    return question.mark.outcome
