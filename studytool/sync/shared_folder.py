"""The folder that devices share: what lies in it, and a new part put there whole."""

import os
from contextlib import suppress
from pathlib import Path

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.reasons import reason

_PARTIAL = ".partial"


def list_files(folder: Path) -> list[Path]:
    """Return the files by name; those that are hidden are the carrying program's own.

    Raises:
        StateError: there is no such folder, or it cannot be read.
    """
    if not folder.is_dir():
        raise StateError(Fault.SYNC_NO_FOLDER, folder=folder)
    try:
        return sorted(
            path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file()
        )
    except OSError as error:
        raise StateError(Fault.SYNC_UNREADABLE, folder=folder, why=reason(error)) from error


def publish(content: bytes, folder: Path, device: str) -> Path:
    """Put a part under this device's next free number: durable, whole, in the place of none.

    Raises:
        StateError: the folder cannot be written; no part of the file is left.
    """
    partial = folder / f".{device}-{os.getpid()}{_PARTIAL}"
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path = _name(partial, folder, device)
        _settle_names(folder)
    except OSError as error:
        raise StateError(Fault.SYNC_UNWRITABLE, folder=folder, why=reason(error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return path


def clear_partials(folder: Path, device: str) -> None:
    """Delete what this device's programs left half-written when they were killed."""
    for path in folder.glob(f".{device}-*{_PARTIAL}"):
        with suppress(OSError):
            path.unlink()


def _name(partial: Path, folder: Path, device: str) -> Path:
    number = 1 + max(
        (_number(path, device) for path in folder.glob(f"{device}-*.jsonl")), default=0
    )
    while True:
        path = folder / f"{device}-{number:06}.jsonl"
        if not path.exists():
            try:
                _take(partial, path)
            except FileExistsError:  # another program of this device was quicker
                pass
            else:
                return path
        number += 1


def _take(partial: Path, path: Path) -> None:
    """Return the file its name, unless another has it."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: the look just before must do
        partial.rename(path)


def _number(path: Path, device: str) -> int:
    digits = path.name[len(device) + 1 :][:6]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _settle_names(folder: Path) -> None:
    if os.name == "nt":  # Windows opens no folder, and needs no such call
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network file system may know no such call
            os.fsync(handle)
    finally:
        os.close(handle)
