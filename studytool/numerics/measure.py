"""Measuring quantities of an experiment, batch by batch, in bounded memory."""

from collections.abc import Callable, Mapping, Sequence

from studytool.errors import ExperimentError
from studytool.numerics.estimate import Estimate, Estimator, Tally
from studytool.numerics.experiment import Experiment, ParameterValue
from studytool.numerics.streams import Rng

BATCH_ELEMENTS = 4_000_000
"""float64 numbers that one batch keeps alive: 32 MB."""
MOST_ELEMENTS = 32_000_000
"""Of one replicate; an experiment beyond it is refused."""
MOST_WORK = 2e10
"""Elements over all replicates."""


def never() -> bool:
    """Say that nobody cancelled."""
    return False


def measure(
    experiment: Experiment,
    parameters: Mapping[str, ParameterValue],
    quantities: Sequence[str],
    *,
    rng: Rng,
    replicates: int,
    cancelled: Callable[[], bool] = never,
) -> dict[str, Estimate]:
    """Estimate quantities of an experiment from ``replicates`` independent replicates.

    Where every quantity asked for is exact, one replicate is enough and only one is made.

    Raises:
        ExperimentError: a parameter out of range, or more memory or work than allowed; before
            memory is taken.
        NotFoundError: an unknown quantity.
    """
    bound = experiment.bind(parameters)
    estimators = {name: experiment.quantity(name).estimator for name in quantities}
    if set(estimators.values()) == {Estimator.EXACT}:
        replicates = 1
    batch = _batch_size(experiment, bound, replicates)
    tallies = {name: Tally(estimator) for name, estimator in estimators.items()}
    done = 0
    while done < replicates and not (done and cancelled()):
        size = min(batch, replicates - done)
        samples = experiment.simulate(rng, size, bound)
        for name, tally in tallies.items():
            tally.add(samples[name])
        done += size
    return {name: tally.estimate() for name, tally in tallies.items()}


def _batch_size(
    experiment: Experiment, bound: Mapping[str, ParameterValue], replicates: int
) -> int:
    elements = max(1.0, experiment.elements(bound))
    if elements > MOST_ELEMENTS:
        raise ExperimentError(
            f"{experiment.name}: one replicate would keep {elements:,.0f} numbers in memory; "
            f"at most {MOST_ELEMENTS:,} are allowed: make a size parameter smaller"
        )
    if elements * replicates > MOST_WORK:
        raise ExperimentError(
            f"{experiment.name}: {replicates:,} replicates of {elements:,.0f} numbers are too "
            f"much work; at most {int(MOST_WORK / elements):,} replicates fit"
        )
    return max(1, int(BATCH_ELEMENTS / elements))


def default_replicates(experiment: Experiment, bound: Mapping[str, ParameterValue]) -> int:
    """Return a number of replicates that takes about a second: 200 to 200,000."""
    if experiment.trains:
        return 500
    return int(min(200_000, max(200, 2e7 / max(1.0, experiment.elements(bound)))))
