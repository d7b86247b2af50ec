"""The scheduler: a review of many items at once, as py-fsrs 6.3's Scheduler reviews one card.

Elapsed days are differences of study days, as Anki and fsrs-rs count them, which the default
parameters were fitted with; py-fsrs counts whole periods of 24 hours, which is another model: on
a real log of 1,205 cards it moves the stability of 1,061 by more than 1 %. An item in review falls
due on a day, one in steps at an instant.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Ints
from studytool.srs.easy_days import choose_days, shares_of_week
from studytool.srs.fsrs import AGAIN, EASY, GOOD, HARD
from studytool.srs.memories import NEVER, Memories
from studytool.srs.memory import Stage
from studytool.srs.models import MODELS
from studytool.srs.policy import Policy, Steps

_FUZZ_FROM_DAYS = 2.5
_FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, np.inf, 0.05))
"""From, to [days], share of the part between them. Source: py-fsrs 6.3, FUZZ_RANGES."""

_Cell = tuple[Stage, int, int]
"""Next stage, next step, delay in ms (0 where the model's interval decides)."""

_GRADUATES: _Cell = (Stage.REVIEW, 0, 0)


class Scheduler:
    """One policy, ready to review. The steps are one table: (stage, step, rating) → what next."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.model = MODELS[policy.model](policy.parameters)
        self._shares = shares_of_week(policy.easy_days)
        table = _transitions(policy)  # (step set, stage, step, rating − 1, 3)
        self._stages, self._steps = table.shape[1:3]
        self._columns = np.ascontiguousarray(table.reshape(-1, 3).T)  # (3, cell)

    def review(
        self, memories: Memories, ratings: Ints, *, times_ms: Ints, days: Ints, items: "Items"
    ) -> Memories:
        """Return the memories after one review of each.

        Args:
            memories: n items.
            ratings: shape (n,), 1–4.
            times_ms: shape (n,), the instants of the reviews, UTC milliseconds.
            days: shape (n,), the study days of the reviews.
            items: which items they are, n.
        """
        stability, difficulty = self._strength(memories, ratings, days)
        machine = memories.stage
        if items.step_sets is not None:
            machine = machine + items.step_sets * self._stages
        row = machine * self._steps + np.minimum(memories.step, self._steps - 1)
        stage, step, delay_ms = self._columns.take(4 * row + ratings - 1, axis=1)
        in_review = stage == Stage.REVIEW
        interval_days = self._interval_days(stability, memories.reps, items, days)
        lapsed = (memories.stage == Stage.REVIEW) & (ratings == AGAIN)
        return Memories(
            stage=stage,
            step=step,
            stability=stability,
            difficulty=difficulty,
            due_ms=np.where(in_review, NEVER, times_ms + delay_ms),
            due_day=np.where(in_review, days + interval_days, NEVER),
            last_ms=times_ms,
            last_day=days,
            reps=memories.reps + 1,
            lapses=memories.lapses + lapsed,
        )

    def retrievability(self, memories: Memories, day: int | Ints) -> Array:
        """Return each item's chance of recall on a study day; 0 where it was never reviewed.

        On the day of its last review it is 1, whatever the model: nothing was to be kept for long.

        Args:
            memories: n items.
            day: one for all, or one for each, shape (item,).
        """
        elapsed_days = np.maximum(day - memories.last_day, 0)
        recall = self.model.retrievability(memories.stability, elapsed_days)
        recall = np.where(elapsed_days < 1, 1.0, recall)
        return np.where(memories.stage == Stage.NEW, 0.0, recall)

    def _strength(self, memories: Memories, ratings: Ints, days: Ints) -> tuple[Array, Array]:
        new = memories.stage == Stage.NEW
        first = self.model.first(ratings)
        if new.all():
            return first
        elapsed_days = np.maximum(days - memories.last_day, 0)
        later = self.model.next(
            memories.stability, memories.difficulty, elapsed_days=elapsed_days, rating=ratings
        )
        return np.where(new, first[0], later[0]), np.where(new, first[1], later[1])

    def _interval_days(self, stability: Array, reps: Ints, items: "Items", days: Ints) -> Ints:
        policy = self.policy
        length = self.model.interval_days(
            stability,
            desired_retention=items.retention,
            maximum_days=policy.maximum_interval_days,
        )
        if policy.fuzz:
            chance, longest = _chance(items.fuzz_keys, reps), policy.maximum_interval_days
            length = fuzzed_days(length, chance, longest, days=days, shares=self._shares)
        return length.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a schedule, besides their memories; arrays of shape (item,).

    Attributes:
        fuzz_keys: the number by which each item's fuzz is told apart; two may share one unharmed.
        retention: each item's desired retention.
        step_sets: which of the policy's step sets each item has; None where all have the first.
    """

    fuzz_keys: Ints
    retention: Array
    step_sets: Ints | None = None

    @classmethod
    def named(cls, names: Iterable[str], policy: Policy) -> "Items":
        """Return what the policy says of items named ``pack/slug``."""
        own = dict(policy.pack_retention)
        sets = policy.step_sets
        numbers = {pack: sets.index(policy.steps_of(pack)) for pack in policy.packs_of_own_steps}
        keys, retention, step_sets = [], [], []
        for name in names:
            pack = name.partition("/")[0]
            keys.append(zlib.crc32(name.encode()))
            retention.append(own.get(pack, policy.desired_retention))
            step_sets.append(numbers.get(pack, 0))
        return cls(
            np.array(keys, np.int64),
            np.array(retention, np.float64),
            np.array(step_sets, np.int64) if numbers else None,
        )

    def __len__(self) -> int:
        return len(self.fuzz_keys)

    def take(self, rows: Ints | slice) -> "Items":
        """Return the items at ``rows``; a slice gives views of the same numbers."""
        step_sets = None if self.step_sets is None else self.step_sets[rows]
        return Items(self.fuzz_keys[rows], self.retention[rows], step_sets)


def fuzzed_days(
    length: Array,
    chance: Array,
    maximum_days: int,
    *,
    days: Ints | None = None,
    shares: Ints | None = None,
) -> Array:
    """Move intervals of 2.5 days and more within py-fsrs's ranges, to a whole day in them.

    Args:
        length: of the intervals, whole days, shape (n,).
        chance: shape (n,), in [0, 1); 0 gives the range's first day, near 1 its last.
        maximum_days: no interval passes it.
        days: shape (n,), the study days that the intervals begin on.
        shares: of the weekdays, as :func:`shares_of_week` gives them; None where all are alike.

    py-fsrs rounds where this cuts off, so that its draws can pass the range by one day.
    """
    reach = np.ones_like(length)
    for start, end, share in _FUZZ_RANGES:
        reach += share * np.maximum(np.minimum(length, end) - start, 0)
    last = np.minimum(np.rint(length + reach), maximum_days)
    first = np.minimum(np.maximum(np.rint(length - reach), 2), last)
    if days is None or shares is None:
        moved = first + np.floor(chance * (last - first + 1))
    else:
        moved = choose_days(first, last, chance, days=days, shares=shares)
    return np.where(length < _FUZZ_FROM_DAYS, length, moved)


def _chance(keys: Ints, reps: Ints) -> Array:
    """Return a number in [0, 1) that depends on item and review count only (splitmix64's mixer)."""
    mixed = (keys.astype(np.uint64) << np.uint64(32)) + reps.astype(np.uint64)
    mixed *= np.uint64(0x9E3779B97F4A7C15)  # wraps around, as it should
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _transitions(policy: Policy) -> npt.NDArray[np.int64]:
    """Lay out the step machine of py-fsrs's ``review_card``.

    Returns:
        shape (step set, stage, step, rating, 3).
    """
    sets = policy.step_sets
    rows = max(1, *(len(steps) for pair in sets for steps in pair))
    return np.array([_machine(*pair, rows) for pair in sets], np.int64)


def _machine(learning: Steps, relearning: Steps, rows: int) -> list[list[list[_Cell]]]:
    first = _step_rows(Stage.LEARNING, learning, rows)
    again = _step_rows(Stage.RELEARNING, relearning, rows)
    lapse = again[0][0] if relearning else _GRADUATES
    review = [[lapse, _GRADUATES, _GRADUATES, _GRADUATES]] * rows
    return [first, first, review, again]


def _step_rows(stage: Stage, steps: Sequence[timedelta], rows: int) -> list[list[_Cell]]:
    return [
        [
            _after_step(stage, steps, step=step, rating=rating)
            for rating in (AGAIN, HARD, GOOD, EASY)
        ]
        for step in range(rows)
    ]


def _after_step(stage: Stage, steps: Sequence[timedelta], *, step: int, rating: int) -> _Cell:
    delays = [round(delay.total_seconds() * 1000) for delay in steps]
    past_the_last = step >= len(delays)
    if not delays or rating == EASY or (past_the_last and rating != AGAIN):
        return _GRADUATES
    if rating == AGAIN:
        return stage, 0, delays[0]
    if rating == HARD:
        return stage, step, _hard_delay(delays, step)
    if step + 1 == len(delays):
        return _GRADUATES
    return stage, step + 1, delays[step + 1]


def _hard_delay(delays: Sequence[int], step: int) -> int:
    if step > 0:
        return delays[step]
    return round(delays[0] * 1.5) if len(delays) == 1 else round((delays[0] + delays[1]) / 2)
