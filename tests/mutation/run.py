"""Run a room's own tests against each mutant."""

import functools
import importlib
import inspect
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import TextIO, cast

import pytest
from _pytest.runner import runtestprotocol

from studytool.verification.alterations import alter
from studytool.verification.core_mutants import core_mutants, source_mutants
from tests.mutation.coverage import forget_results
from tests.mutation.forks import CRASHED, Fate, Task, run_forked
from tests.mutation.importing import import_altered, import_libraries
from tests.mutation.reach import OPTIONS, MutantOfModule, Reach, measure_reach
from tests.mutation.rooms import Room

Report = Callable[[MutantOfModule, Fate], None]

_TIMES = 4.0
"""A mutant may take so many times as long as the tests took while their lines were traced."""

_SECONDS_TO_BEGIN = 2.0
_SECONDS_TO_IMPORT = 10.0


def mutants_of(room: Room) -> list[MutantOfModule]:
    """Return every mutant of every module of a room; of the core, those that ``verify`` tries."""
    if room.modules == "studytool/numerics":
        return [
            MutantOfModule(
                f"{room.modules}/{one.module}.py", source_mutants(one.module)[one.number]
            )
            for one in core_mutants()
        ]
    return [
        MutantOfModule(path.relative_to(room.root).as_posix(), mutant)
        for path in sorted((room.root / room.modules).rglob("*.py"))
        for mutant in alter(path.read_text(encoding="utf-8"))
    ]


def try_mutants(
    room: Room, mutants: Sequence[MutantOfModule], *, jobs: int, report: Report
) -> None:
    """Call ``report(mutant, fate)`` for each.

    An alteration inside a function replaces the function's code in a fork of a process that has
    collected the tests; the tests that run its line are run. Any other, and one in a function
    that does its work while modules are imported, is imported altered, and all the room's tests
    are run.

    Args:
        room: what is altered, and its tests.
        mutants: what to try.
        jobs: how many processes run at a time.
        report: told of each.
    """
    reach = measure_reach(room)
    os.chdir(room.root)
    inside, outside = [], []
    for one in mutants:
        if not _fits_in_place(one, room) or reach.works_while_imported(one):
            outside.append(one)
        elif reach.of(one):
            inside.append(one)
        else:
            report(one, "survived")  # no test reaches it
    for one, fate in _try_in_place(room, inside, reach, jobs=jobs):
        report(one, fate)
    import_libraries(room, reach.loaded)
    most = _SECONDS_TO_IMPORT + _seconds(reach.seconds, reach)
    tasks = (
        Task(one, functools.partial(import_altered, one, room, reach), most) for one in outside
    )
    for one, fate in run_forked(tasks, jobs=jobs):
        report(one, fate)


def _try_in_place(
    room: Room, mutants: list[MutantOfModule], reach: Reach, *, jobs: int
) -> Iterator[tuple[MutantOfModule, Fate]]:
    """Try mutants in a process that collects the tests, so that this one stays without them."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "w", buffering=1, encoding="ascii") as told:
                in_place = _InsteadOfTests(room, mutants, reach, jobs, told)
                options = [*OPTIONS, "-s", *room.tests]
                status = int(pytest.main(options, plugins=[in_place]))
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as told:
        for line in told:
            number, _, fate = line.strip().partition(" ")
            yield mutants[int(number)], cast(Fate, fate)
    _, status = os.waitpid(pid, 0)
    if status:
        raise RuntimeError(f"{room.modules}: its tests fail in a process that was forked")


def _seconds(tests: Iterable[str], reach: Reach) -> float:
    return _SECONDS_TO_BEGIN + _TIMES * sum(reach.seconds[test] for test in tests)


class _InsteadOfTests:
    """A pytest plugin: once the tests are collected, try mutants instead of running them."""

    def __init__(
        self,
        room: Room,
        mutants: list[MutantOfModule],
        reach: Reach,
        jobs: int,
        told: TextIO,
    ) -> None:
        self._room = room
        self._mutants = mutants
        self._reach = reach
        self._jobs = jobs
        self._told = told

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        self._refuse_failing_control(items)
        tasks = (self._task(number, one, items) for number, one in enumerate(self._mutants))
        for number, fate in run_forked(tasks, jobs=self._jobs):
            self._told.write(f"{number} {fate}\n")
        return True

    def _task(self, number: int, one: MutantOfModule, items: dict[str, pytest.Item]) -> Task[int]:
        tests = self._reach.of(one)
        run = functools.partial(_run_altered, one, self._room, [items[test] for test in tests])
        return Task(number, run, _seconds(tests, self._reach))

    def _refuse_failing_control(self, items: dict[str, pytest.Item]) -> None:
        """Run all the tests in a fork without an alteration: they must not fail by that."""
        tests = self._reach.in_order(items)
        run = functools.partial(_run, [items[test] for test in tests])
        [(_, fate)] = run_forked([Task("control", run, _seconds(tests, self._reach))], jobs=1)
        if fate != "survived":
            raise RuntimeError(f"the tests {fate} in a forked process without any alteration")


def _run_altered(one: MutantOfModule, room: Room, items: list[pytest.Item]) -> int:
    module = one.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    try:
        function = _function(importlib.import_module(module), str(one.mutant.function))
        function.__code__ = _altered_code(one, room)
    except (TypeError, ValueError, LookupError):
        return CRASHED
    forget_results(room.modules)
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
    for wrapper in ("fget", "__func__", "func"):
        found = getattr(found, wrapper, None) or found
    found = inspect.unwrap(found) if callable(found) else found
    if not isinstance(found, FunctionType):
        raise TypeError(f"{name} is no function but {found!r}")
    return found


def _fits_in_place(one: MutantOfModule, room: Room) -> bool:
    """Tell whether it is inside a function whose code needs the same variables from around it."""
    if one.mutant.function is None:
        return False
    usual = _code_of(_usual_code(room.root / one.module), str(one.mutant.function).split("."))
    return usual.co_freevars == _altered_code(one, room).co_freevars


@functools.cache
def _usual_code(path: Path) -> CodeType:
    return compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True)


def _altered_code(one: MutantOfModule, room: Room) -> CodeType:
    code = compile(one.mutant.tree, str(room.root / one.module), "exec", dont_inherit=True)
    return _code_of(code, str(one.mutant.function).split("."))


def _code_of(code: CodeType, names: list[str]) -> CodeType:
    for name in names:
        code = next(
            part for part in code.co_consts if isinstance(part, CodeType) and part.co_name == name
        )
    return code
