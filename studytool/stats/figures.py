"""The figures: retention, calibration, concepts and items, misconceptions, time, confidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from studytool.numerics.arrays import Array, Flags, Ints
from studytool.review_log.columns import Objects
from studytool.stats.answers import Answers

RECALL_EDGES = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Bins of predicted recall: finer where a scheduler of 0.7–0.97 puts most reviews."""
CONFIDENCE_EDGES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)
"""Bins of stated confidence: one for each that a learner may state."""
Z95 = 1.959964
"""The 97.5 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of n, with the 95 % interval of Wilson 1927; NaN throughout where n is 0."""

    share: float
    low: float
    high: float
    n: int

    @classmethod
    def of(cls, flags: Flags) -> "Share":
        """Return the share of true flags."""
        n = len(flags)
        if not n:
            return cls(np.nan, np.nan, np.nan, 0)
        share = float(flags.mean())
        centre = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
        half = Z95 / (1 + Z95**2 / n) * sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
        return cls(share, max(0.0, centre - half), min(1.0, centre + half), n)


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose stated chance lies in [low, high): its mean beside what happened."""

    low: float
    high: float
    mean: float
    happened: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fit of stated chances with what happened.

    Attributes:
        bins: those with answers.
        brier: mean squared difference of chance and outcome; 0 is perfect. Source: Brier 1950.
        log_loss: mean of −ln of the chance given to what happened.
        n: answers with a chance.
    """

    bins: tuple[Bin, ...]
    brier: float
    log_loss: float
    n: int


def retention(answers: Answers, *, since_day: int | None = None) -> Share:
    """Return the share recalled of items in the review stage, each at its first review of a day.

    A second review on one day, as on another device, says nothing of what was kept.
    """
    mature = answers.predicted < 1  # NaN is not; within a day the model says 1
    if since_day is not None:
        mature &= answers.day >= since_day
    return Share.of(answers.recalled[mature])


def recall_calibration(answers: Answers) -> Calibration:
    """Compare predicted recall with recall, over reviews of mature items a day or more apart.

    Elapsed days are whole, so within a day the model says 1: that is no forecast, and one lapse
    under it would outweigh all else in the log loss.
    """
    known = answers.predicted < 1  # NaN is not
    return calibration(answers.predicted[known], answers.recalled[known], RECALL_EDGES)


def confidence_calibration(answers: Answers) -> Calibration:
    """Compare the learner's stated confidence with being right."""
    known = ~np.isnan(answers.confidence)
    return calibration(answers.confidence[known], answers.right[known], CONFIDENCE_EDGES)


def calibration(chance: Array, happened: Flags, edges: Sequence[float]) -> Calibration:
    """Compare chances, shape (n,), in [0, 1], with what happened, in bins between ``edges``."""
    if not len(chance):
        return Calibration((), np.nan, np.nan, 0)
    place = np.clip(np.searchsorted(edges, chance, side="right") - 1, 0, len(edges) - 2)
    bins = [
        Bin(edges[b], edges[b + 1], float(chance[here].mean()), Share.of(happened[here]))
        for b in range(len(edges) - 1)
        if np.any(here := place == b)
    ]
    given = np.clip(np.where(happened, chance, 1 - chance), 1e-15, 1.0)
    brier = float(np.mean(np.square(chance - happened)))
    return Calibration(tuple(bins), brier, float(-np.mean(np.log(given))), len(chance))


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one item or concept; ``right`` leaves out keys that were only shown."""

    name: str
    reviews: int
    recalled: Share
    right: Share
    minutes: float


def by_item(answers: Answers) -> tuple[Group, ...]:
    """Return each item's answers, the least recalled first."""
    return _groups(answers, answers.item)


def hardest(items: Iterable[Group], most: int) -> tuple[Group, ...]:
    """Return the items that were forgotten, the hardest first.

    They are ordered by the upper end of their interval of recall: one lapse in one review does not
    come before nine lapses in ten.
    """
    forgotten = [item for item in items if item.recalled.share < 1]
    return tuple(sorted(forgotten, key=lambda item: (item.recalled.high, item.name))[:most])


def by_concept(answers: Answers) -> tuple[Group, ...]:
    """Return each concept's answers, the least recalled first; items of no pack are left out."""
    listed = answers.where(answers.concept != "")
    return _groups(listed, listed.concept)


def _groups(answers: Answers, names: Objects) -> tuple[Group, ...]:
    groups = [
        Group(
            name=str(name),
            reviews=len(here),
            recalled=Share.of(answers.recalled[here]),
            right=Share.of(answers.right[here][~answers.shown[here]]),
            minutes=float(answers.seconds[here].sum() / 60),
        )
        for name, here in _rows_by(names)
    ]
    return tuple(sorted(groups, key=lambda group: (group.recalled.share, group.name)))


def _rows_by(column: Objects | Ints) -> Iterator[tuple[Any, Ints]]:
    """Return each distinct value of a column, in order, with its row numbers."""
    known, place = np.unique(column, return_inverse=True)
    if len(known):
        ends = np.cumsum(np.bincount(place))[:-1]
        yield from zip(known, np.split(np.argsort(place, kind="stable"), ends), strict=True)


@dataclass(frozen=True, slots=True)
class LivingMisconception:
    """A misconception that an item's latest answers still show.

    Attributes:
        times: how often it was shown since the item's last right answer.
        last_ms: when it was last shown.
    """

    item: str
    misconception: str
    times: int
    last_ms: int


def living_misconceptions(answers: Answers) -> tuple[LivingMisconception, ...]:
    """Return the misconceptions shown since an item's last right answer, the most frequent first."""
    shown: dict[str, dict[str, tuple[int, int]]] = {}
    columns = (answers.item, answers.misconception, answers.right, answers.time_ms)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for item, wrong, right, ms in rows:
        if right:
            shown.pop(item, None)
        elif wrong:
            of_item = shown.setdefault(item, {})
            of_item[wrong] = (of_item.get(wrong, (0, 0))[0] + 1, ms)
    living = [
        LivingMisconception(item, wrong, times, ms)
        for item, of_item in shown.items()
        for wrong, (times, ms) in of_item.items()
    ]
    return tuple(sorted(living, key=lambda one: (-one.times, -one.last_ms, one.item)))


@dataclass(frozen=True, slots=True)
class Day:
    """The work of one study day; ``day`` is days since 1970."""

    day: int
    reviews: int
    minutes: float
    recalled: Share


def by_day(answers: Answers) -> tuple[Day, ...]:
    """Return the study days with reviews, earliest first."""
    return tuple(
        Day(
            int(day),
            len(here),
            float(answers.seconds[here].sum() / 60),
            Share.of(answers.recalled[here]),
        )
        for day, here in _rows_by(answers.day)
    )
