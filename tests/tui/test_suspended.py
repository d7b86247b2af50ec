"""The full screen stopped and taken up again, under a real shell on a real pseudo-terminal."""

import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of POSIX", allow_module_level=True)

import termios

import pexpect

from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from tests.tui.driving import app_at, press, settled, text_of
from tests.tui.test_terminal import PATIENCE, PROGRAM, Terminal, running
from tests.tui.tried_pack import desk_with, write_slow_pack

CTRL_Z, F3 = "\x1a", "\x1bOR"
MODES = ("?1049", "?1000", "?1003", "?1006", "?2004", "?1004")
"""What the program switches on in a terminal: the screen, the mouse, pasting, the focus."""


@contextmanager
def _shell(home: Path) -> Iterator[Terminal]:
    """Start a shell with job control; it is the group of each of its jobs that the terminal stops."""
    with running(home, shell=("/bin/sh", "-i")) as terminal:
        terminal.press("PS1='ready''> '; set -m\r")
        terminal.wait_for("ready>")
        yield terminal


def _run(terminal: Terminal, *arguments: str, within: str = "{}") -> None:
    terminal.press(within.format(shlex.join([*PROGRAM, *arguments])) + "\r")


def _is_raw(terminal: Terminal) -> bool:
    flags: int = termios.tcgetattr(terminal.child.child_fd)[3]
    return not flags & termios.ICANON


def _suspend(terminal: Terminal) -> None:
    """Press Ctrl-Z; the shell says that it has the terminal again, and does what it is told."""
    terminal.written.clear()
    terminal.forget()
    terminal.press(CTRL_Z)
    terminal.wait_for("ready>")
    _ask_shell(terminal, "back")


def _bring_back(terminal: Terminal) -> None:
    terminal.written.clear()
    terminal.forget()
    terminal.press("fg\r")


def _ask_shell(terminal: Terminal, says: str) -> None:
    terminal.press(f"echo $((7000+77)){says}\r")
    terminal.wait_for(f"7077{says}")


def _leave(terminal: Terminal) -> None:
    terminal.forget()
    terminal.press("\x11")  # Ctrl+Q
    terminal.wait_for("ready>")
    _ask_shell(terminal, "ended")
    terminal.press("jobs; echo none\r")
    terminal.wait_for("none")


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize("within", ["{}", "({}; exit)"])
def test_ctrl_z_gives_the_shell_back_and_fg_what_was_typed(tmp_path: Path, within: str) -> None:
    """A job of several processes stops as a whole: else its shell would wait for the others."""
    with _shell(tmp_path) as terminal:
        before = termios.tcgetattr(terminal.child.child_fd)
        _run(terminal, "study", "--concept", "xavier", within=within)
        terminal.wait_for("수를 입력하고")
        terminal.press("1.5")
        terminal.wait_for("1.5")
        for turn in range(2):
            assert _is_raw(terminal)
            _suspend(terminal)
            assert termios.tcgetattr(terminal.child.child_fd)[3] == before[3]
            assert all(f"\x1b[{mode}l" in terminal.so_far for mode in MODES)
            assert "\x1b[?25h" in terminal.so_far  # the cursor
            _bring_back(terminal)
            terminal.wait_for("수를 입력하고")  # it is drawn anew
            terminal.wait_for("1.5" + "7" * turn)
            assert all(f"\x1b[{mode}h" in terminal.so_far for mode in MODES)
            terminal.press("7")
            terminal.wait_for("1.5" + "7" * (turn + 1))
        _leave(terminal)


@pytest.mark.slow
@pytest.mark.terminal
def test_it_stops_again_in_the_background(tmp_path: Path) -> None:
    with _shell(tmp_path) as terminal:
        _run(terminal)
        terminal.wait_for("처음이신가요")
        _suspend(terminal)
        terminal.press("bg\r")
        time.sleep(0.5)
        _ask_shell(terminal, "still")
        _bring_back(terminal)
        terminal.wait_for("처음이신가요")
        assert _is_raw(terminal)
        _leave(terminal)


@pytest.mark.slow
@pytest.mark.terminal
def test_a_trial_under_way_goes_on(tmp_path: Path) -> None:
    home = tmp_path / "home"
    desk_with(home, write_slow_pack(tmp_path / "sample"), "en").close()
    with _shell(home) as terminal:
        _run(terminal, "study", "sample", "--limit", "1")
        terminal.wait_for("Thrice ")
        terminal.press(F3)
        terminal.wait_for("Answer: ")
        terminal.press("v")
        terminal.wait_for("s (Esc stops it)")
        _suspend(terminal)
        _bring_back(terminal)
        terminal.wait_for("s (Esc stops it)")
        terminal.press("\x1b")
        terminal.wait_for("The trial was stopped.")
        _leave(terminal)


