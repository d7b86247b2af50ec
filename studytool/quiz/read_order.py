"""Read an order as a learner types one: ``2 1 3``, ``b > a > c``, ``②①③``, ``213``."""

import re
import unicodedata
from collections.abc import Sequence

from studytool.language import Language, Message, Phrase
from studytool.quiz.answer import OrderedThings, Unreadable
from studytool.quiz.key import ShownOption
from studytool.quiz.read_options import read_places

_HOW_TO = Phrase(
    ko="번호 {count}개를 차례대로 쓰세요. 예: {example}",
    en="Type the {count} numbers in order, as in {example}.",
)
_NO_SUCH = Phrase(
    ko="'{word}'은(는) 없는 번호입니다. 1부터 {count}까지의 번호를 차례대로 쓰세요.",
    en="There is no '{word}': type the numbers from 1 to {count} in order.",
)
_TWICE = Phrase(
    ko="{number}번이 두 번 나옵니다. 번호마다 한 번씩 쓰세요.",
    en="{number} stands there twice; type each number once.",
)
_MISSING = Phrase(
    ko="빠진 번호: {numbers}. {count}개를 모두 차례대로 쓰세요.",
    en="Missing: {numbers}. Put all {count} in order.",
)
_TIED = Phrase(
    ko="같은 순위는 받지 않습니다. 번호마다 자리를 하나씩 정하세요.",
    en="No ties here: give each number a place of its own.",
)
_BOTH_WAYS = Phrase(
    ko="<와 >를 함께 쓸 수 없습니다. {example}처럼 쓰세요.",
    en="< and > do not go together; type the numbers as in {example}.",
)
_OTHER_WAY = Phrase(
    ko="여기서는 작은 것부터 놓습니다. '{sign}'이(가) '더 크다'라면 {turned}, "
    "화살표라면 {plain}을(를) 입력하세요.",
    en="The smallest comes first here. If '{sign}' means 'greater than', type {turned}; "
    "if it is an arrow, type {plain}.",
)
_OTHER_WAY_DOWN = Phrase(
    ko="여기서는 큰 것부터 놓습니다. '{sign}'이(가) '더 작다'라면 {turned}, "
    "화살표라면 {plain}을(를) 입력하세요.",
    en="The largest comes first here. If '{sign}' means 'less than', type {turned}; "
    "if it is an arrow, type {plain}.",
)

_ARROWS = re.compile(r"[-=]+>|[→⇒➜➔➡⟶⟹]")
_MARKS_OF_A_LABEL = "()[]{}.:。번"
_WORD = re.compile(r"[^\s,;·/|~\-–—]+")


def read_order(
    text: str, things: Sequence[ShownOption], language: Language, *, ascending: bool
) -> OrderedThings | Unreadable:
    """Read the numbers of all things, first to last; never raises.

    ``<`` and ``>`` compare: where they run against the order that is asked for, it is asked again
    which of the two is meant.

    Args:
        text: as typed.
        things: as shown, counted from 1.
        language: of the reasons.
        ascending: whether the smallest comes first.
    """
    plain = _ARROWS.sub(" ", unicodedata.normalize("NFKC", _ARROWS.sub(" ", text))).lower()
    listed = re.sub("[<>]", " ", plain)
    known = read_places(listed, len(things))
    words = [word for run in _WORD.findall(listed) for word in _split(run)]
    words = words if known is None else list(map(str, known))
    refused = _refused_signs(plain, len(things)) or _refused_labels(words, len(things))
    if refused is not None:
        return Unreadable(refused.text(language))
    places = [place for word in words if (place := _place(word)) is not None]
    against = ">" if ascending else "<"
    if against in plain:
        asked = _OTHER_WAY if ascending else _OTHER_WAY_DOWN
        turned, typed = (" ".join(map(str, some)) for some in (reversed(places), places))
        return Unreadable(asked.text(language, sign=against, turned=turned, plain=typed))
    return OrderedThings(tuple(things[place - 1].id for place in places))


def _refused_signs(plain: str, count: int) -> Message | None:
    if "=" in plain:
        return _TIED.of()
    if "<" in plain and ">" in plain:
        return _BOTH_WAYS.of(example=_example(count))
    return None


def _refused_labels(words: Sequence[str], count: int) -> Message | None:
    if not words:
        return _HOW_TO.of(count=count, example=_example(count))
    places: list[int] = []
    for word in words:
        place = _place(word)
        if place is None or not 1 <= place <= count:
            return _NO_SUCH.of(word=word, count=count)
        if place in places:
            return _TWICE.of(number=place)
        places.append(place)
    missing = [str(place) for place in range(1, count + 1) if place not in places]
    return _MISSING.of(numbers=", ".join(missing), count=count) if missing else None


def _example(count: int) -> str:
    return " ".join(map(str, range(count, 0, -1)))


def _split(run: str) -> list[str]:
    """Take a run of signs apart: ``213`` and ``(2)(1)(3)`` are three labels, ``2번`` is one."""
    labels = "".join(" " if sign in _MARKS_OF_A_LABEL else sign for sign in run).split()
    return [sign for label in labels for sign in label]


def _place(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return ord(word) - ord("a") + 1 if "a" <= word <= "z" else None
