"""The items at the start of a forecast, with their memories and due dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Ints
from studytool.review_log.study_days import DAY_MS
from studytool.srs.memories import Memories
from studytool.srs.memory import Stage
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler

NEVER_MS = 1 << 62
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Backlog:
    """The items to be simulated, new ones in the order of their turn.

    Attributes:
        numbers: shape (item,), the same for an item in whatever backlog it stands.
        memories: of the items.
        items: what the schedule needs to know of each.
        shift_ms: shape (item,), by how much vacations put the due date off.
        rests_until_ms: shape (item,), the instant before which an item is not asked.
    """

    numbers: Ints
    memories: Memories
    items: Items
    shift_ms: Ints
    rests_until_ms: Ints

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def is_new(self) -> npt.NDArray[np.bool_]:
        """Tell which items were never reviewed."""
        new: npt.NDArray[np.bool_] = self.memories.stage == Stage.NEW
        return new

    @property
    def asked_ms(self) -> Ints:
        """Return the instant from which each item is due, which a new one never is."""
        asked_ms = np.maximum(self.memories.due_ms + self.shift_ms, self.rests_until_ms)
        return np.where(self.is_new, NEVER_MS, asked_ms)

    def take(self, chosen: npt.NDArray[np.bool_]) -> "Backlog":
        """Return the chosen items."""
        return Backlog(
            self.numbers[chosen],
            self.memories.take(chosen),
            self.items.take(chosen.nonzero()[0]),
            self.shift_ms[chosen],
            self.rests_until_ms[chosen],
        )

    def at_retention(self, retention: float, scheduler: Scheduler) -> "Backlog":
        """Return the backlog as it falls due at another desired retention.

        An interval's fuzz stays in proportion.
        """
        items = Items(self.items.fuzz_keys, np.full(len(self), retention))
        own, other = (_interval_days(self.memories, scheduler, one) for one in (self.items, items))
        held = self.memories
        days = np.rint((held.due_ms - held.last_ms) / DAY_MS * other / own).astype(np.int64)
        due_ms = held.last_ms + np.maximum(days, 1) * DAY_MS
        moved = replace(held, due_ms=np.where(held.stage == Stage.REVIEW, due_ms, held.due_ms))
        return replace(self, memories=moved, items=items)


def _interval_days(memories: Memories, scheduler: Scheduler, items: Items) -> Array:
    return scheduler.model.interval_days(
        memories.stability,
        desired_retention=items.retention,
        maximum_days=scheduler.policy.maximum_interval_days,
    )


def gather_backlog(
    rows: Iterable[tuple[Any, ...]], fresh: Sequence[str], policy: Policy
) -> tuple[Backlog, list[str]]:
    """Put memories into columns, new items after them; return them with the items' names.

    Args:
        rows: of the log's memories.
        fresh: the new items, in the order of their turn.
        policy: in force.
    """
    unread = iter(rows)
    names: list[str] = []
    integers, reals = [np.empty((8, 0), np.int64)], [np.empty((2, 0))]
    while batch := list(islice(unread, _BATCH)):
        name, stage, step, stability, difficulty, *others = zip(*batch, strict=True)
        names += name
        integers.append(np.array([stage, step, *others], np.int64))
        reals.append(np.array([stability, difficulty]))
    stage, step, due_ms, last_ms, reps, lapses, shift_ms, rests_ms = np.concatenate(integers, 1)
    stability, difficulty = np.concatenate(reals, 1)
    known = Memories(stage, step, stability, difficulty, due_ms, last_ms, reps, lapses)
    names += fresh
    memories = Memories.new(len(names))
    memories.put(slice(len(known)), known)
    nothing = np.zeros(len(fresh), np.int64)
    backlog = Backlog(
        numbers=np.arange(len(names)),
        memories=memories,
        items=Items.named(names, policy),
        shift_ms=np.append(shift_ms, nothing),
        rests_until_ms=np.append(rests_ms, nothing),
    )
    return backlog, names
