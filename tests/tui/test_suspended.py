"""The full screen stopped by a signal and taken up again, on a real pseudo-terminal."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of POSIX", allow_module_level=True)

import termios

from tests.cases import first_row_quick
from tests.tui.test_terminal import PATIENCE, Terminal, running


def _wait_until_stopped(terminal: Terminal) -> None:
    end = time.monotonic() + PATIENCE
    while (found := os.waitpid(terminal.child.pid, os.WUNTRACED | os.WNOHANG)) == (0, 0):
        assert time.monotonic() < end
        time.sleep(0.02)
    assert os.WIFSTOPPED(found[1])


def _is_raw(terminal: Terminal) -> bool:
    flags: int = termios.tcgetattr(terminal.child.child_fd)[3]
    return not flags & termios.ICANON


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize(
    ("arguments", "ready", "keys"),
    first_row_quick(
        [
            (["study", "--concept", "xavier"], "수를 입력하고", "1.5"),  # where Ctrl+Z is undo
            ([], "기억률", ""),
        ]
    ),
)
def test_a_signal_stops_it_and_it_comes_back(
    tmp_path: Path, arguments: list[str], ready: str, keys: str
) -> None:
    with running(tmp_path, *arguments) as terminal:
        terminal.wait_for(ready)
        terminal.press(keys)
        terminal.wait_for(keys)
        for _ in range(2):
            assert _is_raw(terminal)
            terminal.child.kill(signal.SIGTSTP)
            _wait_until_stopped(terminal)
            assert not _is_raw(terminal)
            terminal.forget()
            terminal.child.kill(signal.SIGCONT)
            terminal.wait_for(ready)  # it is drawn anew
            terminal.wait_for(keys)
        terminal.press("\x11")
        terminal.child.wait()
        assert terminal.child.exitstatus == 0
