"""Every word of a verification in both languages: verdicts, reasons, progress, the summary."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import get_args

import pytest

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.language import LANGUAGES, Language, Phrase
from studytool.numerics.estimate import Doubt, Estimate
from studytool.numerics.intervals import WHOLE_LINE, Basis
from studytool.packs.evidence import Independence, Verdict
from studytool.packs.text import Text
from studytool.verification.evidence import (
    ControlResult,
    Evidence,
    MeasuredQuantity,
    PackEvidence,
    Relation,
)
from studytool.verification.lock import LockDifference
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
from studytool.verification.verify import RunProgress
from studytool.wording import problems, verification
from studytool.wording.problems import problem_text
from studytool.wording.verification import (
    evidence_text,
    finding_text,
    progress_text,
    reasons,
)
from tests.rows import all_rows

MEASURED = MeasuredQuantity(
    quantity="mean(x)",
    estimate=Estimate(1.2, 0.01, 4096),
    predicted=1.0,
    tolerance=0.05,
    verdict=Verdict.REFUTED,
    condition={"fan_in": 64.0, "p": 0.25},
    interval=(1.16, 1.24),
)
FOUND = Evidence(
    id="xavier",
    standing="confirmed",
    verdict=Verdict.HOLDS,
    measured=(replace(MEASURED, verdict=Verdict.HOLDS),),
    controls=(ControlResult("double", draws=3, kept=0),),
    draws=3,
    seed=0,
    seconds=0.5,
    revision="r",
)

PROBLEMS: list[tuple[Problem, str, str]] = [
    (
        AuthorMistake.of(FormulaError(refusals.ZERO, 2, name="'/'"), {"n": 0.0}),
        "[n = 0] column 2: '/': division by zero, or a logarithm of 0",
        "[n = 0] 2번째 글자: '/': 0으로 나누었거나 0의 로그입니다.",
    ),
    (
        AuthorMistake.of(FormulaError(refusals.EMPTY), {}),
        "the formula is empty",
        "수식이 비어 있습니다.",
    ),
    (
        CostlySample("mean(x)", {"n": 8.0}, 1.5e7),
        "mean(x) [n = 8]: cannot be tried this way: 15,000,000 replicates would be needed; "
        "take a sample with less spread, or a wider tolerance; "
        "of a law without a mean ask for a median",
        "mean(x) [n = 8]: 이 방법으로는 시험할 수 없습니다. 15,000,000번 되풀이해야 합니다. "
        "덜 흩어지는 표본을 쓰거나 허용 오차를 넓히세요. 평균이 없는 분포라면 중앙값을 물으세요.",
    ),
    (
        CostlySample("mean(x)", {}, float("nan")),
        "mean(x): cannot be tried this way: its spread is not finite; "
        "take a sample with less spread, or a wider tolerance; "
        "of a law without a mean ask for a median",
        "mean(x): 이 방법으로는 시험할 수 없습니다. 흩어짐이 유한하지 않습니다. "
        "덜 흩어지는 표본을 쓰거나 허용 오차를 넓히세요. 평균이 없는 분포라면 중앙값을 물으세요.",
    ),
    (
        MistakenMean("median(x)", 0.395512, {"n": 8.0}),
        "[n = 8] median(x) fits, but the mean of the same draws (of a ratio, of their quotients) "
        "is 0.3955; if the mean is meant, ask for it by 'statistic: mean'; if not, say why in "
        "'because' beside 'statistic'",
        "[n = 8] median(x): 여기에 맞지만, 같은 난수로 낸 평균(비라면 몫의 평균)은 0.3955입니다. "
        "평균을 말하려면 statistic을 mean으로 하고, 아니면 statistic 옆 because에 까닭을 쓰세요.",
    ),
    (
        StillSample("mean(x)", 2.0, 1e-12, {"n": 8.0}),
        "[n = 8] mean(x): every draw lies beside 2, and they scatter by 1e-12 only, which is no "
        "sample; compute that number by 'also', or ask for the share of what is rare",
        "[n = 8] mean(x): 뽑은 값이 모두 2 곁에 있고 흩어진 폭이 1e-12뿐이라 표본이라 할 수 없습니다. "
        "그 수는 also로 계산하고, 드문 사건이라면 그 몫을 물으세요.",
    ),
    (
        CircularCheck("he_variance"),
        "the check takes the key from itself (he_variance); "
        "draw it without the key's own formula, from unit weights, say",
        "확인이 정답 자체에서 나옵니다(he_variance). "
        "정답의 수식 없이, 예컨대 분산이 1인 가중치에서 뽑으세요.",
    ),
    (
        UnseenValues("mean(x)", {"n": 8.0}, 1.5e7),
        "mean(x) [n = 8]: its range leaves room for rare large values, and 15,000,000 replicates "
        "would be needed to rule them out; ask for a share or a median, or narrow the range",
        "mean(x) [n = 8]: 값의 범위가 넓어서 드문 큰 값이 안 나왔을 수 있습니다. "
        "15,000,000번은 되풀이해야 합니다. 몫이나 중앙값을 묻거나 범위를 좁히세요.",
    ),
    (
        UntriedControl("double"),
        "control 'double' could be tried on no draw",
        "대조 'double': 시험할 수 있는 조건이 하나도 없었습니다.",
    ),
    (
        FewDraws(seeds=60, found=2, needed=3),
        "60 seeds give 2 different draws; 3 are needed",
        "시드 60개에서 서로 다른 값이 2가지만 나옵니다. 3가지가 필요합니다.",
    ),
    (
        UndrawnLabel("mode", 2.0, seeds=60),
        "mode = 2 is labelled, and comes in none of 60 draws",
        "mode = 2: 이름표가 있지만 60번 뽑아도 나오지 않습니다.",
    ),
    (
        OtherOutcome(shown="grows", expected="shrinks"),
        "shows 'grows', where the learner sees 'shrinks'",
        "학습자는 'shrinks'을(를) 보는데, 다른 난수로는 'grows'이(가) 나옵니다.",
    ),
    (
        OtherOutcome("a → b", "b → a", {"depth": 8.0}),
        "[depth = 8] shows 'a → b', where the learner sees 'b → a'",
        "[depth = 8] 학습자는 'b → a'을(를) 보는데, 다른 난수로는 'a → b'이(가) 나옵니다.",
    ),
    (
        UnsettledDraw({"depth": 8.0}),
        "[depth = 8] the simulation does not settle what is right; move the limits away from what "
        "it measures, allow an estimate more, or leave such numbers out by 'require'",
        "[depth = 8] 시뮬레이션이 무엇이 맞는지 정하지 못합니다. 경계를 측정값에서 멀리 옮기거나, 어림의 "
        "허용 범위를 넓히거나, 뽑는 조건에서 이런 수를 빼세요.",
    ),
    (
        OffAxis(1.56e-5, 0.001, 1.0, {"depth": 8.0}),
        "[depth = 8] the value to estimate, 1.56e-05, lies beside its axis from 0.001 to 1; "
        "make the axis longer",
        "[depth = 8] 어림할 값 1.56e-05이(가) 0.001부터 1까지인 축을 벗어납니다. 축을 늘리세요.",
    ),
    (
        OtherOption("half", is_right=True),
        "option 'half' is marked wrong, and shows right",
        "선택지 'half': 틀리다고 표시했는데 맞는 것으로 나옵니다.",
    ),
    (
        OtherOption("half", is_right=False),
        "option 'half' is marked right, and shows wrong",
        "선택지 'half': 맞다고 표시했는데 틀린 것으로 나옵니다.",
    ),
    (
        UndecidedOptions(("half", "all")),
        "what is measured does not decide the 'when' of half, all; move their limits away from it",
        "잰 값으로는 half, all의 when이 정해지지 않습니다. 경계를 측정값에서 멀리 옮기세요.",
    ),
    (
        UncoveredOptions(("half",)),
        "nothing tries the options half; give each 'when' or 'because'",
        "시험하는 것이 없는 선택지: half. when이나 because를 쓰세요.",
    ),
    (
        UnlinkedItem(),
        "it rests on no claim; name one in 'claims'",
        "기대는 주장이 없습니다. claims에 적으세요.",
    ),
    (
        UntriedClaim("l1-shape", Text({"en": "It is a definition.", "ko": "정의입니다."})),
        "claim 'l1-shape' is not tried. It is a definition.",
        "주장 'l1-shape': 시험하지 않습니다. 정의입니다.",
    ),
    (
        FailedClaim("l1-shape", Verdict.REFUTED),
        "it rests on claim 'l1-shape': refuted",
        "이 문항이 기대는 주장 'l1-shape'의 판정: 반증됨",
    ),
    (
        KilledProcess(),
        "the process that tried it was killed, twice; did it run out of memory?",
        "시험하던 프로세스가 두 번 강제로 끝났습니다. 메모리가 모자랐을 수 있습니다.",
    ),
    (
        SlowTask(300.0),
        "stopped after 300 s of processor time; make its samples or experiments smaller",
        "프로세서 시간 300초 안에 끝나지 않아 멈췄습니다. 표본이나 실험을 더 작게 하세요.",
    ),
    (
        StrangeAnswer(),
        "what the worker returned is no finding of this; see that it runs the same program",
        "일꾼이 돌려준 것이 이것을 시험한 결과가 아닙니다. 일꾼도 같은 프로그램을 쓰는지 확인하세요.",
    ),
    (
        WaitingTask(3000.0, 300.0),
        "stopped after 3000 s by the clock, in which it had less than 300 s of processor time; "
        "try it again when the machine is less busy",
        "시계로 3000초가 지나도록 프로세서 시간 300초를 받지 못해 멈췄습니다. "
        "컴퓨터가 덜 바쁠 때 다시 시험하세요.",
    ),
    (
        MemoryShortage(),
        "stopped for want of memory; make its samples or experiments smaller",
        "메모리가 모자라 멈췄습니다. 표본이나 실험을 더 작게 하세요.",
    ),
]


@all_rows(("problem", "en", "ko"), PROBLEMS)
def test_problems(problem: Problem, en: str, ko: str) -> None:
    assert (problem_text(problem, "en"), problem_text(problem, "ko")) == (en, ko)


def test_the_table_has_every_problem() -> None:
    assert {type(problem) for problem, _, _ in PROBLEMS} == set(get_args(Problem))


UNDECIDED = Verdict.UNDECIDED
MEASUREMENTS: list[tuple[MeasuredQuantity, str, str]] = [
    (
        MEASURED,
        "predicted 1, measured 1.2 ± 0.01: off by 0.2, allowed 0.05",
        "예측 1, 측정 1.2 ± 0.01, 차이 0.2, 허용 0.05",
    ),
    (
        replace(MEASURED, estimate=Estimate(1.049, 0.001, 4096), verdict=UNDECIDED),
        "predicted 1, measured 1.049 ± 0.001: off by 0.049, allowed 0.05; "
        "too near that limit to tell",
        "예측 1, 측정 1.049 ± 0.001, 차이 0.049, 허용 0.05. "
        "허용 한계에 너무 가까워 판정할 수 없습니다.",
    ),
    (
        replace(MEASURED, estimate=Estimate(1.0, 0.02, 4096), verdict=UNDECIDED),
        "predicted 1, measured 1 ± 0.02: off by 0, allowed 0.05; the error must be at most 0.0063",
        "예측 1, 측정 1 ± 0.02, 차이 0, 허용 0.05. 표준 오차가 0.0063 이하여야 판정할 수 있습니다.",
    ),
    (
        replace(
            MEASURED,
            estimate=Estimate(0.2, 0.01, 4096, WHOLE_LINE, doubt=Doubt.RARE_DRAWS),
            verdict=UNDECIDED,
        ),
        "predicted 1, 0.2 from 4,096 draws, but the mean is carried by rare draws; "
        "ask for a median or a logarithm",
        "예측 1, 4,096번 뽑은 값 0.2. 드물게 나오는 큰 값이 평균을 정합니다. "
        "중앙값이나 로그를 물으세요.",
    ),
    (
        replace(MEASURED, estimate=Estimate(1.5, 0.0, 1, basis=Basis.COMPUTED)),
        "predicted 1, computed 1.5: off by 0.5",
        "예측 1, 계산 1.5, 차이 0.5",
    ),
    (
        replace(MEASURED, verdict=UNDECIDED, relation=Relation.EXCEEDS),
        "measured 1.2 ± 0.01, which is not surely above 1: off it by less than 0.05",
        "측정 1.2 ± 0.01: 1보다 확실히 크지는 않습니다(둘의 차이가 0.05에 못 미칩니다).",
    ),
    (
        replace(MEASURED, estimate=Estimate(0.2, 0.01, 128), relation=Relation.EXCEEDS),
        "measured 0.2 ± 0.01, which is surely below 1",
        "측정 0.2 ± 0.01: 1보다 확실히 작습니다.",
    ),
    (
        replace(MEASURED, relation=Relation.DECIDES),
        "measured 1.2 ± 0.01",
        "측정 1.2 ± 0.01",
    ),
    (
        replace(MEASURED, relation=Relation.REPEATS),
        "first 1, with other random numbers 1.2 ± 0.01",
        "처음 1, 다른 난수로 1.2 ± 0.01",
    ),
]


@pytest.mark.parametrize(("measured", "en", "ko"), MEASUREMENTS)
def test_what_was_measured(measured: MeasuredQuantity, en: str, ko: str) -> None:
    found = replace(FOUND, verdict=measured.verdict, measured=(measured,))
    named = "mean(x) [fan_in = 64, p = 0.25]: "
    assert (reasons(found, "en"), reasons(found, "ko")) == ([named + en], [named + ko])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_holds_has_no_reason(language: Language) -> None:
    assert reasons(FOUND, language) == []


def test_a_control_that_was_not_rejected() -> None:
    found = replace(FOUND, controls=(ControlResult("double", draws=3, kept=2),))
    assert reasons(found, "en") == ["control 'double' was not rejected on 2 of 3"]
    assert reasons(found, "ko") == ["대조 'double': 3번 중 2번 기각되지 않았습니다."]


@pytest.mark.parametrize(
    ("verdict", "en", "ko"),
    [
        (Verdict.HOLDS, "holds simulated", "성립 시뮬레이션"),
        (Verdict.REFUTED, "refuted simulated", "반증됨 시뮬레이션"),
        (Verdict.UNDECIDED, "undecided simulated", "판정 못 함 시뮬레이션"),
        (None, "not tried", "시험 안 함"),
    ],
)
def test_the_line_of_a_verdict(verdict: Verdict | None, en: str, ko: str) -> None:
    found = replace(FOUND, verdict=verdict)
    words = {language: finding_text(found, language).split() for language in LANGUAGES}
    rest = ["xavier", "1.2", "[1.16,", "1.24]", "n=4,096"]
    assert words["en"] == [*en.split(), *rest, "controls", "1/1"]
    assert words["ko"] == [*ko.split(), *rest, "대조", "1개", "중", "1개", "기각"]


@pytest.mark.parametrize(
    ("kind", "en", "ko"),
    [
        (Independence.ALGEBRA, "holds algebra", "성립 식 변형"),
        (Independence.SECOND_METHOD, "holds second method", "성립 다른 방법"),
        (Independence.ORACLE, "holds oracle", "성립 외부 대조"),
    ],
)
def test_the_class_stands_beside_the_verdict(kind: Independence, en: str, ko: str) -> None:
    found = replace(FOUND, measured=(replace(FOUND.measured[0], independence=kind),))
    for language, words in (("en", en), ("ko", ko)):
        line = finding_text(found, language)  # type: ignore[arg-type] # of LANGUAGES
        assert " ".join(line.split()).startswith(f"{words} xavier")


def test_of_several_estimates_the_first_that_fails_is_shown() -> None:
    found = replace(
        FOUND, verdict=Verdict.REFUTED, measured=(FOUND.measured[0], MEASURED), controls=()
    )
    first, reason = finding_text(found, "ko").splitlines()
    assert first.endswith("1.2 [1.16, 1.24]  n=4,096 (2건 중 하나)")
    assert "허용 0.05" in reason
    assert "n=4,096, 1 of 2" in finding_text(found, "en")


KEY = replace(FOUND, id="key", measured=(replace(FOUND.measured[0]),))
"""With a measurement of its own, that is no claim's."""
EVIDENCE = PackEvidence("notes", claims=(FOUND,), keys=(KEY,), seconds=1.25)


