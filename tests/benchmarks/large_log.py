"""A log of many reviews: imported, folded again, opened; seconds, memory and bytes.

It is made as a learner would get it: written as a file of JSON lines, imported by the path of
``studytool log import``, its items then registered as a pack's.
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from statistics import median

import numpy as np

from studytool.clock import MACHINE_CLOCK, utc_now
from studytool.numerics.streams import stream
from studytool.quiz.outcome import Outcome
from studytool.review_log.event_ids import id_text, new_id
from studytool.review_log.events import Review
from studytool.review_log.study_days import StudyDay
from studytool.session.desk import Desk
from studytool.srs.memory import DAY_MS, from_ms, to_ms
from studytool.srs.rating import Rating
from tests.benchmarks.answers import BARE, NEXT, BareCommits, Sitter, beside_commit
from tests.benchmarks.child import HAS_PEAK, NO_PEAK, Ran, run
from tests.benchmarks.memory import MOST_MB, peer_seconds
from tests.benchmarks.row import Row, Skipped, Timed, medians, paired_medians
from tests.benchmarks.start import (
    HAS_TERMINALS,
    HOME,
    HOME_FIRST_FRAME,
    IN_VIEW,
    MINIMAL_APP,
    NO_TERMINALS,
    READY,
    first_frame,
)
from tests.log_lines import write_log

REVIEWS_PER_ITEM, MOST_REVIEWS = 10, 12
"""On average, the latest items having had fewer; and of the first."""

FEW_REVIEWS = 10_000

PACK = "large"
DAYS = 730
MOST_BYTES = 200.0
MOST_RESIDENT_MB = 120.0
LIMIT = "the limit"
RETENTIONS = (0.85, 0.9)

_IMPORT = """
import sys, time
from pathlib import Path
from studytool.clock import MACHINE_CLOCK
from studytool.review_log.read_in_bulk import read_rows
from studytool.session.desk import open_log
path, home = sys.argv[1:]
_, log = open_log(Path(home), MACHINE_CLOCK)
start = time.perf_counter()
with open(path, "rb") as lines:
    log.absorb(read_rows(lines, path))
print(time.perf_counter() - start)
log.close()
"""

_BARE_IMPORT = """
import gc, json, marshal, re, sys, time
from datetime import datetime
from itertools import islice
from zlib import crc32
import apsw
from studytool.review_log.schema import COLUMNS, TRUTH
path, database = sys.argv[1:]
gc.disable()
words = dict()
def code(word):
    return None if word is None else words.setdefault(word, len(words) + 101)
def row(event):
    drawn = event["parameters"]
    values = (
        bytes.fromhex(event["id"].replace("-", "")), code(event["kind"]), code(event["learner"]),
        code(event["device"]), int(datetime.fromisoformat(event["time"]).timestamp() * 1000),
        event["offset_minutes"], code(event["item"]), code(event["revision"]), event["seed"],
        json.dumps([code(",".join(drawn)), *drawn.values()]), event["answer"],
        code(event["outcome"]), code(event["misconception"]), event["confidence"],
        code(event["rating"]), event["duration_ms"], None, None, event["study_day"],
    )
    return *values, crc32(marshal.dumps(values, 2)) - 2**31
bare = apsw.Connection(database)
bare.pragma("journal_mode", "WAL")
bare.pragma("cache_size", -65536)
bare.execute("".join(re.findall("CREATE TABLE[^;]*;", TRUTH)))
into = f"INSERT INTO events({', '.join(COLUMNS)}, seal) VALUES ({', '.join('?' * 20)})"
start = time.perf_counter()
with open(path, "rb") as lines, bare:
    next(lines)
    while batch := [*islice(lines, 2000)]:
        bare.executemany(into, map(row, map(json.loads, batch)))
    bare.executemany("INSERT INTO names(name, code) VALUES (?, ?)", words.items())
    bare.execute("".join(re.findall("CREATE INDEX[^;]*;", TRUTH)))
print(time.perf_counter() - start)
"""
"""The parts of an import, each done plainly: JSON read, words coded, a checksum, the same rows and indexes.

It believes whatever the file says, looks for nothing that is there already, and folds nothing.
"""

_REGISTER = """
import sys
from pathlib import Path
from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import open_log
home, pack, items = sys.argv[1:]
_, log = open_log(Path(home), MACHINE_CLOCK)
listed = ((f"{pack}/item-about-something-{n}", f"concept-{n % 97}", n) for n in range(int(items)))
log.register(pack, listed)
log.close()
"""

_REFOLD = """
import sys, time
from pathlib import Path
from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import open_log
from studytool.settings import Settings, save_settings
home, retention = Path(sys.argv[1]), float(sys.argv[2])
save_settings(home, Settings(desired_retention=retention))
start = time.perf_counter()
_, log = open_log(home, MACHINE_CLOCK)
print(time.perf_counter() - start)
log.close()
"""


def write_events(path: Path, count: int, now: datetime) -> None:
    """Write ``count`` reviews up to ``now``, of a tenth as many items, in the log's own format."""
    with path.open("wb") as file:
        file.writelines(write_log(make_reviews(count, now)))


