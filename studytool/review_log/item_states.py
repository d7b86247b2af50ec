"""The state of an item besides its memory: suspended, buried, flagged, reset."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Instant = tuple[int, bytes]
"""The place of an event in time: its milliseconds, then its id."""


@dataclass(frozen=True, slots=True)
class ItemState:
    """The state of an item after all acts on it except reviews.

    Attributes:
        resets: in order of time; the item is new after each.
        set_day: the study day on which the learner let it fall due, told at ``set_ms``; a review
            that is later ends it.
    """

    suspended: bool = False
    buried_until_ms: int = 0
    flagged: bool = False
    resets: tuple[Instant, ...] = ()
    set_day: int | None = None
    set_ms: int | None = None

    @property
    def rests_until_ms(self) -> int | None:
        """Return the instant before which the item is not asked, None where there is no such."""
        return None if self.suspended else self.buried_until_ms


def past_lives(states: Mapping[int, ItemState]) -> dict[int, tuple[Instant, ...]]:
    """Return the ends of the past lives of those items that were reset."""
    return {item: state.resets for item, state in states.items() if state.resets}


def count_ended(ends: Sequence[Instant], reviewed: Instant) -> int:
    """Count the lives of an item that ended before a review: so many lives were before its own."""
    return bisect(ends, reviewed)
