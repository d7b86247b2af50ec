"""A watched measurement: what it tells on the way, and that it changes nothing."""

from collections.abc import Mapping

import pytest

from studytool.numerics.estimate import Estimate
from studytool.numerics.measure import measure
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream

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

    def watch(found: Mapping[str, Estimate]) -> None:
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
        watch=told.append,
    )
    assert told == []
