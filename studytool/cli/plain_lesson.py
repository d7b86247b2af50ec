"""The lesson of the question in view, printed line by line."""

from studytool.cli.output import write_text
from studytool.library.library import Library
from studytool.session.lesson import open_lesson
from studytool.session.study_session import StudySession


def print_lesson(session: StudySession, library: Library, *, shows_mark: bool) -> None:
    """Print the lesson of the concept in view, and once its mark is shown the notes' sentences."""
    from studytool.typeset.flow import plain_lines  # late: not every sitting reads
    from studytool.wording.lesson import lesson_lines, lesson_title
    from studytool.wording.study import NOTHING_TO_READ

    language = session.language
    lesson = open_lesson(session, library, shows_mark=shows_mark)
    if not lesson:
        write_text(NOTHING_TO_READ.text(language))
        return
    write_text(lesson_title(lesson, language))
    write_text("\n".join(["", *plain_lines(lesson_lines(lesson, language)), ""]))
