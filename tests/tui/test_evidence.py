"""What a learner reads of the evidence: who tried it and how, and numbers with their names."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.library.own_evidence import OwnEvidence
from studytool.packs.evidence import Independence, KeptMeasurement, Verdict
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.session import testimony
from studytool.session.badge import Badge, read_badge
from studytool.session.desk import Desk
from studytool.session.testimony import EvidenceSource
from studytool.typeset.cells import cell_width
from studytool.wording.evidence import MOST_LINES, evidence_lines, source_lines, trial_lines
from studytool.wording.figures import WIDTH
from tests.cases import first_quick
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
XAVIER = KeptMeasurement(
    quantity="dense_layer.weight_variance",
    condition={"fan_in": 256.0, "fan_out": 16.0},
    estimate=0.00735331,
    standard_error=6.42407e-06,
    replicates=4096,
    predicted=0.00735294,
    tolerance=0.000147059,
    interval=(0.00733082, 0.0073758),
)
KEY = Badge(
    verdict=Verdict.HOLDS,
    origin=EvidenceSource.RELEASE,
    independence=Independence.SIMULATED,
    compared="key",
    measured=XAVIER,
    draws=3,
    controls=5,
    rejected=5,
    can_be_tried=True,
)
HERE = replace(KEY, origin=EvidenceSource.HERE, day=date(2026, 11, 28), is_in_view=True, draws=1)
ORDER = replace(
    HERE,
    compared="order",
    measured=replace(XAVIER, predicted=2.0, interval=(2.771, 3.032)),
    controls=0,
)


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the release have shipped the pack as it is now."""
    monkeypatch.setattr(testimony, "sealed_digests", lambda: {PACK.digest})


def _badges(desk: Desk, language: Language, seed: int = 0) -> Iterator[tuple[str, Badge]]:
    for item in PACK.items:
        variant = make_variant(item, pack_id=PACK.id, seed=seed, language=language)
        yield item.id, read_badge(desk.library, OwnEvidence(), variant, item)


