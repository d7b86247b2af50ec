"""The search for mutants that no test notices: what is altered, and what counts as noticed."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from studytool.verification.alterations import alter
from tests.mutation.__main__ import drawn_evenly
from tests.mutation.explained import EXPLAINED
from tests.mutation.forks import CRASHED, Fate, Task, run_forked
from tests.mutation.rooms import ROOMS, ROOT, Room
from tests.mutation.run import mutants_of
from tests.mutation.wilson import wilson_interval

KINDS = [
    ("def f(a, b): return a < b", {"f: a < b -> a <= b"}),
    ("def f(a, b): return a is not b", {"f: a is not b -> a is b"}),
    ("def f(a, b): return a + b", {"f: a + b -> a - b"}),
    ("def f(a): return a and f(a)", {"f: a and f(a) -> a or f(a)"}),
    ("def f(a): return not a", {"f: not a -> a"}),
    ("def f(a): return -a", {"f: -a -> a"}),
    ("def f(a): return 3 if a else a", {"f: 3 if a else a -> 3 if not a else a", "f: 3 -> 4"}),
    ("def f(a):\n    if a: a.b()", {"f: if a -> if not a", "f: a.b() -> pass"}),
    ("def f(a): return g(a, key=a)", {"f: g(a, key=a) -> g(a)"}),
    ("def f(a, b): return zip(a, b, strict=True)", set()),
    ("def f(a, b): return zip(a, b, strict=False)", {"f: False -> True"}),
    ("class A:\n    limit: int = 3\n    def f(self): return True", {
        "A: 3 -> 4", "A.f: True -> False",
    }),
    ("LIMIT = 2.5", {"module: 2.5 -> 3.5"}),
    ("def f(a=1): return a", {"f: 1 -> 2"}),
    ("def f(a): return 1 + 1", {"f: 1 + 1 -> 1 - 1", "f: 1 -> 2", "f: 1 -> 2 (2)"}),
    ("'''Words.'''\nWORDS = Phrase(ko='1', en=f'{1}')\nimport os", set()),
    ("@cache(size=1)\ndef f(a: Field[1]) -> Box[2]: raise Error(3)", set()),
]  # fmt: skip


@pytest.mark.parametrize(("source", "places"), KINDS)
def test_each_kind_of_alteration(source: str, places: set[str]) -> None:
    assert {mutant.place for mutant in alter(source)} == places


def test_a_mutant_knows_whether_it_is_inside_a_function() -> None:
    source = "class A:\n    n = 1\n    def f(self, a=2):\n        return lambda: 3\n"
    found = {one.place: (one.line, one.function, one.body) for one in alter(source)}
    assert found == {
        "A: 1 -> 2": (2, None, (0, 0)),
        "A.f: 2 -> 3": (3, None, (0, 0)),
        "A.f: 3 -> 4": (4, "A.f", (4, 4)),
    }


@pytest.mark.parametrize(("hits", "tried"), [(8, 10), (0, 10), (10, 10), (190, 200)])
def test_wilsons_interval_against_the_roots_of_its_equation(hits: int, tried: int) -> None:
    share, part = hits / tried, 1.959964**2 / tried  # (share - p)**2 = part * p * (1 - p)
    low, high = sorted(np.roots([1 + part, -2 * share - part, share**2]))
    assert wilson_interval(hits, tried) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize("seed", [None, 0, 1])
def test_a_sample_has_one_mutant_of_each_part(seed: int | None) -> None:
    drawn = drawn_evenly(1000, 40, seed=seed)
    assert [number // 25 for number in drawn] == list(range(40))
    assert (drawn == drawn_evenly(1000, 40, seed=None)) is (seed is None)


def _endless() -> int:
    while True:
        pass


def _raising() -> int:
    raise ValueError


@pytest.mark.parametrize(
    ("run", "fate"),
    [
        (lambda: 0, "survived"),
        (lambda: 1, "killed"),
        (lambda: CRASHED, "crashed"),
        (_raising, "crashed"),
        pytest.param(_endless, "timed out", marks=pytest.mark.slow),
    ],
)
def test_how_a_task_ended(run: object, fate: Fate) -> None:
    assert callable(run)
    assert list(run_forked([Task("it", run, seconds=1)], jobs=1)) == [("it", fate)]


PLANTED = '''"""A room with mutants."""
from dataclasses import dataclass
from functools import cache, wraps

LIMIT = 3
UNUSED = 7
ORDER = dict(zip("ab", (1, 2), strict=True))

@dataclass(frozen=True, slots=True)
class Box:
    size: int = 5

    @property
    def full(self):
        return self.size > LIMIT

    @classmethod
    def of(cls, size):
        return cls(size + 1)

@cache
def twice(n):
    return n * 2

def passed_on(function):
    @wraps(function)
    def called(n):
        return function(n)
    return called

@passed_on
@passed_on
def thrice(n):
    return n * 3

def survivor(n):
    return n >= 0

def endless(n):
    while n < 3:
        n += 1
    return n

def unreached():
    return 1

def added(n):
    return lambda m: n + m

plus_two = added(2)
'''
TESTS = """
from planted.room import Box, LIMIT, ORDER, endless, plus_two, survivor, thrice, twice

