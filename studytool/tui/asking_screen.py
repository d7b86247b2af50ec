"""A question that is only looked at: answered and marked as a learner's, and nothing is written."""

from textual import work
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, OptionList

from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.quiz.answer import Ambiguous
from studytool.quiz.key import RecallKey, options_of
from studytool.quiz.running import SimulationRun, run_of
from studytool.session.question import Question
from studytool.tui.choice_list import ChoiceList, digit_of
from studytool.tui.question_view import QuestionView
from studytool.wording.instruction import instruction
from studytool.wording.preview import ONCE_MORE
from studytool.wording.running import ALL_STEPS, RunView
from studytool.wording.study import HINT, MARKS, no_hint

_ENTRY = "entry"
"""The entry for an answer, in the view of the question."""


class AskingScreen(Screen[None]):
    """A screen over one question; its subclass says which.

    Args:
        language: at first.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self._question: Question | None = None

    async def ask(self) -> None:
        """Show the question in view afresh."""
        raise NotImplementedError

    @property
    def types_elsewhere(self) -> bool:
        """Return whether the cursor is in an entry of the subclass's own, whose keys are its."""
        return False

    @property
    def _view(self) -> QuestionView:
        return self.query_one(QuestionView)

    def tell(self, message: str) -> None:
        """Show a message below the question."""
        self._view.say(message)

    def _say(self, phrase: Phrase, **fields: object) -> None:
        self.tell(phrase.text(self.language, **fields))

    @property
    def _is_asked(self) -> bool:
        """Return whether a question is in view that has no mark yet."""
        return self._question is not None and self._question.mark is None

    async def _put(self, question: Question) -> None:
        """Show a question afresh."""
        self._question = question
        self.remove_class("marked")
        await self._view.ask(question.variant)
        self.tell(instruction(question.variant).text(self.language))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Mark what was typed."""
        if event.input.id == _ENTRY and self._is_asked:
            self._answer(event.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show on its axis the estimate that is being typed."""
        if event.input.id == _ENTRY and self._question is not None and self._is_asked:
            self._view.draw_axis(self._question.variant, event.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Mark the option under the bar, those picked, or the order of the things."""
        if self._question is not None and self._is_asked:
            self._answer(self._view.chosen(self._question.variant, event.option_index + 1))

    def on_choice_list_ticked(self, event: ChoiceList.Ticked) -> None:
        """Tick an option, or take its tick away."""
        if self._question is not None and self._is_asked:
            self._view.tick(self._question.variant, event.number)

    async def on_key(self, event: Key) -> None:
        """Digits choose an option; Enter shows a card, and asks again what was marked."""
        question = self._question
        if question is None or self.types_elsewhere:
            return
        if question.mark is not None:
            if event.key == "enter":
                event.stop()
                await self.ask()
            elif event.key in ("down", "up", "pagedown", "pageup"):
                event.stop()
                self._view.scroll(event.key)
        elif event.key in ("enter", "space") and isinstance(question.variant.key, RecallKey):
            event.stop()
            self.action_give_up()
        elif (digit := digit_of(event)) is not None and options_of(question.variant.key):
            event.stop()
            answer = self._view.press_digit(question.variant, digit)
            if answer is not None:
                self._answer(answer)

    @work(thread=True, exclusive=True, group="marking")
    def _answer(self, text: str | None) -> None:
        """Mark in a thread: a prediction simulates, and the screen must stay alive."""
        question = self._question
        if question is None:
            return
        try:
            run = run_of(question.item, question.variant)
            marked = question.give_up(run) if text is None else question.answer(text, run)
        except StudytoolError as error:
            self.app.call_from_thread(self.tell, error.text(self.language))
            return
        self.app.call_from_thread(lambda: self.call_later(self._show_answer, question, marked, run))

    async def _show_answer(
        self, before: Question, marked: Question, run: SimulationRun | None
    ) -> None:
        if self._question is not before:
            return
        self._question = marked
        if marked.mark is None:
            asked = marked.asked
            if asked is not None:
                self.tell(asked.question if isinstance(asked, Ambiguous) else asked.why)
            return
        self.add_class("marked")
        placed = marked.mark.estimated
        answer = None if placed is None else placed.answer
        self._view.draw_run(run, ALL_STEPS, RunView(self.language, answer, 2, is_marked=True))
        await self._view.show_mark(marked.variant, marked.mark, (), self.language)
        outcome = MARKS[marked.mark.outcome].text(self.language)
        self.tell(f"{outcome}. {ONCE_MORE.text(self.language)}")

    def action_hint(self) -> None:
        """Show one more hint."""
        if self._question is None or self._question.mark is not None:
            return
        taken = self._question.take_hint()
        if taken is None:
            self._say(no_hint(self._question.variant.hints))
            return
        self._question = taken
        self._view.add_hint(f"{HINT.text(self.language)}: {taken.hints[-1]}")

    def action_give_up(self) -> None:
        """Show the key without an answer."""
        if self._question is not None and self._question.mark is None:
            self._answer(None)