@all_rows(
    ("badge", "en", "ko"),
    [
        (
            KEY,  # at other numbers than the question's
            [
                "verified by the release 0.1.0 (simulated at other numbers); v tries yours",
                "[0.00733, 0.00738], key 0.00735 ± 0.00015; 5/5 wrong values rejected",
            ],
            [
                "릴리스 0.1.0에서 검증함(시뮬레이션, fan_in = 256, …). v: 이 수로 시험",
                "측정 [0.00733, 0.00738], 정답 0.00735 ± 0.00015; 틀린 값 5/5 기각; 시드 0",
            ],
        ),
        (
            HERE,
            [
                "verified here on 2026-11-28 (simulated, seed 0, at these numbers)",
                "[0.00733, 0.00738], key 0.00735 ± 0.00015; 5/5 wrong values rejected",
            ],
            [
                "2026-11-28 여기서 검증함(시뮬레이션, 이 문항의 수로)",
                "측정 [0.00733, 0.00738], 정답 0.00735 ± 0.00015; 틀린 값 5/5 기각; 시드 0",
            ],
        ),
        (  # a seed of a learner's own question
            replace(HERE, seed=2**32 - 1),
            [
                "verified here on 2026-11-28 (simulated, seed 4294967295, at these numbers)",
                "[0.00733, 0.00738], key 0.00735 ± 0.00015; 5/5 wrong values rejected",
            ],
            [
                "2026-11-28 여기서 검증함(시뮬레이션, 시드 4294967295, 이 문항의 수로)",
                "측정 [0.00733, 0.00738], 정답 0.00735 ± 0.00015; 틀린 값 5/5 기각",
            ],
        ),
        (  # the library was asked at the release's numbers; its version and the seed have no room
            replace(HERE, seed=2**32 - 1, oracles=("torch 2.14.1",)),
            [
                "verified here on 2026-11-28 (simulated, at these numbers); torch agrees",
                "[0.00733, 0.00738], key 0.00735 ± 0.00015; 5/5 wrong values rejected",
            ],
            [
                "2026-11-28 여기서 검증함(시뮬레이션, 이 문항의 수로), torch 2.14.1 일치",
                "측정 [0.00733, 0.00738], 정답 0.00735 ± 0.00015; 틀린 값 5/5 기각",
            ],
        ),
        (
            replace(HERE, independence=Independence.SECOND_METHOD, is_exact=True, seed=7),
            [
                "verified here on 2026-11-28 (a second method, seed 7, at these numbers)",
                "two computations agree to rounding (cases: 1); 5/5 wrong values rejected",
            ],
            [
                "2026-11-28 여기서 검증함(다른 방법으로 계산, 시드 7, 이 문항의 수로)",
                "가중치의 분산: 두 계산이 반올림까지 일치(경우 1개); 틀린 값 5/5 기각",
            ],
        ),
        (  # no line is cut where a library's name has no room
            replace(
                HERE,
                independence=Independence.SECOND_METHOD,
                is_exact=True,
                oracles=("scikit-learn 1.9.1",),
            ),
            [
                "verified here on 2026-11-28 (a second method, seed 0, at these numbers)",
                "two computations agree to rounding (cases: 1); 5/5 wrong values rejected",
            ],
            [
                "2026-11-28 여기서 검증함(다른 방법으로 계산, 시드 0, 이 문항의 수로)",
                "가중치의 분산: 두 계산이 반올림까지 일치(경우 1개); 틀린 값 5/5 기각",
            ],
        ),
        (  # never called verified
            replace(HERE, independence=Independence.ALGEBRA, because="the limit is √3 of it"),
            [
                "the key rewritten: no verification (computed here on 2026-11-28)",
                "the limit is √3 of it",
            ],
            [
                "정답을 고쳐 쓴 식과 같음. 검증은 아님(2026-11-28 여기서 계산함)",
                "the limit is √3 of it",
            ],
        ),
        (
            replace(KEY, independence=Independence.ALGEBRA, is_exact=True),
            [
                "the key rewritten: no verification (computed by the release 0.1.0)",
                "two computations agree to rounding (cases: 3); 5/5 wrong values rejected",
            ],
            [
                "정답을 고쳐 쓴 식과 같음. 검증은 아님(릴리스 0.1.0에서 계산함)",
                "가중치의 분산: 두 계산이 반올림까지 일치(경우 3개); 틀린 값 5/5 기각",
            ],
        ),
        (  # the class stays the check's own; the library is beside it
            replace(KEY, oracles=("torch 2.14.1",)),
            [
                "verified by the release 0.1.0 (simulated and torch 2.14.1); v tries yours",
                "[0.00733, 0.00738], key 0.00735 ± 0.00015; 5/5 wrong values rejected",
            ],
            [
                "릴리스 0.1.0에서 검증함(시뮬레이션, torch 2.14.1 일치). v: 이 수로 시험",
                "측정 [0.00733, 0.00738], 정답 0.00735 ± 0.00015; 틀린 값 5/5 기각; 시드 0",
            ],
        ),
        (  # at the release's own numbers
            replace(KEY, oracles=("torch 2.14.1",), is_in_view=True),
            [
                "verified by the release 0.1.0 (simulated and torch, at these numbers)",
                "[0.00733, 0.00738], key 0.00735 ± 0.00015; 5/5 wrong values rejected",
            ],
            [
                "릴리스 0.1.0에서 검증함(시뮬레이션, torch 2.14.1 일치, 이 문항의 수로)",
                "측정 [0.00733, 0.00738], 정답 0.00735 ± 0.00015; 틀린 값 5/5 기각; 시드 0",
            ],
        ),
        (  # another library is more than the key rewritten
            replace(
                KEY,
                independence=Independence.ALGEBRA,
                is_exact=True,
                is_in_view=True,
                oracles=("scikit-learn 1.9.1",),
            ),
            [
                "verified by the release 0.1.0 (as in scikit-learn 1.9.1, at these numbers)",
                "two computations agree to rounding (cases: 3); 5/5 wrong values rejected",
            ],
            [
                "릴리스 0.1.0에서 검증함(scikit-learn 1.9.1 값과 일치, 이 문항의 수로)",
                "가중치의 분산: 두 계산이 반올림까지 일치(경우 3개); 틀린 값 5/5 기각",
            ],
        ),
        (  # what the release compared it with stays where only the key rewritten was tried here
            replace(HERE, independence=Independence.ALGEBRA, oracles=("torch 2.14.1",)),
            [
                "verified by the release 0.1.0 (as in torch 2.14.1)",
                "the key rewritten agrees here too, on 2026-11-28",
            ],
            [
                "릴리스 0.1.0에서 검증함(torch 2.14.1 값과 일치)",
                "정답을 고쳐 쓴 식과는 2026-11-28 여기서도 같음",
            ],
        ),
        (
            ORDER,
            [
                "verified here on 2026-11-28 (simulated, seed 0)",
                "weight variance: difference [2.77, 3.03], above 2; no wrong value tried",
            ],
            [
                "2026-11-28 여기서 검증함(시뮬레이션, 시드 0)",
                "가중치의 분산: 차이 [2.77, 3.03], 2보다 큼; 틀린 값은 시험하지 않음",
            ],
        ),
        (
            replace(
                ORDER,
                compared="share",
                measured=replace(XAVIER, estimate=11 / 12, predicted=0.75),
            ),
            [
                "verified here on 2026-11-28 (simulated)",
                "holds at 92% of settings (claimed: 75%); no wrong value tried; seed 0",
            ],
            [
                "2026-11-28 여기서 검증함(시뮬레이션, 시드 0)",
                "시험한 설정의 92%에서 성립(75% 이상이라 함); 틀린 값은 시험하지 않음",
            ],
        ),
        (
            replace(KEY, compared="rerun", controls=2, rejected=2),
            [
                "verified by the release 0.1.0 (simulated)",
                "other random numbers, the same outcome; 2/2 wrong values rejected; seed 0",
            ],
            [
                "릴리스 0.1.0에서 검증함(시뮬레이션)",
                "다른 난수로도 같은 결과; 틀린 값 2/2 기각; 시드 0",
            ],
        ),
        (
            replace(KEY, origin=EvidenceSource.AUTHOR),
            ["the author says so; not tried here (simulated). v tries it"],
            ["지은이의 말일 뿐, 여기서는 시험하지 않음(시뮬레이션). v: 시험"],
        ),
        (
            replace(KEY, origin=EvidenceSource.AUTHOR, verdict=Verdict.REFUTED),
            ["beware: it does not hold by the author's own evidence; v tries it here"],
            ["주의: 지은이의 증거에서도 성립하지 않음. 여기서는 시험하지 않음. v: 시험"],
        ),
        (
            replace(HERE, verdict=Verdict.REFUTED, rejected=4),
            [
                "beware: refuted here on 2026-11-28 (simulated, seed 0)",
                "[0.00733, 0.00738], outside 0.00735 ± 0.00015; 4/5 wrong values rejected",
            ],
            [
                "주의: 2026-11-28 여기서 반증됨(시뮬레이션, 시드 0)",
                "가중치의 분산: [0.00733, 0.00738], 0.00735 ± 0.00015 밖; 틀린 값 4/5 기각",
            ],
        ),
        (
            replace(HERE, verdict=Verdict.UNDECIDED, measured=None, controls=0, independence=None),
            [
                "beware: undecided here on 2026-11-28 (method unknown)",
                "no wrong value tried; seed 0",
            ],
            ["주의: 2026-11-28 여기서 판정하지 못함(방법 모름)", "틀린 값은 시험하지 않음; 시드 0"],
        ),
        (
            Badge(can_be_tried=True),
            ["not tried yet; v tries it"],
            ["아직 시험하지 않음. v: 시험"],
        ),
        (
            Badge(origin=EvidenceSource.RELEASE, can_be_tried=True),
            ["untried: part of it has no check"],
            ["시험하지 않음: 일부는 확인할 방법이 없음"],
        ),
        (
            replace(
                HERE, compared="options", measured=replace(XAVIER, quantity="loss", predicted=None)
            ),
            [
                "verified here on 2026-11-28 (simulated)",
                "measured [0.00733, 0.00738]; 5/5 wrong values rejected; seed 0",
            ],
            [
                "2026-11-28 여기서 검증함(시뮬레이션)",
                "측정 [0.00733, 0.00738]; 틀린 값 5/5 기각; 시드 0",
            ],
        ),
        (Badge(why_untried="a rule"), ["untried: a rule"], ["시험하지 않음: a rule"]),
        (Badge(), ["untried: there is nothing to try"], ["시험할 것이 없음"]),
    ],
)
def test_the_verdict_says_who_has_tried_it_how_and_what_came_of_it(
    badge: Badge, en: list[str], ko: list[str]
) -> None:
    assert evidence_lines(badge, "en") == en
    assert evidence_lines(badge, "ko") == ko
    assert trial_lines(badge, "en") == en


