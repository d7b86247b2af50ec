"""A file in the place of the log: whoever starts meanwhile goes on in it, and nothing is lost."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from studytool.backups.copying import open_log
from studytool.backups.restoring import restore
from studytool.backups.taking import take
from studytool.errors import Cancelled
from studytool.faults import Fault
from studytool.review_log.log import ReviewLog
from studytool.sqlite.watching import Step, watched_by
from studytool.srs.rating import Rating
from tests.backups.logs import fill, ids, leftovers
from tests.cases import first_quick
from tests.review_log.drafts import DAY, HOUR, NOON, draft
from tests.review_log.refusals import refused

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces no open file")
LATER = NOON + 90 * DAY

DOCTOR = """
import sys
from pathlib import Path
from studytool.backups.restoring import restore
from studytool.sqlite.watching import Step, watched_by
from tests.review_log.drafts import HOUR, NOON

asked = []

def watch(step, share=None):
    if step is Step.REPLACING and not asked:
        print("replacing", flush=True)
        asked.append(input())

log, backup, folder = map(Path, sys.argv[1:])
with watched_by(watch):
    restore(log, backup, folder, NOON + HOUR)
"""
STARTER = """
import sys
from pathlib import Path
from studytool.review_log.log import ReviewLog
from tests.review_log.drafts import DAY, NOON, draft

print("starting", flush=True)
with ReviewLog.open(Path(sys.argv[1]), busy_seconds=60) as log:
    print(log.append_review(draft("pack/1", time=NOON + 90 * DAY)).id, flush=True)
    input()
"""
READER = """
import sys
from pathlib import Path
from studytool.backups import copying
from studytool.backups.copying import contents

