"""The words of the evidence behind a question: how sure its key is, and what the notes say."""

from studytool.language import Language, Phrase
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.session.badge import Badge
from studytool.typeset.math_line import set_formulas

_VERIFIED_FOR = Phrase(
    "검증됨: {condition}일 때 예측 {predicted:.4g}, 시뮬레이션 {measured} ({n:,}회)",
    "verified for {condition}: predicted {predicted:.4g}, simulated {measured} ({n:,} runs)",
)
_VERIFIED_ORDER = Phrase(
    "검증됨: 차이({measured})가 {margin:.4g}보다 큽니다 ({n:,}회)",
    "verified: the difference is {measured}, above {margin:.4g} ({n:,} runs)",
)
_VERIFIED_ORDER_EXACTLY = Phrase(
    "검증됨: 계산한 차이({measured})가 {margin:.4g}보다 큽니다",
    "verified: the difference, {measured} as computed, is above {margin:.4g}",
)
_VERIFIED_AGAIN = Phrase(
    "검증됨: 다른 난수로 다시 시뮬레이션해도 같은 결과가 나옵니다",
    "verified: a simulation with other random numbers shows the same",
)
_VERIFIED_BESIDE = Phrase(
    "검증됨: 다른 방법으로도 같은 결과가 나옵니다 (시험한 경우: {draws})",
    "verified: a second method agrees (cases tried: {draws})",
)
_VERIFIED_EXACTLY = Phrase(
    "검증됨: 다른 방법으로 계산해도 정확히 같습니다 (시험한 경우: {draws})",
    "verified: a second method agrees exactly (cases tried: {draws})",
)
_VERIFIED_ONLY = Phrase("검증됨", "verified")
_NOT_VERIFIED = Phrase("이 문항은 시뮬레이션 대상이 아닙니다", "not a thing to simulate")
_REFUTED = Phrase("주의: 검증을 통과하지 못했습니다", "beware: this did not pass verification")
_NOTES = Phrase("노트 {line}행: “{quote}”", "notes, line {line}: “{quote}”")
_SOURCE = Phrase("출처: {source}", "source: {source}")
_STANDINGS = {
    "confirmed": Phrase("맞는 문장입니다", "this sentence stands"),
    "corrected": Phrase("고쳐야 할 문장입니다", "this sentence needs a correction"),
    "refuted": Phrase("틀린 문장입니다", "this sentence is wrong"),
    "convention": Phrase("관례입니다", "a convention"),
    "contested": Phrase("논쟁이 있습니다", "contested"),
    "not-computable": Phrase("계산할 수 없는 문장입니다", "not a thing to compute"),
}


def evidence_lines(badge: Badge, language: Language) -> list[str]:
    """Say how sure the key is, what the notes say of it and how that stands, and the source."""
    lines = [_verdict(badge, language)]
    if badge.notes_line is not None and badge.notes_standing is not None:
        standing = _STANDINGS[badge.notes_standing].text(language)
        quote = set_formulas(badge.notes_quote or "")
        cited = _NOTES.text(language, line=badge.notes_line, quote=quote)
        lines.append(f"{cited} — {standing}")
        if badge.notes_standing in ("corrected", "refuted") and badge.statement:
            lines.append(f"→ {set_formulas(badge.statement)}")
    if badge.source:
        lines.append(_SOURCE.text(language, source=badge.source))
    return lines


def _verdict(badge: Badge, language: Language) -> str:
    if badge.verdict is None:
        return _NOT_VERIFIED.text(language)
    if badge.verdict is not Verdict.HOLDS:
        return _REFUTED.text(language)
    if badge.estimate is None or not badge.replicates:
        return _VERIFIED_ONLY.text(language)
    return _verified(badge).text(
        language,
        condition=condition_text(badge.condition),
        predicted=badge.predicted,
        margin=badge.predicted,
        measured=_measured(badge),
        n=badge.replicates,
        draws=badge.draws,
    )


def _verified(badge: Badge) -> Phrase:
    """Choose the sentence; numbers stand where they say something of the question in view."""
    match badge.compared:
        case "order":
            return _VERIFIED_ORDER if badge.standard_error else _VERIFIED_ORDER_EXACTLY
        case "rerun":
            return _VERIFIED_AGAIN
        case "key" if badge.condition and not badge.is_exact:
            return _VERIFIED_FOR
        case _:
            return _VERIFIED_EXACTLY if badge.is_exact else _VERIFIED_BESIDE


def _measured(badge: Badge) -> str:
    error = f" ± {badge.standard_error:.1g}" if badge.standard_error else ""
    return f"{badge.estimate:.4g}{error}"


def condition_text(condition: NumbersByName) -> str:
    """Write the numbers of a condition.

    >>> condition_text({"fan_in": 64.0, "p": 0.25})
    'fan_in = 64, p = 0.25'
    """
    return ", ".join(f"{name} = {value:g}" for name, value in condition.items())
