"""The figures of the statistics, against hand-counted answers, SciPy and scikit-learn."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import isnan
from math import log as ln
from pathlib import Path

import numpy as np
import pytest

from studytool.numerics.streams import stream
from studytool.quiz.outcome import Outcome
from studytool.review_log.event_ids import id_text, new_id
from studytool.review_log.events import Review, ReviewDraft
from studytool.review_log.log import ReviewLog
from studytool.session.study_session import CONFIDENCES
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from studytool.stats.answers import Answers
from studytool.stats.figures import (
    RECALL_EDGES,
    LivingMisconception,
    Share,
    by_concept,
    by_day,
    by_item,
    calibration,
    confidence_calibration,
    hardest,
    living_misconceptions,
    recall_calibration,
    retention,
)
from tests.review_log.answer_rows import answer_row, answered, columns_of, columns_of_log
from tests.review_log.deeds import re_rate, set_flag

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
RIGHT, WRONG = Outcome.RIGHT, Outcome.WRONG


def _review(number: int, item: str, outcome: Outcome, **more: object) -> Review:
    given: dict[str, object] = {
        "rating": Rating.GOOD if outcome is RIGHT else Rating.AGAIN,
        "time": BEGAN + timedelta(days=number),
        "offset_minutes": 0,
        "duration_ms": 30_000,
        "revision": "r",
        "seed": 0,
        "answer": "",
        **more,
    }
    return Review(id=_id(number), learner="l", device="d", item=item, outcome=outcome, **given)  # type: ignore[arg-type] # the fields of a review


def _id(number: int) -> str:
    return id_text(number.to_bytes(16, "big"))


def _answers(*reviews: Review, predicted: Mapping[str, float] | None = None) -> Answers:
    concepts = {"p/a": "first", "p/b": "second"}
    chances = {_id(int(number)): chance for number, chance in (predicted or {}).items()}
    return Answers.of(columns_of(reviews, predicted=chances), concepts=concepts)


def test_a_second_review_of_a_day_does_not_count_towards_retention() -> None:
    """The model says 1 within a day: the same item on two devices before they are synced."""
    reviews = (_review(1, "p/a", WRONG), _review(2, "p/a", RIGHT), _review(3, "p/b", RIGHT))
    answers = _answers(*reviews, predicted={"1": 0.9, "2": 1.0})  # the third was not mature
    assert (retention(answers).n, retention(answers).share) == (1, 0.0)


def test_a_key_that_was_only_shown_is_neither_right_nor_wrong_but_forgotten() -> None:
    answers = _answers(
        _review(1, "p/a", RIGHT),
        _review(2, "p/a", WRONG, misconception="m"),
        _review(3, "p/a", Outcome.SHOWN),
        _review(4, "p/b", Outcome.SHOWN),
    )
    by_name = {group.name: group for group in by_item(answers)}
    assert (by_name["p/a"].right.share, by_name["p/a"].right.n) == (0.5, 2)
    assert (by_name["p/a"].recalled.n, by_name["p/a"].reviews) == (3, 3)
    assert by_name["p/a"].recalled.share == pytest.approx(1 / 3)
    assert isnan(by_name["p/b"].right.share)
    assert [one.misconception for one in living_misconceptions(answers)] == ["m"]  # still


def test_keys_given_up_before_there_was_a_word_for_it_are_read_as_they_were(
    tmp_path: Path,
) -> None:
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        for number, outcome in enumerate((RIGHT, WRONG, Outcome.SHOWN)):
            given = _review(number, "p/a", outcome)
            fields = {name: getattr(given, name) for name in ReviewDraft.__slots__}
            log.append_review(ReviewDraft(**fields))
        columns = columns_of_log(log)
    assert columns.right.tolist() == [True, False, False]
    assert columns.shown.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("shown", "living"),
    [
        ([("a", WRONG, "m")], [("p/a", "m", 1)]),
        ([("a", WRONG, "m"), ("a", RIGHT, None)], []),  # answered rightly since
        ([("a", RIGHT, None), ("a", WRONG, "m")], [("p/a", "m", 1)]),
        ([("a", WRONG, "m"), ("b", RIGHT, None)], [("p/a", "m", 1)]),  # of another item
        ([("a", WRONG, "m"), ("a", RIGHT, None), ("a", WRONG, "m")], [("p/a", "m", 1)]),
        (
            [("a", WRONG, "m"), ("b", WRONG, "k"), ("b", WRONG, "k")],
            [("p/b", "k", 2), ("p/a", "m", 1)],
        ),
        ([("a", WRONG, None)], []),  # wrong, and none that is known
    ],
)
def test_a_misconception_lives_until_a_right_answer(
    shown: list[tuple[str, Outcome, str | None]], living: list[tuple[str, str, int]]
) -> None:
    reviews = [
        _review(number, f"p/{item}", outcome, misconception=wrong)
        for number, (item, outcome, wrong) in enumerate(shown)
    ]
    found = living_misconceptions(_answers(*reviews))
    assert [(one.item, one.misconception, one.times) for one in found] == living
    assert all(isinstance(one, LivingMisconception) for one in found)


def test_retention_counts_reviews_of_mature_items_only() -> None:
    reviews = [_review(n, "p/a", RIGHT if n % 3 else WRONG) for n in range(9)]
    answers = _answers(*reviews, predicted={str(n): 0.9 for n in range(3, 9)})
    assert retention(answers).n == 6
    assert retention(answers).share == 4 / 6
    assert retention(answers, since_day=int(answers.day[7])).share == 1.0
    assert isnan(retention(_answers(*reviews)).share)


def test_calibration_against_the_definitions() -> None:
    reviews = [_review(n, "p/a", RIGHT if n else WRONG) for n in range(4)]
    answers = _answers(*reviews, predicted={"0": 0.6, "1": 0.9, "2": 0.92, "3": 0.97})
    found = recall_calibration(answers)
    assert found.n == 4
    assert found.brier == pytest.approx((0.6**2 + 0.1**2 + 0.08**2 + 0.03**2) / 4)
    assert found.log_loss == pytest.approx(-(ln(0.4) + ln(0.9) + ln(0.92) + ln(0.97)) / 4)
    assert [(one.low, one.high, one.happened.n) for one in found.bins] == [
        (0.5, 0.7, 1),
        (0.9, 0.95, 2),  # an edge belongs to the bin above it
        (0.95, 1.0, 1),
    ]


def test_a_second_review_within_a_day_is_no_forecast() -> None:
    """By whole elapsed days its prediction is 1, and one lapse would be 34 nats of log loss."""
    reviews = [_review(n, "p/a", RIGHT if n else WRONG) for n in range(2)]
    found = recall_calibration(_answers(*reviews, predicted={"0": 1.0, "1": 0.8}))
    assert found.n == 1
    assert found.log_loss == pytest.approx(-ln(0.8))


def test_each_confidence_that_can_be_stated_has_a_bin_of_its_own() -> None:
    reviews = [_review(n, "p/a", RIGHT, confidence=chance) for n, chance in enumerate(CONFIDENCES)]
    bins = confidence_calibration(_answers(*reviews)).bins
    assert [(one.mean, one.happened.n) for one in bins] == [(chance, 1) for chance in CONFIDENCES]


@pytest.mark.parametrize(
    ("answered", "order"),
    [
        ({"a": (0, 1), "b": (2, 10)}, ["b", "a"]),  # sure of b, not yet of a
        ({"a": (1, 2), "b": (1, 2)}, ["a", "b"]),  # by name where alike
        ({"a": (5, 5), "b": (4, 5)}, ["b"]),  # never forgotten: not hard
        ({}, []),
    ],
)  # fmt: skip
def test_the_hardest_items_are_those_surely_forgotten(
    answered: dict[str, tuple[int, int]], order: list[str]
) -> None:
    reviews = [
        _review(number, item, RIGHT if number < right else WRONG)
        for item, (right, n) in answered.items()
        for number in range(n)
    ]
    assert [one.name for one in hardest(by_item(_answers(*reviews)), 10)] == order
    assert [one.name for one in hardest(by_item(_answers(*reviews)), 1)] == order[:1]


def test_confidence_is_compared_where_it_was_asked() -> None:
    reviews = [
        _review(0, "p/a", WRONG, confidence=1.0),
        _review(1, "p/a", RIGHT, confidence=0.5),
        _review(2, "p/a", RIGHT),
    ]
    found = confidence_calibration(_answers(*reviews))
    assert (found.n, found.brier) == (2, (1.0 + 0.25) / 2)


def test_groups_and_days_are_counted_once() -> None:
    reviews = [
        _review(0, "p/a", RIGHT),
        _review(0, "p/b", WRONG, duration_ms=90_000),
        _review(3, "p/b", RIGHT),
        _review(3, "q/gone", RIGHT),
    ]
    answers = _answers(*reviews)
    assert [(one.name, one.reviews, one.minutes) for one in by_item(answers)] == [
        ("p/b", 2, 2.0),
        ("p/a", 1, 0.5),
        ("q/gone", 1, 0.5),
    ]
    assert [(one.name, one.right.share) for one in by_concept(answers)] == [
        ("second", 0.5),
        ("first", 1.0),
    ]
    assert [(one.reviews, one.minutes) for one in by_day(answers)] == [(2, 2.0), (2, 1.0)]


def test_the_day_of_an_answer_is_the_one_that_its_review_keeps() -> None:
    reviews = [_review(n, "p/a", RIGHT, study_day=day) for n, day in enumerate((20_500, 20_499))]
    assert Answers.of(columns_of(reviews), concepts={}).day.tolist() == [20_500, 20_499]


@pytest.mark.slow
def test_columns_hold_what_the_log_has(tmp_path: Path) -> None:
    """More reviews than are read at once; misconceptions, ratings given anew and undos among them."""
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        log.absorb(_many(4500))
        re_rate(log, log.last_reviews(limit=1)[0].id, Rating.EASY, BEGAN)
        log.undo(BEGAN)
        set_flag(log, "p/0", True, BEGAN)
        reviewed, rows = answered(log), list(log.answers())
        codes = {name: code for code, name in log.words(range(1, 1000)).items()}
        concepts = {f"p/{k}": f"c/{k}" for k in range(0, 50, 2)}
        answers = Answers.of(columns_of_log(log), concepts=concepts)
    assert rows == [answer_row(review, predicted, codes=codes) for review, predicted in reviewed]
    reviews = [review for review, _ in reviewed]
    assert len(reviews) == 4500
    assert answers.item.tolist() == [each.item for each in reviews]
    assert answers.concept.tolist() == [concepts.get(each.item, "") for each in reviews]
    assert answers.time_ms.tolist() == [to_ms(each.time) for each in reviews]
    assert answers.right.tolist() == [each.outcome is RIGHT for each in reviews]
    assert answers.recalled.tolist() == [each.rating is not Rating.AGAIN for each in reviews]
    assert answers.misconception.tolist() == [each.misconception or "" for each in reviews]
    assert answers.seconds.tolist() == [each.duration_ms / 1000 for each in reviews]
    confidence = [each.confidence for each in reviews]
    predicted = [each for _, each in reviewed]
    for column, found in ((confidence, answers.confidence), (predicted, answers.predicted)):
        assert [None if isnan(each) else each for each in found.tolist()] == column
        assert {each is None for each in column} == {True, False}


def _many(n: int) -> Iterator[Review]:
    """Reviews of fifty items, some of one instant, of each kind that the columns tell apart."""
    for k in range(n):
        review = _review(0, f"p/{k % 50}", WRONG if k % 7 == 0 else RIGHT)
        yield replace(
            review,
            id=id_text(new_id(to_ms(BEGAN) + k // 2 * 3_600_000, k.to_bytes(10, "big"))),
            time=BEGAN + k // 2 * timedelta(hours=1),
            misconception="m" if k % 14 == 0 else None,
            confidence=None if k % 3 else 0.25 * (k % 5),
            rating=list(Rating)[k % 4],
            duration_ms=k,
        )


def test_nothing_reviewed_gives_empty_figures() -> None:
    empty = _answers()
    assert (by_item(empty), by_day(empty), living_misconceptions(empty)) == ((), (), ())
    assert recall_calibration(empty).n == 0
    assert retention(empty).n == 0


@pytest.mark.oracle
@pytest.mark.parametrize(("right", "n"), [(0, 5), (5, 5), (3, 10), (970, 1000)])
def test_interval_of_a_share_against_scipy(right: int, n: int) -> None:
    stats = pytest.importorskip("scipy.stats", reason="the oracle group is not installed")
    share = Share.of(np.arange(n) < right)
    expected = stats.binomtest(right, n).proportion_ci(method="wilson")
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high), abs=1e-6)


@pytest.mark.oracle
def test_scores_against_sklearn() -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="the oracle group is not installed")
    rng = stream("calibration")
    chance = rng.uniform(0.3, 1.0, 5000)
    happened = rng.random(5000) < chance
    found = calibration(chance, happened, RECALL_EDGES)
    assert found.brier == pytest.approx(metrics.brier_score_loss(happened, chance))
    assert found.log_loss == pytest.approx(metrics.log_loss(happened, chance))
