"""SIGKILL at any instant, with two programs writing: every acknowledged act is there.

``STUDYTOOL_KILLS=200 pytest tests/review_log/test_kill.py`` makes a long run of it.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from studytool.numerics.streams import stream
from studytool.review_log.events import Event, Redo, Undo
from studytool.review_log.kinds import KINDS
from studytool.review_log.log import ReviewLog
from studytool.review_log.schema import HAS_MEMORY
from tests.review_log import writer
from tests.review_log.fresh_fold import differing_rows
from tests.review_log.queue import flagged_items, suspended_items

KILLS = int(os.environ.get("STUDYTOOL_KILLS", "20"))


def _writer(path: Path, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.review_log.writer", str(path), name]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def _line(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline()


ACTS = {name for name, kind in KINDS.items() if kind.is_act} - {"import", "retraction"}


def _killed(path: Path, *, first: float, second: float, at_start: bool) -> list[str]:
    """Run two writers, kill one and then the other; give the lines that they said.

    Args:
        path: of the log.
        first: seconds until the one is killed.
        second: seconds from then until the other is.
        at_start: counted from their start, not from their first acts.
    """
    one, other = writers = [_writer(path, name) for name in ("one", "two")]
    said = [] if at_start else [_line(program) for program in writers]
    time.sleep(first)
    one.kill()
    said.append(_line(other))  # what the dead one had locked is free
    time.sleep(second)
    other.kill()
    for program in writers:
        rest, _ = program.communicate()
        said += rest.splitlines()
    return [line.strip() for line in said]


def _missing(acknowledged: Iterable[str], events: list[Event]) -> Counter[tuple[str, str]]:
    """Give what was acknowledged more often than it is in the log."""
    wanted = Counter((verb, id_) for verb, id_ in map(str.split, acknowledged))
    there = Counter(("append", event.id) for event in events)
    there.update(("undo", event.target) for event in events if isinstance(event, Undo))
    there.update(("redo", event.target) for event in events if isinstance(event, Redo))
    return wanted - there


def _behind(path: Path) -> int:
    """Count the events that the cached fold says of itself it lacks."""
    with closing(apsw.Connection(str(path))) as connection:
        sql = "SELECT max(seq) - (SELECT value FROM meta WHERE key = 'folded_seq') FROM events"
        return int(connection.execute(sql).get)


def _made(log: ReviewLog) -> dict[str, list[tuple[object, ...]]]:
    """Give the cached fold, words for codes; without what only the file knows: its own numbers."""
    sql = f"""
        SELECT name, items.* FROM items JOIN names ON code = item
        WHERE {HAS_MEMORY} OR rests_until_ms IS NOT 0 OR flagged ORDER BY name
    """  # an id that moved leaves a row without anything
    mature = "SELECT time_ms, recalled, predicted FROM mature_reviews ORDER BY 1, 2, 3"
    items = [(row[0], *row[2:]) for row in log._db.rows(sql)]
    return {"items": items, "mature_reviews": log._db.rows(mature)}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_every_acknowledged_act_survives_sigkill(path: Path, tmp_path: Path) -> None:
    rounds = -(-KILLS // 2)
    random = stream("kill")
    said: list[str] = []
    for number in range(rounds):
        at_start = number % 3 == 2
        first, second = random.uniform(0, [0.4 if at_start else 0.12, 0.12]).tolist()
        said += _killed(path, first=first, second=second, at_start=at_start)
        left = _behind(path)  # as the dead left it, before anything is opened for writing
        assert left in {0, 1, 2}  # the last review of each
        assert left or differing_rows(path) == 0
        with ReviewLog.open(path) as log:
            assert (_behind(path), differing_rows(path)) == (0, 0)
            assert log._db.rows("PRAGMA integrity_check") == [("ok",)]
            assert not _missing(said, list(log.events()))
    assert len(said) >= 2 * rounds  # control: the writers did write

    with ReviewLog.open(path) as log, ReviewLog.open(tmp_path / "again.db") as again:
        events = list(log.events())
        assert {event.kind for event in events} == ACTS | {"undo", "redo"}
        again.absorb(events)
        assert _made(log) == _made(again)
        assert (flagged_items(log), suspended_items(log)) == (
            flagged_items(again),
            suspended_items(again),
        )


def test_an_act_that_is_missing_would_be_seen(path: Path) -> None:
    """A control of the test above."""
    with ReviewLog.open(path) as log:
        said = [writer._said(log, "one", k).strip() for k in range(2 * writer.ROUND)]
        events = list(log.events())
    assert {line.split()[0] for line in said} == {"append", "undo", "redo"}
    assert {event.kind for event in events} == ACTS | {"undo", "redo"}
    assert not _missing(said, events)
    for gone in range(len(events)):
        assert _missing(said, events[:gone] + events[gone + 1 :])
    with closing(apsw.Connection(str(path))) as connection:
        assert (_behind(path), differing_rows(path)) == (0, 0)
        connection.execute("UPDATE items SET stability = stability * (1 + 1e-15) WHERE stage > 0")
    assert differing_rows(path) > 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_two_programs_may_make_the_log_at_once(tmp_path: Path) -> None:
    for attempt in range(2):
        said = _killed(tmp_path / f"{attempt}.db", first=0, second=0, at_start=False)
        assert len(said) >= 3
