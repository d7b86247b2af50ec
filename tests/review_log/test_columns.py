"""Standing reviews as columns: codes, lives and days against hand-made rows."""

import math
from collections.abc import Iterable

import numpy as np
import pytest

from studytool.review_log.columns import ReviewColumns, gather_columns
from studytool.review_log.history import AnswerRow
from studytool.review_log.kinds import Instant

WORDS = {7: "p/seven", 3: "p/three", 9: "half"}


def _row(item: int, time_ms: int, number: int = 0, **fields: float | None) -> AnswerRow:
    usual: dict[str, object] = {
        "study_day": 0, "right": 1, "shown": 0, "rating": 3, "misconception": 0, "confidence": None,
        "duration_ms": 1000, "predicted": None,
    }  # fmt: skip
    row = {**usual, **fields, "item": item, "time_ms": time_ms, "id": number.to_bytes(16, "big")}
    return AnswerRow(**row)  # type: ignore[arg-type] # of the fields' types


def _gathered(
    rows: Iterable[AnswerRow], resets: dict[int, tuple[Instant, ...]] | None = None
) -> ReviewColumns:
    return gather_columns(rows, words=lambda _: WORDS, resets=resets or {})


def test_each_column() -> None:
    found = _gathered([
        _row(7, 10, right=0, shown=1, rating=1, misconception=9, confidence=0.25, predicted=0.5),
        _row(3, 20, study_day=20_454, duration_ms=5),
        _row(7, 30, rating=4),
    ])  # fmt: skip
    assert len(found) == 3
    assert found.items.tolist() == ["p/seven", "p/three"]
    assert found.item.tolist() == [0, 1, 0]
    assert found.life.tolist() == [0, 1, 0]
    assert found.life_items.tolist() == [0, 1]
    assert found.is_current.tolist() == [True, True]
    assert found.time_ms.tolist() == [10, 20, 30]
    assert found.day.tolist() == [0, 20_454, 0]
    assert found.right.tolist() == [False, True, True]
    assert found.shown.tolist() == [True, False, False]
    assert found.rating.tolist() == [1, 3, 4]
    assert found.misconception.tolist() == ["half", "", ""]
    assert found.confidence[0] == 0.25
    assert found.duration_ms.tolist() == [1000, 5, 1000]
    assert found.predicted[0] == 0.5
    assert np.isnan([*found.confidence[1:], *found.predicted[1:]]).all()


def test_no_reviews_at_all() -> None:
    found = _gathered([])
    assert (len(found), len(found.items), len(found.life_items)) == (0, 0, 0)
    assert found.day.tolist() == []


def test_a_reset_ends_a_life() -> None:
    rows = [_row(7, 10), _row(3, 10), _row(7, 20, 5), _row(7, 20, 6), _row(7, 30)]
    resets: dict[int, tuple[Instant, ...]] = {
        7: ((15, bytes(16)), (20, (5).to_bytes(16, "big"))),  # the review of that id comes after
        3: ((11, bytes(16)),),
    }
    found = _gathered(rows, resets)
    assert found.life.tolist() == [0, 1, 2, 2, 2]
    assert found.life_items.tolist() == [0, 1, 0]
    assert found.is_current.tolist() == [False, False, True]


@pytest.mark.parametrize("count", [1999, 2000, 2001, 4001])
def test_any_number_of_batches(count: int) -> None:
    rows = [_row((7, 3)[k % 2], k) for k in range(count)]
    found = _gathered(rows)
    assert found.time_ms.tolist() == list(range(count))
    assert found.item.tolist() == [k % 2 for k in range(count)]
    with_resets = _gathered(rows, {7: ((-1, b""),)})
    assert with_resets.time_ms.tolist() == list(range(count))
    assert with_resets.is_current.all()


def test_a_predicted_recall_is_kept_exactly() -> None:
    assert _gathered([_row(7, 1, predicted=1 / 3)]).predicted.tolist() == [1 / 3]
    assert math.isnan(_gathered([_row(7, 1)]).predicted[0])
