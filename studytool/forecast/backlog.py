"""The items at the start of a forecast, with their memories and due dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Ints
from studytool.review_log.study_days import StudyDay
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, Stage
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
        shift_days: shape (item,), by how much vacations put the due day off.
        rests_until_ms: shape (item,), the instant before which an item is not asked.
    """

    numbers: Ints
    memories: Memories
    items: Items
    shift_days: Ints
    rests_until_ms: Ints

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def is_new(self) -> npt.NDArray[np.bool_]:
        """Tell which items were never reviewed."""
        new: npt.NDArray[np.bool_] = self.memories.stage == Stage.NEW
        return new

    def asked_ms(self, study_day: StudyDay) -> Ints:
        """Return the instant from which each item is due, which a new one never is."""
        held = replace(self.memories, due_day=self.memories.due_day + self.shift_days)
        asked_ms = np.maximum(due_from_ms(held, study_day), self.rests_until_ms)
        return np.where(self.is_new, NEVER_MS, asked_ms)

    def take(self, chosen: npt.NDArray[np.bool_]) -> "Backlog":
        """Return the chosen items."""
        return Backlog(
            self.numbers[chosen],
            self.memories.take(chosen),
            self.items.take(chosen.nonzero()[0]),
            self.shift_days[chosen],
            self.rests_until_ms[chosen],
        )

    def at_retention(self, retention: float, scheduler: Scheduler) -> "Backlog":
        """Return the backlog as it falls due at another desired retention.

        An interval's fuzz stays in proportion.
        """
        items = replace(self.items, retention=np.full(len(self), retention))
        own, other = (_interval_days(self.memories, scheduler, one) for one in (self.items, items))
        held = self.memories
        days = np.rint((held.due_day - held.last_day) * other / own).astype(np.int64)
        due_day = held.last_day + np.maximum(days, 1)
        moved = replace(held, due_day=np.where(held.stage == Stage.REVIEW, due_day, held.due_day))
        return replace(self, memories=moved, items=items)


def due_from_ms(memories: Memories, study_day: StudyDay) -> Ints:
    """Return the instant from which each item is due, shape (item,), as the log's queue says it.

    That is the start of its day, or the end of its step, but the start of that day where it is a
    later one than that of the review.
    """
    first_ms = study_day.start_ms(0)
    step_day = (memories.due_ms - first_ms) // DAY_MS
    waits = (memories.stage != Stage.REVIEW) & (step_day <= memories.last_day)
    day = np.where(memories.stage == Stage.REVIEW, memories.due_day, step_day)
    return np.where(waits, memories.due_ms, first_ms + day * DAY_MS)


def _interval_days(memories: Memories, scheduler: Scheduler, items: Items) -> Array:
    return scheduler.model.interval_days(
        memories.stability,
        desired_retention=items.retention,
        maximum_days=scheduler.policy.maximum_interval_days,
    )


def gather_backlog(
    rows: Iterable[tuple[Any, ...]], fresh: Sequence[tuple[str, int]], policy: Policy
) -> tuple[Backlog, list[str]]:
    """Put memories into columns, new items after them; return them with the items' names.

    Args:
        rows: of the log's memories.
        fresh: the new items, in the order of their turn, each with the end of its rest.
        policy: in force.
    """
    unread = iter(rows)
    names: list[str] = []
    integers, reals = [np.empty((10, 0), np.int64)], [np.empty((2, 0))]
    while batch := list(islice(unread, _BATCH)):
        name, stage, step, stability, difficulty, *others = zip(*batch, strict=True)
        names += name
        integers.append(np.array([stage, step, *others], np.int64))
        reals.append(np.array([stability, difficulty]))
    stage, step, *times_and_counts, shift_days, rests_ms = np.concatenate(integers, 1)
    known = Memories(stage, step, *np.concatenate(reals, 1), *times_and_counts)
    names += [name for name, _ in fresh]
    memories = Memories.new(len(names))
    memories.put(slice(len(known)), known)
    nothing = np.zeros(len(fresh), np.int64)
    backlog = Backlog(
        numbers=np.arange(len(names)),
        memories=memories,
        items=Items.named(names, policy),
        shift_days=np.append(shift_days, nothing),
        rests_until_ms=np.append(rests_ms, np.array([rests for _, rests in fresh], np.int64)),
    )
    return backlog, names
