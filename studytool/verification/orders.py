"""Try an order: its difference under each condition, over a grid, and under its controls."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import hypot, inf, isinf

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.numerics.estimate import Doubt, Estimate
from studytool.numerics.intervals import GUARD, Basis, student_quantile
from studytool.packs.claims import Contrast, OrderCheck, Rival
from studytool.packs.evidence import Independence, NumbersByName, Verdict
from studytool.packs.methods import Measurement
from studytool.packs.orders import compares_with_itself, contrast_sides, follows_from
from studytool.packs.own_experiments import experiment_of
from studytool.quiz.compute import compute
from studytool.verification.drawing import DrawEstimate
from studytool.verification.evidence import MeasuredQuantity, Relation
from studytool.verification.foresight import refuse_no_samples
from studytool.verification.rule import exactness
from studytool.verification.sampling import make_growing
from studytool.verification.trial import Trial

StreamName = tuple[object, ...]

ORDER_LOOKS = tuple(128 * 2**doubled for doubled in range(9))
"""The replicates at which the difference is looked at; those of one look count in the next."""

TRAINING_LOOKS = ORDER_LOOKS[:6]
"""The same of experiments that train networks, 32,768 of which would take minutes."""

LOOK_ERROR = 6.8e-6 / len(ORDER_LOOKS)
"""Two-sided, so that all looks together refuse as often as 4.5 standard errors at one."""

_NEGATIVE = Phrase(
    ko="margin '{text}'은(는) 여기서 {margin:g}입니다. 0 이상이어야 순서를 말합니다.",
    en="margin '{text}' is {margin:g} here; an order needs 0 or more",
)
_SELF = Phrase(
    ko="대조 '{id}': 계산으로 정해지는 같은 수 둘을 견주므로 틀릴 수 없습니다.",
    en="control '{id}' compares a computed number with itself: it cannot fail",
)
_NO_MARGIN = Phrase(
    ko="대조 '{id}': margin이 0이면 순서가 없음을 보일 수 없습니다. margin을 양수로 하세요.",
    en="control '{id}': with a margin of 0 nothing can show that the order is absent; "
    "give the check a positive margin",
)
_FOLLOWS = Phrase(
    ko="대조 '{id}': 주장에서 바로 따라 나오는 것이라 증거가 되지 않습니다. 다른 비교를 쓰세요.",
    en="control '{id}' follows from the claim itself and is no evidence; name another comparison",
)
_FAR = Phrase(
    ko="대조 '{id}': margin {margin:g}은(는) 두 쪽의 크기와 흩어짐, 주장의 margin 가운데 가장 큰 {size:g}의 "
    "{most}배보다 커서 틀릴 수 없습니다. 틀렸다고 할 만한 가장 작은 차이를 쓰세요.",
    en="control '{id}': a margin of {margin:g} is more than {most} times what its sides are or "
    "scatter by, or the claim says ({size:g}): it cannot fail; give the least that would be wrong",
)
MOST_OF_SIZE = 10
"""Times what either side is, its draws scatter by, or the claim says: a larger margin tells nothing."""


def try_order(trial: Trial, check: OrderCheck, given: NumbersByName, name: StreamName) -> None:
    """Try an order under one condition, then each of its controls.

    With a grid, the share of its points where the order holds is what is judged; the controls are
    tried at its middle point.
    """
    points = list(grid(check.over))
    found = [_order_at(trial, check, given, point, (*name, n)) for n, point in enumerate(points)]
    middle = len(points) // 2
    trial.measured += [_shared(check, given, found), found[middle]] if check.over else found
    scope, seed = _scope(given, points[middle])
    for control in check.controls:
        measured = _control(trial, check, control, scope=scope, name=(*name, control.id, seed))
        trial.add_control(control.id, measured)


def grid(over: Mapping[str, list[float]]) -> Iterator[dict[str, float]]:
    """Return every point of a grid; the one empty point of none.

    >>> list(grid({"lr": [0.1, 0.2], "seed": [1.0]}))
    [{'lr': 0.1, 'seed': 1.0}, {'lr': 0.2, 'seed': 1.0}]
    """
    return (dict(zip(over, point, strict=True)) for point in product(*over.values()))


def _scope(given: NumbersByName, point: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """Return the names of a point of the grid, and the seed that it adds to the stream's name."""
    names = {name: value for name, value in point.items() if name != "seed"}
    return {**given, **names}, point.get("seed", 0.0)


def _order_at(  # noqa: PLR0917 - all of it names the stream
    trial: Trial,
    check: OrderCheck,
    given: NumbersByName,
    point: Mapping[str, float],
    name: StreamName,
) -> MeasuredQuantity:
    scope, seed = _scope(given, point)
    margin = compute(check.margin, scope)
    if margin < 0:
        raise StudytoolError(_NEGATIVE, text=check.margin, margin=margin)
    condition = {**given, **point}
    sides = (check.greater, check.than)
    return _compare(trial, sides, margin, scope, condition=condition, name=(*name, seed))[0]


