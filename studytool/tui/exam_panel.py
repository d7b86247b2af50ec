"""The exams ahead, in a panel of home: days left, what is expected, what today does, how to change."""

from textual.widgets import Static

from studytool.language import Language
from studytool.session.overview import Overview
from studytool.tui.shown_text import shown
from studytool.wording.exam import EXAMS_TITLE, exams_to_change


class ExamPanel(Static):
    """A frame around the exams; it is not there without any."""

    def show(self, overview: Overview, language: Language, *, has_room: bool) -> None:
        """Show the exams ahead, where the window has room for more than a line of each."""
        self.display = bool(overview.exams) and has_room
        self.border_title = EXAMS_TITLE.text(language)
        lines = exams_to_change(overview.exams, overview.begun, language)
        self.update(shown("\n".join(lines)))
