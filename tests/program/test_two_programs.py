"""Two programs study one home at once: each goes by what the other has just written."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.review_log.events import Review
from studytool.review_log.log import ReviewLog
from studytool.session.desk import Desk
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.review_log.drafts import foreign
from tests.review_log.queue import due_items

ITEMS = tuple(
    f"deep-learning-notes/{slug}"
    for slug in ("xavier-variance", "he-sd", "relu-second-moment", "dropout-variance")
)


class Program:
    """``studytool study --plain`` in a pipe, one line at a time."""

    def __init__(self, home: Path) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-m", "studytool", "study", "--plain"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "STUDYTOOL_HOME": str(home), "PYTHONUTF8": "1"},
        )
        self.said = ""
        self.over = False
        self._listen()

    @property
    def asks_rating(self) -> bool:
        return self.said.splitlines()[-1].startswith(("rating", "평가"))

    def type(self, line: str) -> None:
        assert self._running.stdin is not None
        self._running.stdin.write(f"{line}\n".encode())
        self._running.stdin.flush()
        self._listen()

    def step(self) -> None:
        """Answer a question wrong; rate it good all the same."""
        self.type("3" if self.asks_rating else "7")

    def finish(self) -> int:
        assert self._running.stdin is not None
        self._running.stdin.close()
        return self._running.wait(timeout=60)

    def kill(self) -> None:
        self._running.kill()
        self._running.wait()
        for pipe in (self._running.stdin, self._running.stdout):
            assert pipe is not None
            pipe.close()

    def _listen(self) -> None:
        """Read until the program waits for a line, or has ended."""
        assert self._running.stdout is not None
        heard = b""
        while not heard.endswith(b"> ") and (byte := self._running.stdout.read(1)):
            heard += byte
        self.over = not heard.endswith(b"> ")
        self.said += heard.decode()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Items that are due, and none that are new."""
    (tmp_path / "settings.toml").write_text("new_per_day = 0\nbury_siblings = false\n", "utf-8")
    Desk.open(tmp_path, MACHINE_CLOCK).close()
    began = datetime.now(UTC) - timedelta(days=90)  # noqa: TID251 - the programs read the clock too
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        log.absorb(
            foreign(
                item,
                Rating.GOOD,
                to_ms(began + days * timedelta(days=1)),
                random=n.to_bytes(10, "big"),
            )
            for n, item in enumerate(ITEMS)
            for days in (n, n + 1, n + 8)
        )
        assert set(due_items(log, began + timedelta(days=90))) == set(ITEMS)
    return tmp_path


@contextmanager
def two_programs(home: Path) -> Iterator[tuple[Program, Program]]:
    one = Program(home)
    try:
        other = Program(home)
        try:
            yield one, other
        finally:
            other.kill()
    finally:
        one.kill()


def _answered_now(home: Path) -> list[str]:
    with ReviewLog.open(home / "reviews.db") as log:
        return [e.item for e in log.events() if isinstance(e, Review) and e.device == log.device]


@pytest.mark.slow
def test_the_next_item_is_none_that_the_other_has_answered(home: Path) -> None:
    with two_programs(home) as (one, other):
        assert one.said == other.said  # both begin with the same item
        for _ in range(4):  # that item, and the one after it
            one.step()
        first, second = _answered_now(home)
        while not other.over:
            other.step()
        one.type(":q")
        assert [program.finish() for program in (one, other)] == [0, 0]
    times = Counter(_answered_now(home))
    assert times.keys() == set(ITEMS)
    assert {times[item] for item in ITEMS if item != first} == {1}  # the first was in view already
    assert second != first


@pytest.mark.slow
def test_what_one_puts_away_the_other_is_not_asked_next(home: Path) -> None:
    with two_programs(home) as (one, other):
        other.step()
        one.type(":suspend")  # the item that both show
        one.type(":bury")
        other.step()  # its answer came after all, and counts
        while not other.over:
            other.step()
    answered = _answered_now(home)
    assert len(answered) == len(set(answered)) == len(ITEMS) - 1
