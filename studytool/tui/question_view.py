"""The question in view: prompt, options or entry, hints, then the mark with its evidence."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key, Paste
from textual.widgets import Input, OptionList, Static

from studytool.language import Language
from studytool.printable import printable
from studytool.quiz.answer import Number
from studytool.quiz.key import (
    AxisKey,
    BlankKey,
    NumberKey,
    OptionKey,
    OrderKey,
    PredictionKey,
    options_of,
)
from studytool.quiz.mark_value import Mark
from studytool.quiz.number_text import write_short
from studytool.quiz.read_answer import read_answer
from studytool.quiz.running import SimulationRun
from studytool.quiz.variant import Variant
from studytool.quiz.wanted import wanted
from studytool.tui.answer_input import AnswerInput
from studytool.tui.axis_view import AxisView
from studytool.tui.choice_list import MARKED_STYLES, ChoiceList, OptionLine
from studytool.tui.order_list import OrderList
from studytool.tui.question_body import ProofLine, QuestionBody
from studytool.tui.shown_text import shown
from studytool.tui.typeset_text import TypesetText
from studytool.tui.window_size import type_into
from studytool.typeset.math_line import set_formulas
from studytool.wording.instruction import wants_several
from studytool.wording.mark import has_options, option_lines, result_markdown, sign_of
from studytool.wording.running import RunView


class QuestionView(Vertical):
    """One question at a time; answers bubble up as the events of its widgets.

    Attributes:
        picked: the numbers of the options that are ticked, where several are wanted.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.picked: set[int] = set()
        self._is_asked = False  # and not marked

    def compose(self) -> ComposeResult:
        """Lay out the question, the line of messages and the entry."""
        with QuestionBody(id="body"):
            yield TypesetText(id="prompt")
            yield ChoiceList(id="options", markup=False)
            yield OrderList(id="things", markup=False)
            yield AxisView("", id="axis", markup=False)
            yield TypesetText(id="hints")
            yield TypesetText(id="result")
            yield Static("", id="evidence", markup=False)
        yield ProofLine("", id="proof", markup=False)
        yield Static("", id="message", markup=False)
        yield AnswerInput(id="entry", select_on_focus=False)

    async def ask(self, question: Variant) -> None:
        """Show a question afresh, and put the cursor where it is answered."""
        self.picked, self._is_asked = set(), True
        for name, text in (("#prompt", question.prompt), ("#hints", ""), ("#result", "")):
            self.query_one(name, TypesetText).update(text)
        self.show_evidence(())
        self._show_entry(question)
        self.fit()
        self._body.scroll_home(animate=False)

    @property
    def _body(self) -> QuestionBody:
        return self.query_one(QuestionBody)

    def fit(self) -> None:
        """Put what is asked near the middle, and the entry right under it; a mark has all the room.

        In a short window what is asked takes all room, too: nothing moves.
        """
        is_middle = self._is_asked and not self.screen.has_class("short")
        self.set_class(is_middle, "asked")
        message, has_entry = self.query_one("#message", Static), self.query_one(Input).display
        self._body.leave_room(self.size.height if is_middle else None, message, entry=has_entry)
        self.call_after_refresh(self._show_proof)

    def on_resize(self) -> None:
        """Lay out anew what depends on the window's size."""
        self.fit()

    def on_question_body_moved(self) -> None:
        """Show the proof's line where the proof is not in view."""
        self._show_proof()

    def _show_proof(self) -> None:
        proof, evidence = self.query(ProofLine), self.query("#evidence")
        if proof and evidence:  # else the program ended before this was drawn
            proof.first().show_while_below(
                self._body, evidence.first(), is_marked=not self._is_asked
            )

    def _list_options(self, question: Variant) -> None:
        """List the options, with boxes where several may be picked."""
        if not isinstance(question.key, OptionKey | PredictionKey):
            return
        listed = self.query_one(ChoiceList)
        at = listed.highlighted or 0
        listed.can_focus, listed.several = True, wants_several(question)
        rows: list[list[OptionLine]] = []
        for number, option in enumerate(question.key.options, start=1):
            box = ("[x] " if number in self.picked else "[ ] ") if listed.several else ""
            rows.append([OptionLine(f"{number}. {box}{set_formulas(option.text)}")])
        listed.list_lines(rows)
        listed.highlighted = min(at, len(question.key.options) - 1)

    def _list_marked(self, marked: Mark, language: Language) -> None:
        """Show of each option whether it is right, and the reasons of those that matter."""
        listed = self.query_one(ChoiceList)
        rows: list[list[OptionLine]] = []
        for part in marked.parts:
            said, *reasons = option_lines(part, language)
            rows.append([OptionLine(said, MARKED_STYLES[sign_of(part)]), *map(OptionLine, reasons)])
        listed.list_lines(rows)
        listed.highlighted = None
        listed.can_focus = False

    def add_hint(self, line: str) -> None:
        """Show one more hint below those before."""
        hints = self.query_one("#hints", TypesetText)
        hints.update(f"{hints.markdown}  \n{line}" if hints.markdown else line)
        hints.scroll_visible(animate=False)

    @property
    def typed(self) -> str:
        """Return what stands in the entry, or the order of the things."""
        things = self.query_one(OrderList)
        return things.typed if things.display else self.query_one(Input).value

    def tick(self, question: Variant, number: int) -> None:
        """Tick an option, or take its tick away."""
        self.picked ^= {number}
        self._list_options(question)

    def chosen(self, question: Variant, number: int) -> str:
        """Return the answer that Enter gives on an option: the order, those ticked, or itself."""
        if isinstance(question.key, OrderKey):
            return self.typed
        if wants_several(question):
            return ",".join(map(str, sorted(self.picked or {number})))
        return str(number)

    def press_digit(self, question: Variant, number: int) -> str | None:
        """Place a thing, tick an option, or choose it: then return the answer."""
        if number > len(options_of(question.key)):
            return None
        if isinstance(question.key, OrderKey):
            self.query_one(OrderList).place_next(number)
            return None
        self.query_one(OptionList).highlighted = number - 1
        if not wants_several(question):
            return str(number)
        self.tick(question, number)
        return None

    def restore(self, question: Variant, *, typed: str, picked: set[int]) -> None:
        """Put back what was typed, picked or ordered before the question was shown afresh."""
        if isinstance(question.key, OrderKey):
            self.query_one(OrderList).restore(typed)
            return
        entry = self.query_one(Input)
        entry.value = typed
        entry.cursor_position = len(typed)
        self.picked = picked
        self._list_options(question)

    def type_early(self, event: Key | Paste) -> bool:
        """Write in the entry, where there is one, what was typed before it was in view.

        Returns:
            Whether there is one and it takes the key.
        """
        entry = self.query_one(AnswerInput)
        if not (entry.display and entry.can_focus):
            return False
        type_into(entry, event)
        return isinstance(event, Paste) or entry.check_consume_key(event.key, event.character)

    def draw_axis(self, question: Variant, typed: str = "") -> None:
        """Draw the axis of an estimate, with what is typed on it as far as that can be read."""
        axis = self.query_one(AxisView)
        axis.ask(question, typed)
        if typed:  # in a low window the question has all the room at first
            axis.scroll_visible(animate=False)

    def on_answer_input_stepped(self, event: AnswerInput.Stepped) -> None:
        """Move the estimate along its axis by a step."""
        event.stop()
        self.query_one(AxisView).step(event.by)

    def on_axis_view_placed(self, event: AxisView.Placed) -> None:
        """Write the estimate where it would be typed; that draws it on the axis, too."""
        event.stop()
        entry = self.query_one(Input)
        entry.value = write_short(event.value)
        entry.cursor_position = len(entry.value)

    def estimate(self, question: Variant) -> float | None:
        """Return the estimate that is typed; None where it cannot be read, or is none."""
        read = read_answer(question, self.typed) if isinstance(question.key, AxisKey) else None
        return read.value if isinstance(read, Number) else None

    def draw_run(self, run: SimulationRun | None, steps: int, view: RunView) -> None:
        """Draw a simulation after its first ``steps`` steps, in sight."""
        picture = self.query_one(AxisView)
        picture.show_run(run, steps, view)
        if not view.is_marked:
            picture.scroll_visible(animate=False)

    def leave_entry(self) -> None:
        """Take the cursor out of the entry, which goes on showing the answer.

        Nor does it come back by itself, as after a window that was too small.
        """
        for widget in (
            self.query_one(Input),
            self.query_one(OptionList),
            self.query_one(OrderList),
        ):
            widget.can_focus = False
        self.screen.set_focus(None)

    async def show_mark(
        self, question: Variant, marked: Mark, evidence: Sequence[str], language: Language
    ) -> None:
        """Show the mark below the question."""
        self._is_asked = False
        self.query_one(Input).display = False
        self.query_one(OrderList).display = False
        if has_options(question):
            self._list_marked(marked, language)
        result = self.query_one("#result", TypesetText)
        result.update(result_markdown(question, marked, language))
        result.set_classes(str(marked.outcome))
        self.show_evidence(evidence)
        self.leave_entry()
        self.fit()
        self._body.await_mark()

    def show_evidence(self, lines: Sequence[str]) -> None:
        """Show the evidence below the mark; its first line says who has proven the key, and how."""
        evidence = self.query_one("#evidence", Static)
        evidence.update(shown("\n".join(lines)))
        evidence.display = bool(lines)
        self.query_one("#proof", Static).update(shown(next(iter(lines), "")))

    def show_trial(self, evidence: Sequence[str], picture: Sequence[str]) -> None:
        """Show what a trial draws, in sight, below the evidence."""
        self.show_evidence([*evidence, *picture])
        if picture:
            self.call_after_refresh(self._body.scroll_end, animate=False)

    def scroll(self, key: str) -> None:
        """Move by an arrow or a page."""
        self._body.page(key)

    def say(self, message: str) -> None:
        """Show a line of instruction, result or fault."""
        self.query_one("#message", Static).update(shown(message))
        self.fit()

    def _show_entry(self, question: Variant) -> None:
        entry, options = self.query_one(AnswerInput), self.query_one(OptionList)
        typed = isinstance(question.key, NumberKey | BlankKey | AxisKey)
        chosen = isinstance(question.key, OptionKey | PredictionKey)
        entry.display, options.display = typed, chosen
        entry.value, entry.steps = "", isinstance(question.key, AxisKey)
        asked = wanted(question.key) if isinstance(question.key, NumberKey) else None
        entry.placeholder = "" if asked is None else printable(asked.text(question.language))
        self.draw_axis(question)
        things = self.query_one(OrderList)
        things.display = isinstance(question.key, OrderKey)
        entry.can_focus, things.can_focus = typed, things.display
        if chosen:
            self._list_options(question)
            options.focus(scroll_visible=False)  # the question is read first
        elif isinstance(question.key, OrderKey):
            things.list_things([set_formulas(one.text) for one in question.key.things])
            things.focus(scroll_visible=False)
        elif typed:
            entry.focus()
        else:
            self.leave_entry()
