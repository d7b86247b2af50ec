"""What PyTorch, scikit-learn and SciPy give for the keys of the bundled pack.

Each function computes one key at given parameters by the library's own call. ``RECORDED`` lists
what they are of; ``tests/oracles/test_records.py`` compares them with ``evidence.lock``, and writes
them there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import inf, sqrt
from typing import Any, Protocol

import numpy as np

from studytool.packs.evidence import NumbersByName

DRAWS = 2_000_000
"""Draws of a number that no library computes."""


@dataclass(frozen=True, slots=True)
class Libraries:
    """The packages of the oracle group that are asked."""

    torch: Any  # none of them is typed
    linear_model: Any
    integrate: Any
    stats: Any


class Compute(Protocol):
    """Computes a key; of one that is drawn also the standard error."""

    def __call__(self, of: Libraries, given: NumbersByName, /) -> float | tuple[float, float]: ...


@dataclass(frozen=True, slots=True)
class RecordedOracle:
    """A number of another library.

    Attributes:
        library: its name, as its version is asked for.
        by: the call that gives the number.
    """

    library: str
    by: str
    compute: Compute


# --- initialisers ---------------------------------------------------------------------------------


def _scale(of: Libraries, name: str, given: NumbersByName, **options: object) -> float:
    """Return the scale of an initialiser: the ratio to unit draws from the same seed, exactly."""
    window = (int(given["size"]),) * 2 if "size" in given else ()
    shape = (int(given.get("fan_out", 7)), int(given["fan_in"]), *window)
    uniform = "uniform" in name
    unit = partial(of.torch.nn.init.uniform_, a=-1.0) if uniform else of.torch.nn.init.normal_
    filled = []
    for fill in (partial(getattr(of.torch.nn.init, name), **options), unit):
        weight = of.torch.empty(*shape, dtype=of.torch.float64)
        fill(weight, generator=of.torch.Generator().manual_seed(7))
        filled.append(weight.numpy())
    return float(np.median(filled[0] / filled[1]))


def _variance(of: Libraries, name: str, given: NumbersByName, **options: object) -> float:
    return _scale(of, name, given, **options) ** 2


def _xavier_variance(of: Libraries, given: NumbersByName) -> float:
    return _variance(of, "xavier_normal_", given)


def _xavier_limit(of: Libraries, given: NumbersByName) -> float:
    return _scale(of, "xavier_uniform_", given)


def _he_variance(of: Libraries, given: NumbersByName) -> float:
    return _variance(of, "kaiming_normal_", {"fan_in": given["n"]}, nonlinearity="relu")


def _he_limit_squared(of: Libraries, given: NumbersByName) -> float:
    return _variance(of, "kaiming_uniform_", {"fan_in": given["n"]}, nonlinearity="relu")


def _xavier_limit_squared(of: Libraries, given: NumbersByName) -> float:
    return _variance(of, "xavier_uniform_", given)


def _lecun_variance(of: Libraries, given: NumbersByName) -> float:
    return _variance(of, "kaiming_normal_", given, nonlinearity="linear")


def _leaky_variance(of: Libraries, given: NumbersByName) -> float:
    options = {"a": given["a"], "nonlinearity": "leaky_relu"}
    return _variance(of, "kaiming_normal_", {"fan_in": given["n"]}, **options)


def _convolution_variance(of: Libraries, given: NumbersByName) -> float:
    kernel = {"fan_in": given["c"], "size": given["k"]}
    return _variance(of, "kaiming_normal_", kernel, nonlinearity="relu")


def _he_sd(of: Libraries, given: NumbersByName) -> float:
    return _scale(of, "kaiming_normal_", given, nonlinearity="relu")


# --- schedules and steps --------------------------------------------------------------------------


def _optimizer(of: Libraries, lr: float, start: float = 1.0, **options: object) -> tuple[Any, Any]:
    weight = of.torch.nn.Parameter(of.torch.tensor(start, dtype=of.torch.float64))
    return weight, of.torch.optim.SGD([weight], lr=lr, **options)


def _scheduled(of: Libraries, make: Callable[[Any], Any], lr: float, steps: int) -> float:
    """Return the rate after so many steps of a scheduler."""
    _, optimizer = _optimizer(of, lr)
    scheduler = make(optimizer)
    for _ in range(steps):
        optimizer.step()
        scheduler.step()
    return float(optimizer.param_groups[0]["lr"])


def _cosine(of: Libraries, given: NumbersByName) -> float:
    schedule = of.torch.optim.lr_scheduler.CosineAnnealingLR
    make = partial(schedule, T_max=int(given["period"]), eta_min=given["lo"])
    return _scheduled(of, make, given["hi"], int(given["t"]))


def _warmup(of: Libraries, given: NumbersByName) -> float:
    """torch begins at one step's share, which is our step 1."""
    steps = int(given["steps"])
    schedule = of.torch.optim.lr_scheduler.LinearLR
    make = partial(schedule, start_factor=1 / steps, total_iters=steps - 1)
    return _scheduled(of, make, given["lr"], int(given["t"]) - 1)


