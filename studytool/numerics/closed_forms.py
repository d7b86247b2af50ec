"""Closed forms that a formula may call by name, each with its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ParamSpec

import numpy as np

from studytool.numerics.arrays import Array, Operand
from studytool.numerics.form_calls import recorded

_Arguments = ParamSpec("_Arguments")


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """A documented elementwise function of float64 scalars or arrays that broadcast.

    Outside its domain the function gives NaN, which the formula language turns into an error.
    """

    name: str
    arguments: tuple[str, ...]
    function: Callable[..., Operand]
    doc: str
    source: str


def _within(allowed: object, value: Operand) -> Operand:
    inside: Array = np.where(np.asarray(allowed), value, np.nan)
    return inside


def _form(function: Callable[_Arguments, Operand]) -> Callable[_Arguments, Operand]:
    """Make a closed form: each call is recorded, and none warns.

    Outside the domain or float64 the value is NaN, 0 or an infinity.
    """
    return recorded(np.errstate(all="ignore")(function))


@_form
def xavier_variance(fan_in: Operand, fan_out: Operand) -> Operand:
    """Return the variance of a Xavier weight, 2/(fan_in + fan_out)."""
    total = np.add(fan_in, fan_out)
    return _within(np.minimum(fan_in, fan_out) > 0, 2.0 / total)


@_form
def xavier_limit(fan_in: Operand, fan_out: Operand) -> Operand:
    """Return the bound L of uniform Xavier weights in [−L, L], √(6/(fan_in + fan_out))."""
    return np.sqrt(3.0 * xavier_variance(fan_in, fan_out))


@_form
def he_variance(fan_in: Operand) -> Operand:
    """Return the variance of a He weight, 2/fan_in."""
    return _within(np.greater(fan_in, 0), np.true_divide(2.0, fan_in))


@_form
def he_limit(fan_in: Operand) -> Operand:
    """Return the bound L of uniform He weights in [−L, L], √(6/fan_in)."""
    return np.sqrt(3.0 * he_variance(fan_in))


@_form
def lecun_variance(fan_in: Operand) -> Operand:
    """Return the variance of a LeCun weight, 1/fan_in."""
    return he_variance(fan_in) / 2.0


@_form
def soft_threshold(z: Operand, lam: Operand) -> Operand:
    """Return sign(z)·max(|z| − lam, 0): the lasso's coefficient for an orthonormal design."""
    return _within(np.greater_equal(lam, 0), np.sign(z) * np.maximum(np.abs(z) - lam, 0.0))


@_form
def elastic_net_threshold(z: Operand, l1: Operand, l2: Operand) -> Operand:
    """Return soft_threshold(z, l1)/(1 + l2): the naive elastic net, orthonormal design."""
    return _within(np.greater_equal(l2, 0), soft_threshold(z, l1) / (1.0 + l2))


@_form
def ridge_shrinkage(z: Operand, lam: Operand) -> Operand:
    """Return z/(1 + lam): ridge's coefficient for an orthonormal design."""
    return _within(np.greater_equal(lam, 0), np.divide(z, np.add(1.0, lam)))


@_form
def cosine_annealing(t: Operand, period: Operand, lr_max: Operand, lr_min: Operand) -> Operand:
    """Return lr_min + (lr_max − lr_min)(1 + cos(πt/period))/2."""
    half = 0.5 * (1.0 + np.cos(np.pi * np.true_divide(t, period)))
    return _within(np.greater(period, 0), lr_min + np.subtract(lr_max, lr_min) * half)


@_form
def linear_warmup(t: Operand, steps: Operand, lr: Operand) -> Operand:
    """Return lr·min(1, t/steps): a rate that rises evenly and then stays."""
    return _within(np.greater(steps, 0), lr * np.minimum(1.0, np.true_divide(t, steps)))


@_form
def sigmoid_derivative(x: Operand) -> Operand:
    """Return σ(x)(1 − σ(x)), at most 1/4."""
    return 0.25 / np.square(np.cosh(np.multiply(0.5, x)))


@_form
def tanh_derivative(x: Operand) -> Operand:
    """Return 1 − tanh²(x), at most 1."""
    return 1.0 / np.square(np.cosh(x))


@_form
def elu_derivative(x: Operand, alpha: Operand) -> Operand:
    """Return 1 where x > 0, alpha·eˣ elsewhere."""
    return np.where(np.greater(x, 0), 1.0, alpha * np.exp(np.minimum(x, 0.0)))


