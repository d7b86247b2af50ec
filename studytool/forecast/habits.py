"""A learner's habits: shares of ratings, seconds an answer, and the past study days.

The defaults are those of fsrs-rs-python 0.9, ``default_simulator_config``; they weigh as a few
answers, or fill up a past that is too short.
"""

from dataclasses import dataclass, field
from math import sqrt

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Ints
from studytool.srs.memories import Memories

FIRST, FIRST_STEP, LATER_STEP, RELEARNING, MATURE = range(5)
"""Kinds of answers: the first to an item, in its first learning step, in a later one, in
relearning steps, in the review stage."""

DEFAULT_RATINGS = (
    (0.24, 0.094, 0.495, 0.171),
    (0.3686, 0.0628, 0.5108, 0.0577),
    (0.0519, 0.047, 0.8462, 0.055),
    (0.2157, 0.0643, 0.6595, 0.0604),
    (0.0, 0.224, 0.631, 0.145),
)
"""Shares of again, hard, good, easy by kind of answer; of mature items among those recalled."""
DEFAULT_SECONDS = (14.9, 13.0, 19.4)
"""Of a first answer, of a later one that was recalled, of a later one that was not."""
DEFAULT_ANSWERS = 20
"""The weight of the defaults, in answers of each kind."""
LEVEL_SPREAD = sqrt(2 * (0.3664 - 0.3460) / (0.9 * 0.1))
"""How far a learner's recall is off the model's, a standard deviation in log-odds.

A level that is off by s costs s²·p(1−p)/2 in log loss, here at p = 0.9: as much as FSRS-6 loses on
srs-benchmark by its default parameters, .3664 against .3460. The same again for each tenfold of
stability: parameters that are wrong for young items need not be for old ones.
"""
_LEVEL_AT_DAYS = 10.0
_MOST_TENFOLDS = 2.0
FEWEST_DAYS = 14
"""A shorter past is filled up with days that follow the plan: all due, all new items allowed."""


@dataclass(frozen=True, slots=True)
class PastDays:
    """The study days in their order; arrays of shape (day,).

    Attributes:
        done: items answered that were not new; infinite where all that was due was answered.
        new: new items begun; infinite, that is as the plan allows, where all that was due was
            answered and no new one begun.
        pace: seconds spent over those that such answers take on average.
        ease, ease_error: how much better than expected was recalled, in log-odds, and the standard
            error of it.
    """

    done: Array
    new: Array
    pace: Array
    ease: Array
    ease_error: Array

    def __len__(self) -> int:
        return len(self.done)

    def take(self, chosen: npt.NDArray[np.bool_]) -> "PastDays":
        """Return the chosen days."""
        return PastDays(*(getattr(self, name)[chosen] for name in self.__slots__))

    def filled_up(self) -> "PastDays":
        """Put days that follow the plan before a past that is too short."""
        missing = max(0, FEWEST_DAYS - len(self))
        pairs = zip(_FOLLOWING_THE_PLAN, self.__slots__, strict=True)
        return PastDays(
            *(np.append(np.full(missing, value), getattr(self, name)) for value, name in pairs)
        )


_FOLLOWING_THE_PLAN = (np.inf, np.inf, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class RecallLevel:
    """How much better mature items are recalled than the model says, as a posterior in log-odds.

    Attributes:
        mean: shape (2,), at a stability of 10 days, and the change with each tenfold of it.
        spread: shape (2, 2), the lower triangular root of the covariance.
    """

    mean: Array
    spread: Array

    @classmethod
    def unknown(cls) -> "RecallLevel":
        """Return the level of a learner of whom nothing is known."""
        return cls(np.zeros(2), LEVEL_SPREAD * np.eye(2))


def level_terms(stability: Array) -> Array:
    """Return what a level's two numbers are multiplied with, shape (2, item)."""
    tenfolds = np.log10(stability / _LEVEL_AT_DAYS)
    return np.array([np.ones(len(stability)), np.clip(tenfolds, -_MOST_TENFOLDS, _MOST_TENFOLDS)])


@dataclass(frozen=True, slots=True)
class Habits:
    """A learner's way to answer, and the past days.

    Attributes:
        ratings: answers counted, shape (kind, rating), defaults included.
        seconds: means as of :data:`DEFAULT_SECONDS`, defaults included.
        days: before today, at least :data:`FEWEST_DAYS`.
        session_ms: from the start of a study day to its last answer, as a rule.
        level: of recall.
        done_today, new_today: as of :class:`PastDays`, so far.
    """

    ratings: Array
    seconds: Array
    days: PastDays
    session_ms: int
    level: RecallLevel = field(default_factory=RecallLevel.unknown)
    done_today: int = 0
    new_today: int = 0


def default_habits(session_ms: int) -> Habits:
    """Return the habits of a learner of whom nothing is known: the plan is followed."""
    return Habits(
        ratings=DEFAULT_ANSWERS * np.array(DEFAULT_RATINGS),
        seconds=np.array(DEFAULT_SECONDS),
        days=PastDays(*np.zeros((5, 0))).filled_up(),
        session_ms=session_ms,
    )


def kinds_of(memories: Memories) -> Ints:
    """Return the kind of the next answer to each item."""
    later = memories.step > 0
    kinds = np.array([FIRST, FIRST_STEP, MATURE, RELEARNING])[memories.stage]
    return np.where((kinds == FIRST_STEP) & later, LATER_STEP, kinds)


def shifted(chance: Array, log_odds: Array | float) -> Array:
    """Return the chances whose odds are those of ``chance`` times e^log_odds."""
    factor = np.exp(log_odds)
    moved: Array = chance * factor / (1 - chance + chance * factor)
    return moved
