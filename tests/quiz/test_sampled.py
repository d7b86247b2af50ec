"""A sampled formula's statistic: against theory, batch by batch, and what stops it."""

from itertools import count

import numpy as np
import pytest

from studytool.errors import Cancelled, FormulaError, FormulaSizeError
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.streams import stream
from studytool.numerics.tally import Tally
from studytool.packs.methods import SampleCheck
from studytool.quiz import sampled
from studytool.quiz.sampled import LARGEST_BATCH, SMALLEST_BATCH, SampledFormula
from tests.rows import all_rows

EXPONENTIAL = "exponential(a,[reps])"


def _sampled(sample: str = EXPONENTIAL, **fields: object) -> SampledFormula:
    check = SampleCheck.model_validate({"sample": sample, **fields})
    return SampledFormula(check, {"a": 2.0}, stream("sampled"))


@all_rows(
    ("fields", "value", "plain"),
    [
        ({}, 2.0, None),
        ({"statistic": "std"}, 2.0, None),
        ({"statistic": "variance"}, 4.0, None),
        ({"statistic": "median"}, 2 * np.log(2), 2.0),  # of a median the mean is told, too
        ({"statistic": "ratio", "over": "1+0*u", "let": {"u": "uniform(0,1,[reps])"}}, 2.0, 2.0),
        (
            {
                "sample": "u*u",
                "let": {"u": "uniform(0,1,[reps])"},
                "statistic": "ratio",
                "over": "u",
            },
            2 / 3,  # of means
            1 / 2,  # the mean of quotients
        ),
    ],
)
def test_a_statistic_against_theory(
    fields: dict[str, object], value: float, plain: float | None
) -> None:
    found = _sampled(**fields).draw(40_000)  # type: ignore[arg-type] # the sample among them
    assert found.replicates == 40_000
    assert abs(found.value - value) <= 5 * found.standard_error
    if plain is None:
        assert found.plain_mean is None
    else:
        assert found.plain_mean is not None
        assert abs(found.plain_mean.value - plain) <= 5 * found.plain_mean.standard_error


def test_a_plain_mean_that_is_no_number_is_left_out() -> None:
    ratio = {"statistic": "ratio", "over": "bernoulli(0.5,[reps])"}  # a quotient by 0
    assert _sampled(**ratio).draw(1000).plain_mean is None


@all_rows(
    ("replicates", "sizes"),
    [
        (1, [1]),
        (LARGEST_BATCH, [LARGEST_BATCH]),
        (LARGEST_BATCH + 5, [LARGEST_BATCH, 5]),
        (3 * LARGEST_BATCH, 3 * [LARGEST_BATCH]),
    ],
)
def test_batches(replicates: int, sizes: list[int]) -> None:
    assert _sizes_of(replicates, most=10**9) == sizes


@all_rows(
    ("most", "sizes"),
    [
        (LARGEST_BATCH // 4, 8 * [LARGEST_BATCH // 4]),  # a fourth at a time, and it stays so
        (LARGEST_BATCH // 5, 32 * [LARGEST_BATCH // 16]),
    ],
)
def test_a_batch_that_is_too_large_is_made_smaller(most: int, sizes: list[int]) -> None:
    assert _sizes_of(2 * LARGEST_BATCH, most=most) == sizes


def test_the_smallest_batch_that_is_too_large_ends_it() -> None:
    assert _sizes_of(SMALLEST_BATCH * 3, most=SMALLEST_BATCH) == 3 * [SMALLEST_BATCH]
    with pytest.raises(FormulaSizeError):
        _sizes_of(SMALLEST_BATCH * 3, most=SMALLEST_BATCH - 1)


def _sizes_of(replicates: int, *, most: int) -> list[int]:
    """Return the sizes of the batches drawn, where more than ``most`` replicates are too large."""
    sizes = []

    def batch(_: SampledFormula, size: int) -> Array:
        if size > most:
            raise FormulaSizeError(sampled._SAMPLE_SHAPE, text="", shape="", reps=size)
        sizes.append(size)
        return np.arange(size, dtype=np.float64)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SampledFormula, "_batch", batch)
        _sampled().draw(replicates)
    return sizes


def test_it_is_asked_between_batches_whether_to_stop() -> None:
    asked = count()
    formula = SampledFormula(
        SampleCheck(sample=EXPONENTIAL),
        {"a": 2.0},
        stream("stop"),
        cancelled=lambda: next(asked) == 2,
    )
    with pytest.raises(Cancelled):
        formula.draw(10 * LARGEST_BATCH)
    assert next(asked) == 3


@all_rows("sample", ["1+a", "exponential(a,[reps,2])", "sum(exponential(a,[reps]))"])
def test_a_sample_has_one_number_for_each_replicate(sample: str) -> None:
    with pytest.raises(FormulaError, match=r"a sample gives one number for each replicate"):
        _sampled(sample).draw(64)


def test_draws_whose_squares_are_too_large_end_without_a_warning() -> None:
    mean = sampled._PlainMean(Tally(Estimator.MEAN))
    mean.add(np.array([1e200, -1e200] * 64))
    mean.add(np.array([[1.0, 1e-300]] * 64))
    found = mean.estimate()
    assert found is None or not np.isfinite(found.standard_error)


def test_draws_of_every_size_at_once_end_without_a_warning() -> None:
    """Of largest values whose quotients are no floats nothing is known."""
    mean = sampled._PlainMean(Tally(Estimator.MEAN))
    mean.add(np.concatenate([np.linspace(1, 2, 4090) * 1e-300, np.linspace(1, 3, 6) * 1e150]))
    found = mean.estimate()
    assert found is not None
    assert found.interval is not None
    assert found.interval.high == np.inf


def test_draws_whose_squares_are_too_small_end_without_an_error() -> None:
    mean = sampled._PlainMean(Tally(Estimator.MEAN))
    mean.add(np.linspace(-1, 3, 4096) * 1e-161)
    found = mean.estimate()
    assert found is not None
    assert found.value == pytest.approx(1e-161)


def test_whoever_watches_is_told_of_the_draws_that_are_counted() -> None:
    told: list[tuple[int, float, int]] = []
    check = SampleCheck.model_validate({"sample": EXPONENTIAL})
    formula = SampledFormula(
        check,
        {"a": 2.0},
        stream("sampled"),
        watch=lambda found, drawn: told.append((found.replicates, found.value, drawn.size)),
    )
    found = formula.draw(64)
    assert [(replicates, size) for replicates, _, size in told] == [(16, 16), (32, 32), (64, 64)]
    assert found.value == _sampled().draw(64).value
    assert told[-1][1] == pytest.approx(found.value, rel=1e-12)
