"""The core's kernels beside PyTorch and scikit-learn, and beside what the machine can do at all.

A peer runs the same experiment: as many replicates, float64, random numbers from its own generator.
PyTorch is timed with the threads that it takes and with one, which is the faster where other
programs run. The limit is the part that no other way of writing could
leave out: the bare draws, the bare products of the same shapes, or one pass over the memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from math import sqrt
from types import ModuleType
from typing import Any

import numpy as np

from studytool.numerics.activations import Activation, value_and_slope
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON
from studytool.numerics.dropout import dropout
from studytool.numerics.initializers import DENSE_LAYER
from studytool.numerics.least_squares import draw_designs, elastic_net, ridge
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.normalization import normalize
from studytool.numerics.propagation import SIGNAL_DEPTH
from studytool.numerics.streams import stream
from studytool.numerics.training import LearningTask, train
from tests.benchmarks.row import Row, Skipped, paired_medians

Work = Callable[[], object]

FASTER = 1.0
NEAR_THE_LIMIT = 2.0
TOLERANCE = 1e-8
"""Relative duality gap of a lasso, ours and scikit-learn's."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """A kernel of ours, bare works it cannot do without, and peers by their module's name."""

    work: str
    ours: Work
    limits: dict[str, Work]
    peers: dict[str, Callable[[ModuleType], Work]] = field(default_factory=dict)


# --- draws ------------------------------------------------------------------------------------


def _bare_draws(count: int) -> Work:
    rng, into = stream("bare"), np.empty(count)
    return lambda: rng.standard_normal(out=into)


def _dense_layer(n: int) -> Kernel:
    fan_in, fan_out = 64, 32
    parameters = DENSE_LAYER.bind({"fan_in": fan_in, "fan_out": fan_out, "init": "xavier_normal"})
    rng, sd = stream("dense"), sqrt(2 / (fan_in + fan_out))

    def peer(torch: ModuleType) -> Work:
        draw = partial(torch.randn, dtype=torch.float64)

        def run() -> object:
            incoming, outgoing = sd * draw(n, fan_in), sd * draw(n, fan_out)
            x, gradient = draw(n, fan_in), draw(n, fan_out)
            forward = (incoming * x).sum(1).square()
            return forward, incoming.square().mean(1), (outgoing * gradient).sum(1).square()

        return run

    return Kernel(
        f"dense layer, {n:,} units",
        lambda: DENSE_LAYER.simulate(rng, n, parameters),
        {"bare normal draws": _bare_draws(n * 2 * (fan_in + fan_out))},
        {"torch": peer},
    )


def _signal_depth(n: int) -> Kernel:
    width, depth = 64, 20
    parameters = SIGNAL_DEPTH.bind({"width": width, "depth": depth, "activation": "tanh"})
    rng = stream("depth")

    def peer(torch: ModuleType) -> Work:
        draw = partial(torch.randn, dtype=torch.float64)

        def rms(x: Any) -> Any:
            return x.square().mean((1, 2)).sqrt()

        def run() -> object:
            weights = draw(depth, n, width, width) / sqrt(width)
            h, pre = draw(n, 1, width), []
            for layer in weights:
                pre.append(h @ layer)
                h = pre[-1].tanh()
            gradient = draw(n, 1, width) * (1 - pre[-1].tanh().square())
            last = rms(gradient)
            for back in range(depth - 1, 0, -1):
                gradient = gradient @ weights[back].mT * (1 - pre[back - 1].tanh().square())
            return (rms(pre[-1]) / rms(pre[0])).log10(), (rms(gradient) / last).log10()

        return run

    return Kernel(
        f"signal through {depth} layers, {n:,} networks",
        lambda: SIGNAL_DEPTH.simulate(rng, n, parameters),
        {"bare normal draws": _bare_draws(n * depth * width * width)},
        {"torch": peer},
    )


def _dropout(n: int) -> Kernel:
    inputs, outputs, keep = 256, 64, 0.8
    rng = stream("dropout")
    x, w = rng.standard_normal((n, inputs)), rng.standard_normal((inputs, outputs))
    uniform, product = np.empty_like(x), np.empty((n, outputs))

    def bare() -> None:
        rng.random(out=uniform)
        np.matmul(x, w, out=product)

    def peer(torch: ModuleType) -> Work:
        x_, w_ = torch.tensor(x), torch.tensor(w)
        return lambda: torch.nn.functional.dropout(x_, 1 - keep, training=True) @ w_

    return Kernel(
        f"dropout and a dense layer, {n:,} examples",
        lambda: dropout(rng, x, keep, inverted=True) @ w,
        {"bare uniform draws and product": bare},
        {"torch": peer},
    )


# --- passes over memory -----------------------------------------------------------------------


def _copies(x: Array, count: int) -> Work:
    into = np.empty_like(x)

    def run() -> None:
        for _ in range(count):
            np.copyto(into, x)

    return run


def _in_cache(x: Array, *passes: Callable[..., object]) -> Work:
    """Make passes over blocks that stay in the cache, and two results in new memory.

    NumPy makes each operation a pass; what is compiled as one, as PyTorch's, has fewer.
    """
    block = np.empty(_CACHED)

    def run() -> tuple[Array, Array]:
        results = np.empty_like(x), np.empty_like(x)
        for start in range(0, len(x), _CACHED):
            part = x[start : start + _CACHED]
            for one in passes:
                one(part, out=block[: len(part)])
            for result in results:
                result[start : start + _CACHED] = block[: len(part)]
        return results

    return run


_CACHED = 16_384


def _batch_norm(n: int) -> Kernel:
    x = stream("maps").standard_normal((n, 32, 28, 28))

    def peer(torch: ModuleType) -> Work:
        x_ = torch.tensor(x)
        batch_norm = torch.nn.functional.batch_norm
        return lambda: batch_norm(x_, None, None, training=True, eps=EPSILON)

    return Kernel(
        f"batch normalisation, {n} maps 32×28×28",
        lambda: normalize(x, "batch"),
        {
            "2 copies of the maps": _copies(x, 2)
        },  # statistics read once; the result read and written
        {"torch": peer},
    )


def _activation(name: Activation, n: int) -> Kernel:
    x = 2.0 * stream("activation", name).standard_normal(n)
    into = np.empty_like(x)

    def peer(torch: ModuleType) -> Work:
        x_, ones = torch.tensor(x, requires_grad=True), torch.ones(n, dtype=torch.float64)
        function = getattr(torch, name)

        def run() -> object:
            y = function(x_)
            return y, torch.autograd.grad(y, x_, ones)

        return run

    def tanh_and_copy() -> None:
        np.tanh(x, out=into)
        np.copyto(into, x)

    limits: dict[str, Work] = {"a bare tanh and a copy": tanh_and_copy}
    if name == "relu":
        limits = {"2 copies of the values": _copies(x, 2)}
    elif name == "sigmoid":
        bare = (np.exp, np.reciprocal)
        limits["exp and division, results in new memory"] = _in_cache(x, *bare)
    return Kernel(
        f"{name} and its derivative, {n:,} values",
        lambda: value_and_slope(name, x),
        limits,
        {"torch": peer},
    )


# --- training ---------------------------------------------------------------------------------


def _training(n: int) -> Kernel:
    examples, widths, rates = 64, (8, 24, 1), [0.1] * 60
    rng = stream("training")
    x = rng.standard_normal((n, examples, widths[0]))
    y = np.sin(2.0 * x[..., :1]) + x[..., 1:2]
    networks, task = draw_networks(rng, n, Design(widths)), LearningTask(x, y)

    return Kernel(
        f"training of {n:,} networks, {len(rates)} steps",
        lambda: train(rng, networks, task, rates=rates),
        {
            "bare products": partial(_bare_products, x, networks.weights, len(rates)),
            "the same, and passes over the hidden values": partial(
                _bare_steps, x, networks.weights, len(rates)
            ),
        },
        {"torch": lambda torch: partial(_torch_training, torch, x, y, widths, rates)},
    )


def _bare_products(x: Array, weights: list[Array], steps: int) -> None:
    """Make the five products of a step: two forwards, and three back."""
    first, last = weights
    for _ in range(steps):
        h = x @ first
        slope = h @ last
        h.transpose(0, 2, 1) @ slope
        x.transpose(0, 2, 1) @ (slope @ last.transpose(0, 2, 1))


def _bare_steps(x: Array, weights: list[Array], steps: int) -> None:
    """Make the products, and of the hidden values what each step needs: bias, ReLU, its slope."""
    first, last = weights
    h = x @ first
    bias, passed = np.zeros((len(x), 1, h.shape[2])), np.empty_like(h)
    for _ in range(steps):
        np.matmul(x, first, out=h)
        h += bias
        np.maximum(h, 0.0, out=h)
        slope = h @ last
        h.transpose(0, 2, 1) @ slope
        below = slope * last.transpose(0, 2, 1)
        np.greater(h, 0.0, out=passed)
        below *= passed
        below.sum(axis=1)
        x.transpose(0, 2, 1) @ below


def _torch_training(
    torch: ModuleType, x: Array, y: Array, widths: tuple[int, ...], rates: list[float]
) -> None:
    """Train the whole stack at once by batched products, autograd and SGD."""
    n, (inputs, hidden, outputs) = len(x), widths
    draw = partial(torch.randn, dtype=torch.float64)
    w1, w2 = draw(n, inputs, hidden) * sqrt(2 / inputs), draw(n, hidden, outputs)
    b1 = torch.zeros(n, 1, hidden, dtype=torch.float64)
    b2 = torch.zeros(n, 1, outputs, dtype=torch.float64)
    parameters = [each.requires_grad_() for each in (w1, w2 * sqrt(2 / hidden), b1, b2)]
    w1, w2, b1, b2 = parameters
    optimizer = torch.optim.SGD(parameters, lr=rates[0])
    x_, y_ = torch.tensor(x), torch.tensor(y)
    for rate in rates:
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        output = torch.baddbmm(b2, torch.baddbmm(b1, x_, w1).relu(), w2)
        ((output - y_).square().sum() / (2 * y.shape[1])).backward()
        optimizer.step()


# --- penalised fits ---------------------------------------------------------------------------

SAMPLES, FEATURES = 60, 20


def _designs(n: int) -> tuple[Array, Array]:
    truth = (np.arange(FEATURES) < 4).astype(np.float64)
    return draw_designs(stream("designs"), (n, SAMPLES, FEATURES), truth, noise=0.5)


def _one_by_one(x: Array, y: Array, name: str, **options: Any) -> Callable[[ModuleType], Work]:
    def peer(linear_model: ModuleType) -> Work:
        model = getattr(linear_model, name)(fit_intercept=False, **options)
        return lambda: [model.fit(*one).coef_ for one in zip(x, y, strict=True)]

    return peer


def _descent(n: int, *, l1: float, l2: float) -> Kernel:
    x, y = _designs(n)
    sweeps = 20
    while np.any(
        elastic_net(x, y, l1=l1, l2=l2, gap=0.0, sweeps=sweeps).duality_gap
        > TOLERANCE * np.square(y).sum(axis=1) / SAMPLES
    ):
        sweeps += 20
    w, residual = np.zeros((n, FEATURES, 1)), y[..., None]

    def bare() -> None:
        for _ in range(sweeps):
            x @ w
            x.transpose(0, 2, 1) @ residual

    name, options = "Lasso", {"alpha": l1, "tol": TOLERANCE}
    if l2:
        name = "ElasticNet"
        options = {"alpha": l1 + l2, "l1_ratio": l1 / (l1 + l2), "tol": TOLERANCE}
    return Kernel(
        f"{'elastic net' if l2 else 'lasso'}, {n:,} designs {SAMPLES}×{FEATURES}",
        lambda: elastic_net(x, y, l1=l1, l2=l2, gap=TOLERANCE),
        {"bare products of its sweeps": bare},
        {"sklearn.linear_model": _one_by_one(x, y, name, **options)},
    )


def _ridge(n: int) -> Kernel:
    x, y = _designs(n)
    l2 = 0.1

    def peer(torch: ModuleType) -> Work:
        x_, y_, unit = torch.tensor(x), torch.tensor(y)[..., None], torch.eye(FEATURES)

        def run() -> object:
            gram = x_.mT @ x_ / SAMPLES + l2 * unit
            return torch.linalg.solve(gram, x_.mT @ y_ / SAMPLES)

        return run

    return Kernel(
        f"ridge, {n:,} designs {SAMPLES}×{FEATURES}",
        lambda: ridge(x, y, l2),
        {
            "bare Gram matrices and solutions": lambda: np.linalg.solve(
                x.transpose(0, 2, 1) @ x, x.transpose(0, 2, 1) @ y[..., None]
            )
        },
        {
            "torch": peer,
            "sklearn.linear_model": _one_by_one(x, y, "Ridge", alpha=SAMPLES * l2),
        },
    )


# --- rows -------------------------------------------------------------------------------------


def _kernels(part: float) -> Iterator[Kernel]:
    """Make the kernels at a part of their full size."""
    yield _dense_layer(int(50_000 * part))
    yield _signal_depth(int(200 * part))
    yield _dropout(int(20_000 * part))
    yield _batch_norm(int(100 * part))
    for name in ("relu", "tanh", "sigmoid"):
        yield _activation(name, int(2_000_000 * part))
    yield _training(int(200 * part))
    yield _descent(int(500 * part), l1=0.1, l2=0.0)
    yield _descent(int(500 * part), l1=0.1, l2=0.1)
    yield _ridge(int(1000 * part))


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Time each kernel beside its peers and its limit."""
    for kernel in _kernels(0.02 if smoke else 1.0):
        for module, peer in kernel.peers.items():
            yield from _beside(kernel, module, peer, smoke=smoke)
        for limit, bare in kernel.limits.items():
            yield _timed(kernel, limit, bare, goal=NEAR_THE_LIMIT, smoke=smoke)


def _beside(
    kernel: Kernel, module: str, peer: Callable[[ModuleType], Work], *, smoke: bool
) -> Iterator[Row | Skipped]:
    name = module.partition(".")[0]
    try:
        imported = import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != name:  # it is there, and broken
            raise
        yield Skipped(kernel.work, name, f"{name} is not installed")
        return
    if name != "torch":
        yield _timed(kernel, name, peer(imported), goal=FASTER, smoke=smoke)
        return
    usual = imported.get_num_threads()
    for threads in sorted({1, usual}):
        imported.set_num_threads(threads)
        title = f"torch, {threads} thread{'s' if threads > 1 else ''}"
        yield _timed(kernel, title, peer(imported), goal=FASTER, smoke=smoke)
    imported.set_num_threads(usual)


def _timed(kernel: Kernel, peer: str, work: Work, *, goal: float, smoke: bool) -> Row:
    if not smoke:  # the first call takes memory and starts threads
        kernel.ours()
        work()
    ours, peer_value = paired_medians(kernel.ours, work, runs=1 if smoke else 9)
    return Row(kernel.work, ours, peer, peer_value, goal=goal)
