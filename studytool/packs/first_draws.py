"""A few draws of an item's parameters, spread over all there are, for lint to try."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, gcd, log, prod

from studytool.errors import FormulaError
from studytool.formula.evaluate import evaluate
from studytool.formula.parse import Formula, parse_once
from studytool.packs.item_fields import ItemFields
from studytool.packs.parameters import (
    ChoiceParameter,
    IntegerParameter,
    LogUniformParameter,
    Parameter,
    TableParameter,
    UniformParameter,
)
from studytool.packs.scope import scope_of, unmet

FEWEST_VARIANTS = 8
MOST_TRIED = 2_000
_POINTS = 7
"""Tried of a continuous parameter; an integer parameter gives up to 16."""
_Grid = Sequence[Mapping[str, float]]
"""Values of a parameter: of a table, those of a row."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws that fulfil every condition, as scopes of what is drawn and ``let``.

    Attributes:
        complete: whether there are no others.
    """

    scopes: list[dict[str, float]]
    complete: bool


def first_draws(item: ItemFields) -> Draws:
    """Find draws among at most 2,000 that lie spread over the parameters' grid.

    Eight are looked for where the parameters are finite, so that variants can be counted, else
    three.

    Raises:
        FormulaError: a formula of ``let`` or ``require`` does not parse.
    """
    grids = {name: _grid(name, parameter) for name, parameter in item.params.items()}
    finite = all(_is_whole(one, grids[name]) for name, one in item.params.items())
    wanted = FEWEST_VARIANTS if finite else 3
    for text in (*item.let.values(), *item.require):
        parse_once(text)
    found: list[dict[str, float]] = []
    for drawn in _spread(list(grids.values())):
        scope = _scope(item, drawn)
        if scope is not None:
            found.append(scope)
            if len(found) == wanted:
                return Draws(found, complete=False)
    return Draws(found, complete=finite and prod(map(len, grids.values())) <= MOST_TRIED)


def scopes_of(item: ItemFields) -> list[dict[str, float]] | None:
    """Return the scopes of the first draws; None where a formula cannot be read."""
    try:
        return first_draws(item).scopes
    except FormulaError:
        return None


def drawn_parameters(
    item: ItemFields, scopes: Sequence[Mapping[str, float]]
) -> list[dict[str, float]]:
    """Return what of the scopes of an item was drawn."""
    return [{name: scope[name] for name in item.drawn_names} for scope in scopes]


def value_of(text: str, scope: Mapping[str, float]) -> float | None:
    """Compute a formula; None where it gives no number."""
    try:
        return _value(parse_once(text), scope)
    except FormulaError:
        return None


def _scope(item: ItemFields, drawn: Mapping[str, float]) -> dict[str, float] | None:
    """Return the scope of a draw; None where it meets no condition, or cannot be computed."""
    try:
        scope = scope_of(item, drawn)
        return scope if unmet(item, scope) is None else None
    except FormulaError:
        return None


def _value(formula: Formula, scope: Mapping[str, float]) -> float | None:
    try:
        value = evaluate(formula, scope)
    except FormulaError:
        return None
    return value if isinstance(value, float) else None


def _spread(grids: Sequence[_Grid]) -> Iterator[dict[str, float]]:
    """Walk the grid in steps of about 0.618 of its size, so that any few are far apart."""
    size = prod(map(len, grids))
    step = max(1, round(0.618 * size))
    while gcd(step, size) != 1:
        step += 1
    for count in range(min(size, MOST_TRIED)):
        yield _point(grids, count * step % size)


def _point(grids: Sequence[_Grid], index: int) -> dict[str, float]:
    point: dict[str, float] = {}
    for grid in grids:
        index, place = divmod(index, len(grid))
        point |= grid[place]
    return point


def _grid(name: str, parameter: Parameter) -> _Grid:
    if isinstance(parameter, TableParameter):
        return [row.columns for row in parameter.table]
    return [{name: value} for value in _values(parameter)]


def _values(
    parameter: ChoiceParameter | IntegerParameter | UniformParameter | LogUniformParameter,
) -> list[float]:
    match parameter:
        case ChoiceParameter(choice=values):
            return [float(value) for value in dict.fromkeys(values)]
        case IntegerParameter(integers=(low, _), step=step):
            every = max(1, _count(parameter) // 16)
            return [float(low + step * n) for n in range(0, _count(parameter), every)][:16]
        case UniformParameter(uniform=(low, high)):
            points = [low + (high - low) * n / (_POINTS - 1) for n in range(_POINTS)]
            return _rounded(points, parameter.sigfigs)
        case LogUniformParameter(loguniform=(low, high)):
            ratio = log(high / low)
            points = [low * exp(ratio * n / (_POINTS - 1)) for n in range(_POINTS)]
            return _rounded(points, parameter.sigfigs)


def _is_whole(parameter: Parameter, grid: _Grid) -> bool:
    """Tell whether the grid holds every value of the parameter."""
    if isinstance(parameter, IntegerParameter):
        return len(grid) == _count(parameter)
    return isinstance(parameter, ChoiceParameter | TableParameter)


def _rounded(points: Sequence[float], sigfigs: int) -> list[float]:
    return list(dict.fromkeys(float(f"{point:.{sigfigs - 1}e}") for point in points))


def _count(parameter: IntegerParameter) -> int:
    low, high = parameter.integers
    return (high - low) // parameter.step + 1