@_form
def relu_second_moment(sd: Operand) -> Operand:
    """Return E[relu(x)²] = sd²/2 for x ~ N(0, sd²)."""
    return np.square(sd) / 2.0


@_form
def relu_mean(sd: Operand) -> Operand:
    """Return E[relu(x)] = sd/√(2π) for x ~ N(0, sd²)."""
    return np.divide(sd, np.sqrt(2.0 * np.pi))


@_form
def relu_variance(sd: Operand) -> Operand:
    """Return Var[relu(x)] = sd²(1/2 − 1/(2π)) for x ~ N(0, sd²)."""
    return np.square(sd) * (0.5 - 0.5 / np.pi)


@_form
def leaky_relu_second_moment(sd: Operand, slope: Operand) -> Operand:
    """Return E[f(x)²] = sd²(1 + slope²)/2 for the leaky ReLU and x ~ N(0, sd²)."""
    return np.square(sd) * (1.0 + np.square(slope)) / 2.0


@_form
def leaky_relu_variance(fan_in: Operand, slope: Operand) -> Operand:
    """Return the variance 2/((1 + slope²)·fan_in) that keeps a leaky ReLU network's scale."""
    return he_variance(fan_in) / (1.0 + np.square(slope))


@_form
def dropout_variance(x: Operand, keep: Operand) -> Operand:
    """Return Var[m·x/keep] = x²(1 − keep)/keep of inverted dropout, m ~ Bernoulli(keep)."""
    inside = np.greater(keep, 0) & np.less_equal(keep, 1)
    return _within(inside, np.square(x) * np.subtract(1.0, keep) / keep)


EPSILON = 1e-5
"""Added to a batch's variance. Source: PyTorch's default."""


@_form
def batch_norm(  # noqa: PLR0917 - a formula passes arguments by position
    x: Operand, mean: Operand, var: Operand, gamma: Operand, beta: Operand, eps: Operand
) -> Operand:
    """Return gamma·(x − mean)/√(var + eps) + beta."""
    scaled = np.subtract(x, mean) / np.sqrt(np.add(var, eps))
    return _within(np.add(var, eps) > 0, gamma * scaled + beta)


@_form
def running_average(old: Operand, new: Operand, momentum: Operand, steps: Operand) -> Operand:
    """Return the average after ``steps`` updates a ← (1 − momentum)·a + momentum·new."""
    kept = np.power(np.subtract(1.0, momentum), steps)
    return new + np.subtract(old, new) * kept


_GLOROT = "Glorot & Bengio 2010, eq. 12 and 16"
_HE = "He et al. 2015, arXiv:1502.01852, eq. 10"
_FORMS = (
    (xavier_variance, _GLOROT),
    (xavier_limit, _GLOROT),
    (he_variance, _HE),
    (he_limit, _HE),
    (lecun_variance, "LeCun et al. 1998, Efficient BackProp, section 4.6"),
    (soft_threshold, "Tibshirani 1996, section 2.2"),
    (elastic_net_threshold, "Zou & Hastie 2005, section 2.2, eq. 6"),
    (ridge_shrinkage, "Hoerl & Kennard 1970"),
    (cosine_annealing, "Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5"),
    (linear_warmup, "Goyal et al. 2017, arXiv:1706.02677, section 2.2"),
    (sigmoid_derivative, "by differentiation"),
    (tanh_derivative, "by differentiation"),
    (elu_derivative, "Clevert et al. 2016, arXiv:1511.07289, eq. 16"),
    (relu_second_moment, "He et al. 2015, arXiv:1502.01852, section 2.2"),
    (relu_mean, "the half-normal mean, halved"),
    (relu_variance, "relu_second_moment - relu_mean**2"),
    (leaky_relu_second_moment, "He et al. 2015, arXiv:1502.01852, eq. 15"),
    (leaky_relu_variance, "He et al. 2015, arXiv:1502.01852, eq. 15"),
    (dropout_variance, "Bernoulli variance"),
    (batch_norm, "Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1"),
    (running_average, "a geometric series"),
)

CLOSED_FORMS: Mapping[str, ClosedForm] = {
    function.__name__: ClosedForm(
        function.__name__,
        tuple(function.__annotations__)[:-1],
        function,
        (function.__doc__ or "").removeprefix("Return ").rstrip("."),
        source,
    )
    for function, source in _FORMS
}
