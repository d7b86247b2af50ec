"""Study: the question, the answer, the mark with its evidence, the rating; then the next."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Click, Key, Resize
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
from studytool.tui import phrases
from studytool.tui.key_bar import KeyBar, Keys, with_jamo
from studytool.tui.mark_text import result_markdown
from studytool.tui.window_size import mark_too_small
from studytool.typeset.math_line import set_formulas

_ENTER = ("Enter", Phrase("확인", "answer"))
_HINT = ("F2", phrases.HINT)
_GIVE_UP = ("F3", Phrase("정답 보기", "show answer"))
_UNDO = ("Ctrl+Z", Phrase("되돌리기", "undo"))
_HOME = ("Esc", Phrase("처음으로", "home"))
_LANGUAGE = ("F9", Phrase("English", "한국어"))
ASKING: Keys = (_ENTER, _HINT, _GIVE_UP, _UNDO, _LANGUAGE, _HOME)
MARKED: Keys = (
    ("1–4", Phrase("평가", "rate")),
    ("Enter", Phrase("제안대로", "as suggested")),
    ("↑↓", Phrase("넘겨 보기", "scroll")),
    ("u", Phrase("되돌리기", "undo")),
    _LANGUAGE,
    _HOME,
)


class StudyScreen(Screen[None]):
    """One sitting on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("f2", "hint", show=False),
        Binding("f3", "give_up", show=False),
        Binding("ctrl+z", "undo", show=False, priority=True),
        Binding("f9", "switch_language", show=False),
        Binding(with_jamo("u"), "undo", show=False),
    ]

    def __init__(self, desk: Desk, sitting: Sitting, now: Callable[[], datetime]) -> None:
        super().__init__()
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
        with Horizontal(id="ratings"):
            for rating in Rating:
                yield Static("", id=f"rate-{rating}", classes="rating", markup=False)
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    async def on_mount(self) -> None:
        """Ask the first question."""
        await self._ask(self._sitting.start_next(self._now()))

    def on_resize(self, event: Resize) -> None:
        """Say so where the window is too small."""
        mark_too_small(self, event.size, self._desk.settings.language)

    # --- asking -------------------------------------------------------------------------------

    async def _ask(self, question: Variant | None, message: str = "") -> None:
        """Show a question afresh, or end the sitting where there is none."""
        if question is None:
            self._finish()
            return
        self._picked = set()
        self.remove_class("marked")
        self.query_one("#result", Markdown).display = False
        self.query_one("#evidence", Static).update(Content(""))
        self.query_one("#hints", Static).update(Content(""))
        await self.query_one("#prompt", Markdown).update(set_formulas(question.prompt))
        self._say(message or self._instruction(question))
        self._show_entry(question)
        self._show_bar()
        self.query_one(KeyBar).show(ASKING, self._desk.settings.language)
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

    def _instruction(self, question: Variant) -> str:
        language = self._desk.settings.language
        match question.key:
            case NumberKey():
                return phrases.TYPE_NUMBER.text(language)
            case BlankKey():
                return phrases.TYPE_WORDS.text(language)
            case OptionKey():
                several = phrases.CHOOSE_SEVERAL if self._wants_several() else phrases.CHOOSE
                return several.text(language)
            case PredictionKey():
                return phrases.PREDICT.text(language)
            case _:
                return phrases.RECALL.text(language)

    def _wants_several(self) -> bool:
        key = self._question().key
        return isinstance(key, OptionKey) and len(key.right) > 1

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
        self._show_ratings(marked.suggested)
        self._say(phrases.RATE.text(language))
        self.query_one(KeyBar).show(MARKED, language)
        self.query_one("#body").focus()
        self.call_after_refresh(result.scroll_visible, animate=False, top=True)

    # --- rating -------------------------------------------------------------------------------

    def _show_ratings(self, suggested: Rating) -> None:
        language = self._desk.settings.language
        intervals = self._sitting.intervals(self._now())
        for number, rating in enumerate(Rating, start=1):
            label = phrases.RATINGS[rating].text(language)
            when = phrases.write_interval(intervals[rating], language)
            shown = self.query_one(f"#rate-{rating}", Static)
            shown.update(Content(f"{number} {label} {when}"))
            shown.set_class(rating is suggested, "suggested")

    async def _rate(self, rating: Rating) -> None:
        try:
            self._sitting.rate(rating, self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        await self._ask(self._sitting.start_next(self._now()))

    async def on_click(self, event: Click) -> None:
        """Rate by the mouse."""
        name = (event.widget.id or "") if event.widget is not None else ""
        if self._sitting.marked is not None and name.startswith("rate-"):
            await self._rate(Rating(name.removeprefix("rate-")))

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
        """Take the last review back and ask it again."""
        if self._busy:
            return
        language = self._desk.settings.language
        try:
            question = self._sitting.undo(self._now())
        except StudytoolError as error:
            self._fault(error)
            return
        if question is None:
            self._say(phrases.NOTHING_TO_UNDO.text(language))
        else:
            await self._ask(question, phrases.UNDONE.text(language))

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
        progress = self._sitting.progress(self._now())
        text = phrases.PROGRESS.text(
            self._desk.settings.language,
            answered=progress.answered,
            due=progress.due,
            learning=progress.learning,
            new=progress.new,
        )
        self.query_one("#bar", Static).update(Content(text))

    def _say(self, message: str) -> None:
        self.query_one("#message", Static).update(Content(message))

    def _fault(self, error: StudytoolError) -> None:
        """Show what went wrong and what to do; the question stays as it was."""
        self._busy = False
        self._say(error.text(self._desk.settings.language))

    def _finish(self) -> None:
        from studytool.tui.summary_screen import SummaryScreen  # late: shown last

        screen = SummaryScreen(self._sitting.summary(self._now()), self._desk, self._now())
        self.app.switch_screen(screen)
