"""The lesson of the concept in view, and the sentences of the notes that its item's claims cite."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.language import Language
from studytool.library.library import Library
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
        standing: how it stands (``confirmed``, ``corrected``, ...).
        statements: what each claim about it says, in the learner's language.
    """

    lines: tuple[int, ...]
    quote: str
    standing: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConceptLesson:
    """What there is to read about the question in view.

    Attributes:
        concept: the concept's title.
        text: its lesson, as Markdown; None where the pack has none.
        cited: sentences of the notes; none before the mark, since they may give the answer away.
        cites_later: whether there are some, which wait for the mark.
        is_hint: whether to read it counts as a hint: before an answer that the program marks.
    """

    concept: str
    text: str | None
    cited: tuple[CitedSentence, ...]
    cites_later: bool
    is_hint: bool

    def __bool__(self) -> bool:
        """Tell whether there is anything to read."""
        return self.text is not None or bool(self.cited)


def lesson_in_view(question: Question, library: Library, *, shows_mark: bool) -> ConceptLesson:
    """Return what there is to read about a question, in its language.

    Args:
        question: the one in view.
        library: the installed packs.
        shows_mark: whether its mark is in view; one that waits for how sure the learner is, is not.
    """
    pack_id, language = question.id.partition("/")[0], question.variant.language
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
    for claim in claims:
        if claim.notes is not None:
            key = (tuple(claim.notes.lines), claim.notes.quote, str(claim.standing))
            told.setdefault(key, []).append(claim.statement.text(language))
    for (lines, quote, standing), statements in sorted(told.items()):
        yield CitedSentence(lines, quote, standing, tuple(statements))
