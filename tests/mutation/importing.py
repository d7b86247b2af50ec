"""Import a module altered, and run the room's tests on it: for what stands outside of functions."""

import ast
import importlib
import importlib.machinery
import importlib.metadata
import importlib.util
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType

import pytest

from tests.mutation.forks import CRASHED
from tests.mutation.reach import OPTIONS, MutantOfModule, Reach
from tests.mutation.rooms import Room


def import_libraries(room: Room, loaded: Iterable[str]) -> None:
    """Import beforehand what every mutant needs, and no mutant alters.

    pytest's plugins and the tests are left out: pytest imports them in a way of its own.
    """
    plugins = {
        file.parts[0].removesuffix(".py")
        for plugin in importlib.metadata.entry_points(group="pytest11")
        for file in (plugin.dist.files if plugin.dist is not None else None) or []
    }
    above = _modules_above(room, loaded)
    for name in loaded:
        top = name.partition(".")[0]
        if name not in above and top not in plugins and not top.startswith(("test", "conftest")):
            with suppress(ImportError):
                importlib.import_module(name)


def _modules_above(room: Room, loaded: Iterable[str]) -> set[str]:
    """Return the modules of the program that import one of the room, directly or not."""
    own = room.modules.partition("/")[0]
    imports: dict[str, set[str]] = {}
    for name in loaded:
        if name.partition(".")[0] == own and (spec := importlib.util.find_spec(name)):
            imports[name] = set(_imported(Path(str(spec.origin)))) | {name.rpartition(".")[0]}
    above = {
        name for name in imports if f"{name}.".startswith(room.modules.replace("/", ".") + ".")
    }
    while more := {name for name in imports if name not in above and imports[name] & above}:
        above |= more
    return above


def _imported(path: Path) -> Iterator[str]:
    """Return the names of modules that a file may import; a relative import is not known here."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)
            case _:
                pass


def import_altered(one: MutantOfModule, room: Room, reach: Reach) -> int:
    """Return pytest's exit status on the altered module; 1 where it cannot even be imported.

    The likely file of tests comes first, then all the others.
    """
    os.chdir(room.root)
    _alter_imports(str(room.root / one.module), one)
    try:
        _import_own(room, reach.loaded)
    except Exception:  # noqa: BLE001 - whatever an altered module raises, a test would see it
        return 1
    likely = reach.likely_file(one.module)
    if likely is not None and (status := _run([likely], reach, without=None)):
        return status
    return _run(room.tests, reach, without=likely)


def _alter_imports(altered: str, one: MutantOfModule) -> None:
    usual = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        if loader.path == altered:
            return compile(one.mutant.tree, altered, "exec", dont_inherit=True)
        return usual(loader, name)

    setattr(importlib.machinery.SourceFileLoader, "get_code", get_code)  # noqa: B010 - for mypy


def _import_own(room: Room, loaded: Iterable[str]) -> None:
    own = room.modules.partition("/")[0]
    for name in loaded:
        if name.partition(".")[0] == own:
            importlib.import_module(name)


def _run(files: Iterable[str], reach: Reach, *, without: str | None) -> int:
    status = int(pytest.main([*OPTIONS, *files], plugins=[_InOrder(reach, without)]))
    if status in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        return status
    if status == pytest.ExitCode.NO_TESTS_COLLECTED and without is not None:
        return 0  # the one file has them all
    # a file of tests that cannot be imported notices, too
    return 1 if status == pytest.ExitCode.INTERRUPTED else CRASHED


class _InOrder:
    """A pytest plugin: the cheapest tests first; those of one file are left out."""

    def __init__(self, reach: Reach, without: str | None) -> None:
        self._place: dict[str, int] = {
            test: place for place, test in enumerate(reach.in_order(reach.seconds))
        }
        self._without = without

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid.partition("::")[0] != self._without]
        items.sort(key=lambda item: self._place.get(item.nodeid, len(self._place)))
