"""The learner's settings, a plain TOML file, and the folder that holds the learner's state."""

import os
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from studytool.errors import StateError
from studytool.language import LANGUAGES, Language, Phrase

FILE_NAME = "settings.toml"

_UNREADABLE = Phrase(
    ko="{path}: {why}. 파일을 고치거나 지우면 기본 설정으로 시작합니다.",
    en="{path}: {why}. Mend the file, or delete it to start from the defaults.",
)
_BAD_VALUE = Phrase(
    ko="{path}: {name} = {value!r}: {allowed} 범위의 값이어야 합니다.",
    en="{path}: {name} = {value!r}: it must be {allowed}.",
)
_UNWRITABLE = Phrase(
    ko="설정을 {path}에 저장하지 못했습니다({why}). 폴더의 쓰기 권한과 남은 공간을 확인하세요.",
    en="cannot save the settings to {path} ({why}). Check the folder's permissions and free space.",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner may choose.

    Attributes:
        language: of the program and, where it has it, of a pack.
        desired_retention: the share of reviews to be recalled, in [0.70, 0.97].
        new_per_day: new items a day, 0–9999.
        day_start_hour: the local hour at which a study day begins, 0–23.
    """

    language: Language = "ko"
    desired_retention: float = 0.9
    new_per_day: int = 20
    day_start_hour: int = 4


_RANGES = {"desired_retention": (0.70, 0.97), "new_per_day": (0, 9999), "day_start_hour": (0, 23)}


def home_folder() -> Path:
    """Give ``$STUDYTOOL_HOME``, else the platform's user data folder."""
    if chosen := os.environ.get("STUDYTOOL_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path  # late: --version need not pay for it

    return user_data_path("studytool", appauthor=False)


def load_settings(home: Path) -> Settings:
    """Read ``settings.toml`` of ``home``; the defaults where there is none.

    Raises:
        StateError: no TOML, an unknown name or a value out of range; says which.
    """
    path = home / FILE_NAME
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise StateError(_UNREADABLE, path=path, why=error) from error
    known = {field.name for field in fields(Settings)}
    if unknown := sorted(set(read) - known):
        why = f"unknown {', '.join(unknown)} (known: {', '.join(sorted(known))})"
        raise StateError(_UNREADABLE, path=path, why=why)
    for name, value in read.items():
        _refuse_bad(path, name, value)
    return Settings(**read)


def _refuse_bad(path: Path, name: str, value: object) -> None:
    if name == "language":
        if value not in LANGUAGES:
            allowed = " | ".join(LANGUAGES)
            raise StateError(_BAD_VALUE, path=path, name=name, value=value, allowed=allowed)
        return
    low, high = _RANGES[name]
    allowed = f"{low}–{high}"
    numeric = isinstance(value, int) or (isinstance(value, float) and isinstance(low, float))
    if isinstance(value, bool) or not numeric or not low <= value <= high:  # type: ignore[operator] # numeric: it is int or float
        raise StateError(_BAD_VALUE, path=path, name=name, value=value, allowed=allowed)


def save_settings(home: Path, settings: Settings) -> None:
    """Write ``settings.toml`` whole or not at all.

    Raises:
        StateError: the folder cannot be written; the old file is as it was.
    """
    path = home / FILE_NAME
    lines = [
        f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}"
        for name, value in asdict(settings).items()
    ]
    beside = path.with_suffix(".toml.new")
    try:
        beside.write_text("\n".join(lines) + "\n", "utf-8")
        beside.replace(path)
    except OSError as error:
        raise StateError(_UNWRITABLE, path=path, why=error.strerror or error) from error
