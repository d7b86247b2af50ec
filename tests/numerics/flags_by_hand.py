"""The flags of a dropout mask, written out from the generator's words."""

from math import prod

import numpy as np

from studytool.numerics.arrays import Flags
from studytool.numerics.streams import Rng


def flags(rng: Rng, shape: tuple[int, ...], keep: float) -> Flags:
    """Return flags by the halves of as many 64-bit words as they need."""
    size = prod(shape)
    halves = rng.bit_generator.random_raw(-(-size // 2)).view(np.uint32)
    kept: Flags = (halves[:size] < keep * 2**32).reshape(shape)
    return kept
