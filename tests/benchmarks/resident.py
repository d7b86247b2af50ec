"""The memory that the real program holds on a pseudo-terminal, answer by answer."""

import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw

from studytool.settings import change_setting
from tests.benchmarks.row import Row, Skipped
from tests.benchmarks.screens import Terminal

MOST_MB = 120.0
ANSWERS = 300
_SHOW, _AGAIN = "\x1bOR", "1"
"""F3, which shows the key, and the lowest rating: so there is always another question."""
_PRESSES = 6
"""For an answer at most: a lesson, a sitting's end and a key too early take some more."""
_LOOK_EVERY = 10
"""Answers, between two looks at how many there are."""
_DRAWN, _NOTHING_DRAWN = 0.02, 0.5
"""Seconds without a word after which a screen is whole, and after which a key has done nothing."""
_AT_ONCE = """
from studytool.tui.deafness import Deafness
Deafness.seconds = 0.0
from studytool.cli import main
main()
"""
"""The program, but that a rating is heard as soon as the mark is in view: no person is to see it."""


def resident_mb(answers: int, language: str) -> float:
    """Return the MB that ``studytool study`` holds behind so many answers.

    Raises:
        RuntimeError: the keys did not lead to so many answers.
    """
    with TemporaryDirectory() as folder:
        home = Path(folder)
        change_setting(home, "lessons", False)  # a question comes at once
        change_setting(home, "new_per_day", 500)
        change_setting(home, "language", language)
        environment = {"STUDYTOOL_HOME": folder, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        subprocess.run(
            [sys.executable, "-m", "studytool", "due"],
            env=os.environ | environment,
            capture_output=True,
            check=True,
        )
        terminal = Terminal((sys.executable, "-c", _AT_ONCE, "study"), environment)
        try:
            terminal.begin()  # the packs have been installed
            for number in range(_PRESSES * answers):
                if number % _LOOK_EVERY == 0 and _answered(home) >= answers:
                    return _held(terminal.child)
                _follow(terminal, _AGAIN if number % 2 else _SHOW)
        finally:
            terminal.end()
        raise RuntimeError(f"{_answered(home)} of {answers} answers were taken")


def _follow(terminal: Terminal, key: str) -> None:
    """Press a key, and go on as soon as the screen has followed it."""
    terminal.send(key)
    patience = _NOTHING_DRAWN
    while select.select([terminal.file], [], [], patience)[0]:
        os.read(terminal.file, 65536)
        patience = _DRAWN


def _answered(home: Path) -> int:
    with closing(apsw.Connection(str(home / "reviews.db"), apsw.SQLITE_OPEN_READONLY)) as log:
        return int(log.execute("SELECT count(*) FROM events WHERE rating IS NOT NULL").get)


def _held(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024 / 1e6


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Answer on a pseudo-terminal, then look at what the process holds."""
    answers = 2 if smoke else ANSWERS
    work = f"study process after {answers} answers, memory"
    if not sys.platform.startswith("linux"):
        yield Skipped(work, "the limit", "it reads /proc")
        return
    held = max(resident_mb(answers, language) for language in ("ko", "en"))
    yield Row(work, held, "the limit", MOST_MB, goal=1.0, unit="MB")
