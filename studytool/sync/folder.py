"""The folder that devices share: list its files, and publish a new one whole."""

from contextlib import suppress
from pathlib import Path

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import durable_file, take_free_name
from studytool.half_written import clear_dead, clear_left, half_written
from studytool.reasons import reason


def list_files(folder: Path) -> list[Path]:
    """Return the files by name; those that are hidden are the carrying program's own.

    Raises:
        StateError: there is no such folder, or it cannot be read.
    """
    if not folder.is_dir():
        fault = Fault.SYNC_NOT_A_FOLDER if folder.exists() else Fault.SYNC_NO_FOLDER
        raise StateError(fault, folder=folder)
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
    partial = half_written(folder / device)
    try:
        with durable_file(partial) as file:
            file.write(content)
        path = _name(partial, folder, device)
    except OSError as error:
        raise StateError(Fault.SYNC_UNWRITABLE, folder=folder, why=reason(error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return path


def clear_partials(folder: Path, device: str) -> None:
    """Delete what killed programs left half-written: this device's, and those of ids that it had before."""
    with suppress(OSError):
        clear_dead(folder)
        clear_left(folder, [path.name for path in folder.glob(f".{device}.*")])


def _name(partial: Path, folder: Path, device: str) -> Path:
    number = 1 + max(
        (_number(path, device) for path in folder.glob(f"{device}-*.jsonl")), default=0
    )
    while True:
        path = folder / f"{device}-{number:06}.jsonl"
        if not path.exists():
            try:
                take_free_name(partial, becomes=path)
            except FileExistsError:  # another program of this device was quicker
                pass
            else:
                return path
        number += 1


def _number(path: Path, device: str) -> int:
    digits = path.name[len(device) + 1 :][:6]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
