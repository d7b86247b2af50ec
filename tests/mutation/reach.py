"""Which tests reach a mutant, in the order in which they are likely to notice it soonest."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from studytool.verification.alterations import SourceMutant
from tests.mutation.coverage import IMPORTED
from tests.mutation.rooms import ROOT, Room

OPTIONS = (
    "-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=",
    "-m", "not slow and not long", "--doctest-modules",
    "-p", "tests.mutation.laws", "--hypothesis-profile=mutation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MutantOfModule:
    """A mutant with its module, as a path from the root."""

    module: str
    mutant: SourceMutant

    def __str__(self) -> str:
        return f"{self.module}: {self.mutant.place}"


@dataclass(frozen=True, slots=True)
class Reach:
    """What a run of a room's tests without any mutant shows.

    Attributes:
        lines: the tests that run each ``module:line``.
        imported: each ``module:line`` that is run while modules are imported and tests collected.
        seconds: the processor's time of each test, traced: several times what it takes alone.
        laws: the tests of Hypothesis.
        loaded: the modules that were imported by the end, the first first.
    """

    lines: dict[str, list[str]]
    imported: frozenset[str]
    seconds: dict[str, float]
    laws: frozenset[str]
    loaded: list[str]

    def works_while_imported(self, one: MutantOfModule) -> bool:
        """Tell whether a part of the mutant's function is run before any test."""
        first, last = one.mutant.body
        return any(f"{one.module}:{line}" in self.imported for line in range(first, last + 1))

    def of(self, one: MutantOfModule) -> list[str]:
        """Return the tests that run the line of a mutant inside a function."""
        return self.in_order(self.lines.get(f"{one.module}:{one.mutant.line}", []))

    def in_order(self, tests: Iterable[str]) -> list[str]:
        """Return the cheapest tests first, and laws, which take many examples, last."""
        return sorted(tests, key=lambda test: (test in self.laws, self.seconds[test]))

    def likely_file(self, module: str) -> str | None:
        """Return the file of tests that is likely to notice a change of a module soonest."""
        touching = {
            test
            for place, tests in self.lines.items()
            if place.startswith(f"{module}:")
            for test in tests
        }
        files: dict[str, float] = {}
        for test in touching:
            file = test.partition("::")[0]
            files[file] = files.get(file, 0.0) + self.seconds[test]
        stem = PurePosixPath(module).stem
        return min(
            files, key=lambda file: (f"test_{stem}.py" not in file, files[file]), default=None
        )


def measure_reach(room: Room) -> Reach:
    """Run a room's tests once; all of them must pass.

    Raises:
        RuntimeError: one fails without any mutant.
    """
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder, "lines.json")
        here = {
            "MUTATION_ROOM": str(room.root / room.modules),
            "MUTATION_LINES": str(lines),
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *OPTIONS, "-p", "tests.mutation.coverage",
             *room.tests],
            cwd=room.root, env={**os.environ, **here}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"the tests fail without any mutant:\n{done.stdout[-3000:]}")
        found = json.loads(lines.read_text(encoding="utf-8"))
    lines_ = {place.removeprefix(f"{room.root}/"): ran for place, ran in found["lines"].items()}
    return Reach(
        {place: [test for test in ran if test != IMPORTED] for place, ran in lines_.items()},
        frozenset(place for place, ran in lines_.items() if IMPORTED in ran),
        found["seconds"],
        frozenset(found["laws"]),
        found["loaded"],
    )
