"""Keys on a real pseudo-terminal: from the press to the repaint, on every screen, beside other programs."""

import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from studytool.settings import change_setting
from tests.benchmarks.row import Row, Skipped
from tests.packs.samples import write_pack

FRAME, MOST = 0.016, 0.050
"""Seconds: of a frame at 60 Hz, the goal at the median; the goal at the 99th percentile."""
_WHOLE_SCREEN = b"\x1b[?1049h"
_BEGINS = 3.0
_BEGINS_BLINKING = 12.0
_QUIET = 0.1
"""Seconds without a word after which a screen is whole; a cursor that blinks speaks again later."""


@dataclass(frozen=True)
class Screen:
    """A screen, and keys that change it and change it back.

    Attributes:
        way: keys that lead there, one after another.
        arguments: with which the program is started.
    """

    name: str
    way: tuple[str, ...]
    keys: tuple[str, str]
    arguments: tuple[str, ...] = ()


_DOWN, _UP, _LEFT, _RIGHT = "\x1b[B", "\x1b[A", "\x1b[D", "\x1b[C"
SCREENS = (
    Screen("home", (), (_DOWN, _UP)),
    Screen("browse, a letter", ("b",), ("a", "\x7f")),
    Screen("browse, a row", ("b", _DOWN), (_DOWN, _UP)),
    Screen("claims", ("n",), (_DOWN, _UP)),
    Screen("settings", ("o",), (_DOWN, _UP)),
    Screen("lab, a slider", ("e", "\r", _DOWN, _DOWN), (_RIGHT, _LEFT)),
    Screen("palette", ("\x10",), ("a", "\x7f")),
    Screen("help", ("?",), (_DOWN, _UP)),
    Screen("study, a letter", (), ("1", "\x7f"), ("study", "--search", "item:xavier-variance")),
)
PEERS = {"posting": (), "harlequin": ()}


class Terminal:
    """A program on a pseudo-terminal of 120 by 40 cells."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self.child, self.file = pty.fork()
        if self.child == 0:
            os.execvpe(command[0], list(command), {**os.environ, **environment})
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def begin(self) -> None:
        """Read until the program has the screen and draws no more: until then the terminal echoes.

        A cursor that blinks draws for ever: then until it has blinked for a while.
        """
        said = b""
        while _WHOLE_SCREEN not in said:
            said += os.read(self.file, 65536)
        self.settle()

    def settle(self) -> None:
        """Read until the program draws no more, or for a while where it draws for ever."""
        latest = time.perf_counter() + _BEGINS_BLINKING
        while time.perf_counter() < latest and select.select([self.file], [], [], _BEGINS)[0]:
            os.read(self.file, 65536)

    def send(self, keys: str) -> None:
        """Write keys, or what a mouse sends."""
        os.write(self.file, keys.encode())

    def type(self, key: str) -> None:
        """Press a key, and read until the program has drawn what comes of it, if anything does."""
        os.write(self.file, key.encode())
        patience = _BEGINS / 2
        while select.select([self.file], [], [], patience)[0]:
            os.read(self.file, 65536)
            patience = _QUIET

    def press(self, key: str) -> float:
        """Press a key; return the seconds until the last of the repaint came."""
        start = last = time.perf_counter()
        os.write(self.file, key.encode())
        patience = 5.0
        while select.select([self.file], [], [], patience)[0]:
            os.read(self.file, 65536)
            last, patience = time.perf_counter(), _QUIET
        if last == start:
            raise RuntimeError(f"nothing was drawn at {key!r}")
        return last - start

    def saves(self, path: Path, content: str, shown: bytes) -> float:
        """Write a file; return the seconds until ``shown`` stands on the screen."""
        start, said = time.perf_counter(), b""
        path.write_text(content, "utf-8")
        while shown not in said:
            if not select.select([self.file], [], [], 10.0)[0]:
                raise RuntimeError(f"{shown!r} was not shown")
            said += os.read(self.file, 65536)
        seconds = time.perf_counter() - start
        while select.select([self.file], [], [], 3 * _QUIET)[0]:
            os.read(self.file, 65536)
        return seconds

    @property
    def processor_seconds(self) -> float:
        """What the program has used."""
        fields = Path(f"/proc/{self.child}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End the program."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.file)


def _times(terminal: Terminal, screen: Screen, presses: int) -> tuple[list[float], float]:
    """Return each press's seconds, and the mean processor time of one."""
    terminal.begin()
    for key in screen.way:
        terminal.press(key)
    before = terminal.processor_seconds
    times = [terminal.press(screen.keys[number % 2]) for number in range(presses)]
    return times, (terminal.processor_seconds - before) / presses


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Time keys on each screen, then letters typed into other programs."""
    if not sys.platform.startswith("linux"):
        yield Skipped("key to repaint", "a frame", "it reads /proc")
        return
    presses = 2 if smoke else 24
    ours = (sys.executable, "-m", "studytool")
    with TemporaryDirectory() as home:
        change_setting(Path(home), "lessons", False)  # a question comes at once
        environment = {"STUDYTOOL_HOME": home, "TERM": "xterm-256color", "LANG": "en_US.UTF-8"}
        for screen in SCREENS[:1] if smoke else SCREENS:
            yield from _measured((*ours, *screen.arguments), environment, screen, presses)
        yield from _saved(ours, environment, Path(home) / "pack", 2 if smoke else 12)
        for name in PEERS:
            found = shutil.which(name)
            if found is None:
                yield Skipped(f"key to repaint, {name}", "a frame at 60 Hz", "not installed")
            elif not smoke:
                peers = Screen(f"{name}, a letter", (), ("a", "\x7f"))
                yield from _measured(
                    (found,), {**environment, "HOME": home, "LANG": "C.UTF-8"}, peers, presses
                )


def _saved(
    ours: Sequence[str], environment: dict[str, str], pack: Path, saves: int
) -> Iterator[Row]:
    """Time what an author waits for in ``pack preview``: from the save to the card as it is now."""
    write_pack(pack)
    path = pack / "items" / "all.yaml"
    written = path.read_text("utf-8")
    preview = ("pack", "preview", str(pack), "--item", "recall")
    terminal = Terminal((*ours, *preview), environment)
    try:
        terminal.begin()
        times = []
        for number in range(saves):
            shown = f"Qz{number}q"
            content = written.replace("앞면", shown).replace("Front", shown)
            times.append(terminal.saves(path, content, shown.encode()))
    finally:
        terminal.end()
    of = "pack preview, from a save to its card"
    yield Row(of, statistics.median(times), "300 ms", 0.3, goal=1.0)


def _measured(
    command: Sequence[str], environment: dict[str, str], screen: Screen, presses: int
) -> Iterator[Row]:
    terminal = Terminal(command, environment)
    try:
        times, processor = _times(terminal, screen, presses)
    finally:
        terminal.end()
    worst = sorted(times)[max(0, round(0.99 * len(times)) - 1)]
    of = f"key to repaint, {screen.name}"
    yield Row(of, statistics.median(times), "a frame at 60 Hz", FRAME, goal=1.0)
    yield Row(f"{of}, 99th percentile", worst, "50 ms", MOST, goal=1.0)
    yield Row(f"{of}, processor", processor, "a frame at 60 Hz", FRAME, goal=None)
