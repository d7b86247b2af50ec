"""The folder that holds the learner's state."""

import os
from pathlib import Path

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.printable import is_one_line
from studytool.reasons import HAS_CONTROLS, NO_PERMISSION, NOT_UTF8, TOO_LONG

PACKS_FOLDER, LOCK_NAME = "packs", "studytool.lock"
"""In the learner's folder: the packs that were added, and the list of them."""

LONGEST_NAME = 255
"""Bytes of a folder's name, which file systems take."""

LONGEST_PATH = 430
"""Bytes of the home's path: SQLite opens files of 512, and the names of backups go behind it."""

_SHOWN = 60


def home_folder() -> Path:
    """Return ``$STUDYTOOL_HOME`` as an absolute path, else the platform's user data folder.

    It need not exist.

    Raises:
        StateError: no folder can be there: it or one above it is something else or closed, or its
            name is none that all of the program's files can have.
    """
    if chosen := os.environ.get("STUDYTOOL_HOME"):
        return _possible(chosen)
    from platformdirs import user_data_path  # late: --version need not pay for it

    return _possible(str(user_data_path("studytool", appauthor=False)))


def _possible(chosen: str) -> Path:
    try:
        home = Path(chosen).expanduser().absolute()
    except RuntimeError as error:
        raise StateError(Fault.HOME_OF_NO_USER, chosen=chosen) from error
    if (why := _wrong_name(home)) is not None:
        shown = str(home)
        raise StateError(
            Fault.HOME_NAME, path=Path(shown[:_SHOWN] + "…" * (len(shown) > _SHOWN)), why=why
        )
    for path in (home, *home.parents):
        if _is_there(path):
            if not path.is_dir():
                raise StateError(Fault.HOME_NOT_A_FOLDER, chosen=chosen, path=path)
            if not os.access(path, _NEEDED if path == home else os.X_OK):
                raise StateError(Fault.HOME_CLOSED, path=path, why=NO_PERMISSION)
            break
    return home


_NEEDED = os.R_OK | os.X_OK


def _wrong_name(home: Path) -> Phrase | None:
    """Return what keeps a path from being a home's, if anything."""
    if not is_one_line(str(home)):
        return NOT_UTF8 if "\udc80" <= max(str(home)) <= "\udcff" else HAS_CONTROLS
    too_long = len(os.fsencode(home)) > LONGEST_PATH
    if too_long or any(len(os.fsencode(part)) > LONGEST_NAME for part in home.parts):
        return TOO_LONG
    return None


def _is_there(path: Path) -> bool:
    """Tell whether anything has this name.

    Raises:
        StateError: the folder above it may not be entered.
    """
    try:
        path.lstat()
    except PermissionError as error:
        raise StateError(Fault.HOME_CLOSED, path=path.parent, why=NO_PERMISSION) from error
    except OSError:
        return False
    return True
