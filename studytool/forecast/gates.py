"""The concepts of new items that stay closed until others are learned, as arrays."""

import numpy as np

from studytool.forecast.rules import AskingRules
from studytool.numerics.arrays import Flags, Ints


class Gates:
    """The concepts of some items that need others to be learned before.

    Args:
        gates: each with the concepts that it needs.
        concepts: how many there are in all.
    """

    def __init__(self, gates: dict[int, Ints], concepts: int) -> None:
        self._at = np.array(list(gates), np.int64)
        self._needs = np.concatenate([np.empty(0, np.int64), *gates.values()])
        lengths = [len(needs) for needs in gates.values()]
        self._starts = np.cumsum([0, *lengths])[:-1]
        self._concepts = concepts

    @classmethod
    def among(cls, concepts: set[int], rules: AskingRules) -> "Gates":
        """Return the gates that some concepts have by the rules."""
        gates = {one: needs for one, needs in rules.needs.items() if one in concepts and len(needs)}
        return cls(gates, len(rules.unlearned))

    def __len__(self) -> int:
        return len(self._at)

    def closed(self, unlearned: Ints) -> Flags:
        """Tell which concepts are closed, shape (concept + 1,): the last stands for none."""
        closed = np.zeros(self._concepts + 1, np.bool_)
        lacking = (unlearned > 0)[self._needs]
        closed[self._at] = np.logical_or.reduceat(lacking, self._starts)
        return closed
