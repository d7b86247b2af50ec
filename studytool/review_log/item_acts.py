"""The fold of what is done with items besides reviewing them. Imports no NumPy."""

import json
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from studytool.review_log.events import EventKind, Reset, Review, id_bytes
from studytool.sqlite.connection import Row
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


def fold_acts(rows: Iterable[Row]) -> dict[int, ItemState]:
    """Fold rows of (item, kind, time in ms, id, detail), in order of time and id."""
    states: dict[int, ItemState] = {}
    for item, kind, ms, id_, detail in rows:
        before = states.get(item, ItemState())
        states[item] = _after(before, EventKind(kind), (ms, id_), detail)
    return states


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


def write_until(ms: int) -> str:
    """Write the detail of a bury."""
    return json.dumps({"until_ms": ms}, separators=(",", ":"))


def read_until(detail: str) -> int:
    """Read what :func:`write_until` wrote.

    >>> read_until(write_until(1500))
    1500
    """
    return int(json.loads(detail)["until_ms"])


def write_leech(review_id: str) -> str:
    """Write the detail of what was done with a leech."""
    return json.dumps({"leech": review_id}, separators=(",", ":"))


def read_leech(detail: str | None) -> str | None:
    """Read what :func:`write_leech` wrote; None where an act had another reason.

    >>> read_leech(write_leech("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")), read_leech(None)
    ('017f22e2-79b0-7cc3-98c4-dc0c0c07398f', None)
    """
    return None if detail is None else str(json.loads(detail)["leech"])


def write_days(days: int) -> str:
    """Write the detail of a vacation."""
    return json.dumps({"days": days}, separators=(",", ":"))


def read_days(detail: str) -> int:
    """Read what :func:`write_days` wrote.

    >>> read_days(write_days(14))
    14
    """
    return int(json.loads(detail)["days"])


def _after(state: ItemState, kind: EventKind, instant: Instant, detail: str | None) -> ItemState:
    match kind:
        case EventKind.SUSPEND | EventKind.UNSUSPEND:
            return replace(state, suspended=kind is EventKind.SUSPEND)
        case EventKind.FLAG | EventKind.UNFLAG:
            return replace(state, flagged=kind is EventKind.FLAG)
        case EventKind.BURY:
            return replace(state, buried_until_ms=read_until(detail or ""))
        case EventKind.RESET:
            return replace(state, resets=(*state.resets, instant))
        case (
            EventKind.REVIEW
            | EventKind.UNDO
            | EventKind.REDO
            | EventKind.RE_RATE
            | EventKind.VACATION
        ):
            raise ValueError(f"{kind} is no act on an item")


def _instant(event: Review | Reset) -> Instant:
    return to_ms(event.time), id_bytes(event.id)
