"""Conditions: a formula that tells one draw or result from another compares something."""

from collections.abc import Iterator

from studytool.errors import FormulaError
from studytool.formula.parse import parse_once
from studytool.formula.tree import Call, Comparison, Conditional, FormulaNode, Operation
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located
from studytool.packs.telling import told

_PARTS = ("options", "outcomes", "misconceptions")


def check_conditions(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Report each condition of an item that is a number: any but 0 would count as true."""
    for path, text in _conditions(located.value):
        try:
            root = parse_once(text).tree
        except FormulaError:
            continue  # reported where the formula is checked
        if not _is_condition(root):
            why = told("a condition is wanted, and this is a number")
            help_ = told("compare it: '{text} > 0', say", text=text)
            yield located.problem("E324", path, why, help_)


def _conditions(item: ItemFields) -> Iterator[tuple[Path, str]]:
    for number, text in enumerate(item.require):
        yield ("require", number), text
    for part in _PARTS:
        for number, entry in enumerate(getattr(item, part, None) or ()):
            if entry.when is not None:
                yield (part, number, "when"), entry.when


def _is_condition(node: FormulaNode) -> bool:
    match node:
        case Comparison():
            return True
        case Operation(operator="not"):
            return True
        case Operation(operator="and" | "or", operands=operands):
            return all(map(_is_condition, operands))
        case Conditional(then=then, otherwise=otherwise):
            return _is_condition(then) and _is_condition(otherwise)
        case Call(function=name):
            return name in ("all", "any")
        case _:
            return False
