"""The state of an item besides its memory: suspended, buried, flagged, and the lives that resets end."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studytool.review_log.events import Reset, Review, id_bytes
from studytool.srs.memory import to_ms

Instant = tuple[int, bytes]
"""Where an event stands in time: its milliseconds, then its id."""


@dataclass(frozen=True, slots=True)
class ItemState:
    """What all acts on an item but its reviews come to.

    Attributes:
        resets: in order of time; the item is new after each.
    """

    suspended: bool = False
    buried_until_ms: int = 0
    flagged: bool = False
    resets: tuple[Instant, ...] = ()

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


class Lives:
    """Which life of its item a review belongs to; a reset ends one and begins another.

    Args:
        resets: that stand, by time.
    """

    def __init__(self, resets: Iterable[Reset]) -> None:
        self._ends: dict[str, list[Instant]] = {}
        for reset in resets:
            self._ends.setdefault(reset.item, []).append(_instant(reset))

    def of(self, review: Review) -> tuple[str, int]:
        """Return the item, and how many of its lives were before that of ``review``."""
        ends = self._ends.get(review.item)
        return review.item, count_ended(ends, _instant(review)) if ends else 0

    def is_current(self, life: tuple[str, int]) -> bool:
        """Tell whether a life, as :meth:`of` gives it, has not ended."""
        item, number = life
        return number == len(self._ends.get(item, ()))


def _instant(event: Review | Reset) -> Instant:
    return to_ms(event.time), id_bytes(event.id)
