"""The units of numbers that are asked for: each can be read, and the languages mean one unit."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from studytool.packs.diagnostics import Diagnostic
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located
from studytool.packs.telling import told
from studytool.packs.walk import walk_texts, written

if TYPE_CHECKING:
    from studytool.units.unit import Unit


def check_units(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Report each unit that cannot be read, and one that is another in another language."""
    for path, text in walk_texts(located.value):
        if path[-1] != "unit":
            continue
        # late: few items have a unit
        from studytool.units.parse import parse_unit
        from studytool.units.problems import unit_problem

        first: Unit | None = None
        for where, words in written(path, text):
            if not words.strip():
                continue  # E332 says it
            if problem := unit_problem(words):
                yield located.problem("E322", where, *problem)
                continue
            unit = parse_unit(words.strip())
            if first is not None and not unit.is_same(first):
                why = told(
                    "'{text}' is not the unit that another language has, '{first}'",
                    text=unit.text,
                    first=first.text,
                )
                yield located.problem(
                    "E322", where, why, told("write the same unit in every language")
                )
            first = first or unit