@pytest.mark.parametrize(
    ("difference", "en", "ko"),
    [
        (LockDifference(), "evidence.lock agrees", "evidence.lock과 일치합니다."),
        (
            LockDifference(missing=("a", "b", "c", "d")),
            "4 not in evidence.lock as worded now (a, b, c, ...); "
            "verify --write keeps what was found now",
            "지금 문장대로는 evidence.lock에 없음: 4개(a, b, c, ...). "
            "verify --write가 지금 찾은 것을 저장합니다.",
        ),
        (
            LockDifference(contradicted=("a",)),
            "1 contradicted by evidence.lock (a); verify --write keeps what was found now",
            "evidence.lock과 어긋남: 1개(a). verify --write가 지금 찾은 것을 저장합니다.",
        ),
        (
            LockDifference(unreadable=("evidence.lock",)),
            "1 in evidence.lock could not be read and was ignored (evidence.lock); "
            "verify --write makes the file anew",
            "evidence.lock에서 읽을 수 없어 무시함: 1개(evidence.lock). "
            "verify --write가 파일을 새로 씁니다.",
        ),
    ],
)
def test_a_whole_run(difference: LockDifference, en: str, ko: str) -> None:
    english = evidence_text(EVIDENCE, difference, "en").splitlines()
    korean = evidence_text(EVIDENCE, difference, "ko").splitlines()
    assert (english[0], english[3]) == ("notes: claims", "notes: keys")
    assert (korean[0], korean[3]) == ("notes: 주장", "notes: 정답")
    assert english[-3:] == [
        "2 hold, 0 refuted, 0 undecided, 0 not tried (1.2 s)",
        "of all 2 estimates: a right one refused with probability 1.4e-05 at most, "
        "one wrong by its tolerance accepted with 0.00046 at most",
        en,
    ]
    assert korean[-3:] == [
        "성립 2, 반증됨 0, 판정 못 함 0, 시험 안 함 0 (1.2초)",
        "추정값 2개를 통틀어: 맞는 것을 하나라도 놓칠 확률 1.4e-05 이하, "
        "허용 오차만큼 틀린 것을 하나라도 받아들일 확률 0.00046 이하",
        ko,
    ]


def test_progress() -> None:
    at_start = RunProgress(done=0, total=3, seconds_left=8.0)
    assert progress_text(at_start, "en") == "0/3  about 8 s left"
    assert progress_text(at_start, "ko") == "0/3  약 8초 남음"
    progress = RunProgress(done=1, total=3, seconds_left=6.0, finding=FOUND)
    assert progress_text(progress, "en") == "1/3  about 6 s left  xavier"
    assert progress_text(progress, "ko") == "1/3  약 6초 남음  xavier"


def test_no_english_sentence_in_a_korean_phrase() -> None:
    values = [*vars(verification).values(), *vars(problems).values()]
    tables = [value.values() for value in values if isinstance(value, Mapping)]
    phrases = [one for one in (*values, *chain(*tables)) if isinstance(one, Phrase)]
    assert len(phrases) > 15
    for phrase in phrases:
        words = re.sub(
            r"\{[^}]*\}|evidence\.lock|verify --write|--again|n=|when|because|claims|statistic|mean|also",
            "",
            phrase.ko,
        )
        assert not re.search("[A-Za-z]{2}", words), phrase.ko
