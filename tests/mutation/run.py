"""Run a room's own tests against each mutant, in a process of its own forked from a warm one."""

import ast
import importlib.machinery
import json
import multiprocessing as mp
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Literal

from tests.mutation.alterations import Mutant, alter

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 120.0
QUICK = ("-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=")
DOCTESTS = ("--doctest-modules",)

_ENDED = 64
"""Added to pytest's exit status, so that no other end of a process is taken for one."""

Fate = Literal["killed", "timed out", "survived", "not run"]


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a mutant; ``not run`` where no test of the room runs its line."""

    module: str
    place: str
    line: int
    fate: Fate


def try_mutants(room: str, mutants: Sequence[tuple[str, Mutant]], *, jobs: int) -> Iterator[Trial]:
    """Run the tests that reach each mutant's line, in the order of ``mutants``.

    Args:
        room: a folder of ``studytool``; its tests are those of ``tests/ROOM`` and its doctests.
        mutants: each with its module, as a path from the root.
        jobs: how many run at a time.
    """
    reached = _reached_lines(room)
    context = mp.get_context("forkserver")
    context.set_forkserver_preload(["tests.mutation.warm"])

    _refuse_failing_control(context, mutants, reached)

    def run(pair: tuple[str, Mutant]) -> Trial:
        module, mutant = pair
        tests = _tests_of(reached, module, mutant)
        fate = _fate(context, module, ast.unparse(mutant.tree), tests) if tests else "not run"
        return Trial(module, mutant.place, mutant.line, fate)

    with ThreadPoolExecutor(jobs) as threads:
        yield from threads.map(run, mutants)


def mutants_of(room: str) -> list[tuple[str, Mutant]]:
    """Return every mutant of every module of a room."""
    folder = ROOT / "studytool" / room
    return [
        (path.relative_to(ROOT).as_posix(), mutant)
        for path in sorted(folder.rglob("*.py"))
        for mutant in alter(path.read_text(encoding="utf-8"))
    ]


def tests_of_room(room: str) -> list[str]:
    """Return what pytest is told to run for a room."""
    return [f"tests/{room}", f"studytool/{room}"]


def _reached_lines(room: str) -> dict[str, list[str]]:
    """Return the tests that run each ``module:line`` of a room."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder, "lines.json")
        here = {"MUTATION_ROOM": str(ROOT / "studytool" / room), "MUTATION_LINES": str(lines)}
        command = [sys.executable, "-m", "pytest", *QUICK[1:], *DOCTESTS]
        command += ["-p", "tests.mutation.coverage", *tests_of_room(room)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **here},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"the tests fail without any mutant:\n{done.stdout[-3000:]}")
        found: dict[str, list[str]] = json.loads(lines.read_text(encoding="utf-8"))
    return {place.removeprefix(f"{ROOT}/"): tests for place, tests in found.items()}


def _tests_of(reached: dict[str, list[str]], module: str, mutant: Mutant) -> list[str]:
    """Return the tests that run the mutant's line; of a module's own lines, all that touch it."""
    if mutant.place.startswith("module: ") or f"{module}:{mutant.line}" not in reached:
        source = (ROOT / module).read_text(encoding="utf-8")
        if not mutant.place.startswith("module: ") and _inside_function(source, mutant.line):
            return []
        touched = [tests for place, tests in reached.items() if place.startswith(f"{module}:")]
        return list(dict.fromkeys(test for tests in touched for test in tests if test))
    return [test for test in reached[f"{module}:{mutant.line}"] if test]


def _inside_function(source: str, line: int) -> bool:
    return any(
        node.body[0].lineno <= line <= (node.end_lineno or line)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _refuse_failing_control(
    context: mp.context.ForkServerContext,
    mutants: Sequence[tuple[str, Mutant]],
    reached: dict[str, list[str]],
) -> None:
    """Run the same way without an alteration: whatever fails then is no notice of a mutant."""
    for module in dict.fromkeys(module for module, _ in mutants):
        touched = [tests for place, tests in reached.items() if place.startswith(f"{module}:")]
        tests = list(dict.fromkeys(test for several in touched for test in several if test))
        source = ast.unparse(ast.parse((ROOT / module).read_text(encoding="utf-8")))
        if tests and _fate(context, module, source, tests) != "survived":
            raise RuntimeError(f"{module}: the tests fail without any alteration")


def _fate(
    context: mp.context.ForkServerContext, module: str, source: str, tests: list[str]
) -> Fate:
    """Run the tests against a module's altered source.

    Raises:
        RuntimeError: pytest itself did not end as it should: that says nothing of the mutant.
    """
    process = context.Process(target=_child, args=(module, source, tests))
    process.start()
    process.join(LONGEST_SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        return "timed out"
    match (process.exitcode or 0) - _ENDED:
        case 0:
            return "survived"
        case 1 | 2:  # a test failed, or a module could not even be imported
            return "killed"
        case status:
            raise RuntimeError(f"{module}: pytest ended with {status + _ENDED}")


def _child(module: str, source: str, tests: list[str]) -> None:
    import pytest

    altered = str(ROOT / module)
    usual = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        if loader.path == altered:
            return compile(source, altered, "exec", dont_inherit=True)
        return usual(loader, name)

    setattr(importlib.machinery.SourceFileLoader, "get_code", get_code)  # noqa: B010 - of a class that mypy knows
    os.chdir(ROOT)
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - the process ends
    with redirect_stdout(nowhere), redirect_stderr(nowhere):
        status = pytest.main([*QUICK, *DOCTESTS, *tests])
    os._exit(_ENDED + int(status))
