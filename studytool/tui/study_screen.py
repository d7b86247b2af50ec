"""The study screen: the question, the answer, the mark with its evidence, the rating."""

from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import Input, OptionList, Static

from studytool.errors import StudytoolError, UnsettledError
from studytool.quiz.answer import Ambiguous, Unreadable
from studytool.quiz.key import RecallKey, options_of
from studytool.quiz.mark_value import Mark
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.study_session import CONFIDENCES, StudySession
from studytool.srs.rating import Rating
from studytool.tui.bindings import bindings_of
from studytool.tui.choice_list import ChoiceList, digit_of, is_letter
from studytool.tui.deafness import Deafness
from studytool.tui.question_view import QuestionView
from studytool.tui.rating_row import RatingRow
from studytool.tui.running_screen import RunningScreen
from studytool.wording import study as phrases
from studytool.wording.instruction import instruction
from studytool.wording.key_lookup import key_for
from studytool.wording.keys import KeyPlace
from studytool.wording.mark import has_options, rate_line


class StudyScreen(RunningScreen):
    """A sitting or a cram.

    Args:
        desk: the learner's state.
        session: what is asked; it may have been begun on a screen before.
        undoing: begin by taking back what was done last, not with the next question.
    """

    AUTO_FOCUS = ""  # the cursor stands where the question is answered, or nowhere
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(
        KeyPlace.ASKING, KeyPlace.HOW_SURE, KeyPlace.MARKED
    )

    def __init__(self, desk: Desk, session: StudySession, *, undoing: bool = False) -> None:
        super().__init__(desk, session)
        self._undoing = undoing
        self._hidden: Mark | None = None  # until the learner has said how sure they are
        self._asked_about: str | None = None  # what was typed, and has two readings
        self._deafness = Deafness(self, self._show_marked_keys)

    def compose(self) -> ComposeResult:
        """Lay out bar, question, ratings, keys."""
        yield Static("", id="bar", markup=False)
        yield QuestionView(id="question")
        yield RatingRow(id="ratings")
        yield from self.compose_below()

    async def on_mount(self) -> None:
        """Ask the first question, or undo the last act and ask its question again."""
        if self._undoing:
            await self.action_undo()
        else:
            await self._ask_next()

    # --- asking -------------------------------------------------------------------------------

    async def ask(self, question: Question | None, message: str = "") -> None:
        """Show a question afresh, or end the session where there is none."""
        self.go_out_of_view()
        self._drop_trial()
        self._deafness.end()
        self._forget_run()
        if question is None:
            self._finish(message)
            return
        self._hidden = self._asked_about = None
        self.remove_class("marked")
        await self._view.ask(question.variant)
        for hint in question.hints:
            self._add_hint(hint)
        self._view.say(message or instruction(question.variant).text(self.language))
        self._show_bar()
        self._show_asking_keys()
        self.come_into_view()
        self._introduce()

    # --- answering ----------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Mark what was typed; once more Enter takes the likelier of two readings asked about."""
        if self._session.mark is not None:
            return
        self._answer("" if event.value == self._asked_about else event.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show on its axis the estimate that is being typed."""
        if self._session.question is not None and self._session.mark is None and not self._busy:
            self._view.draw_axis(self._question().variant, event.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Mark the option under the bar, or those picked where several are wanted."""
        if self._session.mark is not None or self._session.question is None:
            return
        question = self._question().variant
        self._answer(self._view.chosen(question, event.option_index + 1))

    async def on_key(self, event: Key) -> None:
        """Digits choose an option, a confidence or a rating; Enter shows a card or goes on."""
        if self.took_early(event):
            return
        if self._busy and event.key in {"enter", "space"}:
            self._skip_run()
        self._deafness.prolong()
        if self._busy or self._session.question is None:
            return
        if self._hidden is not None:
            await self._key_when_hidden(event, self._hidden)
        elif self._session.mark is not None:
            await self._key_when_marked(event, self._session.mark)
        else:
            self._key_when_asked(event)

    def _key_when_asked(self, event: Key) -> None:
        question = self._question().variant
        digit = digit_of(event)
        if digit is not None and options_of(question.key):
            event.stop()
            answer = self._view.press_digit(question, digit)
            if answer is not None:
                self._answer(answer)
        elif event.key in ("enter", "space") and isinstance(question.key, RecallKey):
            event.stop()
            self.action_give_up()
        elif event.key in {"pagedown", "pageup"}:
            self._view.scroll(event.key)
        elif is_letter(event):
            event.stop()  # who types a card's answer does not put it away

    async def _key_when_hidden(self, event: Key, marked: Mark) -> None:
        stated = dict(zip("1234", CONFIDENCES, strict=True)).get(event.character or "")
        if (stated is not None or event.key == "enter") and not self._deafness:
            event.stop()
            self._session.state_confidence(stated)
            await self._show_simulated(marked)

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

    def on_choice_list_ticked(self, event: ChoiceList.Ticked) -> None:
        """Tick an option, or take its tick away."""
        if self._session.mark is None and not self._busy:
            self._view.tick(self._question().variant, event.number)

    def _answer(self, text: str | None) -> None:
        """Mark in a thread: a prediction simulates, and the screen must stay alive."""
        if self._busy:
            self._skip_run()
            return
        self._busy = True
        if text is None or self._question().would_mark(text):
            self._prepare_run()
        if self._run is not None and not self._desk.settings.ask_confidence:
            self._show_run()
        self._mark_in_thread(text)

    @work(thread=True, exclusive=True)
    def _mark_in_thread(self, text: str | None) -> None:
        run = self._run
        try:
            reply = self._session.reveal(run) if text is None else self._session.submit(text, run)
        except UnsettledError as error:
            unsettled = error
            self.app.call_from_thread(lambda: self.call_later(self._ask_otherwise, unsettled))
            return
        except StudytoolError as error:
            self.app.call_from_thread(self._tell_fault, error)
            return
        self.app.call_from_thread(lambda: self.call_later(self._show_reply, reply))

    async def _ask_otherwise(self, error: UnsettledError) -> None:
        """Ask at other numbers, or the next question, where the simulation settled nothing."""
        self._busy = False
        question = self._session.ask_otherwise(error, self._now())
        passed_over = bool(self._session.passed_over)  # says the same
        await self._ask_after(question, "" if passed_over else error.text(self.language))

    async def _show_reply(self, reply: Mark | Ambiguous | Unreadable) -> None:
        self._busy = False
        match reply:
            case Ambiguous(question=question):
                self._asked_about = self._view.typed
                self._view.say(question)
            case Unreadable(why=why):
                self._asked_about = None
                self._view.say(why)
            case Mark() if self._session.asks_confidence():
                self._hidden = reply
                self._view.leave_entry()
                self._say(phrases.HOW_SURE)
                self._deafness.begin()
                self._show_marked_keys()
            case Mark():
                await self._show_simulated(reply)

    async def _show_simulated(self, marked: Mark) -> None:
        """Show the mark once its simulation was seen, if it has one."""
        self._busy, self._hidden = True, None
        self._show_run()
        await self._after_run(partial(self._show_mark, marked))

    async def _show_mark(self, marked: Mark) -> None:
        self._busy = False
        self.add_class("marked")
        question = self._question().variant
        self._draw_mark()
        await self._view.show_mark(question, marked, self._evidence(), self.language)
        intervals = self._session.intervals(self._now())
        self.query_one(RatingRow).show(
            self._session.ratings(), intervals, marked.suggested, self.language
        )
        drawn = self._run is not None and self.has_class("short")  # what follows is out of view
        told = has_options(question) or drawn
        writes, several = self._session.writes, len(self._session.ratings()) > 1
        self._view.say(
            rate_line(marked.outcome, self.language, writes=writes, several=several, told=told)
        )
        self._deafness.begin()
        self._show_marked_keys()

    def _show_marked_keys(self) -> None:
        """Show the keys of the answered question; those that are not heard yet are left out."""
        place = KeyPlace.MARKED if self._hidden is None else KeyPlace.HOW_SURE
        idle = () if self._session.badge().can_be_tried else ("try_key",)
        self._show_keys(place, idle=idle, deaf=("Enter", "1 2 3 4") if self._deafness else ())

    # --- rating -------------------------------------------------------------------------------

    async def _rate(self, rating: Rating) -> None:
        offered = rating in self._session.ratings() and not self._deafness
        if offered and self._done(partial(self._session.rate, rating)):
            leech, undo = self._session.leech, key_for("undo")
            await self._ask_next(phrases.leech_line(leech, self.language, undo=undo))

    async def on_rating_row_chosen(self, event: RatingRow.Chosen) -> None:
        """Rate by the mouse."""
        if self._session.mark is not None and self._hidden is None:
            await self._rate(event.rating)

    # --- the other keys -----------------------------------------------------------------------

    def action_give_up(self) -> None:
        """Show the key without an answer."""
        if self._session.question is not None and self._session.mark is None:
            self._answer(None)

    async def action_switch_language(self) -> None:
        """Change the language, unless an answer is being marked in it."""
        if not self._busy:
            await super().action_switch_language()

    async def show_again(self) -> None:
        """Show the question in the other language; what was typed, picked and marked stays."""
        marked, typed, picked = self._session.mark, self._view.typed, self._view.picked
        with self._trial_kept():
            await self.ask(self._session.retell())
        question = self._question()
        self._view.restore(question.variant, typed=typed, picked=picked)
        if marked is not None:
            self._answer(question.typed or None)

    def action_leave(self) -> None:
        """Stop a trial that is under way; else go home: every rated answer is saved already."""
        if self.stop_work():
            return
        self.workers.cancel_all()
        if self._session.progress(self._now()).answered:
            self._finish()
        else:
            self.dismiss()

    def _finish(self, said: str = "") -> None:
        from studytool.tui.summary_screen import SummaryScreen  # late: shown last

        now, desk = self._now(), self._desk
        again = partial(StudyScreen, desk, self._session, undoing=True)
        summary = self._session.summary(now)
        self.app.switch_screen(SummaryScreen(summary, desk, said=said, undo=again))
