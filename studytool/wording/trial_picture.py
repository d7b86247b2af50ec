"""A trial drawn: the estimate closing in on the number predicted, and the wrong ones that it rejects."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import isfinite

from studytool.language import Language, Phrase
from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis, ConfidenceInterval
from studytool.quiz.axis import Axis, Leeway, ShownValue
from studytool.quiz.number_text import SHORT, write_short
from studytool.quiz.simulation import CORNER
from studytool.session.key_trial import TriedKey
from studytool.typeset.cells import cut
from studytool.verification.evidence import Evidence, MeasuredQuantity, Relation
from studytool.verification.looks import TrialLook, last_series
from studytool.wording.axis import (
    ESTIMATE_SIGN,
    MET_SIGN,
    THEORY_SIGN,
    axis_cells,
    axis_scale,
    beside,
    cell_of,
    interval_row,
    marked_line,
    rounded_axis,
)
from studytool.wording.running import REPLICATES

_PREDICTED = Phrase("예측값", "predicted")
_DRAWN = Phrase(
    "{sign} 측정 ({n:,}번) · 굵은 곳: 예측과 같다고 볼 범위",
    "{sign} measured (n = {n:,}) · thick: near enough to count as predicted",
)
_COMPUTED = Phrase("{sign} 다른 방법으로 계산한 값", "{sign} computed by a second method")
_WRONGS = Phrase("✗ 틀린 값 {values}", "✗ wrong: {values}")
_REJECTED = Phrase(
    "✗ 틀린 값 {rejected}/{total} 기각: {values}",
    "✗ {rejected} of {total} wrong values rejected: {values}",
)
_WRONG_SIGN = "✗"
_FAR = 2.0
"""A wrong number is on the axis up to so many times the number predicted away from it."""
_TOLERANCES = 50.0
"""Of a number near 0, so many times its tolerance stand for the number itself."""


def looks_picture(
    looks: Sequence[TrialLook],
    language: Language,
    *,
    width: int,
    rows: int,
    figures: int = SHORT,
) -> list[str]:
    """Draw the estimate under way after its last looks, ``rows`` of them; nothing before the first.

    Numbers are written in so many ``figures``, or in as many as tell a wrong one from the key.
    """
    series = last_series(looks)
    if not series or not _can_be_compared(series[-1]):
        return []
    figures = _figures(series[-1], figures)
    lines = list(_closing_in(series, language, width=width, rows=rows, figures=figures))
    wrongs = series[-1].wrongs.values()
    said = _WRONGS.text(language, values=_wrongs(wrongs, figures))
    return [*lines, cut(said, width)] if wrongs else lines


def trial_picture(
    tried: TriedKey,
    language: Language,
    *,
    width: int,
    looks: Sequence[TrialLook] = (),
    rows: int = 1,
    figures: int = SHORT,
) -> Iterator[str]:
    """Draw the first measurement that was compared with a number, in lines of at most ``width`` cells.

    Nothing where all was computed exactly, and no wrong number lies near.

    Args:
        tried: what was found.
        language: of the words.
        width: cells that a line may take.
        looks: what was seen on the way.
        rows: how many of them are drawn below each other, the last ones.
        figures: of the numbers; more where a wrong one would look like the key.
    """
    found = next(_drawable(tried, looks), None)
    if found is None:
        return
    owners, series = found
    last = series[-1]
    figures = _figures(last, figures)
    lines = list(_closing_in(series, language, width=width, rows=rows, figures=figures))
    yield from lines
    said = _COMPUTED if last.estimate.basis is Basis.COMPUTED else _DRAWN
    sign = MET_SIGN if MET_SIGN in lines[-1] else ESTIMATE_SIGN
    yield cut(said.text(language, sign=sign, n=last.estimate.replicates), width)
    if last.wrongs:
        yield cut(_rejected(owners, last, figures, language), width)


def _drawable(
    tried: TriedKey, looks: Sequence[TrialLook]
) -> Iterator[tuple[list[Evidence], Sequence[TrialLook]]]:
    """Return each measurement that can be drawn: all that have it, and what was seen of it on the way."""
    tells = (tried.evidence.key, *tried.evidence.claims)
    for one in (measured for owner in tells for measured in owner.measured):
        series = _series_of(one, looks)
        is_judged = one.relation is Relation.EQUALS and all(map(isfinite, one.interval))
        if is_judged and _can_be_compared(series[-1]):
            yield [owner for owner in tells if one in owner.measured], series


def _series_of(one: MeasuredQuantity, looks: Sequence[TrialLook]) -> Sequence[TrialLook]:
    for end in range(len(looks), 0, -1):
        look = looks[end - 1]
        if (look.quantity, look.predicted, look.estimate) == (
            one.quantity,
            one.predicted,
            one.estimate,
        ):
            return last_series(looks[:end])
    found = replace(one.estimate, interval=ConfidenceInterval(*one.interval))
    return (TrialLook(one.quantity, found, one.predicted, one.tolerance, {}),)


def _can_be_compared(look: TrialLook) -> bool:
    low, high, _ = _interval(look.estimate)
    numbers = (look.estimate.value, look.predicted, look.tolerance, low, high)
    if not all(map(isfinite, numbers)) or look.tolerance <= 0:
        return False
    return look.estimate.standard_error > 0 or any(_near(look))


def _near(look: TrialLook) -> Iterator[float]:
    """Return the wrong numbers that lie near enough to be drawn."""
    reach = _FAR * max(abs(look.predicted), _TOLERANCES * look.tolerance)
    for value in look.wrongs.values():
        if isfinite(value) and abs(value - look.predicted) <= reach:
            yield value


def _interval(found: Estimate) -> tuple[float, float, bool]:
    """Return the ends of an estimate's interval, and whether they bound it."""
    ends = found.bounds
    if isfinite(ends.low) and isfinite(ends.high):
        return ends.low, ends.high, True
    reach = CORNER * found.standard_error
    return found.value - reach, found.value + reach, False


