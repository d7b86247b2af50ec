"""A question: an item made concrete, and what the learner has done with it so far."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.quiz.answer import Ambiguous, Answer, Unreadable
from studytool.quiz.ask import make_variant
from studytool.quiz.give_mark import suggest_rating
from studytool.quiz.key import RecallKey
from studytool.quiz.mark import give_up, mark
from studytool.quiz.mark_value import Mark
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Variant

if TYPE_CHECKING:
    from studytool.packs.items import Item
    from studytool.quiz.running import SimulationRun


@dataclass(frozen=True, slots=True)
class PassedOverItem:
    """An item that could not be asked, and the error that says why."""

    item: str
    error: StudytoolError


@dataclass(frozen=True, slots=True)
class Question:
    """An item as it is asked; each step gives a new question, and nothing is written.

    Attributes:
        item: as its pack words it.
        variant: the item made concrete: what is shown and what is right.
        hints_taken: how many of the variant's hints the learner has seen.
        typed: the answer that was marked; empty before it, and where the key was shown without one.
        mark: None until the question is answered or its key shown.
        asked: why the text typed last has no mark; None where it has one, and before the first.
        was_asked: whether it was asked before which of two readings is meant.
        has_read: whether the learner has read the concept's lesson before the mark: a hint as well.
    """

    item: "Item"
    variant: Variant
    hints_taken: int = 0
    typed: str = ""
    mark: Mark | None = None
    asked: Ambiguous | Unreadable | None = None
    was_asked: bool = False
    has_read: bool = False

    @property
    def id(self) -> str:
        """Return the item's name, ``pack/slug``."""
        return self.variant.item

    @property
    def is_recalled(self) -> bool:
        """Return whether the learner alone knows how well they did, as with a card."""
        return isinstance(self.variant.key, RecallKey)

    def answer(self, text: str, run: "SimulationRun | None" = None) -> "Question":
        """Mark what was typed (a number, ``2``, ``1,3``, a cloze's words), or ask again.

        An empty line takes the likelier of two readings that were asked about. A prediction runs its
        simulation here, up to a second or two: call it from a worker thread; ``run`` shows it
        meanwhile.
        """
        text = self._meant(text)
        read = self._read(text)
        if isinstance(read, Ambiguous | Unreadable):
            was_asked = self.was_asked or isinstance(read, Ambiguous)
            return replace(self, asked=read, was_asked=was_asked)
        if run is not None:
            run.simulate()
        marked = mark(self.item, self.variant, read)
        hints_used = self.hints_taken + self.has_read
        suggested = suggest_rating(marked.outcome, hints_used=hints_used)
        return replace(self, typed=text, mark=replace(marked, suggested=suggested), asked=None)

    def would_mark(self, text: str) -> bool:
        """Tell whether what is typed would be marked, rather than asked about again."""
        return not isinstance(self._read(self._meant(text)), Ambiguous | Unreadable)

    def _meant(self, text: str) -> str:
        if isinstance(self.asked, Ambiguous) and not text.strip():
            return self.asked.likelier
        return text

    def _read(self, text: str) -> Answer | Ambiguous | Unreadable:
        return read_answer(self.variant, text, was_asked=self.was_asked)

    def give_up(self, run: "SimulationRun | None" = None) -> "Question":
        """Show the key without an answer: a card recalled, or a question given up."""
        if run is not None:
            run.simulate()
        return replace(self, typed="", mark=give_up(self.item, self.variant), asked=None)

    def take_hint(self) -> "Question | None":
        """Take one more hint, the last of ``hints``; None when there are no more."""
        if self.hints_taken == len(self.variant.hints):
            return None
        return replace(self, hints_taken=self.hints_taken + 1)

    @property
    def hints(self) -> tuple[str, ...]:
        """Return the hints taken so far; each lowers the suggested rating."""
        return tuple(self.variant.hints[: self.hints_taken])

    def in_language(self, language: Language) -> "Question":
        """Ask the same in another language, the same numbers, still to be marked."""
        pack_id = self.id.partition("/")[0]
        seed = self.variant.seed
        variant = make_variant(self.item, pack_id=pack_id, seed=seed, language=language)
        return replace(self, variant=variant, mark=None, asked=None)
