"""Draw replicates by a check's method: a formula's samples, or an experiment's quantity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import isfinite, isnan

import numpy as np

from studytool.errors import Cancelled, StudytoolError
from studytool.formula.bindings import evaluate_let
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse_once
from studytool.language import Phrase
from studytool.numerics.estimate import Doubt, Estimate, Estimator
from studytool.numerics.experiment import ParameterValue
from studytool.numerics.intervals import Basis, ConfidenceInterval, bernstein_reach
from studytool.numerics.known_range import KnownRange
from studytool.numerics.measure import Measuring, measure
from studytool.numerics.streams import Rng, stream
from studytool.packs.methods import Measurement, Method, SampleCheck, SecondFormula
from studytool.packs.own_experiments import experiment_of
from studytool.packs.statistic import Statistic
from studytool.quiz.compute import experiment_values
from studytool.quiz.sampled import SampledFormula
from studytool.verification.drawing import PILOT, DrawEstimate, Sampler
from studytool.verification.foresight import Foresight, foresee, foresee_own

_LARGE_PILOT = 16 * PILOT
"""Replicates that meet a condition of 1 in 2,000 but for once in 3,600 times."""
_NO_STATISTIC = Phrase(
    ko="{quantity}: 통계량이 정의되지 않습니다(0으로 나눈 비 등).",
    en="{quantity}: the statistic is not defined (a ratio over 0, say)",
)


def make_sampler(
    method: Method,
    scope: Mapping[str, float],
    *,
    name: tuple[object, ...],
    cancelled: Callable[[], bool],
    watch: Callable[[Estimate], None] | None = None,
) -> Sampler:
    """Make the sampler of a method for the numbers in scope; ``name`` names its stream.

    ``watch`` is told of each estimate of draws as it comes nearer.
    """
    rng = stream(*name)
    match method:
        case SampleCheck():
            quantity, law = _sampled(method), foresee(method, scope)
            formula = SampledFormula(method, scope, rng, law.known, law.over, cancelled)
            watched = replace(
                formula, watch=None if watch is None else lambda found, _: watch(found)
            )
            draw = _defined(
                _after_the_pilot(_with_a_large_pilot(formula.draw), watched.draw), quantity
            )
            is_spread = method.statistic in (Statistic.VARIANCE, Statistic.STD)
            return Sampler(quantity, False, draw, law.known, law.least, is_spread, law.settled)
        case Measurement():
            drawn = _Measured(method, experiment_values(method, scope), rng, cancelled)
            return _sampler_of(drawn, foresee_own(method, scope), watch)
        case SecondFormula():
            return Sampler(method.also, True, lambda _: _exact(method, scope))


def _sampler_of(
    drawn: "_Measured", law: Foresight, watch: Callable[[Estimate], None] | None
) -> Sampler:
    method, experiment = drawn.measurement, experiment_of(drawn.measurement)
    quantity, measured = (
        f"{method.experiment}.{method.quantity}",
        experiment.quantity(method.quantity),
    )
    known, _ = measured.ranges(experiment.bind(drawn.values))
    watched = replace(drawn, watch=watch)
    draw = _defined(_after_the_pilot(_with_a_large_pilot(drawn.draw), watched.draw), quantity)
    is_spread = measured.estimator in (Estimator.VARIANCE, Estimator.STD)
    return Sampler(quantity, is_computed(method), draw, known, law.least, is_spread, law.settled)


def make_growing(
    measurement: Measurement,
    scope: Mapping[str, float],
    *,
    name: tuple[object, ...],
    cancelled: Callable[[], bool],
) -> DrawEstimate:
    """Make a sampler that goes on: each call draws until there are so many replicates in all."""
    experiment, quantity = experiment_of(measurement), measurement.quantity
    parameters = experiment.bind(experiment_values(measurement, scope))
    measuring = Measuring(experiment, parameters, [quantity], rng=stream(*name))

    def draw(count: int) -> Estimate:
        found = measuring.until(count, cancelled)[quantity]
        if cancelled():
            raise Cancelled
        return found

    known, _ = experiment.quantity(quantity).ranges(parameters)
    is_foreseen = measurement.own is not None
    return _defined(
        (lambda count: of_still(draw(count), known)) if is_foreseen else draw,
        f"{measurement.experiment}.{quantity}",
    )


def of_still(found: Estimate, known: KnownRange) -> Estimate:
    """Return what never varied with the room that its range leaves for values not drawn yet."""
    if found.doubt is not Doubt.NO_SPREAD:
        return found
    if not isfinite(known.width):
        return replace(found, doubt=Doubt.WIDE_RANGE)
    reach = bernstein_reach(0.0, known.width, found.replicates)
    interval = ConfidenceInterval(found.value - reach, found.value + reach)
    return replace(found, interval=interval, basis=Basis.BERNSTEIN, doubt=None)


def is_computed(method: Method) -> bool:
    """Tell a method that computes its number from one that draws and estimates it."""
    if not isinstance(method, Measurement):
        return isinstance(method, SecondFormula)
    quantity = experiment_of(method).quantity(method.quantity)
    return quantity.estimator is Estimator.EXACT


def _sampled(method: SampleCheck) -> str:
    if method.over is not None:
        return f"mean({method.sample}) / mean({method.over})"
    return f"{method.statistic}({method.sample})"


def _after_the_pilot(draw: DrawEstimate, watched: DrawEstimate) -> DrawEstimate:
    """Let only what a verdict may rest on be watched; the pilot's draws are thrown away."""
    return lambda count: (draw if count <= PILOT else watched)(count)


def _with_a_large_pilot(draw: DrawEstimate) -> DrawEstimate:
    """Draw more for a ratio whose pilot met nothing to divide by, as of a condition that is rare."""

    def draw_again(count: int) -> Estimate:
        found = draw(count)
        return draw(_LARGE_PILOT) if isnan(found.value) else found

    return draw_again


def _defined(draw: DrawEstimate, quantity: str) -> DrawEstimate:
    """Turn a statistic that does not exist, such as a ratio over 0, into an author's mistake.

    A spread too large for a float is infinite, which the rule then finds too much to try.
    """

    def draw_or_refuse(count: int) -> Estimate:
        try:
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                found = draw(count)
        except ArithmeticError as error:
            raise StudytoolError(_NO_STATISTIC, quantity=quantity) from error
        if found.doubt is Doubt.OVER_ZERO and isnan(found.value):
            raise StudytoolError(_NO_STATISTIC, quantity=quantity)
        return found

    return draw_or_refuse


@dataclass(frozen=True, slots=True)
class _Measured:
    """A quantity of an experiment of the core."""

    measurement: Measurement
    values: Mapping[str, ParameterValue]
    rng: Rng
    cancelled: Callable[[], bool]
    watch: Callable[[Estimate], None] | None = None

    def draw(self, count: int) -> Estimate:
        quantity, watch = self.measurement.quantity, self.watch
        experiment = experiment_of(self.measurement)
        found = measure(
            experiment,
            experiment.bind(self.values),
            [quantity],
            rng=self.rng,
            replicates=count,
            cancelled=self.cancelled,
            watch=None if watch is None else lambda found, _: watch(found[quantity]),
        )
        if self.cancelled():
            raise Cancelled
        return found[quantity]


def _exact(method: SecondFormula, scope: Mapping[str, float]) -> Estimate:
    let = {name: parse_once(text) for name, text in method.let.items()}
    value = evaluate_number(parse_once(method.also), evaluate_let(let, dict(scope)))
    return Estimate(value, 0.0, 1, basis=Basis.COMPUTED)
