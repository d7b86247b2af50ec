"""Files and folders half-written: their names, and what killed programs have left of them."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from zlib import crc32

_PARTIAL = ".partial"
_MACHINE = f"{crc32(os.uname().nodename.encode()):08x}" if os.name != "nt" else "0" * 8
"""In the names of half-written files: a process of another machine is not known here."""

_UNKNOWN = "0"
_LEFT_SECONDS = 3600
"""A half-written file that is so much older than a new one was left by a killed program."""


def half_written(path: Path) -> Path:
    """Name a file beside ``path`` that says which process of which machine is writing it."""
    process = f"{os.getpid()}-{_began(os.getpid())}"
    return path.with_name(f".{path.name}.{_MACHINE}-{process}-{os.urandom(4).hex()}{_PARTIAL}")


def partial_of(path: Path) -> Path:
    """Name a file beside ``path`` that one program alone may be writing."""
    return path.with_name(f".{path.name}{_PARTIAL}")


def clear_partials(folder: Path) -> None:
    """Delete all that is half-written in a folder in which no other program writes."""
    for path in folder.glob(f".*{_PARTIAL}*"):
        path.unlink(missing_ok=True)


def clear_behind(path: Path) -> None:
    """Delete what killed programs have left half-written of a file.

    Raises:
        OSError: the file is gone, or its folder cannot be changed.
    """
    newest = path.lstat().st_mtime
    for left in path.parent.iterdir():
        if not (left.name.startswith(f".{path.name}.") and left.name.endswith(_PARTIAL)):
            continue
        if _is_left(left.name) or newest - left.lstat().st_mtime > _LEFT_SECONDS:
            left.unlink(missing_ok=True)


def clear_dead(folder: Path) -> None:
    """Delete the half-written files of this machine's killed programs, whatever they were to become.

    Raises:
        OSError: the folder cannot be read.
    """
    for path in folder.glob(f".*{_PARTIAL}"):
        if _is_left(path.name):
            with suppress(OSError):
                path.unlink()


def clear_left(folder: Path, names: Iterable[str]) -> None:
    """Delete of the half-written files in a folder what no living program is writing.

    Of another machine's programs nothing is known: what is an hour older than the folder's last
    change is left.
    """
    for name in names:
        if name.startswith(".") and name.endswith(_PARTIAL):
            path = folder / name
            with suppress(OSError):
                age = folder.stat().st_mtime - path.lstat().st_mtime
                if _is_left(name) or age > _LEFT_SECONDS:
                    path.unlink()


def clear_folders(around: Path) -> None:
    """Delete what killed programs have left of the folders that they made in ``around``.

    Raises:
        OSError: ``around`` cannot be read.
    """
    for left in around.iterdir():
        if _is_left(left.name) and left.is_dir() and not left.is_symlink():
            rmtree(left, ignore_errors=True)


def _is_left(name: str) -> bool:
    """Tell whether a half-written file is of a process of this machine that is no more.

    Another process may have its number by now, but has begun at another time.
    """
    found = re.fullmatch(rf"\..+\.{_MACHINE}-(\d+)-(\d+)-[0-9a-f]{{8}}\{_PARTIAL}", name)
    if found is None or os.name == "nt":
        return False
    number, began = int(found[1]), found[2]
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        pass  # of another user
    return _UNKNOWN not in {began, now := _began(number)} and now != began


def _began(number: int) -> str:
    """Return when a process began, in ticks of the machine's clock; 0 where no system says it."""
    try:
        said = Path(f"/proc/{number}/stat").read_text("utf-8", "replace")
    except OSError:
        return _UNKNOWN
    return said.rpartition(")")[2].split()[19]  # the name before it may have any bracket
