"""The formulas against figures from the test suites of py-fsrs, ts-fsrs and fsrs-rs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studytool.srs.fold import NUMBER
from studytool.srs.fsrs import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    Fsrs6,
    initial_stability,
    next_difficulty,
    retrievability,
)
from studytool.srs.parameters import FSRS_6
from tests.cases import first_quick

_FILE = Path(__file__).parents[1] / "data" / "fsrs_test_vectors.json"
VECTORS: dict[str, dict[str, Any]] = {
    vector["id"]: vector for vector in json.loads(_FILE.read_text())["vectors"]
}
WITHOUT_SAME_DAY = (*FSRS_6.defaults[:17], 0.0, 0.0, 0.0, FSRS_6.defaults[20])


@pytest.mark.parametrize(
    ("vector", "parameters"),
    [
        ("memory_state_short_term", FSRS_6.defaults),
        ("memory_state_long_term", WITHOUT_SAME_DAY),
    ],
)
def test_memory_state_against_fsrs_rs(vector: str, parameters: tuple[float, ...]) -> None:
    wanted = VECTORS[vector]
    model = Fsrs6(parameters)
    ratings = np.array(wanted["ratings"])
    days = np.array(wanted["elapsed_days"])
    stability, difficulty = model.first(ratings[:1])
    for k in range(1, len(ratings)):
        stability, difficulty = model.next(
            stability, difficulty, elapsed_days=days[k : k + 1], rating=ratings[k : k + 1]
        )
    assert stability[0] == pytest.approx(wanted["expected"]["stability"], abs=wanted["tol"])
    assert difficulty[0] == pytest.approx(wanted["expected"]["difficulty"], abs=wanted["tol"])


def test_first_review_against_ts_fsrs() -> None:
    wanted = VECTORS["first_rating"]
    stability, difficulty = Fsrs6(FSRS_6.defaults).first(np.array([1, 2, 3, 4]))
    assert stability.tolist() == wanted["expected_stability"]
    # the figures have 8 decimals
    assert difficulty == pytest.approx(np.array(wanted["expected_difficulty"]), abs=0.5e-8)


def test_intervals_by_retention_against_fsrs_rs() -> None:
    wanted = VECTORS["next_interval_by_retention"]
    days = Fsrs6(FSRS_6.defaults).interval_days(
        np.full(10, wanted["stability"]),
        desired_retention=np.array(wanted["desired_retention"]),
        maximum_days=10**9,
    )
    # fsrs-rs computes in float32: an error of eps/2 in 1/w20 grows by |ln r|/w20 ≤ 15 in the power
    float32 = 16 * float(np.finfo(np.float32).eps)
    assert days == pytest.approx(np.array(wanted["expected_interval_days"]), rel=float32, abs=0)
    assert days[1:].tolist() == wanted["expected_interval_days"][1:]


def test_forgetting_curve_against_ts_fsrs() -> None:
    wanted = VECTORS["forgetting_curve"]
    days = np.array(wanted["elapsed_days"])
    recall = Fsrs6(FSRS_6.defaults).retrievability(np.ones(4), days)
    assert recall == pytest.approx(np.array(wanted["expected_R"]), abs=wanted["tol"])


def test_recall_is_nine_tenths_when_the_time_is_the_stability() -> None:
    stability = np.array([0.001, 1.0, 2.3, 365.0, 36500.0])
    recall = retrievability(FSRS_6.defaults, elapsed_days=stability, stability=stability)
    # two roundings of x^y, each within an ulp, amplified by at most 1/w20 ≈ 6.5
    assert recall == pytest.approx(np.full(5, 0.9), abs=16 * np.finfo(float).eps)


def test_same_day_recall_never_lowers_stability_and_failure_may() -> None:
    stability = np.geomspace(0.001, 1000, 200)
    day = np.zeros(200, np.int64)
    model = Fsrs6(FSRS_6.defaults)
    for rating in (2, 3, 4):
        after, _ = model.next(
            stability, np.full(200, 5.0), elapsed_days=day, rating=np.full(200, rating)
        )
        assert np.all(after >= stability)
    failed, _ = model.next(stability, np.full(200, 5.0), elapsed_days=day, rating=np.full(200, 1))
    assert np.any(failed < stability)


@pytest.mark.parametrize("length", first_quick([1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 64, 65]))
def test_an_array_of_any_length_gives_the_same_bits(length: int) -> None:
    """NumPy's SIMD loops treat the tail of an array apart: the fold relies on equal bits."""
    n = 64 * 65
    k = np.arange(n)
    stability = np.asarray(0.001 + 300 * ((k * 0.618033988749895) % 1), np.float64)
    difficulty = np.asarray(1 + 9 * ((k * 0.414213562373095) % 1), np.float64)
    days, rating = (k * 7) % 90, 1 + (k * 5) % 4
    model = Fsrs6(FSRS_6.defaults)
    whole = model.next(stability, difficulty, elapsed_days=days, rating=rating)
    cuts = [slice(at, at + length) for at in range(0, n, length)]
    parts = [
        model.next(stability[c], difficulty[c], elapsed_days=days[c], rating=rating[c])
        for c in cuts
    ]
    for column in (0, 1):
        assert np.array_equal(whole[column], np.concatenate([part[column] for part in parts]))


