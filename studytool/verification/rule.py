"""The acceptance rule: an equivalence test of an estimate against a predicted number.

    δ = max(atol, rtol·|c|)
    accept iff SE ≤ δ/8 and |estimate − c| ≤ δ − 3.5·SE

A right formula is rejected with probability 6.8e-6; one that is wrong by δ or more passes with
probability at most 2.3e-4. An exact estimate (SE 0) is compared to floating-point accuracy.
"""

from collections.abc import Callable
from dataclasses import dataclass

from studytool.numerics.estimate import Estimate
from studytool.verification.evidence import Comparison, Verdict

PILOT = 4_096
MOST_REPLICATES = 8_000_000
PRECISION = 8.0
"""The standard error must be this many times smaller than δ."""
GUARD = 3.5
"""Standard errors that are kept off δ."""
MARGIN = 1.3
"""More replicates than the pilot asks for, since the pilot's error is itself an estimate."""
EXACT_RELATIVE = 1e-9
EXACT_ABSOLUTE = 1e-12
"""An exact algorithm may differ by rounding: 1e7 units in the last place."""

Draw = Callable[[int], Estimate]
"""Draws so many fresh replicates and estimates from them."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A predicted number and how far from it the truth may be."""

    value: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class Unaffordable:
    """The replicates that would be needed are too many."""

    needed: float


def predict(value: float, *, rtol: float, atol: float = 0.0) -> Prediction | None:
    """Make a prediction; None when its tolerance would be 0, since 0 needs an atol."""
    tolerance = max(atol, rtol * abs(value))
    return Prediction(value, tolerance) if tolerance > 0 else None


def draw_enough(draw: Draw, tolerance: float, *, exact: bool = False) -> Estimate | Unaffordable:
    """Draw a pilot, throw it away, and draw as many replicates as the tolerance needs."""
    if exact:
        return draw(1)
    pilot = draw(PILOT)
    needed = MARGIN * PILOT * (pilot.standard_error / (tolerance / PRECISION)) ** 2
    if not needed <= MOST_REPLICATES:
        return Unaffordable(needed)
    return draw(max(PILOT, int(needed) + 1))


def judge(estimate: Estimate, prediction: Prediction) -> Verdict:
    """Accept or refute a prediction, or leave it undecided."""
    distance = abs(estimate.value - prediction.value)
    if estimate.standard_error == 0 and estimate.replicates == 1:
        close = max(EXACT_ABSOLUTE, EXACT_RELATIVE * abs(prediction.value))
        return Verdict.HOLDS if distance <= close else Verdict.REFUTED
    guard = GUARD * estimate.standard_error
    precise = estimate.standard_error <= prediction.tolerance / PRECISION
    if precise and distance <= prediction.tolerance - guard:
        return Verdict.HOLDS
    if distance > guard and (precise or distance >= prediction.tolerance + guard):
        return Verdict.REFUTED
    return Verdict.UNDECIDED


def compare(quantity: str, estimate: Estimate, prediction: Prediction) -> Comparison:
    """Judge and say why, for a reader."""
    verdict = judge(estimate, prediction)
    reason = ""
    if verdict is not Verdict.HOLDS:
        reason = (
            f"predicted {prediction.value:.6g}, measured {estimate.value:.6g} "
            f"± {estimate.standard_error:.2g}, allowed ± {prediction.tolerance:.2g}"
        )
    return Comparison(quantity, estimate, prediction.value, prediction.tolerance, verdict, reason)
