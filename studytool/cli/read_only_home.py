"""A home that cannot be written, read all the same: by way of a copy, which is thrown away after.

So is one on a full disk, where SQLite cannot even begin to read a file that has a journal.

What a start makes or mends (the fold, the library, days of an old log) it makes in the copy, so
that a snapshot, a mounted backup or another person's folder shows what it holds.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studytool.cli.output import write_note
from studytool.errors import StateError
from studytool.language import Language, Phrase

_FILES = ("settings.toml", "library.db", "library.db-wal", "reviews.db", "reviews.db-wal")
"""Copied in this order; a journal is read with its file."""
_TRIES = 5
_LEAST_BYTES = 1 << 16
"""Twice what the index of a journal takes, which SQLite makes to read; with less the disk is full."""
_SHOWN = Phrase(
    ko="{home}에는 쓸 수 없어 읽기만 합니다. 저장되는 것은 없습니다.",
    en="{home} cannot be written: it is only read, and nothing is saved.",
)


@contextmanager
def readable_home(home: Path, language: Language) -> Iterator[Path]:
    """Yield the home itself where it can be written, else a copy of what is read of it; say so.

    An error about the copy names the file that was copied.
    """
    with copied_home(home, also_full=True) as copy:
        if copy is None:
            yield home
            return
        write_note(_SHOWN.text(language, home=home))
        try:
            yield copy
        except StateError as error:
            named = error.fields.get("path")
            if not isinstance(named, Path) or copy not in named.parents:
                raise
            fields = {**error.fields, "path": home / named.relative_to(copy)}
            raise StateError(error.fault, **fields) from error


@contextmanager
def copied_home(home: Path, *, also_full: bool = False) -> Iterator[Path | None]:
    """Yield a copy of what is read of a home that cannot be written; None where it can be.

    Args:
        home: of the learner.
        also_full: whether it cannot be where its disk is full.
    """
    if not (_is_read_only(home) or (also_full and _is_on_full_disk(home))):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="studytool-") as folder:
        copy = Path(folder)
        _copy(home, copy)
        yield copy


def _is_read_only(home: Path) -> bool:
    """Tell whether a log is there, and it, its folder or the library beside it cannot be written."""
    log = home / "reviews.db"
    if not (log.exists() and _may(log, os.R_OK)):
        return False
    beside = (home, log, home / "library.db")
    return not all(_may(path, os.W_OK) for path in beside if path.exists())


def _is_on_full_disk(home: Path) -> bool:
    """Tell whether a log is there, and hardly a byte beside it is free."""
    if not (home / "reviews.db").exists():
        return False
    usage = shutil.disk_usage(home)
    return usage.free < _LEAST_BYTES and usage.total > 0  # a disk that does not say has neither


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _copy(home: Path, copy: Path) -> None:
    """Copy the files of a home; again where somebody wrote to them meanwhile."""
    for _ in range(_TRIES):
        before = _state(home)
        for name in before:
            shutil.copyfile(home / name, copy / name)
        if _state(home) == before:
            return


def _state(home: Path) -> dict[str, tuple[int, int]]:
    found = {name: home / name for name in _FILES if (home / name).exists()}
    return {name: (path.stat().st_size, path.stat().st_mtime_ns) for name, path in found.items()}