copying.BUSY_SECONDS = 60
print("starting", flush=True)
print(contents(copying.open_log(Path(sys.argv[1]))).events, flush=True)
input()
"""


def _program(text: str, *arguments: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", text, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def _line(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


def _harm(log: Path, harm: str) -> None:
    if harm == "gone":
        log.unlink()
    elif harm == "empty":
        log.write_bytes(b"")
    else:
        with closing(apsw.Connection(str(log))) as connection:
            sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'events_by_time'"
            page = connection.execute(sql).get if harm == "index" else 1
        with log.open("r+b") as file:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize("harm", first_quick(["header", "index"]))
def test_who_starts_while_a_file_is_put_there_goes_on_in_it(
    log: Path, folder: Path, harm: str
) -> None:
    wanted = fill(log, 300)
    backup = take(log, folder, NOON).backup.path
    _harm(log, harm)
    doctor = _program(DOCTOR, log, backup, folder)
    assert _line(doctor) == "replacing"
    others = [_program(text, log) for text in (STARTER, STARTER, READER)]
    assert [_line(other) for other in others] == ["starting"] * 3
    time.sleep(0.7)
    assert [other.poll() for other in others] == [None] * 3  # they wait
    doctor.communicate("\n")
    assert doctor.returncode == 0
    *acknowledged, counted = (_line(other) for other in others)
    assert set(acknowledged) <= set(ids(log))  # while they are open, too
    for other in others:
        other.communicate("\n")
        assert other.returncode == 0
    assert ids(log)[:300] == wanted
    assert set(acknowledged) == set(ids(log)[300:])
    assert 300 <= int(counted) <= 302


def test_a_log_that_was_made_meanwhile_is_not_replaced(log: Path, folder: Path) -> None:
    fill(log)
    backup = take(log, folder, NOON).backup.path
    log.unlink()
    made: list[str] = []

    def watch(step: Step, share: float | None = None) -> None:
        del share
        if step is Step.REPLACING and not made:
            with ReviewLog.open(log) as other:
                made.append(other.append_review(draft("pack/1", time=LATER)).id)

    with refused(Fault.LOG_APPEARED), watched_by(watch):
        restore(log, backup, folder, NOON + HOUR)
    assert ids(log) == made
    assert leftovers(folder) == []


@pytest.mark.parametrize("harm", ["empty", "gone"])
def test_where_there_is_none_the_log_appears_whole(log: Path, folder: Path, harm: str) -> None:
    wanted = fill(log, 300)
    backup = take(log, folder, NOON).backup.path
    _harm(log, harm)
    restore(log, backup, folder, NOON + HOUR)
    assert ids(log) == wanted
    assert leftovers(folder) == []


@pytest.mark.parametrize("harm", ["header", "empty", "gone"])
def test_where_it_is_ended_the_log_is_as_it_was(log: Path, folder: Path, harm: str) -> None:
    fill(log)
    backup = take(log, folder, NOON).backup.path
    _harm(log, harm)
    before = {path.name: path.read_bytes() for path in log.parent.glob("*.db*")}

    def watch(step: Step, share: float | None = None) -> None:
        del share
        if step is Step.REPLACING:
            raise Cancelled

    with pytest.raises(Cancelled), watched_by(watch):
        restore(log, backup, folder, NOON + HOUR)
    assert {path.name: path.read_bytes() for path in log.parent.glob("*.db*")} == before
    assert leftovers(folder) == []


def test_a_rollback_journal_of_the_file_that_was_there_is_kept_and_not_applied(
    log: Path, folder: Path
) -> None:
    wanted = fill(log, 300)
    backup = take(log, folder, NOON).backup.path
    rollback = log.with_name("reviews.db-journal")
    connection = apsw.Connection(str(log))
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE large(x)")
    connection.execute("INSERT INTO large SELECT randomblob(9000) FROM events")  # spills
    left = rollback.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    log.unlink()
    rollback.write_bytes(left)
    restore(log, backup, folder, NOON + HOUR)
    assert ids(log) == wanted
    assert (folder / "replaced-20260101T130000000Z.db-journal").read_bytes() == left


def test_a_restored_log_is_written_by_way_of_the_journal(log: Path, folder: Path) -> None:
    """So that who has it open is seen by the next who would change the file."""
    fill(log)
    backup = take(log, folder, NOON).backup.path
    log.unlink()
    restore(log, backup, folder, NOON + HOUR)
    with ReviewLog.open(log) as opened:
        assert opened._db.rows("PRAGMA journal_mode") == [("wal",)]


# --- a file that others moved -------------------------------------------------------------------


@POSIX
@pytest.mark.parametrize("journal_mode", ["WAL", "DELETE"])
def test_nothing_is_written_to_a_file_that_no_longer_is_the_log(
    log: Path, folder: Path, journal_mode: str
) -> None:
    fill(log)
    backup = take(log, folder, NOON).backup.path
    with ReviewLog.open(log) as opened:
        opened._db.rows(f"PRAGMA journal_mode = {journal_mode}")
        opened.append_review(draft("pack/1", Rating.EASY, LATER))
        copy = log.with_name("copy.db")
        shutil.copy(backup, copy)
        for end in ("-wal", "-shm"):
            log.with_name(log.name + end).unlink(missing_ok=True)
        os.replace(copy, log)  # noqa: PTH105 - what any program may do
        wanted = [*ids(log), *fill(log, 1, first=200)]
        with refused(Fault.MOVED):
            opened.append_review(draft("pack/2", Rating.EASY, LATER))
        with ReviewLog.open(log) as other:
            wanted.append(other.append_review(draft("pack/3", Rating.EASY, LATER)).id)
            opened.close()
            wanted.append(other.append_review(draft("pack/4", Rating.EASY, LATER)).id)
    assert ids(log) == wanted


@POSIX
def test_nothing_is_written_to_a_file_that_was_deleted(log: Path) -> None:
    fill(log)
    with ReviewLog.open(log) as opened:
        log.unlink()
        with refused(Fault.MOVED) as error:
            opened.append_review(draft("pack/2", Rating.EASY, LATER))
    assert "start it again" in error.value.text("en")
    assert not log.exists()


def test_a_log_that_is_there_is_opened_for_a_copy(log: Path) -> None:
    """A control of the reader above."""
    fill(log)
    with closing(open_log(log)) as connection:
        assert connection.execute("SELECT count(*) FROM events").get == 5
