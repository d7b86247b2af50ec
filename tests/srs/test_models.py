"""Every memory model behind the one interface; and the plain one against its definition."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from studytool.errors import ParameterError
from studytool.numerics.streams import stream
from studytool.settings import MODEL_NAMES
from studytool.srs.fold import Reviews, fold, review_one
from studytool.srs.leitner import Leitner
from studytool.srs.memories import Memories
from studytool.srs.memory import NEW_MEMORY, Memory, Stage
from studytool.srs.models import MODELS, MemoryModel
from studytool.srs.parameters import PARAMETERS
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
NAMES = sorted(MODELS)


def _model(name: str) -> MemoryModel:
    return MODELS[name](PARAMETERS[name].defaults)


def test_models_parameters_and_settings_name_the_same_models() -> None:
    assert MODELS.keys() == PARAMETERS.keys() == set(MODEL_NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_method_is_elementwise(name: str) -> None:
    """An array of length 1 gives the same bits as the same number inside a longer one."""
    model, n, rng = _model(name), 500, stream("elementwise", name)
    rating = rng.integers(1, 5, n)
    stability, difficulty = rng.lognormal(2, 2, n), rng.uniform(1, 10, n)
    elapsed = rng.integers(0, 400, n)

    def all_of(at: slice) -> list[np.ndarray]:
        s, d, e, g = stability[at], difficulty[at], elapsed[at], rating[at]
        return [
            *model.first(g),
            *model.next(s, d, elapsed_days=e, rating=g),
            model.retrievability(s, e),
            model.interval_days(s, desired_retention=0.9, maximum_days=365),
        ]

    together = all_of(slice(None))
    for k in range(n):
        alone = all_of(slice(k, k + 1))
        assert [float(one[0]) for one in alone] == [float(one[k]) for one in together]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_model_gives_is_in_its_range(name: str) -> None:
    model, rng = _model(name), stream("ranges", name)
    stability, difficulty = model.first(np.array([1, 2, 3, 4]))
    for _ in range(60):
        elapsed, rating = rng.integers(0, 60, 4), rng.integers(1, 5, 4)
        stability, difficulty = model.next(
            stability, difficulty, elapsed_days=elapsed, rating=rating
        )
        recall = model.retrievability(stability, rng.integers(0, 1000, 4))
        days = model.interval_days(stability, desired_retention=0.9, maximum_days=100)
        assert np.all((stability > 0) & np.isfinite(stability) & np.isfinite(difficulty))
        assert np.all((recall >= 0) & (recall <= 1))
        assert np.all((days >= 1) & (days <= 100) & (days == np.rint(days)))


@pytest.mark.parametrize("name", NAMES)
def test_the_fold_of_a_log_is_its_reviews_one_by_one(name: str) -> None:
    scheduler = Scheduler(Policy(model=name))
    rng = stream("fold of a model", name)
    ratings = [list(Rating)[k] for k in rng.integers(0, 4, 40)]
    days = np.cumsum(rng.integers(0, 9, 40)).tolist()
    memory, rows = NEW_MEMORY, []
    for k, (rating, day) in enumerate(zip(ratings, days, strict=True)):
        now = START + timedelta(days=day, seconds=k)
        [memory] = review_one(
            memory, [rating], now=now, day=day, item="pack/a", scheduler=scheduler
        )
        number = list(Rating).index(rating) + 1
        rows.append((0, int(now.timestamp() * 1000), k.to_bytes(16, "big"), number, day))
    items = Items.named(["pack/a"], scheduler.policy)
    assert list(fold(Reviews.of(rows), scheduler, items=items).memories) == [memory]


def _after(*ratings: Rating, days: int) -> Memory:
    scheduler = Scheduler(Policy(model="leitner", fuzz=False))
    memory = NEW_MEMORY
    for k, rating in enumerate(ratings):
        now = START + timedelta(days=days * k)
        [memory] = review_one(
            memory, [rating], now=now, day=days * k, item="pack/a", scheduler=scheduler
        )
    return memory


@pytest.mark.parametrize(
    ("ratings", "box_days"),
    [
        ([Rating.EASY], 2),
        ([Rating.EASY, Rating.GOOD], 4),
        ([Rating.EASY, Rating.GOOD, Rating.GOOD], 8),
        ([Rating.EASY, Rating.GOOD, Rating.HARD], 4),
        ([Rating.EASY, Rating.GOOD, Rating.EASY], 16),
        ([Rating.EASY, Rating.GOOD, Rating.AGAIN], 1),
    ],
)
def test_leitners_boxes_double_and_a_lapse_begins_again(
    ratings: list[Rating], box_days: int
) -> None:
    memory = _after(*ratings, days=30)
    assert memory.stability == box_days
    if memory.stage is Stage.REVIEW:
        assert memory.due_day is not None
        assert memory.last_day is not None
        assert memory.due_day - memory.last_day == box_days


def test_leitner_predicts_the_average_whatever_has_been() -> None:
    model = Leitner((0.782,))
    assert set(model.retrievability(np.array([1.0, 50.0]), np.array([0, 900])).tolist()) == {0.782}


def test_an_unknown_model_and_another_models_parameters_are_refused() -> None:
    with pytest.raises(ParameterError, match="no memory model sm-2; there is fsrs-6, leitner"):
        Policy(model="sm-2")
    with pytest.raises(ParameterError, match="Leitner needs 1 of them, not 21"):
        Policy(PARAMETERS["fsrs-6"].defaults, model="leitner")


@pytest.mark.parametrize(
    ("rating", "elapsed_days", "stability", "after"),
    [
        (1, 0, 8.0, 1.0),  # not recalled, on the same day too
        (2, 0, 8.0, 8.0),  # recalled on the same day: nothing moves
        (4, 0, 8.0, 8.0),
        (1, 1, 8.0, 1.0),
        (2, 1, 8.0, 8.0),
        (3, 1, 8.0, 16.0),
        (4, 1, 8.0, 32.0),
    ],
)
def test_leitners_next_box(rating: int, elapsed_days: int, stability: float, after: float) -> None:
    next_, difficulty = Leitner((0.9,)).next(
        np.array([stability]),
        np.array([5.0]),
        elapsed_days=np.array([elapsed_days]),
        rating=np.array([rating]),
    )
    assert (next_.tolist(), difficulty.tolist()) == ([after], [5.0])


def test_leitners_first_box_and_its_interval() -> None:
    model = Leitner((0.9,))
    stability, difficulty = model.first(np.array([1, 2, 3, 4]))
    assert (stability.tolist(), difficulty.tolist()) == ([1, 1, 1, 2], [5, 5, 5, 5])
    days = model.interval_days(
        np.array([0.2, 1.6, 8.0, 9.0]), desired_retention=0.5, maximum_days=8
    )
    assert days.tolist() == [1, 2, 8, 8]


def test_the_stages_are_stored_by_these_numbers() -> None:
    numbers = {stage.name: int(stage) for stage in Stage}
    assert numbers == {"NEW": 0, "LEARNING": 1, "REVIEW": 2, "RELEARNING": 3}


def test_a_new_memory_alone_and_in_arrays() -> None:
    assert Memory() == NEW_MEMORY
    assert Memory(Stage.NEW, 0, None, None, None, None, None, None, 0, 0) == NEW_MEMORY
    for new in (Memories.new(2), Memories.of([NEW_MEMORY, NEW_MEMORY])):
        columns = [getattr(new, name).tolist() for name in new.__slots__]
        assert columns == [[0, 0]] * 2 + [[1, 1]] * 2 + [[0, 0]] * 6
        assert list(new) == [NEW_MEMORY, NEW_MEMORY]
        kinds = [getattr(new, name).dtype.kind for name in new.__slots__]
        assert kinds == list("iiffiiiiii")


def test_memories_are_taken_and_put_by_rows() -> None:
    first, second = (
        Memory(Stage.REVIEW, 0, days, 5.0, None, 9, START, 7, 3, 1) for days in (2.0, 7.0)
    )
    both = Memories.of([first, second])
    assert len(both) == 2
    assert list(both.take(np.array([1, 0]))) == [second, first]
    assert list(both.take(slice(1, 2))) == [second]
    both.put(np.array([0]), Memories.of([NEW_MEMORY]))
    assert list(both) == [NEW_MEMORY, second]
