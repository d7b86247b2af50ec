"""An axis drawn as text: its ticks, and what lies along it: estimates, marks and intervals."""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10

from studytool.language import Language
from studytool.packs.evidence import Independence
from studytool.quiz.axis import Axis, Leeway, ShownValue
from studytool.quiz.mark_value import PlacedEstimate
from studytool.quiz.number_text import write_number, write_short
from studytool.typeset.cells import cell_width, pad
from studytool.wording.verdicts import CLASSES
from studytool.wording.words import YOURS

_SHOWN = CLASSES[Independence.SIMULATED]

FEWEST_CELLS, AXIS_CELLS = 20, 72
"""The least that an axis may take, and what it takes where there is room."""
ESTIMATE_SIGN, THEORY_SIGN, MET_SIGN = "●", "┆", "◆"
"""An estimate, theory, and where they meet."""
_CELLS_A_TICK = 9
_PLAIN_POWERS = 3
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_STEPS = (1, 2, 5)


def axis_lines(
    axis: Axis,
    language: Language,
    *,
    width: int,
    answer: float | None = None,
    shown: ShownValue | None = None,
    leeway: Leeway | None = None,
) -> list[str]:
    """Draw an axis in at most ``width`` cells; the part that counts as right is drawn thick.

    Args:
        axis: from its low end at the left to its high end at the right.
        language: of the words beside the marks.
        width: cells that a line may take.
        answer: the learner's estimate, marked above the axis.
        shown: what the simulation shows, marked below it.
        leeway: how near to that an answer counts as right.
    """
    cells = axis_cells(width)
    lines = []
    if answer is not None:
        lines.append(guess_line(axis, answer, language, cells))
    line, labels = axis_scale(axis, cells, shown, leeway)
    lines.append(line)
    if shown is not None:
        cell = cell_of(axis, shown.value, cells)
        lines.append(
            marked_line("▲", _SHOWN.text(language), write_number(shown.value, "3sf"), (cell, cells))
        )
    return [*lines, labels]


def axis_scale(
    axis: Axis, cells: int, shown: ShownValue | None = None, leeway: Leeway | None = None
) -> tuple[str, str]:
    """Draw an axis alone: its line, and the numbers below; thick where an estimate is right."""
    ticks = {cell_of(axis, value, cells): text for value, text in _ticks(axis, cells)}
    right = set() if shown is None or leeway is None else _right_cells(axis, cells, shown, leeway)
    return _line(cells, set(ticks), right), _labels(ticks, cells)


def estimate_lines(placed: PlacedEstimate | None, language: Language, *, width: int) -> list[str]:
    """Draw what stands on an estimate's axis after the mark; nothing where there is no estimate."""
    if placed is None:
        return []
    key, answer, shown = placed.key, placed.answer, placed.shown
    return axis_lines(
        key.axis, language, width=width, answer=answer, shown=shown, leeway=key.leeway
    )


def axis_cells(width: int) -> int:
    """Return the cells that an axis takes where a line may take ``width``."""
    return max(FEWEST_CELLS, min(width, AXIS_CELLS))


def guess_line(axis: Axis, answer: float, language: Language, cells: int) -> str:
    """Mark the learner's estimate above an axis."""
    place = (cell_of(axis, answer, cells), cells)
    return marked_line("▼", YOURS.text(language), write_short(answer), place)


def cell_of(axis: Axis, value: float, cells: int) -> int:
    """Return the cell, counted from 0, in which a value lies; of one beside the axis, its end."""
    return round(axis.share(value) * (cells - 1))


def _right_cells(axis: Axis, cells: int, shown: ShownValue, leeway: Leeway) -> set[int]:
    values = (_value(axis, cell, cells) for cell in range(cells))
    right = {cell for cell, value in enumerate(values) if leeway.holds(value, shown)}
    return right | {cell_of(axis, shown.value, cells)}


def _line(cells: int, ticks: set[int], right: set[int]) -> str:
    """Return the line itself: ticks, and thick where an answer would be right."""
    signs = {(False, False): "─", (True, False): "┼", (False, True): "━", (True, True): "┿"}
    ends = {0: ("├", "┝"), cells - 1: ("┤", "┥")}
    return "".join(
        ends[cell][cell in right] if cell in ends else signs[cell in ticks, cell in right]
        for cell in range(cells)
    )


