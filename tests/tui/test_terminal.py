"""The program in a real pseudo-terminal."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import apsw
import pyte
import pytest

from studytool.review_log.log import ReviewLog
from studytool.settings import change_setting
from tests.bundled_library import install_bundled_pack
from tests.cases import first_row_quick
from tests.tui.tried_pack import desk_with, write_slow_pack

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of POSIX", allow_module_level=True)

import termios

import pexpect

PROGRAM = [sys.executable, "-m", "studytool"]
PATIENCE = 120.0


class Terminal:
    """A child program on a screen of its own that can be read as text."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (24, 80),
        first: Callable[[], object] | None = None,
        shell: Sequence[str] = (),
    ) -> None:
        install_bundled_pack(home)
        change_setting(home, "lessons", False)
        environment = {**os.environ, "STUDYTOOL_HOME": str(home), "TERM": "xterm-256color"}
        command = [*(shell or PROGRAM), *arguments]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            env=environment,
            dimensions=size,
            encoding="utf-8",
            timeout=PATIENCE,
            preexec_fn=first,
        )
        self._screen = pyte.Screen(size[1], size[0])
        self._stream = pyte.Stream(self._screen)
        self.written: list[str] = []

    def wait_for(self, text: str) -> str:
        """Read until ``text`` is on the screen, wherever a line of it breaks."""
        end = time.monotonic() + PATIENCE
        while _joined(text) not in _joined(shown := self._shown()):
            assert time.monotonic() < end, f"{text!r} did not come; the screen:\n{shown}"
            self.read_on()
        return shown

    def wait_until_gone(self, text: str) -> None:
        """Read until ``text`` is on the screen no more."""
        end = time.monotonic() + PATIENCE
        while _joined(text) in _joined(self._shown()):
            assert time.monotonic() < end, f"{text!r} stays"
            self.read_on()

    def read_on(self) -> None:
        """Read what is there, or soon is: nobody writes on to a terminal that is not read."""
        try:
            self.written.append(self.child.read_nonblocking(65536, timeout=0.2))
        except pexpect.TIMEOUT:
            return
        self._stream.feed(self.written[-1])

    @property
    def so_far(self) -> str:
        """Return all that was written, or what was since ``written`` was cleared."""
        return "".join(self.written)

    def _shown(self) -> str:
        """Give the screen as text; the second cell of a wide character holds nothing.

        pyte's own ``display`` fails where half of a wide character was written over.
        """
        columns = range(self._screen.columns)
        lines = (self._screen.buffer[y] for y in range(self._screen.lines))
        return "\n".join("".join(line[x].data for x in columns) for line in lines)

    def forget(self) -> None:
        """Take what was read off the screen, so that only what is written anew is seen."""
        self._screen.reset()

    def resize(self, size: tuple[int, int]) -> None:
        """Read from now on as a window of another size."""
        self._screen.resize(*size)

    def press(self, keys: str) -> None:
        """Type."""
        self.child.send(keys)


@contextmanager
def running(
    home: Path,
    *arguments: str,
    first: Callable[[], object] | None = None,
    shell: Sequence[str] = (),
) -> Iterator[Terminal]:
    terminal = Terminal(home, *arguments, first=first, shell=shell)
    try:
        yield terminal
    finally:
        terminal.child.close(force=True)


def _joined(text: str) -> str:
    """Return the text without its spaces and the ends of its lines."""
    return "".join(text.split())


def _reviews(home: Path) -> int:
    with ReviewLog.open(home / "reviews.db") as log:
        return len(log.last_reviews(limit=1000))


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize(
    ("language", "ready", "marked"),
    [("ko", "답함 0", "제안대로"), ("en", "answered 0", "as suggested")],
)
def test_killed_in_the_middle_nothing_is_lost(
    tmp_path: Path, language: str, ready: str, marked: str
) -> None:
    rated = ready.replace("0", "{}")
    with running(tmp_path, "study", "--lang", language, "--concept", "l2") as terminal:
        terminal.wait_for(ready)
        for number in (1, 2):
            terminal.press("\x1bOR")  # F3: show the answer, which counts as forgotten
            terminal.wait_for(marked)
            terminal.press("1")
            terminal.wait_for(rated.format(number))
            terminal.wait_for("F3")
        terminal.press("\x1bOR")
        terminal.wait_for(marked)
        terminal.child.kill(signal.SIGKILL)  # answered, not yet rated
        terminal.child.wait()
    assert _reviews(tmp_path) == 2
    with running(tmp_path, "study", "--concept", "l2") as terminal:
        terminal.wait_for(ready)
        terminal.press("\x1bOR")
        terminal.wait_for(marked)
        terminal.press("1")
        terminal.wait_for(rated.format(1))
    assert _reviews(tmp_path) == 3


