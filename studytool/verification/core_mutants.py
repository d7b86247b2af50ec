"""The core altered in one place: which alterations there are, and how a process takes one on."""

import ast
import gc
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType

from studytool import numerics
from studytool.numerics.streams import stream
from studytool.verification.alterations import SourceMutant, alter
from studytool.verification.core_alterations import core_alterations
from studytool.verification.core_constants import altered_constants, is_of_a_constant, uses_of
from studytool.verification.offered_forms import offered_lines

CORE = Path(numerics.__file__).parent
_FIRST = "closed_forms"
_PLUMBING = frozenset(
    ["__init__", "arrays", "experiment", "form_calls", "measure", "registry", "streams"]
)
"""Modules that compute nothing: names, parameters, batches, streams."""
_CACHED = ("studytool.numerics", "studytool.quiz", "studytool.verification")


@dataclass(frozen=True, slots=True)
class CoreMutant:
    """One alteration of the core; it can be sent to a process.

    Attributes:
        module: the name of its file, without ``.py``.
        number: among the module's alterations.
        place: as in :class:`~studytool.verification.alterations.SourceMutant`.
        lines: where the altered part begins and ends.
        uses: of a constant, each (module, line) that names it.
    """

    module: str
    number: int
    place: str
    lines: tuple[int, int]
    uses: frozenset[tuple[str, int]] = frozenset()

    def __str__(self) -> str:
        return f"studytool/numerics/{self.module}.py:{self.lines[0]}: {self.place}"

    @property
    def name(self) -> str:
        """What it is called in ``core_reasons.json``: the same when lines move."""
        return f"{self.module}.py: {self.place}"

    @property
    def is_offered(self) -> bool:
        """Whether it is in a closed form that authors are offered, or in what one uses."""
        first, last = self.lines
        return not offered_lines()[self.module].isdisjoint(range(first, last + 1))

    @property
    def where(self) -> frozenset[tuple[str, int]]:
        """Each (module, line) by which a claim or key may feel it."""
        first, last = self.lines
        return self.uses | {(self.module, line) for line in range(first, last + 1)}


def core_mutants() -> list[CoreMutant]:
    """Return every alteration inside a function of the core, or of one of its constants.

    Those of the closed forms come first.
    """
    return [
        CoreMutant(
            module,
            number,
            one.place,
            one.lines,
            uses_of(one) if is_of_a_constant(one) else frozenset(),
        )
        for module in _modules()
        for number, one in enumerate(source_mutants(module))
        if one.is_inside_function or is_of_a_constant(one)
    ]


def spread_over(mutants: Sequence[CoreMutant], most: int, *, seed: int) -> list[CoreMutant]:
    """Return at most so many, one drawn of each of as many equal parts; all of them for 0.

    >>> spread_over([], 3, seed=0)
    []
    """
    if not 0 < most < len(mutants):
        return list(mutants)
    within = stream("core mutants", seed).random(most)
    step = len(mutants) / most
    return [mutants[int((part + one) * step)] for part, one in enumerate(within)]


def _modules() -> list[str]:
    names = sorted(path.stem for path in CORE.glob("*.py") if path.stem not in _PLUMBING)
    return sorted(names, key=lambda name: name != _FIRST)


@cache
def source_mutants(module: str) -> list[SourceMutant]:
    """Return a module's alterations, without those of a size in memory or a second of an axis."""
    source = (CORE / f"{module}.py").read_text(encoding="utf-8")
    return [one for one in alter(source, core_alterations) if not _is_left_out(one)]


def _is_left_out(mutant: SourceMutant) -> bool:
    is_of_an_axis = isinstance(mutant.parent, ast.keyword) and mutant.parent.arg == "axis"
    return is_of_an_axis or mutant.function in {"_elements", *_sizes_in_memory()}


@cache
def _sizes_in_memory() -> frozenset[str]:
    """Return the functions that experiments name as ``elements``."""
    trees = (ast.parse((CORE / f"{name}.py").read_text(encoding="utf-8")) for name in _modules())
    return frozenset(
        node.value.id
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "elements"
        if isinstance(node.value, ast.Name)
    )


@contextmanager
def applied(mutant: CoreMutant) -> Iterator[bool]:
    """Alter the core of this process for the block; tell whether it could be done in place.

    The code of each function that has the altered part is replaced, whatever wraps the function.
    """
    path = str(CORE / f"{mutant.module}.py")
    source = source_mutants(mutant.module)[mutant.number]
    if not source.is_inside_function:
        with altered_constants(mutant.module, source) as is_altered:
            _forget_results()
            yield is_altered
        _forget_results()
        return
    altered = compile(source.tree, path, "exec")
    pairs = _different(_usual_code(mutant.module), altered)
    changed: list[tuple[FunctionType, CodeType]] = []
    is_whole = False
    try:
        with suppress(ValueError):  # other variables from around it: it cannot be done in place
            for usual, new in pairs:
                for function in _functions()[usual]:
                    function.__code__ = new
                    changed.append((function, usual))
            is_whole = bool(changed)
        _forget_results()
        yield is_whole
    finally:
        for function, usual in changed:
            function.__code__ = usual
        _forget_results()


def get_ready(module: str) -> None:
    """Read what :func:`applied` needs for a module, so that a fork of this process has it."""
    source_mutants(module)
    _usual_code(module)
    _functions()


@cache
def _usual_code(module: str) -> CodeType:
    path = CORE / f"{module}.py"
    return compile(path.read_text(encoding="utf-8"), str(path), "exec")


def _different(usual: CodeType, altered: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Return the codes of functions that differ, the outer ones first."""
    of_usual, of_altered = _codes_in(usual), _codes_in(altered)
    for one, other in zip(of_usual, of_altered, strict=False):
        if one != other:
            yield one, other
            yield from _different(one, other)


def _codes_in(code: CodeType) -> list[CodeType]:
    return [part for part in code.co_consts if isinstance(part, CodeType)]


@cache
def _functions() -> defaultdict[CodeType, list[FunctionType]]:
    """Return the functions of the core that live in this process, by their code."""
    for module in _modules():
        import_module(f"{numerics.__name__}.{module}")
    gc.unfreeze()  # what is frozen, as in the tests, is not listed
    found: defaultdict[CodeType, list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(CORE)):
            found[one.__code__].append(one)
    return found


def _forget_results() -> None:
    """Empty the caches of what the core has computed."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_CACHED):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and value not in _KEPT:
                    value.cache_clear()


_KEPT = (source_mutants, _usual_code, _functions)