def _value(axis: Axis, cell: int, cells: int) -> float:
    share = cell / (cells - 1)
    if axis.is_log:
        return float(axis.low * (axis.high / axis.low) ** share)
    return axis.low + (axis.high - axis.low) * share


def marked_line(mark: str, name: str, number: str, place: tuple[int, int]) -> str:
    """Put a mark at its cell, its words on the right or the left, without the name for want of room."""
    cell, cells = place
    for words in (f"{name} {number}", number):
        if cell + 2 + cell_width(words) <= cells:
            return f"{' ' * cell}{mark} {words}"
        if cell_width(words) < cell:
            return f"{' ' * (cell - 1 - cell_width(words))}{words} {mark}"
    return " " * cell + mark


def rounded_axis(low: float, high: float) -> Axis:
    """Return an even axis whose ends are round numbers just beyond two values that differ."""
    step = 10.0 ** floor(log10(high - low)) / 2
    return Axis(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step)


def interval_row(
    shown: ShownValue,
    axis: Axis,
    cells: int,
    lines: Sequence[tuple[int, str]],
    *,
    is_bounded: bool,
) -> str:
    """Draw an estimate (●) in its interval over what runs down through the row: cells and signs."""
    row = [" "] * cells
    low, high = cell_of(axis, shown.low, cells), cell_of(axis, shown.high, cells)
    row[low : high + 1] = ["─" if is_bounded else "╌"] * (high + 1 - low)
    if low < high:
        row[low], row[high] = "╶", "╴"
    for cell, sign in lines:
        row[cell] = sign
    at = cell_of(axis, shown.value, cells)
    row[at] = MET_SIGN if row[at] == THEORY_SIGN else ESTIMATE_SIGN
    return "".join(row)


def beside(row: str, words: str, width: int) -> str:
    """Put words right of what stands in a row, else left of it, or nowhere for want of room."""
    row, room = row.rstrip(), cell_width(words) + 2
    if cell_width(row) + room <= width:
        return f"{row}  {words}"
    before = len(row) - len(row.lstrip())
    return row if before < room else f"{' ' * (before - room)}{words}  {row.lstrip()}"


def _labels(ticks: dict[int, str], cells: int) -> str:
    """Write each tick's number centred below it; one that would touch another is left out."""
    line = ""
    for cell, text in sorted(ticks.items()):
        start = min(max(0, cell - cell_width(text) // 2), cells - cell_width(text))
        if not line or start > cell_width(line):
            line = pad(line, start) + text
    return line


def _ticks(axis: Axis, cells: int) -> Iterator[tuple[float, str]]:
    return _powers(axis, cells) if axis.is_log else _steps(axis, cells)


def _powers(axis: Axis, cells: int) -> Iterator[tuple[float, str]]:
    """Return the powers of ten on a logarithmic axis, as many as there is room for."""
    low, high = ceil(log10(axis.low) - 1e-9), floor(log10(axis.high) + 1e-9)
    least = max(1, ceil((high - low) * _CELLS_A_TICK / cells))
    step = next((one for one in range(least, 2 * least) if (high - low) % one == 0), least)
    powers = range(high, low - 1, -step)
    plain = all(abs(power) <= _PLAIN_POWERS for power in powers)
    for power in powers:
        yield 10.0**power, f"{10.0**power:g}" if plain or power == 0 else _power_text(power)


def _power_text(power: int) -> str:
    return "10" + str(power).translate(_SUPERSCRIPTS)


def _steps(axis: Axis, cells: int) -> Iterator[tuple[float, str]]:
    """Return the round numbers on an even axis, as many as there is room for."""
    least = (axis.high - axis.low) * _CELLS_A_TICK / cells
    power = floor(log10(least))
    step = next(
        one * 10.0**more
        for more in (power, power + 1)
        for one in _STEPS
        if one * 10.0**more >= least
    )
    for number in range(ceil(axis.low / step - 1e-9), floor(axis.high / step + 1e-9) + 1):
        value = float(f"{number * step:.12g}")
        yield value, write_number(value)
