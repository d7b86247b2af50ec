"""The acceptance rule: its three verdicts, and its error rates by simulation."""

import math

import numpy as np
import pytest

from studytool.numerics.estimate import Estimate, Estimator, Moments
from studytool.numerics.intervals import WHOLE_LINE, Basis
from studytool.numerics.known_range import SHARE
from studytool.numerics.streams import stream
from studytool.numerics.tally import Tally, estimate
from studytool.packs.evidence import Verdict
from studytool.packs.methods import Measurement, SampleCheck, SecondFormula
from studytool.verification.drawing import Sampler, UnaffordableSample, draw_enough
from studytool.verification.rule import PredictedNumber, judge, predict, resolution
from studytool.verification.trial import is_still


@pytest.mark.parametrize(
    ("estimate_", "verdict"),
    [
        (Estimate(1.0, 0.001, 1000), Verdict.HOLDS),
        (Estimate(1.04, 0.001, 1000), Verdict.HOLDS),  # within δ less the guard
        (Estimate(1.049, 0.001, 1000), Verdict.UNDECIDED),  # too near the limit to tell
        (Estimate(1.0536, 0.001, 1000), Verdict.REFUTED),  # wholly outside
        (Estimate(1.2, 0.001, 1000), Verdict.REFUTED),
        (Estimate(1.0, 0.02, 1000), Verdict.UNDECIDED),  # too imprecise to accept
        (Estimate(1.2, 0.02, 1000), Verdict.REFUTED),  # imprecise, but far outside
        (Estimate(1.0, 0.0, 1, basis=Basis.COMPUTED), Verdict.HOLDS),
        (Estimate(1.049, 0.0, 1, basis=Basis.COMPUTED), Verdict.HOLDS),  # what is written counts
        (Estimate(1.051, 0.0, 1, basis=Basis.COMPUTED), Verdict.REFUTED),
        (Estimate(1.0, 0.001, 1000, interval=WHOLE_LINE), Verdict.UNDECIDED),  # nothing bounds it
    ],
)
def test_judge(estimate_: Estimate, verdict: Verdict) -> None:
    assert judge(estimate_, predict(1.0, rtol=0.05)) is verdict


def test_zero_has_no_tolerance_of_its_own() -> None:
    assert predict(0.0, rtol=0.05).tolerance == 0
    assert predict(0.0, rtol=0.05, atol=0.1).tolerance == 0.1
    assert judge(Estimate(1e-15, 1e-9, 100), predict(0.0, rtol=0.05)) is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("wrongs", "distance"),
    [
        ((), 0.05),
        ((2.0,), 0.05),  # far off: the claim's own tolerance asks for more
        ((1.13,), 0.05 * 1.47),  # its gap is wider than δ
        ((1.09,), 0.0355),  # near: the gap between the control's tolerance and the claim
        ((1.06,), 0.05),  # too near for any number of replicates
    ],
)
def test_the_distance_to_resolve(wrongs: tuple[float, ...], distance: float) -> None:
    prediction = predict(1.0, rtol=0.05)
    found = resolution(prediction, [predict(wrong, rtol=0.05) for wrong in wrongs])
    assert found == pytest.approx(min(distance, 0.05))


def test_a_pilot_that_met_few_does_not_lower_what_a_share_asks_for() -> None:
    """Of 0.4 % a pilot of 1,024 often meets one or none; the share that is said asks for 26,000."""
    asked = []

    def draw(count: int) -> Estimate:
        asked.append(count)
        met = np.arange(count) % 250 == 0 if len(asked) > 1 else np.zeros(count)
        return estimate(np.asarray(met, dtype=np.float64), Estimator.MEAN, SHARE)

    found = draw_enough(Sampler("x", False, draw, SHARE), PredictedNumber(0.004, 0.004), 0.004)
    assert isinstance(found, Estimate)
    assert asked[1] > 26_000
    assert judge(found, PredictedNumber(0.004, 0.004)) is Verdict.HOLDS


def _accepted(true_mean: float, *, trials: int) -> int:
    """Count how often the claim "the mean is 1, within 5 %" is accepted."""
    prediction = predict(1.0, rtol=0.05)
    accepted = 0
    for trial in range(trials):
        rng = stream("rule", true_mean, trial)

        def draw(count: int, rng: np.random.Generator = rng) -> Estimate:
            return estimate(rng.normal(true_mean, 0.3, count), Estimator.MEAN)

        found = draw_enough(Sampler("x", False, draw), prediction, prediction.tolerance)
        assert isinstance(found, Estimate)
        accepted += judge(found, prediction) is Verdict.HOLDS
    return accepted


@pytest.mark.slow
def test_a_right_claim_is_accepted() -> None:
    assert _accepted(1.0, trials=1000) == 1000  # expected rejections: 0.007


@pytest.mark.slow
def test_a_claim_wrong_by_the_tolerance_is_not() -> None:
    assert _accepted(1.05, trials=1000) <= 4  # expected: at most 0.23; P(> 4) < 5e-6


def test_what_needs_too_many_replicates_is_said() -> None:
    sampler = Sampler("x", False, lambda n: Estimate(1.0, 100 / math.sqrt(n), n))
    wild = draw_enough(sampler, predict(1.0, rtol=0.01), 0.01)
    assert isinstance(wild, UnaffordableSample)


def test_a_proportion_without_successes_has_an_error() -> None:
    assert estimate(np.zeros(100), Estimator.MEAN).standard_error > 0.01


def test_merged_moments_are_those_of_all() -> None:
    rng = stream("moments")
    draws = rng.exponential(1.0, 10_000) + 1e6  # a mean that dwarfs the spread
    merged = Moments()
    tally = Tally(Estimator.VARIANCE)
    for part in np.array_split(draws, 7):
        merged = merged.merge(Moments.of(part))
        tally.add(part)
    whole = Moments.of(draws)
    for name in ("mean", "sum2", "sum3", "sum4"):
        assert getattr(merged, name) == pytest.approx(getattr(whole, name), rel=1e-9)
    assert tally.estimate().value == pytest.approx(np.var(draws, ddof=1), rel=1e-9)


@pytest.mark.parametrize(("spread", "tolerance", "basis", "still"), [
    (0.0019, 0.2, Basis.STUDENT, True),  # of 2: below a thousandth of it, a hundredth of 0.2
    (0.0021, 0.3, Basis.STUDENT, False),
    (0.0019, 0.18, Basis.STUDENT, False),
    (0.0, 0.2, Basis.BERNSTEIN, True),
    (0.0, 0.2, Basis.CLOPPER_PEARSON, False),  # a share is bounded, whatever was seen
    (0.0, 0.2, Basis.COMPUTED, False),
])  # fmt: skip
def test_draws_that_hardly_differ_are_no_sample(
    spread: float, tolerance: float, basis: Basis, *, still: bool
) -> None:
    found = Estimate(-2.0, spread / 10, 100, basis=basis)
    predicted = PredictedNumber(-2.0, tolerance)
    assert is_still(found, predicted, SampleCheck(sample="x")) is still


def test_what_the_core_draws_and_what_is_computed_need_not_vary() -> None:
    found, predicted = Estimate(2.0, 0.0, 100), PredictedNumber(2.0, 0.2)
    of_core = Measurement.model_validate(
        {"experiment": "dense_layer", "quantity": "weight_variance"}
    )
    assert not is_still(found, predicted, of_core)
    assert not is_still(found, predicted, SecondFormula(also="2"))