@pytest.mark.parametrize(
    ("w4", "w6", "rating", "first", "next_"),
    [
        (12.0, 20.0, 1, 10.0, 10.0),  # beyond the parameters' bounds: held all the same
        (-3.0, 20.0, 4, 1.0, 1.0),
    ],
)
def test_difficulty_is_held_to_one_to_ten(
    w4: float, w6: float, rating: int, first: float, next_: float
) -> None:
    w = (*FSRS_6.defaults[:4], w4, FSRS_6.defaults[5], w6, *FSRS_6.defaults[7:])
    ratings = np.array([rating])
    assert Fsrs6(w).first(ratings)[1].tolist() == [first]
    assert next_difficulty(w, difficulty=np.array([5.0]), rating=ratings).tolist() == [next_]


def test_stability_is_never_below_a_thousandth_of_a_day() -> None:
    w = (0.0, *FSRS_6.defaults[1:])
    assert initial_stability(w, np.array([1])).tolist() == [0.001]
    after, _ = Fsrs6(FSRS_6.defaults).next(
        np.array([0.001]), np.array([9.9]), elapsed_days=np.array([0]), rating=np.array([1])
    )
    assert after.tolist() == [0.001]


@pytest.mark.parametrize(
    ("stability", "days"), [(0.001, 1.0), (1.4999, 1.0), (1.5001, 2.0), (7.0, 7.0), (99.0, 7.0)]
)
def test_intervals_are_whole_days_within_their_limits(stability: float, days: float) -> None:
    found = Fsrs6(FSRS_6.defaults).interval_days(
        np.array([stability]), desired_retention=0.9, maximum_days=7
    )
    assert found.tolist() == [days]


def test_the_numbers_of_the_ratings_are_their_places() -> None:
    assert NUMBER == {"again": 1, "hard": 2, "good": 3, "easy": 4}
    assert (AGAIN, HARD, GOOD, EASY) == (1, 2, 3, 4)


def test_reviews_alike_come_out_as_among_others() -> None:
    """Where all were forgotten, or none, only what they need is computed."""
    model, stability, difficulty = Fsrs6(FSRS_6.defaults), np.full(4, 7.0), np.full(4, 5.0)
    for days in (0, 6):
        now = {"elapsed_days": np.full(4, days), "rating": np.arange(1, 5)}
        among = model.next(stability, difficulty, **now)
        for k in range(4):
            row = {name: column[k : k + 1] for name, column in now.items()}
            alone = model.next(stability[:1], difficulty[:1], **row)
            assert [column.tolist() for column in alone] == [[column[k]] for column in among]
