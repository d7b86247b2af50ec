"""Notes of other programs as they are read: question and answer in Markdown, and what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from studytool.errors import ExchangeError
from studytool.language import Message, Phrase

MEDIA_DROPPED = Phrase(
    ko="그림과 소리는 가져오지 않습니다.", en="pictures and sound are not taken over."
)
ACTIVE_DROPPED = Phrase(
    ko="스크립트와 스타일은 가져오지 않습니다.", en="scripts and styles are not taken over."
)
NO_ANSWER = Phrase(ko="답이 없습니다.", en="it has no answer.")
TOO_LONG = Phrase(
    ko="{most:,}바이트보다 깁니다. 원본에서 나누세요.",
    en="it has more than {most:,} bytes; part it in its source.",
)
MOST_OF_A_NOTE = 200_000
"""Ten texts as long as a pack takes: HTML has much that is not taken over."""
_MOST_NOTES = 200_000
"""Ten times what a pack takes: what is beyond a pack is listed, and held until then."""

_TOO_MANY = Phrase(
    ko="카드가 {most:,}장보다 많습니다. 원본을 여러 파일로 나누어 하나씩 가져오세요.",
    en="more than {most:,} cards come before this one; split the source, and import each part.",
)
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
        guid: by which Anki knows it; empty where nothing says it.
    """

    place: str
    key: str
    question: str
    answer: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    guid: str = ""


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
        """Part what was read from what was left out.

        Raises:
            ExchangeError: there are more than can be held; names the place of the first that is too many.
        """
        every: list[ForeignNote | LeftOut] = []
        for one in found:
            if len(every) == _MOST_NOTES:
                raise ExchangeError(_TOO_MANY, place=one.place, most=_MOST_NOTES)
            every.append(one)
        notes = tuple(one for one in every if isinstance(one, ForeignNote))
        return cls(notes, tuple(one for one in every if isinstance(one, LeftOut)))

    def all(self) -> Iterator[ForeignNote | LeftOut]:
        """Return the notes, then what was left out."""
        yield from self.notes
        yield from self.left_out
