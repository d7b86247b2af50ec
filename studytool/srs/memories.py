"""Many items' memories as arrays: the form in which every review and every fold is computed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Ints
from studytool.srs.memory import Memory, Stage, memory_of, to_ms

NEVER = 0
"""The milliseconds and days that stand where an item has none; its stage says so."""


@dataclass(frozen=True, slots=True)
class Memories:
    """Arrays of shape (item,), read as the columns of :class:`studytool.srs.memory.Memory`.

    A new item has stage 0 and 1.0 for stability and difficulty: finite, and never shown. Of
    ``due_ms`` and ``due_day`` an item's stage says which counts; the other is 0.
    """

    stage: Ints
    step: Ints
    stability: Array
    difficulty: Array
    due_ms: Ints
    due_day: Ints
    last_ms: Ints
    last_day: Ints
    reps: Ints
    lapses: Ints

    @classmethod
    def new(cls, n: int) -> "Memories":
        """Make ``n`` items that were never reviewed."""
        return cls(
            stage=np.zeros(n, np.int64),
            step=np.zeros(n, np.int64),
            stability=np.ones(n),
            difficulty=np.ones(n),
            due_ms=np.full(n, NEVER, np.int64),
            due_day=np.full(n, NEVER, np.int64),
            last_ms=np.full(n, NEVER, np.int64),
            last_day=np.full(n, NEVER, np.int64),
            reps=np.zeros(n, np.int64),
            lapses=np.zeros(n, np.int64),
        )

    @classmethod
    def reviewed(cls, stability: Array, difficulty: Array, *, last_day: Ints) -> "Memories":
        """Make items in the review stage of which nothing else is known."""
        some = cls.new(len(last_day))
        some.stage[:] = Stage.REVIEW
        return replace(some, stability=stability, difficulty=difficulty, last_day=last_day)

    @classmethod
    def of(cls, memories: Iterable[Memory]) -> "Memories":
        """Put single memories into arrays, in their order."""
        rows = [_numbers(memory) for memory in memories]
        integers = np.array([row[0] for row in rows], np.int64).reshape(-1, 8).T
        reals = np.array([row[1] for row in rows], np.float64).reshape(-1, 2).T
        stage, step, *times_and_counts = integers
        return cls(stage, step, *reals, *times_and_counts)

    def __len__(self) -> int:
        return len(self.stage)

    def __iter__(self) -> Iterator[Memory]:
        columns = (getattr(self, name).tolist() for name in self.__slots__)
        return (memory_of(row) for row in zip(*columns, strict=True))

    def take(self, rows: Ints | npt.NDArray[np.bool_] | slice) -> "Memories":
        """Return the items at ``rows``; a slice gives views of the same numbers."""
        return Memories(*(getattr(self, name)[rows] for name in self.__slots__))

    def put(self, rows: Ints | slice, other: "Memories") -> None:
        """Write ``other`` over the items at ``rows``."""
        for name in self.__slots__:
            getattr(self, name)[rows] = getattr(other, name)


def _numbers(memory: Memory) -> tuple[tuple[int, ...], tuple[float, float]]:
    due_ms = NEVER if memory.due is None else to_ms(memory.due)
    last_ms = NEVER if memory.last_review is None else to_ms(memory.last_review)
    stability = 1.0 if memory.stability is None else memory.stability
    difficulty = 1.0 if memory.difficulty is None else memory.difficulty
    due = (due_ms, memory.due_day or NEVER)
    last = (last_ms, memory.last_day or NEVER)
    integers = (memory.stage, memory.step, *due, *last, memory.reps, memory.lapses)
    return integers, (stability, difficulty)
