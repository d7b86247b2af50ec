"""The trial of one claim or key: what it is tried under, and what was found so far."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import nan

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis
from studytool.numerics.measure import never
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.packs.methods import Method, SampleCheck
from studytool.verification.drawing import Sampler, UnaffordableSample, draw_enough
from studytool.verification.evidence import ControlResult, MeasuredQuantity
from studytool.verification.looks import TrialLook, TrialWatch
from studytool.verification.problems import (
    AuthorMistake,
    CostlySample,
    MistakenMean,
    Problem,
    StillSample,
    UnseenValues,
    UntriedControl,
)
from studytool.verification.rule import PredictedNumber, is_off_zero, judge, resolution
from studytool.verification.tracing import CheckTrace

_OFF_ZERO = Phrase(
    ko="{quantity}: 0을 예측했지만 뽑은 값은 {value:g} 둘레에 있고, 값이 흩어진 폭({spread:g})보다 넓은 "
    "허용 오차 {atol:g}만이 그것을 받아들입니다. {value:g}을(를) 예측하거나 허용 오차를 줄이세요.",
    en="{quantity}: 0 is predicted, but the draws lie around {value:g}, and only the tolerance of "
    "{atol:g}, wider than they scatter ({spread:g}), lets that pass; predict {value:g}, or make the "
    "tolerance narrower",
)
_NONE_YET = Estimate(nan, nan, 0)


@dataclass(slots=True)
class Trial:
    """One claim or key being tried.

    Attributes:
        name: pack, id and revision of what is tried; every stream's name starts with them.
        controls: whether each control was rejected, for each condition where it applied.
        shown: what the control of an order showed first.
        problems: why something could not be tried, or shows otherwise.
        watch: told of each estimate while it is drawn.
    """

    name: tuple[str, str, str]
    seed: int = 0
    cancelled: Callable[[], bool] = never
    measured: list[MeasuredQuantity] = field(default_factory=list)
    controls: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    shown: dict[str, MeasuredQuantity] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    watch: TrialWatch | None = None
    _compared: TrialLook | None = field(default=None, init=False)

    @property
    def hears(self) -> Callable[[Estimate], None] | None:
        """Return what a sampler tells of its estimates; None where nobody watches."""
        return None if self.watch is None else self._hear

    def _hear(self, found: Estimate) -> None:
        if self.watch is not None and self._compared is not None:
            self.watch(replace(self._compared, estimate=found))

    def try_number(
        self,
        sampler: Sampler,
        predicted: PredictedNumber,
        wrongs: Mapping[str, PredictedNumber],
        *,
        condition: NumbersByName,
        trace: CheckTrace,
    ) -> None:
        """Estimate once; judge the prediction and every control against that one estimate."""
        distance = resolution(predicted, wrongs.values())
        values = {name: wrong.value for name, wrong in wrongs.items()}
        self._compared = TrialLook(
            sampler.quantity, _NONE_YET, predicted.value, predicted.tolerance, values
        )
        found = draw_enough(sampler, predicted, distance)
        if isinstance(found, UnaffordableSample):
            kind = UnseenValues if found.is_wide else CostlySample
            self.problems.append(kind(sampler.quantity, condition, found.needed))
            return
        self._hear(found)
        self.measured.append(
            MeasuredQuantity(
                sampler.quantity,
                found,
                predicted.value,
                predicted.tolerance,
                judge(found, predicted),
                condition,
                interval=(found.bounds.low, found.bounds.high),
                independence=trace.independence(found),
            )
        )
        if (mean := _mistaken_mean(found, predicted, trace.method)) is not None:
            self.problems.append(MistakenMean(sampler.quantity, mean, condition))
        if is_still(found, predicted, trace.method) or trace.is_number(found, predicted):
            self.problems.append(
                StillSample(sampler.quantity, found.value, found.spread, condition)
            )
        for name, wrong in wrongs.items():
            self.controls[name].append(judge(found, wrong) is Verdict.REFUTED)

    def refuse_off_zero(self) -> None:
        """Refuse a last number that fits a predicted 0 by its absolute tolerance alone.

        Raises:
            StudytoolError: its draws lie beside 0.
        """
        last = self.measured[-1] if self.measured else None
        if last is None or last.verdict is not Verdict.HOLDS:
            return
        found, predicted = last.estimate, PredictedNumber(last.predicted, last.tolerance)
        if is_off_zero(found, predicted):
            raise StudytoolError(
                _OFF_ZERO,
                quantity=last.quantity,
                value=found.value,
                spread=found.spread,
                atol=predicted.tolerance,
            )

    def add_control(self, name: str, measured: MeasuredQuantity) -> None:
        """Keep what the control of an order showed: it is rejected where it was refuted."""
        self.controls[name].append(measured.verdict is Verdict.REFUTED)
        self.shown.setdefault(name, measured)

    @contextmanager
    def problems_of(self, condition: NumbersByName) -> Iterator[None]:
        """Keep an author's mistake as a problem of one condition; the others are still tried."""
        try:
            yield
        except StudytoolError as error:
            self.problems.append(AuthorMistake.of(error, condition))

    def require_independence(self, trace: CheckTrace) -> None:
        """Take a check that gets the key from itself as a problem."""
        if (circle := trace.circle()) is not None:
            self.problems.append(circle)

    def require_controls(self, names: Iterable[str]) -> None:
        """Take a control that could be tried nowhere as a problem."""
        self.problems += [UntriedControl(name) for name in names if not self.controls.get(name)]

    def verdict(self) -> Verdict:
        """Sum up: refuted if anything was; holds if all did and every control was rejected."""
        verdicts = {found.verdict for found in self.measured}
        if Verdict.REFUTED in verdicts:
            return Verdict.REFUTED
        rejected = all(all(draws) for draws in self.controls.values())
        sound = rejected and not self.problems
        return Verdict.HOLDS if sound and verdicts == {Verdict.HOLDS} else Verdict.UNDECIDED

    def control_results(self) -> tuple[ControlResult, ...]:
        """Return each control with its number of draws."""
        return tuple(
            ControlResult(name, len(draws), draws.count(False), self.shown.get(name))
            for name, draws in self.controls.items()
        )


STILL_OF_VALUE, STILL_OF_TOLERANCE = 1e-3, 1e-2
"""Draws that scatter by less of both are a number: any one of them would tell what all tell."""


def is_still(found: Estimate, predicted: PredictedNumber, method: Method) -> bool:
    """Tell a pack's draws of which none tells more than another: no sample, though they vary.

    The core's own experiments are what their names say; a share of 0 or 1 is bounded by itself.
    """
    is_own = isinstance(method, SampleCheck) or getattr(method, "own", None) is not None
    if not is_own or found.basis in (Basis.COMPUTED, Basis.CLOPPER_PEARSON):
        return False
    is_small = found.spread < STILL_OF_VALUE * abs(found.value)
    return is_small and found.spread < STILL_OF_TOLERANCE * predicted.tolerance


def _mistaken_mean(found: Estimate, predicted: PredictedNumber, method: Method) -> float | None:
    """Return the mean for which a median or ratio that fits may be taken, where it is another number.

    A mean that nothing bounds is no number that a sentence could mean.
    """
    mean = found.plain_mean
    is_explained = isinstance(method, SampleCheck) and method.because is not None
    if mean is None or is_explained or judge(found, predicted) is not Verdict.HOLDS:
        return None
    is_boundless = mean.tail is not None and mean.tail.is_hopeless
    is_near = abs(mean.value - predicted.value) <= predicted.tolerance
    return None if is_boundless or is_near else mean.value