def test_the_line_mode_offers_a_trial_by_its_command() -> None:
    author = replace(KEY, origin=EvidenceSource.AUTHOR)
    doubted = replace(author, verdict=Verdict.REFUTED)
    for badge in (Badge(can_be_tried=True), author, doubted, KEY):
        for language in LANGUAGES:
            on_screen = "\n".join(trial_lines(badge, language))
            in_lines = "\n".join(evidence_lines(badge, language, in_lines=True))
            assert re.search(r"(?<![:\w])v\b", on_screen, re.ASCII), on_screen
            assert not re.search(r"(?<![:\w])v\b", in_lines, re.ASCII), in_lines
            assert ":v" in in_lines


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
def test_in_lines_no_evidence_is_cut_and_no_source_named_twice(
    desk: Desk, language: Language
) -> None:
    for name, badge in _badges(desk, language, 7):
        text = "\n".join(evidence_lines(badge, language, in_lines=True))
        assert "…" not in text.replace(badge.notes_quote or "…", ""), name
        assert badge.cited is None or "torch.nn.Dropout, torch" not in badge.cited
    long = Badge(why_untried="a rule " * 40)
    assert evidence_lines(long, "en", in_lines=True) == [f"untried: {'a rule ' * 40}".strip()]


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
@pytest.mark.parametrize("seed", first_quick([0, 7]))
def test_the_evidence_of_every_item_takes_two_lines_at_most(
    desk: Desk, language: Language, seed: int
) -> None:
    for name, badge in _badges(desk, language, seed):
        lines = trial_lines(badge, language)
        assert 1 <= len(lines) <= MOST_LINES, name
        assert max(map(cell_width, lines)) <= WIDTH, name
        assert badge.origin is not EvidenceSource.AUTHOR, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_the_evidence_is_cut_for_a_library(language: Language) -> None:
    for library, source, kind, seed in product(
        ("torch 2.14.1", "scikit-learn 1.9.1", "scipy 1.19.0"),
        (EvidenceSource.RELEASE, EvidenceSource.HERE),
        (Independence.SIMULATED, Independence.SECOND_METHOD, Independence.ALGEBRA),
        (0, 2**32 - 1),
    ):
        badge = replace(HERE, independence=kind, origin=source, oracles=(library,), seed=seed)
        for line in trial_lines(badge, language):
            assert cell_width(line) <= WIDTH
            assert "…" not in line


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
def test_every_number_of_the_evidence_has_a_name(desk: Desk, language: Language) -> None:
    figures = [trial_lines(badge, language)[-1] for _, badge in _badges(desk, language)]
    shown = [text for text in figures if re.search(r"\d\.\d", text)]
    assert shown
    named = re.compile(
        r"\[.*\], (key|claim|정답|주장) \S+ ± |(difference|차이) \[.*\], (above|\S+보다)|"
        r"\w: (measured \[|computed |측정 \[|계산한 값 |\[)"
    )
    assert [text for text in shown if not named.search(text)] == []


