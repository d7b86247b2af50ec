"""Where every command writes: text, JSON, errors, questions, progress; and the exit statuses.

Whatever is written passes :mod:`studytool.printable`. Colour and the width of the terminal are known
here alone; a rule of the linter refuses other ways to standard output and error.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from studytool.errors import StateError, StudytoolError
from studytool.language import Language
from studytool.printable import printable, printable_json, printable_lines

if TYPE_CHECKING:
    from pathlib import Path

NOT_AS_IT_SHOULD_BE = 1
"""The thing checked does not hold."""

USER_ERROR = 2
"""The caller can mend it."""

UNEXPECTED = 70
"""A fault of the program itself: EX_SOFTWARE of sysexits.h."""

INTERRUPTED = 130
"""Ended by Ctrl-C: 128 and the number of SIGINT."""

HUNG_UP = 129
"""The terminal was closed: 128 and the number of SIGHUP."""

UNREAD = 141
"""Whoever read the output is gone: 128 and the number of SIGPIPE."""


def _write(text: str, *, to_stderr: bool = False) -> None:
    from click import echo  # late: the first frame of home waits for no click

    echo(text, err=to_stderr, nl=False)


def write_text(text: object, *, end: str = "\n") -> None:
    """Write a text to standard output."""
    _write(f"{printable_lines(str(text))}{end}")


def write_folded(text: str) -> None:
    """Write a text to read: on a terminal no word is cut where its line is full."""
    if shows_output():
        from studytool.typeset.cells import hang  # late: no pipe needs it

        width = terminal_width(80)
        text = "\n".join(part for line in text.split("\n") for part in hang(line, width))
    write_text(text)


def write_heading(text: str) -> None:
    """Write a line of text that stands over others: bold on a terminal."""
    from click import style

    said = printable_lines(text)
    _write(f"{style(said, bold=True) if shows_output() else said}\n")


def write_json(value: Any, *, to_stderr: bool = False) -> None:
    """Write a value as one line of JSON to standard output."""
    _write(f"{printable_json(json.dumps(value, ensure_ascii=False))}\n", to_stderr=to_stderr)


def write_note(text: str) -> None:
    """Write to standard error what is not the result: a note or a table to choose from."""
    _write(f"{printable_lines(text)}\n", to_stderr=True)


def write_error(text: str) -> None:
    """Write an error to standard error, behind the program's name."""
    _write(f"studytool: {printable_lines(text)}\n", to_stderr=True)


@contextmanager
def bytes_written() -> Iterator[Callable[[bytes], object]]:
    """Yield what writes a file's lines to standard output: exact in a pipe, harmless on a terminal."""
    yield _write_shown if shows_output() else sys.stdout.buffer.write
    finish_lines()


def _write_shown(line: bytes) -> None:
    write_text(printable(line.decode(errors="backslashreplace").removesuffix("\n")))


def finish_lines() -> None:
    """Hand on what was written, to who waits for it."""
    sys.stdout.flush()


def shows_output() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout.isatty()


def shows_errors() -> bool:
    """Tell whether standard error is a terminal."""
    return sys.stderr.isatty()


def terminal_width(otherwise: int) -> int:
    """Return the cells of a line: of ``$COLUMNS`` or the terminal, ``otherwise`` where there is none.

    However wide the terminal calls itself, they are 1000 at most.
    """
    return min(1000, shutil.get_terminal_size((otherwise, 1)).columns)


def output_width(otherwise: int) -> int:
    """Return the cells of a line of the terminal that output goes to, ``otherwise`` in a pipe."""
    return terminal_width(otherwise) if shows_output() else otherwise


def show_progress(text: str) -> None:
    """Write over the line of progress; nothing where standard error is no terminal."""
    if shows_errors():
        from studytool.typeset.cells import cut  # late: few commands take so long

        width = os.get_terminal_size(sys.stderr.fileno()).columns or 80  # 0: it does not say
        _write(f"\r\x1b[K{cut(printable(text), max(1, width - 1))}", to_stderr=True)


def clear_progress() -> None:
    """Take the line of progress away."""
    if shows_errors():
        _write("\r\x1b[K", to_stderr=True)


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask on standard error, unless ``yes``; the end of the input means no."""
    if yes:
        return True
    import click

    try:
        return click.confirm(printable_lines(question), err=True)
    except click.Abort as abort:
        if isinstance(abort.__context__, KeyboardInterrupt):  # Ctrl-C is no answer
            raise
        _write("\n", to_stderr=True)
        return False


def learner_language(home: "Path | None" = None) -> Language:
    """Return the language of the settings, that of the locale where they cannot be read."""
    from studytool.settings import (  # late: --version need not pay for it
        home_folder,
        locale_language,
        read_settings,
    )

    try:
        return read_settings(home or home_folder())[0].language
    except StateError:
        return locale_language()


@contextmanager
def errors_written(language: Language | None = None) -> Iterator[None]:
    """End the program where its user can mend an error, with its message and exit status 2.

    The message is in ``language``, by default the learner's.
    """
    try:
        yield
    except StudytoolError as error:
        write_error(error.text(language or learner_language()))
        sys.exit(USER_ERROR)
