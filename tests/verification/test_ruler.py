"""Whether standard errors are right, against the normal law: whatever the truth and tolerance."""

from collections.abc import Callable
from math import pi, sqrt

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Doubt, Estimate, Estimator
from studytool.numerics.intervals import Basis
from studytool.numerics.known_range import ANYWHERE, SHARE, KnownRange
from studytool.numerics.streams import Rng, stream
from studytool.numerics.tally import estimate
from studytool.packs.evidence import Verdict
from studytool.verification.drawing import Sampler, draw_enough
from studytool.verification.evidence import Evidence, MeasuredQuantity, PackEvidence
from studytool.verification.rule import predict
from studytool.verification.ruler import FEWEST, RulerTrial, pilot_distance, try_ruler
from studytool.wording.verification import summary_text
from tests.cases import first_row_quick

LAWS: list[tuple[Estimator, Callable[[Rng, int], Array], float, KnownRange]] = [
    (Estimator.MEAN, lambda rng, n: rng.normal(3.0, 1.0, n), 3.0, ANYWHERE),
    (Estimator.MEAN, lambda rng, n: rng.exponential(2.0, n), 1.9, ANYWHERE),  # a wrong claim, too
    (Estimator.MEAN, lambda rng, n: rng.random(n), 0.5, KnownRange(0.0, 2.0)),
    (Estimator.VARIANCE, lambda rng, n: rng.normal(0.0, 2.0, n), 4.0, ANYWHERE),
    (Estimator.STD, lambda rng, n: rng.random(n), sqrt(1 / 12), ANYWHERE),
    (Estimator.MEDIAN, lambda rng, n: rng.standard_cauchy(n) + 5.0, 5.0, ANYWHERE),
    (
        Estimator.RATIO,
        lambda rng, n: np.stack((rng.random(n) + 1.0, rng.random(n) + 2.0), axis=1),
        0.6,
        ANYWHERE,
    ),
]


def _drawn(name: object, factor: float = 1.0) -> list[Estimate]:
    """Draw 20 estimates of each law; their standard errors are multiplied by a factor."""
    found = []
    for number, (estimator, law, claimed, known) in enumerate(LAWS):
        for again in range(20):
            rng = stream("ruler", name, number, again)

            def draw(
                count: int,
                rng: Rng = rng,
                law: Callable[[Rng, int], Array] = law,
                estimator: Estimator = estimator,
                known: KnownRange = known,
            ) -> Estimate:
                one = estimate(law(rng, count), estimator, known, known)
                error = factor * one.standard_error
                return Estimate(one.value, error, count, one.interval, one.basis, doubt=one.doubt)

            predicted = predict(claimed, rtol=0.05)
            one = draw_enough(Sampler("drawn", False, draw, known), predicted, predicted.tolerance)
            assert isinstance(one, Estimate)
            found.append(one)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("factor", "is_right"),
    first_row_quick([(1.0, True), (0.5, False), (sqrt(0.5), False), (2.0, False)]),
)
def test_errors_that_are_too_small_or_too_large_show(factor: float, *, is_right: bool) -> None:
    trial = try_ruler(_drawn("factor", factor))
    assert trial is not None
    assert trial.is_right is is_right
    assert trial.distance == pytest.approx(sqrt(2 / pi) / factor, rel=0.25)


def _estimate(value: float, error: float, **more: object) -> Estimate:
    return Estimate(value, error, 10, **more)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(("pilot", "found", "distance"), [
    (_estimate(1.0, 0.3), _estimate(2.0, 0.4), 2.0),  # 1 over √(0.09 + 0.16)
    (_estimate(2.0, 0.3), _estimate(1.0, 0.4), -2.0),
    (_estimate(1.0, 0.3, basis=Basis.CLOPPER_PEARSON), _estimate(2.0, 0.4), None),
    (_estimate(1.0, 0.3), _estimate(2.0, 0.4, doubt=Doubt.RARE_DRAWS), None),
    (_estimate(1.0, 0.0), _estimate(2.0, 0.4), None),
    (_estimate(1.0, float("nan")), _estimate(2.0, 0.4), None),
    (_estimate(1.0, 0.3), _estimate(2.0, 0.0, basis=Basis.COMPUTED), None),
])  # fmt: skip
def test_what_a_pilot_says(pilot: Estimate, found: Estimate, distance: float | None) -> None:
    assert pilot_distance(pilot, found) == pytest.approx(distance)


def test_a_share_and_an_exact_number_are_left_out() -> None:
    rng = stream("share", "ruler")

    def draw(count: int) -> Estimate:
        return estimate((rng.random(count) < 0.3).astype(np.float64), Estimator.MEAN, SHARE)

    predicted = predict(0.3, rtol=0.05)
    one = draw_enough(Sampler("share", False, draw, SHARE), predicted, predicted.tolerance)
    assert isinstance(one, Estimate)
    assert one.from_pilot is None


@pytest.mark.parametrize(("distances", "trial"), [
    ([None] * 200, None),
    ([0.5, -1.1] * (FEWEST // 2 - 1), None),  # two too few
    ([0.5, -1.1] * (FEWEST // 2) + [None], RulerTrial(FEWEST, 0.8)),
])  # fmt: skip
def test_few_say_nothing(distances: list[float | None], trial: RulerTrial | None) -> None:
    found = try_ruler(_estimate(0.0, 1.0, from_pilot=one) for one in distances)
    assert (found is None) == (trial is None)
    if found is not None and trial is not None:
        assert found.estimates == trial.estimates
        assert found.distance == pytest.approx(trial.distance)


@pytest.mark.parametrize(("distance", "is_right"), [
    (0.7978, True), (0.7978 + 0.30, True), (0.7978 + 0.31, False),  # 5·0.6028/√100 = 0.301
    (0.7978 - 0.30, True), (0.7978 - 0.31, False),
])  # fmt: skip
def test_five_errors_of_the_mean_are_allowed(distance: float, *, is_right: bool) -> None:
    assert RulerTrial(100, distance).is_right is is_right


def _pack(distance: float, count: int) -> PackEvidence:
    measured = tuple(
        MeasuredQuantity("q", _estimate(1.0, 0.1, from_pilot=distance), 1.0, 0.1, Verdict.HOLDS)
        for _ in range(count)
    )
    one = Evidence("a", "confirmed", Verdict.HOLDS, measured, (), count, 0, 0.1, "r")
    return PackEvidence("pack", (one,), (one,), 1.0)  # a key that rests on the claim


def test_the_words() -> None:
    assert _pack(0.8, 99).ruler is None
    assert "drawn twice" not in summary_text(_pack(0.8, 99), "en")
    right = summary_text(_pack(0.8, 100), "en").splitlines()
    assert right[-1] == (
        "100 estimates drawn twice differ by 0.80 standard errors on average "
        "(0.80 where these are right)"
    )
    wrong = summary_text(_pack(1.6, 100), "en").splitlines()
    assert wrong[-1] == "the standard errors are wrong: no verdict above can be believed"
    korean = summary_text(_pack(1.6, 100), "ko")
    assert "두 번씩 뽑은 추정값 100개의 차이는 평균 표준 오차의 1.60배" in korean
    assert "위의 판정을 믿을 수 없습니다" in korean