@pytest.mark.slow
@pytest.mark.terminal
def test_an_answer_being_marked_is_marked(tmp_path: Path) -> None:
    with _shell(tmp_path) as terminal:
        _run(terminal, "study", "--lang", "en", "--search", "kind:prediction")
        terminal.wait_for("answered 0")
        terminal.press("1")
        _suspend(terminal)
        _bring_back(terminal)
        terminal.wait_for("How well did you know it")
        _leave(terminal)


@pytest.mark.slow
@pytest.mark.terminal
def test_without_a_shell_it_says_so_and_goes_on(tmp_path: Path) -> None:
    """Nothing would ever take it up again: a window's only program, a container's."""
    with running(tmp_path, "study", "--concept", "xavier") as terminal:
        terminal.wait_for("수를 입력하고")
        terminal.press("1.5" + CTRL_Z + "7")
        terminal.wait_for("셸에서 시작했을 때만")
        terminal.wait_for("1.57")


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize(
    ("arguments", "ready", "keys"),
    [(["study", "--concept", "xavier"], "수를 입력하고", "1.5"), ([], "처음이신가요", "")],
)
@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP])
def test_a_signal_stops_it_and_it_comes_back(
    tmp_path: Path, arguments: list[str], ready: str, keys: str, number: signal.Signals
) -> None:
    with running(tmp_path, *arguments) as terminal:
        before = termios.tcgetattr(terminal.child.child_fd)
        terminal.wait_for(ready)
        terminal.press(keys)
        terminal.wait_for(keys)
        for _ in range(2):
            assert _is_raw(terminal)
            terminal.child.kill(number)
            _wait_until_stopped(terminal)
            assert _is_raw(terminal) is (number is signal.SIGSTOP)  # which nothing can answer
            terminal.forget()
            terminal.child.kill(signal.SIGCONT)
            terminal.wait_for(ready)  # it is drawn anew
            terminal.wait_for(keys)
        terminal.press("\x11")
        terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
        assert terminal.child.exitstatus == 0
        assert termios.tcgetattr(terminal.child.child_fd) == before


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize(
    ("arguments", "opened", "typed"),
    [
        (["study", "--concept", "xavier"], "", "1.57"),
        ([], "n", "zq7"),  # claims
        ([], "a", "zq7"),  # author
        ([], "b", "zq7"),  # browse
        ([], "e", "zq7"),  # experiments
        ([], "\x10", "zq7"),  # palette
    ],
)
def test_what_is_typed_outlives_any_window_and_a_stop_until_the_terminal_hangs_up(
    tmp_path: Path, arguments: list[str], opened: str, typed: str
) -> None:
    with running(tmp_path, *arguments) as terminal:
        before = termios.tcgetattr(terminal.child.child_fd)
        terminal.wait_for("수를 입력하고" if arguments else "처음이신가요")
        terminal.press(opened)
        if opened:
            terminal.wait_until_gone("처음이신가요")
        terminal.press(typed)
        terminal.wait_for(typed)
        for size in ((1, 1), (60, 200), (5, 10), (1, 80), (24, 80)):
            terminal.child.setwinsize(*size)
            terminal.resize(size)
            terminal.read_on()
        terminal.wait_for(typed)
        terminal.child.kill(signal.SIGTSTP)
        _wait_until_stopped(terminal)
        assert not _is_raw(terminal)
        terminal.forget()
        terminal.child.kill(signal.SIGCONT)
        terminal.wait_for(typed)
        terminal.child.kill(signal.SIGHUP)
        terminal.child.expect(pexpect.EOF)
        assert termios.tcgetattr(terminal.child.child_fd) == before
        terminal.child.wait()
        assert terminal.child.exitstatus == 128 + signal.SIGHUP
        assert "Traceback" not in (terminal.child.before or "")


def _wait_until_stopped(terminal: Terminal) -> None:
    end = time.monotonic() + PATIENCE
    while (found := os.waitpid(terminal.child.pid, os.WUNTRACED | os.WNOHANG)) == (0, 0):
        assert time.monotonic() < end
        terminal.read_on()
    assert os.WIFSTOPPED(found[1])
    terminal.read_on()  # what was drawn before


async def test_where_there_is_no_terminal_to_give_back_the_key_says_so(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "1", "ctrl+z", "2")
        assert "셸에서 시작했을 때만" in text_of(app)
        assert app.screen.query_one("#entry").value == "12"  # type: ignore[attr-defined] # an Input
