"""The values of a simulation on an axis that they share, below each other, each in its interval."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from studytool.quiz.axis import Axis, ShownValue
from studytool.quiz.running import RunStep, SimulationRun
from studytool.typeset.cells import cell_width, cut, hang, pad
from studytool.wording.axis import THEORY_SIGN, axis_scale, cell_of, interval_row, rounded_axis
from studytool.wording.decades import MOST_DECADES, value_text

_NAMES = 18
"""Cells of the names beside an axis at least, where they need them; of a wide line three in ten."""
_VALUES = 13
_FEWEST = 16
_NARROW = 48
"""Below it, names and numbers stand above the values."""
_NEAR_NOUGHT = 0.05
"""Of the other end: an end so near begins the axis at 0."""


def group_lines(
    run: SimulationRun,
    step: RunStep,
    places: list[int],
    names: Mapping[str, str],
    *,
    quantity: str,
    width: int,
) -> Iterator[str]:
    """Draw values of one scale on one axis, each with its name before it and its number behind it.

    Args:
        run: whose values they are.
        step: the last that is drawn.
        places: of the values in the run.
        names: of the values.
        quantity: what all of them measure; empty where their names say it.
        width: cells of a line; where there are few, name and number stand above the value.
    """
    values = [run.values[at] for at in places]
    in_decades = values[0].in_decades
    axis = _fitting(run, places, in_decades=in_decades)
    room = _Room.of([names[one.name] for one in values], width)
    for at, one in zip(places, values, strict=True):
        shown = _on(axis, step.shown[at], in_decades=in_decades)
        theory: list[tuple[int, str]] = []
        if one.closed_form is not None:
            place = cell_of(axis, _raised(one.closed_form, in_decades=in_decades), room.cells)
            theory = [(place, THEORY_SIGN)]
        row = interval_row(shown, axis, room.cells, theory, is_bounded=step.bounded[at])
        number = value_text(step.shown[at].value, in_decades=in_decades)
        yield from room.lines(names[one.name], row, number)
    line, numbers = (" " * room.indent + one for one in axis_scale(axis, room.cells))
    yield f"{line}  {cut(quantity, _VALUES)}".rstrip() if room.names else line
    yield numbers
    if quantity and not room.names:
        yield cut(quantity, width)


@dataclass(frozen=True, slots=True)
class _Room:
    """How the cells of a line are shared.

    Attributes:
        names: cells of a name; 0 where names stand above the values.
        cells: of the axis.
    """

    names: int
    cells: int

    @classmethod
    def of(cls, labels: Sequence[str], width: int) -> "_Room":
        if width < _NARROW:
            return cls(0, max(_FEWEST, width))
        names = min(max(_NAMES, 3 * width // 10), max(map(cell_width, labels)))
        return cls(names, max(_FEWEST, min(72, width - names - _VALUES - 4)))

    @property
    def indent(self) -> int:
        return self.names + 2 if self.names else 0

    def lines(self, label: str, row: str, number: str) -> Iterator[str]:
        if not self.names:
            yield f"{cut(label, self.cells - cell_width(number) - 2)}  {number}".lstrip()
            yield row
            return
        first, *others = hang(label, self.names)
        yield f"{pad(first, self.names)}  {pad(row, self.cells)}  {number}"
        yield from others[:1]
        if others[1:]:
            yield cut(" ".join(others[1:]), self.names)


def _raised(value: float, *, in_decades: bool) -> float:
    return 10.0 ** max(-MOST_DECADES, min(MOST_DECADES, value)) if in_decades else value


def _on(axis: Axis, shown: ShownValue, *, in_decades: bool) -> ShownValue:
    low, value, high = (
        _raised(end, in_decades=in_decades) for end in (shown.low, shown.value, shown.high)
    )
    return ShownValue(value, max(axis.low, low), min(axis.high, high))


def _fitting(run: SimulationRun, places: list[int], *, in_decades: bool) -> Axis:
    """Return an axis that holds all values of all steps so far, and the last intervals."""
    last = run.steps[-1]
    ends = [getattr(last.shown[at], end) for at in places for end in ("low", "value", "high")]
    ends += [step.shown[at].value for step in run.steps for at in places]
    ends += [one for at in places if (one := run.values[at].closed_form) is not None]
    low, high = min(ends), max(ends)
    if in_decades:
        low, high = floor(max(-MOST_DECADES, low)), ceil(min(MOST_DECADES, high))
        high = max(high, low + 1)
        return Axis(10.0**low, 10.0**high, is_log=True)
    if -_NEAR_NOUGHT * high < low < high / 2:
        low = 0.0
    if low / 2 < high < -_NEAR_NOUGHT * low:
        high = 0.0
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-300):
        spread = abs(low) / 2 or 1.0
        low, high = low - spread, high + spread
    return rounded_axis(low, high)
