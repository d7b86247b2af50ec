"""Controls of an order that could not fail, and margins below 0."""

from collections.abc import Iterable, Iterator, Mapping

from studytool.errors import StudytoolError
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse_once
from studytool.numerics.estimate import Estimator
from studytool.packs.claims import Claim, Contrast, OrderCheck, Rival
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.located import Located
from studytool.packs.methods import Measurement
from studytool.packs.own_experiments import known_experiment
from studytool.packs.telling import told


def check_order(located: Located[Claim], path: Path, check: OrderCheck) -> Iterator[Diagnostic]:
    """Check the margins of an order and of its rivals, and whether each control can fail."""
    yield from _check_margin(located, path, check.margin, check.given)
    for number, control in enumerate(check.controls):
        where = (*path, "controls", number)
        if isinstance(control, Rival):
            yield from _check_margin(located, where, control.margin, check.given)
            if control.greater == control.than:
                why = told("the control '{id}' compares a side with itself", id=control.id)
                yield located.problem("E320", where, why, told("name two sides that differ"))
            elif follows_from(check, control):
                why = told("the control '{id}' follows from the claim itself", id=control.id)
                yield located.problem(
                    "E320", where, why, told("name another comparison, or a contrast")
                )
        elif compares_with_itself(contrast_sides(check, control)):
            why = told("the control '{id}' compares a computed number with itself", id=control.id)
            yield located.problem(
                "E320", where, why, told("name a setting where the two sides differ")
            )
        elif _number(check.margin, {}) == 0:
            why = told("with a margin of 0 the control '{id}' cannot be rejected", id=control.id)
            help_ = told("give the check the least effect that the sentence claims as its margin")
            yield located.problem("E320", where, why, help_)


def contrast_sides(check: OrderCheck, contrast: Contrast) -> tuple[Measurement, Measurement]:
    """Return both sides of a check with the parameters of a contrast."""
    greater, than = (
        side.model_copy(update={"with_": {**side.with_, **contrast.contrast}})
        for side in (check.greater, check.than)
    )
    return greater, than


def compares_with_itself(sides: tuple[Measurement, Measurement]) -> bool:
    """Tell whether both sides are one computed number, which no error could set apart."""
    greater, than = sides
    experiment = known_experiment(greater)
    quantities = () if experiment is None else experiment.quantities
    exact = {one.name for one in quantities if one.estimator is Estimator.EXACT}
    return greater == than and greater.quantity in exact


def follows_from(check: OrderCheck, rival: Rival) -> bool:
    """Tell whether a rival is the check with its sides exchanged: a claim that holds refutes it."""
    return (rival.greater, rival.than) == (check.than, check.greater)


def _check_margin(
    located: Located[Claim], path: Path, margin: str, given: Iterable[Mapping[str, float]]
) -> Iterator[Diagnostic]:
    values = [_number(margin, condition) for condition in given]
    if any(value is not None and value < 0 for value in values):
        why = told("a margin of {margin} says less than an order", margin=margin)
        help_ = told("an order needs a margin of 0 or more; exchange the sides to say the opposite")
        yield located.problem("E319", (*path, "margin"), why, help_)


def _number(text: str, names: Mapping[str, float]) -> float | None:
    """Compute a formula; None where it needs further names, or cannot be computed."""
    try:
        return evaluate_number(parse_once(text), names)
    except StudytoolError:
        return None
