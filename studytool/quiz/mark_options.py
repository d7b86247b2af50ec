"""Mark picked options: by those wanted, or by what the simulation of a prediction shows."""

from functools import partial

from studytool.language import Language, Phrase
from studytool.packs.models import Item, Prediction
from studytool.quiz.give_mark import mark_as
from studytool.quiz.prediction import decide_outcome
from studytool.quiz.variant import (
    Mark,
    MeasuredOutcome,
    OptionKey,
    Outcome,
    PickedOptions,
    PredictionKey,
    ShownOption,
    Variant,
)

_MISSED_SOME = Phrase(ko="맞는 것이 더 있습니다.", en="There are more right ones.")


def mark_options(key: OptionKey, answer: PickedOptions, language: Language) -> Mark:
    """Compare the options picked with those wanted; some of them and no other is a part."""
    give = partial(
        mark_as,
        read_as=option_texts(key.options, answer.ids),
        key_text=option_texts(key.options, key.right),
    )
    said = _feedback(key.options, answer.ids)
    if answer.ids == key.right:
        return give(Outcome.RIGHT, feedback=said)
    if answer.ids and answer.ids < key.right:
        credit = len(answer.ids) / len(key.right)
        feedback = f"{said} {_MISSED_SOME.text(language)}".strip()
        return give(Outcome.PARTIAL, feedback=feedback, credit=credit)
    wrong = sorted(answer.ids - key.right)
    misconception = wrong[0] if wrong else None
    return give(Outcome.WRONG, feedback=_feedback(key.options, wrong), misconception=misconception)


def mark_prediction(
    item: Item, variant: Variant, key: PredictionKey, answer: PickedOptions
) -> Mark:
    """Run the simulation of a prediction, and compare what was picked with what it shows."""
    if not isinstance(item, Prediction):
        raise TypeError(f"{variant.item} is no prediction")
    decision = decide_outcome(item, item_id=variant.item)
    happened = frozenset({decision.outcome})
    return mark_as(
        Outcome.RIGHT if answer.ids == happened else Outcome.WRONG,
        read_as=option_texts(key.options, answer.ids),
        key_text=option_texts(key.options, happened),
        feedback=_feedback(key.options, answer.ids),
        misconception=None if answer.ids <= happened else min(answer.ids),
        measured=tuple(
            MeasuredOutcome(name, found.value, found.standard_error, found.replicates)
            for name, found in decision.measured.items()
        ),
    )


def option_texts(options: tuple[ShownOption, ...], ids: frozenset[str]) -> str:
    """Write the texts of the options of these ids, in the order shown."""
    return "; ".join(option.text for option in options if option.id in ids)


def _feedback(options: tuple[ShownOption, ...], ids: "frozenset[str] | list[str]") -> str:
    return " ".join(option.feedback for option in options if option.id in ids and option.feedback)
