"""Read a typed answer by the kind of question: a number, options, words for blanks."""

import unicodedata

from studytool.language import Language, Phrase
from studytool.quiz.mark_words import find_misspelled
from studytool.quiz.read_blanks import read_blanks
from studytool.quiz.read_number import read_number
from studytool.quiz.read_options import read_places
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
_TOO_LONG = Phrase(ko="답이 너무 깁니다.", en="That is too long for an answer.")

MOST_CHARACTERS = 2_000


def read_answer(
    variant: Variant, text: str, *, was_asked: bool = False
) -> Answer | Ambiguous | Unreadable:
    """Read a typed answer; an ambiguous or unreadable text is asked again and never logged.

    Args:
        variant: what is asked.
        text: as typed.
        was_asked: whether a misspelling was asked about before, which is done once.
    """
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
        case BlankKey() as key:
            return _filled(key, text, language, was_asked=was_asked)
        case _:
            return FilledBlanks((unicodedata.normalize("NFC", text).strip(),))


def _picked(
    text: str, options: tuple[ShownOption, ...], language: Language, *, several: bool
) -> PickedOptions | Unreadable:
    places = read_places(text, len(options))
    if places is None:
        return Unreadable(_WHICH.text(language, count=len(options)))
    if len(set(places)) > 1 and not several:
        return Unreadable(_ONE_ONLY.text(language))
    return PickedOptions(frozenset(options[place - 1].id for place in places))


def _filled(
    key: BlankKey, text: str, language: Language, *, was_asked: bool
) -> FilledBlanks | Ambiguous | Unreadable:
    filled = read_blanks(key, text, language)
    if was_asked or not isinstance(filled, FilledBlanks):
        return filled
    return find_misspelled(key, filled.texts, language) or filled