@pytest.mark.slow
@pytest.mark.terminal
def test_korean_text_and_control_bytes_are_only_text(tmp_path: Path) -> None:
    with running(tmp_path, "study", "--concept", "xavier") as terminal:
        terminal.wait_for("수를 입력하고")
        terminal.press("한글[/x][@click=app.quit]")
        terminal.wait_for("한글[/x]")
        terminal.press("\r")
        terminal.wait_for("읽을 수 없습니다")
        terminal.press("\x1b")
        terminal.wait_for("꾸러미")
        terminal.press("q")
        terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
        assert terminal.child.exitstatus == 0
    assert _reviews(tmp_path) == 0


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize(
    ("arguments", "ready"),
    first_row_quick([(["study"], "답함 0"), (["study", "--plain"], "Enter"), ([], "처음이신가요")]),
)
def test_control_c_leaves_a_clean_screen(tmp_path: Path, arguments: list[str], ready: str) -> None:
    with running(tmp_path, *arguments) as terminal:
        terminal.wait_for(ready)
        terminal.press("\x03")
        terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
        assert terminal.child.exitstatus == 0
        assert "Traceback" not in (terminal.child.before or "")


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path, "study", "--concept", "l2") as terminal:
        before = termios.tcgetattr(terminal.child.child_fd)
        terminal.wait_for("답함 0")
        assert termios.tcgetattr(terminal.child.child_fd) != before
        terminal.press("\x1bOR")  # F3: show the answer
        terminal.wait_for("제안대로")
        terminal.press("4")
        terminal.wait_for("답함 1")
        terminal.child.kill(number)
        terminal.child.expect(pexpect.EOF)
        written = terminal.child.before or ""
        assert termios.tcgetattr(terminal.child.child_fd) == before
        terminal.child.wait()
        assert terminal.child.exitstatus == 128 + number
    for undone in ("\x1b[?1049l", "\x1b[?25h", "\x1b[?1003l", "\x1b[?2004l"):
        assert undone in written  # the screen, the cursor, the mouse, pasting
    assert "Traceback" not in written
    assert _reviews(tmp_path) == 1


def _ignore_hangups() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize("first", [None, _ignore_hangups])
def test_a_terminal_that_is_closed_ends_the_program(
    tmp_path: Path, first: Callable[[], object] | None
) -> None:
    with running(tmp_path, "study", "--concept", "l2", first=first) as terminal:
        terminal.wait_for("답함 0")
        child = terminal.child.ptyproc
        child.fileobj.close()
        end = time.monotonic() + PATIENCE
        while child.isalive():
            assert time.monotonic() < end
            time.sleep(0.05)
        assert child.exitstatus == 128 + signal.SIGHUP
        child.closed = True
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        assert log.last_reviews() == []


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize(
    ("arguments", "marked", "going_on"),
    first_row_quick(
        [
            (["study", "sample", "--plain", "--limit", "1"], ":s\r", "s (Ctrl-C stops it)"),
            (["study", "sample", "--limit", "1"], "\x1bOR", "s (Esc stops it)"),  # F3
        ]
    ),
)
def test_control_c_stops_a_trial_and_the_question_stays(
    tmp_path: Path, arguments: list[str], marked: str, going_on: str
) -> None:
    home = tmp_path / "home"
    desk_with(home, write_slow_pack(tmp_path / "sample"), "en").close()
    with running(home, *arguments) as terminal:
        terminal.wait_for("Thrice ")
        terminal.press(marked)
        terminal.wait_for("Answer: ")
        if "--plain" not in arguments:
            terminal.wait_for("as suggested")  # ratings are heard
        terminal.press("v\r" if "--plain" in arguments else "v")
        terminal.wait_for(going_on)
        terminal.press("\x03")
        terminal.wait_for("The trial was stopped.")
        terminal.press("1\r" if "--plain" in arguments else "1")
        terminal.wait_for("1 answered")
    assert _reviews(home) == 1


@pytest.mark.slow
@pytest.mark.terminal
def test_control_c_ends_the_trial_of_one_item(tmp_path: Path) -> None:
    home = tmp_path / "home"
    desk_with(home, write_slow_pack(tmp_path / "sample"), "en").close()
    with running(home, "verify", "sample/slow") as terminal:
        terminal.wait_for("trying it…")
        terminal.press("\x03")
        terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
        assert terminal.child.exitstatus == 130
        assert "cancelled" in (terminal.child.before or "")
        assert "Traceback" not in (terminal.child.before or "")
    assert not (home / "evidence").exists()


