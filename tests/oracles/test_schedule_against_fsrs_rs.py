"""Memories beside those of fsrs-rs, in which Anki computes: the real log by study days, float32."""

from itertools import pairwise
from types import ModuleType

import numpy as np
import pytest

from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy
from studytool.srs.schedule import Scheduler
from tests.data.real_log import RealReview
from tests.oracles.histories import (
    ROUNDING,
    ROUNDINGS,
    as_reviews,
    expected_of,
    histories_of_cards,
)

SEEN = 1e-3
"""A relative difference that no rounding explains in most histories, and a wrong day passes."""


@pytest.fixture(scope="module")
def fsrs_rs() -> ModuleType:
    module: ModuleType = pytest.importorskip("fsrs_rs_python", reason="fsrs-rs is not installed")
    return module


def _days(history: list[RealReview], *, shift_hours: int) -> list[int]:
    """Return a history's study days, were they to begin so many hours later."""
    return [(review.time_ms - (4 + shift_hours) * 3_600_000) // 86_400_000 for review in history]


def _theirs(fsrs_rs: ModuleType, *, shift_hours: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return fsrs-rs's stability and difficulty at the end of each history."""
    model = fsrs_rs.FSRS(list(FSRS_6.defaults))
    states = []
    for history in histories_of_cards():
        days = _days(history, shift_hours=shift_hours)
        waits = [0, *(after - before for before, after in pairwise(days))]
        reviews = [
            fsrs_rs.FSRSReview(review.rating, wait)
            for review, wait in zip(history, waits, strict=True)
        ]
        states.append(model.memory_state(fsrs_rs.FSRSItem(reviews)))
    return np.array([s.stability for s in states]), np.array([s.difficulty for s in states])


@pytest.mark.parametrize("shift_hours", [0, 9])
def test_memories_of_real_histories_against_fsrs_rs(fsrs_rs: ModuleType, shift_hours: int) -> None:
    """Whatever the hour at which the learner's days begin."""
    histories = histories_of_cards()
    days = [day for history in histories for day in _days(history, shift_hours=shift_hours)]
    times_ms = [review.time_ms for history in histories for review in history]
    expected = expected_of(as_reviews(histories, times_ms, days), Scheduler(Policy()))
    stability, difficulty = _theirs(fsrs_rs, shift_hours=shift_hours)
    allowed = ROUNDINGS * ROUNDING * expected.roundings
    assert np.median(allowed) < SEEN  # the comparison can see
    assert np.all(np.abs(stability / expected.stability - 1) <= allowed)
    assert np.all(
        np.abs(difficulty / expected.difficulty - 1) <= ROUNDINGS * ROUNDING * expected.reviews
    )


def test_days_that_begin_at_another_hour_are_other_memories(fsrs_rs: ModuleType) -> None:
    """Control: the hour at which days begin is seen in the stabilities."""
    at_four, at_one = _theirs(fsrs_rs)[0], _theirs(fsrs_rs, shift_hours=9)[0]
    assert np.mean(np.abs(at_four / at_one - 1) > SEEN) > 0.05