def _descent(of: Libraries, given: NumbersByName) -> float:
    weight, optimizer = _optimizer(of, given["lr"])
    for _ in range(int(given["steps"])):
        optimizer.zero_grad()
        (given["curvature"] / 2 * weight**2).backward()
        optimizer.step()
    return float(weight.detach())


def _weight_decay(of: Libraries, given: NumbersByName) -> float:
    weight, optimizer = _optimizer(of, given["lr"], given["start"], weight_decay=given["lam"])
    for _ in range(int(given["steps"])):
        weight.grad = of.torch.zeros_like(weight)
        optimizer.step()
    return float(weight.detach())


# --- penalties, one coefficient of an orthonormal design ------------------------------------------


def _coefficient(model: Any, z: float) -> float:
    """Fit one column of ones to z: the least-squares coefficient is z."""
    model.fit(np.ones((1, 1)), np.array([z]))
    return float(model.coef_[0])


def _ridge(of: Libraries, given: NumbersByName) -> float:
    model = of.linear_model.Ridge(alpha=given["lam"], fit_intercept=False, solver="cholesky")
    return _coefficient(model, given["z"])


def _lasso(of: Libraries, given: NumbersByName) -> float:
    model = of.linear_model.Lasso(alpha=given["lam"], fit_intercept=False, tol=1e-13)
    return _coefficient(model, given["z"])


def _elastic_net(of: Libraries, given: NumbersByName) -> float:
    both = given["l1"] + given["l2"]
    model = of.linear_model.ElasticNet(
        alpha=both, l1_ratio=given["l1"] / both, fit_intercept=False, tol=1e-13
    )
    return _coefficient(model, given["z"])


# --- dropout --------------------------------------------------------------------------------------


def _dropped(of: Libraries, p: float, size: int, height: float = 1.0) -> Any:
    of.torch.manual_seed(11)
    full = of.torch.full((size,), height, dtype=of.torch.float64)
    return of.torch.nn.functional.dropout(full, p=p).numpy()


def _dropout_scale(of: Libraries, given: NumbersByName) -> float:
    return float(_dropped(of, given["drop"], 1000).max())


def _dropout_test_scale(of: Libraries, given: NumbersByName) -> float:
    return _dropout_scale(of, {"drop": 1 - given["keep"]})


def _dropout_variance(of: Libraries, given: NumbersByName) -> tuple[float, float]:
    drawn = _dropped(of, 1 - given["keep"], DRAWS, given["h"])
    deviations = np.square(drawn - drawn.mean())
    return float(deviations.mean()), float(deviations.std() / sqrt(DRAWS))


# --- activations and derivatives ------------------------------------------------------------------


def _sigmoid_slope(of: Libraries, given: NumbersByName) -> float:
    x = of.torch.tensor(given["x"], dtype=of.torch.float64, requires_grad=True)
    of.torch.sigmoid(x).backward()
    return float(x.grad)


def _tanh_slope(of: Libraries, given: NumbersByName) -> float:
    x = of.torch.tensor(given["x"], dtype=of.torch.float64, requires_grad=True)
    of.torch.tanh(x).backward()
    return float(x.grad)


def _elu_slope(of: Libraries, given: NumbersByName) -> float:
    x = of.torch.tensor(given["x"], dtype=of.torch.float64, requires_grad=True)
    of.torch.nn.functional.elu(x, alpha=given["alpha"]).backward()
    return float(x.grad)


def _sigmoid_chain(of: Libraries, given: NumbersByName) -> float:
    """Follow a gradient back through units whose biases put every pre-activation at 0."""
    x = of.torch.zeros((), dtype=of.torch.float64, requires_grad=True)
    signal = x
    for _ in range(int(given["layers"])):
        weighted = given["w"] * signal
        signal = of.torch.sigmoid(weighted - weighted.detach())
    signal.backward()
    return float(x.grad)


def _elu(of: Libraries, given: NumbersByName) -> float:
    x = of.torch.tensor(given["x"], dtype=of.torch.float64)
    return float(of.torch.nn.functional.elu(x, alpha=given["alpha"]))


