"""The types of arrays, by what an element is; shapes stand where an array is made."""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Operand = float | Array
"""A number, or numbers computed all at once."""
