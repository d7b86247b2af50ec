"""How fast a formula grows in its draws, and what that says of its fourth moment.

A polynomial f of degree d in independent normal draws has E f⁴ ≤ 9ᵈ (E f²)², so the kurtosis of f
is at most 9ᵈ (hypercontractivity: Nelson 1973; O'Donnell 2014, Analysis of Boolean Functions,
theorem 11.23). Other draws count as so many normal ones that the same bound holds:

- exponential: 2, as half the sum of two squared normal draws;
- uniform: 1, as a sum of fair bits, for which Bonami's lemma (O'Donnell, section 9.1) gives 9;
- gamma: 2, where 2k is whole, as half the sum of 2k squared normal draws; its tails, like those of a
  geometric draw and above those of a Poisson one, are an exponential draw's in any case;
- bernoulli(p), so many of which a binomial draw adds up, and a choice of n: by the least chance λ of a value, p or 1 − p or 1/n
  (O'Donnell, theorem 10.18); a fair bit counts 1, the rarer a value the more.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studytool.formula.intervals import Interval

UNKNOWN = math.inf
MOST_WEIGHT = 320.0
"""9 to a higher power is no float64."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The degrees of a value in its draws; infinite where no polynomial bounds it or none is known.

    Attributes:
        degree: the power of a normal draw that bounds its tails: 0 of what is bounded, 1 of a
            normal draw and of what grows no faster, such as its relu.
        weight: the degree that the law of the kurtosis takes, 9^weight; infinite unless the value
            is a polynomial in independent draws.
    """

    degree: float
    weight: float

    @property
    def kurtosis(self) -> float:
        """What the kurtosis cannot exceed; infinite where it is not known or beyond a float64."""
        return 9.0**self.weight if self.weight < MOST_WEIGHT else math.inf

    def times(self, factor: float) -> "Growth":
        """Return the growth of a power, or of a product of so many."""
        return Growth(_scaled(self.degree, factor), _scaled(self.weight, factor))


STILL = Growth(0.0, 0.0)
"""Of what does not depend on a draw."""


def _scaled(degree: float, factor: float) -> float:
    return 0.0 if degree == 0 else degree * factor


def sum_of(*growths: Growth) -> Growth:
    """Return the growth of a sum: the fastest."""
    return Growth(max(one.degree for one in growths), max(one.weight for one in growths))


def product_of(a: Growth, b: Growth) -> Growth:
    """Return the growth of a product: the degrees add up."""
    return Growth(a.degree + b.degree, a.weight + b.weight)


def growth_of_power(base: Growth, exponent: Interval) -> Growth:
    """Return the growth of a power with a fixed exponent; of others nothing is known."""
    if not exponent.is_point or exponent.low < 0:
        return Growth(UNKNOWN, UNKNOWN)
    raised = base.times(exponent.low)
    is_whole = exponent.low == int(exponent.low)
    return raised if is_whole else Growth(raised.degree, UNKNOWN)


_DEGREES: Mapping[str, float] = {
    **dict.fromkeys(("abs", "relu", "leaky_relu", "elu", "clip", "where", "soft_threshold"), 1.0),
    **dict.fromkeys(("floor", "ceil", "round", "min", "max", "hypot"), 1.0),
    "sqrt": 0.5,
}
"""What a function does to the degree of its arguments' tails."""


def growth_of_function(name: str, *growths: Growth) -> Growth:
    """Return the growth of a function that is no polynomial.

    The logarithm of a polynomial has the tails of an exponential draw at 0 (Carbery & Wright 2001,
    theorem 8), so its degree is 2.
    """
    if all(one == STILL for one in growths):
        return STILL
    degrees = [one.degree for one in growths]
    if name in ("degrees", "radians"):
        return growths[0]
    if name in ("log", "round") and growths[1:] not in ((), (STILL,)):
        return Growth(UNKNOWN, UNKNOWN)
    if name.startswith("log"):
        return Growth(2.0 if max(degrees) < UNKNOWN else UNKNOWN, UNKNOWN)
    if name in ("leaky_relu", "elu"):
        return Growth(sum(degrees), UNKNOWN)
    factor = _DEGREES.get(name, UNKNOWN)
    return Growth(_scaled(max(degrees), factor), UNKNOWN)


def growth_of_reduction(name: str, x: Growth, count: float) -> Growth:
    """Return the growth of a reduction of so many elements."""
    match name:
        case "sum" | "mean" | "cumsum":
            return x
        case "var":
            return x.times(2)
        case "prod" | "cumprod":
            return x.times(count)
        case "std" | "norm" | "min" | "max" | "median" | "quantile" | "sort":
            return x if x == STILL else Growth(x.degree, UNKNOWN)
        case _:
            return x if x == STILL else Growth(UNKNOWN, UNKNOWN)


def growth_of_draw(name: str, parameters: list[Growth], ranges: list[Interval]) -> Growth:
    """Return the growth of draws; parameters that are drawn themselves add theirs."""
    if name in _LAWS:
        return _LAWS[name](*parameters)
    if any(one != STILL for one in parameters[: _FIXED.get(name, 1)]):
        return Growth(0.0 if name in _BOUNDED else UNKNOWN, UNKNOWN)
    match name:
        case "bernoulli" | "binomial":
            p = ranges[-1]
            return Growth(0.0, _weight_of_chance(min(p.low, 1 - p.high)))
        case "choice" if ranges[0].is_point and ranges[0].low >= 1:
            return Growth(0.0, _weight_of_chance(1 / ranges[0].low))
        case "gamma":
            weight = 2.0 if _is_sum_of_squares(ranges[0]) else UNKNOWN
            return product_of(parameters[1], Growth(2.0, weight))
        case _:  # no polynomial of independent draws; no tail is heavier than an exponential one's
            return Growth(2.0 if name in ("poisson", "geometric") else 0.0, UNKNOWN)


_LAWS: Mapping[str, Callable[..., Growth]] = {
    "normal": lambda mean, sd: sum_of(mean, product_of(sd, Growth(1.0, 1.0))),
    "uniform": lambda low, high: product_of(sum_of(low, high), Growth(0.0, 1.0)),
    "exponential": lambda mean: product_of(mean, Growth(2.0, 2.0)),
}
"""Laws of which a draw is a polynomial in its parameters and a draw of fixed ones."""
_FIXED = {"binomial": 2}
"""How many parameters must be fixed, that anything is known; else the first."""
_BOUNDED = ("bernoulli", "choice", "permutation")


def _is_sum_of_squares(k: Interval) -> bool:
    return k.is_point and k.low > 0 and 2 * k.low == int(2 * k.low)


def _weight_of_chance(least: float) -> float:
    """Return what a draw counts whose rarest value has this chance.

    With e⁻ᵘ = λ/(1 − λ) it is 2·log₉(sinh(3u/4)/sinh(u/4)): 1 at λ = 1/2.
    """
    if least >= 0.5:
        return 1.0
    if least <= 0:
        return UNKNOWN
    u = math.log((1 - least) / least)
    ratio = math.sinh(0.75 * u) / math.sinh(0.25 * u) if u > 1e-6 else 3.0
    return max(1.0, 2 * math.log(ratio, 9))
