"""The program run within the tests' own process, as a shell would run it: a start costs most of a second.

Some tests of each file still start a process: of what only a process has (signals, pipes, imports).
"""

import io
import os
import sys
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from subprocess import CompletedProcess
from typing import Literal
from unittest.mock import patch

from studytool.cli import run
from studytool.cli.ending import run_to_end


def run_program(
    *arguments: str,
    home: Path | str,
    typed: str = "",
    within: Path | None = None,
    environment: Mapping[str, str] | None = None,
    closed: Literal["stdout", "stderr"] | None = None,
) -> CompletedProcess[str]:
    """Run the program with ``typed`` at its input, and return its status, output and errors.

    Args:
        arguments: of the command line.
        home: the folder of the learner's files, as written in the variable.
        typed: what is read from the input, until it ends.
        within: the folder in which the program runs.
        environment: further variables.
        closed: what was closed before the program began.
    """
    given, said, told = (_stream(text) for text in (typed, "", ""))
    names = {**(environment or {}), "STUDYTOOL_HOME": str(home)}
    with (
        patch.dict(os.environ, names),
        patch.multiple(sys, argv=["studytool", *arguments], stdin=given, stdout=said, stderr=told),
        chdir(within or Path.cwd()),
    ):
        if closed:
            setattr(sys, closed, None)
        status = run_to_end(run)
        if closed:
            getattr(sys, closed).close()  # what the program put in its place
    return CompletedProcess(arguments, status, _text(said), _text(told))


def _stream(text: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode()