@pytest.mark.slow
@pytest.mark.terminal
def test_a_burst_of_keys_takes_effect_in_its_order(tmp_path: Path) -> None:
    with running(tmp_path, "study", "--concept", "xavier", "--lang", "en") as terminal:
        terminal.wait_for("answered 0")
        terminal.press("1,000\r")
        terminal.wait_for("Two readings: 1000, or 1.")
        terminal.press("\x7f\x7f\x7f\x7f\x7f7\r")
        terminal.wait_for("Yours: 7")


@pytest.mark.slow
@pytest.mark.terminal
def test_a_double_tap_rates_nothing_that_was_not_seen(tmp_path: Path) -> None:
    with running(tmp_path, "study", "--concept", "l2", "--lang", "en") as terminal:
        terminal.wait_for("answered 0")
        terminal.press("\x1bOR")  # F3
        terminal.wait_for("again")
        terminal.press("1\r1")
        terminal.wait_for("as suggested")
        assert _reviews(tmp_path) == 0
        terminal.press("1")
        terminal.wait_for("answered 1")


@pytest.mark.slow
@pytest.mark.terminal
def test_a_log_taken_over_by_a_newer_version_ends_with_what_to_do(tmp_path: Path) -> None:
    with running(tmp_path, "study", "--concept", "l2") as terminal:
        terminal.wait_for("답함 0")
        with closing(apsw.Connection(str(tmp_path / "reviews.db"))) as other:
            other.execute("UPDATE meta SET value = '999 {}' WHERE key = 'policy'")
        terminal.press("\x1bOR")  # F3
        terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
        assert terminal.child.exitstatus == 2
        assert "reviews.db" in (terminal.child.before or "")
        assert "Traceback" not in (terminal.child.before or "")


@pytest.mark.slow
@pytest.mark.terminal
def test_a_rating_that_could_not_be_saved_ends_with_status_2(tmp_path: Path) -> None:
    with running(tmp_path, "study", "--concept", "l2") as terminal:
        terminal.wait_for("답함 0")
        terminal.press("\x1bOR")  # F3
        terminal.wait_for("제안대로")
        with closing(apsw.Connection(str(tmp_path / "reviews.db"))) as other:
            other.execute("BEGIN IMMEDIATE")  # another program writes, and does not end
            terminal.press("3")
            told = terminal.wait_for("reviews.db")
            assert "제안대로" in told  # the question stays
            terminal.press("\x11")  # Ctrl+Q
            terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
        assert terminal.child.exitstatus == 2
        assert "reviews.db" in _joined(terminal.child.before or "")
    assert _reviews(tmp_path) == 0


@pytest.mark.slow
@pytest.mark.terminal
def test_control_c_ends_verify_in_order(tmp_path: Path) -> None:
    with running(tmp_path, "verify", "--jobs", "2") as terminal:
        terminal.wait_for("초 남음")
        terminal.press("\x03")
        terminal.child.expect(pexpect.EOF)
        terminal.child.wait()
        assert terminal.child.exitstatus == 130
        assert "취소했습니다" in (terminal.child.before or "")
        assert "Traceback" not in (terminal.child.before or "")


def test_the_full_screen_needs_a_terminal(tmp_path: Path) -> None:
    result = subprocess.run(
        PROGRAM,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "STUDYTOOL_HOME": str(tmp_path)},
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert "studytool study --plain" in result.stderr


@pytest.mark.slow
@pytest.mark.terminal
def test_what_is_typed_while_the_program_starts_waits_in_the_entry(tmp_path: Path) -> None:
    with running(tmp_path, "study", "--concept", "xavier", "--lang", "en") as terminal:
        terminal.press("0.7")  # the terminal still waits for a line
        terminal.wait_for("answered 0")
        terminal.press("\r")
        terminal.wait_for("Yours: 0.7")


@pytest.mark.slow
@pytest.mark.terminal
def test_what_is_typed_behind_a_key_is_for_the_screen_that_it_opens(tmp_path: Path) -> None:
    with running(tmp_path) as terminal:
        terminal.wait_for("Ctrl+P")
        terminal.press("b/heqo")  # h, e and o would open other screens from home
        terminal.wait_for("/heqo")
        terminal.press("\x10zqe")
        terminal.wait_for("zqe")
