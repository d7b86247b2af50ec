"""Reviews of another program: each of an item kept apart, until the log knows whose it is."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

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
    rating = RATINGS[number]
    review = Review(
        id="",
        learner=IMPORTED,
        device=IMPORTED,
        item=f"{APART}{card}",
        revision="",
        seed=0,
        answer="",
        outcome=Outcome.WRONG if rating is Rating.AGAIN else Outcome.RIGHT,
        rating=rating,
        time=time,
        offset_minutes=offset_minutes,
        duration_ms=duration_ms,
    )
    return _identified(review)


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
        self._items: dict[str, str] = {}
        self.apart: list[str] = []

    def recognised(self, reviews: Iterable[Review]) -> Iterator[Review]:
        """Return what is new of ``reviews``: a review of the same item and instant is the same.

        It is the same as well where it was kept apart before its item was known.
        """
        so_far = self._log.so_far()
        for review in reviews:
            ms, apart = to_ms(review.time), review.item
            item = self._item(apart, so_far)
            if any(so_far.has_review(one, ms) for one in {item, apart}):
                continue
            yield review if item == apart else _identified(replace(review, item=item))

    def _item(self, apart: str, so_far: LogSoFar) -> str:
        """Return the item of a review: the one known by its name there, or ``apart`` itself."""
        if (item := self._items.get(apart)) is None:
            card = apart.removeprefix(APART)
            card = self._renames.get(card, card)
            [moved] = self._log.ids_now([apart])
            item = card if so_far.knows(card) else moved
            self._items[apart] = item
            if item == apart:
                self.apart.append(apart)
        return item


def _identified(review: Review) -> Review:
    """Return the review under an id made of its contents, the same on every device."""
    ms, number = to_ms(review.time), NUMBERS[review.rating]
    numbers = (ms, number, review.duration_ms, review.offset_minutes)
    content = "\n".join(map(str, (review.item, *numbers))).encode()
    return replace(review, id=id_text(new_id(ms, hashlib.sha256(content).digest()[:10])))
