"""What each setting may be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from studytool.errors import StateError
from studytool.language import LANGUAGES, Phrase

BAD_VALUE = Phrase(
    ko="{name} = {value}: 쓸 수 없는 값입니다. 쓸 수 있는 값: {allowed.ko}.",
    en="{name} = {value}: it must be {allowed.en}.",
)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]

    @property
    def allowed(self) -> Phrase:
        """Say what may stand here."""
        words = " | ".join(self.words)
        return Phrase(words, words)

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        return value in self.words


@dataclass(frozen=True, slots=True)
class Switch:
    """True or false."""

    @property
    def allowed(self) -> Phrase:
        """Say what may stand here."""
        return Phrase("true | false", "true | false")

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class NumberRange:
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


@dataclass(frozen=True, slots=True)
class ListOf:
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


SettingRule = OneOf | Switch | NumberRange | ListOf

RETENTION = NumberRange(0.70, 0.97)
STEPS = ListOf(NumberRange(0.1, 1440.0), most=10)
MODEL_NAMES = ("fsrs-6", "leitner")
RULES: dict[str, SettingRule] = {
    "language": OneOf(LANGUAGES),
    "desired_retention": RETENTION,
    "new_per_day": NumberRange(0, 9999),
    "reviews_per_day": NumberRange(0, 9999),
    "maximum_interval_days": NumberRange(1, 36500),
    "learning_steps_minutes": STEPS,
    "relearning_steps_minutes": STEPS,
    "spread_load": Switch(),
    "order": OneOf(("due", "relative-overdue", "retrievability")),
    "interleave": Switch(),
    "bury_siblings": Switch(),
    "gate_new": Switch(),
    "leech_lapses": NumberRange(0, 99),
    "leech_action": OneOf(("suspend", "flag")),
    "ask_confidence": Switch(),
    "day_start_hour": NumberRange(0, 23),
    "memory_model": OneOf(MODEL_NAMES),
    "parameters": ListOf(NumberRange(0.0, 100.0), most=21),
}
"""What each setting may be; ``pack_retention`` is the table ``[packs.ID]`` of the file instead."""

OF_PACKS: dict[str, SettingRule] = {"desired_retention": RETENTION}
"""The settings that a pack may have of its own."""


def check_setting(name: str, value: object, *, rules: Mapping[str, SettingRule] = RULES) -> None:
    """Refuse a value that a setting may not have.

    Raises:
        StateError: says what it must be.
    """
    rule = rules[name]
    if not rule.admits(value):
        raise StateError(BAD_VALUE, name=name, value=shown(value), allowed=rule.allowed)


def shown(value: object) -> str:
    """Write a value as the file has it.

    >>> shown((1, 10)), shown("due"), shown(True)
    ('[1, 10]', '"due"', 'true')
    """
    return json.dumps(value, ensure_ascii=False, default=str)
