"""The lesson of a concept, before its first question or over one, with the sentences of the notes."""

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Key, Paste
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.session.desk import Desk
from studytool.session.lesson import ConceptLesson
from studytool.session.lesson_experiment import suggested_experiment
from studytool.tui.bindings import bindings_of
from studytool.tui.early_keys import UnseenScreen
from studytool.tui.lines_screen import LinesScreen
from studytool.tui.shown_text import shown
from studytool.typeset.flow import Line
from studytool.wording.keys import KeyPlace
from studytool.wording.lesson import lesson_lines, lesson_title


class LessonScreen(LinesScreen, UnseenScreen):
    """What there is to read about a question; the key that opened it closes it.

    Args:
        lesson: what is read.
        desk: of the learner, who may change the language.
        told_in: makes the same lesson in a language.
    """

    place: ClassVar[KeyPlace] = KeyPlace.LESSON
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.LESSON)

    def __init__(
        self, lesson: ConceptLesson, desk: Desk, told_in: Callable[[Language], ConceptLesson]
    ) -> None:
        language = desk.settings.language
        super().__init__(lesson_title(lesson, language), language)
        self._lesson = lesson
        self._desk = desk
        self._told_in = told_in

    def on_mount(self) -> None:
        """Be read from now on; what was typed before is for the question below."""
        self.come_into_view()

    def take_early(self, event: Key | Paste) -> bool:
        """Hand on to the question below what was typed for it."""
        below = self.app.screen_stack[-2]
        return isinstance(below, UnseenScreen) and below.take_early(event)

    def set_lines(self, width: int) -> Sequence[Line]:
        """Return lesson and sentences in lines of at most ``width`` cells."""
        return lesson_lines(self._lesson, self._language, width=width)

    @property
    def idle(self) -> Collection[str]:
        """Leave the lab out where the lesson has nothing to try in it."""
        return ("lab",) if suggested_experiment(self._lesson.text or "") is None else ()

    def action_lab(self) -> None:
        """Open the experiment that the lesson says to try, at its numbers, over the lesson."""
        suggested = suggested_experiment(self._lesson.text or "")
        if suggested is None:
            return
        from studytool.library.finding import named_experiment  # late: it loads the core
        from studytool.session.lab import Bench
        from studytool.tui.lab_screen import LabScreen

        try:
            bench = Bench.of(named_experiment(suggested.name, self._language))
            bench = bench.given(suggested.given)
        except StudytoolError as error:
            self.query_one("#bar", Static).update(shown(error.text(self._language)))
            return
        self.app.push_screen(LabScreen(self._desk, bench))

    def action_switch_language(self) -> None:
        """Change between Korean and English and keep it, or say why it cannot be kept."""
        try:
            self._desk.choose_language("en" if self._language == "ko" else "ko")
        except StudytoolError as error:
            self.query_one("#bar", Static).update(shown(error.text(self._language)))
            return
        language = self._desk.settings.language
        self._lesson = self._told_in(language)
        self.show_again(lesson_title(self._lesson, language), language)