SIX = twice(3)  # computed before any alteration

def test_all():
    assert (Box(4).full, Box(3).full, Box().size) == (True, False, 5)
    assert Box.of(1) == Box(2)
    assert (twice(3), SIX, endless(0)) == (6, 6, 3)
    assert plus_two(3) == 5
    assert thrice(2) == 6
    assert survivor(1) and not survivor(-1)

def test_names():
    assert ORDER == {"a": 1, "b": 2}
"""
SCRIPT = """
from pathlib import Path
from tests.mutation.rooms import Room
from tests.mutation.run import mutants_of, try_mutants

room = Room(Path.cwd(), "planted", ("test_planted.py",))
found = []
try_mutants(room, mutants_of(room), jobs=2, report=lambda one, fate: found.append((fate, one)))
for fate, one in found:
    print(f"FATE {fate}: {one.mutant.place}")
"""


@pytest.mark.slow
def test_a_planted_survivor_is_listed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "planted").mkdir()
    (tmp_path / "planted" / "__init__.py").touch()
    (tmp_path / "planted" / "room.py").write_text(PLANTED, encoding="utf-8")
    (tmp_path / "test_planted.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{SCRIPT}"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    fates = [line.removeprefix("FATE ") for line in done.stdout.splitlines() if "FATE" in line]
    unnoticed = {fate for fate in fates if not fate.startswith(("killed", "timed out"))}
    assert unnoticed == {
        "survived: module: 7 -> 8",
        "survived: survivor: n >= 0 -> n > 0",
        "survived: survivor: 0 -> 1",
        "survived: unreached: 1 -> 2",
    }
    killed = {fate for fate in fates if fate not in unnoticed}
    assert killed == {
        "killed: module: 3 -> 4",
        "killed: module: 1 -> 2",
        "killed: module: 2 -> 3",
        "killed: module: 2 -> 3 (2)",
        "killed: Box: 5 -> 6",
        "killed: Box.full: self.size > LIMIT -> self.size >= LIMIT",
        "killed: Box.of: size + 1 -> size - 1",
        "killed: Box.of: 1 -> 2",
        "killed: twice: n * 2 -> n / 2",
        "killed: twice: 2 -> 3",
        "killed: thrice: n * 3 -> n / 3",
        "killed: thrice: 3 -> 4",
        "killed: endless: while n < 3 -> while not n < 3",
        "killed: endless: n < 3 -> n <= 3",
        "killed: endless: 3 -> 4",
        "timed out: endless: n += 1 -> n -= 1",
        "killed: endless: 1 -> 2",
        "killed: added: n + m -> n - m",  # it did its work while it was imported
    }


@pytest.mark.slow
def test_every_mutant_that_is_explained_is_still_one_of_its_room() -> None:
    found = {str(one) for name in ROOMS for one in mutants_of(Room.named(name))}
    assert len(found) > 10_000  # the rooms were read
    assert set(EXPLAINED) - found == set()
