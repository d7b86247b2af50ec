"""Run a room's own tests against each mutant: those that reach its line."""

import ast
import functools
import importlib
import importlib.machinery
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.alterations import Mutant, alter
from tests.mutation.forks import LONGEST_SECONDS, Fate, run_forked

ROOT = Path(__file__).parents[2]
OPTIONS = (
    "-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=",
    "--doctest-modules",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MutantOfModule:
    """A mutant with its module, as a path from the root."""

    module: str
    mutant: Mutant

    def __str__(self) -> str:
        return f"{self.module}: {self.mutant.place}"


def mutants_of(room: str) -> list[MutantOfModule]:
    """Return every mutant of every module of a room."""
    folder = ROOT / "studytool" / room
    return [
        MutantOfModule(path.relative_to(ROOT).as_posix(), mutant)
        for path in sorted(folder.rglob("*.py"))
        for mutant in alter(path.read_text(encoding="utf-8"))
    ]


def try_mutants(
    room: str, mutants: Sequence[MutantOfModule], *, jobs: int, report: Callable[..., None]
) -> None:
    """Call ``report(mutant, fate)`` for each; its fate is None where no test reaches its line.

    An alteration inside a function replaces the function's code in a fork of a process that has
    collected the tests. Any other is imported altered, by a process of its own.

    Args:
        room: a folder of ``studytool``; its tests are those of ``tests/ROOM`` and its doctests.
        mutants: what to try.
        jobs: how many processes run at a time.
        report: told of each.
    """
    reached = _reached_lines(room)
    inside, outside = [], []
    for one in mutants:
        tests = _tests_of(reached, one)
        if not tests:
            report(one, None)
        elif one.mutant.function is None:
            outside.append((one, functools.partial(_import_altered, one, tests)))
        else:
            inside.append((one, tests))
    for one, fate in run_forked(outside, jobs=jobs):
        report(one, fate)
    os.chdir(ROOT)
    status = pytest.main(
        [*OPTIONS, "-s", *_tests_of_room(room)], plugins=[_InsteadOfTests(inside, jobs, report)]
    )
    if status != pytest.ExitCode.OK:
        raise RuntimeError(f"{room}: its tests could not be collected")


def _tests_of_room(room: str) -> list[str]:
    return [f"tests/{room}", f"studytool/{room}"]


def _reached_lines(room: str) -> dict[str, list[str]]:
    """Return the tests that run each ``module:line`` of a room; all of them must pass."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder, "lines.json")
        here = {"MUTATION_ROOM": str(ROOT / "studytool" / room), "MUTATION_LINES": str(lines)}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *OPTIONS, "-p", "tests.mutation.coverage",
             *_tests_of_room(room)],
            cwd=ROOT, env={**os.environ, **here}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"the tests fail without any mutant:\n{done.stdout[-3000:]}")
        found: dict[str, list[str]] = json.loads(lines.read_text(encoding="utf-8"))
    return {place.removeprefix(f"{ROOT}/"): tests for place, tests in found.items()}


def _tests_of(reached: dict[str, list[str]], one: MutantOfModule) -> list[str]:
    """Return the tests that run the mutant's line; of a module's own lines, all that touch it."""
    if one.mutant.function is not None:
        return _named(reached.get(f"{one.module}:{one.mutant.line}", []))
    touched = [tests for place, tests in reached.items() if place.startswith(f"{one.module}:")]
    return _named([test for tests in touched for test in tests])


def _named(tests: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(test for test in tests if test))


def _import_altered(one: MutantOfModule, tests: list[str]) -> int:
    altered, source = str(ROOT / one.module), ast.unparse(one.mutant.tree)
    usual = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        if loader.path == altered:
            return compile(source, altered, "exec", dont_inherit=True)
        return usual(loader, name)

    setattr(importlib.machinery.SourceFileLoader, "get_code", get_code)  # noqa: B010 - for mypy
    os.chdir(ROOT)
    return int(pytest.main([*OPTIONS, *tests]))


class _InsteadOfTests:
    """A pytest plugin: once the tests are collected, try mutants instead of running them."""

    def __init__(
        self,
        mutants: list[tuple[MutantOfModule, list[str]]],
        jobs: int,
        report: Callable[..., None],
    ) -> None:
        self._mutants = mutants
        self._jobs = jobs
        self._report = report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        self._refuse_failing_control(items)
        tasks = (
            (one, functools.partial(_run_altered, one, [items[test] for test in tests]))
            for one, tests in self._mutants
        )
        for one, fate in run_forked(tasks, jobs=self._jobs):
            self._report(one, fate)
        return True

    def _refuse_failing_control(self, items: dict[str, pytest.Item]) -> None:
        """Run all the tests in a fork without an alteration: they must not fail by that."""
        control = functools.partial(_run, list(items.values()))
        fates: Iterator[tuple[str, Fate]] = run_forked(
            [("control", control)], jobs=1, seconds=10 * LONGEST_SECONDS
        )
        if [fate for _, fate in fates] != ["survived"]:
            raise RuntimeError("the tests fail in a forked process without any alteration")


def _run_altered(one: MutantOfModule, items: list[pytest.Item]) -> int:
    module = one.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    function = _function(importlib.import_module(module), str(one.mutant.function))
    code = compile(one.mutant.tree, str(ROOT / one.module), "exec", dont_inherit=True)
    function.__code__ = _code_of(code, str(one.mutant.function).split("."))
    return _run(items)


def _run(items: list[pytest.Item]) -> int:
    for item, following in zip(items, [*items[1:], None], strict=True):
        reports = runtestprotocol(item, nextitem=following, log=False)
        if any(report.failed for report in reports):
            return 1
    return 0


def _function(owner: object, name: str) -> FunctionType:
    """Return the function of that name, from under whatever decorates it."""
    found: object = owner
    for part in name.split("."):
        found = vars(found)[part]
    for wrapper in ("fget", "__func__", "func", "__wrapped__"):
        found = getattr(found, wrapper, None) or found
    if not isinstance(found, FunctionType):
        raise TypeError(f"{name} is no function but {found!r}")
    return found


def _code_of(code: CodeType, names: list[str]) -> CodeType:
    for name in names:
        code = next(
            part for part in code.co_consts if isinstance(part, CodeType) and part.co_name == name
        )
    return code
