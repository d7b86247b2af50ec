"""Learning-rate schedules, and gradient descent under them."""

from dataclasses import dataclass
from math import cos, log10, pi
from typing import Annotated

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import cosine_annealing, linear_warmup
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.streams import Rng
from studytool.numerics.training import (
    LearningTask,
    find_gradients,
    smooth_target,
    train,
)


def cosine_rates(steps: int, period: float, *, lr_max: float, lr_min: float) -> Array:
    """Return the rates at 0 … steps by the recursion that PyTorch steps with, shape (steps + 1,).

    For steps below the period. Source: torch.optim.lr_scheduler.CosineAnnealingLR, documentation.
    """
    rates = [lr_max]
    for t in range(1, steps + 1):
        factor = (1 + cos(pi * t / period)) / (1 + cos(pi * (t - 1) / period))
        rates.append(lr_min + (rates[-1] - lr_min) * factor)
    return np.array(rates)


@dataclass(frozen=True, slots=True)
class CosineSchedule:
    """Parameters of ``cosine_schedule``."""

    t: Annotated[int, Range(0, 100_000), "step"] = 10
    period: Annotated[int, Range(1, 100_000), "half a cosine period, T_max"] = 50
    lr_max: Annotated[float, Range(0.0, 1e3), "first rate"] = 0.1
    lr_min: Annotated[float, Range(0.0, 1e3), "lowest rate"] = 0.001


def _cosine(_rng: Rng, _n: int, p: CosineSchedule) -> dict[str, Array]:
    t, period = p.t, p.period
    lr_max, lr_min = p.lr_max, p.lr_min
    folded = t % int(2 * period)  # past the period the rate climbs back, mirrored
    steps = folded if folded <= period else int(2 * period) - folded
    return {"lr": cosine_rates(steps, period, lr_max=lr_max, lr_min=lr_min)[-1:]}


COSINE_SCHEDULE = Experiment[CosineSchedule](
    name="cosine_schedule",
    doc="cosine annealing by its step-by-step recursion",
    parameter_type=CosineSchedule,
    quantities=(
        Quantity(
            "lr",
            "the rate at step t",
            Estimator.EXACT,
            lambda p: float(cosine_annealing(p.t, p.period, p.lr_max, p.lr_min)),
        ),
    ),
    simulate=_cosine,
    elements=lambda p: p.t + 1,
    source="Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5",
)


@dataclass(frozen=True, slots=True)
class WarmupSchedule:
    """Parameters of ``warmup_schedule``."""

    t: Annotated[int, Range(0, 100_000), "step"] = 100
    steps: Annotated[int, Range(1, 100_000), "steps of the warm-up"] = 400
    lr: Annotated[float, Range(0.0, 1e3), "peak rate"] = 0.1


def _warmup(_rng: Rng, _n: int, p: WarmupSchedule) -> dict[str, Array]:
    """Raise the rate by the same small amount at each step of the warm-up."""
    rise, lr = p.lr / p.steps, 0.0
    for _ in range(min(p.t, p.steps)):
        lr += rise
    return {"lr": np.array([lr])}


WARMUP_SCHEDULE = Experiment[WarmupSchedule](
    name="warmup_schedule",
    doc="linear warm-up by its step-by-step rise",
    parameter_type=WarmupSchedule,
    quantities=(
        Quantity(
            "lr",
            "the rate at step t",
            Estimator.EXACT,
            lambda p: float(linear_warmup(p.t, p.steps, p.lr)),
        ),
    ),
    simulate=_warmup,
    elements=lambda _: 1.0,
    source="Goyal et al. 2017, arXiv:1706.02677, section 2.2",
)


@dataclass(frozen=True, slots=True)
class QuadraticDescent:
    """Parameters of ``quadratic_descent``."""

    curvature: Annotated[float, Range(1e-3, 1e6), "second derivative of the loss"] = 10.0
    lr: Annotated[float, Range(0.0, 1e3), "peak learning rate"] = 0.1
    steps: Annotated[int, Range(1, 10_000), "steps"] = 20
    warmup: Annotated[int, Range(0, 10_000), "steps over which the rate rises; 0 is none"] = 0


