"""A disk that is full, and files that may not be written: no acknowledged event is missing."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.events import Review
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.disks import (
    files_of_at_most,
    filled,
    make_larger,
    ordinary_user,
    small_disk,
)
from tests.review_log.drafts import DAY, NOON, draft, foreign
from tests.review_log.refusals import refused

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions, limits and mounts")
LATER = NOON + 9999 * DAY
MANY = 5000


def _fill(path: Path, n: int = 5) -> list[str]:
    with ReviewLog.open(path) as log:
        return [log.append_review(draft(f"pack/{k}", time=NOON + k * DAY)).id for k in range(n)]


def _ids(path: Path) -> list[str]:
    with ReviewLog.open(path) as log:
        return [event.id for event in log.events()]


def _append_until_refused(log: ReviewLog) -> tuple[list[str], StateError]:
    ids: list[str] = []
    for k in range(100_000):
        try:
            ids.append(log.append_review(draft(f"pack/{k % 50}", time=NOON + k * DAY / 50)).id)
        except StateError as error:
            return ids, error
    raise AssertionError("the limit never came")


def _many() -> Iterator[Review]:
    """Events of another device, more than any small disk here has room for."""
    for k in range(MANY):
        ms = to_ms(NOON + k * DAY / 50)
        yield foreign(f"pack/{k % 50}", Rating.GOOD, ms, random=k.to_bytes(10, "big"))


# --- full ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_full_database_takes_no_more_and_keeps_all(path: Path) -> None:
    with ReviewLog.open(path) as log:
        connection = log._db.connection
        connection.execute("PRAGMA max_page_count = 40")
        ids, error = _append_until_refused(log)
        assert error.fault is Fault.FULL
        assert [event.id for event in log.events()] == ids
        connection.execute("PRAGMA max_page_count = 100000")
        ids.append(log.append_review(draft("pack/0", time=LATER)).id)
    assert _ids(path) == ids


@POSIX
def test_a_full_disk_takes_no_more_reviews_and_keeps_all() -> None:
    with small_disk("600k") as folder:
        path = folder / "reviews.db"
        with ReviewLog.open(path) as log:
            ids, error = _append_until_refused(log)
            assert error.fault is Fault.FULL
            assert [event.id for event in log.events()] == ids
            make_larger(folder, "4m")
            ids.append(log.append_review(draft(time=LATER)).id)
        assert _ids(path) == ids


@pytest.mark.slow
@POSIX
def test_a_merge_that_fills_the_disk_is_taken_back_whole() -> None:
    with small_disk("800k") as folder:
        path = folder / "reviews.db"
        ids = _fill(path)
        with ReviewLog.open(path) as log:
            states = [log.state(f"pack/{k}") for k in range(50)]
            with refused(Fault.FULL):
                log.absorb(_many())
            assert [event.id for event in log.events()] == ids
            assert [log.state(f"pack/{k}") for k in range(50)] == states
            make_larger(folder, "8m")
            assert log.absorb(_many()) == MANY
        assert set(_ids(path)) == {*ids, *(event.id for event in _many())}


@POSIX
def test_a_disk_without_a_free_byte_says_so_at_the_start() -> None:
    """The journal's index does not fit, which SQLite calls an error of input or output."""
    with small_disk("1m") as folder:
        path = folder / "reviews.db"
        ids = _fill(path)
        with filled(folder):
            with refused(Fault.FULL) as error, ReviewLog.open(path):
                pass
            assert "Free some space" in error.value.text("en")
            assert "공간을 비운 뒤" in error.value.text("ko")
            with refused(Fault.FULL), ReviewLog.open(folder / "another.db"):
                pass
        assert _ids(path) == ids
        assert _ids(folder / "another.db") == []


@POSIX
def test_a_file_that_may_not_grow_takes_no_more_reviews_and_keeps_all(path: Path) -> None:
    with ReviewLog.open(path) as log:
        with files_of_at_most(300_000):
            ids, error = _append_until_refused(log)
        assert error.fault in {Fault.FULL, Fault.UNREADABLE}
        assert [event.id for event in log.events()] == ids
        ids.append(log.append_review(draft(time=LATER)).id)
    assert _ids(path) == ids


@pytest.mark.slow
@POSIX
def test_a_merge_into_a_file_that_may_not_grow_is_taken_back_whole(path: Path) -> None:
    ids = _fill(path)
    with ReviewLog.open(path) as log:
        with files_of_at_most(300_000), pytest.raises(StateError) as error:
            log.absorb(_many())
        assert error.value.fault in {Fault.FULL, Fault.UNREADABLE}
        assert [event.id for event in log.events()] == ids
        assert log.absorb(_many()) == MANY


# --- read-only ----------------------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("what", ["file", "folder", "both", "empty folder"])
def test_read_only(what: str) -> None:
    with ordinary_user() as folder:
        path = folder / "reviews.db"
        ids = [] if what == "empty folder" else _fill(path)
        if what in {"file", "both"}:
            path.chmod(0o400)
        if what != "file":
            folder.chmod(0o500)
        phrase = Fault.NO_FILE if what == "empty folder" else Fault.READ_ONLY
        with refused(phrase), ReviewLog.open(path):
            pass
        folder.chmod(0o700)
        if what != "empty folder":
            path.chmod(0o600)
        assert _ids(path) == ids


@POSIX
def test_a_folder_made_read_only_under_an_open_log() -> None:
    """The files are open already: what is acknowledged is there."""
    with ordinary_user() as folder:
        path = folder / "reviews.db"
        with ReviewLog.open(path) as log:
            ids = [log.append_review(draft()).id]
            folder.chmod(0o500)
            ids.append(log.append_review(draft(time=NOON + DAY)).id)
            folder.chmod(0o700)
        assert _ids(path) == ids
