"""A forecast: the simulated days as medians and 80 % bands, under several retentions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from studytool.forecast.batch import Course
from studytool.forecast.luck import draw_luck
from studytool.forecast.simulation import simulate
from studytool.forecast.start import Start
from studytool.numerics.arrays import Array, Ints

LOW, HELD = 0.1, 0.8
"""Where a band begins, and how much it holds, as shares of what may happen."""
MOST_DRAWS, FEWEST_DRAWS = 100, 20
_ITEM_DRAWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Band:
    """The mean and the median of the draws, and the band that the next draw falls into in 80 %."""

    mean: float
    low: float
    median: float
    high: float

    @classmethod
    def of(cls, draws: Array | Ints) -> "Band":
        """Return the band of draws, shape (draw,).

        Quantiles of n draws at p·(n + 1): between two of these a further draw falls in p₂ − p₁ of
        all cases; between those at p·(n − 1) + 1 it would be 0.78 of 100 draws and 0.72 of 20.
        Of draws that are the low end itself, as days off are, half count as below it: the high end
        is nearer then, as else all of them would come on top of the 80 %.
        Sources: Hyndman & Fan 1996, The American Statistician 50, 361, definition 6; Parzen 2004,
        Statistical Science 19, 652, on the mid-distribution.
        """
        low, median = np.quantile(draws, [LOW, 0.5], method="weibull").tolist()
        tied, below = np.count_nonzero(draws == low), np.count_nonzero(draws < low)
        share = min(LOW, (below + tied / 2) / (len(draws) + 1)) if tied > 1 else LOW
        high = np.quantile(draws, share + HELD, method="weibull")
        return cls(float(draws.mean()), low, median, float(high))


@dataclass(frozen=True, slots=True)
class Span:
    """A run of study days; ``day`` is the first, counted from today."""

    day: int
    days: int
    reviews: Band
    minutes: Band


@dataclass(frozen=True, slots=True)
class RetentionForecast:
    """The totals of the days at one desired retention.

    Attributes:
        retention: None where packs have their own.
        minutes_a_day, reviews_a_day: means over the days.
        known: items ever reviewed, each counted by its chance of recall at the end.
        left: items due at the end and not answered.
    """

    retention: float | None
    reviews_a_day: Band
    minutes_a_day: Band
    known: Band
    left: Band


@dataclass(frozen=True, slots=True)
class Forecast:
    """The days as the settings are, and what they would come to at other retentions.

    Attributes:
        daily: one span a day.
        spans: the same by the week, or by four weeks where there are many.
        as_set: at the retention in force.
        retentions: at those asked for, in their order.
    """

    daily: tuple[Span, ...]
    spans: tuple[Span, ...]
    as_set: RetentionForecast
    retentions: tuple[RetentionForecast, ...]
    draws: int


def default_draws(items: int) -> int:
    """Return how many draws are made: fewer of a large backlog, whose days vary less by chance.

    >>> default_draws(10_000), default_draws(50_000), default_draws(1_000_000)
    (100, 40, 20)
    """
    return int(np.clip(_ITEM_DRAWS // max(items, 1), FEWEST_DRAWS, MOST_DRAWS))


def make_forecast(
    start: Start,
    retentions: Sequence[float],
    *,
    draws: int,
    seed: int,
    progress: Callable[[float], object] = lambda _: None,
) -> Forecast:
    """Simulate the retention in force and ``retentions``, each with the same luck.

    Args:
        start: the backlog and the habits.
        retentions: desired, each of all packs.
        draws: at least 2.
        seed: of the luck.
        progress: is told the share that is done; what it raises ends the work.
    """
    luck = draw_luck(start.habits, draws=draws, days=len(start.sessions), seed=seed)
    wanted = list(dict.fromkeys([start.retention, *retentions]))
    courses: dict[float | None, Course] = {}
    for retention in wanted:
        courses[retention] = simulate(
            start.at_retention(retention),
            luck,
            lambda share: progress((len(courses) + share) / len(wanted)),
        )
    course = courses[start.retention]
    return Forecast(
        daily=_spans(course, 1),
        spans=_spans(course, _span_days(len(start.sessions))),
        as_set=_outcome(start.retention, course),
        retentions=tuple(_outcome(one, courses[one]) for one in retentions),
        draws=draws,
    )


def _span_days(days: int) -> int:
    """Return how long the spans of the table are.

    >>> [_span_days(days) for days in (14, 30, 365)]
    [1, 7, 28]
    """
    return 1 if days <= 14 else 7 if days <= 98 else 28


def _spans(course: Course, length: int) -> tuple[Span, ...]:
    total = course.answers.shape[1]
    starts = range(0, total, length)
    return tuple(
        Span(
            day=day,
            days=min(length, total - day),
            reviews=Band.of(course.answers[:, day : day + length].sum(axis=1)),
            minutes=Band.of(course.seconds[:, day : day + length].sum(axis=1) / 60),
        )
        for day in starts
    )


def _outcome(retention: float | None, course: Course) -> RetentionForecast:
    return RetentionForecast(
        retention=retention,
        reviews_a_day=Band.of(course.answers.mean(axis=1)),
        minutes_a_day=Band.of(course.seconds.mean(axis=1) / 60),
        known=Band.of(course.known),
        left=Band.of(course.left),
    )
