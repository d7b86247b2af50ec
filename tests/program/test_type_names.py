"""One word, one meaning: each public type name is defined once in the program."""

import ast
from collections import defaultdict
from pathlib import Path

import studytool
from tests.sources import nodes_of

ROOT = Path(studytool.__file__).parent


def _type_names(path: Path) -> list[str]:
    """Return the classes and type aliases that a module defines for others."""
    names = []
    module = nodes_of(path)[0]
    assert isinstance(module, ast.Module)
    for node in module.body:
        match node:
            case ast.ClassDef(name=name):
                names.append(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.append(name)
            case _:
                pass
    return [name for name in names if name[:1].isupper() and not name.isupper()]


def test_each_public_type_name_is_defined_once() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for module in sorted(ROOT.rglob("*.py")):
        for name in _type_names(module):
            places[name].append(module.relative_to(ROOT).as_posix())
    assert len(places) > 200  # the walk saw the program
    twins = {name: where for name, where in places.items() if len(where) > 1}
    assert twins == {}
