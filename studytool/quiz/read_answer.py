"""Read a typed answer by the kind of question: a number, options, words for blanks."""

import re
import unicodedata

from studytool.language import Language, Phrase
from studytool.quiz.read_number import EMPTY, read_number
from studytool.quiz.variant import (
    Ambiguous,
    Answer,
    BlankKey,
    FilledBlanks,
    NumberKey,
    OptionKey,
    PickedOptions,
    PredictionKey,
    ShownOption,
    Unreadable,
    Variant,
)

_WHICH = Phrase(
    ko="1부터 {count}까지의 번호로 답하세요.", en="Answer with a number from 1 to {count}."
)
_ONE_ONLY = Phrase(ko="하나만 고르세요.", en="Choose one only.")
_BLANKS = Phrase(
    ko="빈칸이 {count}개입니다. 답을 ;로 나누어 쓰세요.",
    en="There are {count} blanks: separate the answers with ;",
)
_TOO_LONG = Phrase(ko="답이 너무 깁니다.", en="That is too long for an answer.")

MOST_CHARACTERS = 2_000


def read_answer(variant: Variant, text: str) -> Answer | Ambiguous | Unreadable:
    """Read a typed answer; an ambiguous or unreadable text is asked again and never logged."""
    language = variant.language
    if len(text) > MOST_CHARACTERS:
        return Unreadable(_TOO_LONG.text(language))
    match variant.key:
        case NumberKey(unit=unit):
            return read_number(text, unit=unit, language=language)
        case OptionKey(options=options, right=right):
            return _picked(text, options, language, several=len(right) > 1)
        case PredictionKey(options=options):
            return _picked(text, options, language, several=False)
        case BlankKey(blanks=blanks):
            return _filled(text, len(blanks), language)
        case _:
            return FilledBlanks((unicodedata.normalize("NFC", text).strip(),))


def _picked(
    text: str, options: tuple[ShownOption, ...], language: Language, *, several: bool
) -> PickedOptions | Unreadable:
    """Read ``2``, ``1,3``, ``1 3`` or letters: ``b``, ``a c``."""
    words = re.findall(r"[^\s,;·/]+", unicodedata.normalize("NFKC", text).lower())
    places = [_place(word) for word in words]
    known = [place for place in places if place is not None and 1 <= place <= len(options)]
    if not places or len(known) < len(places):
        return Unreadable(_WHICH.text(language, count=len(options)))
    if len(set(known)) > 1 and not several:
        return Unreadable(_ONE_ONLY.text(language))
    return PickedOptions(frozenset(options[place - 1].id for place in known))


def _place(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 3:
        return int(word)
    return ord(word) - ord("a") + 1 if len(word) == 1 and "a" <= word <= "z" else None


def _filled(text: str, count: int, language: Language) -> FilledBlanks | Unreadable:
    if not text.strip():
        return Unreadable(EMPTY.text(language))
    parts = re.split(r"[;；]", unicodedata.normalize("NFC", text)) if count > 1 else [text]
    if len(parts) != count:
        return Unreadable(_BLANKS.text(language, count=count))
    return FilledBlanks(tuple(part.strip() for part in parts))
