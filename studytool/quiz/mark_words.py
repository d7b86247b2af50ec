"""Mark the blanks of a cloze: words by their spellings, numbers as numbers, each for itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from studytool.language import Language, Phrase
from studytool.quiz.answer import Ambiguous, FilledBlanks, Number
from studytool.quiz.give_mark import mark_as
from studytool.quiz.key import BlankKey, NumberKey, ShownBlank
from studytool.quiz.mark_numbers import mark_number
from studytool.quiz.mark_value import Mark, MarkedPart
from studytool.quiz.matching import match_best
from studytool.quiz.misspelling import find_meant
from studytool.quiz.number_words import plain_number
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_number import read_number
from studytool.quiz.words import fold_words

_NUMBER = re.compile(r"-?(?:\d+/\d+|(?:\d+(?:\.\d+)?\*)?10\^-?\d+|\d+(?:\.\d+)?e[-+]?\d+)")
"""A folded spelling that is a number and no plain decimal: ``1/2``, ``10^-3``, ``5e-3``."""
_IS = Phrase(ko="{number}번 빈칸은 ‘{text}’입니다.", en="Blank {number} is ‘{text}’.")
_ONE_IS = Phrase(
    ko="빈칸 {numbers} 가운데 하나는 ‘{text}’입니다.", en="One of the blanks {numbers} is ‘{text}’."
)
_AT = Phrase(ko="{number}번 빈칸", en="blank {number}")
_MEANT = Phrase(
    ko="{meant}? 맞으면 Enter를, 아니면 답을 다시 입력하세요. 이번 입력은 채점하지 않았습니다.",
    en="{meant}? Press Enter if so, else type it again; this did not count.",
)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A blank with what was typed for it, and its mark."""

    place: int
    typed_at: int
    typed: str
    blank: ShownBlank
    mark: Mark


def mark_blanks(key: BlankKey, answer: FilledBlanks, language: Language) -> Mark:
    """Mark each blank; the credit is the mean of theirs.

    Those without an order are given the answers that fit them best.
    """
    filled = _fill(key, answer.texts, language)
    credit = sum(one.mark.credit for one in filled) / len(filled)
    numbers = [one.mark for one in filled if isinstance(one.blank.wanted, NumberKey)]
    return mark_as(
        Outcome.RIGHT if credit == 1 else _less_than_right(filled),
        read_as="; ".join(_reading(one) for one in sorted(filled, key=lambda one: one.typed_at)),
        key_text=key.text,
        credit=credit,
        feedback=" ".join(_feedback(key, filled, language)),
        misconception=next((mark.misconception for mark in numbers if mark.misconception), None),
        parts=tuple(
            MarkedPart(one.place + 1, one.blank.text, one.mark.outcome, feedback=one.mark.feedback)
            for one in filled
        ),
    )


def find_misspelled(key: BlankKey, texts: tuple[str, ...], language: Language) -> Ambiguous | None:
    """Ask whether a word was meant that was typed but for one slip; None where there is none."""
    known = {fold_words(text) for blank in key.blanks for text in _spellings(blank)}
    filled = _fill(key, texts, language)
    free = [one.blank for one in filled if one.mark.credit == 0]
    meant: dict[int, str] = {}
    for one in sorted(filled, key=lambda one: one.typed_at):
        if one.mark.credit or not one.typed or fold_words(one.typed) in known:
            continue
        among = free if one.place in key.unordered else [one.blank]
        spellings = (text for blank in among for text in _spellings(blank))
        if (found := find_meant(one.typed, spellings)) is not None:
            meant[one.typed_at] = found
    if not meant:
        return None
    asked = [
        found if len(texts) == 1 else f"{_AT.text(language, number=at + 1)}: {found}"
        for at, found in meant.items()
    ]
    whole = "; ".join(meant.get(at, text) for at, text in enumerate(texts))
    return Ambiguous(_MEANT.text(language, meant=", ".join(asked)), (whole,), whole)


