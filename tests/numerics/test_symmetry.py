"""Weights that start alike: how they start, and a training by hand beside the experiment's."""

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.streams import Rng, stream
from studytool.numerics.symmetry import SYMMETRY
from tests.numerics.flags_by_hand import flags


def _task(rng: Rng, n: int) -> tuple[Array, Array]:
    x = rng.normal(size=(n, 32, 4))
    return x, np.sign(x[..., 0] * x[..., 1])


@pytest.mark.parametrize(("init", "keep"), [
    ("xavier", 1.0), ("constant_first", 1.0), ("constant", 1.0), ("zero", 1.0), ("xavier", 0.6),
])  # fmt: skip
def test_training_by_hand(init: str, keep: float) -> None:
    """Network by network and unit by unit: three steps at 0.5 on the mean squared error's half."""
    n, units, steps = 3, 5, 3
    given = SYMMETRY.bind({"init": init, "units": units, "steps": steps, "keep": keep})
    found = SYMMETRY.simulate(stream("symmetry", init), n, given)
    rng = stream("symmetry", init)
    x, y = _task(rng, n)
    if init in ("xavier", "constant_first"):
        first = rng.standard_normal((n, 4, units)) * (2 / 9) ** 0.5 if init == "xavier" else None
        last = rng.standard_normal((n, units)) * (2 / 6) ** 0.5
    else:
        first, last = None, np.full((n, units), 0.0 if init == "zero" else 0.5)
    if first is None:
        first = np.full((n, 4, units), 0.0 if init == "zero" else 0.5)
    masks = [
        flags(rng, (n, 32, units), keep) / keep if keep < 1 else np.ones((n, 32, units))
        for _ in range(steps)
    ]
    for draw in range(n):
        w, v, parted = first[draw].copy(), last[draw].copy(), 0.0
        for mask in masks:
            by_w, by_v = np.zeros_like(w), np.zeros_like(v)
            for at in range(32):
                h = np.tanh(x[draw, at] @ w)
                error = (h * mask[draw, at]) @ v - y[draw, at]
                by_v += error * h * mask[draw, at] / 32
                by_w += np.outer(x[draw, at], error * v * mask[draw, at] * (1 - h**2)) / 32
            w, v = w - 0.5 * by_w, v - 0.5 * by_v
            parted = max(parted, *(0.5 * np.ptp(row) for row in by_w))
        output = np.tanh(x[draw] @ w) @ v
        expected = {
            "weight_rank": np.linalg.matrix_rank(w),
            "unit_gap": max(row.max() - row.min() for row in w),
            "input_gap": max(column.max() - column.min() for column in w.T),
            "update_gap": parted,
            "units_equal": float(init in ("zero", "constant")),
            "updates_equal": float(init in ("zero", "constant")),
            "unmoved": float(init == "zero"),
            "final_loss": float(((output - y[draw]) ** 2).mean()),
            "accuracy": float((np.sign(output) == y[draw]).mean()),
        }
        for name, value in expected.items():
            assert found[name][draw] == pytest.approx(value, rel=1e-9, abs=1e-12), name


def test_a_first_layer_is_unmoved_only_as_a_whole() -> None:
    """Units that are dropped for all 32 examples keep their weights: one of five, never all."""
    found = SYMMETRY.simulate(
        stream("dropped"), 200, SYMMETRY.bind({"init": "xavier", "steps": 1, "keep": 0.05})
    )
    assert not found["unmoved"].any()


def test_diverging_weights_are_held() -> None:
    """However long the training, no weight is beyond 1000 and none is no number."""
    found = SYMMETRY.simulate(stream("held"), 5, SYMMETRY.bind({"units": 64, "steps": 300}))
    assert np.isfinite(found["final_loss"]).all()
    assert (found["input_gap"] <= 2000).all()
