"""The bench: every row moves within its range, and every experiment can be set up."""

from typing import Any

import pytest

from studytool.errors import NotFoundError
from studytool.numerics.experiment import Experiment
from studytool.numerics.registry import EXPERIMENTS, find_experiment
from studytool.session.lab import Bench, find_experiments


def _english(experiment: Experiment[Any]) -> str:
    return experiment.doc


def test_rows_move_within_their_ranges() -> None:
    bench = Bench.of(find_experiment("signal_depth"))
    assert bench.rows[:2] == ("", "\0view")
    assert bench.along == "depth"
    assert bench.moved("init", 1).values["init"] == "he"
    assert bench.moved("init", -1).values["init"] == "large"
    assert bench.moved("depth", 1).values["depth"] == 22
    assert bench.moved("depth", 999).values["depth"] == 100
    assert bench.put("depth", 0.0).values["depth"] == 2
    assert bench.put("init", 0.0) is bench
    assert bench.moved("", 1).quantity == "log10_gradient_ratio"
    assert bench.moved("\0view", -1).along == "width"
    assert bench.moved("\0seed", -5).seed == 0
    assert bench.moved("\0seed", 3).seed == 3


def test_a_small_whole_range_moves_by_one() -> None:
    bench = Bench.of(find_experiment("off_unit_training"))
    assert bench.values["layer"] == 1
    assert bench.moved("layer", 1).values["layer"] == 2


def test_values_that_do_not_go_together_say_why() -> None:
    bench = Bench.of(find_experiment("signal_depth")).put("depth", 1.0).put("scale", 1.0)
    linear = bench.moved("activation", -3)
    assert linear.values["activation"] == "linear"
    assert linear.refusal is not None
    assert Bench.of(find_experiment("signal_depth")).refusal is None


def test_every_experiment_can_be_set_up() -> None:
    for name in EXPERIMENTS:
        bench = Bench.of(EXPERIMENTS[name])
        assert bench.refusal is None
        for row in bench.rows:
            bench.moved(row, 1)
            bench.put(row, 0.5)
    with pytest.raises(NotFoundError, match="signal_depth"):
        Bench.of(find_experiment("signal_dept"))


def test_a_bench_begins_along_what_the_experiment_is_about() -> None:
    along = {name: Bench.of(one).along for name, one in EXPERIMENTS.items()}
    assert along["dropout_layer"] == "keep"  # not how many inputs there are
    assert along["ridge_fit"] == "lam"
    assert along["cosine_schedule"] == "t"
    assert along["penalty_prediction"] is None  # it has choices alone


def test_experiments_are_found_in_korean() -> None:
    found = find_experiments("층 신호", lambda _: "층을 지나는 신호")
    assert len(list(found)) == len(EXPERIMENTS)


def test_experiments_are_found_by_any_words() -> None:
    assert "signal_depth" in {one.name for one in find_experiments("GRADIENT network", _english)}
    assert [one.name for one in find_experiments("signal_depth", _english)] == ["signal_depth"]
    assert list(find_experiments("no such thing", _english)) == []
    assert len(list(find_experiments("", _english))) == len(EXPERIMENTS)
