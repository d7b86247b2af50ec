"""Study: the question, the answer, the mark with its evidence, the rating; then the next."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.quiz.variant import (
    Ambiguous,
    BlankKey,
    Mark,
    NumberKey,
    OptionKey,
    PredictionKey,
    Unreadable,
    Variant,
)
from studytool.session.asking import CONFIDENCES
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.tui import study_keys
from studytool.tui.key_bar import KeyBar, Keys
from studytool.tui.question_view import QuestionView
from studytool.tui.rating_row import RatingRow
from studytool.tui.window_size import mark_too_small
from studytool.typeset.math_line import set_formulas
from studytool.wording import study as phrases
from studytool.wording.evidence import evidence_lines
from studytool.wording.instruction import instruction, wants_several
from studytool.wording.words import FLAGGED


class StudyScreen(Screen[None]):
    """One sitting on the screen.

    Args:
        desk: the learner's state.
        sitting: what is asked; it may have been begun on a screen before.
        now: reads the clock.
        undoing: begin by taking back what was done last, not with the next question.
    """

    BINDINGS: ClassVar[list[BindingType]] = study_keys.BINDINGS

    def __init__(
        self,
        desk: Desk,
        sitting: Sitting | Cram,
        now: Callable[[], datetime],
        *,
        undoing: bool = False,
    ) -> None:
        super().__init__()
        self._undoing = undoing
        self._desk = desk
        self._sitting = sitting
        self._now = now
        self._picked: set[int] = set()
        self._busy = False
        self._hidden: Mark | None = None  # until the learner has said how sure they are

    def compose(self) -> ComposeResult:
        """Lay out bar, question, ratings, keys."""
        yield Static("", id="bar", markup=False)
        yield QuestionView(id="question")
        yield RatingRow(id="ratings")
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    async def on_mount(self) -> None:
        """Ask the first question, or again the one of what is taken back."""
        if self._undoing:
            await self.action_undo()
        else:
            await self._ask(self._sitting.start_next(self._now()))

    def on_resize(self, event: Resize) -> None:
        """Say so where the window is too small."""
        mark_too_small(self, event.size, self._language)

    @property
    def _language(self) -> Language:
        return self._desk.settings.language

    @property
    def _view(self) -> QuestionView:
        return self.query_one(QuestionView)

    # --- asking -------------------------------------------------------------------------------

    async def _ask(self, question: Variant | None, message: str = "") -> None:
        """Show a question afresh, or end the sitting where there is none."""
        if question is None:
            self._finish(message)
            return
        self._picked = set()
        self._hidden = None
        self.remove_class("marked")
        await self._view.ask(question)
        self._view.say(message or instruction(question).text(self._language))
        self._show_bar()
        self.query_one(KeyBar).show(self._keys(study_keys.ASKING), self._language)

    def _question(self) -> Variant:
        if self._sitting.question is None:
            raise ValueError("no question is in view")
        return self._sitting.question

    # --- answering ----------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Mark what was typed."""
        if self._sitting.marked is None:
            self._answer(event.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Mark the option under the bar, or those picked where several are wanted."""
        if self._sitting.marked is None and self._sitting.question is not None:
            self._enter_option(event.option_index + 1)

    def _enter_option(self, number: int) -> None:
        if wants_several(self._question()):
            self._answer(",".join(map(str, sorted(self._picked or {number}))))
        else:
            self._answer(str(number))

    async def on_key(self, event: Key) -> None:
        """Digits choose an option, a confidence or a rating; Enter shows a card or goes on."""
        if self._busy or self._sitting.question is None:
            return
        if self._hidden is not None:
            await self._key_when_hidden(event, self._hidden)
        elif self._sitting.marked is not None:
            await self._key_when_marked(event, self._sitting.marked)
        elif event.key in ("enter", "space") and not self._has_entry():
            event.stop()
            self.action_give_up()
        elif event.character and event.character in "123456789" and self._has_options():
            event.stop()
            self._digit(int(event.character))

    async def _key_when_hidden(self, event: Key, marked: Mark) -> None:
        stated = dict(zip("1234", CONFIDENCES, strict=True)).get(event.character or "")
        if stated is not None or event.key == "enter":
            event.stop()
            self._sitting.state_confidence(stated)
            await self._show_mark(marked)

    async def _key_when_marked(self, event: Key, marked: Mark) -> None:
        rating = dict(zip("1234", Rating, strict=True)).get(event.character or "")
        if event.key == "enter":
            rating = marked.suggested
        if rating is not None:
            event.stop()
            await self._rate(rating)
        elif event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            self._view.scroll(event.key)

    def _digit(self, number: int) -> None:
        question = self._question()
        if not isinstance(question.key, OptionKey | PredictionKey):
            return
        if number > len(question.key.options):
            return
        self._view.highlight(number)
        if wants_several(question):
            self._picked ^= {number}
            self._view.list_options(question, self._picked)
        else:
            self._answer(str(number))

    def _has_entry(self) -> bool:
        return self._has_options() or isinstance(self._question().key, NumberKey | BlankKey)

    def _has_options(self) -> bool:
        return isinstance(self._question().key, OptionKey | PredictionKey)

    def _answer(self, text: str | None) -> None:
        """Mark in a thread: a prediction simulates, and the screen must stay alive."""
        if self._busy:
            return
        self._busy = True
        if isinstance(self._question().key, PredictionKey):
            self._view.say(phrases.SIMULATING.text(self._language))
        self._mark_in_thread(text)

    @work(thread=True, exclusive=True)
    def _mark_in_thread(self, text: str | None) -> None:
        try:
            reply = self._sitting.reveal() if text is None else self._sitting.submit(text)
        except StudytoolError as error:
            self.app.call_from_thread(self._fault, error)
            return
        self.app.call_from_thread(lambda: self.call_later(self._show_reply, reply))

    async def _show_reply(self, reply: Mark | Ambiguous | Unreadable) -> None:
        self._busy = False
        match reply:
            case Ambiguous(question=question):
                self._view.say(question)
            case Unreadable(why=why):
                self._view.say(why)
            case Mark() if self._sitting.asks_confidence():
                self._hidden = reply
                self._view.leave_entry()
                self._view.say(phrases.HOW_SURE.text(self._language))
                self.query_one(KeyBar).show(study_keys.HOW_SURE, self._language)
            case Mark():
                await self._show_mark(reply)

    async def _show_mark(self, marked: Mark) -> None:
        self._hidden = None
        self.add_class("marked")
        evidence = evidence_lines(self._sitting.badge(), self._language)
        await self._view.show_mark(self._question(), marked, evidence, self._language)
        sitting = self._sitting
        intervals = sitting.intervals(self._now()) if isinstance(sitting, Sitting) else None
        self.query_one(RatingRow).show(intervals, marked.suggested, self._language)
        asked = phrases.RATE if intervals is not None else phrases.RATE_IN_CRAM
        self._view.say(asked.text(self._language))
        self.query_one(KeyBar).show(self._keys(study_keys.MARKED), self._language)

    # --- rating -------------------------------------------------------------------------------

    async def _rate(self, rating: Rating) -> None:
        sitting = self._sitting
        try:
            sitting.rate(rating, self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        said = (
            phrases.leech_line(sitting.leech, self._language)
            if isinstance(sitting, Sitting)
            else ""
        )
        await self._ask(sitting.start_next(self._now()), said)

    async def on_rating_row_chosen(self, event: RatingRow.Chosen) -> None:
        """Rate by the mouse."""
        if self._sitting.marked is not None and self._hidden is None:
            await self._rate(event.rating)

    # --- the other keys -----------------------------------------------------------------------

    def action_hint(self) -> None:
        """Show one more hint."""
        if self._sitting.question is None or self._sitting.marked is not None:
            return
        hint = self._sitting.hint()
        if hint is None:
            self._view.say(phrases.NO_HINT.text(self._language))
        else:
            self._view.add_hint(f"{phrases.HINT.text(self._language)}: {set_formulas(hint)}")

    def action_give_up(self) -> None:
        """Show the key without an answer."""
        if self._sitting.question is not None and self._sitting.marked is None:
            self._answer(None)

    def action_help(self) -> None:
        """Show what the keys do, over the question."""
        from studytool.tui.help_screen import HelpScreen  # late: rarely asked for

        self.app.push_screen(HelpScreen(self._language))

    async def action_undo(self) -> None:
        """Take back what was done last, and ask its question again."""
        if self._busy:
            return
        try:
            undone = self._sitting.undo(self._now())
        except StudytoolError as error:  # an item that is no more: taken back all the same
            await self._go_on(error.text(self._language))
            return
        if not undone:
            await self._go_on(phrases.NOTHING_TO_UNDO.text(self._language))
            return
        said = phrases.UNDONE if isinstance(self._sitting, Sitting) else phrases.UNDONE_IN_CRAM
        question = self._sitting.question or self._sitting.start_next(self._now())
        await self._ask(question, said.text(self._language, redo="Ctrl+Y"))

    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        sitting = self._sitting
        if self._busy or not isinstance(sitting, Sitting):
            return
        try:
            redone = sitting.redo(self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        said = phrases.REDONE if redone else phrases.NOTHING_TO_REDO
        await self._go_on(said.text(self._language))

    async def action_suspend(self) -> None:
        """Ask the item in view no more."""
        if isinstance(self._sitting, Sitting):
            await self._put_away(self._sitting.suspend, phrases.SUSPENDED)

    async def action_bury(self) -> None:
        """Ask the item in view not before the next study day."""
        if isinstance(self._sitting, Sitting):
            await self._put_away(self._sitting.bury, phrases.BURIED)

    async def _put_away(self, put_away: Callable[[datetime], None], said: Phrase) -> None:
        if self._busy or self._sitting.question is None:
            return
        try:
            put_away(self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        await self._go_on(said.text(self._language, undo="Ctrl+Z"))

    async def _go_on(self, message: str) -> None:
        """Say something; leave the question in view as it is, or ask the next where none is."""
        if self._sitting.question is None:
            await self._ask(self._sitting.start_next(self._now()), message)
        else:
            self._view.say(message)

    def action_flag(self) -> None:
        """Flag the item in view, or take its flag away."""
        sitting = self._sitting
        if self._busy or sitting.question is None or not isinstance(sitting, Sitting):
            return
        try:
            flagged = sitting.toggle_flag(self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        said = phrases.FLAGGED if flagged else phrases.UNFLAGGED
        self._view.say(said.text(self._language))
        self._show_bar()

    async def action_switch_language(self) -> None:
        """Change the language of what is in view; what was typed, picked and marked stays."""
        if self._busy:
            return
        try:
            self._desk.choose_language("en" if self._language == "ko" else "ko")
        except StudytoolError as error:
            self._fault(error)
            return
        mark_too_small(self, self.size, self._language)
        marked, typed, picked = self._sitting.marked, self._view.typed, self._picked
        await self._ask(self._sitting.retell())
        if marked is not None:
            self._answer(self._sitting.typed)
            return
        self._picked = picked
        self._view.restore(self._question(), typed=typed, picked=picked)

    def action_leave(self) -> None:
        """Go home; every rated answer is saved already."""
        self.workers.cancel_all()
        if self._sitting.progress(self._now()).answered:
            self._finish()
        else:
            self.dismiss()

    # --- showing ------------------------------------------------------------------------------

    def _show_bar(self) -> None:
        progress = self._sitting.progress(self._now())
        shown = phrases.PROGRESS if isinstance(self._sitting, Sitting) else phrases.CRAM_PROGRESS
        text = shown.text(
            self._language,
            answered=progress.answered,
            due=progress.due,
            learning=progress.learning,
            new=progress.new,
        )
        flag = f" · {FLAGGED.text(self._language)}" if self._sitting.is_flagged() else ""
        self.query_one("#bar", Static).update(Content(text + flag))

    def _keys(self, keys: Keys) -> Keys:
        return keys if isinstance(self._sitting, Sitting) else study_keys.of_cram(keys)

    def _fault(self, error: StudytoolError) -> None:
        """Show what went wrong and what to do; the question stays as it was."""
        self._busy = False
        self._view.say(error.text(self._language))

    def _finish(self, said: str = "") -> None:
        from studytool.tui.summary_screen import SummaryScreen  # late: shown last

        summary, desk, now = self._sitting.summary(self._now()), self._desk, self._now()
        again = partial(StudyScreen, desk, self._sitting, self._now, undoing=True)
        self.app.switch_screen(SummaryScreen(summary, desk, now, said=said, undo=again))
