"""What is due, in a log of very many items, against the limit and against Anki's queue.

The items are registered through the log's own face; their memories are then put into its table of
memories by one statement, as a fold would leave them: half new, the others due over a year, one
in a hundred of them overdue and one in a thousand in learning steps. Four items share a claim.
The agenda of a day is kept as long as nothing changed, so it is timed warm.
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import numpy as np

from studytool.clock import MACHINE_CLOCK
from studytool.library.library import Library
from studytool.numerics.streams import stream
from studytool.review_log.log import ReviewLog
from studytool.review_log.schema import ITEM_INDEXES
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.overview import count_packs, next_asked
from studytool.session.scope import Scope
from studytool.settings import Settings
from studytool.srs.memory import DAY_MS, Stage, to_ms
from tests.benchmarks.anki_peer import NOT_INSTALLED, find_anki, opened
from tests.benchmarks.row import Row, Skipped, Timed, medians
from tests.review_log.queue import due_items

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIMIT_SECONDS = 0.005
PACKS = 10
NEW_PER_DAY = 20
OVERDUE, IN_STEPS = 0.01, 0.001
LIMIT = "the limit"

_REMEMBER = f"""
UPDATE items SET stage = ?1, stability = 30, difficulty = 5, reps = 5,
    due_ms = iif(?1 = {Stage.REVIEW:d}, NULL, ?2), last_ms = ?3,
    due_day = iif(?1 = {Stage.REVIEW:d}, ?2 / {DAY_MS}, NULL), last_day = ?3 / {DAY_MS},
    first_day = ?4 / {DAY_MS} WHERE item = (SELECT code FROM names WHERE name = ?5)
"""


def _name(number: int) -> str:
    return f"pack-{number % PACKS}/item-about-something-{number}"


def _make_log(path: Path, count: int) -> None:
    """Make a log of ``count`` items, the odd half of them reviewed."""
    with closing(ReviewLog.open(path)) as log:
        for pack in range(PACKS):
            listed = ((_name(n), f"concept-{n % 97}", n) for n in range(pack, count, PACKS))
            log.register(f"pack-{pack}", listed)
    with closing(apsw.Connection(str(path))) as database, database:
        for index in ITEM_INDEXES:  # of a million items quicker made anew
            database.execute(f"DROP INDEX {index}")
        database.executemany(_REMEMBER, _memories(count))
        for sql in ITEM_INDEXES.values():
            database.execute(sql)


def _memories(count: int) -> Iterator[tuple[int, int, int, int, str]]:
    rng, now_ms = stream("benchmark", "due"), to_ms(NOW)
    reviewed = count // 2
    days = rng.uniform(0, 365, size=reviewed) - 365 * OVERDUE
    stages = np.where(rng.random(reviewed) < IN_STEPS, Stage.LEARNING, Stage.REVIEW)
    for number, (day, stage) in enumerate(zip(days.tolist(), stages.tolist(), strict=True)):
        due_ms = now_ms + int(day * DAY_MS)
        yield stage, due_ms, due_ms - 400 * DAY_MS, due_ms - 800 * DAY_MS, _name(2 * number + 1)


def _make_desk(folder: Path, log: ReviewLog, count: int) -> Desk:
    """Return a desk with a library that knows nothing but the items' claims."""
    library = Library.open(folder / "library.db")
    claims = [(f"pack-{n % PACKS}", f"claim-{n // PACKS // 4}", _name(n)) for n in range(count)]
    library._insert("item_claims", claims)
    return Desk(folder, Settings(), MACHINE_CLOCK, log=log, library=library)


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Time the next item, the counts and the forecast, and Anki's queue in turn."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows(Path(folder), smoke=smoke)


def _rows(folder: Path, *, smoke: bool) -> Iterator[Row | Skipped]:
    count, cards, runs = (2_000, 500, 3) if smoke else (1_000_000, 100_000, 31)
    _make_log(folder / "reviews.db", count)
    with closing(ReviewLog.open(folder / "reviews.db")) as log:
        ours = {
            f"next due of {count:,} items": Timed(lambda: due_items(log, NOW, limit=1)),
            f"counts of home of {count:,} items": Timed(lambda: _count_as_home(log)),
            f"forecast of {count:,} items": Timed(lambda: log.forecast(NOW, days=30)),
            f"next due time of {count:,} items": Timed(
                lambda: log.within().next_due(NOW + timedelta(minutes=1))
            ),
        }
        desk = _make_desk(folder, log, count)
        ours[f"plan of the day of {count:,} items, warm"] = Timed(
            lambda: read_agenda(desk, NOW, Scope())
        )
        ours[f"home's figures of {count:,} items, warm"] = Timed(lambda: _count_home(desk))
        if (anki := find_anki()) is None:
            yield from _beside_limit(medians(ours, runs=runs))
            yield Skipped(next(iter(ours)), "Anki's queue", NOT_INSTALLED)
            return
        theirs = f"Anki's queue, {cards:,} cards"
        with opened(anki, folder / "collection.anki2", cards=cards) as peer:
            peer.make_due(OVERDUE)
            queue = {theirs: Timed(peer.take_next, before=peer.forget_queue)}
            found = medians(ours | queue, runs=runs)
    peer_seconds = found.pop(theirs)
    yield from _beside_limit(found)
    work = next(iter(ours))
    yield Row(work, found[work], theirs, peer_seconds, goal=1.0)


def _count_as_home(log: ReviewLog) -> None:
    """Count what is due and in steps, and new items up to a day's limit, as the desk does."""
    for pack in log.counts(NOW, count_new=False):
        log.within([pack]).new(to_ms(NOW), NEW_PER_DAY)


def _count_home(desk: Desk) -> None:
    """Count all packs together and each of them, as home does."""
    agenda = read_agenda(desk, NOW, Scope())
    count_packs(desk, NOW)
    next_asked(desk, NOW, Scope(), agenda)


def _beside_limit(found: dict[str, float]) -> Iterator[Row]:
    for work, seconds in found.items():
        yield Row(work, seconds, LIMIT, LIMIT_SECONDS, goal=1.0)
