"""A simulation drawn as it runs: each value on its axis, its interval closing in, theory as a line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from studytool.language import Language, Phrase
from studytool.quiz.axis import ShownValue
from studytool.quiz.key import AxisKey
from studytool.quiz.running import RunningValue, RunStep, SimulationRun
from studytool.typeset.cells import cell_width, cut
from studytool.typeset.math_line import set_plain
from studytool.wording.axis import (
    MET_SIGN,
    THEORY_SIGN,
    axis_cells,
    axis_scale,
    beside,
    cell_of,
    guess_line,
    interval_row,
    marked_line,
)
from studytool.wording.decades import estimate_text, value_text
from studytool.wording.experiment_words import quantity_name
from studytool.wording.histogram import bar_lines, most_lie
from studytool.wording.measure_names import measure_names
from studytool.wording.run_rows import group_lines
from studytool.wording.words import CLOSED_FORM

REPLICATES = Phrase("반복 {n:,}", "n = {n:,}")
_SO_FAR = Phrase("{value} ({drawn})", "{value} ({drawn})")
_BETWEEN = Phrase("구간 {low}–{high}", "interval {low} to {high}")
_MOST_LIE = Phrase("반복 열에 여덟은 {low}–{high}", "8 of 10 replicates {low} to {high}")
_COMPUTED = Phrase("계산한 값", "computed")
_THEORY = Phrase("{closed} {value}", "{closed} {value}")
_LEGEND = Phrase("● 추정값  ╶─╴ 구간", "● estimate  ╶─╴ interval")
_LEGEND_WIDE = Phrase("{legend}  ╶╌╴ 아직 넓은 구간", "{legend}  ╶╌╴ not yet bounded")
_LEGEND_THEORY = Phrase("{legend}  ┆ 닫힌 식", "{legend}  ┆ closed form")
_LEGEND_MET = Phrase("{legend}  ◆ 둘이 만난 곳", "{legend}  ◆ both meet")
ALL_STEPS = 10**6
"""More than any run has."""


@dataclass(frozen=True, slots=True)
class RunView:
    """How a run is drawn.

    Attributes:
        language: of the words.
        answer: the learner's estimate on its axis; None of anything else, and without an answer.
        rows: of an estimate, how many steps are drawn below each other: the last ones.
        bars: rows of the bars that single replicates make on its axis.
        is_marked: whether the run has ended and is marked.
    """

    language: Language
    answer: float | None = None
    rows: int = 1
    bars: int = 1
    is_marked: bool = False


def run_picture(run: SimulationRun, steps: int, view: RunView, *, width: int) -> list[str]:
    """Draw a run after its first ``steps`` steps in lines of at most ``width`` cells."""
    if run.axis_key is not None:
        return _estimate_lines(run, steps, view, width)
    return _run_lines(run, steps, view.language, width)


def _estimate_lines(run: SimulationRun, steps: int, view: RunView, width: int) -> list[str]:
    """Draw an estimate: the guess stands, replicates heap up, the interval closes in below them."""
    key, seen = run.axis_key, run.steps[:steps]
    assert key is not None
    language, cells = view.language, axis_cells(width)
    theory = run.values[0].closed_form
    marks = ((view.answer, "╎"), (theory, THEORY_SIGN))
    upright = [(cell_of(key.axis, at, cells), sign) for at, sign in marks if at is not None]
    lines = []
    if view.answer is not None:
        lines.append(guess_line(key.axis, view.answer, language, cells))
    if not seen:
        return [*lines, *axis_scale(key.axis, cells)]
    drawn = run.drawn[: seen[-1].replicates]
    lines += bar_lines(drawn, key.axis, language, width=width, rows=view.bars, behind=upright)
    shown = seen[-1].shown[0] if view.is_marked else None
    lines += axis_scale(key.axis, cells, shown, key.leeway)
    lines += _interval_lines(key, seen, view, upright, width=width)
    if theory is not None:
        place = (cell_of(key.axis, theory, cells), cells)
        said = CLOSED_FORM.text(language)
        lines.append(marked_line(THEORY_SIGN, said, estimate_text(key, theory), place))
    if view.rows > 1:
        lines.append(cut(_legend(lines, language), width))
    return lines


def _interval_lines(
    key: AxisKey,
    seen: Sequence[RunStep],
    view: RunView,
    upright: Sequence[tuple[int, str]],
    *,
    width: int,
) -> Iterator[str]:
    """Draw the interval of the last steps, each with its replicates, the last with its value."""
    cells = axis_cells(width)
    for step in seen[-view.rows :]:
        row = interval_row(step.shown[0], key.axis, cells, upright, is_bounded=step.bounded[0])
        words = REPLICATES.text(view.language, n=step.replicates)
        if step is seen[-1]:
            value = estimate_text(key, step.shown[0].value)
            words = _SO_FAR.text(view.language, value=value, drawn=words)
        line = beside(row, words, width)
        yield line
        if view.is_marked and step is seen[-1] and words not in line:
            at = cell_of(key.axis, step.shown[0].value, cells)
            yield " " * max(0, min(at, width - cell_width(words))) + words


def _legend(lines: Sequence[str], language: Language) -> str:
    """Say which sign is what, of those that stand in a picture."""
    legend = _LEGEND.text(language)
    drawn = "".join(lines)
    for sign, phrase in (
        ("╌", _LEGEND_WIDE),
        (THEORY_SIGN, _LEGEND_THEORY),
        (MET_SIGN, _LEGEND_MET),
    ):
        legend = phrase.text(language, legend=legend) if sign in drawn else legend
    return legend


def _run_lines(run: SimulationRun, steps: int, language: Language, width: int) -> list[str]:
    """Draw all values of a run, those of one scale on one axis."""
    if not steps or not run.steps:
        return []
    step = run.steps[min(steps, len(run.steps)) - 1]
    by_group = sorted(range(len(run.values)), key=lambda at: run.values[at].group)
    lines: list[str] = []
    names = _names(run, language)
    for _, places in groupby(by_group, key=lambda at: run.values[at].group):
        at = list(places)
        quantity = _shared_quantity(run, at, language)
        lines += group_lines(run, step, at, names, quantity=quantity, width=width)
    if step.replicates > 1:
        drawn = REPLICATES.text(language, n=step.replicates)
        lines.append(f"{drawn}   {_legend(lines, language)}")
    return [cut(line, width) for line in lines]


def told_lines(run: SimulationRun, language: Language) -> Iterator[str]:
    """Say in words what a run found: each value, its interval and its closed form, a line each."""
    if not run.steps:
        return
    names = _names(run, language)
    for one, shown in zip(run.values, run.steps[-1].shown, strict=True):
        name, told = names[one.name], _told(run, one, shown, language)
        yield f"{name}: {told}" if name else told


def _told(run: SimulationRun, one: RunningValue, shown: ShownValue, language: Language) -> str:
    low, value, high = (
        value_text(end, in_decades=one.in_decades) for end in (shown.low, shown.value, shown.high)
    )
    said, replicates = [], run.steps[-1].replicates
    if replicates == 1:
        said.append(_COMPUTED.text(language))
    else:
        said.append(_BETWEEN.text(language, low=low, high=high))
        if (most := most_lie(run.drawn)) is not None:
            low, high = map(value_text, most)
            said.append(_MOST_LIE.text(language, low=low, high=high))
        said.append(REPLICATES.text(language, n=replicates))
    if one.closed_form is not None:
        theory = value_text(one.closed_form, in_decades=one.in_decades)
        said.append(_THEORY.text(language, closed=CLOSED_FORM.text(language), value=theory))
    return f"{value} ({', '.join(said)})"


def _names(run: SimulationRun, language: Language) -> dict[str, str]:
    """Return the texts of things, or what the measured values are called."""
    measured = measure_names(run.settings, language)
    named = (one.name for one in run.values)
    return {
        name: set_plain(run.names[name]) if name in run.names else measured.get(name, "")
        for name in named
    }


def _shared_quantity(run: SimulationRun, places: list[int], language: Language) -> str:
    """Name what all of a group measure; nothing of one value alone, whose own name says it."""
    values = [run.values[at] for at in places]
    settings = [run.settings.get(one.formula) for one in values]
    quantities = {"" if one is None else one.quantity for one in settings}
    if len(values) < 2 or len(quantities) > 1:
        return ""
    [quantity] = quantities
    bare = quantity.removeprefix("log10_") if values[0].in_decades else quantity
    return quantity_name(bare, language)
