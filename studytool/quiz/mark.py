"""Mark an answer by its key."""

import unicodedata
from functools import partial

from studytool.language import Language, Phrase
from studytool.packs.models import Item, Prediction
from studytool.quiz.number_text import round_to, write_number
from studytool.quiz.prediction import decide_outcome
from studytool.quiz.slips import find_slip
from studytool.quiz.variant import (
    Answer,
    BlankKey,
    FilledBlanks,
    Mark,
    MeasuredOutcome,
    Number,
    NumberKey,
    OptionKey,
    Outcome,
    PickedOptions,
    PredictionKey,
    RecallKey,
    ShownOption,
    Variant,
)
from studytool.srs.rating import Rating

_MISSED_SOME = Phrase(ko="맞는 것이 더 있습니다.", en="There are more right ones.")


def mark(item: Item, variant: Variant, answer: Answer) -> Mark:
    """Compare an answer with the key of its variant.

    The key's tolerance comes first, then the misconceptions, the nearest of them, then slips.
    A prediction runs its simulation here.

    Raises:
        TypeError: an answer of another kind of question.
    """
    match variant.key, answer:
        case NumberKey() as key, Number():
            return _mark_number(key, answer, variant.language)
        case OptionKey() as key, PickedOptions():
            return _mark_options(key, answer, variant.language)
        case BlankKey() as key, FilledBlanks():
            return _mark_blanks(key, answer)
        case RecallKey(back=back), FilledBlanks(texts=texts):
            return _mark_as(Outcome.RIGHT, read_as=texts[0], key_text=back)
        case PredictionKey() as key, PickedOptions():
            return _mark_prediction(item, variant, key, answer)
        case _:
            raise TypeError(f"a {type(answer).__name__} does not answer a {variant.kind}")


def give_up(item: Item, variant: Variant) -> Mark:
    """Show the key without an answer: a card recalled (suggests good), else given up (again)."""
    match variant.key:
        case RecallKey(back=back):
            return _mark_as(Outcome.RIGHT, key_text=back)
        case NumberKey(text=text):
            return _mark_as(Outcome.WRONG, key_text=text)
        case OptionKey(options=options, right=right):
            return _mark_as(Outcome.WRONG, key_text=_texts(options, right))
        case BlankKey(blanks=blanks):
            return _mark_as(Outcome.WRONG, key_text=_first_spellings(blanks))
        case PredictionKey() as key:
            return _mark_prediction(item, variant, key, PickedOptions(frozenset()))


def suggest_rating(outcome: Outcome, *, hints_used: int = 0) -> Rating:
    """Suggest a rating; easy is the learner's alone to choose."""
    if outcome is Outcome.WRONG:
        return Rating.AGAIN
    return Rating.HARD if outcome is Outcome.PARTIAL or hints_used else Rating.GOOD


def _mark_as(  # noqa: PLR0913 - the fields of a mark
    outcome: Outcome,
    *,
    read_as: str = "",
    key_text: str,
    feedback: str = "",
    misconception: str | None = None,
    credit: float | None = None,
    measured: tuple[MeasuredOutcome, ...] = (),
) -> Mark:
    full = 1.0 if outcome is Outcome.RIGHT else 0.0
    return Mark(
        outcome=outcome,
        credit=full if credit is None else credit,
        read_as=read_as,
        key_text=key_text,
        feedback=feedback,
        misconception=misconception,
        suggested=suggest_rating(outcome),
        measured=measured,
    )


def _mark_number(key: NumberKey, answer: Number, language: Language) -> Mark:
    distance = abs(answer.value - key.value)
    unit = f" {key.unit}" if key.unit else ""
    read_as = write_number(round_to(answer.value, 6)) + (f" ({answer.note})" if answer.note else "")
    give = partial(_mark_as, read_as=read_as, key_text=key.text + unit)
    if distance <= max(key.absolute, key.relative * abs(key.value)):
        return give(Outcome.RIGHT)
    near = [
        wrong
        for wrong in key.misconceptions
        if abs(answer.value - wrong.value) <= max(key.absolute, key.relative * abs(wrong.value))
    ]
    if near:
        wrong = min(near, key=lambda one: abs(answer.value - one.value))
        return give(Outcome.WRONG, feedback=wrong.feedback, misconception=wrong.id)
    slip = find_slip(answer.value, key.value, relative=max(key.relative, 1e-3), language=language)
    if slip is not None:
        return give(Outcome.WRONG, misconception=slip[0], feedback=slip[1])
    return give(Outcome.WRONG)


def _mark_options(key: OptionKey, answer: PickedOptions, language: Language) -> Mark:
    give = partial(
        _mark_as, read_as=_texts(key.options, answer.ids), key_text=_texts(key.options, key.right)
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


def _mark_blanks(key: BlankKey, answer: FilledBlanks) -> Mark:
    pairs = zip(answer.texts, key.blanks, strict=True)
    right = sum(_same(text) in {_same(spelling) for spelling in blank} for text, blank in pairs)
    credit = right / len(key.blanks)
    outcome = Outcome.RIGHT if credit == 1 else Outcome.PARTIAL if credit > 0 else Outcome.WRONG
    return _mark_as(
        outcome,
        read_as="; ".join(answer.texts),
        key_text=_first_spellings(key.blanks),
        credit=credit,
    )


def _mark_prediction(
    item: Item, variant: Variant, key: PredictionKey, answer: PickedOptions
) -> Mark:
    if not isinstance(item, Prediction):
        raise TypeError(f"{variant.item} is no prediction")
    decision = decide_outcome(item, item_id=variant.item)
    happened = frozenset({decision.outcome})
    return _mark_as(
        Outcome.RIGHT if answer.ids == happened else Outcome.WRONG,
        read_as=_texts(key.options, answer.ids),
        key_text=_texts(key.options, happened),
        feedback=_feedback(key.options, answer.ids),
        misconception=None if answer.ids <= happened else min(answer.ids),
        measured=tuple(
            MeasuredOutcome(name, found.value, found.standard_error, found.replicates)
            for name, found in decision.measured.items()
        ),
    )


def _texts(options: tuple[ShownOption, ...], ids: frozenset[str]) -> str:
    return "; ".join(option.text for option in options if option.id in ids)


def _feedback(options: tuple[ShownOption, ...], ids: "frozenset[str] | list[str]") -> str:
    return " ".join(option.feedback for option in options if option.id in ids and option.feedback)


def _first_spellings(blanks: tuple[tuple[str, ...], ...]) -> str:
    return "; ".join(blank[0] for blank in blanks)


def _same(text: str) -> str:
    """Make two spellings of one word equal: NFKC, case and spaces apart."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
