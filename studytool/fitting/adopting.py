"""Put parameters into the settings, and keep the former ones to go back to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from studytool.errors import ParameterError, StateError
from studytool.faults import Fault
from studytool.files import durable_file, settle
from studytool.reasons import reason
from studytool.settings import Settings, load_settings, save_settings
from studytool.srs.parameters import PARAMETERS
from studytool.srs.policy import Policy

FILE_NAME = "former_parameters.json"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The memory model and its parameters in the settings; none means the defaults."""

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
        raise StateError(Fault.MODEL_CHANGED)
    if chosen != former:
        path = home / FILE_NAME
        with _written_beside(path, former) as beside:
            save_settings(home, _with(settings, chosen))
            try:
                settle(beside, becomes=path)
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
        raise StateError(Fault.NO_FORMER_PARAMETERS, path=path) from error
    except (OSError, ValueError, LookupError, TypeError, ParameterError) as error:
        raise StateError(
            Fault.FORMER_PARAMETERS_UNREADABLE, path=path, why=reason(error)
        ) from error
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
            beside.unlink(missing_ok=True)  # a killed program's
            with durable_file(beside) as file:
                file.write(json.dumps(kept).encode() + b"\n")
        except OSError as error:
            raise _unwritable(path, error) from error
        yield beside
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> StateError:
    return StateError(Fault.FORMER_PARAMETERS_UNWRITABLE, path=path, why=reason(error))
