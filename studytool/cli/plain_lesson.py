"""The lesson of the question in view, printed line by line."""

from studytool.cli.output import write_folded
from studytool.library.library import Library
from studytool.session.desk import Desk
from studytool.session.lesson import ConceptLesson, open_lesson, opening_lesson
from studytool.session.study_session import StudySession


def print_opening(session: StudySession, desk: Desk) -> None:
    """Print the lesson before a concept's first question."""
    if lesson := opening_lesson(session, desk):
        write_folded("")
        _print(lesson, session)


def print_lesson(session: StudySession, library: Library, *, shows_mark: bool) -> None:
    """Print the lesson of the concept in view, and once its mark is shown the notes' sentences."""
    from studytool.wording.study import NOTHING_TO_READ

    lesson = open_lesson(session, library, shows_mark=shows_mark)
    if lesson:
        _print(lesson, session)
    else:
        write_folded(NOTHING_TO_READ.text(session.language))


def _print(lesson: ConceptLesson, session: StudySession) -> None:
    from studytool.typeset.flow import plain_lines  # late: not every sitting reads
    from studytool.wording.lesson import lesson_lines, lesson_title

    language = session.language
    write_folded(lesson_title(lesson, language))
    write_folded("\n".join(["", *plain_lines(lesson_lines(lesson, language)), ""]))