@pytest.mark.parametrize(
    ("badge", "en", "ko"),
    [
        (Badge(), [], []),
        (Badge(looked_up="2026-11-30"), [], []),  # nothing is cited
        (Badge(cited="Ba 2016, section 3"), ["source: Ba 2016, section 3"], ["출처: Ba 2016, section 3"]),
        (
            Badge(cited="Ba 2016, section 3", looked_up="2026-11-30"),
            ["source: Ba 2016, section 3 (looked up on 2026-11-30)"],
            ["출처: Ba 2016, section 3 (확인: 2026-11-30)"],
        ),
    ],
)  # fmt: skip
def test_a_source_says_whether_it_was_looked_up(badge: Badge, en: list[str], ko: list[str]) -> None:
    assert list(source_lines(badge, "en")) == en
    assert evidence_lines(badge, "en")[1:] == en
    assert list(source_lines(badge, "ko")) == ko


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


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("seed", first_quick(range(3)))
def test_the_interval_shown_lies_where_the_words_beside_it_say(desk: Desk, seed: int) -> None:
    """A contrast without conditions was once shown as the value of a card without parameters."""
    shown = 0
    for name, badge in _badges(desk, "en", seed):
        measured = badge.measured
        if badge.verdict is not Verdict.HOLDS or measured is None or measured.predicted is None:
            continue
        low, high = measured.interval
        assert low is not None
        assert high is not None
        assert measured.tolerance is not None
        if badge.compared in ("key", "claim"):
            shown += 1
            assert measured.predicted - measured.tolerance <= low, name
            assert high <= measured.predicted + measured.tolerance, name
        elif badge.compared in ("order", "share"):
            shown += 1
            assert low >= measured.predicted, name
    assert shown > 30