def _descent(_rng: Rng, _n: int, p: QuadraticDescent) -> dict[str, Array]:
    """Descend on (curvature/2)·w² from w = 1, the rate rising over the warm-up steps."""
    w, worst, warmup = 1.0, 1.0, p.warmup
    for t in range(1, p.steps + 1):
        lr = float(linear_warmup(t, warmup, p.lr)) if warmup else p.lr
        w -= lr * p.curvature * w
        worst = max(worst, abs(w))
    size = min(max(abs(w), 1e-150), 1e150)
    return {
        "log10_loss_ratio": np.array([2 * log10(size)]),
        "log10_worst_loss": np.array([2 * log10(min(worst, 1e150))]),
        "highest_stable_rate": np.array([_highest_stable_rate(p.curvature, p.steps)]),
    }


def _highest_stable_rate(curvature: float, steps: int) -> float:
    """Find by bisection the constant rate above which descent from w = 1 ends further off."""

    def ends_further_off(lr: float) -> bool:
        w = 1.0
        for _ in range(steps):
            w -= lr * curvature * w
            if abs(w) > 1e100:
                return True
        return abs(w) > 1.0

    low, high = 0.0, 1e-6
    while not ends_further_off(high):
        low, high = high, 2.0 * high
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (low, middle) if ends_further_off(middle) else (middle, high)
    return high


QUADRATIC_DESCENT = Experiment[QuadraticDescent](
    name="quadratic_descent",
    doc="gradient descent on a parabola, with or without warm-up",
    parameter_type=QuadraticDescent,
    quantities=(
        Quantity("log10_loss_ratio", "log10 of last loss / first", Estimator.EXACT),
        Quantity("log10_worst_loss", "log10 of largest loss on the way / first", Estimator.EXACT),
        Quantity(
            "highest_stable_rate",
            "constant rate above which the last loss exceeds the first, by bisection",
            Estimator.EXACT,
            lambda p: 2.0 / p.curvature,
        ),
    ),
    simulate=_descent,
    elements=lambda _: 1.0,
    source="Goodfellow et al. 2016, Deep Learning, section 4.3; warm-up: Goyal et al. 2017",
)


@dataclass(frozen=True, slots=True)
class WarmupTraining:
    """Parameters of ``warmup_training``."""

    lr: Annotated[float, Range(1e-4, 10), "peak learning rate"] = 0.3
    steps: Annotated[int, Range(1, 2000), "steps"] = 60
    warmup: Annotated[int, Range(0, 2000), "steps over which the rate rises; 0 is none"] = 0


def _early_training(rng: Rng, n: int, p: WarmupTraining) -> dict[str, Array]:
    """Train n one-hidden-layer ReLU networks by full-batch descent; losses relative to the first."""
    inputs, hidden, examples, steps = 8, 32, 64, p.steps
    x = rng.normal(size=(n, examples, inputs))
    y = smooth_target(x)  # (draw, example, 1)
    w1 = rng.normal(0.0, np.sqrt(2.0 / inputs), (n, inputs, hidden))
    w2 = rng.normal(0.0, np.sqrt(2.0 / hidden), (n, hidden, 1))
    first = np.zeros(n)
    worst = np.zeros(n)
    loss = np.zeros(n)
    for t in range(steps + 1):
        z = x @ w1
        h = np.maximum(z, 0.0)
        error = h @ w2 - y
        loss = np.minimum(np.mean(np.square(error), axis=(1, 2)), 1e12)
        first = loss if t == 0 else first
        worst = np.maximum(worst, loss / first)
        lr = float(linear_warmup(t + 1, p.warmup + 1.0, p.lr))
        slope = 2.0 * np.clip(error, -1e6, 1e6) / examples
        back = (slope @ w2.transpose(0, 2, 1)) * (z > 0)
        w2 = np.clip(w2 - lr * (h.transpose(0, 2, 1) @ slope), -1e3, 1e3)
        w1 = np.clip(w1 - lr * (x.transpose(0, 2, 1) @ back), -1e3, 1e3)
    return {
        "log10_worst_loss": np.log10(worst),
        "log10_final_loss": np.log10(loss / first),
        "spoilt_share": (loss > first).astype(np.float64),
    }


