"""Mark an answer by its key, whatever the kind of question."""

from dataclasses import replace

from studytool.packs.items import Item
from studytool.quiz.answer import Answer, FilledBlanks, Number, PickedOptions
from studytool.quiz.give_mark import mark_as, suggest_rating
from studytool.quiz.key import (
    AxisKey,
    BlankKey,
    NumberKey,
    OptionKey,
    OrderKey,
    PredictionKey,
    RecallKey,
)
from studytool.quiz.mark_numbers import mark_number
from studytool.quiz.mark_options import mark_options
from studytool.quiz.mark_predicted import mark_predicted, show_predicted
from studytool.quiz.mark_value import Mark
from studytool.quiz.mark_words import mark_blanks
from studytool.quiz.outcome import Outcome
from studytool.quiz.variant import Variant


def mark(item: Item, variant: Variant, answer: Answer) -> Mark:
    """Compare an answer with the key of its variant.

    A prediction runs its simulation here.

    Raises:
        TypeError: an answer of another kind of question.
    """
    match variant.key, answer:
        case NumberKey() as key, Number():
            return mark_number(key, answer, variant.language)
        case OptionKey() as key, PickedOptions():
            return mark_options(key, answer, variant.language)
        case BlankKey() as key, FilledBlanks():
            return mark_blanks(key, answer, variant.language)
        case RecallKey(back=back), FilledBlanks(texts=texts):
            return mark_as(Outcome.RIGHT, read_as=texts[0], key_text=back)
        case PredictionKey() | OrderKey() | AxisKey(), _:
            return mark_predicted(item, variant, answer)
        case _:
            raise TypeError(f"a {type(answer).__name__} does not answer a {variant.kind}")


def give_up(item: Item, variant: Variant) -> Mark:
    """Show the key without an answer: a card recalled (suggests good), else given up (again).

    What was only shown is neither right nor wrong; its memory counts as forgotten.
    """
    if isinstance(variant.key, RecallKey):
        return mark_as(Outcome.RIGHT, key_text=variant.key.back)
    return replace(
        _mark_of_no_answer(item, variant),
        outcome=Outcome.SHOWN,
        credit=0.0,
        read_as="",
        suggested=suggest_rating(Outcome.SHOWN),
    )


def _mark_of_no_answer(item: Item, variant: Variant) -> Mark:
    """Return the mark of no answer at all: the key, and why it is right."""
    match variant.key:
        case NumberKey(text=text, unit=unit):
            return mark_as(Outcome.SHOWN, key_text=f"{text} {unit}" if unit else text)
        case OptionKey() as key:
            return mark_options(key, PickedOptions(frozenset()), variant.language)
        case PredictionKey() | OrderKey() | AxisKey():
            return show_predicted(item, variant)
        case RecallKey(back=text) | BlankKey(text=text):
            return mark_as(Outcome.SHOWN, key_text=text)
