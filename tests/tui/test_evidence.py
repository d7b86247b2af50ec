"""What a learner reads of the evidence: numbers only with what they are numbers of."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.evidence import Verdict
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.session.badge import Badge, read_badge
from studytool.session.desk import Desk
from studytool.wording.evidence import evidence_lines

PACK = load_pack(bundled_pack_folder())
MEASURED = Badge(
    verdict=Verdict.HOLDS,
    estimate=0.00735331,
    standard_error=6.42407e-06,
    replicates=4096,
    predicted=0.00735294,
    draws=3,
)


def _badges(desk: Desk, language: Language) -> Iterator[tuple[str, Badge]]:
    for item in PACK.items:
        variant = make_variant(item, pack_id=PACK.id, seed=0, language=language)
        yield item.id, read_badge(desk.library, variant, item)


@pytest.mark.parametrize(
    ("badge", "en", "ko"),
    [
        (
            replace(MEASURED, compared="key", condition={"fan_in": 256.0, "fan_out": 16.0}),
            "verified for fan_in = 256, fan_out = 16: "
            "predicted 0.007353, simulated 0.007353 ± 6e-06 (4,096 runs)",
            "검증됨: fan_in = 256, fan_out = 16일 때 "
            "예측 0.007353, 시뮬레이션 0.007353 ± 6e-06 (4,096회)",
        ),
        (  # computed, so its numbers are those of another variant and say nothing here
            replace(MEASURED, compared="key", condition={"lr": 0.1}, is_exact=True),
            "verified: a second method agrees exactly (cases tried: 3)",
            "검증됨: 다른 방법으로 계산해도 정확히 같습니다 (시험한 경우: 3)",
        ),
        (  # a card has no numbers of its own
            replace(MEASURED, condition={"fan_in": 256.0}),
            "verified: a second method agrees (cases tried: 3)",
            "검증됨: 다른 방법으로도 같은 결과가 나옵니다 (시험한 경우: 3)",
        ),
        (
            replace(MEASURED, compared="order", predicted=0.0),
            "verified: the difference is 0.007353 ± 6e-06, above 0 (4,096 runs)",
            "검증됨: 차이(0.007353 ± 6e-06)가 0보다 큽니다 (4,096회)",
        ),
        (
            replace(MEASURED, compared="order", predicted=0.0, standard_error=0.0),
            "verified: the difference, 0.007353 as computed, is above 0",
            "검증됨: 계산한 차이(0.007353)가 0보다 큽니다",
        ),
        (
            replace(MEASURED, compared="rerun"),
            "verified: a simulation with other random numbers shows the same",
            "검증됨: 다른 난수로 다시 시뮬레이션해도 같은 결과가 나옵니다",
        ),
        (Badge(verdict=Verdict.HOLDS), "verified", "검증됨"),
        (
            Badge(verdict=Verdict.REFUTED),
            "beware: this did not pass verification",
            "주의: 검증을 통과하지 못했습니다",
        ),
        (
            Badge(verdict=Verdict.UNDECIDED),
            "beware: this did not pass verification",
            "주의: 검증을 통과하지 못했습니다",
        ),
        (Badge(), "not a thing to simulate", "이 문항은 시뮬레이션 대상이 아닙니다"),
    ],
)
def test_the_verdict_says_what_was_measured(badge: Badge, en: str, ko: str) -> None:
    assert evidence_lines(badge, "en") == [en]
    assert evidence_lines(badge, "ko") == [ko]


def test_an_order_is_told_from_an_equality(desk: Desk) -> None:
    badges = dict(_badges(desk, "en"))
    warmup = badges["warmup-why"]
    assert (warmup.compared, warmup.predicted) == ("order", 0.0)
    assert (warmup.estimate or 0) > (warmup.standard_error or 0) > 0
    assert badges["xavier-variance"].compared == "key"
    assert badges["predict-twins"].compared == "rerun"
    assert badges["zigzag"].compared == "claim"


def test_an_error_of_rounding_is_none(desk: Desk) -> None:
    circle = dict(_badges(desk, "en"))["l2-what-is-the-circle"]
    assert (circle.is_exact, circle.standard_error, circle.draws) == (True, 0.0, 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_evidence_has_a_name(desk: Desk, language: Language) -> None:
    verdicts = {name: evidence_lines(badge, language)[0] for name, badge in _badges(desk, language)}
    shown = {name: text for name, text in verdicts.items() if re.search(r"\d\.\d", text)}
    assert len(shown) >= 10
    named = re.compile(r"[a-z_0-9]+ = -?[0-9.]+|difference|차이")
    assert [name for name, text in shown.items() if not named.search(text)] == []
    errors = [float(text) for text in re.findall(r"± ([0-9.e-]+)", "\n".join(shown.values()))]
    assert len(errors) >= 10
    assert min(errors) > 1e-9


def test_formulas_of_the_notes_are_set() -> None:
    badge = Badge(
        notes_line=3,
        notes_quote=r"$\lambda$가 크다",
        notes_standing="corrected",
        statement=r"$\frac{\lambda}{2}w^2$",
    )
    _, cited, corrected = evidence_lines(badge, "en")
    assert "“λ가 크다”" in cited
    assert corrected == "→ (λ/2)w²"
