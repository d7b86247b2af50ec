"""What the lab shows: draws in bins, a curve from its ends inwards, looks that grow."""

from dataclasses import replace

import numpy as np
import pytest

from studytool.numerics.estimate import Doubt
from studytool.numerics.experiment import NumberParameter
from studytool.numerics.lab import (
    MOST_DRAWS,
    histogram,
    measured,
    share_of,
    sweep,
    usual_range,
    value_at,
)
from studytool.numerics.measure import work_of
from studytool.numerics.registry import find_experiment

_LOG = NumberParameter("n", 10, 1, 1000, "", whole=False)
_WHOLE = NumberParameter("n", 1, 0, 10, "", whole=True)


@pytest.mark.parametrize(
    ("definition", "share", "value"),
    [
        (_LOG, 0.0, 1.0),
        (_LOG, 1 / 3, 10.0),  # even in the logarithm
        (_LOG, 1.0, 1000.0),
        (_LOG, 7.0, 1000.0),  # dragged beyond the end
        (_WHOLE, 0.31, 3),
        (_WHOLE, -1.0, 0),
    ],
)
def test_a_share_of_a_range_is_a_value(
    definition: NumberParameter, share: float, value: float
) -> None:
    assert value_at(definition, share) == pytest.approx(value)
    assert isinstance(value_at(definition, share), int) == definition.whole
    assert value_at(definition, share_of(definition, value)) == pytest.approx(value)


@pytest.mark.parametrize(
    ("definition", "low", "high"),
    [
        (NumberParameter("t", 10, 0, 100_000, "", whole=True), 0, 100),  # not 100,000 of 50
        (NumberParameter("w", -2, -1000, 1000, "", whole=False), -20, 20),
        (NumberParameter("m", 0, -1000, 1000, "", whole=False), -10, 10),
        (NumberParameter("s", 0, 0, 10_000, "", whole=True), 0, 100),
        (NumberParameter("n", 64, 1, 100_000, "", whole=True), 6.4, 320),
        (NumberParameter("keep", 0.8, 0.01, 1, "", whole=False), 0.01, 1),  # even: a share
        (_WHOLE, 0, 10),
    ],
)
def test_a_slider_goes_where_something_is_to_be_seen(
    definition: NumberParameter, low: float, high: float
) -> None:
    usual = usual_range(definition)
    assert (usual.low, usual.high) == (low, high)
    assert share_of(definition, definition.high) == 1.0  # what lies beside it is at its end
    assert value_at(definition, share_of(definition, definition.default)) == pytest.approx(
        definition.default, rel=1e-2
    )


def test_a_range_of_one_value_has_a_place() -> None:
    assert share_of(NumberParameter("n", 3, 3, 3, "", whole=True), 3) == 0.0


def test_draws_are_counted_where_they_lie() -> None:
    """Xavier weights of a layer: their variance lies about 1/n, and the middle bins have most."""
    layer = find_experiment("dense_layer")
    parameters = layer.bind({"fan_in": 8, "fan_out": 8})
    drawn = histogram(layer, parameters, "weight_variance", seed=0, bins=9)
    assert drawn is not None
    assert drawn.low < 1 / 8 < drawn.high
    assert max(drawn.counts[2:6]) == max(drawn.counts)
    assert sum(drawn.counts) > 100
    assert drawn == histogram(layer, parameters, "weight_variance", seed=0, bins=9)
    assert drawn != histogram(layer, parameters, "weight_variance", seed=1, bins=9)


def test_what_is_exact_has_no_draws_and_equal_draws_have_one_bin() -> None:
    cosine = find_experiment("cosine_schedule")
    assert histogram(cosine, cosine.bind({}), "lr", seed=0, bins=9) is None
    fit = find_experiment("constrained_fit")  # its solution lies on the ball's edge: one number
    drawn = histogram(fit, fit.bind({}), "length", seed=0, bins=9)
    assert drawn is not None
    assert max(drawn.counts) == sum(drawn.counts)


def test_a_curve_begins_with_its_ends_and_meets_theory() -> None:
    """A linear network of equal widths under a scale s: the signal grows by s^(layers - 1)."""
    deep = find_experiment("deep_initialization")
    parameters = deep.bind(
        {"activation": "linear", "init": "xavier_normal", "first": 8, "middle": 8, "last": 8}
    )
    points = list(sweep(deep, parameters, "signal_factor", "layers", seed=0, points=8))
    assert [one.at for one in points[:2]] == [1, 15]
    assert len({one.at for one in points}) == len(points) >= 8
    one = points[0]
    assert one.closed_form == pytest.approx(1.0)
    assert one.low <= one.value <= one.high


def test_values_that_do_not_go_together_are_left_out() -> None:
    depth = find_experiment("signal_depth")
    parameters = depth.bind({"activation": "linear", "scale": 100.0})
    points = list(sweep(depth, parameters, "log10_signal_ratio", "depth", seed=0, points=4))
    assert 0 < len(points) < 5  # a hundredfold at each of 200 layers is beyond numbers


def test_a_ratio_over_nothing_is_doubted_and_ends_nothing() -> None:
    """One ReLU unit a layer passes nothing on: the gradients' ratio is 0 over 0."""
    depth = find_experiment("signal_depth")
    first = next(measured(depth, depth.bind({"width": 1}), seed=0))
    doubts = {one.name: one.estimate.doubt for one in first}
    assert doubts["gradient_square_ratio"] is doubts["upper_half_share"] is Doubt.OVER_ZERO


def test_looks_grow_until_cancelled() -> None:
    layer = find_experiment("dense_layer")
    parameters = layer.bind({"fan_in": 64, "fan_out": 64})
    counts = [looks[0].estimate.replicates for looks in measured(layer, parameters, seed=0)]
    assert counts[:2] == [64, 512]
    assert counts == sorted(counts)
    stopped = measured(layer, parameters, seed=0, cancelled=lambda: True)
    assert list(stopped) == []


def test_what_is_exact_is_looked_at_once() -> None:
    exact = find_experiment("cosine_schedule")
    [results] = measured(exact, exact.bind({}), seed=0)
    assert all(one.estimate.standard_error == 0 for one in results)


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize(("spread", "is_one_number"), [(1e-14, True), (1e-3, False)])
def test_values_apart_by_rounding_alone_are_one_bar_at_any_scale(
    scale: float, spread: float, *, is_one_number: bool
) -> None:
    values = scale * (1 + spread * np.linspace(-1, 1, 201))
    layer = find_experiment("dense_layer")
    drawn = replace(layer, simulate=lambda *_: {"weight_variance": values})
    found = histogram(drawn, layer.bind({}), "weight_variance", seed=0, bins=11)
    assert found is not None
    filled = sum(count > 0 for count in found.counts)
    assert (filled == 1) is is_one_number
    if is_one_number:
        assert (found.low, found.high) == pytest.approx((scale / 2, 3 * scale / 2), rel=1e-9)
    else:
        assert found.high - found.low == pytest.approx(2 * 0.98 * spread * scale, rel=1e-6)


def test_heavy_draws_are_as_many_as_two_million_numbers() -> None:
    """But for the outermost hundredths, and at least 16."""
    experiment = find_experiment("deep_initialization")
    parameters = experiment.bind({"first": 24, "middle": 24})
    shown = histogram(experiment, parameters, "log10_signal", seed=3, bins=8)
    assert shown is not None
    drawn = 2_000_000 / work_of(experiment, parameters)
    assert 16 < drawn < MOST_DRAWS
    assert sum(shown.counts) == pytest.approx(0.98 * drawn, rel=0.02, abs=2)
