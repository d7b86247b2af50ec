"""A formula of a pack where it stands: does it parse, does it use names that exist."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from studytool.errors import FormulaError
from studytool.formula.bindings import resolve_order
from studytool.formula.functions import CONSTANTS
from studytool.formula.parse import Formula, parse_once
from studytool.formula.scan import WORD_OPERATORS
from studytool.language import Message
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.located import Located, did_you_mean
from studytool.packs.telling import names_here, parted, told

_Entry = TypeVar("_Entry", covariant=True)

_TAKEN = frozenset({*CONSTANTS, *WORD_OPERATORS, "reps", "answer"})
"""Names that mean something already; a function's name does not, since a call is told by its ``(``."""


@dataclass(frozen=True, slots=True)
class FormulaChecks(Generic[_Entry]):
    """Checks formulas of one entry."""

    located: Located[_Entry]

    def let(
        self, let: Mapping[str, str], path: Path, scope: Collection[str], *, draws: bool = False
    ) -> Iterator[Diagnostic]:
        """Check formulas with names, each of which may use the others."""
        yield from self.free_names(let, path, scope)
        names = set(scope) | set(let)
        for name, text in let.items():
            yield from self.one(text, (*path, name), names, draws=draws)
        trees = {name: parsed_or_none(text, draws=draws) for name, text in let.items()}
        try:
            resolve_order({name: tree for name, tree in trees.items() if tree})
        except FormulaError as error:
            yield self.located.problem("E302", path, error.why, told("take one of them out"))

    def free_names(
        self, names: Collection[str], path: Path, scope: Collection[str] = ()
    ) -> Iterator[Diagnostic]:
        """Check that names mean nothing yet."""
        for name in names:
            where = (*path, name)
            if name in _TAKEN:
                why = told("the name '{name}' has a meaning in formulas already", name=name)
                yield self.located.problem_at_key("E318", where, why, told("choose another"))
            elif name in scope:
                why = told("the name '{name}' is bound twice", name=name)
                yield self.located.problem_at_key("E318", where, why, told("choose another"))

    def one(
        self, text: str, path: Path, scope: Collection[str], *, draws: bool = False
    ) -> Iterator[Diagnostic]:
        """Check one formula: its syntax, and each name that it uses."""
        try:
            formula = parse_once(text, draws=draws)
        except FormulaError as error:
            spot = (path, (error.column or 1) - 1)
            why, help_ = parted(error.why)
            help_ = help_ or told(
                "mend it there; 'studytool help formulas' says what may stand in one"
            )
            yield self.located.problem_in_text("E301", spot, told("formula: {why}", why=why), help_)
            return
        for name in sorted(formula.names - set(scope)):
            found = re.search(rf"\b{name}\b", text)
            spot = (path, found.start() if found else 0)
            message = told("formula: unknown name '{name}'", name=name)
            help_ = _instead(name, scope)
            yield self.located.problem_in_text("E303", spot, message, help_, length=len(name))


def _instead(name: str, scope: Collection[str]) -> Message:
    if name == "reps":
        return told("only the sample of a check has 'reps'")
    return did_you_mean(name, scope) or names_here(scope)


def parsed_or_none(text: str, *, draws: bool) -> Formula | None:
    """Read a formula; None where it is refused, which is reported where it stands."""
    try:
        return parse_once(text, draws=draws)
    except FormulaError:
        return None
