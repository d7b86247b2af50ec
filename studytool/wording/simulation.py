"""Results of a simulation and the list of experiments, as text."""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from studytool.language import Language, Phrase
from studytool.numerics.estimate import Estimate
from studytool.numerics.experiment import (
    Experiment,
    NumberParameter,
    ParameterDefinition,
    plain,
    values_of,
)
from studytool.numerics.intervals import Basis
from studytool.numerics.measure import QuantityResult
from studytool.wording.doubts import DOUBTS
from studytool.wording.experiment_words import experiment_text, parameter_text, quantity_text
from studytool.wording.table import table_lines
from studytool.wording.words import CLOSED_FORM, QUANTITY

_TITLES = (
    QUANTITY,
    Phrase(ko="추정값", en="estimate"),
    Phrase(ko="± 표준오차", en="± SE"),
    Phrase(ko="구간 (99.95%)", en="interval (99.95%)"),
    CLOSED_FORM,
    Phrase(ko="반복 수", en="n"),
)
_SECONDS = Phrase(ko="({seconds}초)", en="({seconds} s)")


def result_text(
    experiment: Experiment[Any],
    parameters: object,
    measured: Sequence[QuantityResult],
    *,
    seconds: float,
    language: Language,
) -> str:
    """Return the parameters, a table of the quantities, the source and the time taken."""
    values = ", ".join(f"{name}={plain(value)}" for name, value in values_of(parameters).items())
    titles = tuple(title.text(language) for title in _TITLES)
    rows = table_lines([titles, *map(_row, measured)], right=range(1, len(titles)))
    doubts = [
        f"  {one.name}: {DOUBTS[one.estimate.doubt].text(language)}"
        for one in measured
        if one.estimate.doubt is not None
    ]
    source = f"{experiment.source}  {_SECONDS.text(language, seconds=seconds)}"
    return "\n".join(
        [
            f"{experiment.name}({values})",
            "",
            *(f"  {row}" for row in rows),
            "",
            *([*doubts, ""] if doubts else []),
            f"  {source}",
        ]
    )


def _row(one: QuantityResult) -> tuple[str, ...]:
    return (
        one.name,
        f"{one.estimate.value:.6g}",
        f"{one.estimate.standard_error:.2g}",
        _interval(one.estimate),
        "–" if one.closed_form is None else f"{one.closed_form:.6g}",
        f"{one.estimate.replicates:,}",
    )


def _interval(found: Estimate) -> str:
    """Write an interval; a dash where a number is computed, a question mark where none is known."""
    if found.basis is Basis.COMPUTED:
        return "–"
    ends = found.bounds
    return f"{ends.low:.4g} … {ends.high:.4g}" if isfinite(ends.half_width) else "?"


def listing_text(experiments: Iterable[Experiment[Any]], language: Language) -> str:
    """Return each experiment with its parameters, their ranges, its quantities and its source."""
    return "\n".join(_described(one, language) for one in experiments)


def _described(experiment: Experiment[Any], language: Language) -> str:
    lines = [f"{experiment.name}: {experiment_text(experiment, language)}"]
    for parameter in experiment.parameters:
        default = f"{parameter.name} = {plain(parameter.default)}"
        said = parameter_text(parameter, language)
        lines.append(f"    {default}  ({_allowed(parameter)})  {said}")
    measured = ((one.name, quantity_text(one.doc, language)) for one in experiment.quantities)
    lines += [f"    → {name}: {said}" for name, said in measured]
    return "\n".join([*lines, f"    [{experiment.source}]", ""])


def _allowed(parameter: ParameterDefinition) -> str:
    if isinstance(parameter, NumberParameter):
        return f"{parameter.low:g} … {parameter.high:g}"
    return " | ".join(parameter.choices)
