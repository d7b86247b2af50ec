"""The names that an item's formulas may use, computed from one draw of its parameters."""

from collections.abc import Mapping

from studytool.errors import FormulaError
from studytool.formula.bindings import evaluate_let, resolve_order
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse_once
from studytool.formula.refusals import ONE_NUMBER
from studytool.packs.item_fields import ItemFields
from studytool.packs.rounding import rounded

ParameterScope = Mapping[str, float]


def scope_of(item: ItemFields, drawn: ParameterScope) -> dict[str, float]:
    """Return every name that the item's formulas may use: what is drawn, and ``let``.

    A ``let`` that the question shows is rounded to what is shown before it is used.

    Raises:
        FormulaError: a formula of ``let`` that cannot be read or computed, or is no number.
    """
    let = {name: parse_once(text) for name, text in item.let.items()}
    scope = dict(drawn)
    for name in resolve_order(let):
        value = evaluate_let({name: let[name]}, scope)[name]
        if not isinstance(value, float):
            raise FormulaError(ONE_NUMBER, text=f"{name} = {item.let[name]}")
        shown = item.shown_lets.get(name)
        scope[name] = value if shown is None else rounded(value, shown)
    return scope


def unmet(item: ItemFields, scope: ParameterScope) -> str | None:
    """Return the first condition on a draw that these numbers do not meet; None where all hold.

    Raises:
        FormulaError: a condition that cannot be read or computed.
    """
    names = [name for name in item.distinct or () if name in scope]  # another is reported
    if len({scope[name] for name in names}) < len(names):
        return f"distinct: [{', '.join(names)}]"
    for condition in item.require:
        if not evaluate_number(parse_once(condition), scope):
            return condition
    return None
