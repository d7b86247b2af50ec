"""The words of a verification: verdicts, estimates, reasons, and how evidence.lock agrees."""

from collections.abc import Iterator

from studytool.language import Language, Phrase
from studytool.packs.evidence import Independence, Verdict
from studytool.typeset.cells import cell_width, pad
from studytool.verification.evidence import (
    Evidence,
    MeasuredQuantity,
    PackEvidence,
    Relation,
)
from studytool.verification.lock import LockDifference
from studytool.verification.rule import PRECISION, RIGHT_REFUSED, WRONG_ACCEPTED, is_exact
from studytool.verification.ruler import EXPECTED
from studytool.verification.verify import RunProgress
from studytool.wording.doubts import DOUBTS
from studytool.wording.problems import bracketed, problem_text
from studytool.wording.verdicts import CLASSES, VERDICTS

_CLAIMS = Phrase(ko="{pack}: 주장", en="{pack}: claims")
_KEYS = Phrase(ko="{pack}: 정답", en="{pack}: keys")
_SUMMARY = Phrase(
    ko="성립 {holds}, 반증됨 {refuted}, 판정 못 함 {undecided}, 시험 안 함 {untried} "
    "({seconds:.1f}초)",
    en="{holds} hold, {refuted} refuted, {undecided} undecided, {untried} not tried "
    "({seconds:.1f} s)",
)
_RECALLED = Phrase(
    ko="그중 {n}개는 전에 시험한 뒤로 바뀐 것이 없어 그때의 결과입니다. --again은 모두 다시 시험합니다.",
    en="{n} of these are from an earlier run, unchanged since; --again tries all",
)
_TOTAL_ERROR = Phrase(
    ko="추정값 {n:,}개를 통틀어: 맞는 것을 하나라도 놓칠 확률 {refused:.2g} 이하, "
    "허용 오차만큼 틀린 것을 하나라도 받아들일 확률 {accepted:.2g} 이하",
    en="of all {n:,} estimates: a right one refused with probability {refused:.2g} at most, "
    "one wrong by its tolerance accepted with {accepted:.2g} at most",
)
_RULER = Phrase(
    ko="두 번씩 뽑은 추정값 {n:,}개의 차이는 평균 표준 오차의 {distance:.2f}배(오차가 맞으면 {expected:.2f}배)",
    en="{n:,} estimates drawn twice differ by {distance:.2f} standard errors on average "
    "({expected:.2f} where these are right)",
)
_WRONG_RULER = Phrase(
    ko="표준 오차가 맞지 않습니다. 위의 판정을 믿을 수 없습니다.",
    en="the standard errors are wrong: no verdict above can be believed",
)
_CONTROLS = Phrase(ko="대조 {n}개 중 {rejected}개 기각", en="controls {rejected}/{n}")
_ORACLES = Phrase(ko="다른 라이브러리의 값 {n}개 중 {agreed}개 일치", en="oracles {agreed}/{n}")
_REPLICATES = Phrase(ko="n={n:,}", en="n={n:,}")
_REPLICATES_OF = Phrase(ko="n={n:,} ({count}건 중 하나)", en="n={n:,}, 1 of {count}")
_SECONDS_LEFT = Phrase(
    ko="{done}/{total}  약 {seconds:.0f}초 남음",
    en="{done}/{total}  about {seconds:.0f} s left",
)
_MISSING = Phrase(
    ko="지금 문장대로는 evidence.lock에 없음: {n}개({few}). verify --write가 지금 찾은 것을 저장합니다.",
    en="{n} not in evidence.lock as worded now ({few}); verify --write keeps what was found now",
)
_CONTRADICTED = Phrase(
    ko="evidence.lock과 어긋남: {n}개({few}). verify --write가 지금 찾은 것을 저장합니다.",
    en="{n} contradicted by evidence.lock ({few}); verify --write keeps what was found now",
)
_UNREADABLE = Phrase(
    ko="evidence.lock에서 읽을 수 없어 무시함: {n}개({few}). verify --write가 파일을 새로 씁니다.",
    en="{n} in evidence.lock could not be read and was ignored ({few}); "
    "verify --write makes the file anew",
)
_AGREES = Phrase(ko="evidence.lock과 일치합니다.", en="evidence.lock agrees")

# --- reasons --------------------------------------------------------------------------------------

