"""Notes of other programs as they are read: question and answer in Markdown, and what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from studytool.language import Message, Phrase

MEDIA_DROPPED = Phrase(
    ko="그림과 소리는 가져오지 않습니다.", en="pictures and sound are not taken over."
)
ACTIVE_DROPPED = Phrase(
    ko="스크립트와 스타일은 가져오지 않습니다.", en="scripts and styles are not taken over."
)
NO_ANSWER = Phrase(ko="답이 없습니다.", en="it has no answer.")
NO_QUESTION = Phrase(ko="묻는 글이 없습니다.", en="it asks nothing.")


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note with one card, or a text with deletions.

    Attributes:
        place: where it stands in its source, for people.
        key: what stays the same when its text is edited; else its question.
        question: in Markdown; a text with deletions has them as ``{{c1::word}}``.
        answer: in Markdown; empty of a text with deletions.
        deck: what its source groups it under; empty where it does not.
        tags: as its source has them.
    """

    place: str
    key: str
    question: str
    answer: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A note, or a part of one, that was not taken over.

    Attributes:
        place: where it stands in its source.
        why: for people.
        is_whole: whether nothing of the note was taken over.
    """

    place: str
    why: Message
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """What was read of a source."""

    notes: tuple[ForeignNote, ...]
    left_out: tuple[LeftOut, ...] = ()

    @classmethod
    def of(cls, found: Iterator[ForeignNote | LeftOut]) -> "ReadNotes":
        """Part what was read from what was left out."""
        every = list(found)
        notes = tuple(one for one in every if isinstance(one, ForeignNote))
        return cls(notes, tuple(one for one in every if isinstance(one, LeftOut)))
