"""Say what answer is wanted: its digits, and its unit."""

from math import floor, log10

from studytool.language import Message, Phrase
from studytool.quiz.key import Key, NumberKey
from studytool.quiz.number_text import SHORT

_FEWEST = 3
"""Figures of a number beside a key that is asked for in fewer, or is none."""
_COUNTS = (
    (Phrase(ko="한", en="one"), Phrase(ko="첫째", en="one")),
    (Phrase(ko="두", en="two"), Phrase(ko="둘째", en="two")),
    (Phrase(ko="세", en="three"), Phrase(ko="셋째", en="three")),
    (Phrase(ko="네", en="four"), Phrase(ko="넷째", en="four")),
    (Phrase(ko="다섯", en="five"), Phrase(ko="다섯째", en="five")),
    (Phrase(ko="여섯", en="six"), Phrase(ko="여섯째", en="six")),
)
"""How many figures, and which decimal place, in words."""
_MORE = (Phrase(ko="{n}", en="{n}"), Phrase(ko="{n}째", en="{n}"))
_FIGURES = Phrase(ko="유효숫자 {n} 자리", en="{n} significant figures")
_ONE_FIGURE = Phrase(ko="유효숫자 {n} 자리", en="{n} significant figure")
_PLACES = Phrase(ko="소수 {n} 자리까지", en="{n} decimal places")
_ONE_PLACE = Phrase(ko="소수 {n} 자리까지", en="{n} decimal place")
_WHOLE = Phrase(ko="정수", en="a whole number")
_IN_UNIT = Phrase(ko="{digits}, {unit} 단위로", en="{digits}, in {unit}")


def wanted(key: NumberKey) -> Message:
    """Say what answer to a number's question is wanted, as its entry shows it."""
    digits = wanted_digits(key.tolerance.asked)
    return _IN_UNIT.of(digits=digits, unit=key.unit) if key.unit else digits


def wanted_digits(digits: str) -> Message:
    """Say which digits an answer shall have: those of ``3sf`` or ``2dp``.

    >>> [wanted_digits(digits).text("en") for digits in ("3sf", "2dp", "0dp")]
    ['three significant figures', 'two decimal places', 'a whole number']
    """
    count, is_places = int(digits[:-2]), digits.endswith("dp")
    if count == 0:
        return _WHOLE.of()
    words = _COUNTS[count - 1] if count <= len(_COUNTS) else _MORE
    one, several = (_ONE_PLACE, _PLACES) if is_places else (_ONE_FIGURE, _FIGURES)
    return (one if count == 1 else several).of(n=words[is_places].of(n=count))


def figures_wanted(key: Key) -> int:
    """Return in how many figures other numbers stand beside a key: as many as its own, at least three."""
    if not isinstance(key, NumberKey):
        return _FEWEST
    count, is_places = int(key.tolerance.asked[:-2]), key.tolerance.asked.endswith("dp")
    if is_places and key.value:
        count += floor(log10(abs(key.value))) + 1
    return min(SHORT, max(_FEWEST, count))
