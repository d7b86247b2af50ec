"""The folder that holds the learner's state."""

import os
from pathlib import Path

from studytool.errors import StateError
from studytool.faults import Fault


def home_folder() -> Path:
    """Return ``$STUDYTOOL_HOME`` as an absolute path, else the platform's user data folder.

    It need not exist.

    Raises:
        StateError: no folder can be there, since it or one above it is something else.
    """
    if chosen := os.environ.get("STUDYTOOL_HOME"):
        return _possible(chosen)
    from platformdirs import user_data_path  # late: --version need not pay for it

    return user_data_path("studytool", appauthor=False)


def _possible(chosen: str) -> Path:
    try:
        home = Path(chosen).expanduser().absolute()
    except RuntimeError as error:
        raise StateError(Fault.HOME_OF_NO_USER, chosen=chosen) from error
    for path in (home, *home.parents):
        if os.path.lexists(path):
            if not path.is_dir():
                raise StateError(Fault.HOME_NOT_A_FOLDER, chosen=chosen, path=path)
            break
    return home
