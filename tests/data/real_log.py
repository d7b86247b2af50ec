"""The real review log, as rows."""

import csv
import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple


class RealReview(NamedTuple):
    card: int
    rating: int
    time_ms: int
    duration_ms: int


@cache
def real_log() -> tuple[RealReview, ...]:
    path = Path(__file__).parent / "review_log_py_fsrs.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(RealReview(*map(int, row)) for row in rows)