_OF_QUANTITY = Phrase(ko="{quantity}: {reason}", en="{quantity}: {reason}")
_COMPUTED = Phrase(
    ko="예측 {predicted:.8g}, 계산 {value:.8g}, 차이 {distance:.2g}",
    en="predicted {predicted:.8g}, computed {value:.8g}: off by {distance:.2g}",
)
_REFUTED = Phrase(
    ko="예측 {predicted:.8g}, 측정 {value:.6g} ± {error:.2g}, 차이 {distance:.2g}, "
    "허용 {tolerance:.2g}",
    en="predicted {predicted:.8g}, measured {value:.6g} ± {error:.2g}: off by {distance:.2g}, "
    "allowed {tolerance:.2g}",
)
_TOO_NEAR = Phrase(
    ko=f"{_REFUTED.ko}. 허용 한계에 너무 가까워 판정할 수 없습니다.",
    en=f"{_REFUTED.en}; too near that limit to tell",
)
_IMPRECISE = Phrase(
    ko=f"{_REFUTED.ko}. 표준 오차가 {{needed:.2g}} 이하여야 판정할 수 있습니다.",
    en=f"{_REFUTED.en}; the error must be at most {{needed:.2g}}",
)
_DOUBTFUL = Phrase(
    ko="예측 {predicted:.8g}, {n:,}번 뽑은 값 {value:.6g}. {doubt}",
    en="predicted {predicted:.8g}, {value:.6g} from {n:,} draws, but {doubt}",
)
_NOT_ABOVE = Phrase(
    ko="측정 {value:.4g} ± {error:.2g}: {predicted:g}보다 확실히 크지는 않습니다"
    "(둘의 차이가 {tolerance:.2g}에 못 미칩니다).",
    en="measured {value:.4g} ± {error:.2g}, which is not surely above {predicted:g}: "
    "off it by less than {tolerance:.2g}",
)
_BELOW = Phrase(
    ko="측정 {value:.4g} ± {error:.2g}: {predicted:g}보다 확실히 작습니다.",
    en="measured {value:.4g} ± {error:.2g}, which is surely below {predicted:g}",
)
_SMALL_SHARE = Phrase(
    ko="격자 {points}점 가운데 {low:.0%}에서 성립합니다(많아야 {high:.0%}). {predicted:.0%} 이상이어야 합니다.",
    en="it holds at {low:.0%} of {points} points of the grid (at most {high:.0%}); "
    "at least {predicted:.0%} are claimed",
)
_NOT_REPEATED = Phrase(
    ko="처음 {predicted:.6g}, 다른 난수로 {value:.6g} ± {error:.2g}",
    en="first {predicted:.6g}, with other random numbers {value:.6g} ± {error:.2g}",
)
_KEPT_CONTROL = Phrase(
    ko="대조 '{id}': {draws}번 중 {kept}번 기각되지 않았습니다.",
    en="control '{id}' was not rejected on {kept} of {draws}",
)
_OF_RELATION = {
    Relation.REPEATS: _NOT_REPEATED,
    Relation.SHARE: _SMALL_SHARE,
    Relation.DECIDES: Phrase(
        ko="측정 {value:.4g} ± {error:.2g}", en="measured {value:.4g} ± {error:.2g}"
    ),
}


def evidence_text(evidence: PackEvidence, difference: LockDifference, language: Language) -> str:
    """Write what a run found, a line for each claim and key, and how evidence.lock agrees."""
    lines = []
    for title, findings in ((_CLAIMS, evidence.claims), (_KEYS, evidence.keys)):
        if findings:
            lines.append(title.text(language, pack=evidence.pack))
            lines += [*(finding_text(found, language) for found in findings), ""]
    if classes := classes_text(evidence, language):
        lines.append(classes)
    return "\n".join([*lines, summary_text(evidence, language), *_compared(difference, language)])


def progress_text(progress: RunProgress, language: Language) -> str:
    """Write how far a run has come, how long it will take, and what it has just tried."""
    text = _SECONDS_LEFT.text(
        language, done=progress.done, total=progress.total, seconds=progress.seconds_left
    )
    return text if progress.finding is None else f"{text}  {progress.finding.id}"


def summary_text(evidence: PackEvidence, language: Language) -> str:
    """Write how many claims and keys have each verdict, and how sure all of them are."""
    counted = _SUMMARY.text(
        language,
        holds=evidence.count(Verdict.HOLDS),
        refuted=evidence.count(Verdict.REFUTED),
        undecided=evidence.count(Verdict.UNDECIDED),
        untried=evidence.count(None),
        seconds=evidence.seconds,
    )
    lines = [counted]
    if evidence.recalled:
        lines.append(_RECALLED.text(language, n=len(evidence.recalled)))
    refused, accepted = (evidence.total_error(each) for each in (RIGHT_REFUSED, WRONG_ACCEPTED))
    if n := evidence.estimates:
        lines.append(_TOTAL_ERROR.text(language, n=n, refused=refused, accepted=accepted))
    if (ruler := evidence.ruler) is not None:
        given = {"n": ruler.estimates, "distance": ruler.distance, "expected": EXPECTED}
        lines.append(_RULER.text(language, **given))
        lines += [] if ruler.is_right else [_WRONG_RULER.text(language)]
    return "\n".join(lines)


def classes_text(evidence: PackEvidence, language: Language) -> str:
    """Write how many claims and keys were tried in which way; an oracle counts beside the check."""
    counts = {one: evidence.count_class(one) for one in reversed(Independence)}
    return ", ".join(f"{CLASSES[one].text(language)} {n}" for one, n in counts.items() if n)


