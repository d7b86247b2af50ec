"""Wilson's interval of a share, for a sample of mutants."""

from math import sqrt

_Z = 1.959963984540054
"""The normal quantile of 97.5 %."""


def wilson_interval(hits: int, tried: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of which ``hits`` in ``tried`` were seen.

    Source: Wilson 1927, JASA 22, 209.

    >>> wilson_interval(0, 0)
    (0.0, 1.0)
    """
    if not tried:
        return 0.0, 1.0
    share, part = hits / tried, _Z**2 / tried
    middle = (share + part / 2) / (1 + part)
    reach = _Z * sqrt(share * (1 - share) / tried + part / (4 * tried)) / (1 + part)
    return max(0.0, middle - reach), min(1.0, middle + reach)
