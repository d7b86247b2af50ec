"""Mark an answer by its key, whatever the kind of question."""

from studytool.packs.models import Item
from studytool.quiz.give_mark import mark_as
from studytool.quiz.mark_numbers import mark_number
from studytool.quiz.mark_options import mark_options, option_texts
from studytool.quiz.mark_predicted import mark_predicted, show_predicted
from studytool.quiz.mark_words import mark_blanks
from studytool.quiz.variant import (
    Answer,
    AxisKey,
    BlankKey,
    FilledBlanks,
    Mark,
    Number,
    NumberKey,
    OptionKey,
    OrderKey,
    Outcome,
    PickedOptions,
    PredictionKey,
    RecallKey,
    Variant,
)


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
    """Show the key without an answer: a card recalled (suggests good), else given up (again)."""
    match variant.key:
        case RecallKey(back=back):
            return mark_as(Outcome.RIGHT, key_text=back)
        case NumberKey(text=text):
            return mark_as(Outcome.WRONG, key_text=text)
        case OptionKey(options=options, right=right):
            return mark_as(Outcome.WRONG, key_text=option_texts(options, right))
        case BlankKey() as key:
            return mark_as(Outcome.WRONG, key_text=key.text)
        case PredictionKey() | OrderKey() | AxisKey():
            return show_predicted(item, variant)
