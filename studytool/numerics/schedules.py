"""Learning-rate schedules, and gradient descent under them."""

from collections.abc import Mapping
from math import cos, log10, pi

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import cosine_annealing, linear_warmup
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, NumberParameter, ParameterValue, Quantity
from studytool.numerics.networks import (
    Design,
    LearningTask,
    Networks,
    back,
    draw_networks,
    run,
    squared_loss,
    train,
)
from studytool.numerics.streams import Rng


def cosine_rates(steps: int, period: float, *, lr_max: float, lr_min: float) -> Array:
    """Return the rates at 0 … steps by the recursion that PyTorch steps with, shape (steps + 1,).

    For steps below the period. Source: torch.optim.lr_scheduler.CosineAnnealingLR, documentation.
    """
    rates = [lr_max]
    for t in range(1, steps + 1):
        factor = (1 + cos(pi * t / period)) / (1 + cos(pi * (t - 1) / period))
        rates.append(lr_min + (rates[-1] - lr_min) * factor)
    return np.array(rates)


def _cosine(_rng: Rng, _n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    t, period = int(p["t"]), float(p["period"])
    lr_max, lr_min = float(p["lr_max"]), float(p["lr_min"])
    folded = t % int(2 * period)  # past the period the rate climbs back, mirrored
    steps = folded if folded <= period else int(2 * period) - folded
    return {"lr": cosine_rates(steps, period, lr_max=lr_max, lr_min=lr_min)[-1:]}


COSINE_SCHEDULE = Experiment(
    name="cosine_schedule",
    doc="cosine annealing by its step-by-step recursion",
    parameters=(
        NumberParameter("t", 10, 0, 100_000, "step", whole=True),
        NumberParameter("period", 50, 1, 100_000, "half a cosine period, T_max", whole=True),
        NumberParameter("lr_max", 0.1, 0.0, 1e3, "first rate"),
        NumberParameter("lr_min", 0.001, 0.0, 1e3, "lowest rate"),
    ),
    quantities=(
        Quantity(
            "lr",
            "the rate at step t",
            Estimator.EXACT,
            lambda p: float(
                cosine_annealing(
                    float(p["t"]), float(p["period"]), float(p["lr_max"]), float(p["lr_min"])
                )
            ),
        ),
    ),
    simulate=_cosine,
    elements=lambda p: float(p["t"]) + 1,
    source="Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5",
)


def _warmup(_rng: Rng, _n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Raise the rate by the same small amount at each step of the warm-up."""
    rise, lr = float(p["lr"]) / float(p["steps"]), 0.0
    for _ in range(min(int(p["t"]), int(p["steps"]))):
        lr += rise
    return {"lr": np.array([lr])}


WARMUP_SCHEDULE = Experiment(
    name="warmup_schedule",
    doc="linear warm-up by its step-by-step rise",
    parameters=(
        NumberParameter("t", 100, 0, 100_000, "step", whole=True),
        NumberParameter("steps", 400, 1, 100_000, "steps of the warm-up", whole=True),
        NumberParameter("lr", 0.1, 0.0, 1e3, "peak rate"),
    ),
    quantities=(
        Quantity(
            "lr",
            "the rate at step t",
            Estimator.EXACT,
            lambda p: float(linear_warmup(float(p["t"]), float(p["steps"]), float(p["lr"]))),
        ),
    ),
    simulate=_warmup,
    elements=lambda _: 1.0,
    source="Goyal et al. 2017, arXiv:1706.02677, section 2.2",
)


def _descent(_rng: Rng, _n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Descend on (curvature/2)·w² from w = 1, the rate rising over the warm-up steps."""
    w, worst, warmup = 1.0, 1.0, int(p["warmup"])
    for t in range(1, int(p["steps"]) + 1):
        lr = float(linear_warmup(t, warmup, float(p["lr"]))) if warmup else float(p["lr"])
        w -= lr * float(p["curvature"]) * w
        worst = max(worst, abs(w))
    size = min(max(abs(w), 1e-150), 1e150)
    return {
        "log10_loss_ratio": np.array([2 * log10(size)]),
        "log10_worst_loss": np.array([2 * log10(min(worst, 1e150))]),
    }


QUADRATIC_DESCENT = Experiment(
    name="quadratic_descent",
    doc="gradient descent on a parabola, with or without warm-up",
    parameters=(
        NumberParameter("curvature", 10.0, 1e-3, 1e6, "second derivative of the loss"),
        NumberParameter("lr", 0.1, 0.0, 1e3, "peak learning rate"),
        NumberParameter("steps", 20, 1, 10_000, "steps", whole=True),
        NumberParameter(
            "warmup", 0, 0, 10_000, "steps over which the rate rises; 0 is none", whole=True
        ),
    ),
    quantities=(
        Quantity("log10_loss_ratio", "log10 of last loss / first", Estimator.EXACT),
        Quantity("log10_worst_loss", "log10 of largest loss on the way / first", Estimator.EXACT),
    ),
    simulate=_descent,
    elements=lambda _: 1.0,
    source="Goodfellow et al. 2016, Deep Learning, section 4.3; warm-up: Goyal et al. 2017",
)


def _early_training(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Train n one-hidden-layer ReLU networks by full-batch descent; losses relative to the first."""
    inputs, hidden, examples, steps = 8, 32, 64, int(p["steps"])
    x = rng.normal(size=(n, examples, inputs))
    y = np.sin(2.0 * x[..., :1]) + x[..., 1:2]  # (draw, example, 1)
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
        lr = float(linear_warmup(t + 1, float(p["warmup"]) + 1.0, float(p["lr"])))
        slope = 2.0 * np.clip(error, -1e6, 1e6) / examples
        back = (slope @ w2.transpose(0, 2, 1)) * (z > 0)
        w2 = np.clip(w2 - lr * (h.transpose(0, 2, 1) @ slope), -1e3, 1e3)
        w1 = np.clip(w1 - lr * (x.transpose(0, 2, 1) @ back), -1e3, 1e3)
    return {"log10_worst_loss": np.log10(worst), "log10_final_loss": np.log10(loss / first)}


WARMUP_TRAINING = Experiment(
    name="warmup_training",
    doc="the first steps of small ReLU networks at a high rate, with or without warm-up",
    parameters=(
        NumberParameter("lr", 0.3, 1e-4, 10, "peak learning rate"),
        NumberParameter("steps", 60, 1, 2000, "steps", whole=True),
        NumberParameter(
            "warmup", 0, 0, 2000, "steps over which the rate rises; 0 is none", whole=True
        ),
    ),
    quantities=(
        Quantity("log10_worst_loss", "log10 of the largest loss on the way / first loss"),
        Quantity("log10_final_loss", "log10 of last loss / first loss"),
    ),
    simulate=_early_training,
    elements=lambda _: 12_000.0,
    source="Goyal et al. 2017, arXiv:1706.02677, section 2.2",
    trains=True,
)


def _annealed(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Descend on w²/2 with unit noise on the gradient, the rate following a cosine."""
    w, steps = rng.standard_normal(n), int(p["steps"])
    t = np.arange(steps, dtype=np.float64)
    rates = np.asarray(cosine_annealing(t, float(p["period_share"]) * steps, float(p["lr"]), 0.0))
    for rate in rates:
        w = w - rate * (w + rng.standard_normal(n))
    return {"left": np.square(w)}


ANNEALED_DESCENT = Experiment(
    name="annealed_descent",
    doc="noisy descent on a parabola under cosine annealing of a chosen period",
    parameters=(
        NumberParameter("period_share", 1.0, 0.1, 10, "T / steps of the training"),
        NumberParameter("lr", 0.3, 1e-3, 1.5, "first rate; the lowest is 0"),
        NumberParameter("steps", 100, 10, 2000, "steps of the training", whole=True),
    ),
    quantities=(Quantity("left", "mean squared distance from the optimum at the end"),),
    simulate=_annealed,
    elements=lambda _: 4.0,
    source="Loshchilov & Hutter 2017, arXiv:1608.03983, section 3",
)


def _alignment(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Train ReLU networks for some steps, and compare a small batch's gradient with the whole."""
    networks = draw_networks(rng, n, Design((8, 24, 1)))
    x = rng.standard_normal((n, 128, 8))
    y = np.sin(2.0 * x[..., :1]) + x[..., 1:2] + 0.5 * rng.standard_normal((n, 128, 1))
    train(rng, networks, LearningTask(x, y), rates=[0.1] * int(p["steps"]))
    whole, few = (_first_gradient(networks, x[:, :k], y[:, :k]) for k in (128, 8))
    inner = (whole * few).sum(axis=(1, 2))
    size = np.linalg.norm(whole, axis=(1, 2)) * np.linalg.norm(few, axis=(1, 2))
    return {"cosine": inner / np.maximum(size, 1e-300)}


def _first_gradient(networks: Networks, x: Array, y: Array) -> Array:
    kept = run(networks, x)
    gradient: Array = back(networks, kept, squared_loss(kept.output, y)[1]).weights[0]
    return gradient


GRADIENT_ALIGNMENT = Experiment(
    name="gradient_alignment",
    doc="how well a small batch's gradient points along the whole gradient, after some steps",
    parameters=(NumberParameter("steps", 0, 0, 1000, "steps of training before", whole=True),),
    quantities=(Quantity("cosine", "cosine between the gradients of 8 and of all 128 examples"),),
    simulate=_alignment,
    elements=lambda _: 20_000.0,
    source="Goyal et al. 2017, arXiv:1706.02677, section 2.2",
    trains=True,
)
