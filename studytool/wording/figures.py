"""The figures of the evidence in one line: interval, tolerance, controls and seed."""

from collections.abc import Iterator, Mapping

from studytool.language import Language, Phrase
from studytool.packs.evidence import KeptMeasurement, Verdict
from studytool.session.badge import Badge, TrialKind
from studytool.typeset.cells import cell_width, cut

WIDTH = 74
"""Cells of a line of evidence on a screen of 80 columns."""
_FEWEST_DIGITS, _MOST_DIGITS = 3, 6

_INTERVAL = Phrase("구간 {interval}", "interval {interval}")
_WITHIN = Phrase(
    "{interval}, 허용 {predicted} ± {delta}(δ)", "{interval} in {predicted} ± {delta} (δ)"
)
_NOT_WITHIN = Phrase(
    "{interval}, 허용 {predicted} ± {delta}(δ) 밖", "{interval} not in {predicted} ± {delta} (δ)"
)
_EXACTLY = Phrase("계산이 정확히 일치(경우 {draws})", "equal to rounding (cases: {draws})")
_ABOVE = Phrase("차이의 구간 {ends}, 기준 {predicted}", "difference in {ends}, margin {predicted}")
_DECIDES = Phrase("측정값 {name}의 구간 {ends}", "measured {name} in {ends}")
_COMPUTES = Phrase("계산한 값 {name} = {value}", "computed {name} = {value}")
_SHARE = Phrase(
    "격자의 {held:.0%}에서 성립({claimed:.0%} 이상이라 함)",
    "holds on {held:.0%} of a grid (claimed: {claimed:.0%})",
)
_AGAIN = Phrase("다른 난수로도 같은 결과", "other random numbers, the same outcome")
_OTHER_OUTCOME = Phrase("다른 난수로는 다른 결과", "other random numbers, another outcome")
_CONTROLS = Phrase("틀린 값 {rejected}/{controls} 기각", "{rejected}/{controls} wrong rejected")
_NO_CONTROL = Phrase("대조 없음", "no control")
_SEED = Phrase("시드 {seed}", "seed {seed}")
_COMPARED: Mapping[TrialKind, tuple[Phrase, Phrase]] = {
    "order": (_ABOVE, _ABOVE),
    "share": (_SHARE, _SHARE),
    "options": (_DECIDES, _DECIDES),
    "rerun": (_AGAIN, _OTHER_OUTCOME),
}
"""The words by what was compared: where it holds, and where it does not."""


def figures_text(badge: Badge, language: Language, width: int = WIDTH) -> str:
    """Write what was measured beside what was predicted, the controls, and the seed where it fits."""
    texts = _candidates(badge, language, width)
    return next(text for text in texts if cell_width(text) <= width)


def seed_text(badge: Badge, language: Language) -> str:
    """Write the seed of the random draws."""
    return _SEED.text(language, seed=badge.seed)


def _candidates(badge: Badge, language: Language, width: int) -> Iterator[str]:
    """Write the figures, then with less and less."""
    controls = (
        _CONTROLS.text(language, rejected=badge.rejected, controls=badge.controls)
        if badge.controls
        else _NO_CONTROL.text(language)
    )
    intervals: list[str] = []
    if badge.measured is not None:
        ends = interval_text(badge.measured)
        named = _INTERVAL.text(language, interval=ends)
        intervals = [_measured(badge, badge.measured, one, language) for one in (named, ends)]
    seed = seed_text(badge, language)
    for parts in ([controls, seed], [controls]):
        for interval in intervals or [""]:
            yield "; ".join([*([interval] if interval else []), *parts])
    yield cut("; ".join([*intervals[:1], controls]), width)


def _measured(badge: Badge, measured: KeptMeasurement, interval: str, language: Language) -> str:
    return _phrase(badge).text(
        language,
        interval=interval,
        ends=interval_text(measured),
        name=measured.quantity,
        value=_number(measured.estimate),
        predicted=_number(measured.predicted),
        delta=_number(measured.tolerance, digits=2),
        held=measured.estimate or 0.0,
        claimed=measured.predicted or 0.0,
        draws=badge.draws,
    )


def _phrase(badge: Badge) -> Phrase:
    """Choose the phrase for what was compared."""
    is_held = badge.verdict is Verdict.HOLDS
    if badge.compared == "options" and badge.is_exact:
        return _COMPUTES
    if badge.compared in _COMPARED:
        held, other = _COMPARED[badge.compared]
        return held if is_held else other
    if badge.is_exact and is_held:
        return _EXACTLY
    return _WITHIN if is_held else _NOT_WITHIN


def interval_text(measured: KeptMeasurement) -> str:
    """Write an interval with as many digits as tell its ends apart, three to six.

    >>> interval_text(KeptMeasurement("x", {}, 1, 0, 9, 1, 0.1, interval=(0.00733082, 0.0073758)))
    '[0.00733, 0.00738]'
    """
    low, high = measured.interval
    several = [
        (_number(low, digits=digits), _number(high, digits=digits))
        for digits in range(_FEWEST_DIGITS, _MOST_DIGITS + 1)
    ]
    first, last = next((ends for ends in several if ends[0] != ends[1]), several[0])
    return f"[{first}, {last}]"


def _number(value: float | None, *, digits: int = _FEWEST_DIGITS) -> str:
    return "?" if value is None else f"{value:.{digits}g}"
