"""The shapes of arrays before they are made, with the axis of the replicates told apart."""

import math
from dataclasses import dataclass

from studytool.formula.functions import FUNCTIONS
from studytool.formula.intervals import Interval
from studytool.formula.kinds import Reduction
from studytool.formula.limits import MAX_ELEMENTS

REPS = -1
"""Stands as a size for the number of replicates, whatever it is."""

ANY_COUNT = Interval(1.0, MAX_ELEMENTS)
Shape = tuple[int, ...] | None
"""Sizes by axis; None where they are not known."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """What a reduction leaves.

    Attributes:
        shape: of the result.
        count: how many elements make one of the result.
        across_replicates: whether an element comes of several replicates.
    """

    shape: Shape
    count: Interval
    across_replicates: bool


def broadcast(*shapes: Shape) -> Shape:
    """Return the shape of arrays computed together; None where one is not known or does not fit."""
    joint: list[int] = []
    for shape in shapes:
        if shape is None:
            return None
        joint = [1] * (len(shape) - len(joint)) + joint
        for axis, size in enumerate(shape, start=len(joint) - len(shape)):
            if joint[axis] == 1:
                joint[axis] = size
            elif size not in (1, joint[axis]):
                return None
    return tuple(joint)


def reduced(name: str, shape: Shape, axis: int | None) -> Reduced:
    """Return what the reduction ``name`` over ``axis``, or over all of them, leaves of a shape."""
    if name == "sort" and axis is None:
        axis = -1
    if shape is None or (axis is not None and not -len(shape) <= axis < len(shape)):
        return Reduced(None, ANY_COUNT, across_replicates=False)
    axes = range(len(shape)) if axis is None else [axis % len(shape)]
    sizes = [shape[one] for one in axes]
    left: Shape = tuple(size for one, size in enumerate(shape) if one not in axes)
    function = FUNCTIONS[name]
    if isinstance(function, Reduction) and function.keeps_elements:
        is_flat = axis is None and name in ("cumsum", "cumprod")
        left = _flattened(shape) if is_flat else shape
    return Reduced(left, count_of(sizes), REPS in sizes)


def _flattened(shape: tuple[int, ...]) -> Shape:
    """Return the one size of all elements in a row; with replicates among others, none is known."""
    long = [size for size in shape if size != 1]
    if REPS in long:
        return (REPS,) if long == [REPS] else None
    return (math.prod(long),)


def count_of(sizes: list[int]) -> Interval:
    """Return how many elements there are: with replicates any number that an array may have."""
    known = float(math.prod(size for size in sizes if size != REPS))
    return Interval(known, max(known, MAX_ELEMENTS) if REPS in sizes else known)
