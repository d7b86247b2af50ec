"""The closed forms that a formula may call by name: one registry, each with its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """A documented elementwise function of float64 scalars or arrays that broadcast.

    Outside its domain the function gives NaN, which the formula language turns into an error.
    """

    name: str
    arguments: tuple[str, ...]
    function: Callable[..., Array | float]
    doc: str
    source: str


CLOSED_FORMS: Mapping[str, ClosedForm] = {}
