"""Parameters put into the settings; those that were in force before are kept to go back to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from studytool.errors import ParameterError, StateError
from studytool.language import Phrase
from studytool.settings import Settings, load_settings, save_settings
from studytool.srs.parameters import PARAMETERS
from studytool.srs.policy import Policy

FILE_NAME = "former_parameters.json"

_NONE_FORMER = Phrase(
    ko="{path}이(가) 없습니다. 되돌아갈 이전 매개변수가 없습니다.",
    en="there is no {path}: there are no former parameters to go back to.",
)
_BAD_FORMER = Phrase(
    ko="{path}: 읽을 수 없는 매개변수입니다({why}). 파일을 고치거나 지우세요. "
    "studytool optimize --reset은 기본값으로 되돌립니다.",
    en="{path}: these parameters cannot be read ({why}). Correct the file or delete it; studytool "
    "optimize --reset returns to the defaults.",
)
_UNWRITABLE = Phrase(
    ko="이전 매개변수를 {path}에 적지 못해 아무것도 바꾸지 않았습니다({why}). 폴더의 쓰기 권한과 "
    "남은 공간을 확인하세요.",
    en="cannot write the former parameters to {path} ({why}), so nothing was changed. Check the "
    "folder's permissions and free space.",
)
_OTHER_IN_FORCE = Phrase(
    ko="매개변수를 맞추는 동안 memory_model이나 parameters 설정이 바뀌었습니다. 비교한 것과 지금 쓰는 것이 "
    "달라 아무것도 바꾸지 않았습니다. studytool optimize를 다시 실행하세요.",
    en="the setting memory_model or parameters was changed during the fit, so that what is in use "
    "now is not what was compared; nothing was changed. Run studytool optimize again.",
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the settings say of the memory model; no parameters means its defaults."""

    memory_model: str
    parameters: tuple[float, ...]

    @classmethod
    def of(cls, settings: Settings) -> "Chosen":
        """Read it off the settings."""
        return cls(settings.memory_model, settings.parameters)

    @property
    def values(self) -> tuple[float, ...]:
        """Return the parameters, the model's defaults where none are named."""
        return self.parameters or PARAMETERS[self.memory_model].defaults


DEFAULTS = Chosen("fsrs-6", ())


def put_in_force(home: Path, chosen: Chosen, *, tried: Policy | None = None) -> Chosen:
    """Write the choice into the settings as they are now; return the former one, which is kept.

    Args:
        home: of the settings.
        chosen: to be in force from now on.
        tried: what it was compared with; where that is in force no more, nothing is written.

    Raises:
        StateError: a file cannot be read or written, or something else is in force; what is in
            force and what was kept before are as they were.
    """
    settings = load_settings(home)
    former = Chosen.of(settings)
    in_force = (former.memory_model, former.values)
    if tried is not None and in_force != (tried.model, tried.parameters):
        raise StateError(_OTHER_IN_FORCE)
    if chosen != former:
        path = home / FILE_NAME
        with _written_beside(path, former) as beside:
            save_settings(home, _with(settings, chosen))
            try:
                beside.replace(path)
            except OSError as error:
                save_settings(home, settings)
                raise _unwritable(path, error) from error
    return former


def read_former(home: Path) -> Chosen:
    """Return what was in force before the last change.

    Raises:
        StateError: nothing is kept, or it cannot be read; says what to do.
    """
    path = home / FILE_NAME
    try:
        read = json.loads(path.read_text("utf-8"))
        chosen = Chosen(read["memory_model"], tuple(map(float, read["parameters"])))
        Policy(chosen.parameters, model=chosen.memory_model)
    except FileNotFoundError as error:
        raise StateError(_NONE_FORMER, path=path) from error
    except (OSError, ValueError, LookupError, TypeError, ParameterError) as error:
        raise StateError(_BAD_FORMER, path=path, why=error) from error
    return chosen


def _with(settings: Settings, chosen: Chosen) -> Settings:
    return replace(settings, memory_model=chosen.memory_model, parameters=chosen.parameters)


@contextmanager
def _written_beside(path: Path, former: Chosen) -> Iterator[Path]:
    """Write ``former`` into a file that is to take the place of ``path``, gone after the block."""
    beside = path.with_suffix(".json.new")
    kept = {"memory_model": former.memory_model, "parameters": former.parameters}
    try:
        try:
            beside.write_text(json.dumps(kept) + "\n", "utf-8")
        except OSError as error:
            raise _unwritable(path, error) from error
        yield beside
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> StateError:
    return StateError(_UNWRITABLE, path=path, why=error.strerror or error)
