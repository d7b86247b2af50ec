"""Mark picked options by those wanted."""

from functools import partial

from studytool.language import Language, Phrase
from studytool.quiz.answer import PickedOptions
from studytool.quiz.give_mark import mark_as
from studytool.quiz.key import OptionKey, ShownOption
from studytool.quiz.mark_value import Mark, MarkedPart
from studytool.quiz.outcome import Outcome

_MISSED_SOME = Phrase(ko="맞는 것이 더 있습니다.", en="There are more right ones.")


def mark_options(key: OptionKey, answer: PickedOptions, language: Language) -> Mark:
    """Compare the options picked with those wanted; some of them and no other is a part."""
    parts = mark_each(key.options, key.right, answer.ids)
    give = partial(
        mark_as,
        read_as=option_texts(key.options, answer.ids),
        key_text=option_texts(key.options, key.right),
        parts=parts,
    )
    if answer.ids == key.right:
        return give(Outcome.RIGHT, feedback=reasons(parts))
    if answer.ids and answer.ids < key.right:
        credit = len(answer.ids) / len(key.right)
        feedback = f"{_MISSED_SOME.text(language)} {reasons(parts)}".strip()
        return give(Outcome.PARTIAL, feedback=feedback, credit=credit)
    wrong = sorted(answer.ids - key.right)
    misconception = wrong[0] if wrong else None
    return give(Outcome.WRONG, feedback=reasons(parts), misconception=misconception)


def mark_each(
    options: tuple[ShownOption, ...], right: frozenset[str], taken: frozenset[str]
) -> tuple[MarkedPart, ...]:
    """Say of each option whether it is right and whether it was taken.

    Those that were taken, and those that should have been, have their reasons.
    """
    return tuple(
        MarkedPart(
            number,
            option.text,
            Outcome.RIGHT if option.id in right else Outcome.WRONG,
            taken=option.id in taken,
            feedback=option.feedback if option.id in right | taken else "",
        )
        for number, option in enumerate(options, start=1)
    )


def reasons(parts: tuple[MarkedPart, ...]) -> str:
    """Return the reasons: first of what was taken and is wrong, then of what is right."""
    ordered = sorted(parts, key=lambda part: part.outcome is Outcome.RIGHT)
    return " ".join(part.feedback for part in ordered if part.feedback)


def option_texts(options: tuple[ShownOption, ...], ids: frozenset[str]) -> str:
    """Write the texts of the options of these ids, in the order shown."""
    return "; ".join(option.text for option in options if option.id in ids)
