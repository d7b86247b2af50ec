"""The lesson of the concept in view, over its question, with the sentences of the notes."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from studytool.language import Language
from studytool.session.lesson import ConceptLesson
from studytool.tui.bindings import bindings_of
from studytool.tui.lines_screen import LinesScreen
from studytool.typeset.flow import Line
from studytool.wording.keys import KeyPlace
from studytool.wording.lesson import lesson_lines, lesson_title


class LessonScreen(LinesScreen):
    """What there is to read about a question; the key that opened it closes it.

    Args:
        lesson: what is read.
        language: of the words around it.
    """

    place: ClassVar[KeyPlace] = KeyPlace.LESSON
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.LESSON)

    def __init__(self, lesson: ConceptLesson, language: Language) -> None:
        super().__init__(lesson_title(lesson, language), language)
        self._lesson = lesson

    def set_lines(self, width: int) -> Sequence[Line]:
        """Return lesson and sentences in lines of at most ``width`` cells."""
        return lesson_lines(self._lesson, self._language, width=width)
