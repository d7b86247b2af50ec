"""The words of what kept a claim or key from being tried, or shows that it does not hold."""

from collections.abc import Mapping
from dataclasses import fields

from studytool.language import Language, Message, Phrase
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.packs.text import Text
from studytool.verification.problems import (
    AuthorMistake,
    CircularCheck,
    CostlySample,
    FailedClaim,
    FewDraws,
    KilledProcess,
    MemoryShortage,
    MistakenMean,
    OffAxis,
    OtherOption,
    OtherOutcome,
    Problem,
    SlowTask,
    StillSample,
    StrangeAnswer,
    UncoveredOptions,
    UndecidedOptions,
    UndrawnLabel,
    UnlinkedItem,
    UnseenValues,
    UnsettledDraw,
    UntriedClaim,
    UntriedControl,
    WaitingTask,
)
from studytool.wording.evidence import condition_text
from studytool.wording.verdicts import VERDICTS

_TOO_COSTLY = Phrase(
    ko="{quantity}: 이 방법으로는 시험할 수 없습니다. {needed:,.0f}번 되풀이해야 합니다. "
    "덜 흩어지는 표본을 쓰거나 허용 오차를 넓히세요. 평균이 없는 분포라면 중앙값을 물으세요.",
    en="{quantity}: cannot be tried this way: {needed:,.0f} replicates would be needed; "
    "take a sample with less spread, or a wider tolerance; of a law without a mean ask for a median",
)
_INFINITE_SPREAD = Phrase(
    ko="{quantity}: 이 방법으로는 시험할 수 없습니다. 흩어짐이 유한하지 않습니다. "
    "덜 흩어지는 표본을 쓰거나 허용 오차를 넓히세요. 평균이 없는 분포라면 중앙값을 물으세요.",
    en="{quantity}: cannot be tried this way: its spread is not finite; "
    "take a sample with less spread, or a wider tolerance; of a law without a mean ask for a median",
)
_UNSEEN_VALUES = Phrase(
    ko="{quantity}: 값의 범위가 넓어서 드문 큰 값이 안 나왔을 수 있습니다. "
    "{needed:,.0f}번은 되풀이해야 합니다. 몫이나 중앙값을 묻거나 범위를 좁히세요.",
    en="{quantity}: its range leaves room for rare large values, and {needed:,.0f} replicates "
    "would be needed to rule them out; ask for a share or a median, or narrow the range",
)
_MARKED_WRONG = Phrase(
    ko="선택지 '{id}': 틀리다고 표시했는데 맞는 것으로 나옵니다.",
    en="option '{id}' is marked wrong, and shows right",
)
_MARKED_RIGHT = Phrase(
    ko="선택지 '{id}': 맞다고 표시했는데 틀린 것으로 나옵니다.",
    en="option '{id}' is marked right, and shows wrong",
)
_PROBLEMS: Mapping[type[Problem], Phrase] = {
    CircularCheck: Phrase(
        ko="확인이 정답 자체에서 나옵니다({form}). 정답의 수식 없이, 예컨대 분산이 1인 가중치에서 뽑으세요.",
        en="the check takes the key from itself ({form}); "
        "draw it without the key's own formula, from unit weights, say",
    ),
    MistakenMean: Phrase(
        ko="{quantity}: 여기에 맞지만, 같은 난수로 낸 평균(비라면 몫의 평균)은 {mean:.4g}입니다. 평균을 "
        "말하려면 statistic을 mean으로 하고, 아니면 statistic 옆 because에 까닭을 쓰세요.",
        en="{quantity} fits, but the mean of the same draws (of a ratio, of their quotients) is "
        "{mean:.4g}; if the mean is meant, ask for it by 'statistic: mean'; if not, say why in "
        "'because' beside 'statistic'",
    ),
    StillSample: Phrase(
        ko="{quantity}: 뽑은 값이 모두 {value:.6g} 곁에 있고 흩어진 폭이 {spread:.2g}뿐이라 표본이라 할 수 "
        "없습니다. 그 수는 also로 계산하고, 드문 사건이라면 그 몫을 물으세요.",
        en="{quantity}: every draw lies beside {value:.6g}, and they scatter by {spread:.2g} only, "
        "which is no sample; compute that number by 'also', or ask for the share of what is rare",
    ),
    UntriedControl: Phrase(
        ko="대조 '{id}': 시험할 수 있는 조건이 하나도 없었습니다.",
        en="control '{id}' could be tried on no draw",
    ),
    FewDraws: Phrase(
        ko="시드 {seeds}개에서 서로 다른 값이 {found}가지만 나옵니다. {needed}가지가 필요합니다.",
        en="{seeds} seeds give {found} different draws; {needed} are needed",
    ),
    UndrawnLabel: Phrase(
        ko="{parameter} = {value:g}: 이름표가 있지만 {seeds}번 뽑아도 나오지 않습니다.",
        en="{parameter} = {value:g} is labelled, and comes in none of {seeds} draws",
    ),
    OtherOutcome: Phrase(
        ko="학습자는 '{expected}'을(를) 보는데, 다른 난수로는 '{shown}'이(가) 나옵니다.",
        en="shows '{shown}', where the learner sees '{expected}'",
    ),
    UnsettledDraw: Phrase(
        ko="시뮬레이션이 무엇이 맞는지 정하지 못합니다. 경계를 측정값에서 멀리 옮기거나, 어림의 허용 범위를 "
        "넓히거나, 뽑는 조건에서 이런 수를 빼세요.",
        en="the simulation does not settle what is right; move the limits away from what it "
        "measures, allow an estimate more, or leave such numbers out by 'require'",
    ),
    OffAxis: Phrase(
        ko="어림할 값 {value:.3g}이(가) {low:g}부터 {high:g}까지인 축을 벗어납니다. 축을 늘리세요.",
        en="the value to estimate, {value:.3g}, lies beside its axis from {low:g} to {high:g}; "
        "make the axis longer",
    ),
    UnlinkedItem: Phrase(
        ko="기대는 주장이 없습니다. claims에 적으세요.",
        en="it rests on no claim; name one in 'claims'",
    ),
    UndecidedOptions: Phrase(
        ko="잰 값으로는 {ids}의 when이 정해지지 않습니다. 경계를 측정값에서 멀리 옮기세요.",
        en="what is measured does not decide the 'when' of {ids}; move their limits away from it",
    ),
    UncoveredOptions: Phrase(
        ko="시험하는 것이 없는 선택지: {ids}. when이나 because를 쓰세요.",
        en="nothing tries the options {ids}; give each 'when' or 'because'",
    ),
    UntriedClaim: Phrase(
        ko="주장 '{id}': 시험하지 않습니다. {why}", en="claim '{id}' is not tried. {why}"
    ),
    FailedClaim: Phrase(
        ko="이 문항이 기대는 주장 '{id}'의 판정: {verdict}",
        en="it rests on claim '{id}': {verdict}",
    ),
    KilledProcess: Phrase(
        ko="시험하던 프로세스가 두 번 강제로 끝났습니다. 메모리가 모자랐을 수 있습니다.",
        en="the process that tried it was killed, twice; did it run out of memory?",
    ),
    SlowTask: Phrase(
        ko="프로세서 시간 {seconds:g}초 안에 끝나지 않아 멈췄습니다. 표본이나 실험을 더 작게 하세요.",
        en="stopped after {seconds:g} s of processor time; make its samples or experiments smaller",
    ),
    WaitingTask: Phrase(
        ko="시계로 {clock_seconds:g}초가 지나도록 프로세서 시간 {seconds:g}초를 받지 못해 "
        "멈췄습니다. 컴퓨터가 덜 바쁠 때 다시 시험하세요.",
        en="stopped after {clock_seconds:g} s by the clock, in which it had less than "
        "{seconds:g} s of processor time; try it again when the machine is less busy",
    ),
    MemoryShortage: Phrase(
        ko="메모리가 모자라 멈췄습니다. 표본이나 실험을 더 작게 하세요.",
        en="stopped for want of memory; make its samples or experiments smaller",
    ),
    StrangeAnswer: Phrase(
        ko="일꾼이 돌려준 것이 이것을 시험한 결과가 아닙니다. 일꾼도 같은 프로그램을 쓰는지 확인하세요.",
        en="what the worker returned is no finding of this; see that it runs the same program",
    ),
}
"""By the kind of problem, whose fields fill the phrase in."""