def _axis(look: TrialLook) -> Axis:
    """Return an axis that is the same for all looks but the last, which may lie beside the others."""
    low, high, _ = _interval(look.estimate)
    reach = 2 * look.tolerance
    ends = [look.predicted - reach, look.predicted + reach, *_near(look)]
    if look.estimate.replicates > _SETTLED or look.estimate.basis is Basis.COMPUTED:
        ends += [low, high]
    return rounded_axis(min(ends), max(ends))


_SETTLED = 300
"""Replicates from which an interval has its place on the axis; one of fewer may reach beyond."""


def _closing_in(
    series: Sequence[TrialLook], language: Language, *, width: int, rows: int, figures: int
) -> Iterator[str]:
    last = series[-1]
    axis, cells = _axis(last), axis_cells(width)
    at = cell_of(axis, last.predicted, cells)
    key = ShownValue(last.predicted, last.predicted, last.predicted)
    predicted = write_short(last.predicted, figures)
    yield marked_line(THEORY_SIGN, _PREDICTED.text(language), predicted, (at, cells))
    yield from axis_scale(axis, cells, key, Leeway(distance=last.tolerance))
    wrongs = [(cell_of(axis, one, cells), _WRONG_SIGN) for one in _near(last)]
    for look in series[-rows:]:
        low, high, is_bounded = _interval(look.estimate)
        upright = [*(wrongs if look is last else []), (at, THEORY_SIGN)]
        shown = ShownValue(look.estimate.value, low, high)
        row = interval_row(shown, axis, cells, upright, is_bounded=is_bounded)
        has_number = look is not last or rows > 1
        words = REPLICATES.text(language, n=look.estimate.replicates)
        yield beside(row, words, width) if has_number else row.rstrip()


def _figures(look: TrialLook, fewest: int) -> int:
    """Return in how many figures, of at least ``fewest``, no wrong number looks like the key."""
    for figures in range(fewest, SHORT):
        key = write_short(look.predicted, figures)
        if key not in {write_short(one, figures) for one in look.wrongs.values()}:
            return figures
    return SHORT


def _wrongs(values: Iterable[float], figures: int) -> str:
    return ", ".join(write_short(one, figures) for one in values)


def _rejected(owners: Sequence[Evidence], look: TrialLook, figures: int, language: Language) -> str:
    """Name the wrong numbers, and say how many were rejected, by a key's own evidence or its claim's."""
    values = _wrongs(look.wrongs.values(), figures)
    told = ([one for one in owner.controls if one.id in look.wrongs] for owner in owners)
    controls = next(filter(None, told), None)
    if controls is None:
        return _WRONGS.text(language, values=values)
    rejected = sum(one.rejected for one in controls)
    return _REJECTED.text(language, values=values, rejected=rejected, total=len(controls))
