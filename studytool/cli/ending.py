"""The end of a run, the same for every command: its exit status and its last output."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import (
    EACCES,
    EBADF,
    EDQUOT,
    EIO,
    ELOOP,
    EMFILE,
    ENAMETOOLONG,
    ENFILE,
    ENOSPC,
    EPERM,
    EROFS,
    ESTALE,
)
from io import TextIOWrapper
from pathlib import Path

from studytool.cli.interrupts import is_interrupted, noted_interrupts
from studytool.cli.output import (
    HUNG_UP,
    INTERRUPTED,
    UNEXPECTED,
    UNREAD,
    USER_ERROR,
    learner_language,
    write_error,
)
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Language
from studytool.reasons import reason

_OF_MACHINE = {
    EACCES, EDQUOT, EIO, ELOOP, EMFILE, ENAMETOOLONG, ENFILE, ENOSPC, EPERM, EROFS, ESTALE,
}  # fmt: skip
"""What a system may refuse at any time: no fault of the program where nothing nearer says it."""


def run_to_end(run: Callable[[], int]) -> int:
    """Run the program by ``run``, and return its exit status once all output is written.

    A pipe that nobody reads any more ends it quietly, wherever that is noticed. What nobody expected
    becomes one line and a report, never a traceback.
    """
    _take_streams()
    with noted_interrupts():
        return _run_watched(run)


def _run_watched(run: Callable[[], int]) -> int:
    """Run the program by ``run``, and return its exit status, whatever ends it."""
    status = 0
    try:
        try:
            status = _run(run)
        except SystemExit as ended:
            if not isinstance(ended.code, int):
                raise
            status = ended.code
        finally:
            _finish_output()
    except BrokenPipeError:
        _drop_output()
        return UNREAD
    except StateError as error:
        _drop_output()
        if status == HUNG_UP:  # there is no terminal left to write to
            return status
        write_error(error.text(learner_language()))
        return USER_ERROR
    except KeyboardInterrupt:  # before or after a command could see it
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where everything ends
        _drop_output()
        return INTERRUPTED if is_interrupted() else _end_by(error)
    return status


def _end_by(error: Exception) -> int:
    """Say what nobody expected, or which limit of the machine was met; return the exit status."""
    from studytool.cli.unexpected import (
        damaged_log,
        known_limit,
        reported,
        running_command,
        wrong_clock,
    )
    from studytool.wording.commands import ABOUT_COMMANDS

    language = _language()
    if isinstance(error, OSError) and error.errno in _OF_MACHINE:
        write_error(_refused(error).text(language))
        return USER_ERROR
    limit = wrong_clock() if isinstance(error, OverflowError) else known_limit(error)
    told = damaged_log(language) if limit is None else limit.text(language)
    if told is not None:
        write_error(told)
        return USER_ERROR
    command = running_command(ABOUT_COMMANDS)
    write_error(reported(error, command, language))
    return UNEXPECTED


def _refused(error: OSError) -> StateError:
    name = error.filename if isinstance(error.filename, str | bytes) else "?"
    return StateError(Fault.SYSTEM_REFUSED, path=Path(os.fsdecode(name)), why=reason(error))


def _language() -> Language:
    try:
        return learner_language()
    except Exception:  # noqa: BLE001 - what is wrong may be the settings themselves
        from studytool.settings import locale_language

        return locale_language()


def _take_streams() -> None:
    """Let there be all three streams, which take any text: none is raised where it is written.

    Of those that were closed before the program began, the input is empty, what is written to the
    output is refused when it is handed on, and errors lead nowhere, as nobody could be told.
    """
    for name, mode, opened in (
        ("stdin", "r", os.O_RDONLY),
        ("stdout", "w", os.O_RDONLY),
        ("stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:  # the descriptor is free, and the next file would get it
            setattr(sys, name, open(os.open(os.devnull, opened), mode, encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream, errors in (
        (sys.stdin, "replace"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)


@contextmanager
def ended_by_closed_pipe() -> Iterator[None]:
    """End the program where its pipe is closed, before click does so with another exit status."""
    try:
        yield
    except BrokenPipeError:
        sys.exit(UNREAD)


def _run(run: Callable[[], int]) -> int:
    try:
        return run()
    except OSError as error:
        if error.errno not in {ENOSPC, EBADF}:
            raise
        raise _unwritable(error) from error  # those of the learner's files are told apart before


def _finish_output() -> None:
    """Write what still waits to be written.

    Raises:
        BrokenPipeError: nobody reads it.
        StateError: it cannot be written.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _unwritable(error) from error


def _unwritable(error: OSError) -> StateError:
    if error.errno == EBADF:
        return StateError(Fault.OUTPUT_CLOSED)
    return StateError(Fault.OUTPUT_UNWRITABLE, why=reason(error))


def _drop_output() -> None:
    """Let go of what cannot be written, so that the interpreter does not try once more."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