def _moment(of: Libraries, given: NumbersByName, power: int = 2) -> float:
    """Integrate a power of PyTorch's leaky ReLU over the normal density of SciPy."""
    slope = given.get("slope", given.get("a", 0.0))

    def density(x: float) -> float:
        y = of.torch.nn.functional.leaky_relu(of.torch.tensor(x, dtype=of.torch.float64), slope)
        return float(y) ** power * float(of.stats.norm.pdf(x, scale=given["sd"]))

    ends = ((-inf, 0.0), (0.0, inf))
    return sum(float(of.integrate.quad(density, *end, epsabs=1e-13)[0]) for end in ends)


def _relu_mean(of: Libraries, given: NumbersByName) -> float:
    return _moment(of, given, 1)


def _relu_variance(of: Libraries, given: NumbersByName) -> float:
    return _moment(of, given) - _moment(of, given, 1) ** 2


def _same_sign(of: Libraries, given: NumbersByName) -> float:
    signs = of.stats.binom(int(given["n"]), given["p"])
    return float(signs.pmf(0) + signs.pmf(int(given["n"])))


# --- normalisation --------------------------------------------------------------------------------


def _batch_norm(of: Libraries, given: NumbersByName) -> float:
    one = partial(of.torch.tensor, dtype=of.torch.float64)
    batch = one([[given["a"]], [given["b"]], [given["c"]]])
    scale, shift = one([given["gamma"]]), one([given["beta"]])
    normed = of.torch.nn.functional.batch_norm(
        batch, None, None, scale, shift, training=True, eps=1e-300
    )
    return float(normed[0, 0])


def _running_mean(of: Libraries, given: NumbersByName) -> float:
    norm = of.torch.nn.BatchNorm1d(1, momentum=given["momentum"]).double()
    batch = of.torch.tensor([[given["mean"] - 1], [given["mean"] + 1]], dtype=of.torch.float64)
    for _ in range(int(given["steps"])):
        norm(batch)
    return float(norm.running_mean[0])


def _values_in_one_mean(of: Libraries, name: str, given: NumbersByName) -> tuple[int, int]:
    """Move one value of a map and count the outputs that follow; return also how many there are."""
    shape = [int(given[name]) for name in ("n", "c", "h", "w")]
    of.torch.manual_seed(3)
    x = of.torch.randn(shape, dtype=of.torch.float64)
    moved = x.clone()
    moved[0, 0, 0, 0] += 1
    functional = of.torch.nn.functional
    norm = {
        "instance_norm": functional.instance_norm,
        "layer_norm": partial(functional.layer_norm, normalized_shape=shape[1:]),
        "batch_norm": partial(
            functional.batch_norm, running_mean=None, running_var=None, training=True
        ),
    }[name]
    return int((norm(x) != norm(moved)).sum()), x.numel()


def _instance_means(of: Libraries, given: NumbersByName) -> float:
    together, values = _values_in_one_mean(of, "instance_norm", given)
    return values / together


def _layer_values(of: Libraries, given: NumbersByName) -> float:
    return float(_values_in_one_mean(of, "layer_norm", given)[0])


def _batch_values(of: Libraries, given: NumbersByName) -> float:
    return float(_values_in_one_mean(of, "batch_norm", given)[0])


_INIT, _NORM = "torch.nn.init", "torch.nn.functional"
_SKLEARN = "sklearn.linear_model"
_QUAD = "scipy.integrate.quad of torch"

