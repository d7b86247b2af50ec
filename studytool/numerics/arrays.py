"""Types of arrays by their elements; a shape stands where an array is made."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Operand = float | Array
"""A number, or an array of numbers that are computed at once."""
