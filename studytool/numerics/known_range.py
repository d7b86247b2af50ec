"""Where the values of a quantity surely lie."""

from dataclasses import dataclass
from math import inf

ROUNDING = 1e-12
"""A spread this small beside the values is what rounding leaves."""


@dataclass(frozen=True, slots=True)
class KnownRange:
    """Where the values of a quantity surely lie, whatever the draws show.

    Attributes:
        part: of a sum that has no bounds, how wide the ranges of its bounded parts are together.
    """

    low: float = -inf
    high: float = inf
    part: float = 0.0

    @property
    def width(self) -> float:
        """Return how far apart two values can be."""
        return self.high - self.low

    @property
    def is_share(self) -> bool:
        """Tell whether the values lie in [0, 1]."""
        return self.low >= -ROUNDING and self.high <= 1 + ROUNDING


ANYWHERE = KnownRange()
SHARE = KnownRange(0.0, 1.0)
"""Of a share, a chance or a 0/1 event."""
