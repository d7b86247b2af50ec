"""Many events at once: read a few at a time, all of them or none, and the file as it should be."""

import gc
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.events import Review
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.disks import files_of_at_most
from tests.review_log.deeds import reset_item, set_flag
from tests.review_log.drafts import DAY, NOON, draft, foreign
from tests.review_log.fresh_fold import differing_rows
from tests.review_log.queue import flagged_items

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL, limits of files")

MANY = 24_000
"""More than the log had, and enough for its indexes to be made anew."""
ITEMS = 3000
RATINGS = list(Rating)


def _reviews(n: int, *, first: int = 0, items: int = ITEMS) -> Iterator[Review]:
    """Reviews of so many items in turn, each a day after its last."""
    for k in range(first, first + n):
        ms = to_ms(NOON) + k * 86_400_000 // items
        yield foreign(f"pack/{k % items}", RATINGS[k % 4], ms, random=k.to_bytes(10, "big"))


def _ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(apsw.Connection(str(path))) as connection:
        return connection.execute(sql).fetchall()


def _count(path: Path) -> object:
    return _ask(path, "SELECT count(*) FROM events")[0][0]


def _schema(path: Path) -> set[tuple[object, ...]]:
    return {*_ask(path, "SELECT type, name, sql FROM sqlite_schema")}


