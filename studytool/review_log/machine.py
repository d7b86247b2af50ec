"""The place of a log, by machine and path: a copy elsewhere is another device.

A log that was moved stays what it was; a backup that was put back in its place does too. A machine
is not told apart from a clone of its whole disk.
"""

import hashlib
import json
import uuid
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Self

from studytool.sqlite.connection import connect_read_only
from studytool.sqlite.faults import SqliteError

_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_RANDOM = 1 << 40
"""The bit of an address that no network card has: it was drawn, anew at each start."""

_DEVICE = "SELECT value FROM meta WHERE key = 'device'"


class LogPlace(NamedTuple):
    """The place at which a log was last opened.

    Attributes:
        machine: as :func:`machine_name` says; empty where unknown.
        path: of the file, without links.
        file: the file's number on its disk; a file that is moved there keeps it, a copy has another.
    """

    machine: str
    path: str
    file: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the place of the file at ``path``."""
        resolved = path.resolve()
        status = resolved.stat()
        return cls(machine_name(), str(resolved), f"{status.st_dev}:{status.st_ino}")

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read what :meth:`written` wrote; None where it is anything else."""
        try:
            return cls(**json.loads(text))
        except (TypeError, ValueError):
            return None

    def written(self) -> str:
        """Write the place as text."""
        return json.dumps(self._asdict())

    def is_copy_of(self, before: "LogPlace", device: str) -> bool:
        """Tell whether the log here is a copy of that of ``before``, whose device it names.

        A log at the same path is the same, whatever file it is: a restored backup. At another path
        it was moved, or the same file is seen there too, unless its old path has a log of that
        device still. With neither path nor file to go by it counts as a copy: nothing but the
        reach of undo is lost by that, and two devices of one id would take back each other's acts.
        """
        if before.machine and self.machine and before.machine != self.machine:
            return True
        if before.path == self.path:
            return False
        old = Path(before.path)
        try:
            same = old.samefile(self.path)
        except OSError:  # it is gone, or nobody may look
            return before.file != self.file
        return not same and _device_of(old) in {device, None}


def machine_name() -> str:
    """Return a name that no other machine has, and that does not tell which one it is.

    Empty where the system has none: then a copy on another machine is told by its path alone.
    """
    for file in _FILES:
        try:
            if text := file.read_text("ascii").strip():
                return _hidden(text)
        except (OSError, ValueError):
            continue
    node = uuid.getnode()
    return "" if node & _RANDOM else _hidden(f"{node:x}")


def _hidden(text: str) -> str:
    return hashlib.sha256(f"studytool {text}".encode()).hexdigest()[:16]


def _device_of(log: Path) -> str | None:
    """Return the device that a log names; None where it cannot be read."""
    try:
        with closing(connect_read_only(log)) as connection:
            device = connection.execute(_DEVICE).get
            return "" if device is None else str(device)
    except (SqliteError, UnicodeDecodeError):
        return None
