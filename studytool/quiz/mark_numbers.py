"""Mark a number: by the key's tolerance, then by its misconceptions, then by common slips."""

from functools import partial

from studytool.language import Language
from studytool.quiz.give_mark import mark_as
from studytool.quiz.number_text import round_to, write_number
from studytool.quiz.slips import find_slip
from studytool.quiz.variant import Mark, Number, NumberKey, Outcome


def mark_number(key: NumberKey, answer: Number, language: Language) -> Mark:
    """Compare a number with its key: the tolerance first, the nearest misconception, then slips."""
    distance = abs(answer.value - key.value)
    unit = f" {key.unit}" if key.unit else ""
    read_as = write_number(round_to(answer.value, 6)) + (f" ({answer.note})" if answer.note else "")
    give = partial(mark_as, read_as=read_as, key_text=key.text + unit)
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
