"""Reviews of another program: each of an item kept apart, until the log knows whose it is."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from studytool.quiz.outcome import Outcome
from studytool.review_log.event_ids import id_text, new_id
from studytool.review_log.events import Review
from studytool.review_log.history import LogSoFar
from studytool.review_log.log import ReviewLog
from studytool.review_log.retracting import APART, IMPORTED
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating

RATINGS = dict(enumerate(Rating, start=1))
"""By the number that Anki and the FSRS optimiser give them."""
NUMBERS = {rating: number for number, rating in RATINGS.items()}


def imported_review(
    card: str, time: datetime, number: int, *, duration_ms: int, offset_minutes: int
) -> Review:
    """Make a review of an item kept apart; equal ones give equal ids, on every device.

    Args:
        card: what the other program calls it.
        time: when it was answered.
        number: the rating, 1 to 4.
        duration_ms: how long the answer took.
        offset_minutes: the learner's offset from UTC then, east.
    """
    item, rating, ms = f"{APART}{card}", RATINGS[number], to_ms(time)
    return Review(
        id=_id_of(item, ms, rating, duration_ms=duration_ms, offset_minutes=offset_minutes),
        learner=IMPORTED,
        device=IMPORTED,
        item=item,
        revision="",
        seed=0,
        answer="",
        outcome=Outcome.WRONG if rating is Rating.AGAIN else Outcome.RIGHT,
        rating=rating,
        time=time,
        offset_minutes=offset_minutes,
        duration_ms=duration_ms,
    )


class Recognition:
    """The reviews of another program given to the items that a log knows, without those that it has.

    Args:
        log: which they are for.
        renames: by an id that an item had in its pack before, the one that it has now.

    Attributes:
        apart: the items that the log does not know, ``imported/`` before what they came with, in order.
    """

    def __init__(self, log: ReviewLog, renames: Mapping[str, str] | None = None) -> None:
        self._log = log
        self._renames = renames or {}
        self._items: dict[str, _Known] = {}
        self.apart: list[str] = []

    def recognised(self, reviews: Iterable[Review]) -> Iterator[Review]:
        """Return what is new of ``reviews``: a review of the same item and instant is the same.

        It is the same as well where it was kept apart before its item was known.
        """
        so_far = self._log.so_far()
        for review in reviews:
            known = self._items.get(review.item) or self._find(review.item, so_far)
            if known.reviewed:
                ms = to_ms(review.time)
                if any(so_far.has_review(one, ms) for one in known.reviewed):
                    continue
            yield review if known.item == review.item else self._given(review, known.item)

    def _find(self, apart: str, so_far: LogSoFar) -> "_Known":
        """Find the item of a review: the one known by its name there, or ``apart`` itself."""
        card = apart.removeprefix(APART)
        card = self._renames.get(card, card)
        [moved] = self._log.ids_now([apart])
        item = card if so_far.knows(card) else moved
        if item == apart:
            self.apart.append(apart)
        reviewed = tuple(one for one in {item, apart} if so_far.was_reviewed(one))
        self._items[apart] = _Known(item, reviewed)
        return self._items[apart]

    def _given(self, review: Review, item: str) -> Review:
        """Return a review as one of an item, with its id and its study day."""
        offset, duration_ms = review.offset_minutes, review.duration_ms
        return replace(
            review,
            item=item,
            id=_id_of(
                item,
                to_ms(review.time),
                review.rating,
                duration_ms=duration_ms,
                offset_minutes=offset,
            ),
            study_day=self._log.day_of(review.time, offset_minutes=offset),
        )


class _Known(NamedTuple):
    """The item of a name, and which of both the log has reviews of."""

    item: str
    reviewed: tuple[str, ...]


def _id_of(item: str, ms: int, rating: Rating, *, duration_ms: int, offset_minutes: int) -> str:
    """Return the id of a review, made of its contents: the same on every device."""
    numbers = (item, ms, NUMBERS[rating], duration_ms, offset_minutes)
    content = "\n".join(map(str, numbers)).encode()
    return id_text(new_id(ms, hashlib.sha256(content).digest()[:10]))
