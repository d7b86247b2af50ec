"""The lesson of the concept in view, and the sentences of the notes that its item's claims cite."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.language import Language
from studytool.library.library import Library
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.study_session import StudySession

if TYPE_CHECKING:
    from studytool.packs.claims import Claim
    from studytool.packs.items import Item
    from studytool.packs.manifest import Concept


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence of the notes, and what is true of it.

    Attributes:
        lines: where it stands, counted from 1.
        quote: its words, in the language of the notes.
        translated: its words in the learner's language, where the pack has them.
        standing: how it stands (``confirmed``, ``corrected``, ...).
        statements: what each claim about it says, in the learner's language.
    """

    lines: tuple[int, ...]
    quote: str
    standing: str
    statements: tuple[str, ...]
    translated: str | None = None


@dataclass(frozen=True, slots=True)
class ConceptLesson:
    """What there is to read about the question in view.

    Attributes:
        concept: the concept's title.
        text: its lesson, as Markdown; None where the pack has none.
        cited: sentences of the notes; none before the mark, since they may give the answer away.
        cites_later: whether there are some, which wait for the mark.
        is_hint: whether to read it counts as a hint: before an answer that the program marks.
        is_opening: whether it comes by itself, before the concept's first question.
    """

    concept: str
    text: str | None
    cited: tuple[CitedSentence, ...]
    cites_later: bool
    is_hint: bool
    is_opening: bool = False

    def __bool__(self) -> bool:
        """Tell whether there is anything to read."""
        return self.text is not None or bool(self.cited)


def opening_lesson(session: StudySession, desk: Desk) -> ConceptLesson | None:
    """Return the lesson of a concept of which the learner meets the first question now.

    A session begins with a lesson once; None where there is none, or it is not wanted. It gives the
    question away no more than a teacher would, and so is no hint.
    """
    question = session.question
    if question is None or not (desk.settings.lessons and session.writes):
        return None
    concept = question.id.partition("/")[0], question.item.concept
    if concept in session.introduced or desk.log.has_met(*concept):
        return None
    session.introduced.add(concept)
    lesson = lesson_in_view(question, desk.library, shows_mark=False)
    return None if lesson.text is None else _as_opening(lesson)


def told_in(
    lesson: ConceptLesson, language: Language, question: Question, library: Library
) -> ConceptLesson:
    """Return a lesson about a question in another language."""
    shows_mark = question.mark is not None and not lesson.cites_later
    told = lesson_in_view(question, library, shows_mark=shows_mark, language=language)
    return _as_opening(told) if lesson.is_opening else replace(told, is_hint=lesson.is_hint)


def _as_opening(lesson: ConceptLesson) -> ConceptLesson:
    return replace(lesson, is_hint=False, cites_later=False, is_opening=True)


def lesson_in_view(
    question: Question, library: Library, *, shows_mark: bool, language: Language | None = None
) -> ConceptLesson:
    """Return what there is to read about a question.

    Args:
        question: the one in view.
        library: the installed packs.
        shows_mark: whether its mark is in view; one that waits for how sure the learner is, is not.
        language: of the texts; the question's where none is given.
    """
    pack_id, language = question.id.partition("/")[0], language or question.variant.language
    concept = _concept(question, library)
    claims = [library.claim(pack_id, name) for name in _claims_of(question.item)]
    cited = tuple(_cited(claims, language))
    return ConceptLesson(
        concept=concept.title.text(language),
        text=None if concept.lesson is None else concept.lesson.text(language),
        cited=cited if shows_mark else (),
        cites_later=bool(cited) and not shows_mark,
        is_hint=question.mark is None and not question.is_recalled,
    )


def has_lesson(question: Question, library: Library, *, shows_mark: bool) -> bool:
    """Tell whether there is anything to read about a question, now that its mark is shown or not."""
    if _concept(question, library).lesson is not None:
        return True
    return bool(lesson_in_view(question, library, shows_mark=shows_mark))


def open_lesson(session: StudySession, library: Library, *, shows_mark: bool) -> ConceptLesson:
    """Return what there is to read about the question in view; keep that it was read as a hint."""
    if session.question is None:
        raise ValueError("no question is in view")
    lesson = lesson_in_view(session.question, library, shows_mark=shows_mark)
    if lesson and lesson.is_hint:
        session.question = replace(session.question, has_read=True)
    return lesson


def _concept(question: Question, library: Library) -> "Concept":
    concepts = library.manifest(question.id.partition("/")[0]).concepts
    return next(one for one in concepts if one.id == question.item.concept)


def _claims_of(item: "Item") -> list[str]:
    """Name the claims that an item names, and those that its key rests on."""
    from studytool.packs.behind import claims_behind  # late: home asks nothing

    return list(dict.fromkeys([*item.claims, *claims_behind(item)]))


def _cited(claims: "list[Claim]", language: Language) -> Iterator[CitedSentence]:
    """Return each sentence that claims cite once, in the order of the notes."""
    told: dict[tuple[tuple[int, ...], str, str], list[str]] = {}
    translated: dict[str, str | None] = {}
    for claim in claims:
        if claim.notes is not None:
            quote = claim.notes.quote
            key = (tuple(claim.notes.lines), quote, str(claim.standing))
            told.setdefault(key, []).append(claim.statement.text(language))
            translated[quote] = translated.get(quote) or claim.notes.translated(language)
    for (lines, quote, standing), statements in sorted(told.items()):
        yield CitedSentence(lines, quote, standing, tuple(statements), translated[quote])
