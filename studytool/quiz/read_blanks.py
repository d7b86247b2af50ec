"""Read what was typed into the blanks of a cloze, all of it in one line."""

import re
import unicodedata

from studytool.language import Language, Phrase
from studytool.quiz.answer import Ambiguous, FilledBlanks, Unreadable
from studytool.quiz.key import BlankKey, NumberKey
from studytool.quiz.read_number import read_number
from studytool.quiz.typed_refusals import WHY, Refusal

_BLANKS = Phrase(
    ko="빈칸이 {count}개입니다. 답을 ;로 나누어 쓰세요.",
    en="There are {count} blanks: separate the answers with ;",
)
_AT = Phrase(ko="{number}번 빈칸: {said}", en="Blank {number}: {said}")
_SEMICOLON = re.compile("[;；]")
_OTHER_SEPARATOR = re.compile(r"[,，、] |[、/|\t]")


def read_blanks(
    key: BlankKey, text: str, language: Language
) -> FilledBlanks | Ambiguous | Unreadable:
    """Split a line into the answers for each blank; a number that cannot be read is asked again."""
    count = len(key.blanks)
    typed = unicodedata.normalize("NFC", text).strip()
    if not typed:
        return Unreadable(WHY[Refusal.EMPTY].text(language))
    parts = _split(typed, count)
    if len(parts) != count:
        return Unreadable(_BLANKS.text(language, count=count))
    return _asked_again(key, parts, language) or FilledBlanks(parts)


def _split(text: str, count: int) -> tuple[str, ...]:
    """Split at semicolons; where there are none, at what else may stand between ``count`` words."""
    if count == 1:
        return (text,)
    parts = _SEMICOLON.split(text)
    if len(parts) == 1:
        others = _OTHER_SEPARATOR.split(text)
        parts = others if len(others) == count else parts
    return tuple(part.strip() for part in parts)


def _asked_again(
    key: BlankKey, parts: tuple[str, ...], language: Language
) -> Ambiguous | Unreadable | None:
    """Return what to ask of the first number that has not one reading; None where all have."""
    for at, (part, blank) in enumerate(zip(parts, key.blanks, strict=True)):
        if not isinstance(blank.wanted, NumberKey) or not part or _may_be_words(key, at):
            continue
        read = read_number(
            part, unit=blank.wanted.unit, units=blank.wanted.units, language=language
        )
        if isinstance(read, Unreadable):
            return Unreadable(_said(at, read.why, parts, language))
        if isinstance(read, Ambiguous):
            whole = "; ".join([*parts[:at], read.likelier, *parts[at + 1 :]])
            question = _said(at, read.question, parts, language)
            return Ambiguous(question, read.readings, whole)
    return None


def _may_be_words(key: BlankKey, at: int) -> bool:
    """Tell whether what was typed there may belong to a blank for words."""
    group = key.unordered if at in key.unordered else frozenset()
    return any(isinstance(key.blanks[place].wanted, tuple) for place in group)


def _said(at: int, said: str, parts: tuple[str, ...], language: Language) -> str:
    return said if len(parts) == 1 else _AT.text(language, number=at + 1, said=said)
