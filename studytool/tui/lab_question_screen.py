"""A question made in the lab: its YAML, to be copied or written into a pack."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import ClassVar

from textual.binding import BindingType

from studytool.authoring.lab_pack import keep_question
from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.tui.bindings import bindings_of
from studytool.tui.lines_screen import LinesScreen
from studytool.typeset.flow import Line, Run
from studytool.wording import lab_question as phrases
from studytool.wording.keys import KeyPlace


class LabQuestionScreen(LinesScreen):
    """The question over the lab.

    Args:
        home: the learner's folder.
        item: the question in YAML, a list of one.
        language: of the words.
    """

    place = KeyPlace.LAB_QUESTION
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.LAB_QUESTION)

    def __init__(self, home: Path, item: str, language: Language) -> None:
        super().__init__(phrases.QUESTION_TITLE.text(language), language)
        self._home, self._item = home, item
        self._said = ""

    def set_lines(self, width: int) -> Sequence[Line]:
        """Return the YAML, its long lines broken for the eye alone, below what was done with it."""
        said = [(Run(part, "strong"),) for part in wrap(self._said, width)]
        item = [
            (Run(part),)
            for line in self._item.splitlines()
            for part in wrap(line, width, drop_whitespace=False) or [""]
        ]
        return [*said, (Run(""),), *item] if said else item

    def action_copy(self) -> None:
        """Copy the YAML to the clipboard."""
        self.app.copy_to_clipboard(self._item)
        self._tell(phrases.COPIED.text(self._language))

    def action_write(self) -> None:
        """Write the question into the lab's pack, and say how to study it."""
        try:
            path = keep_question(self._home, self._item)
        except StudytoolError as error:
            self._tell(error.text(self._language))
            return
        folder = path.parents[1]
        self._tell(phrases.WRITTEN.text(self._language, path=path.name, folder=folder))

    def action_leave(self) -> None:
        """Go back to the lab."""
        self.dismiss()

    def _tell(self, message: str) -> None:
        self._said = message
        self.show_again(phrases.QUESTION_TITLE.text(self._language), self._language)
        self.query_one("#help").scroll_home(animate=False)
