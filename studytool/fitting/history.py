"""The reviews that a fit is made of, and a policy's predictions before each."""

from dataclasses import dataclass

import numpy as np

from studytool.numerics.arrays import Array, Flags, Ints
from studytool.review_log.columns import ReviewColumns
from studytool.srs.fold import Reviews, replay
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler

_FIRST = -1


@dataclass(frozen=True, slots=True)
class FitHistory:
    """Standing reviews by time, each column of shape (review,).

    Attributes:
        lives: the item's name of each life; a reset ends one life of an item and begins another.
        item: which item, numbered from 0; its lives share the number.
        life: which row of ``lives``.
        rating: 1–4, as it stands now.
        day: the study day.
        elapsed_days: study days since the life's review before, −1 at its first.
    """

    lives: tuple[str, ...]
    item: Ints
    life: Ints
    time_ms: Ints
    day: Ints
    rating: Ints
    elapsed_days: Ints

    @classmethod
    def of(cls, reviews: ReviewColumns) -> "FitHistory":
        """Return the history of a log's columns."""
        by_life = np.argsort(reviews.life, kind="stable")
        life, day = reviews.life[by_life], reviews.day[by_life]
        elapsed_days = np.full(len(life), _FIRST, np.int64)
        later = np.flatnonzero(life[1:] == life[:-1]) + 1
        elapsed_days[by_life[later]] = np.maximum(day[later] - day[later - 1], 0)
        return cls(
            lives=tuple(reviews.items[reviews.life_items]),
            item=reviews.item,
            life=reviews.life,
            time_ms=reviews.time_ms,
            day=reviews.day.astype(np.int64),
            rating=reviews.rating.astype(np.int64),
            elapsed_days=elapsed_days,
        )

    def __len__(self) -> int:
        return len(self.time_ms)

    @property
    def recalled(self) -> Flags:
        """Flag the reviews rated anything but again."""
        return self.rating > 1

    @property
    def scored(self) -> Flags:
        """Flag the reviews whose prediction is scored: on a later day than the review before.

        Not the first of a life, of which nothing is known; not those of the same day, where a
        model of whole days says 1.
        """
        return self.elapsed_days >= 1

    def first(self, n: int) -> "FitHistory":
        """Return the ``n`` earliest reviews."""
        columns = (self.item, self.life, self.time_ms, self.day, self.rating, self.elapsed_days)
        return FitHistory(self.lives, *(column[:n] for column in columns))


def predict(history: FitHistory, policy: Policy) -> Array:
    """Return the chance of recall just before each review, from all the reviews before it.

    Shape (review,); NaN where the prediction is not scored.
    """
    scheduler = Scheduler(policy)
    reviews = Reviews.by_time(history.life, history.time_ms, day=history.day, rating=history.rating)
    predicted = np.full(len(history), np.nan)
    for done in replay(reviews, scheduler, items=Items.named(history.lives, policy)):
        predicted[done.rows] = scheduler.retrievability(done.before, history.day[done.rows])
    return np.where(history.scored, predicted, np.nan)
