"""Read a typed answer by the kind of question: a number, options, words for blanks."""

import unicodedata

from studytool.language import Language, Phrase
from studytool.quiz.answer import (
    Ambiguous,
    Answer,
    FilledBlanks,
    Number,
    OrderedThings,
    PickedOptions,
    Unreadable,
)
from studytool.quiz.key import (
    AxisKey,
    BlankKey,
    NumberKey,
    OptionKey,
    OrderKey,
    PredictionKey,
    ShownOption,
)
from studytool.quiz.mark_words import find_misspelled
from studytool.quiz.number_text import write_number
from studytool.quiz.read_blanks import read_blanks
from studytool.quiz.read_number import read_number
from studytool.quiz.read_options import read_places
from studytool.quiz.read_order import read_order
from studytool.quiz.variant import Variant

_WHICH = Phrase(
    ko="1부터 {count}까지의 번호로 답하세요.", en="Answer with a number from 1 to {count}."
)
_ONE_ONLY = Phrase(ko="하나만 고르세요.", en="Choose one only.")
_OFF_AXIS = Phrase(
    ko="축은 {low}부터 {high}까지입니다. 그 안의 수로 어림하세요.",
    en="The axis goes from {low} to {high}; type a number on it.",
)
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
        case NumberKey(unit=unit, units=units):
            return read_number(text, unit=unit, units=units, language=language)
        case OptionKey() | PredictionKey() as key:
            return _picked(text, key.options, language, several=key.several)
        case OrderKey() | AxisKey() as key:
            return _ordered_or_placed(text, key, language)
        case BlankKey() as key:
            return _filled(key, text, language, was_asked=was_asked)
        case _:
            return FilledBlanks((unicodedata.normalize("NFC", text).strip(),))


def _ordered_or_placed(
    text: str, key: OrderKey | AxisKey, language: Language
) -> OrderedThings | Number | Ambiguous | Unreadable:
    """Read an order, or a number that lies on the axis; one beside it is asked again."""
    if isinstance(key, OrderKey):
        return read_order(text, key.things, language, ascending=key.ascending)
    read = read_number(text, unit=key.unit, language=language)
    if isinstance(read, Number) and not key.axis.covers(read.value):
        low, high = write_number(key.axis.low), write_number(key.axis.high)
        return Unreadable(_OFF_AXIS.text(language, low=low, high=high))
    return read


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
