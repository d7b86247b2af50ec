"""SIGKILL at any instant, with two programs writing: every acknowledged review is there.

``STUDYTOOL_KILLS=200 pytest tests/review_log/test_kill.py`` makes a long run of it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from studytool.numerics.streams import stream
from studytool.review_log.events import Event, Review, Undo
from studytool.review_log.log import ReviewLog

KILLS = int(os.environ.get("STUDYTOOL_KILLS", "20"))


def _writer(path: Path, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.review_log.writer", str(path), name]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def _killed(path: Path, *, wait_seconds: float) -> list[str]:
    """Run two writers, kill both, and give the lines that they said."""
    writers = [_writer(path, name) for name in ("one", "two")]
    said = []
    for writer in writers:
        assert writer.stdout is not None
        said.append(writer.stdout.readline())  # it is under way
    time.sleep(wait_seconds)
    for writer in writers:
        writer.kill()
    for writer in writers:
        rest, _ = writer.communicate()
        said += rest.splitlines()
    return [line.strip() for line in said]


def test_every_acknowledged_review_survives_sigkill(path: Path, tmp_path: Path) -> None:
    waits = stream("kill").uniform(0, 0.15, size=-(-KILLS // 2))
    appended: set[str] = set()
    undone: set[str] = set()
    events: list[Event] = []
    for wait_seconds in waits.tolist():
        for line in _killed(path, wait_seconds=wait_seconds):
            verb, id_ = line.split()
            (appended if verb == "append" else undone).add(id_)
        with ReviewLog.open(path) as log:
            events = list(log.events())
        assert appended <= {event.id for event in events}
        assert undone <= {event.target for event in events if isinstance(event, Undo)}
    assert len(appended) >= len(waits)  # control: the writers did write

    items = {event.item for event in events if isinstance(event, Review)}
    with ReviewLog.open(path) as log, ReviewLog.open(tmp_path / "again.db") as again:
        again.absorb(events)
        assert {item: log.state(item) for item in items} == {
            item: again.state(item) for item in items
        }
        assert (log.flagged(), log.suspended()) == (again.flagged(), again.suspended())
        assert log._db.rows("PRAGMA integrity_check") == [("ok",)]


def test_two_programs_may_make_the_log_at_once(tmp_path: Path) -> None:
    for attempt in range(2):
        said = _killed(tmp_path / f"{attempt}.db", wait_seconds=0)
        assert len(said) >= 2
