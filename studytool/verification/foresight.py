"""What a sample's formulas say before the first draw: its range, its tail, and what is no sample.

A sample does not show what it has not drawn. Its tree does: a bounded formula has a range, which
leaves room for rare large values whatever the draws are, and a polynomial of degree d in normal
draws has a kurtosis of at most 9ᵈ (Gaussian hypercontractivity). A quarter as many replicates as
that are drawn at the least, of a sum for each of its parts. Of what has neither range nor degree the
rare draws are tried themselves (:mod:`studytool.verification.unseen`). What grows like a longer product of normal draws than a mean can bear
is refused, polynomial or not; of the rest the diagnosis of the tail decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

from studytool.errors import StudytoolError
from studytool.formula.parse import parse_once
from studytool.formula.scanning import Scanned, ScannedFormulas, ScannedSimulation
from studytool.formula.simulation_structure import structures_of
from studytool.formula.structure import (
    MIXED_REPLICATES,
    SHARED_DRAW,
    PlacedCall,
    Structure,
    structure_of,
)
from studytool.language import Phrase
from studytool.numerics.known_range import ANYWHERE, KnownRange
from studytool.packs.methods import Measurement, SampleCheck
from studytool.packs.own_experiments import (
    experiment_of,
    known_range,
    numbers_of,
    simulation_of,
)
from studytool.packs.statistic import Statistic
from studytool.quiz.compute import experiment_values
from studytool.quiz.simulation import MOST_REPLICATES as MOST_DECIDING
from studytool.verification.drawing import MOST_REPLICATES
from studytool.verification.unseen import UnseenDraws, find_unseen

OF_KURTOSIS = 0.25
"""Replicates for each unit of the kurtosis that a polynomial in the draws may have."""
MOST_DEGREE = 12
"""Normal draws in one product: six squared ones have a mean that rests on 1 draw in 10,000."""

_STILL = Phrase(
    ko="'{text}': 값이 늘 {value:g}입니다. 변하지 않는 표본은 표본이 아닙니다.",
    en="'{text}' is always {value:g}; a sample that never varies is no sample",
)
_DISCRETE = Phrase(
    ko="'{text}': 값이 {values:.0f}가지뿐인 이산 분포에는 쓸 만한 중앙값이 없습니다. "
    "몫(평균)을 물으세요.",
    en="'{text}' has {values:.0f} values only: no median of a discrete law; ask for a share",
)
_HEAVY = Phrase(
    ko="'{text}': 정규 난수 {degree:g}개를 곱한 것만큼 꼬리가 무겁습니다(최대 {most}개). "
    "드문 값이 평균을 정하므로 중앙값이나 로그를 물으세요.",
    en="'{text}' grows like a product of {degree:g} normal draws, of at most {most}: "
    "its mean is carried by rare draws; ask for a median or a logarithm",
)
_RARE = Phrase(
    ko="'{text}': 드물고 큰 값이 있을 수 있어 {needed:,.0f}번은 되풀이해야 하는데 "
    "최대 {most:,}번입니다. 중앙값이나 로그를 물으세요.",
    en="'{text}' may have values so rare and large that {needed:,.0f} replicates would be needed, "
    "of at most {most:,}: its mean is carried by rare draws; ask for a median or a logarithm",
)


@dataclass(frozen=True, slots=True)
class Foresight:
    """What is known of a statistic's sample before the first draw.

    Attributes:
        known: where each value lies; of a ratio, of its sample.
        over: of a ratio, where the values that it is over lie.
        least: replicates below which its tail cannot have been seen.
        unseen: what rare draws would add; None where it is known, or where nothing is.
    """

    known: KnownRange = ANYWHERE
    over: KnownRange = ANYWHERE
    least: float = 0.0
    unseen: UnseenDraws | None = None

    def settled(self, count: float) -> float:
        """Return the least number of replicates from ``count`` on that shows enough rare draws."""
        return count if self.unseen is None else self.unseen.settled(count)


def foresee(
    check: SampleCheck, scope: Mapping[str, float], *, is_range_enough: bool = True
) -> Foresight:
    """Return what the formulas of a sample say, with the numbers in scope.

    Args:
        check: the sample and its statistic.
        scope: the names that they may use.
        is_range_enough: whether a known range makes room for rare values, as Bernstein's bound does.

    Raises:
        StudytoolError: no sample, or one whose statistic no affordable number of draws shows.
    """
    let = {name: parse_once(text, draws=True) for name, text in check.let.items()}
    texts = [text for text in (check.sample, check.over) if text is not None]
    formulas = [parse_once(text, draws=True) for text in texts]
    parts = [
        _Part(text, structure_of(one, let, dict(scope)))
        for text, one in zip(texts, formulas, strict=True)
    ]
    for part in parts:
        _refuse_joint(check, part)
    scanned = ScannedFormulas(formulas, let, scope)
    return _foreseen(check.statistic, parts, scanned, is_range_enough=is_range_enough)


def foresee_own(
    measurement: Measurement, scope: Mapping[str, float], *, is_range_enough: bool = True
) -> Foresight:
    """Return what the formulas of a pack's experiment say of a quantity, all its steps taken.

    Of a quantity that is not drawn, and of an experiment of the core, they say nothing. Arguments
    are those of :func:`foresee`.

    Raises:
        StudytoolError: as :func:`foresee`; a formula or a parameter that cannot be computed.
    """
    own, quantity = measurement.own, measurement.quantity
    if own is None or not (simulation := simulation_of(own)).is_random(quantity):
        return Foresight()
    bound = experiment_of(measurement).bind(experiment_values(measurement, scope))
    numbers = numbers_of(bound)
    text = f"{measurement.experiment}.{quantity}"
    parts = [_Part(text, one) for one in structures_of(simulation, quantity, numbers)]
    scanned = ScannedSimulation(simulation, quantity, numbers)
    statistic = own.measure[quantity].statistic
    return _foreseen(statistic, parts, scanned, is_range_enough=is_range_enough)


def refuse_no_samples(
    measured: Iterable[Measurement | SampleCheck],
    scope: Mapping[str, float],
    *,
    most: int = MOST_DECIDING,
) -> None:
    """Refuse what is measured by draws that are no sample of their statistic.

    Args:
        measured: by an item, or the sides of an order.
        scope: the names that they may use.
        most: replicates that decide.

    Raises:
        StudytoolError: as :func:`foresee`; or more replicates than decide would be needed to show
            enough of their rare draws.
    """
    for one in measured:
        law = (
            foresee(one, scope, is_range_enough=False)
            if isinstance(one, SampleCheck)
            else foresee_own(one, scope, is_range_enough=False)
        )
        if (needed := max(law.settled(most), law.least)) > most:
            text = (
                one.sample if isinstance(one, SampleCheck) else f"{one.experiment}.{one.quantity}"
            )
            raise StudytoolError(_RARE, text=text, needed=needed, most=most)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is drawn, or what it is over: its text and structure."""

    text: str
    structure: Structure


