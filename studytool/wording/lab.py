"""The lab as text: a slider for each parameter, the draws as a histogram, the way as a curve."""

from collections.abc import Sequence
from math import isfinite, log10

from studytool.language import Language, Phrase
from studytool.numerics.experiment import (
    NumberParameter,
    ParameterDefinition,
    ParameterValue,
    plain,
)
from studytool.numerics.lab import Histogram, SweptPoint, is_log, share_of, usual_range
from studytool.numerics.measure import QuantityResult
from studytool.quiz.number_text import write_number
from studytool.session.lab import Bench
from studytool.typeset.cells import cell_width, cut, pad
from studytool.wording.canvas import Canvas
from studytool.wording.doubts import DOUBTS
from studytool.wording.experiment_words import (
    parameter_of,
    parameter_text,
    quantity_of,
    quantity_text,
    value_text,
)
from studytool.wording.words import CLOSED_FORM

CHOOSE = Phrase(
    "이름이나 설명의 낱말을 입력해 찾고, Enter로 여세요.",
    "Type words of a name or description; Enter opens it.",
)
NO_EXPERIMENT = Phrase("그런 실험은 없습니다.", "There is no such experiment.")
VIEW = Phrase("그림", "picture")
SEED = Phrase("시드", "seed")
DRAWS = Phrase("분포", "draws")
PLANE = Phrase("평면", "plane")
ALONG = Phrase("{name}에 따라", "along {name}")
MEASURING = Phrase("측정하는 중…", "measuring…")
NO_DRAWS = Phrase(
    "난수에 따르지 않거나 비율인 양에는 분포가 없습니다. 그림을 바꾸어 보세요.",
    "A quantity that is exact, or a ratio, has no draws to show; choose another picture.",
)
FOUND = Phrase("추정 {value}  구간 {low}–{high}", "estimate {value}  interval {low} to {high}")
_ALONE = Phrase("추정 {value}", "estimate {value}")
_EXACTLY = Phrase("값 {value}", "value {value}")
_THEORY = Phrase("{found}  {closed} {value}", "{found}  {closed} {value}")
_REPEATED = Phrase("{found}  반복 {n:,}", "{found}  n = {n:,}")

_BLOCKS = " ▁▂▃▄▅▆▇█"
_LABEL = 9
_SLIDER = 12
_NAME = 12


def choice_line(name: str, value: str, *, width: int) -> str:
    """Write a row that is a choice between arrows."""
    return cut(f"{pad(cut(name, _NAME), _NAME)} ‹ {value} ›", width)


def parameter_line(
    name: str,
    definition: ParameterDefinition,
    value: ParameterValue,
    language: Language,
    *,
    width: int,
) -> str:
    """Write a parameter's row by its name in words: a slider, or a choice between arrows."""
    if not isinstance(definition, NumberParameter):
        return choice_line(name, value_text(value, language), width=width)
    shown = pad(cut(name, _NAME), _NAME)
    cells = max(4, min(_SLIDER, width - _NAME - 10))
    at = round(share_of(definition, float(value)) * (cells - 1))
    bar = "━" * at + "●" + "─" * (cells - 1 - at)
    scale = " log" if is_log(definition) else ""
    return cut(f"{shown} {bar} {plain(value)}{scale}", width)


def about_row(bench: Bench, row: str, language: Language) -> str:
    """Say what a row is; of one without words, what is measured."""
    definition = bench.definition(row)
    if definition is not None:
        name = parameter_of(bench.experiment, definition.name, language)
        return f"{name}: {parameter_text(definition, language)}"
    doc = bench.experiment.quantity(bench.quantity).doc
    name = quantity_of(bench.experiment, bench.quantity, language)
    return f"{name}: {quantity_text(doc, language)}"


def slider_start(width: int) -> tuple[int, int]:
    """Return the first cell of a row's slider, and how many it has."""
    return _NAME + 1, max(4, min(_SLIDER, width - _NAME - 10))


def result_line(result: QuantityResult, language: Language) -> str:
    """Say what was measured of a quantity, and what theory says."""
    found = result.estimate
    ends = found.bounds
    if found.standard_error == 0 and found.replicates == 1:
        said = _EXACTLY.text(language, value=_number(found.value))
    elif not isfinite(ends.half_width):
        said = _ALONE.text(language, value=_number(found.value))
        if found.doubt is not None:
            said = f"{said} ({DOUBTS[found.doubt].text(language)})"
    else:
        numbers = {"value": found.value, "low": ends.low, "high": ends.high}
        said = FOUND.text(language, **{name: _number(one) for name, one in numbers.items()})
        said = _REPEATED.text(language, found=said, n=found.replicates)
    if result.closed_form is None:
        return said
    closed = CLOSED_FORM.text(language)
    return _THEORY.text(language, found=said, closed=closed, value=_number(result.closed_form))


