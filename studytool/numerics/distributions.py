"""Distribution functions and quantiles of Student's t and of χ², to about ten digits.

Source: Press et al. 2007, Numerical Recipes, sections 6.2 and 6.4: the incomplete gamma function by
its series or its continued fraction, the incomplete beta function by its continued fraction, each
by Lentz's method. A quantile is found between two ends, on the logarithm of the smaller tail.
"""

from collections.abc import Callable
from math import exp, isinf, lgamma, log, log1p

LEAST_FREEDOM, MOST_FREEDOM = 0.1, 1e6
"""Degrees of freedom; below, tails lie where a float64 has no numbers; beyond, the normal law is
as good."""
_TINY = 1e-300
_BELOW_ALL = -1000.0
"""Instead of the logarithm of 0: that of the least float is -745."""
_NEAR = 1e-15
_STEPS = 20_000
_FAREST = 1e150
"""A t whose square a float64 holds."""
_LOWEST, _HIGHEST = -745.0, 709.0
"""Logarithms of the least and the largest number that a float64 holds."""


def t_cdf(t: float, df: float) -> float:
    """Return P(T ≤ t) of Student's t.

    Raises:
        ValueError: the degrees of freedom are not in [0.1, 1e6].
    """
    tail = _t_tail(abs(t), _freedom(df))
    return tail if t < 0 else 1 - tail


def t_quantile(p: float, df: float) -> float:
    """Return t with P(T ≤ t) = p.

    Raises:
        ValueError: p is not in (0, 1), or the degrees of freedom are not in [0.1, 1e6].
        OverflowError: the quantile is beyond 1e150.

    >>> round(t_quantile(0.975, 10), 6)
    2.228139
    """
    tail, df = min(_chance(p), 1 - p), _freedom(df)
    if tail == 0.5:
        return 0.0
    if _t_tail(_FAREST, df) > tail:
        raise OverflowError(p, df)
    if tail > 0.25:
        size = _solved(lambda t: _t_middle(t, df), 0.5 - tail)
    else:
        size = _solved(lambda t: _t_tail(t, df), tail)
    return size if p > 0.5 else -size


def chi2_cdf(x: float, df: float) -> float:
    """Return P(X ≤ x) of χ².

    Raises:
        ValueError: the degrees of freedom are not in [0.1, 1e6].
    """
    df = _freedom(df)
    return _gamma_shares(df / 2, x / 2)[0] if x > 0 else 0.0


def chi2_quantile(p: float, df: float) -> float:
    """Return x with P(X ≤ x) = p.

    Raises:
        ValueError: p is not in (0, 1), or the degrees of freedom are not in [0.1, 1e6].

    >>> round(chi2_quantile(0.95, 3), 6)
    7.814728
    """
    is_upper, df = _chance(p) > 0.5, _freedom(df)
    return _solved(lambda x: _gamma_shares(df / 2, x / 2)[is_upper], 1 - p if is_upper else p)


def _freedom(df: float) -> float:
    if not LEAST_FREEDOM <= df <= MOST_FREEDOM:
        raise ValueError(df)
    return df


def _chance(p: float) -> float:
    if not 0 < p < 1:
        raise ValueError(p)
    return p


def _t_tail(t: float, df: float) -> float:
    """Return P(T > t) for t ≥ 0."""
    if t > _FAREST:
        return 0.0
    square = t * t
    return _beta_share(df / 2, 0.5, df / (df + square), square / (df + square)) / 2


def _t_middle(t: float, df: float) -> float:
    """Return P(0 < T < t)."""
    square = t * t
    return _beta_share(0.5, df / 2, square / (df + square), df / (df + square)) / 2


def _solved(share: Callable[[float], float], wanted: float) -> float:
    """Return x > 0 at which a monotone function is ``wanted``, by regula falsi on logarithms.

    At the least and the largest float the function lies on either side of what is wanted.
    """

    def distance(at: float) -> float:
        found = share(exp(at))
        return (log(found) if found > 0 else _BELOW_ALL) - log(wanted)

    low, high = -1.0, 1.0
    below, above = distance(low), distance(high)
    step = 2.0
    while below * above > 0:
        low, high, step = max(low - step, _LOWEST), min(high + step, _HIGHEST), 2 * step
        below, above = distance(low), distance(high)
    return exp(_between(distance, (low, below), (high, above)))


def _between(
    distance: Callable[[float], float], low: tuple[float, float], high: tuple[float, float]
) -> float:
    """Return where a function is 0 between two ends, the Illinois way: no end stays for ever."""
    (a, at_a), (b, at_b) = low, high
    for _ in range(200):
        middle = (a * at_b - b * at_a) / (at_b - at_a) if at_a != at_b else (a + b) / 2
        found = distance(middle)
        if found == 0 or abs(b - a) <= _NEAR * max(1.0, abs(a)):
            return middle
        if found * at_b < 0:
            a, at_a = b, at_b
        else:
            at_a /= 2
        b, at_b = middle, found
    return b


def _beta_share(a: float, b: float, x: float, rest: float) -> float:
    """Return the regularized incomplete beta function at x, where ``rest`` is 1 − x."""
    if rest <= 0:
        return 1.0
    weight = lgamma(a + b) - lgamma(a) - lgamma(b)
    weight += a * (log(x) if x < 0.5 else log1p(-rest))
    weight += b * (log(rest) if rest < 0.5 else log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return exp(weight) * _beta_fraction(a, b, x) / a
    return 1 - exp(weight) * _beta_fraction(b, a, rest) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    def terms(step: int) -> tuple[float, float]:
        m = step // 2
        if step % 2 == 0:
            return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0

    return 1 / _lentz(1.0, terms)


def _gamma_shares(a: float, x: float) -> tuple[float, float]:
    """Return the regularized incomplete gamma functions P(a, x) and Q(a, x)."""
    if x <= 0:
        return 0.0, 1.0
    if isinf(x):
        return 1.0, 0.0
    weight = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        lower = weight * _gamma_series(a, x)
        return lower, 1 - lower
    upper = weight / _lentz(x + 1 - a, lambda step: (step * (a - step), x + 1 - a + 2 * step))
    return 1 - upper, upper


def _gamma_series(a: float, x: float) -> float:
    total = term = 1 / a
    for step in range(1, _STEPS):
        term *= x / (a + step)
        total += term
        if term <= total * _NEAR:
            break
    return total


def _lentz(first: float, terms: Callable[[int], tuple[float, float]]) -> float:
    """Return a continued fraction first + a₁/(b₁ + a₂/(b₂ + …))."""
    value = first or _TINY
    c, d = value, 0.0
    for step in range(1, _STEPS):
        a, b = terms(step)
        d = 1 / ((b + a * d) or _TINY)
        c = (b + a / c) or _TINY
        value *= c * d
        if abs(c * d - 1) <= _NEAR:
            break
    return value
