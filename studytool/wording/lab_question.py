"""What stands on the lab's bench, as a question of a pack: an estimate on an axis, in YAML."""

import json
from collections.abc import Sequence
from math import floor, log10

from studytool.language import LANGUAGES, Language, Phrase
from studytool.numerics.experiment import NumberParameter, plain
from studytool.numerics.lab import SweptPoint, share_of, value_at
from studytool.numerics.measure import QuantityResult
from studytool.session.lab import Bench
from studytool.wording.axis import rounded_axis
from studytool.wording.experiment_words import (
    experiment_text,
    parameter_of,
    quantity_of,
    quantity_text,
    value_text,
)

QUESTION_TITLE = Phrase("실험실에서 만든 문항", "Question from the lab")
COPIED = Phrase("복사했습니다.", "Copied.")
WRITTEN = Phrase(
    "{path}에 썼습니다. `studytool study {folder}`로 풀어 보세요.",
    "Written to {path}; `studytool study {folder}` asks it.",
)
NOT_MEASURED = Phrase(
    "아직 측정하지 못해 문항을 만들 수 없습니다.",
    "Nothing is measured yet to make a question of.",
)
CONCEPT = "lab"
"""Of the question, until its author names one of the pack's."""
_PROMPT = Phrase(
    "{about}: {settings}. {quantity}({what})의 값은 얼마일까요?",
    "{about}: {settings}. What is the {quantity} ({what})?",
)
_SETTING = Phrase("{name} {value}", "{name} {value}")
_ASIDES = tuple(step / 100 for step in range(-12, 13, 2))
"""Where on its slider the parameter of the curve is drawn, beside where it stands: 13 values."""
_NEAR = 0.2
"""The part of the slider, to each side, whose points say how long the axis must be."""
_FEWEST_POINTS = 4
_BEYOND = 0.5
"""The axis goes on as far beside what was measured, as a part of its spread."""
_LEEWAY = 0.06
"""The largest part of the axis that counts as near enough."""
_NARROW = 20.0
"""Half-widths of the interval that the axis reaches at least."""


def question_yaml(bench: Bench, result: QuantityResult, points: Sequence[SweptPoint]) -> str:
    """Write an item that asks for the quantity in view, at numbers drawn about those of the bench."""
    near = _near(bench, points)
    drawn = _drawn(bench) if len(near) >= _FEWEST_POINTS else {}
    low, high = _ends(result, near)
    parameters = bench.experiment.bind(bench.values)
    known, _ = bench.experiment.quantity(bench.quantity).ranges(parameters)
    axis = rounded_axis(max(low, known.low), min(high, known.high))
    lines = [
        f"- id: lab-{bench.experiment.name.replace('_', '-').replace('/', '-')}",
        "  kind: prediction",
        f"  concept: {CONCEPT}",
        *(
            f"  params: {{{name}: {{choice: [{', '.join(map(plain, values))}]}}}}"
            for name, values in drawn.items()
        ),
        "  prompt:",
        *(f"    {tag}: {_quoted(_prompt(bench, drawn, tag))}" for tag in LANGUAGES),
        "  measure:",
        f"    found: {{experiment: {bench.experiment.name}, quantity: {bench.quantity},",
        f"      with: {{{', '.join(_with(bench, drawn))}}}}}",
        f"  estimate: {{of: found, axis: {{linear: [{plain(axis.low)}, {plain(axis.high)}]}},"
        f" within: {{abs: {plain(_rounded_down(_LEEWAY * (axis.high - axis.low)))}}}}}",
    ]
    return "\n".join(lines) + "\n"


def _drawn(bench: Bench) -> dict[str, list[float]]:
    """Return the values among which the parameter of the curve is drawn, where there is one."""
    definition = None if bench.along is None else bench.definition(bench.along)
    if not isinstance(definition, NumberParameter):
        return {}
    share = share_of(definition, float(bench.values[definition.name]))
    values = sorted({value_at(definition, share + aside) for aside in _ASIDES})
    return {definition.name: values}


def _near(bench: Bench, points: Sequence[SweptPoint]) -> list[SweptPoint]:
    """Return the points of the curve about the values that are drawn, and a little beyond."""
    definition = None if bench.along is None else bench.definition(bench.along)
    if not isinstance(definition, NumberParameter):
        return []
    share = share_of(definition, float(bench.values[definition.name]))
    return [one for one in points if abs(share_of(definition, one.at) - share) <= _NEAR]


def _with(bench: Bench, drawn: dict[str, list[float]]) -> list[str]:
    return [
        f"{name}: {name if name in drawn else value if isinstance(value, str) else _text(value)}"
        for name, value in bench.values.items()
    ]


def _text(value: float) -> str:
    return f'"{plain(value)}"'


def _ends(result: QuantityResult, near: Sequence[SweptPoint]) -> tuple[float, float]:
    """Return the ends of the axis: about all that was measured near."""
    found = result.estimate
    values = [found.value, *(one.value for one in near)]
    low, high = min(values), max(values)
    ends = found.bounds
    spread = max(high - low, abs(found.value) / 2, _NARROW * ends.half_width, 1e-9)
    return low - _BEYOND * spread, high + _BEYOND * spread


def _rounded_down(value: float) -> float:
    """Round down to one figure, so that what counts as near is a plain number."""
    power = floor(log10(value))
    return float(f"{floor(value / 10.0**power) * 10.0**power:.12g}")


def _prompt(bench: Bench, drawn: dict[str, list[float]], language: Language) -> str:
    settings = ", ".join(
        _SETTING.text(
            language,
            name=parameter_of(bench.experiment, name, language),
            value=f"{{{name}}}" if name in drawn else value_text(value, language),
        )
        for name, value in bench.values.items()
    )
    doc = bench.experiment.quantity(bench.quantity).doc
    about = experiment_text(bench.experiment, language)
    return _PROMPT.text(
        language,
        about=about[:1].upper() + about[1:],
        settings=settings,
        quantity=quantity_of(bench.experiment, bench.quantity, language),
        what=quantity_text(doc, language),
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
