"""Rules of settings: which values may stand, how they are read and described."""

import json
import re
from typing import NamedTuple

from studytool.language import Phrase

_SWITCHES = {
    **dict.fromkeys(("true", "on", "yes"), True),
    **dict.fromkeys(("false", "off", "no"), False),
}


class OneOf(NamedTuple):
    """One of some words."""

    words: tuple[str, ...]

    @property
    def allowed(self) -> Phrase:
        """Say what may stand here."""
        words = "|".join(self.words)
        return Phrase(words, words)

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        return value in self.words

    def read(self, text: str) -> object:
        """Read what was typed."""
        return text


class Switch(NamedTuple):
    """True or false."""

    @property
    def allowed(self) -> Phrase:
        """Say what may stand here."""
        return Phrase("true|false", "true|false")

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        return isinstance(value, bool)

    def read(self, text: str) -> object:
        """Read what was typed; text that is no switch stays text, which is not admitted.

        >>> Switch().read("off"), Switch().read("maybe")
        (False, 'maybe')
        """
        return _SWITCHES.get(text.lower(), text)


class NumberRange(NamedTuple):
    """A number from ``low`` to ``high``, both included; whole where they are."""

    low: float
    high: float

    @property
    def whole(self) -> bool:
        """Tell whether only whole numbers may stand here."""
        return isinstance(self.low, int)

    @property
    def allowed(self) -> Phrase:
        """Say what may stand here."""
        span = f"{self.low:g}–{self.high:g}"
        return (
            Phrase(f"정수 {span}", f"a whole number {span}") if self.whole else Phrase(span, span)
        )

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return (isinstance(value, int) or not self.whole) and self.low <= value <= self.high

    def read(self, text: str) -> object:
        """Read what was typed; text that is no number stays text, which is not admitted."""
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
        return text


class ListOf(NamedTuple):
    """At most ``most`` numbers, each within a range."""

    each: NumberRange
    most: int

    @property
    def allowed(self) -> Phrase:
        """Say what may stand here."""
        span = self.each.allowed
        return Phrase(
            f"{span.ko} 범위의 수 {self.most}개까지", f"up to {self.most} numbers {span.en}"
        )

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        return (
            isinstance(value, list | tuple)
            and len(value) <= self.most
            and all(self.each.admits(one) for one in value)
        )

    def read(self, text: str) -> object:
        """Read what was typed, with commas or spaces between the numbers; ``none`` is empty.

        >>> ListOf(NumberRange(0.0, 100.0), most=3).read("1, 10")
        (1, 10)
        """
        parts = re.findall(r"[^\s,\[\]]+", text)
        return () if text == "none" else tuple(map(self.each.read, parts))


SettingRule = OneOf | Switch | NumberRange | ListOf


def shown(value: object) -> str:
    """Write a value as the file has it.

    >>> shown((1, 10)), shown("due"), shown(True)
    ('[1, 10]', '"due"', 'true')
    """
    return json.dumps(value, ensure_ascii=False, default=str)
