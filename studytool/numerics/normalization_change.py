"""How far normalised outputs move when the other examples, or brightness and contrast, change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.language import Message, Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.experiment import Experiment, Quantity
from studytool.numerics.known_range import KnownRange
from studytool.numerics.normalization import MapShape, map_size, normalize
from studytool.numerics.streams import Rng

CHANGES: Mapping[str, tuple[int, ...]] = {"examples": (0,), "channels": (1,), "maps": (0, 1)}
"""The axes along which brightness and contrast differ."""


@dataclass(frozen=True, slots=True)
class NormalizationChange(MapShape):
    """Parameters of ``normalization_change``."""

    norm: Annotated[Literal["batch", "layer", "instance"], "the kind"] = "batch"
    change: Annotated[
        Literal["other_examples", "examples", "channels", "maps"],
        "draw the other examples anew, or give each example, each channel, or each channel of each example a brightness and contrast of its own",
    ] = "other_examples"


def _changed(rng: Rng, n: int, p: NormalizationChange) -> dict[str, Array]:
    """Change n batches of feature maps and see how far the first example's outputs move.

    Outputs have a mean square of at most 1, over a batch of N where it is the batch's: one
    example's root mean square is √N ≤ 8 at most, and its move twice that.
    """
    kind, change = p.norm, p.change
    shape = (p.n, p.c, p.h, p.w)
    x = rng.normal(size=(n, *shape))  # (draw, example, channel, height, width)
    if change == "other_examples":
        other = rng.normal(1.0, 2.0, x.shape)
        other[:, 0] = x[:, 0]
    else:
        each = [size if axis in CHANGES[change] else 1 for axis, size in enumerate(shape)]
        other = x * np.exp(rng.normal(0.0, 0.5, (n, *each))) + rng.normal(size=(n, *each))
    moved = normalize(other, kind)[:, 0] - normalize(x, kind)[:, 0]
    return {"moved": np.sqrt(np.square(moved).mean(axis=(1, 2, 3)))}


_NO_OTHERS = Phrase(
    ko="n = {n}: other_examples에서는 2 이상 64 이하여야 합니다",
    en="n = {n}: with other_examples it must be in [2, 64]",
)


def _with_others(p: NormalizationChange) -> Message | None:
    if p.change == "other_examples" and p.n < 2:
        return _NO_OTHERS.of(n=p.n)
    return None


NORMALIZATION_CHANGE = Experiment[NormalizationChange](
    name="normalization_change",
    doc="how far normalised outputs move when brightness and contrast or other examples change",
    parameter_type=NormalizationChange,
    quantities=(
        Quantity("moved", "rms move of the first example's outputs", known=KnownRange(0.0, 16.0)),
    ),
    simulate=_changed,
    elements=lambda p: 4 * map_size(p),
    refuse=_with_others,
    source="Wu & He 2018, arXiv:1803.08494, figure 2; Ulyanov et al. 2016, arXiv:1607.08022",
)