def make_reviews(count: int, now: datetime) -> Iterator[Review]:
    """Make reviews by time: items begun over two years, at growing intervals, mixed ratings."""
    rng, items = stream("benchmark", "large log"), count // REVIEWS_PER_ITEM
    first = rng.uniform(0, DAYS, size=(items, 1))
    gaps = np.geomspace(1, 120, MOST_REVIEWS - 1) * rng.uniform(0.8, 1.2, size=(items, 1))
    days = np.cumsum(np.hstack([first, gaps]), axis=1).ravel()  # (item and review)
    order = np.argsort(days, kind="stable")
    chosen = order[: np.count_nonzero(days < DAYS)][-count:]
    began_ms = to_ms(now) - DAYS * DAY_MS
    rating = rng.choice(4, size=len(days), p=[0.1, 0.1, 0.7, 0.1])
    digits, seeds = rng.integers(10**6, size=len(days)), rng.integers(2**31, size=len(days))
    random = rng.bytes(10 * len(days))
    ratings, day = list(Rating), StudyDay(offset_minutes=540, start_hour=4)
    for row in chosen.tolist():
        ms = began_ms + int(days[row] * DAY_MS)
        again = rating[row] == 0
        item = row // MOST_REVIEWS
        yield Review(
            id=id_text(new_id(ms, random[10 * row : 10 * row + 10])),
            learner="0123456789abcdef",
            device="fedcba9876543210",
            item=f"{PACK}/item-about-something-{item}",
            revision=f"{item % 997:012x}",
            seed=int(seeds[row]),
            parameters={"fan_in": 64.0, "fan_out": 32.0 + item % 64},
            answer=f"0.{digits[row]:06d}",
            outcome=Outcome.WRONG if again else Outcome.RIGHT,
            misconception="forgets-the-factor-two" if again and digits[row] % 2 else None,
            rating=ratings[rating[row]],
            time=from_ms(ms),
            offset_minutes=540,
            study_day=day.number(ms),
            duration_ms=4000 + int(digits[row] % 20_000),
        )


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Import a log, fold it again for another retention, start the program on it, and answer."""
    count = 2_000 if smoke else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        yield _start(_small_home(Path(folder)), FEW_REVIEWS, goal=1.5, runs=1 if smoke else 11)
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows(Path(folder), count, smoke=smoke)


def _rows(folder: Path, count: int, *, smoke: bool) -> Iterator[Row | Skipped]:
    events, home = folder / "events.jsonl", folder / "home"
    write_events(events, count, utc_now())
    ran, bare = (
        run(_IMPORT, str(events), str(home)),
        run(_BARE_IMPORT, str(events), f"{folder}/b.db"),
    )
    work = f"import of {count:,} events"
    yield Row(work, float(ran.printed), "its parts, done plainly", float(bare.printed), goal=1.5)
    yield _held(work, ran, most_mb=MOST_MB)
    run(_REGISTER, str(home), PACK, str(count // REVIEWS_PER_ITEM))
    size = sum(file.stat().st_size for file in home.iterdir())
    yield Row("database bytes a review", size / count, LIMIT, MOST_BYTES, goal=1.0, unit="bytes")
    work = f"refold of {count:,} reviews at open"
    folded = [run(_REFOLD, str(home), str(retention)) for retention in RETENTIONS]
    seconds = median(float(each.printed) for each in folded)
    yield Row(work, seconds, "fsrs package", peer_seconds(count, smoke=smoke), goal=None)
    yield _held(work, folded[-1], most_mb=MOST_MB)
    yield _start(home, count, goal=2.0, runs=1 if smoke else 7)
    ran = run(HOME_FIRST_FRAME, environment={"STUDYTOOL_HOME": str(home)})
    yield _held(_start_of(count), ran, most_mb=MOST_RESIDENT_MB)
    yield _answer(folder, home, count, runs=5 if smoke else 60)


def _small_home(folder: Path) -> Path:
    events, home = folder / "events.jsonl", folder / "home"
    write_events(events, FEW_REVIEWS, utc_now())
    run(_IMPORT, str(events), str(home))
    run(_REGISTER, str(home), PACK, str(FEW_REVIEWS // REVIEWS_PER_ITEM))
    return home


def _start_of(count: int) -> str:
    return f"start to first frame, {count:,} reviews, {count // REVIEWS_PER_ITEM:,} items"


def _start(home: Path, count: int, *, goal: float, runs: int) -> Row | Skipped:
    if not HAS_TERMINALS:
        return Skipped(_start_of(count), "minimal Textual app", NO_TERMINALS)
    starts = first_frame(HOME, IN_VIEW, {"STUDYTOOL_HOME": str(home)})
    starts()  # the first run installs the bundled packs
    ours, peer = paired_medians(starts, first_frame(MINIMAL_APP, READY), runs=runs)
    return Row(_start_of(count), ours, "minimal Textual app", peer, goal=goal)


def _held(work: str, ran: Ran, *, most_mb: float) -> Row | Skipped:
    name = f"{work}, memory"
    if not HAS_PEAK:
        return Skipped(name, LIMIT, NO_PEAK)
    return Row(name, ran.peak_mb, LIMIT, most_mb, goal=1.0, unit="MB")


def _answer(folder: Path, home: Path, count: int, *, runs: int) -> Row:
    with (
        closing(BareCommits(folder / "bare.db")) as bare,
        closing(Desk.open(home, MACHINE_CLOCK)) as desk,
    ):
        sitter = Sitter(desk, began=utc_now())
        works = {
            NEXT: Timed(sitter.rate_and_go_on, before=sitter.reveal),
            BARE: Timed(bare.commit),
        }
        found = medians(works, runs=runs)
    return beside_commit(f"{NEXT}, {count:,} reviews", found[NEXT], found[BARE])
