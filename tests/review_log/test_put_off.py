"""A review is durable before it is folded in: whoever reads next, here or elsewhere, finds it folded."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw
import pytest

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.database import Database
from studytool.review_log.events import Event, Review
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.kinds import KINDS
from studytool.review_log.log import ReviewLog
from studytool.review_log.names import Coder
from studytool.review_log.rows import insert_event
from studytool.srs.memory import DAY_MS, NEW_MEMORY
from studytool.srs.rating import Rating
from tests.exchange.samples import EVENTS
from tests.review_log.deeds import set_flag
from tests.review_log.drafts import DAY, NOON, draft, foreign
from tests.review_log.fresh_fold import differing_rows
from tests.review_log.refusals import refused

BEHIND = "SELECT (SELECT max(seq) FROM events) - (SELECT value FROM meta WHERE key = 'folded_seq')"


def _behind(path: Path) -> int:
    """Count the events that the file has and its fold has not; without looking at it as a log."""
    with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        return int(connection.execute(BEHIND).get)


def _left(path: Path, to: Path) -> Path:
    """Copy a log as a program would leave it that is ended now."""
    for end in ("", "-wal"):
        shutil.copy(f"{path}{end}", f"{to}{end}")
    return to


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def _never_whole() -> Iterator[None]:
    """Fail where the whole log is folded."""
    with pytest.MonkeyPatch.context() as patched:
        patched.delattr(FoldCache, "_rebuild")
        yield


def test_an_answer_is_in_the_file_before_its_memory_is(
    log: ReviewLog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(FoldCache, "_refold_items")  # its item's other reviews stay as they are
    log.append_review(draft(rating=Rating.EASY))
    assert _behind(path) == 1
    assert log.state("pack/one").reps == 1
    assert _behind(path) == 0
    assert differing_rows(path) == 0
    assert log._db.number("PRAGMA synchronous") == 2  # FULL: for the next answer


READS: list[Callable[[ReviewLog], object]] = [
    lambda log: log.counts(NOON)["pack"].new,
    lambda log: log.new_on(log.day_of(NOON)),
    lambda log: log.state("pack/one"),
    lambda log: log.reviews_on(log.day_of(NOON)).reviews,
    lambda log: next(log.statuses(items=["pack/one"])).due,
    lambda log: [*log.review_days()],
    lambda log: log.within().new(0, None),
    lambda log: log.preview("pack/one", NOON),
]


@pytest.mark.parametrize("read", READS)
def test_whatever_is_read_next_has_it(
    log: ReviewLog, path: Path, read: Callable[[ReviewLog], object]
) -> None:
    before = read(log)
    log.append_review(draft(rating=Rating.EASY))
    found = read(log)
    assert _behind(path) == 0
    assert found == read(log) != before


@pytest.mark.parametrize("read", READS)
def test_whatever_another_program_reads_next_has_it(
    log: ReviewLog, path: Path, read: Callable[[ReviewLog], object]
) -> None:
    with ReviewLog.open(path) as other, _never_whole():
        before = read(other)
        log.append_review(draft(rating=Rating.EASY))
        found = read(other)
        assert _behind(path) == 0
        assert found == read(log) != before


EVERY_READING: dict[str, Callable[[ReviewLog], object]] = {
    "reviews_on": lambda log: log.reviews_on(0),
    "new_on": lambda log: log.new_on(0),
    "matured_on": lambda log: log.matured_on(0),
    "new_by_pack": lambda log: log.new_by_pack(0),
    "matured_by_pack": lambda log: log.matured_by_pack(0),
    "retention": lambda log: log.retention(NOON),
    "review_days": lambda log: [*log.review_days()],
    "reviews_by_day": lambda log: log.reviews_by_day(0),
    "streak_days": lambda log: log.streak_days(NOON),
    "at_one_moment": lambda log: log.at_one_moment().__enter__(),
    "statuses": lambda log: [*log.statuses()],
    "counts": lambda log: log.counts(NOON),
    "within": lambda log: log.within(),
    "forecast": lambda log: log.forecast(NOON, days=1),
    "seen_on": lambda log: log.seen_on(0),
}


def test_every_reading_first_folds_in_what_another_program_wrote(
    log: ReviewLog, path: Path
) -> None:
    for day, (name, read) in enumerate(EVERY_READING.items()):
        with ReviewLog.open(path) as other, _never_whole():
            log.append_review(draft(time=NOON + day * DAY))
            assert _behind(path) == 1
            read(other)
            assert _behind(path) == 0, name


def test_what_another_program_wrote_is_read_where_its_fold_cannot_be_written(
    log: ReviewLog, path: Path
) -> None:
    with ReviewLog.open(path, busy_seconds=0) as other:
        log.append_review(draft(rating=Rating.EASY))
        with _locked(path):
            assert other.counts(NOON)["pack"].new == 3  # of the moment before
        assert other.counts(NOON)["pack"].new == 2


def test_a_log_left_between_the_two_is_caught_up_with_at_the_next_start(
    log: ReviewLog, path: Path, tmp_path: Path
) -> None:
    log.append_review(draft(rating=Rating.EASY))
    wanted = log.state("pack/one")
    log.append_review(draft("pack/two", Rating.EASY, NOON + DAY))
    copy = _left(path, tmp_path / "copy.db")
    assert _behind(copy) == 1
    with _never_whole(), ReviewLog.open(copy) as other:
        assert other.state("pack/two").reps == 1
        assert other.state("pack/one") == wanted
    assert differing_rows(copy) == 0


def test_another_program_that_is_open_has_it_too(log: ReviewLog, path: Path) -> None:
    with ReviewLog.open(path) as other, _never_whole():
        assert other.counts(NOON)["pack"].new == 3
        log.append_review(draft())
        assert other.last_place() == 1
        assert other.counts(NOON)["pack"].new == 2
        log.append_review(draft("pack/two"))
        log.append_review(draft("pack/two", time=NOON + DAY))
        assert other.state("pack/two").reps == 2
    assert differing_rows(path) == 0


def test_one_review_more_in_a_long_log_is_folded_in_alone(log: ReviewLog) -> None:
    log.absorb(
        foreign("pack/two", Rating.GOOD, k * DAY_MS, random=bytes(10)) for k in range(100, 201)
    )
    with ReviewLog.open(log._db.path) as other, _never_whole():
        log.append_review(draft("pack/one"))
        assert other.state("pack/one").reps == 1


def test_an_act_is_folded_in_behind_what_another_program_left(log: ReviewLog, path: Path) -> None:
    with ReviewLog.open(path) as other:
        other.append_review(draft("pack/two"))
        assert _behind(path) == 1
        set_flag(log, "pack/one", True, NOON)
        assert _behind(path) == 0
        assert log.state("pack/two").reps == 1
    assert differing_rows(path) == 0


def test_what_a_restored_log_has_in_the_same_place_is_folded_in_its_stead(
    log: ReviewLog, path: Path, tmp_path: Path
) -> None:
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.register("pack", [("pack/one", "a", 0), ("pack/two", "b", 1)])
        other.append_review(draft("pack/two"))
        left = _left(tmp_path / "other.db", tmp_path / "left.db")
    log.append_review(draft())
    with (
        closing(apsw.Connection(str(left))) as source,
        closing(apsw.Connection(str(path))) as to,
        to.backup("main", source, "main") as copying,
    ):
        copying.step(-1)
    assert _behind(path) == 1
    assert log.state("pack/one") == NEW_MEMORY
    assert log.state("pack/two").reps == 1
    assert differing_rows(path) == 0


def test_a_block_that_fails_leaves_what_was_put_off_before_it(log: ReviewLog, path: Path) -> None:
    log.append_review(draft(rating=Rating.EASY))
    with suppress(ZeroDivisionError), log.at_once():
        assert log.state("pack/one").reps == 1  # folded in, and that undone with the block
        log.append_review(draft("pack/two"))
        raise ZeroDivisionError
    assert log.state("pack/two") == NEW_MEMORY
    assert log.state("pack/one").reps == 1
    log.append_review(draft("pack/three"))  # in the place of the one that was undone
    assert log.state("pack/two") == NEW_MEMORY
    assert log.state("pack/three").reps == 1
    assert differing_rows(path) == 0


def test_what_a_failed_block_had_folded_in_is_again_before_anything_is_read(
    log: ReviewLog,
) -> None:
    log.append_review(draft())
    with suppress(ZeroDivisionError), log.at_once():
        assert log.counts(NOON)["pack"].new == 2
        raise ZeroDivisionError
    assert log.counts(NOON)["pack"].new == 2


def test_what_cannot_be_folded_in_yet_is_later(path: Path) -> None:
    with ReviewLog.open(path, busy_seconds=0.01) as log:
        review = log.append_review(draft(rating=Rating.EASY))
        with _locked(path):
            assert [event.id for event in log.events()] == [review.id]  # events can be read
            with refused(Fault.LOCKED):
                log.state("pack/one")
            with pytest.raises(StateError):
                log.last_place()
        assert log.state("pack/one").reps == 1
        assert log.retention(NOON) is None
        log.append_review(draft(rating=Rating.GOOD, time=NOON + 20 * DAY))
        assert log.retention(NOON) == 1.0
    assert differing_rows(path) == 0


def test_within_one_transaction_each_is_folded_before_the_next(log: ReviewLog, path: Path) -> None:
    with log.at_once():
        for day in (0, 9, 30):
            log.append_review(draft(rating=Rating.EASY, time=NOON + day * DAY))
        assert log.undo(NOON + 31 * DAY) is not None
        log.append_review(draft("pack/two"))
    assert log.state("pack/one").reps == 2
    assert log.state("pack/two").reps == 1
    assert differing_rows(path) == 0


@pytest.mark.parametrize("known", range(0, len(EVENTS), 2))
def test_any_events_that_were_not_folded_in_are_at_the_next_start(path: Path, known: int) -> None:
    """Of every kind, whichever were folded in already."""
    assert {event.kind for event in EVENTS} == KINDS.keys()  # a new kind needs its sample
    with ReviewLog.open(path) as log:
        log.absorb(EVENTS[:known])
    _insert(path, EVENTS[known:])
    assert _behind(path) == len(EVENTS) - known
    ReviewLog.open(path).close()
    assert _behind(path) == 0
    assert differing_rows(path) == 0


def _insert(path: Path, events: Iterable[Event]) -> None:
    """Write events, and nothing that is made of them."""
    with closing(Database(path)) as db, db.writing():
        coder = Coder(db)
        for event in events:
            insert_event(db, event, coder)


def test_many_are_folded_with_the_whole_log(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft(rating=Rating.EASY))
    with ReviewLog.open(path.with_name("other.db")) as other:
        for k in range(120):
            other.append_review(draft(f"pack/{k}", Rating.EASY, NOON + k * DAY))
        events = [event for event in other.events() if isinstance(event, Review)]
    _insert(path, [*events])
    ReviewLog.open(path).close()
    assert differing_rows(path) == 0


@pytest.mark.parametrize(
    "work",
    [
        lambda db: db.rows("SELECT 1"),
        lambda db: [*db.stream("SELECT 1")],
        lambda db: db.row("SELECT 1"),
        lambda db: db.number("SELECT 1"),
        lambda db: db.many("SELECT ?", iter([(1,)])),
        lambda db: db.at_one_moment().__enter__(),
        lambda db: db.close(),
    ],
    ids=("rows", "stream", "row", "number", "many", "at_one_moment", "close"),
)
def test_whatever_a_file_is_asked_what_was_put_off_comes_first(
    path: Path, work: Callable[[Database], object]
) -> None:
    done: list[str] = []
    with closing(Database(path)) as db:
        db.put_off = lambda: done.append("once")
        work(db)
        assert done == ["once"]
        assert db.put_off is None


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_what_can_be_made_again_does_not_wait_for_the_disk(
    path: Path, level: int, *, durable: bool
) -> None:
    """SQLite's FULL and NORMAL."""
    with closing(Database(path)) as db:
        with db.writing(durable=durable):
            assert db.number("PRAGMA synchronous") == level
        assert db.number("PRAGMA synchronous") == 2


def test_no_fold_waits_for_the_disk(
    log: ReviewLog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels: list[int] = []
    with ReviewLog.open(path) as other:
        for one, method in ((log, "_add"), (other, "catch_up")):
            folds = getattr(one._cache, method)

            def fold(*given: Any, db: Database = one._db, folds: Any = folds, **named: Any) -> None:
                levels.append(db.number("PRAGMA synchronous"))
                folds(*given, **named)

            monkeypatch.setattr(one._cache, method, fold)
        log.append_review(draft())
        assert other.state("pack/one").reps == log.state("pack/one").reps == 1
        log.append_review(draft("pack/two"))
        assert log.state("pack/two").reps == other.state("pack/two").reps == 1
    assert set(levels) == {1}
    assert len(levels) >= 2
