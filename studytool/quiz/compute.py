"""Compute the key and the wrong values of a numeric item from its parameters."""

from studytool.errors import FormulaError, StudytoolError
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse_once
from studytool.language import Phrase
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import ParameterValue, WordParameter
from studytool.numerics.measure import measure
from studytool.numerics.streams import stream
from studytool.packs.answer_key import Misconception
from studytool.packs.items import Numeric
from studytool.packs.methods import Measurement
from studytool.packs.own_experiments import experiment_of
from studytool.packs.scope import ParameterScope

_RANDOM_KEY = Phrase(
    ko="{item}: {quantity}은(는) 난수에 따라 달라집니다. 정답에는 정확한 양을 쓰세요.",
    en="{item}: {quantity} is random; an answer needs a quantity that is exact",
)


def compute(text: str, scope: ParameterScope) -> float:
    """Compute a formula that must come to one number.

    It is computed each time: what a check calls of the core is traced while it runs.

    Raises:
        FormulaError: it cannot be computed, or comes to an array.
    """
    return evaluate_number(parse_once(text), dict(scope))


def key_value(item: Numeric, scope: ParameterScope) -> float:
    """Compute the key from its formula, or from an exact quantity of an experiment.

    Raises:
        FormulaError: the formula cannot be computed for these numbers.
        StudytoolError: the answer names a quantity that is not exact.
    """
    if item.answer.formula is not None:
        return compute(item.answer.formula, scope)
    measurement = item.answer.measure
    assert measurement is not None
    experiment = experiment_of(measurement)
    if experiment.quantity(measurement.quantity).estimator is not Estimator.EXACT:
        quantity = f"{experiment.name}.{measurement.quantity}"
        raise StudytoolError(_RANDOM_KEY, item=item.id, quantity=quantity)
    parameters = experiment.bind(experiment_values(measurement, scope))
    rng = stream("key", item.id)
    found = measure(experiment, parameters, [measurement.quantity], rng=rng, replicates=1)
    return found[measurement.quantity].value


def experiment_values(measurement: Measurement, scope: ParameterScope) -> dict[str, ParameterValue]:
    """Compute an experiment's parameters: words as they are, numbers by their formulas."""
    experiment = experiment_of(measurement)
    words = {
        parameter.name
        for parameter in experiment.parameters
        if isinstance(parameter, WordParameter)
    }
    return {
        name: text if name in words else compute(text, scope)
        for name, text in measurement.with_.items()
    }


def wrong_values(item: Numeric, scope: ParameterScope) -> list[tuple[Misconception, float]]:
    """Compute each misconception whose ``when`` holds for these numbers.

    One whose formula cannot be computed here (a logarithm of 0, say) is left out.
    """
    values = []
    for wrong in item.misconceptions:
        if wrong.when is not None and not compute(wrong.when, scope):
            continue
        try:
            values.append((wrong, compute(wrong.formula, scope)))
        except FormulaError:
            continue
    return values
