"""Standard errors against the scatter of blocks, which knows nothing of their formulas."""

from collections.abc import Callable
from dataclasses import replace
from math import inf, nan, sqrt

import numpy as np
import pytest

from studytool.numerics import tally
from studytool.numerics.arrays import Array
from studytool.numerics.blocks import BLOCKS, FEWEST, BlockSums, confirmed
from studytool.numerics.deserved_interval import with_student_interval
from studytool.numerics.estimate import Doubt, Estimate, Estimator
from studytool.numerics.intervals import GUARD, SIDE_ERROR, Basis, ConfidenceInterval
from studytool.numerics.known_range import ANYWHERE, SHARE, KnownRange
from studytool.numerics.streams import Rng, stream
from studytool.numerics.tally import Tally, estimate

N = 4_096
LAWS: dict[str, tuple[Estimator, Callable[[Rng, int], Array], KnownRange]] = {
    "mean": (Estimator.MEAN, lambda rng, n: rng.normal(3.0, 1.0, n), ANYWHERE),
    "skewed mean": (Estimator.MEAN, lambda rng, n: rng.exponential(1.0, n), ANYWHERE),
    "heavy mean": (Estimator.MEAN, lambda rng, n: rng.pareto(2.5, n), ANYWHERE),
    "bounded mean": (Estimator.MEAN, lambda rng, n: rng.random(n), KnownRange(0.0, 9.0)),
    "share": (Estimator.MEAN, lambda rng, n: np.where(rng.random(n) < 0.3, 1.0, 0.0), SHARE),
    "rare share": (Estimator.MEAN, lambda rng, n: np.where(rng.random(n) < 0.004, 1.0, 0.0), SHARE),
    "variance": (Estimator.VARIANCE, lambda rng, n: rng.normal(9.0, 1.0, n), ANYWHERE),
    "std": (Estimator.STD, lambda rng, n: rng.random(n), ANYWHERE),
    "median": (Estimator.MEDIAN, lambda rng, n: rng.standard_cauchy(n), ANYWHERE),
    "ratio": (Estimator.RATIO, lambda rng, n: rng.exponential(1.0, (n, 2)), ANYWHERE),
}


def _estimate(law: str, again: int, count: int = N) -> Estimate:
    estimator, draw, known = LAWS[law]
    return estimate(draw(stream("blocks", law, again), count), estimator, known, known)


@pytest.mark.parametrize("law", LAWS)
def test_right_errors_are_confirmed(law: str) -> None:
    found = [_estimate(law, again) for again in range(30)]
    assert not [one for one in found if one.doubt is Doubt.SCATTER]
    assert any(one.basis is not Basis.NONE for one in found)


@pytest.mark.parametrize("factor", [0.4, 0.5, 2.0])
@pytest.mark.parametrize("law", ["mean", "variance", "std", "median", "ratio"])
def test_a_wrong_error_leaves_no_interval(
    law: str, factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Tally._found

    def wrong(self: Tally) -> Estimate:
        found = right(self)
        return replace(found, standard_error=factor * found.standard_error)

    monkeypatch.setattr(Tally, "_found", wrong)
    found = _estimate(law, 0)
    assert (found.doubt, found.basis) == (Doubt.SCATTER, Basis.NONE)
    assert found.bounds == ConfidenceInterval(-inf, inf)


@pytest.mark.parametrize(("law", "name", "wrong"), [
    ("mean", "with_student_interval", lambda found, *rest, **more: with_student_interval(
        replace(found, standard_error=found.standard_error / 2), *rest, **more)),
    ("share", "share_interval", lambda count, n: ConfidenceInterval(
        count / n - 1.75 * sqrt(0.21 / n), count / n + 1.75 * sqrt(0.21 / n))),
    ("bounded mean", "bernstein_reach", lambda variance, _, n: 1.75 * sqrt(variance / n)),
    ("median", "quantile_ranks", lambda n, *_: (n // 2 - n**0.5 // 2, n // 2 + n**0.5 // 2)),
])  # fmt: skip
def test_a_narrow_interval_is_none(
    law: str, name: str, wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    if law == "median":
        low, high = (round(end) for end in wrong(N))  # type: ignore[operator]
        wrong = lambda *_: (low, high)  # noqa: E731
    monkeypatch.setattr(tally, name, wrong)
    assert _estimate(law, 0).doubt is Doubt.SCATTER


def test_few_replicates_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "confirmed", lambda *_: pytest.fail("compared"))
    assert _estimate("mean", 0, FEWEST - 1).doubt is None


@pytest.mark.parametrize("cuts", [[], [1], [BLOCKS], [5, 140, 1_001], [3, 7, 9, 11, 4_000]])
def test_batches_of_any_size_fill_the_same_blocks(cuts: list[int]) -> None:
    values = stream("blocks", "cuts").normal(7.0, 2.0, (N + 77, 2))
    sums = BlockSums()
    for part in np.split(values, cuts):
        sums.add(part, squared=True)
    middles = values.mean(axis=0)
    each = [values[block::BLOCKS] for block in range(BLOCKS)]
    for estimator, value, of_block in [
        (Estimator.MEAN, middles[0], [one[:, 0].mean() for one in each]),
        (Estimator.VARIANCE, 4.0, [np.square(one[:, 0] - middles[0]).mean() for one in each]),
        (
            Estimator.RATIO,
            0.9,
            [(one[:, 0] - 0.9 * one[:, 1]).mean() / middles[1] for one in each],
        ),
    ]:
        sums_of = sums if estimator is Estimator.RATIO else _first_column(values, cuts)
        expected = np.std(of_block, ddof=1) / sqrt(BLOCKS)
        assert sums_of.error(estimator, value) == pytest.approx(expected, rel=1e-9)


def _first_column(values: Array, cuts: list[int]) -> BlockSums:
    sums = BlockSums()
    for part in np.split(values[:, :1], cuts):
        sums.add(part, squared=True)
    return sums


_SEEN = Estimate(1.0, 0.1, N, ConfidenceInterval(1 - 0.1 * GUARD, 1 + 0.1 * GUARD))


@pytest.mark.parametrize(("error", "found", "is_confirmed"), [
    (0.1, _SEEN, True),
    (0.141, _SEEN, True), (0.142, _SEEN, False),  # √2
    (0.0693, _SEEN, True), (0.0692, _SEEN, False),  # √0.48
    (nan, _SEEN, True), (inf, _SEEN, True), (0.0, _SEEN, True),  # nothing to compare with
    (0.01, replace(_SEEN, basis=Basis.CLOPPER_PEARSON), True),  # wider than it asks for
    (0.1, replace(_SEEN, basis=Basis.BERNSTEIN, interval=ConfidenceInterval(-9, 9)), True),
    (0.1, replace(_SEEN, doubt=Doubt.RARE_DRAWS, interval=ConfidenceInterval(-9, 9)), True),
    (0.1, replace(_SEEN, interval=ConfidenceInterval(-9, 9)), False),
    (0.01, replace(_SEEN, doubt=Doubt.RARE_DRAWS), False),  # the error itself is no wider
    (0.142, replace(_SEEN, basis=Basis.BERNSTEIN), False),
])  # fmt: skip
def test_what_is_confirmed(error: float, found: Estimate, *, is_confirmed: bool) -> None:
    assert (confirmed(found, error) == found) is is_confirmed


def test_the_side_error_is_what_three_and_a_half_errors_leave() -> None:
    assert pytest.approx(2.326e-4, rel=1e-3) == SIDE_ERROR
