"""The acts of a study session on the screen: undo, redo, suspend, bury, flag; its bar and keys."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime

from textual.events import Key, Paste
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.session.desk import Desk
from studytool.session.lesson import (
    ConceptLesson,
    has_lesson,
    open_lesson,
    opening_lesson,
    told_in,
)
from studytool.session.question import Question
from studytool.session.study_session import StudySession
from studytool.session.why_asked import asking_reason
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.early_keys import UnseenScreen, is_leaving
from studytool.tui.key_bar import KeyBar
from studytool.tui.question_view import QuestionView
from studytool.tui.rating_row import RatingRow
from studytool.tui.shown_text import shown
from studytool.wording import study as phrases
from studytool.wording.evidence import evidence_lines
from studytool.wording.key_lookup import WRITING_ACTIONS, key_for
from studytool.wording.keys import KeyPlace
from studytool.wording.why_asked import why_asked_line
from studytool.wording.words import FLAGGED

_WIDEST = 96
"""Cells of the question: 90 of text, and what is beside it."""


class SessionScreen(DeskScreen, UnseenScreen):
    """A screen over a sitting or a cram; its subclass asks and marks the questions.

    Args:
        desk: the learner's state.
        session: what is asked; it may have been begun on a screen before.
    """

    def __init__(self, desk: Desk, session: StudySession) -> None:
        super().__init__(desk)
        self._session = session
        self._busy = False  # while an answer is marked
        self._acted = False  # whether anything was rated or put away here
        self._undone = 0  # acts taken back here, and nothing done since

    async def ask(self, question: Question | None, message: str = "") -> None:
        """Show a question afresh, or end the session where there is none."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse actions that write to the log in a session that writes nothing."""
        works = self._session.writes or action not in WRITING_ACTIONS
        return works and super().check_action(action, parameters)

    @property
    def shows_mark(self) -> bool:
        """Return whether the mark is in view, and no answer is being typed."""
        return self.has_class("marked")

    def take_early(self, event: Key | Paste) -> bool:
        """Write in the entry what was typed before its question was in view; nothing answers it.

        A key that would have done something else is said to have done nothing.
        """
        if is_leaving(event):
            return False
        takes_it = self._view.type_early(event)
        if not takes_it and isinstance(event, Key) and event.key in self._bindings.key_to_bindings:
            self._say(phrases.TOO_EARLY)
        return True

    def tell(self, message: str) -> None:
        """Show a message below the question."""
        self._view.say(message)

    def terms(self) -> Mapping[str, str]:
        """Return the terms of the glossary that stand in the question in view."""
        return self._session.terms()

    def _say(self, phrase: Phrase, **fields: object) -> None:
        self._view.say(phrase.text(self.language, **fields))

    def _now(self) -> datetime:
        return self._desk.clock.now()

    @property
    def _view(self) -> QuestionView:
        return self.query_one(QuestionView)

    # --- acts --------------------------------------------------------------------------------

    async def _ask_next(self, message: str = "") -> None:
        """Ask the next question, and say what had to be passed over before it."""
        await self._ask_after(self._session.start_next(self._now()), message)

    async def _ask_after(self, question: Question | None, message: str) -> None:
        """Ask a question, and say what had to be passed over before it."""
        passed, flagged = self._session.passed_over, self._session.writes
        said = phrases.passed_over_lines(passed, self.language, flagged=flagged)
        await self.ask(question, "\n".join([message, *said] if message else said))

    def _question(self) -> Question:
        if self._session.question is None:
            raise ValueError("no question is in view")
        return self._session.question

    async def action_undo(self) -> None:
        """Take back what was done last, and ask its question again."""
        if self._busy:
            return
        try:
            undone = self._session.undo(self._now())
        except StudytoolError as error:  # an item that is no more: taken back all the same
            await self._go_on(error.text(self.language))
            return
        if not undone:
            await self._go_on(phrases.NOTHING_TO_UNDO.text(self.language))
            return
        self._undone += 1
        said = phrases.UNDONE if self._session.writes else phrases.UNDONE_IN_CRAM
        message = said.text(self.language, redo=key_for("redo"))
        if self._session.question is None:
            await self._ask_next(message)
        else:
            await self.ask(self._session.question, message)

    async def action_redo(self) -> None:
        """Do again what was taken back last."""
        if self._busy:
            return
        try:
            redone = self._session.redo(self._now())
        except StudytoolError as error:
            self._tell_fault(error)
            return
        self._undone = max(0, self._undone - 1) if redone else 0
        said = phrases.REDONE if redone else phrases.NOTHING_TO_REDO
        await self._go_on(said.text(self.language))

    async def action_suspend(self) -> None:
        """Ask the item in view no more."""
        await self._put_away(self._session.suspend, phrases.SUSPENDED)

    async def action_bury(self) -> None:
        """Ask the item in view not before the next study day."""
        await self._put_away(self._session.bury, phrases.BURIED)

    async def _put_away(self, put_away: Callable[[datetime], object], said: Phrase) -> None:
        if not self._busy and self._session.question is not None and self._done(put_away):
            await self._go_on(said.text(self.language, undo=key_for("undo")))

    async def _go_on(self, message: str) -> None:
        """Say something; leave the question in view as it is, or ask the next where none is."""
        if self._session.question is None:
            await self._ask_next(message)
        else:
            self._view.say(message)

    def action_flag(self) -> None:
        """Flag the item in view, or take its flag away."""
        if self._busy or self._session.question is None:
            return
        if self._done(self._session.toggle_flag):
            self._say(phrases.FLAGGED if self._session.is_flagged() else phrases.UNFLAGGED)
            self._show_bar()

    def action_hint(self) -> None:
        """Show one more hint."""
        if self._session.question is None or self._session.mark is not None:
            return
        hint = self._session.hint()
        if hint is None:
            self._say(phrases.no_hint(self._question().variant.hints))
        else:
            self._add_hint(hint)
            self._show_asking_keys()

    def _add_hint(self, hint: str) -> None:
        self._view.add_hint(f"{phrases.HINT.text(self.language)}: {hint}")

    def _show_asking_keys(self) -> None:
        """Show the keys of a question; the one for hints while there are more."""
        question = self._question()
        has_more = len(question.hints) < len(question.variant.hints)
        self._show_keys(KeyPlace.ASKING, idle=() if has_more else ("hint",))

    def action_lesson(self) -> None:
        """Show what there is to read about the question, over it: all that was typed stays."""
        if self._busy or self._session.question is None:
            return
        lesson = open_lesson(self._session, self._desk.library, shows_mark=self.shows_mark)
        if lesson:
            self._read(lesson)
        else:
            self._say(phrases.NOTHING_TO_READ)

    def action_edit(self) -> None:
        """Open the marked question's item in the learner's editor, at its line."""
        if not self.shows_mark or self._busy:
            return
        from studytool.session.item_source import item_source  # late: hardly ever asked for
        from studytool.tui.editor import open_editor

        folder, place = item_source(self._desk.library, self._question().id)
        failed = open_editor(self.app, folder / place.file, place.line, place.column)
        if failed is not None:
            self._say(failed.phrase, **failed.fields)

    def _evidence(self) -> list[str]:
        """Return the evidence of the marked question, and why it is asked now."""
        lines = evidence_lines(self._session.badge(), self.language)
        if not self._session.writes:
            return lines
        reason = asking_reason(self._desk, self._question(), self._now())
        return [*lines, why_asked_line(reason, self.language)]

    def _introduce(self) -> None:
        """Show a concept's lesson before its first question."""
        if lesson := opening_lesson(self._session, self._desk):
            self._read(lesson)

    def _read(self, lesson: ConceptLesson) -> None:
        """Show a lesson over the question, which changes its language with it."""
        from studytool.tui.lesson_screen import LessonScreen  # late: not every sitting reads

        spoken, question, library = self.language, self._question(), self._desk.library

        def told_anew(language: Language) -> ConceptLesson:
            return told_in(lesson, language, question, library)

        async def go_on(_: None) -> None:
            if lesson.is_opening:
                self._session.restart_clock(self._now())
            if self.language != spoken:
                await self.show_again()

        self.app.push_screen(LessonScreen(lesson, self._desk, told_anew), go_on)

    # --- showing ------------------------------------------------------------------------------

    def fit(self) -> None:
        """Leave the sides of a wide window free: longer lines read worse."""
        side = max(0, (self.size.width - _WIDEST) // 2)
        for column in (self._view, self.query_one(RatingRow)):
            column.styles.margin = (0, side)

    def _show_bar(self) -> None:
        progress = self._session.progress(self._now())
        text = phrases.progress_line(progress, self.language, writes=self._session.writes)
        flag = f" · {FLAGGED.text(self.language)}" if self._session.is_flagged() else ""
        self.query_one("#bar", Static).update(shown(text + flag))

    def _show_keys(
        self, place: KeyPlace, *, idle: Collection[str] = (), deaf: Collection[str] = ()
    ) -> None:
        question, library = self._question(), self._desk.library
        if not has_lesson(question, library, shows_mark=self.shows_mark):
            idle = (*idle, "lesson")
        idle = (*idle, *self._nothing_done())
        bar, writes = self.query_one(KeyBar), self._session.writes
        bar.show(place, self.language, writes=writes, idle=idle, deaf=deaf)

    def _done(self, act: Callable[[datetime], object]) -> bool:
        """Do an act now and return True; where it cannot be done, say why."""
        try:
            act(self._now())
        except StudytoolError as error:
            self._tell_fault(error)
            return False
        self._acted, self._undone = True, 0
        return True

    def _nothing_done(self) -> Iterator[str]:
        """Return those of undo and redo that would find nothing; what an earlier sitting took back is not looked for."""
        if not (self._acted or (self._session.writes and self._desk.log.has_reviews())):
            yield "undo"
        if not self._undone:
            yield "redo"

    def _tell_fault(self, error: StudytoolError) -> None:
        """Show what went wrong and what to do; the question stays as it was."""
        self._busy = False
        self.tell(error.text(self.language))
