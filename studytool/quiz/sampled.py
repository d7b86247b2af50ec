"""The statistic of a sampled formula, drawn batch by batch within the language's limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from studytool.errors import Cancelled, FormulaError, FormulaSizeError
from studytool.formula.bindings import evaluate_let
from studytool.formula.budget import Budget
from studytool.formula.evaluate import evaluate
from studytool.formula.parse import parse_once
from studytool.language import Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.known_range import ANYWHERE, KnownRange
from studytool.numerics.measure import never
from studytool.numerics.streams import Rng
from studytool.numerics.tally import Tally
from studytool.numerics.watching import Watching
from studytool.packs.methods import SampleCheck
from studytool.packs.statistic import Statistic

SMALLEST_BATCH = 64
LARGEST_BATCH = 65_536
_DRAWN = "drawn"
"""How what is drawn is called where it is watched."""

_SAMPLE_SHAPE = Phrase(
    ko="reps = {reps}일 때 '{text}'의 모양은 {shape}입니다. "
    "표본은 반복마다 수 하나, 곧 모양 [reps]여야 합니다.",
    en="'{text}' gives shape {shape} for reps = {reps}; "
    "a sample gives one number for each replicate: shape [reps]",
)


@dataclass(slots=True)
class _PlainMean:
    """The mean of draws, or of the quotients of pairs, as long as each is a number."""

    tally: Tally
    is_finite: bool = True
    is_empty: bool = True

    def add(self, batch: Array) -> None:
        with np.errstate(all="ignore"):
            values: Array = batch[:, 0] / batch[:, 1] if batch.ndim > 1 else batch
            self.is_finite = self.is_finite and bool(np.isfinite(values).all())
            self.is_empty = False
            if self.is_finite:
                self.tally.add(values)

    def estimate(self) -> Estimate | None:
        if self.is_empty or not self.is_finite:
            return None
        with np.errstate(all="ignore"):
            return self.tally.estimate()


@dataclass(frozen=True, slots=True)
class SampledFormula:
    """A sampled formula with its numbers; batches shrink when one is too large for the limits.

    Attributes:
        check: the formula, its ``let`` and statistic.
        scope: the numbers that they may use.
        rng: what draws.
        known: where each value lies; of a ratio, of its sample.
        over: of a ratio, where the values that it is over lie.
        cancelled: asked between batches.
        watch: told of the estimate of 16 replicates, 32, 64 and so on, and of the first of them;
            what is drawn stays the same.
    """

    check: SampleCheck
    scope: Mapping[str, float]
    rng: Rng
    known: KnownRange = ANYWHERE
    over: KnownRange = ANYWHERE
    cancelled: Callable[[], bool] = never
    watch: Callable[[Estimate, Array], None] | None = None

    def draw(self, count: int) -> Estimate:
        """Draw replicates and estimate the statistic.

        Raises:
            Cancelled: the work must stop.
            FormulaError: a formula cannot be computed, is too large, or gives another shape.
        """
        tally, watching = self._tally(), self._watching()
        plain = _PlainMean(Tally(Estimator.MEAN))
        left, size = count, LARGEST_BATCH
        while left:
            if self.cancelled():
                raise Cancelled
            size = min(size, left)
            try:
                batch = self._batch(size)
            except FormulaSizeError:
                if size <= SMALLEST_BATCH:
                    raise
                size = max(SMALLEST_BATCH, size // 4)
                continue
            left -= size
            tally.add(batch)
            if watching is not None:
                watching.add({_DRAWN: batch}, size)
            if self.check.statistic in (Statistic.MEDIAN, Statistic.RATIO):
                plain.add(batch)
        return replace(tally.estimate(), plain_mean=plain.estimate())

    def _tally(self) -> Tally:
        return Tally(Estimator(self.check.statistic), self.known, self.over)

    def _watching(self) -> Watching | None:
        watch = self.watch
        if watch is None:
            return None
        tallies = {_DRAWN: self._tally()}
        return Watching(tallies, lambda found, drawn: watch(found[_DRAWN], drawn[_DRAWN]))

    def _batch(self, size: int) -> Array:
        let = {name: parse_once(text, draws=True) for name, text in self.check.let.items()}
        budget = Budget()
        scope = evaluate_let(let, dict(self.scope), rng=self.rng, reps=size, budget=budget)
        columns = [
            self._column(text, scope, size, budget)
            for text in (self.check.sample, self.check.over)
            if text is not None
        ]
        return columns[0] if len(columns) == 1 else np.stack(columns, axis=1)

    def _column(
        self, text: str, scope: Mapping[str, float | Array], size: int, budget: Budget
    ) -> Array:
        formula = parse_once(text, draws=True)
        drawn = evaluate(formula, scope, rng=self.rng, reps=size, budget=budget)
        column = np.asarray(drawn, dtype=np.float64)
        if column.shape != (size,):
            raise FormulaError(_SAMPLE_SHAPE, text=text, shape=list(column.shape), reps=size)
        return column
