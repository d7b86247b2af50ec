"""What runs of ``verify --mutants core`` have found, kept line by line, so that the next goes on."""

import hashlib
import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from studytool.verification.core_mutants import CORE, CoreMutant, source_mutants
from studytool.verification.core_use import TRIED_SECONDS, CoreUse
from studytool.verification.tasks import VerificationTask

_LENGTH = 32


class KeptFates:
    """A file of JSON lines, each a key and what was found; without a path nothing is kept.

    A key is a digest of all that what was found depends on. A line that is torn or none of ours is
    passed over; where nothing can be written, nothing is kept.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._found: dict[str, Any] = {}
        with suppress(OSError):
            lines = [] if path is None else path.read_bytes().splitlines()
            for line in lines:
                with suppress(ValueError, TypeError, KeyError):
                    row = json.loads(line)
                    self._found[row["key"]] = row["found"]

    def get(self, key: str) -> Any:
        """Return what was found; None where nothing was."""
        return self._found.get(key)

    def add(self, key: str, found: object) -> None:
        """Keep what was found, at once."""
        self._found[key] = found
        if self._path is None:
            return
        line = json.dumps({"key": key, "found": found}, separators=(",", ":"))
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write(f"\n{line}".encode())  # a line before it may be torn

    def get_use(self, key: str) -> CoreUse | None:
        """Return what a claim or key runs of the core; None where it is not known any more."""
        try:
            source, holds, seconds, numbers, lines = self.get(key)
            of_modules = {str(module): frozenset(map(int, run)) for module, run in lines.items()}
            if source != _source_key(frozenset(of_modules)):
                return None
            return CoreUse(bool(holds), float(seconds), of_modules, str(numbers))
        except (TypeError, ValueError, AttributeError):
            return None

    def add_use(self, key: str, use: CoreUse) -> None:
        """Keep what a claim or key runs of the core."""
        lines = {module: sorted(run) for module, run in use.lines.items()}
        source = _source_key(frozenset(lines))
        self.add(key, [source, use.holds, round(use.seconds, 4), use.numbers, lines])

    def get_fate(self, key: str) -> tuple[str | None, int, bool] | None:
        """Return who noticed an alteration, on how many it was tried, and whether no number changed."""
        try:
            by, tried, is_same = self.get(key)
            return None if by is None else str(by), int(tried), bool(is_same)
        except (TypeError, ValueError):
            return None

    def add_fate(self, key: str, by: str | None, tried: int, *, is_same: bool) -> None:
        """Keep what became of an alteration."""
        self.add(key, [by, tried, is_same])


def task_key(task: VerificationTask) -> str:
    """Return a digest of a claim or key, and of what it draws with."""
    return _digest(task.pack, task.seed, task.what.model_dump_json())


def use_key(task: str) -> str:
    """Return a digest of what a claim or key runs, by its own."""
    return _digest("use", task)


def mutant_key(mutant: CoreMutant, users: list[str]) -> str:
    """Return a digest of an alteration, its function, and the claims and keys that run it."""
    return _digest("fate", TRIED_SECONDS, mutant.module, *_altered(mutant), *sorted(users))


def key_of_tests(mutant: CoreMutant) -> str:
    """Return a digest of an alteration and its function."""
    return _digest("tests", mutant.module, *_altered(mutant))


def _altered(mutant: CoreMutant) -> tuple[str, str]:
    return mutant.place, source_mutants(mutant.module)[mutant.number].statement_text


@cache
def _source_key(modules: frozenset[str]) -> str:
    """Return a digest of the source of modules of the core."""
    paths = sorted(CORE / f"{name}.py" for name in modules)
    return _digest(*(f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in paths))


def _digest(*parts: object) -> str:
    text = "\0".join(map(str, parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
