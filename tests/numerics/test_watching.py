"""A watched measurement: what it tells on the way, and that it changes nothing."""

from collections.abc import Mapping

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.measure import measure
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream
from studytool.numerics.tally import Tally
from studytool.numerics.watching import KEPT, Watching

_CASES = [
    ("signal_depth", "log10_signal_ratio", 128),  # a mean
    ("signal_depth", "log10_signal_ratio", 100),  # no power of two: the last look is at 64
    ("seed_spread", "log_energy_sd", 128),  # a standard deviation
    ("gradient_spread", "log10_median", 64),
    ("dropout_regression", "ratio", 64),  # a ratio, if it is one
]


@pytest.mark.parametrize(("name", "quantity", "replicates"), _CASES)
def test_watching_tells_at_each_doubling_and_changes_nothing(
    name: str, quantity: str, replicates: int
) -> None:
    experiment, told = find_experiment(name), list[Estimate]()
    parameters = experiment.bind({})

    def watch(found: Mapping[str, Estimate], _: Mapping[str, Array]) -> None:
        told.append(found[quantity])

    seen, unseen = (
        measure(
            experiment,
            parameters,
            [quantity],
            rng=stream("watched"),
            replicates=replicates,
            watch=one,
        )
        for one in (watch, None)
    )
    assert seen == unseen
    assert [one.replicates for one in told] == [n for n in (16, 32, 64, 128) if n <= replicates]
    if told[-1].replicates == replicates:
        assert told[-1].value == pytest.approx(seen[quantity].value, rel=1e-12)
    assert told[0].value != told[-1].value


def test_an_exact_quantity_has_no_way() -> None:
    experiment, told = find_experiment("cosine_schedule"), list[object]()
    measure(
        experiment,
        experiment.bind({}),
        ["lr"],
        rng=stream("watched"),
        replicates=500,
        watch=lambda found, _: told.append(found),
    )
    assert told == []


@pytest.mark.parametrize(
    ("estimator", "batch", "own"),
    [
        (Estimator.MEAN, np.arange(20.0), np.arange(20.0)),
        (Estimator.MEDIAN, np.arange(20.0), np.arange(20.0)),
        (Estimator.RATIO, np.column_stack([np.arange(20.0), np.full(20, 2.0)]), np.arange(20) / 2),
        (Estimator.VARIANCE, np.arange(20.0), np.empty(0)),  # one draw has none
        (Estimator.STD, np.arange(20.0), np.empty(0)),
    ],
)
def test_each_replicate_is_told_for_itself(estimator: Estimator, batch: Array, own: Array) -> None:
    told: list[Array] = []
    watching = Watching({"x": Tally(estimator)}, lambda _, drawn: told.append(drawn["x"]))
    for begin in (0, 7):  # in batches of any size
        watching.add({"x": batch[begin : 7 if begin == 0 else 20]}, 7 if begin == 0 else 13)
    [first] = told
    assert np.array_equal(first, own[:16])


def test_no_more_replicates_are_told_than_are_kept() -> None:
    told: list[Array] = []
    watching = Watching({"x": Tally(Estimator.MEAN)}, lambda _, drawn: told.append(drawn["x"]))
    watching.add({"x": np.arange(4096.0)}, 4096)
    assert [one.size for one in told] == [16, 32, 64, 128, 256, 512, KEPT, KEPT, KEPT]
    assert np.array_equal(told[-1], np.arange(float(KEPT)))
