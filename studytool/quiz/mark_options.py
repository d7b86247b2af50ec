"""Mark picked options by those wanted."""

from functools import partial

from studytool.language import Language, Phrase
from studytool.quiz.give_mark import mark_as
from studytool.quiz.variant import (
    Mark,
    OptionKey,
    Outcome,
    PickedOptions,
    ShownOption,
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


def option_texts(options: tuple[ShownOption, ...], ids: frozenset[str]) -> str:
    """Write the texts of the options of these ids, in the order shown."""
    return "; ".join(option.text for option in options if option.id in ids)


def _feedback(options: tuple[ShownOption, ...], ids: "frozenset[str] | list[str]") -> str:
    return " ".join(option.feedback for option in options if option.id in ids and option.feedback)
