"""What an item computes: its formulas, its conditions, and lint of its numbers.

It stands apart since it needs the formula language, which an item without numbers does not.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from studytool.errors import FormulaError
from studytool.formula.bindings import resolve_order
from studytool.formula.parse import parse_once
from studytool.packs.clozes import Cloze, NumberBlank
from studytool.packs.conditions import check_conditions
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.first_draws import scopes_of
from studytool.packs.formulas import check_item_formulas
from studytool.packs.item_fields import ItemFields
from studytool.packs.items import Numeric
from studytool.packs.located import Located
from studytool.packs.met_values import (
    check_right_misconceptions,
    check_twin_misconceptions,
    check_zero_key,
)
from studytool.packs.parameters import ChoiceParameter, names_of
from studytool.packs.telling import told
from studytool.packs.templates import MisfilledBraces, placeholders, read_template
from studytool.packs.walk import written


def check_numbers(
    located: Located[ItemFields], experiments: Collection[str] | None
) -> Iterator[Diagnostic]:
    """Check what an item draws and computes.

    Args:
        located: the item.
        experiments: the names of the pack's; None where they are not known.
    """
    scopes = scopes_of(located.value) if _asks_a_number(located.value) else None
    yield from check_item_formulas(located, experiments, scopes)
    yield from check_conditions(located)
    yield from _lint(located, scopes)


def _asks_a_number(item: ItemFields) -> bool:
    """Tell an item whose key is computed from what is drawn."""
    if isinstance(item, Cloze):
        return any(isinstance(blank, NumberBlank) for blank in item.blanks.values())
    return isinstance(item, Numeric)


def _lint(
    located: Located[ItemFields], scopes: Sequence[Mapping[str, float]] | None
) -> Iterator[Diagnostic]:
    """Warn of an item with numbers that shows or teaches less than it seems to.

    Args:
        located: the item.
        scopes: of its first draws, where it asks a number; None where a formula cannot be read.
    """
    item = located.value
    if not item.params:
        return
    if isinstance(item, Numeric | Cloze) and _asks_a_number(item):
        if scopes is None:
            return  # its formulas are reported as errors
        try:
            if isinstance(item, Numeric):
                yield from _lint_prompt(located, item)
                yield from check_right_misconceptions(located, item, scopes)
                yield from check_twin_misconceptions(located, item, scopes)
            yield from check_zero_key(located, item, scopes)
        except FormulaError:
            return  # the same
        if isinstance(item, Numeric):
            yield from _lint_solution(located, item)
    yield from _lint_parameters(located, item)


def _lint_prompt(located: Located[ItemFields], item: Numeric) -> Iterator[Diagnostic]:
    """Warn of a parameter that is shown neither itself nor through a ``let`` made of it."""
    let = {name: parse_once(text) for name, text in item.let.items()}
    users_first = resolve_order(let)[::-1]
    for where, words in written(("prompt",), item.prompt):
        parts = read_template(words, item.known_names)
        shown = {one.inner if isinstance(one, MisfilledBraces) else one.name for one in parts}
        unknown = shown - {*item.known_names}  # reported, and it may be the parameter's
        for name in users_first:
            if name in shown:
                shown |= let[name].names
        for name, parameter in item.params.items():
            if not unknown and not shown & {name, *names_of(name, parameter)}:
                why = told("the prompt does not show the parameter '{name}'", name=name)
                help_ = told("write {{{name}}} where it is said", name=name)
                if f"{{{{{name}}}}}" in words and "$" not in words:
                    help_ = told("write {{{name}}}, with one brace", name=name)
                elif f"{{{name}}}" in words:  # braces of a formula
                    help_ = told("write \\val{{{name}}} in the formula for its number", name=name)
                yield located.problem("W403", where, why, help_)


def _lint_parameters(located: Located[ItemFields], item: ItemFields) -> Iterator[Diagnostic]:
    for name, parameter in item.params.items():
        if isinstance(parameter, ChoiceParameter) and {0.0, 1.0} & set(parameter.choice):
            why = told("'{name}' may be 0 or 1, which hides errors of the formula", name=name)
            yield located.problem_at_key("W404", ("params", name), why, told("leave 0 and 1 out"))


def _lint_solution(located: Located[ItemFields], item: Numeric) -> Iterator[Diagnostic]:
    if item.solution is None:
        help_ = told("add 'solution:', which may show {{answer}}")
        yield located.problem("W408", (), told("no worked solution"), help_)
        return
    known = {*item.known_names, "answer"}
    for where, words in written(("solution",), item.solution):
        if not any(found.name in known for found in placeholders(words, known)):
            why = told("the solution shows none of the numbers")
            yield located.problem(
                "W408", where, why, told("show {{answer}} and what it is made of")
            )
