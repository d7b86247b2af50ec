"""The machine that a log was last opened on: a copy on another one is another device.

Two homes on one machine are not told apart, nor a machine from a clone of its whole disk.
"""

import hashlib
import uuid
from pathlib import Path

_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_RANDOM = 1 << 40
"""The bit of an address that no network card has: it was drawn, anew at each start."""


def machine_name() -> str:
    """Return a name that no other machine has, and that does not tell which one it is.

    Empty where the system has none: then a copy is not noticed.
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