def _foreseen(
    statistic: Statistic, parts: list[_Part], scanned: Scanned, *, is_range_enough: bool
) -> Foresight:
    found, is_known = [], True
    for part in parts:
        structure = part.structure
        _refuse(statistic, part, is_ratio=len(parts) > 1)
        found.append(_of_part(statistic, part))
        has_range = is_range_enough and structure.range.is_bounded
        is_known = is_known and (has_range or isfinite(structure.kurtosis))
    first, last = found[0], found[-1]
    is_settled = is_known or statistic is Statistic.MEDIAN
    unseen = None if is_settled else find_unseen(statistic, scanned)
    return Foresight(first.known, last.known, max(first.least, last.least), unseen)


def _refuse_joint(check: SampleCheck, part: _Part) -> None:
    """Refuse draws that replicates share, and what mixes replicates."""
    for phrase, calls in (
        (SHARED_DRAW, part.structure.shared_draws),
        (MIXED_REPLICATES, part.structure.across_replicates),
    ):
        for call in calls:
            where = _text_of(check, part.text, call)
            raise StudytoolError(phrase, text=where, function=call.function, column=call.column)


def _refuse(statistic: Statistic, part: _Part, *, is_ratio: bool) -> None:
    """Refuse what is no sample of its statistic."""
    text, structure = part.text, part.structure
    if structure.range.is_point and not is_ratio:
        raise StudytoolError(_STILL, text=text, value=structure.range.low)
    if statistic is Statistic.MEDIAN and structure.has_few_values:
        raise StudytoolError(_DISCRETE, text=text, values=structure.values)


def _text_of(check: SampleCheck, text: str, call: PlacedCall) -> str:
    return text if call.let is None else f"{call.let}: {check.let[call.let]}"


def _of_part(statistic: Statistic, part: _Part) -> Foresight:
    text, structure = part.text, part.structure
    known = known_range(structure)
    if statistic is Statistic.MEDIAN or isfinite(known.width):
        return Foresight(known)
    squared = 2 if statistic in (Statistic.VARIANCE, Statistic.STD) else 1
    degree = squared * structure.degree
    kurtosis = (
        structure.kurtosis if isfinite(structure.kurtosis) else structure.part_kurtosis
    ) ** squared
    if isfinite(degree) and degree > MOST_DEGREE:
        raise StudytoolError(_HEAVY, text=text, degree=degree, most=MOST_DEGREE)
    needed = OF_KURTOSIS * kurtosis if isfinite(kurtosis) else 0.0
    if needed > MOST_REPLICATES:
        raise StudytoolError(_RARE, text=text, needed=needed, most=MOST_REPLICATES)
    return Foresight(known, least=needed)
