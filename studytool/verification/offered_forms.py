"""Which parts of the core are closed forms that authors are offered.

These are the functions of the core that a formula may call, as ``studytool formula --list`` shows
them, and the closed forms that stand beside the quantities of experiments; with all that they use.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from studytool import numerics

_CORE = Path(numerics.__file__).parent
_CALLED: Mapping[str, tuple[str, ...]] = {
    "closed_forms": ("CLOSED_FORMS", "EPSILON"),
    "distributions": ("t_cdf", "t_quantile", "chi2_cdf", "chi2_quantile"),
    "activations": ("sigmoid", "relu", "leaky_relu", "elu"),
}
"""What a formula may call, of each module of the core."""

_Place = tuple[str, str]
"""A module of the core and a name that it defines."""


@cache
def offered_lines() -> Mapping[str, frozenset[int]]:
    """Return the lines of each module of the core that belong to a closed form for authors."""
    found: dict[str, set[int]] = {name: set() for name in _modules()}
    waiting = [(module, name) for module, names in _CALLED.items() for name in names]
    for module in _modules():
        for value in _beside_quantities(module):
            found[module] |= _lines_of(value)
            waiting += _used(module, value)
    seen: set[_Place] = set()
    while waiting:
        place = waiting.pop()
        definition = _definitions(place[0]).get(place[1])
        if place not in seen and definition is not None:
            seen.add(place)
            found[place[0]] |= _lines_of(definition)
            waiting += _used(place[0], definition)
    return {module: frozenset(lines) for module, lines in found.items()}


@cache
def _modules() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _CORE.glob("*.py")))


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse((_CORE / f"{module}.py").read_text(encoding="utf-8"))


@cache
def _definitions(module: str) -> Mapping[str, ast.stmt]:
    """Return what a module defines by a name: its functions and constants."""
    found: dict[str, ast.stmt] = {}
    for statement in _tree(module).body:
        match statement:
            case ast.FunctionDef(name=name):
                found[name] = statement
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = statement
            case _:
                pass
    return found


@cache
def _imported(module: str) -> Mapping[str, _Place]:
    """Return the names that a module takes from others of the core, and where they are defined."""
    prefix = f"{numerics.__name__}."
    return {
        one.asname or one.name: (str(statement.module).removeprefix(prefix), one.name)
        for statement in _tree(module).body
        if isinstance(statement, ast.ImportFrom) and str(statement.module).startswith(prefix)
        for one in statement.names
    }


def _beside_quantities(module: str) -> Iterator[ast.expr]:
    for node in ast.walk(_tree(module)):
        match node:
            case ast.Call(func=ast.Name(id="Quantity"), args=[_, _, _, value]):
                yield value
            case ast.keyword(arg="closed_form", value=value):
                yield value
            case _:
                pass


def _used(module: str, node: ast.AST) -> Iterator[_Place]:
    """Return the names of the core that a part of a module uses."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            place = _imported(module).get(one.id, (module, one.id))
            if place[0] in _modules():
                yield place


def _lines_of(node: ast.expr | ast.stmt) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
