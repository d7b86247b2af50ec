"""Compute the names that ``let`` binds to formulas, each after those that it needs."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.budget import Budget
from studytool.formula.evaluate import evaluate
from studytool.formula.parse import Formula
from studytool.numerics.arrays import Operand
from studytool.numerics.streams import Rng


def resolve_order(let: Mapping[str, Formula]) -> list[str]:
    """Return the names of ``let`` so that each comes after those that it needs.

    Raises:
        FormulaError: a cycle, naming it.
    """
    needs = {name: sorted(let[name].names & let.keys()) for name in let}
    if not any(needs.values()):
        return list(let)
    try:
        return list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        cycle = " → ".join(reversed(error.args[1]))
        raise FormulaError(refusals.CIRCLE, cycle=cycle) from None


def evaluate_let(
    let: Mapping[str, Formula],
    names: Mapping[str, Operand],
    *,
    rng: Rng | None = None,
    reps: int | None = None,
    budget: Budget | None = None,
) -> dict[str, Operand]:
    """Return ``names`` with every name of ``let`` computed once.

    All share one budget, in which what they bind stays alive; the formula that is computed with
    these names goes on with it.

    Raises:
        FormulaError: a cycle, or a formula that cannot be computed; names it.
    """
    scope, budget = dict(names), budget or Budget()
    for name in resolve_order(let):
        try:
            scope[name] = evaluate(let[name], scope, rng=rng, reps=reps, budget=budget)
        except FormulaError as error:
            kind, text = type(error), let[name].text
            raise kind(
                refusals.IN_LET, error.column, name=name, text=text, why=error.why
            ) from error
    return scope
