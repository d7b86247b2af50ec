"""Measurement of an experiment's quantities, batch by batch, in bounded memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Generic

import numpy as np

from studytool.errors import ExperimentError
from studytool.language import Message, Phrase
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.experiment import Experiment, P, Quantity, values_of
from studytool.numerics.form_calls import record_forms
from studytool.numerics.streams import Rng, stream
from studytool.numerics.tally import Tally
from studytool.numerics.watching import EstimateWatch, Watching

BATCH_ELEMENTS = 4_000_000
"""float64 numbers that one batch keeps alive: 32 MB."""
MOST_ELEMENTS = 32_000_000
"""float64 numbers of one replicate; an experiment beyond them is refused."""
MOST_WORK = 2e10
"""float64 numbers of all replicates together."""
FEWEST_SHOWN = 200
"""Replicates that ``simulate`` draws of the largest experiment, where it does not train."""
BATCH_WORK = 1e9
"""float64 numbers that one batch computes, about a second of them, where that is known."""

_BEYOND = Phrase(
    ko="이 매개변수에서는 수가 나오지 않습니다", en="these parameters lead to no number"
)
_TOO_LARGE = Phrase(
    ko="반복 하나가 메모리에 수 {elements:,.0f}개를 두게 됩니다. 최대 {most:,}개입니다. "
    "크기 매개변수를 줄이세요",
    en="one replicate would keep {elements:,.0f} numbers in memory; "
    "at most {most:,} are allowed: make a size parameter smaller",
)
_TOO_MUCH_WORK = Phrase(
    ko="수 {elements:,.0f}개짜리 반복 {replicates:,}번은 너무 많습니다. 최대 {most:,}번입니다",
    en="{replicates:,} replicates of {elements:,.0f} numbers are too much work; "
    "at most {most:,} replicates fit",
)


def never() -> bool:
    """Return False: nobody cancels."""
    return False


def measure(  # noqa: PLR0913 - what is measured, of which draws, and who follows it
    experiment: Experiment[P],
    parameters: P,
    quantities: Sequence[str],
    *,
    rng: Rng,
    replicates: int,
    cancelled: Callable[[], bool] = never,
    watch: EstimateWatch | None = None,
) -> dict[str, Estimate]:
    """Estimate quantities of an experiment from ``replicates`` independent replicates.

    Where every quantity asked for is exact, one replicate is enough and only one is made.

    Args:
        experiment: named in the registry or not.
        parameters: within their ranges.
        quantities: their names.
        rng: of the draws.
        replicates: how many.
        cancelled: asked between batches; what was drawn until then is estimated.
        watch: told of the estimates as they come; the result is the same without.

    Raises:
        ExperimentError: a parameter out of range, or more memory or work than allowed; before
            memory is taken.
        NotFoundError: an unknown quantity.
    """
    measuring = Measuring(experiment, parameters, quantities, rng=rng, watch=watch)
    return measuring.until(replicates, cancelled)


class Measuring(Generic[P]):
    """A measurement that can go on: what was drawn for one look counts in the next.

    Arguments are those of :func:`measure`.

    Raises:
        ExperimentError: a parameter out of range.
        NotFoundError: an unknown quantity.
    """

    def __init__(
        self,
        experiment: Experiment[P],
        parameters: P,
        quantities: Sequence[str],
        *,
        rng: Rng,
        watch: EstimateWatch | None = None,
    ) -> None:
        experiment.bind(values_of(parameters))
        asked = {name: experiment.quantity(name) for name in quantities}
        self._is_exact = {one.estimator for one in asked.values()} == {Estimator.EXACT}
        self._experiment, self._parameters, self._rng = experiment, parameters, rng
        self._tallies = _tallies(asked, parameters)
        self._watching = None if watch is None else Watching(_tallies(asked, parameters), watch)
        self._done = 0

    def until(self, replicates: int, cancelled: Callable[[], bool] = never) -> dict[str, Estimate]:
        """Draw until there are so many replicates in all, and estimate from all of them.

        Raises:
            ExperimentError: more memory or work than allowed; before memory is taken.
        """
        replicates = 1 if self._is_exact else replicates
        batch = _batch_size(self._experiment, self._parameters, replicates)
        while self._done < replicates and not (self._done and cancelled()):
            size = min(batch, replicates - self._done)
            samples = self._experiment.simulate(self._rng, size, self._parameters)
            for name, tally in self._tallies.items():
                tally.add(samples[name])
            if self._watching is not None:
                self._watching.add(samples, size)
            self._done += size
        return {name: tally.estimate() for name, tally in self._tallies.items()}


def _tallies(asked: Mapping[str, Quantity[P]], parameters: P) -> dict[str, Tally]:
    return {name: Tally(one.estimator, *one.ranges(parameters)) for name, one in asked.items()}


@dataclass(frozen=True, slots=True)
class QuantityResult:
    """A quantity of an experiment, its estimate and its closed form where one applies."""

    name: str
    estimate: Estimate
    closed_form: float | None


def measure_all(
    experiment: Experiment[P],
    parameters: P,
    *,
    seed: int,
    replicates: int | None = None,
    cancelled: Callable[[], bool] = never,
) -> tuple[QuantityResult, ...]:
    """Measure every quantity of an experiment, in its order, each beside its closed form.

    Args:
        experiment: named in the registry or not.
        parameters: within their ranges.
        seed: equal seeds give equal draws.
        replicates: by default about a second's worth.
        cancelled: asked between batches; what was drawn until then is estimated.

    A draw beyond floats is an infinity, and no warning.

    Raises:
        ExperimentError: as :func:`measure`; a closed form too large, or a ratio over nothing.
    """
    try:
        with np.errstate(all="ignore"):
            estimates = measure(
                experiment,
                parameters,
                [quantity.name for quantity in experiment.quantities],
                rng=stream("simulate", experiment.name, seed),
                replicates=replicates or default_replicates(experiment, parameters),
                cancelled=cancelled,
            )
            return tuple(
                QuantityResult(one.name, estimates[one.name], _known_value(one, parameters))
                for one in experiment.quantities
            )
    except ArithmeticError as error:
        raise ExperimentError(experiment.name, _BEYOND.of()) from error


def _known_value(quantity: Quantity[P], parameters: P) -> float | None:
    if quantity.closed_form is None:
        return None
    value = quantity.closed_form(parameters)
    return float(value) if isfinite(value) else None


def called_forms(experiment: Experiment[P], parameters: P) -> frozenset[str]:
    """Draw two replicates and return the names of the closed forms that were called.

    Raises:
        ExperimentError: as :func:`measure`.
    """
    _batch_size(experiment, parameters, 2)
    with record_forms() as calls, np.errstate(all="ignore"):
        experiment.simulate(stream("forms", experiment.name), 2, parameters)
    return calls.names


def _batch_size(experiment: Experiment[P], parameters: P, replicates: int) -> int:
    elements = max(1.0, experiment.elements(parameters))
    if elements > MOST_ELEMENTS:
        too_large = _TOO_LARGE.of(elements=elements, most=MOST_ELEMENTS)
        raise ExperimentError(experiment.name, too_large)
    work = work_of(experiment, parameters)
    if (too_much := too_much_work(work, replicates)) is not None:
        raise ExperimentError(experiment.name, too_much)
    batch = max(1, int(BATCH_ELEMENTS / elements))
    return batch if experiment.work is None else max(1, min(batch, int(BATCH_WORK / work)))


def too_much_work(work: float, replicates: int) -> Message | None:
    """Return why so many replicates of so many numbers are refused; None where they are not."""
    if work * replicates <= MOST_WORK:
        return None
    return _TOO_MUCH_WORK.of(replicates=replicates, elements=work, most=int(MOST_WORK / work))


def work_of(experiment: Experiment[P], parameters: P) -> float:
    """Return how many float64 numbers one replicate computes, 1 at the least."""
    return max(1.0, (experiment.work or experiment.elements)(parameters))


def default_replicates(experiment: Experiment[P], parameters: P) -> int:
    """Return a number of replicates that takes about a second: 200 to 200,000."""
    if experiment.trains:
        return 500
    return int(min(200_000, max(FEWEST_SHOWN, 2e7 / work_of(experiment, parameters))))