RECORDED: dict[str, RecordedOracle] = {
    key: RecordedOracle(library, by, compute)
    for key, library, by, compute in (
        ("keys/xavier-variance", "torch", f"{_INIT}.xavier_normal_", _xavier_variance),
        ("keys/xavier-limit", "torch", f"{_INIT}.xavier_uniform_", _xavier_limit),
        ("keys/he-sd", "torch", f"{_INIT}.kaiming_normal_", _he_sd),
        ("claims/xavier-compromise", "torch", f"{_INIT}.xavier_normal_", _xavier_variance),
        ("claims/xavier-uniform-limit", "torch", f"{_INIT}.xavier_uniform_",
         _xavier_limit_squared),
        ("claims/xavier-forward-conclusion", "torch", f"{_INIT}.kaiming_normal_(linear)",
         _lecun_variance),
        ("claims/he-inverse-to-inputs", "torch", f"{_INIT}.kaiming_normal_", _he_variance),
        ("claims/he-uniform-limit", "torch", f"{_INIT}.kaiming_uniform_", _he_limit_squared),
        ("claims/he-for-rectifiers", "torch", f"{_INIT}.kaiming_normal_(leaky_relu)",
         _leaky_variance),
        ("claims/he-convolution-inputs", "torch", f"{_INIT}.kaiming_normal_",
         _convolution_variance),
        ("keys/cosine-rate", "torch", "torch.optim.lr_scheduler.CosineAnnealingLR", _cosine),
        ("claims/cosine-value", "torch", "torch.optim.lr_scheduler.CosineAnnealingLR", _cosine),
        ("keys/warmup-rate", "torch", "torch.optim.lr_scheduler.LinearLR", _warmup),
        ("keys/descent-factor", "torch", "torch.optim.SGD", _descent),
        ("keys/l2-decay-steps", "torch", "torch.optim.SGD(weight_decay)", _weight_decay),
        ("claims/l2-same-factor", "torch", "torch.optim.SGD(weight_decay)", _weight_decay),
        ("keys/ridge-shrinkage", "scikit-learn", f"{_SKLEARN}.Ridge", _ridge),
        ("claims/ridge-factor", "scikit-learn", f"{_SKLEARN}.Ridge", _ridge),
        ("keys/soft-threshold", "scikit-learn", f"{_SKLEARN}.Lasso", _lasso),
        ("claims/soft-threshold", "scikit-learn", f"{_SKLEARN}.Lasso", _lasso),
        ("keys/elastic-net-coefficient", "scikit-learn", f"{_SKLEARN}.ElasticNet", _elastic_net),
        ("claims/elastic-net-closed-form", "scikit-learn", f"{_SKLEARN}.ElasticNet",
         _elastic_net),
        ("keys/dropout-scale-ratio", "torch", "torch.nn.functional.dropout", _dropout_scale),
        ("claims/dropout-test-scale", "torch", "torch.nn.functional.dropout",
         _dropout_test_scale),
        ("keys/dropout-variance", "torch", "torch.nn.functional.dropout", _dropout_variance),
        ("claims/dropout-adds-variance", "torch", "torch.nn.functional.dropout",
         _dropout_variance),
        ("keys/sigmoid-derivative", "torch", "torch.sigmoid, backward", _sigmoid_slope),
        ("claims/sigmoid-derivative-bound", "torch", "torch.sigmoid, backward", _sigmoid_slope),
        ("keys/tanh-derivative", "torch", "torch.tanh, backward", _tanh_slope),
        ("claims/tanh-saturates", "torch", "torch.tanh, backward", _tanh_slope),
        ("claims/tanh-similar-shape", "torch", "torch.tanh, backward", _tanh_slope),
        ("keys/sigmoid-chain", "torch", "torch.sigmoid, backward", _sigmoid_chain),
        ("keys/elu-value", "torch", "torch.nn.functional.elu", _elu),
        ("claims/elu-slope-fades", "torch", "torch.nn.functional.elu, backward", _elu_slope),
        ("keys/relu-second-moment", "scipy", f"{_QUAD}'s relu", _moment),
        ("claims/relu-halves-second-moment", "scipy", f"{_QUAD}'s relu", _moment),
        ("claims/relu-values", "scipy", f"{_QUAD}'s relu", _relu_mean),
        ("claims/relu-variance-is-not-half", "scipy", f"{_QUAD}'s relu", _relu_variance),
        ("keys/leaky-second-moment", "scipy", f"{_QUAD}'s leaky_relu", _moment),
        ("claims/leaky-second-moment", "scipy", f"{_QUAD}'s leaky_relu", _moment),
        ("keys/same-sign-probability", "scipy", "scipy.stats.binom", _same_sign),
        ("keys/batch-norm-value", "torch", f"{_NORM}.batch_norm", _batch_norm),
        ("keys/batch-norm-running", "torch", "torch.nn.BatchNorm1d", _running_mean),
        ("claims/running-mean-value", "torch", "torch.nn.BatchNorm1d", _running_mean),
        ("claims/batch-norm-axes", "torch", f"{_NORM}.batch_norm", _batch_values),
        ("keys/instance-norm-means", "torch", f"{_NORM}.instance_norm", _instance_means),
        ("claims/instance-norm-axes", "torch", f"{_NORM}.instance_norm", _instance_means),
        ("keys/layer-norm-values", "torch", f"{_NORM}.layer_norm", _layer_values),
        ("claims/layer-norm-takes-a-layer", "torch", f"{_NORM}.layer_norm", _layer_values),
    )
}  # fmt: skip
"""The oracle of each key, and of the first check of each claim, that has one."""
