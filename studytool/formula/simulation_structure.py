"""What is known of a simulation's measured value before the first draw: its formulas, step by step."""

from collections.abc import Mapping

from studytool.formula.bindings import resolve_order
from studytool.formula.known import NOTHING, Known
from studytool.formula.parse import Formula
from studytool.formula.simulation import FormulaSimulation
from studytool.formula.structure import KnownWalk, Structure, known_numbers, structure_from

MOST_FOLLOWED = 5_000
"""Operations and values of all steps that are followed, a tenth of a second; after more of them
nothing is known of the state."""


def structures_of(
    simulation: FormulaSimulation, name: str, parameters: Mapping[str, float]
) -> tuple[Structure, ...]:
    """Return what is known of a measured value and, of a ratio, of what it is over.

    Raises:
        SimulationError: ``let`` or ``repeat`` cannot be computed with these parameters.
    """
    constants = simulation.constants(parameters)
    scope = known_numbers({name: float(value) for name, value in constants.items()})
    state: dict[str, Known] = {}
    for one in resolve_order(simulation.state):
        state[one] = _known(simulation.state[one], {**scope, **state})
    state = _stepped(simulation, simulation.steps(constants), scope, state)
    measured = simulation.measure[name]
    formulas = [one for one in (measured.value, measured.over) if one is not None]
    return tuple(structure_from(_known(one, {**scope, **state})) for one in formulas)


def _stepped(
    simulation: FormulaSimulation, steps: int, scope: Mapping[str, Known], state: dict[str, Known]
) -> dict[str, Known]:
    """Return what is known of the state after so many steps, or after those that change it."""
    changes = {name: one for name, one in simulation.step.items() if name in simulation.state}
    helpers = {name: one for name, one in simulation.step.items() if name not in changes}
    order = resolve_order(helpers)
    for number in range(steps):
        if number * simulation.nodes > MOST_FOLLOWED:
            return {**state, **dict.fromkeys(changes, NOTHING)}
        names = {**scope, **state}
        for name in order:
            names[name] = _known(helpers[name], names)
        new = {**state, **{name: _known(one, names) for name, one in changes.items()}}
        if new == state:
            break
        state = new
    return state


def _known(formula: Formula, scope: Mapping[str, Known]) -> Known:
    return KnownWalk(scope).value(formula.tree)
