"""Events of the log as values, and their ids: UUIDs of version 7, which sort by time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from studytool.quiz.variant import Outcome
from studytool.srs.rating import Rating

REVIEW, UNDO = "review", "undo"
"""The kinds of events that this version writes and reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """One answered item, not yet in the log.

    Attributes:
        item: ``pack/slug``.
        revision: of the item as it was asked.
        seed: 0 to 2⁶³ − 1.
        parameters: the numbers drawn for this variant.
        answer: what was typed, as typed.
        misconception: the one that the answer showed, or None.
        time: aware; kept in UTC to the millisecond.
        offset_minutes: the learner's offset from UTC, minutes east.
        duration_ms: time spent answering.
        confidence: 0–1, stated before the reveal; None where it was not asked.
    """

    item: str
    revision: str
    seed: int
    answer: str
    outcome: Outcome
    rating: Rating
    time: datetime
    offset_minutes: int
    duration_ms: int
    parameters: Mapping[str, float] = field(default_factory=dict)
    misconception: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(ReviewDraft):
    """One answered item, in the log; ``id`` is a UUIDv7 as text."""

    id: str
    learner: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """A review taken back; ``target`` is its id."""

    id: str
    learner: str
    device: str
    time: datetime
    offset_minutes: int
    target: str


Event = Review | Undo


@dataclass(frozen=True, slots=True)
class Counts:
    """One pack's items.

    Attributes:
        due: in the review stage and due.
        learning: in learning or relearning steps, due or not (steps last minutes).
        new: never reviewed.
        items: all that the pack lists.
    """

    due: int
    learning: int
    new: int
    items: int


@dataclass(frozen=True, slots=True)
class Activity:
    """What was reviewed in a stretch of time; every outcome and rating is a key."""

    reviews: int
    outcomes: Mapping[Outcome, int]
    ratings: Mapping[Rating, int]
    spent: timedelta


def reviewed(event: Event) -> bytes:
    """Give the id of the review that an event makes or is about."""
    return id_bytes(event.id if isinstance(event, Review) else event.target)


def new_id(ms: int, random: bytes) -> bytes:
    """Make a UUIDv7: 48 bits of milliseconds since 1970, then 74 random bits.

    Args:
        ms: 0 to 2⁴⁸ − 1.
        random: 10 bytes, of which the 6 bits of version and variant are replaced.

    Source: RFC 9562, section 5.7.

    >>> id_text(new_id(0x017F22E279B0, bytes.fromhex("0CC398C4DC0C0C07398F")))
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'
    """
    filled = bytearray(ms.to_bytes(6, "big") + random)
    filled[6] = 0x70 | filled[6] & 0x0F
    filled[8] = 0x80 | filled[8] & 0x3F
    return bytes(filled)


def id_text(id_: bytes) -> str:
    """Write an id of 16 bytes as text."""
    digits = id_.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def id_bytes(text: str) -> bytes:
    """Read what :func:`id_text` wrote."""
    return bytes.fromhex(text.replace("-", ""))