def finding_text(found: Evidence, language: Language) -> str:
    """Write one claim or key: its verdict, an estimate, its controls; below it, the reasons."""
    widest = max(cell_width(phrase.text(language)) for phrase in VERDICTS.values())
    verdict = pad(VERDICTS[found.verdict].text(language), widest)
    class_width = max(cell_width(phrase.text(language)) for phrase in CLASSES.values())
    kind = pad(CLASSES[found.independence].text(language), class_width)
    controls = ""
    if found.controls:
        rejected = sum(control.rejected for control in found.controls)
        controls = _CONTROLS.text(language, rejected=rejected, n=len(found.controls))
    beside = "  ".join(one for one in (controls, _oracles(found, language)) if one)
    line = f"  {verdict} {kind} {pad(found.id, 40)}{pad(_estimate(found, language), 44)}  {beside}"
    indent = " " * (widest + 3)
    return "\n".join([line.rstrip(), *(indent + reason for reason in reasons(found, language))])


def _oracles(found: Evidence, language: Language) -> str:
    """Write with how many numbers of other libraries the key agrees."""
    given = [one for one in found.measured if one.independence is Independence.ORACLE]
    agreed = sum(one.verdict is Verdict.HOLDS for one in given)
    return _ORACLES.text(language, agreed=agreed, n=len(given)) if given else ""


def reasons(found: Evidence, language: Language) -> list[str]:
    """Say why a claim or key does not hold, one reason a line; nothing when it does."""
    return [
        *(problem_text(problem, language) for problem in found.problems),
        *_failed(found.measured, language),
        *(
            _KEPT_CONTROL.text(language, id=one.id, kept=one.kept, draws=one.draws)
            for one in found.controls
            if not one.rejected
        ),
    ]


def _failed(measured: tuple[MeasuredQuantity, ...], language: Language) -> Iterator[str]:
    for one in measured:
        if one.verdict is not Verdict.HOLDS:
            quantity = f"{one.quantity} {bracketed(one.condition)}".strip()
            reason = _reason(one).text(
                language,
                predicted=one.predicted,
                tolerance=one.tolerance,
                value=one.estimate.value,
                n=one.estimate.replicates,
                error=one.estimate.standard_error,
                distance=abs(one.estimate.value - one.predicted),
                needed=one.tolerance / PRECISION,
                doubt="" if one.estimate.doubt is None else DOUBTS[one.estimate.doubt],
                low=one.interval[0],
                high=one.interval[1],
                points=one.estimate.replicates,
            )
            yield _OF_QUANTITY.text(language, quantity=quantity, reason=reason)


def _reason(one: MeasuredQuantity) -> Phrase:
    """Choose the reason why an estimate does not stand to its number as it should."""
    is_refuted = one.verdict is Verdict.REFUTED
    match one.relation:
        case Relation.EXCEEDS | Relation.EQUALS if one.estimate.doubt is not None:
            return _DOUBTFUL
        case Relation.EXCEEDS:
            return _BELOW if is_refuted else _NOT_ABOVE
        case Relation.REPEATS | Relation.DECIDES | Relation.SHARE:
            return _OF_RELATION[one.relation]
        case Relation.EQUALS if is_exact(one.estimate):
            return _COMPUTED
        case Relation.EQUALS if is_refuted:
            return _REFUTED
        case Relation.EQUALS:
            is_precise = one.estimate.standard_error <= one.tolerance / PRECISION
            return _TOO_NEAR if is_precise else _IMPRECISE


def _estimate(found: Evidence, language: Language) -> str:
    """Write the first estimate that does not hold, else the first, and of how many it is one."""
    if not found.measured:
        return ""
    failed = (one for one in found.measured if one.verdict is not Verdict.HOLDS)
    one = next(failed, found.measured[0])
    count = len(found.measured)
    phrase = _REPLICATES if count == 1 else _REPLICATES_OF
    replicates = phrase.text(language, n=one.estimate.replicates, count=count)
    return f"{measured_text(one)}  {replicates}"


def measured_text(one: MeasuredQuantity) -> str:
    """Write an estimate with its interval, and the margin that an order must exceed.

    >>> from studytool.numerics.estimate import Estimate
    >>> order = MeasuredQuantity("a − b", Estimate(2, 0.1, 128), 1, 0.4, Verdict.HOLDS,
    ...     relation=Relation.EXCEEDS, interval=(1.6, 2.4))
    >>> measured_text(order)
    '2 [1.6, 2.4] > 1'
    """
    low, high = one.interval
    margin = f" > {one.predicted:.4g}" if one.relation is Relation.EXCEEDS else ""
    return f"{one.estimate.value:.5g} [{low:.5g}, {high:.5g}]{margin}"


def _compared(difference: LockDifference, language: Language) -> list[str]:
    lines = []
    for names, phrase in (
        (difference.unreadable, _UNREADABLE),
        (difference.missing, _MISSING),
        (difference.contradicted, _CONTRADICTED),
    ):
        if names:
            few = ", ".join([*names[:3], *(["..."] if names[3:] else [])])
            lines.append(phrase.text(language, n=len(names), few=few))
    return lines or [_AGREES.text(language)]
