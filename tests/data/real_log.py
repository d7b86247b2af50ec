"""The real review log, as rows."""

import csv
import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple

DAY_MS, HOUR_MS = 86_400_000, 3_600_000


class RealReview(NamedTuple):
    card: int
    rating: int
    time_ms: int
    duration_ms: int

    @property
    def study_day(self) -> int:
        """Return the study day, from 4 a.m. to the next in UTC; nobody knows the learner's zone."""
        return (self.time_ms - 4 * HOUR_MS) // DAY_MS


@cache
def real_log() -> tuple[RealReview, ...]:
    path = Path(__file__).parent / "review_log_py_fsrs.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(RealReview(*map(int, row)) for row in rows)