def _compare(
    trial: Trial,
    sides: tuple[Measurement, Measurement],
    margin: float,
    scope: NumbersByName,
    *,
    condition: NumbersByName,
    name: StreamName,
) -> tuple[MeasuredQuantity, float]:
    """Compare two sides; return the size of the larger, too, as :func:`_difference` does."""
    greater, than = (
        make_growing(side, scope, name=(*name, part), cancelled=trial.cancelled)
        for part, side in zip(("greater", "than"), sides, strict=True)
    )
    looks = TRAINING_LOOKS if any(map(_trains, sides)) else ORDER_LOOKS
    refuse_no_samples(sides, scope, most=looks[-1])
    difference, clearance, size = _difference(greater, than, margin, looks)
    low, high = difference.value - clearance, difference.value + clearance
    verdict = (
        Verdict.HOLDS if low > margin else Verdict.REFUTED if high < margin else Verdict.UNDECIDED
    )
    measured = MeasuredQuantity(
        quantity=" − ".join(map(side_text, sides)),
        estimate=difference,
        predicted=margin,
        tolerance=clearance,
        verdict=verdict,
        condition=condition,
        relation=Relation.EXCEEDS,
        interval=(low, high),
        independence=(
            Independence.SIMULATED if difference.standard_error else Independence.SECOND_METHOD
        ),
    )
    return measured, size


def _shared(
    check: OrderCheck, given: NumbersByName, found: list[MeasuredQuantity]
) -> MeasuredQuantity:
    """Judge the share of a grid where an order holds; where it is undecided it may or may not."""
    verdicts = [one.verdict for one in found]
    held = verdicts.count(Verdict.HOLDS) / len(found)
    possible = 1 - verdicts.count(Verdict.REFUTED) / len(found)
    verdict = (
        Verdict.HOLDS
        if held >= check.share
        else Verdict.REFUTED
        if possible < check.share
        else Verdict.UNDECIDED
    )
    return MeasuredQuantity(
        quantity=f"share({found[0].quantity} over {', '.join(check.over)})",
        estimate=Estimate(held, 0.0, len(found)),
        predicted=check.share,
        tolerance=0.0,
        verdict=verdict,
        condition=given,
        relation=Relation.SHARE,
        interval=(held, possible),
        independence=found[0].independence,
    )


def _control(
    trial: Trial,
    check: OrderCheck,
    control: Contrast | Rival,
    *,
    scope: NumbersByName,
    name: StreamName,
) -> MeasuredQuantity:
    if isinstance(control, Contrast):
        sides = contrast_sides(check, control)
        margin = compute(check.margin, scope)
        if margin == 0:
            raise StudytoolError(_NO_MARGIN, id=control.id)
        if compares_with_itself(sides):
            raise StudytoolError(_SELF, id=control.id)
    else:
        sides = (control.greater, control.than)
        margin = compute(control.margin, scope)
        if margin < 0:
            raise StudytoolError(_NEGATIVE, text=control.margin, margin=margin)
        if follows_from(check, control):
            raise StudytoolError(_FOLLOWS, id=control.id)
    measured, size = _compare(trial, sides, margin, scope, condition=scope, name=name)
    size = max(size, compute(check.margin, scope))  # so far apart the claim's own sides are
    if margin > MOST_OF_SIZE * size:
        raise StudytoolError(_FAR, id=control.id, margin=margin, most=MOST_OF_SIZE, size=size)
    return measured


def side_text(side: Measurement) -> str:
    """Name one side of an order by its experiment, parameters and quantity."""
    given = ", ".join(f"{name}={text}" for name, text in side.with_.items())
    return f"{side.experiment}({given}).{side.quantity}"


def _trains(side: Measurement) -> bool:
    return experiment_of(side).trains


def _difference(
    greater: DrawEstimate, than: DrawEstimate, margin: float, looks: Sequence[int]
) -> tuple[Estimate, float, float]:
    """Estimate greater − than, how far from the margin it must be to count as an order, and a size.

    More replicates are drawn while the margin lies within that distance. The size is the larger of
    what either side is, and of how far its draws scatter.
    """
    difference, clearance, size = Estimate(margin, 0.0, 0), inf, 0.0
    for replicates in looks:
        sides = greater(replicates), than(replicates)
        errors = student_quantile(replicates - 1, LOOK_ERROR / 2)
        difference, clearance = subtract(*sides, errors=errors)
        size = max(max(abs(side.value), side.spread) for side in sides)
        is_computed = all(side.basis is Basis.COMPUTED for side in sides)
        if is_computed or abs(difference.value - margin) > clearance:
            break
    return difference, clearance, size


def subtract(one: Estimate, other: Estimate, *, errors: float) -> tuple[Estimate, float]:
    """Return the estimate of a difference, and the distance that bounds it at so many errors.

    Each side comes with the interval that its statistic deserves, which is wider where rare draws
    may be missing, and the whole line where nothing bounds it; half widths add as standard errors
    do. A side that never varies counts as the number that it shows where the other side varies: of
    two such sides nothing is known. Two computed numbers must differ by more than rounding.
    """
    sides = (one, other)
    error = hypot(one.standard_error, other.standard_error)
    count = max(one.replicates, other.replicates)
    if all(side.basis is Basis.COMPUTED for side in sides):
        difference = Estimate(one.value - other.value, error, count)
        return difference, exactness(max(abs(one.value), abs(other.value)))
    reaches = [
        exactness(side.value) if _is_constant(side) and error else _reach(side) for side in sides
    ]
    boundless = (side.doubt for side, reach in zip(sides, reaches, strict=True) if isinf(reach))
    difference = Estimate(one.value - other.value, error, count, doubt=next(boundless, None))
    return difference, errors / GUARD * hypot(*reaches)


def _is_constant(side: Estimate) -> bool:
    return side.doubt is Doubt.NO_SPREAD or side.basis is Basis.COMPUTED


def _reach(side: Estimate) -> float:
    """Return how far the truth may be from an estimate, on the wider side of its interval."""
    return max(side.value - side.bounds.low, side.bounds.high - side.value)
