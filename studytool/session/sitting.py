"""A sitting: what is asked next, how an answer is marked, and the one write that keeps it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from studytool.language import Language
from studytool.quiz.variant import Ambiguous, Mark, Unreadable, Variant
from studytool.srs.rating import Rating


@dataclass(frozen=True, slots=True)
class Badge:
    """How sure the key is: the evidence that stands behind the item in view.

    Attributes:
        verdict: ``holds``, ``refuted``, ``undecided``, or ``untried``.
        estimate, standard_error, replicates: of the nearest check; None when none was made.
        notes_line, notes_quote: where the notes speak of it; None when they do not.
        notes_standing: how that sentence of the notes stands (``corrected``, ``refuted``, ...).
        statement: the correct statement of the claim behind the item.
    """

    verdict: str
    estimate: float | None
    standard_error: float | None
    replicates: int | None
    notes_line: int | None
    notes_quote: str | None
    notes_standing: str | None
    statement: str | None
    source: str | None


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


class Sitting:
    """One sitting: ``question`` → ``submit`` or ``reveal`` → ``rate``, again and again.

    The mark waits for its rating; only ``rate`` writes, in one durable transaction, and returns
    after it. Anything the learner types before that can be taken back by doing nothing.
    """

    language: Language
    question: Variant | None
    marked: Mark | None

    def start_next(self, now: datetime) -> Variant | None:
        """Choose and make the next question; None when the sitting is over."""
        raise NotImplementedError

    def submit(self, text: str) -> Mark | Ambiguous | Unreadable:
        """Read and mark what was typed (a number, ``2``, ``1,3``, a cloze's words).

        The last two results are asked again and not logged. A prediction runs its simulation here
        (up to a second or two): call it from a worker thread.
        """
        raise NotImplementedError

    def reveal(self) -> Mark:
        """Show the key without an answer: a card recalled, or given up (suggests ``again``)."""
        raise NotImplementedError

    def intervals(self, now: datetime) -> dict[Rating, timedelta]:
        """Give the interval that each rating would lead to."""
        raise NotImplementedError

    def rate(self, rating: Rating, now: datetime) -> None:
        """Append the review, durable when this returns."""
        raise NotImplementedError

    def undo(self, now: datetime) -> Variant | None:
        """Take back the last review as an event; its question is asked again, as it was.

        Gives None when there is nothing to undo.
        """
        raise NotImplementedError

    def badge(self) -> Badge:
        """Give the evidence behind the question in view."""
        raise NotImplementedError

    def next_learning_due(self) -> datetime | None:
        """When the next item still in learning comes back, if that is all that is left."""
        raise NotImplementedError

    def progress(self, now: datetime) -> Progress:
        """Give where the sitting stands."""
        raise NotImplementedError

    def summary(self, now: datetime) -> Summary:
        """Give what the sitting came to."""
        raise NotImplementedError
