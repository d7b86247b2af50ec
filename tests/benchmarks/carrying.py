"""A log carried over: from the tables of an older version, and to a second device and back.

A limit is no program, but what the design allows; it stands in the peer's column.
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import perf_counter

import apsw

from studytool.clock import utc_now
from studytool.review_log.log import ReviewLog
from studytool.sync.with_folder import sync_with_folder
from tests.benchmarks.child import run
from tests.benchmarks.large_log import LIMIT, make_reviews
from tests.benchmarks.row import Row

MIGRATION_SECONDS, SYNC_SECONDS = 30.0, 5.0

_MIGRATE = """
import sys, time
from pathlib import Path
from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import open_log
from studytool.sqlite.watching import Step, watched_by
seen = []
start = time.perf_counter()
with watched_by(lambda step, share: seen.append(step)):
    _, log = open_log(Path(sys.argv[1]), MACHINE_CLOCK)
print(time.perf_counter() - start)
assert Step.MIGRATING in seen, seen
log.close()
"""


def rows(*, smoke: bool) -> Iterator[Row]:
    """Carry a log over from version 1, with its backup and its fold, and sync two devices."""
    with tempfile.TemporaryDirectory() as folder:
        yield _migration(Path(folder) / "home", 2_000 if smoke else 1_000_000)
        yield _sync(Path(folder), 500 if smoke else 100_000)


def _migration(home: Path, count: int) -> Row:
    home.mkdir()
    with closing(ReviewLog.open(home / "reviews.db")) as log:
        log.absorb(make_reviews(count, utc_now()))
    _make_older(home / "reviews.db")
    seconds = float(run(_MIGRATE, str(home)).printed)
    return Row(f"migration of {count:,} reviews", seconds, LIMIT, MIGRATION_SECONDS, goal=1.0)


def _make_older(path: Path) -> None:
    """Make a log one of version 1, whose events have no study days, and nothing a seal."""
    with closing(apsw.Connection(str(path))) as database:
        for table in ("events", "names"):
            database.execute(f"ALTER TABLE {table} DROP COLUMN seal")
        database.execute("ALTER TABLE events DROP COLUMN study_day")
        database.execute("PRAGMA user_version = 1")


def _sync(folder: Path, count: int) -> Row:
    """Let each of two devices send what it has and take in what the other has; to the end."""
    shared = folder / "shared"
    shared.mkdir()
    reviews = make_reviews(2 * count, utc_now())
    logs = []
    for device in ("here", "there"):
        log = ReviewLog.open(folder / f"{device}.db")
        log.absorb(replace(review, device=device) for review in islice(reviews, count))
        logs.append(log)
    here, there = logs
    with closing(here), closing(there):
        start = perf_counter()
        reports = [sync_with_folder(log, shared) for log in (here, there, here)]
        seconds = perf_counter() - start
    if [(one.sent, one.received) for one in reports] != [(count, 0), (count, count), (0, count)]:
        raise ValueError(f"not all was synced: {reports}")
    work = f"sync of {count:,} and {count:,} events"
    return Row(work, seconds, LIMIT, SYNC_SECONDS, goal=1.0)
