"""What an author writes of an estimate, as the axis and the leeway of its key."""

from studytool.packs.predictions import EstimateKey, LogAxis, WithinFactor
from studytool.quiz.axis import Axis, Leeway


def axis_of(key: EstimateKey) -> Axis:
    """Return the axis that an estimate is placed on."""
    if isinstance(key.axis, LogAxis):
        return Axis(*key.axis.log, is_log=True)
    return Axis(*key.axis.linear)


def leeway_of(key: EstimateKey) -> Leeway:
    """Return how near an estimate must be."""
    if isinstance(key.within, WithinFactor):
        return Leeway(factor=key.within.factor)
    return Leeway(distance=key.within.abs)
