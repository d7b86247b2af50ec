"""A concept's lesson and the notes' sentences, set in lines for both faces."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from studytool.language import Language, Phrase
from studytool.typeset.cells import fold, wrap
from studytool.typeset.flow import UNBOUNDED, Line, Run, set_markdown
from studytool.typeset.markdown import Style
from studytool.typeset.math_line import set_formulas
from studytool.wording.notes import cited_sentence

if TYPE_CHECKING:
    from studytool.session.lesson import CitedSentence, ConceptLesson

WIDEST = 90
"""Cells of a line, however wide the window: longer lines of prose read worse."""

LESSON_OF = Phrase("읽을거리, {concept}", "lesson, {concept}")
_NOTES = Phrase("노트는 이렇게 말합니다", "What the notes say")
_TAUGHT = Phrase("이 개념의 읽을거리", "The concept's lesson")
_IS_HINT = Phrase(
    "답하기 전에 읽으면 힌트로 칩니다.", "Read before you answer, this counts as a hint."
)
_CITES_LATER = Phrase(
    "노트의 줄은 채점이 나온 뒤에 볼 수 있습니다.", "The notes' lines follow once it is marked."
)
_OPENS = Phrase(
    "이어서 이 개념의 첫 문항이 나옵니다. 먼저 읽지 않으려면: 처음 화면의 o(설정)나 "
    "studytool config lessons false",
    "The concept's first question follows. To begin without lessons: o (settings) on home, or "
    "studytool config lessons false",
)
_OPENS_IN_LINES = Phrase(
    "이어서 이 개념의 첫 문항이 나옵니다. 먼저 읽지 않으려면: studytool config lessons false",
    "The concept's first question follows. To begin without lessons: studytool config lessons false",
)
_INDENT = "  "


def lesson_title(lesson: "ConceptLesson", language: Language) -> str:
    """Name what is read, and the concept."""
    return LESSON_OF.text(language, concept=set_formulas(lesson.concept))


def lesson_lines(
    lesson: "ConceptLesson", language: Language, *, width: int | None = None
) -> list[Line]:
    """Set the notes' sentences with what is true of them, then a lesson, in lines.

    Args:
        lesson: what there is to read.
        language: of the words around it.
        width: cells of a line, with formulas in two dimensions; None breaks no line and keeps each
            formula in its own, as for a screen reader.
    """
    room, flat = (UNBOUNDED, True) if width is None else (min(width, WIDEST), False)
    lines: list[Line] = []
    if lesson.cited:  # they are of the question just marked, for which the reader came
        lines.append((Run(_NOTES.text(language), "strong"),))
        for sentence in lesson.cited:
            lines += [(), *_set_sentence(sentence, language, room)]
    if lesson.text is not None:
        if lines:
            lines += [(), (), (Run(_TAUGHT.text(language), "strong"),), ()]
        lines += set_markdown(lesson.text, width=room, flat=flat)
    remarks = [(lesson.is_hint, _IS_HINT), (lesson.cites_later, _CITES_LATER)]
    remarks.append((lesson.is_opening, _OPENS_IN_LINES if width is None else _OPENS))
    if said := " ".join(phrase.text(language) for holds, phrase in remarks if holds):
        lines += [(), *_wrapped(said, room, style="quiet")]
    return lines if lines[:1] != [()] else lines[1:]


def _set_sentence(sentence: "CitedSentence", language: Language, room: int) -> Iterator[Line]:
    """Set one sentence of the notes, and below it what each claim says of it."""
    quoted = cited_sentence(
        sentence.lines,
        sentence.quote,
        sentence.standing,
        language,
        translated=sentence.translated,
    )
    yield from _wrapped(quoted, room)
    for statement in sentence.statements:
        first = "→ "
        for line in _wrapped(set_formulas(statement), room - len(first)):
            yield (Run(first), *line)
            first = _INDENT


def _wrapped(text: str, room: int, *, style: Style = "") -> Iterator[Line]:
    for words in wrap(text, room):
        for piece in fold(words, room):
            yield (Run(piece, style),)