def _less_than_right(filled: list[_Filled]) -> Outcome:
    outcomes = {one.mark.outcome for one in filled}
    if outcomes == {Outcome.WRONG}:
        return Outcome.WRONG
    return Outcome.NEAR if outcomes <= {Outcome.RIGHT, Outcome.NEAR} else Outcome.PARTIAL


def _spellings(blank: ShownBlank) -> tuple[str, ...]:
    return blank.wanted if isinstance(blank.wanted, tuple) else ()


def _fill(key: BlankKey, texts: tuple[str, ...], language: Language) -> list[_Filled]:
    """Mark what was typed for each blank, in the order of the blanks."""
    if len(texts) != len(key.blanks):
        raise ValueError(f"{len(texts)} answers for {len(key.blanks)} blanks")
    group = sorted(key.unordered)
    marks = {
        (at, place): _mark_one(key.blanks[place], texts[at], language)
        for at, place in _pairs(len(texts), group)
    }
    typed_at = {place: place for place in range(len(texts))}
    if group:
        places = match_best([[marks[at, place].credit for place in group] for at in group])
        typed_at |= {group[place]: at for at, place in zip(group, places, strict=True)}
    return [
        _Filled(place, at, texts[at], key.blanks[place], marks[at, place])
        for place, at in sorted(typed_at.items())
    ]


def _pairs(count: int, group: list[int]) -> Iterator[tuple[int, int]]:
    """Return each answer with each blank that it may belong to."""
    for at in range(count):
        yield from ((at, place) for place in (group if at in group else [at]))


def _mark_one(blank: ShownBlank, text: str, language: Language) -> Mark:
    if isinstance(blank.wanted, NumberKey):
        read = read_number(
            text, unit=blank.wanted.unit, units=blank.wanted.units, language=language
        )
        if not isinstance(read, Number):
            return mark_as(
                Outcome.WRONG, read_as=text, key_text=blank.text, feedback=blank.feedback
            )
        marked = mark_number(blank.wanted, read, language)
        why = marked.feedback, "" if marked.outcome is Outcome.RIGHT else blank.feedback
        return replace(marked, feedback=" ".join(filter(None, why)))
    is_right = bool(text) and _fits(text, blank.wanted)
    return mark_as(
        Outcome.RIGHT if is_right else Outcome.WRONG,
        read_as=text,
        key_text=blank.text,
        feedback="" if is_right else blank.feedback,
    )


def _fits(text: str, spellings: tuple[str, ...]) -> bool:
    """Tell whether one of the spellings was typed: the same word, or the same number."""
    words, numbers = _folded(spellings)
    return fold_words(text) in words or any(_is_same_number(one, text) for one in numbers)


@lru_cache(maxsize=1024)
def _folded(spellings: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return spellings as they are compared, and those that are numbers."""
    words = {one: fold_words(one) for one in spellings}
    numbers = (
        one
        for one, word in words.items()
        if plain_number(word) is not None or _NUMBER.fullmatch(word)
    )
    return frozenset(words.values()), tuple(numbers)


def _is_same_number(spelling: str, text: str) -> bool:
    """Tell whether ``½`` was typed for ``0.5``."""
    wanted, given = _value(spelling), _value(text)
    if wanted is None or given is None:
        return False
    return abs(wanted - given) <= 1e-12 * abs(wanted)


@lru_cache(maxsize=1024)
def _value(text: str) -> float | None:
    read = read_number(text, unit=None, language="en")
    return read.value if isinstance(read, Number) else None


def _reading(one: _Filled) -> str:
    return one.mark.read_as or one.typed


def _feedback(key: BlankKey, filled: list[_Filled], language: Language) -> Iterator[str]:
    """Say of each blank that was not filled rightly what belongs there, and why."""
    numbers = ", ".join(str(place + 1) for place in sorted(key.unordered))
    for one in filled:
        if one.mark.outcome is Outcome.RIGHT:
            continue
        if one.place in key.unordered:
            yield _ONE_IS.text(language, numbers=numbers, text=one.blank.text)
        elif len(filled) > 1:
            yield _IS.text(language, number=one.place + 1, text=one.blank.text)
        if one.mark.feedback:
            yield one.mark.feedback
