"""Schedules beside torch.optim.lr_scheduler, step by step."""

from math import log10
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import cosine_annealing, linear_warmup
from studytool.numerics.experiment import ParameterValue
from studytool.numerics.schedules import (
    COSINE_SCHEDULE,
    QUADRATIC_DESCENT,
    WARMUP_SCHEDULE,
    cosine_rates,
)
from studytool.numerics.streams import stream

pytestmark = pytest.mark.oracle


def _rates(torch: ModuleType, lr: float, steps: int, scheduler: str, **options: Any) -> Array:
    """Return the rates that torch uses at its steps 0 … steps, shape (steps + 1,)."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr)
    schedule = getattr(torch.optim.lr_scheduler, scheduler)(optimizer, **options)
    rates = [schedule.get_last_lr()[0]]
    for _ in range(steps):
        optimizer.step()
        schedule.step()
        rates.append(schedule.get_last_lr()[0])
    return np.array(rates)


@pytest.mark.parametrize(
    ("period", "lr_max", "lr_min"),
    [
        (50, 0.1, 0.001),
        (7, 0.3, 0.0),  # down to nothing
        (1, 0.1, 0.01),  # the lowest rate after one step
    ],
)
def test_cosine(torch: ModuleType, period: int, lr_max: float, lr_min: float) -> None:
    steps = 3 * period  # past the period the rate climbs back and falls again
    peer = _rates(torch, lr_max, steps, "CosineAnnealingLR", T_max=period, eta_min=lr_min)
    form = cosine_annealing(np.arange(steps + 1.0), period, lr_max, lr_min)
    np.testing.assert_allclose(form, peer, rtol=1e-9, atol=1e-12)
    recursion = cosine_rates(period, period, lr_max=lr_max, lr_min=lr_min)
    np.testing.assert_allclose(recursion, peer[: period + 1], rtol=1e-9, atol=1e-12)
    given: dict[str, ParameterValue] = {"period": period, "lr_max": lr_max, "lr_min": lr_min}
    for t in (0, 1, period, period + 1, steps):
        parameters = COSINE_SCHEDULE.bind(given | {"t": t})
        found = COSINE_SCHEDULE.simulate(stream(0), 1, parameters)["lr"][0]
        assert found == pytest.approx(peer[t], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("steps", "lr"), [(5, 0.1), (40, 0.3)])
def test_warmup(torch: ModuleType, steps: int, lr: float) -> None:
    """torch starts above 0: its step k is the warm-up's step k + 1."""
    options = {"start_factor": 1 / steps, "total_iters": steps - 1}
    peer = _rates(torch, lr, 2 * steps, "LinearLR", **options)
    t = np.arange(1.0, 2 * steps + 2)
    np.testing.assert_allclose(linear_warmup(t, steps, lr), peer, rtol=1e-9)
    for k in (0, steps - 1, 2 * steps):
        parameters = WARMUP_SCHEDULE.bind({"t": k + 1, "steps": steps, "lr": lr})
        found = WARMUP_SCHEDULE.simulate(stream(0), 1, parameters)["lr"][0]
        assert found == pytest.approx(peer[k], rel=1e-9)


@pytest.mark.parametrize("warmup", [2, 10])
def test_descent_under_warmup(torch: ModuleType, warmup: int) -> None:
    """Descend on a parabola by torch.optim.SGD under LinearLR."""
    curvature, lr, steps = 12.0, 0.15, 25
    w = torch.ones(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=lr)
    options = {"start_factor": 1 / warmup, "total_iters": warmup - 1}
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, **options)
    losses = []
    for _ in range(steps):
        loss = 0.5 * curvature * w.square().sum()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    losses.append(0.5 * curvature * w.item() ** 2)
    parameters = QUADRATIC_DESCENT.bind(
        {"curvature": curvature, "lr": lr, "steps": steps, "warmup": warmup}
    )
    found = QUADRATIC_DESCENT.simulate(stream(0), 1, parameters)
    assert found["log10_loss_ratio"][0] == pytest.approx(log10(losses[-1] / losses[0]), rel=1e-9)
    worst = log10(max(losses) / losses[0])
    assert found["log10_worst_loss"][0] == pytest.approx(worst, rel=1e-9, abs=1e-12)