def problem_text(problem: Problem, language: Language) -> str:
    """Say what kept a claim or key from being tried, or shows that it does not hold."""
    match problem:
        case AuthorMistake(why, condition):
            return f"{bracketed(condition)} {why.text(language)}".strip()
        case CostlySample():
            return _too_costly(problem).text(language)
        case UnseenValues(quantity, condition, needed):
            named = f"{quantity} {bracketed(condition)}".strip()
            return _UNSEEN_VALUES.text(language, quantity=named, needed=needed)
        case OtherOption(name, is_right):
            return (_MARKED_WRONG if is_right else _MARKED_RIGHT).text(language, id=name)
        case _:
            values = {one.name: getattr(problem, one.name) for one in fields(problem)}
            words = {name: _words(value, language) for name, value in values.items()}
            said = _PROBLEMS[type(problem)].text(language, **words)
            return f"{bracketed(values.get('condition', {}))} {said}".strip()


def _words(value: object, language: Language) -> object:
    match value:
        case Text():
            return value.text(language)
        case Verdict():
            return VERDICTS[value].text(language)
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return value


def _too_costly(sample: CostlySample) -> Message:
    quantity = f"{sample.quantity} {bracketed(sample.condition)}".strip()
    if sample.needed < float("inf"):
        return _TOO_COSTLY.of(quantity=quantity, needed=sample.needed)
    return _INFINITE_SPREAD.of(quantity=quantity)


def bracketed(condition: NumbersByName) -> str:
    """Write the numbers of a condition in brackets; nothing where it has none."""
    return f"[{condition_text(condition)}]" if condition else ""
