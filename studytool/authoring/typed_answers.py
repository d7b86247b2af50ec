"""What a learner types for a variant: the key as it is printed, each option, each wrong value."""

from collections.abc import Iterator
from dataclasses import dataclass

from studytool.packs.document import Path
from studytool.quiz.key import (
    AxisKey,
    BlankKey,
    NumberKey,
    OptionKey,
    OrderKey,
    PredictionKey,
    ShownBlank,
)
from studytool.quiz.number_text import write_number
from studytool.quiz.variant import Variant

_ENOUGH_DIGITS = "12sf"
"""Of a wrong value: more than any tolerance asks for."""


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """A text to type, and the part of the item that says so.

    Attributes:
        misconception: whose wrong value it is; None for a right answer.
        is_marked: whether it can be marked without a simulation, or only be read.
    """

    text: str
    path: Path
    misconception: str | None = None
    is_marked: bool = True


def right_answers(variant: Variant) -> Iterator[TypedAnswer]:
    """Return the ways to type what is right, as it is printed; a card's back is not typed."""
    match variant.key:
        case NumberKey() as key:
            for text in printed_numbers(key):
                yield TypedAnswer(text, ("answer",))
        case OptionKey(options=options, right=right):
            places = [str(n) for n, option in enumerate(options, 1) if option.id in right]
            yield TypedAnswer(",".join(places), ("options",))
        case PredictionKey() | OrderKey() | AxisKey() as key:
            yield from _predicted(key, "outcomes" if variant.kind == "prediction" else "options")
        case BlankKey() as key:
            yield from _filled(key)
        case _:
            return


def _predicted(key: PredictionKey | OrderKey | AxisKey, options: str) -> Iterator[TypedAnswer]:
    """Type each option, an order, and both ends of an axis; the simulation marks most of them."""
    match key:
        case PredictionKey():
            for number in range(1, len(key.options) + 1):
                yield TypedAnswer(str(number), (options,), is_marked=False)
        case OrderKey(things=things, right=right):
            shown = [thing.id for thing in things]
            order = " ".join(str(shown.index(name) + 1) for name in right or shown)
            yield TypedAnswer(order, ("things",), is_marked=right is not None)
        case AxisKey(axis=axis, unit=unit):
            for end in (axis.low, axis.high):
                text = f"{write_number(end)} {unit or ''}".strip()
                yield TypedAnswer(text, ("estimate", "axis"), is_marked=False)


def _filled(key: BlankKey) -> Iterator[TypedAnswer]:
    """Fill the blanks as they are shown; then each other spelling of one, the others as shown."""
    shown = [blank.text for blank in key.blanks]
    yield TypedAnswer("; ".join(shown), ("blanks",))
    for place, blank in enumerate(key.blanks):
        for spelling in _spellings(blank)[1:]:
            filled = [*shown[:place], spelling, *shown[place + 1 :]]
            yield TypedAnswer("; ".join(filled), ("blanks",))


def _spellings(blank: ShownBlank) -> tuple[str, ...]:
    if isinstance(blank.wanted, NumberKey):
        return tuple(printed_numbers(blank.wanted))
    return blank.wanted


def printed_numbers(key: NumberKey) -> Iterator[str]:
    """Return the key as it is printed, and with its unit."""
    yield key.text
    if key.unit:
        yield f"{key.text} {key.unit}"


def wrong_answers(variant: Variant) -> Iterator[TypedAnswer]:
    """Return the value of each misconception that occurs in this draw."""
    if isinstance(variant.key, NumberKey):
        for wrong in variant.key.misconceptions:
            text = write_number(wrong.value, _ENOUGH_DIGITS)
            yield TypedAnswer(text, ("misconceptions",), wrong.id)
