"""The figures of the evidence in one line: interval, tolerance, controls and seed."""

from collections.abc import Iterator, Mapping

from studytool.language import Language, Phrase
from studytool.packs.evidence import KeptMeasurement, Verdict
from studytool.session.badge import Badge, TrialKind
from studytool.typeset.cells import cell_width, cut
from studytool.wording.measured import measured_name

WIDTH = 74
"""Cells of a line of evidence on a screen of 80 columns."""
_FEWEST_DIGITS, _MOST_DIGITS = 3, 6

_NAMED = Phrase("{name}: {said}", "{name}: {said}")
_MEASURED = Phrase("측정 {interval}", "measured {interval}")
_KEY = Phrase("{interval}, 정답 {predicted} ± {delta}", "{interval}, key {predicted} ± {delta}")
_CLAIM = Phrase("{interval}, 주장 {predicted} ± {delta}", "{interval}, claim {predicted} ± {delta}")
_NOT_WITHIN = Phrase(
    "{interval}, {predicted} ± {delta} 밖", "{interval}, outside {predicted} ± {delta}"
)
_EXACTLY = Phrase(
    "두 계산이 반올림까지 일치(경우 {draws}개)",
    "two computations agree to rounding (cases: {draws})",
)
_ABOVE = Phrase("차이 {ends}, {predicted}보다 큼", "difference {ends}, above {predicted}")
_NOT_ABOVE = Phrase(
    "차이 {ends}, {predicted}보다 크다고 할 수 없음",
    "difference {ends}, not surely above {predicted}",
)
_INTERVAL = Phrase("{interval}", "{interval}")
_COMPUTES = Phrase("계산한 값 {value}", "computed {value}")
_SHARE = Phrase(
    "시험한 설정의 {held:.0%}에서 성립({claimed:.0%} 이상이라 함)",
    "holds at {held:.0%} of settings (claimed: {claimed:.0%})",
)
_AGAIN = Phrase("다른 난수로도 같은 결과", "other random numbers, the same outcome")
_OTHER_OUTCOME = Phrase("다른 난수로는 다른 결과", "other random numbers, another outcome")
_COMPUTED_AGAIN = Phrase("다시 계산해도 같은 결과", "computed again, the same outcome")
_COMPUTED_OTHERWISE = Phrase("다시 계산하니 다른 결과", "computed again, another outcome")
_CONTROLS = Phrase(
    "틀린 값 {rejected}/{controls} 기각", "{rejected}/{controls} wrong values rejected"
)
_NO_CONTROL = Phrase("틀린 값은 시험하지 않음", "no wrong value tried")
_SEED = Phrase("시드 {seed}", "seed {seed}")
_COMPARED: Mapping[TrialKind, tuple[Phrase, Phrase]] = {
    "key": (_KEY, _NOT_WITHIN),
    "claim": (_CLAIM, _NOT_WITHIN),
    "order": (_ABOVE, _NOT_ABOVE),
    "share": (_SHARE, _SHARE),
    "options": (_INTERVAL, _INTERVAL),
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
    measured = [] if badge.measured is None else [*_measured(badge, badge.measured, language)]
    seed = seed_text(badge, language)
    for one in measured or [""]:
        for parts in ([controls, seed], [controls]):
            yield "; ".join([*([one] if one else []), *parts])
    yield cut("; ".join([*measured[-1:], controls]), width)


def _measured(badge: Badge, measured: KeptMeasurement, language: Language) -> Iterator[str]:
    """Write what was found and of what, then without the name and the word before the interval."""
    ends = interval_text(measured)
    said, briefly = (
        _phrase(badge).text(
            language,
            interval=interval,
            ends=ends,
            value=_number(measured.estimate),
            predicted=_number(measured.predicted),
            delta=_number(measured.tolerance, digits=2),
            held=measured.estimate or 0.0,
            claimed=measured.predicted or 0.0,
            draws=badge.draws,
        )
        for interval in (_MEASURED.text(language, interval=ends), ends)
    )
    name = measured_name(measured.quantity, language)
    if name and badge.compared != "rerun":
        yield _NAMED.text(language, name=name, said=said)
        yield _NAMED.text(language, name=name, said=briefly)
    yield from (said, briefly)


def _phrase(badge: Badge) -> Phrase:
    """Choose the phrase for what was compared."""
    is_held = badge.verdict is Verdict.HOLDS
    if badge.is_exact:
        if badge.compared == "options":
            return _COMPUTES
        if badge.compared == "rerun":
            return _COMPUTED_AGAIN if is_held else _COMPUTED_OTHERWISE
        if badge.compared in ("key", "claim") and is_held:
            return _EXACTLY
    held, other = _COMPARED[badge.compared]
    return held if is_held else other


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