def _everything(path: Path) -> list[list[tuple[object, ...]]]:
    tables = ("events", "names", "items", "mature_reviews")
    return [_ask(path, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


@pytest.mark.slow
def test_an_import_of_many_leaves_the_file_as_small_ones_would(path: Path, tmp_path: Path) -> None:
    with ReviewLog.open(path) as log:
        empty = _schema(path)
        assert log.absorb(_reviews(MANY)) == MANY
    other = tmp_path / "other.db"
    with ReviewLog.open(other) as log:
        log.absorb(_reviews(15_000))
        log.absorb(_reviews(MANY - 15_000, first=15_000))
    assert _schema(path) == _schema(other) == empty
    assert _everything(path) == _everything(other)
    assert _ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert differing_rows(path) == 0
    for attempt in ("REPLACE INTO events SELECT * FROM events", "DELETE FROM events"):
        with pytest.raises(apsw.ConstraintError, match=r"events are never (replaced|deleted)"):
            _ask(path, attempt)


class Torn(Exception):  # noqa: N818 - a file that ends in the middle
    pass


@pytest.mark.parametrize("n", first_quick([0, 1, 2500, MANY - 1]))
def test_what_cannot_be_read_to_its_end_adds_nothing(path: Path, n: int) -> None:
    def torn() -> Iterator[Review]:
        yield from _reviews(n)
        raise Torn

    with ReviewLog.open(path) as log:
        log.append_review(draft("pack/0", time=NOON - DAY))
        schema, before = _schema(path), _everything(path)
        with pytest.raises(Torn):
            log.absorb(torn())
        assert (_schema(path), _everything(path)) == (schema, before)
        assert log.absorb(_reviews(5)) == 5


_KILLED = """
import os, signal, sys
from pathlib import Path
from studytool.review_log.log import ReviewLog
from tests.review_log.test_absorbing import MANY, _reviews
from tests.review_log.queue import flagged_items

log = ReviewLog.open(Path(sys.argv[1]))

def killed():
    log._db.rows("PRAGMA cache_size = 10")  # so that it writes to the disk all the time
    yield from _reviews(MANY)
    os.kill(os.getpid(), signal.SIGKILL)

log.absorb(killed())
"""


@pytest.mark.slow
@POSIX
def test_killed_while_the_indexes_are_set_aside(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft("pack/0", time=NOON - DAY))
    schema, before = _schema(path), _everything(path)
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.with_name("reviews.db-wal").stat().st_size > 0  # it had written much of it
    with ReviewLog.open(path) as log:
        assert (_schema(path), _everything(path)) == (schema, before)
        assert log.absorb(_reviews(5)) == 5


@pytest.mark.slow
@POSIX
def test_where_the_file_may_not_grow_nothing_is_added(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft("pack/0", time=NOON - DAY))
        schema, before = _schema(path), _everything(path)
        with files_of_at_most(2_000_000), pytest.raises(StateError) as error:
            log.absorb(_reviews(MANY))
        assert error.value.fault in {Fault.FULL, Fault.UNREADABLE}
        assert (_schema(path), _everything(path)) == (schema, before)
        assert log.absorb(_reviews(MANY)) == MANY
    assert _schema(path) == schema


def _reviews_alive() -> int:
    return sum(type(each) is Review for each in gc.get_objects())


@pytest.mark.slow
def test_events_are_written_as_they_are_read_and_not_held(path: Path) -> None:
    gc.collect()
    held, others = [], _reviews_alive()  # of tests before, in the same process

    def watched(log: ReviewLog) -> Iterator[Review]:
        for k, review in enumerate(_reviews(MANY), start=1):
            if k % 6000 == 0:
                written = log._db.number("SELECT count(*) FROM events")
                held.append((k - written, _reviews_alive() - others))
            yield review

    with ReviewLog.open(path) as log:
        log.absorb(watched(log))
        assert _count(path) == MANY
    assert len(held) == 4
    assert max(map(max, held)) <= 2 * 2000 + 1  # the batch being read, and the one just written


def test_an_event_that_comes_twice_is_added_once(path: Path) -> None:
    reviews = list(_reviews(3000))
    with ReviewLog.open(path) as log:
        assert log.absorb([*reviews[:2], *reviews[:2], *reviews, *reviews]) == 3000
        assert list(log.events()) == reviews
        assert log.absorb(reviews[::-1]) == 0


def test_the_memory_that_an_import_takes_is_given_back(path: Path) -> None:
    with ReviewLog.open(path) as log:
        before = log._db.number("PRAGMA cache_size")
        log.absorb([])
        assert log._db.number("PRAGMA cache_size") == before


def test_what_comes_before_the_first_new_event(path: Path) -> None:
    """It sees the log without them, once; and where it fails, nothing is added."""
    seen = []

    def refuse() -> None:
        raise Torn

    with ReviewLog.open(path) as log:
        assert log.absorb(_reviews(100), before_first=lambda: seen.append(_count(path))) == 100
        assert log.absorb(_reviews(100), before_first=refuse) == 0
        with pytest.raises(Torn):
            log.absorb(_reviews(5000), before_first=refuse)
        assert _count(path) == 100
        assert log.absorb(_reviews(5000), before_first=lambda: seen.append(_count(path))) == 4900
    assert seen == [0, 100]


@pytest.mark.parametrize("count", [1, 5000])  # few are put in as they are, many without indexes
def test_indexes_and_guards_are_there_again(path: Path, count: int) -> None:
    with ReviewLog.open(path) as log:
        before = log._db.rows("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
        assert {kind for kind, _, _ in before} >= {"index", "trigger"}
        log.absorb(_reviews(count))
        assert (
            log._db.rows("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name") == before
        )


@pytest.mark.slow
@pytest.mark.parametrize("touched", [1, 200, 1100, 2000])
def test_the_items_touched_are_folded_as_all_would_be(path: Path, touched: int) -> None:
    """One, some, many that are few among all, and more than a quarter of all."""
    known = 5000
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/{k}", "a", k) for k in range(known)])
        log.absorb(_reviews(2 * known, items=known))
        reset_item(log, "pack/0", NOON + DAY / 2)
        set_flag(log, "pack/0", True, NOON)
        log.absorb(_reviews(2 * touched, first=90_000, items=touched))
        again = log.last_reviews(item="pack/0", limit=100)
        assert len(again) == 2 + 2
        assert log.state("pack/0").reps == 1 + 2  # since the reset
        assert flagged_items(log) == ["pack/0"]
    assert differing_rows(path) == 0
