"""The history: what stands of a log, as columns; and predictions, against the ``fsrs`` package."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import fsrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.fitting.history import FitHistory, predict
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import DAY_MS, from_ms, to_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from tests.data.real_log import real_log
from tests.fitting.simulated import RATINGS
from tests.review_log.answer_rows import columns_of, columns_of_log
from tests.review_log.deeds import re_rate, reset_item
from tests.review_log.drafts import DAY, HOUR, NOON, draft, foreign


def test_only_what_stands_and_each_life_by_itself(tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        later = timedelta(days=3, hours=23)
        times = [
            ("pack/a", NOON), ("pack/b", NOON + HOUR), ("pack/a", NOON + 2 * HOUR),
            ("pack/a", NOON + later), ("pack/a", NOON + later + 2 * DAY),
        ]  # fmt: skip
        reviews = [log.append_review(draft(item, time=time)) for item, time in times]
        log.append_review(draft("pack/b", time=NOON + 9 * DAY))
        log.undo(NOON + 9 * DAY)
        re_rate(log, reviews[1].id, Rating.AGAIN, NOON + 10 * DAY)
        reset_item(log, "pack/a", NOON + 4 * DAY)
        history = FitHistory.of(columns_of_log(log))
    assert history.lives == ("pack/a", "pack/b", "pack/a")
    assert history.item.tolist() == [0, 1, 0, 0, 0]
    assert history.life.tolist() == [0, 1, 0, 0, 2]
    assert history.rating.tolist() == [3, 1, 3, 3, 3]
    assert history.elapsed_days.tolist() == [-1, -1, 0, 4, -1]  # 3 days and 21 hours, from noon: 4
    assert history.scored.tolist() == [False, False, False, True, False]
    assert history.time_ms.tolist() == [to_ms(time) for _, time in times]


def _real_history(cards: int) -> FitHistory:
    rows = [review for review in real_log() if review.card < cards]
    reviews = [
        foreign(
            f"imported/{row.card}",
            RATINGS[row.rating - 1],
            row.time_ms,
            random=number.to_bytes(10, "big"),
        )
        for number, row in enumerate(rows)
    ]
    return FitHistory.of(columns_of(sorted(reviews, key=lambda one: (one.time, one.id))))


def test_predictions_of_real_reviews_against_fsrs_package() -> None:
    """At whole days: each review a minute later in its study day than the card's last."""
    history = _real_history(150)
    ours = predict(history, Policy())
    theirs = fsrs.Scheduler(enable_fuzzing=False)
    cards: dict[int, fsrs.Card] = {}
    reviewed = Counter[int]()
    columns = (history.life, history.day, history.rating, ours)
    compared = 0
    for life, day, rating, predicted in zip(*(c.tolist() for c in columns), strict=True):
        moved = from_ms(day * DAY_MS + 60_000 * reviewed[life])
        reviewed[life] += 1
        card = cards.get(life) or fsrs.Card(card_id=life, due=moved)
        if not np.isnan(predicted):
            recall = theirs.get_card_retrievability(card, moved)
            assert predicted == pytest.approx(recall, rel=1e-9)
            compared += 1
        cards[life], _ = theirs.review_card(card, fsrs.Rating(rating), moved)
    assert compared == np.count_nonzero(history.scored) > 500


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(1, 4)), max_size=25),
    st.integers(0, 25),
)
def test_later_reviews_change_no_earlier_prediction(
    rows: list[tuple[int, int, int]], n: int
) -> None:
    reviews = [
        foreign(
            f"pack/{item}",
            RATINGS[rating - 1],
            to_ms(NOON + hours * 7 * HOUR),
            random=number.to_bytes(10, "big"),
        )
        for number, (item, hours, rating) in enumerate(rows)
    ]
    history = FitHistory.of(columns_of(sorted(reviews, key=lambda one: (one.time, one.id))))
    whole = predict(history, Policy())
    assert np.array_equal(predict(history.first(n), Policy()), whole[:n], equal_nan=True)
    assert np.array_equal(~np.isnan(whole), history.scored)


def test_a_log_without_reviews_predicts_nothing() -> None:
    history = FitHistory.of(columns_of([]))
    assert (len(history), len(predict(history, Policy()))) == (0, 0)
