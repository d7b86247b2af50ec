"""Study: the question, the answer, the mark with its evidence, the rating; then the next."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import Screen
from textual.widgets import Input, Markdown, OptionList, Static
from textual.widgets.option_list import Option

from studytool.errors import StudytoolError
from studytool.language import Phrase
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
from studytool.session.desk import Desk
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.tui import phrases, study_keys
from studytool.tui.instruction import instruction, wants_several
from studytool.tui.key_bar import KeyBar
from studytool.tui.mark_text import result_markdown
from studytool.tui.rating_row import RatingRow
from studytool.tui.window_size import mark_too_small
from studytool.typeset.math_line import set_formulas


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
        sitting: Sitting,
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

    def compose(self) -> ComposeResult:
        """Lay out bar, question, entry, ratings, keys."""
        yield Static("", id="bar", markup=False)
        with VerticalScroll(id="body"):
            yield Markdown(id="prompt", open_links=False)
            yield OptionList(id="options", markup=False)
            yield Static("", id="hints", markup=False)
            yield Markdown(id="result", open_links=False)
            yield Static("", id="evidence", markup=False)
        yield Static("", id="message", markup=False)
        yield Input(id="entry")
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
        mark_too_small(self, event.size, self._desk.settings.language)

    # --- asking -------------------------------------------------------------------------------

    async def _ask(self, question: Variant | None, message: str = "") -> None:
        """Show a question afresh, or end the sitting where there is none."""
        if question is None:
            self._finish(message)
            return
        self._picked = set()
        self.remove_class("marked")
        self.query_one("#result", Markdown).display = False
        self.query_one("#evidence", Static).update(Content(""))
        self.query_one("#hints", Static).update(Content(""))
        await self.query_one("#prompt", Markdown).update(set_formulas(question.prompt))
        self._say(message or instruction(question).text(self._desk.settings.language))
        self._show_entry(question)
        self._show_bar()
        self.query_one(KeyBar).show(study_keys.ASKING, self._desk.settings.language)
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)

    def _show_entry(self, question: Variant) -> None:
        entry, options = self.query_one(Input), self.query_one(OptionList)
        typed = isinstance(question.key, NumberKey | BlankKey)
        chosen = isinstance(question.key, OptionKey | PredictionKey)
        entry.display, options.display = typed, chosen
        entry.value = ""
        if chosen:
            self._list_options()
            options.focus()
        elif typed:
            entry.focus()
        else:
            self.query_one("#body").focus()

    def _list_options(self) -> None:
        key = self._question().key
        if not isinstance(key, OptionKey | PredictionKey):
            return
        listed = self.query_one(OptionList)
        at = listed.highlighted or 0
        listed.clear_options()
        several = self._wants_several()
        for number, option in enumerate(key.options, start=1):
            box = ("[x] " if number in self._picked else "[ ] ") if several else ""
            listed.add_option(Option(Content(f"{number}. {box}{set_formulas(option.text)}")))
        listed.highlighted = min(at, len(key.options) - 1)

    def _wants_several(self) -> bool:
        return wants_several(self._question())

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
        if self._wants_several():
            self._answer(",".join(map(str, sorted(self._picked or {number}))))
        else:
            self._answer(str(number))

    async def on_key(self, event: Key) -> None:
        """Digits choose an option or a rating; Enter shows a card or takes the suggestion."""
        if self._busy or self._sitting.question is None:
            return
        if self._sitting.marked is not None:
            await self._key_when_marked(event)
        elif event.key in ("enter", "space") and not self._has_entry():
            event.stop()
            self.action_give_up()
        elif event.character and event.character in "123456789" and self._has_options():
            event.stop()
            self._digit(int(event.character))

    async def _key_when_marked(self, event: Key) -> None:
        rating = dict(zip("1234", Rating, strict=True)).get(event.character or "")
        marked = self._sitting.marked
        if event.key == "enter" and marked is not None:
            rating = marked.suggested
        if rating is not None:
            event.stop()
            await self._rate(rating)
        elif event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            body = self.query_one("#body", VerticalScroll)
            step = 3 if event.key in ("down", "up") else max(3, body.size.height - 2)
            body.scroll_relative(y=step if "down" in event.key else -step, animate=False)

    def _digit(self, number: int) -> None:
        key = self._question().key
        if not isinstance(key, OptionKey | PredictionKey) or number > len(key.options):
            return
        self.query_one(OptionList).highlighted = number - 1
        if self._wants_several():
            self._picked ^= {number}
            self._list_options()
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
            self._say(phrases.SIMULATING.text(self._desk.settings.language))
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
                self._say(question)
            case Unreadable(why=why):
                self._say(why)
            case Mark():
                await self._show_mark(reply)

    async def _show_mark(self, marked: Mark) -> None:
        language = self._desk.settings.language
        question = self._question()
        self.add_class("marked")
        self.query_one(Input).display = False
        result = self.query_one("#result", Markdown)
        await result.update(result_markdown(question, marked, language))
        result.set_classes(str(marked.outcome))
        result.display = True
        evidence = phrases.evidence_lines(self._sitting.badge(), language)
        self.query_one("#evidence", Static).update(Content("\n".join(evidence)))
        intervals = self._sitting.intervals(self._now())
        self.query_one(RatingRow).show(intervals, marked.suggested, language)
        self._say(phrases.RATE.text(language))
        self.query_one(KeyBar).show(study_keys.MARKED, language)
        self.query_one("#body").focus()
        self.call_after_refresh(result.scroll_visible, animate=False, top=True)

    # --- rating -------------------------------------------------------------------------------

    async def _rate(self, rating: Rating) -> None:
        try:
            self._sitting.rate(rating, self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        await self._ask(self._sitting.start_next(self._now()))

    async def on_rating_row_chosen(self, event: RatingRow.Chosen) -> None:
        """Rate by the mouse."""
        if self._sitting.marked is not None:
            await self._rate(event.rating)

    # --- the other keys -----------------------------------------------------------------------

    def action_hint(self) -> None:
        """Show one more hint."""
        if self._sitting.question is None or self._sitting.marked is not None:
            return
        language = self._desk.settings.language
        hint = self._sitting.hint()
        if hint is None:
            self._say(phrases.NO_HINT.text(language))
            return
        shown = self.query_one("#hints", Static)
        before = f"{shown.content}\n" if str(shown.content) else ""
        line = f"{phrases.HINT.text(language)}: {set_formulas(hint)}"
        shown.update(Content(f"{before}{line}"))
        shown.scroll_visible(animate=False)

    def action_give_up(self) -> None:
        """Show the key without an answer."""
        if self._sitting.question is not None and self._sitting.marked is None:
            self._answer(None)

    async def action_undo(self) -> None:
        """Take back what was done last, and ask its question again."""
        if self._busy:
            return
        language = self._desk.settings.language
        try:
            question = self._sitting.undo(self._now())
        except StudytoolError as error:  # an item that is no more: taken back all the same
            await self._go_on(error.text(language))
            return
        if question is None:
            await self._go_on(phrases.NOTHING_TO_UNDO.text(language))
        else:
            await self._ask(question, phrases.UNDONE.text(language, redo="Ctrl+Y"))

    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        if self._busy:
            return
        try:
            redone = self._sitting.redo(self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        said = phrases.REDONE if redone else phrases.NOTHING_TO_REDO
        await self._go_on(said.text(self._desk.settings.language))

    async def action_suspend(self) -> None:
        """Ask the item in view no more."""
        await self._put_away(self._sitting.suspend, phrases.SUSPENDED)

    async def action_bury(self) -> None:
        """Ask the item in view not before the next study day."""
        await self._put_away(self._sitting.bury, phrases.BURIED)

    async def _put_away(self, put_away: Callable[[datetime], None], said: Phrase) -> None:
        if self._busy or self._sitting.question is None:
            return
        try:
            put_away(self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        await self._go_on(said.text(self._desk.settings.language, undo="Ctrl+Z"))

    async def _go_on(self, message: str) -> None:
        """Say something; leave the question in view as it is, or ask the next where none is."""
        if self._sitting.question is None:
            await self._ask(self._sitting.start_next(self._now()), message)
        else:
            self._say(message)

    def action_flag(self) -> None:
        """Flag the item in view, or take its flag away."""
        if self._busy or self._sitting.question is None:
            return
        try:
            flagged = self._sitting.toggle_flag(self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        said = phrases.FLAGGED if flagged else phrases.UNFLAGGED
        self._say(said.text(self._desk.settings.language))
        self._show_bar()

    async def action_switch_language(self) -> None:
        """Change the language; a question that waits is asked again in it."""
        if self._busy:
            return
        self._desk.choose_language("en" if self._desk.settings.language == "ko" else "ko")
        mark_too_small(self, self.size, self._desk.settings.language)
        await self._ask(self._sitting.retell())

    def action_leave(self) -> None:
        """Go home; every rated answer is saved already."""
        self.workers.cancel_all()
        if self._sitting.progress(self._now()).answered:
            self._finish()
        else:
            self.dismiss()

    # --- showing ------------------------------------------------------------------------------

    def _show_bar(self) -> None:
        language = self._desk.settings.language
        progress = self._sitting.progress(self._now())
        text = phrases.PROGRESS.text(
            language,
            answered=progress.answered,
            due=progress.due,
            learning=progress.learning,
            new=progress.new,
        )
        flag = f" · {phrases.IS_FLAGGED.text(language)}" if self._sitting.is_flagged() else ""
        self.query_one("#bar", Static).update(Content(text + flag))

    def _say(self, message: str) -> None:
        self.query_one("#message", Static).update(Content(message))

    def _fault(self, error: StudytoolError) -> None:
        """Show what went wrong and what to do; the question stays as it was."""
        self._busy = False
        self._say(error.text(self._desk.settings.language))

    def _finish(self, said: str = "") -> None:
        from studytool.tui.summary_screen import SummaryScreen  # late: shown last

        summary, desk, now = self._sitting.summary(self._now()), self._desk, self._now()
        again = partial(StudyScreen, desk, self._sitting, self._now, undoing=True)
        self.app.switch_screen(SummaryScreen(summary, desk, now, said=said, undo=again))
