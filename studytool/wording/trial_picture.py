"""What a trial measured, drawn: the estimate in its interval, the number predicted, and how far is wrong."""

from collections.abc import Iterator
from math import isfinite

from studytool.language import Language, Phrase
from studytool.quiz.axis import Leeway, ShownValue
from studytool.quiz.number_text import write_short
from studytool.session.key_trial import TriedKey
from studytool.typeset.cells import cut
from studytool.verification.evidence import MeasuredQuantity, Relation
from studytool.wording.axis import axis_cells, axis_scale, cell_of, marked_line
from studytool.wording.running import THEORY_SIGN, interval_row, rounded_axis

_PREDICTED = Phrase("예측값", "predicted")
_DRAWN = Phrase(
    "● 측정 ({n:,}번) · 굵은 곳: 예측값으로 칠 범위(δ)",
    "● measured (n = {n:,}) · thick: what counts as predicted (δ)",
)


def trial_picture(tried: TriedKey, language: Language, *, width: int) -> Iterator[str]:
    """Draw the first measurement that was compared with a number, in lines of at most ``width`` cells.

    Nothing where all was computed exactly: there is no interval to see.
    """
    found = tried.evidence
    every = [*found.key.measured, *(one for claim in found.claims for one in claim.measured)]
    one = next(filter(_can_be_drawn, every), None)
    if one is None:
        return
    low, high = one.interval
    reach = 2 * one.tolerance
    axis = rounded_axis(min(low, one.predicted - reach), max(high, one.predicted + reach))
    cells = axis_cells(width)
    at = cell_of(axis, one.predicted, cells)
    key = ShownValue(one.predicted, one.predicted, one.predicted)
    yield marked_line(
        THEORY_SIGN, _PREDICTED.text(language), write_short(one.predicted), (at, cells)
    )
    yield from axis_scale(axis, cells, key, Leeway(distance=one.tolerance))
    shown = ShownValue(one.estimate.value, low, high)
    yield interval_row(shown, axis, cells, [(at, THEORY_SIGN)], is_bounded=True).rstrip()
    yield cut(_DRAWN.text(language, n=one.estimate.replicates), width)


def _can_be_drawn(one: MeasuredQuantity) -> bool:
    numbers = (one.estimate.value, one.predicted, one.tolerance, *one.interval)
    is_compared = one.relation is Relation.EQUALS
    return (
        is_compared
        and all(map(isfinite, numbers))
        and one.tolerance > 0 < one.estimate.standard_error
    )
