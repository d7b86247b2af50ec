"""The folder that holds the learner's state."""

import os
from pathlib import Path

from studytool.errors import StateError
from studytool.language import Phrase

_NO_FOLDER = Phrase(
    ko="STUDYTOOL_HOME={chosen}: {path}은(는) 폴더가 아닙니다. STUDYTOOL_HOME에 폴더를 지정하거나, 변수를 지워 기본 "
    "폴더를 쓰세요.",
    en="STUDYTOOL_HOME={chosen}: {path} is not a folder. Set STUDYTOOL_HOME to a folder, or unset "
    "it to use the default one.",
)
_NO_SUCH_USER = Phrase(
    ko="STUDYTOOL_HOME={chosen}: 그런 사용자의 홈 폴더를 찾을 수 없습니다. 전체 경로를 쓰세요.",
    en="STUDYTOOL_HOME={chosen}: there is no home folder of such a user. Write the whole path.",
)


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
        raise StateError(_NO_SUCH_USER, chosen=chosen) from error
    for path in (home, *home.parents):
        if os.path.lexists(path):
            if not path.is_dir():
                raise StateError(_NO_FOLDER, chosen=chosen, path=path)
            break
    return home