WARMUP_TRAINING = Experiment[WarmupTraining](
    name="warmup_training",
    doc="the first steps of small ReLU networks at a high rate, with or without warm-up",
    parameter_type=WarmupTraining,
    quantities=(
        Quantity("log10_worst_loss", "log10 of the largest loss on the way / first loss"),
        Quantity("log10_final_loss", "log10 of last loss / first loss"),
        Quantity(
            "spoilt_share", "share of networks whose last loss is above the first", known=SHARE
        ),
    ),
    simulate=_early_training,
    elements=lambda _: 12_000.0,
    source="Goyal et al. 2017, arXiv:1706.02677, section 2.2",
    trains=True,
)


@dataclass(frozen=True, slots=True)
class AnnealedDescent:
    """Parameters of ``annealed_descent``."""

    period_share: Annotated[float, Range(0.1, 10), "T / steps of the training"] = 1.0
    lr: Annotated[float, Range(1e-3, 1.5), "first rate; the lowest is 0"] = 0.3
    steps: Annotated[int, Range(10, 2000), "steps of the training"] = 100


def _annealed(rng: Rng, n: int, p: AnnealedDescent) -> dict[str, Array]:
    """Descend on w²/2 with unit noise on the gradient, the rate following a cosine."""
    w, steps = rng.standard_normal(n), p.steps
    t = np.arange(steps, dtype=np.float64)
    rates = np.asarray(cosine_annealing(t, p.period_share * steps, p.lr, 0.0))
    for rate in rates:
        w = w - rate * (w + rng.standard_normal(n))
    return {"left": np.square(w)}


ANNEALED_DESCENT = Experiment[AnnealedDescent](
    name="annealed_descent",
    doc="noisy descent on a parabola under cosine annealing of a chosen period",
    parameter_type=AnnealedDescent,
    quantities=(Quantity("left", "mean squared distance from the optimum at the end"),),
    simulate=_annealed,
    elements=lambda _: 4.0,
    source="Loshchilov & Hutter 2017, arXiv:1608.03983, section 3",
)


STEP_RATE = 0.1
"""The constant rate of the training that ``gradient_alignment`` looks into."""


@dataclass(frozen=True, slots=True)
class GradientAlignment:
    """Parameters of ``gradient_alignment``."""

    steps: Annotated[int, Range(0, 1000), "steps of training before"] = 0


def _alignment(rng: Rng, n: int, p: GradientAlignment) -> dict[str, Array]:
    """Train ReLU networks for some steps, and compare a small batch's gradient with the whole."""
    networks = draw_networks(rng, n, Design((8, 24, 1)))
    x = rng.standard_normal((n, 128, 8))
    y = smooth_target(x) + 0.5 * rng.standard_normal((n, 128, 1))
    train(rng, networks, LearningTask(x, y), rates=[STEP_RATE] * p.steps)
    whole, few = (
        find_gradients(networks, LearningTask(x[:, :k], y[:, :k])).weights[0] for k in (128, 8)
    )
    inner = (whole * few).sum(axis=(1, 2))
    size = np.linalg.norm(whole, axis=(1, 2)) * np.linalg.norm(few, axis=(1, 2))
    length = np.linalg.norm(networks.weights[0], axis=(1, 2))
    move = STEP_RATE * np.maximum(np.linalg.norm(whole, axis=(1, 2)), 1e-300) / length
    return {"cosine": inner / np.maximum(size, 1e-300), "log10_step": np.log10(move)}


GRADIENT_ALIGNMENT = Experiment[GradientAlignment](
    name="gradient_alignment",
    doc="how well a small batch's gradient points along the whole gradient, after some steps",
    parameter_type=GradientAlignment,
    quantities=(
        Quantity("cosine", "cosine between the gradients of 8 and of all 128 examples"),
        Quantity("log10_step", "log10 of the next step of the first layer's weights / their norm"),
    ),
    simulate=_alignment,
    elements=lambda _: 20_000.0,
    source="Goyal et al. 2017, arXiv:1706.02677, section 2.2",
    trains=True,
)