def histogram_lines(
    drawn: Histogram, result: QuantityResult | None, *, width: int, height: int
) -> list[str]:
    """Draw bars of eighths, below them the mean (●) and theory (┆) on the axis of the values."""
    bins, rows = len(drawn.counts), max(1, height - 3)
    most = max(drawn.counts) or 1
    cells = max(1, width // bins)
    lines = []
    for row in range(rows, 0, -1):
        line = ""
        for count in drawn.counts:
            eighths = round(count / most * rows * 8) - (row - 1) * 8
            line += _BLOCKS[max(0, min(8, eighths))] * cells
        lines.append(line)
    span = cells * bins
    axis = ["─"] * span
    marks = [] if result is None else [(result.closed_form, "┆"), (result.estimate.value, "●")]
    for value, sign in marks:
        if value is not None and drawn.low <= value <= drawn.high:
            at = round((value - drawn.low) / (drawn.high - drawn.low) * (span - 1))
            axis[at] = sign if axis[at] == "─" else "◆"
    low, high = _number(drawn.low), _number(drawn.high)
    middle = _number((drawn.low + drawn.high) / 2)
    return [*lines, "".join(axis), _spread(low, middle, high, span)]


def curve_lines(
    points: Sequence[SweptPoint],
    definition: NumberParameter,
    at: float,
    name: str,
    *,
    width: int,
    height: int,
) -> list[str]:
    """Draw a quantity along a parameter of a name in words: estimates joined, theory dotted."""
    cells, rows = max(8, width - _LABEL), max(2, height - 3)
    ordered = sorted(points, key=lambda one: one.at)
    low, high = _ends(ordered)
    canvas = Canvas(cells, rows)

    def place(x: float, y: float) -> tuple[float, float]:
        return share_of(definition, x), 1 - (y - low) / (high - low)

    for one in ordered:
        if isfinite(one.low) and isfinite(one.high):
            bar = [place(one.at, min(high, max(low, end))) for end in (one.low, one.high)]
            canvas.line(bar, every=2)
    known = [(one.at, one.closed_form) for one in ordered if one.closed_form is not None]
    canvas.line([place(x, y) for x, y in known if low <= y <= high], every=3)
    canvas.line([place(one.at, one.value) for one in ordered])
    lines = [_label(row, rows, low, high) + text for row, text in enumerate(canvas.lines())]
    axis = ["─"] * cells
    axis[round(share_of(definition, at) * (cells - 1))] = "▲"
    usual = usual_range(definition)
    ends = (_number(usual.low), name, _number(usual.high))
    return [*lines, " " * _LABEL + "".join(axis), " " * _LABEL + _spread(*ends, cells)]


def _ends(points: Sequence[SweptPoint]) -> tuple[float, float]:
    """Return the ends of the axis upwards: all estimates, and what theory says near them."""
    values = [one.value for one in points] or [0.0]
    low, high = min(values), max(values)
    spread = high - low or abs(high) or 1.0
    known = [one.closed_form for one in points if one.closed_form is not None]
    near = [one for one in known if low - spread <= one <= high + spread]
    low, high = min([low, *near]), max([high, *near])
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-300):
        half = abs(low) / 2 or 0.5
        low, high = low - half, high + half
    return low, high


def _label(row: int, rows: int, low: float, high: float) -> str:
    value = {0: high, rows - 1: low, rows // 2: (low + high) / 2}.get(row)
    text = "" if value is None else cut(_number(value), _LABEL - 2)
    return " " * (_LABEL - 2 - cell_width(text)) + text + " │"


def _spread(first: str, middle: str, last: str, width: int) -> str:
    """Write three texts at the left, in the middle and at the right of a line."""
    gap = width - cell_width(first) - cell_width(middle) - cell_width(last)
    if gap < 2:
        return cut(f"{first} {last}", width)
    return f"{first}{' ' * (gap // 2)}{middle}{' ' * (gap - gap // 2)}{last}"


def _number(value: float) -> str:
    if not isfinite(value):
        return "?"
    if value and abs(log10(abs(value))) > 4:
        return f"{value:.2g}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")
    return write_number(value, "3sf") if value else "0"
