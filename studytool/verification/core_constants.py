"""The core's constants outside of functions: their altered values, and where they are used."""

import ast
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path

from studytool import numerics
from studytool.verification.alterations import SourceMutant

_MADE_OF_PARTS = frozenset({"Experiment", "Phrase", "Quantity", "ClosedForm", "ParamSpec"})
"""Calls whose arguments are words, types, or functions that are altered in themselves."""
_SIZE_IN_MEMORY = "_ELEMENTS"
_MISSING = object()


def is_of_a_constant(mutant: SourceMutant) -> bool:
    """Tell whether an alteration is in the value of a constant, such as ``GUARD = 3.5``."""
    return bool(_names(mutant.statement)) and not mutant.is_inside_function


def _names(statement: ast.stmt) -> list[str]:
    """Return what a statement binds, where that is a constant."""
    match statement:
        case ast.Assign(targets=[target], value=value):
            pass
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            pass
        case _:
            return []
    parts = list(ast.walk(value))
    calls = (part.func for part in parts if isinstance(part, ast.Call))
    called = {function.id for function in calls if isinstance(function, ast.Name)}
    if called & _MADE_OF_PARTS or isinstance(value, ast.Subscript):  # an alias of types
        return []
    names = [part.id for part in ast.walk(target) if isinstance(part, ast.Name)]
    return [name for name in names if not name.endswith(_SIZE_IN_MEMORY)]


def uses_of(mutant: SourceMutant) -> frozenset[tuple[str, int]]:
    """Return each (module, line) of the core that names the constant which is altered."""
    names = set(_names(mutant.statement))
    return frozenset(
        (module, line)
        for module, found in _loads().items()
        for name, line in found
        if name in names
    )


@cache
def _loads() -> Mapping[str, frozenset[tuple[str, int]]]:
    """Return the names that each module of the core reads, with their lines."""
    found = {}
    for path in Path(*numerics.__path__).glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found[path.stem] = frozenset(
            (part.id, part.lineno) for part in ast.walk(tree) if isinstance(part, ast.Name)
        )
    return found


@contextmanager
def altered_constants(module: str, mutant: SourceMutant) -> Iterator[bool]:
    """Give the constants of one statement their altered values, wherever the program has them.

    What was computed of them while modules were imported stays as it is.
    """
    if not is_of_a_constant(mutant):
        yield False
        return
    home = vars(import_module(f"{numerics.__name__}.{module}"))
    scope = dict(home)
    tree = ast.fix_missing_locations(ast.Module([mutant.altered_statement], []))
    exec(compile(tree, f"{module}.py", "exec"), scope)
    changed: list[tuple[dict[str, object], str, object]] = []
    try:
        for name in _names(mutant.statement):
            usual = home[name]
            for space in _namespaces():
                if space.get(name, _MISSING) is usual:
                    changed.append((space, name, usual))
                    space[name] = scope[name]
        yield bool(changed)
    finally:
        for space, name, usual in changed:
            space[name] = usual


def _namespaces() -> list[dict[str, object]]:
    program = numerics.__name__.partition(".")[0]
    return [
        vars(module)
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == program
    ]
