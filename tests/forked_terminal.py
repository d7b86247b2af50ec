"""The program in a child of the tests' own process, on a real pseudo-terminal: a start costs little."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from studytool.cli import run
from studytool.cli.ending import run_to_end

CTRL_D = b"\x04"
PATIENCE = 120.0
_IDLE = 0.4
"""Seconds without a word after which the input is ended."""


class OnTerminal(NamedTuple):
    """What a program came to on a terminal: its status, and all that it wrote."""

    status: int
    written: str


def run_on_terminal(
    arguments: list[str],
    *,
    home: Path,
    within: Path,
    environment: Mapping[str, str] | None = None,
    size: tuple[int, int] = (24, 100),
) -> OnTerminal:
    """Run the program on a pseudo-terminal whose input ends as soon as something waits for it."""
    child, terminal = pty.fork()
    if child == 0:
        _be_the_program(arguments, home, within, environment or {})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    written = b"".join(iter(lambda: _read(child, terminal, time.monotonic() + PATIENCE), b""))
    _, ended = os.waitpid(child, 0)
    os.close(terminal)
    shown = written.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return OnTerminal(os.waitstatus_to_exitcode(ended), shown)


def _be_the_program(
    arguments: list[str], home: Path, within: Path, environment: Mapping[str, str]
) -> None:
    status = 99
    try:
        os.environ.update(environment, STUDYTOOL_HOME=str(home))
        os.chdir(within)
        sys.argv = ["studytool", *arguments]
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8", closefd=False)
            for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        status = run_to_end(run)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _read(child: int, terminal: int, end: float) -> bytes:
    """Read what is there; end the input where nothing comes, and the program where it waits on."""
    while time.monotonic() < end:
        if select.select([terminal], [], [], _IDLE)[0]:
            try:
                return os.read(terminal, 65536)
            except OSError:  # Linux says so where the other end is closed
                return b""
        os.write(terminal, CTRL_D)
    os.kill(child, signal.SIGKILL)
    return b""
