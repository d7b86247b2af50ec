"""What is received: a file at a time, all of it or nothing, and announced once."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.review_log.events import Review
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from studytool.sync.part import write_parts
from studytool.sync.with_folder import SyncReport, sync_with_folder
from tests.exchange.samples import EVENTS
from tests.review_log.drafts import NOON, draft, foreign

N = len(EVENTS)
PART = 500
EVENT_BYTES = 400
"""Less than half of what an event takes in memory."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ReviewLog]:
    with ReviewLog.open(tmp_path / "here.db") as opened:
        yield opened


def _put_each(folder: Path) -> None:
    """Put each event of the samples into a file of its own."""
    for n, event in enumerate(EVENTS):
        [(_, content)] = write_parts([event])
        (folder / f"{n:02}.jsonl").write_bytes(content)


def _reviews(n: int) -> Iterator[Review]:
    for k in range(n):
        ms = to_ms(NOON) + 60_000 * k
        random = k.to_bytes(10, "big")
        yield foreign(f"pack/{k % 50}", Rating.GOOD, ms, random=random)


def _peak_of_receiving(place: Path, parts: int) -> int:
    """Give the most memory held, in bytes, while so many parts are taken in."""
    folder = place / f"{parts} parts"
    folder.mkdir()
    reviews = list(_reviews(parts * PART))
    for n in range(parts):
        [(_, content)] = write_parts(reviews[n * PART : (n + 1) * PART])
        (folder / f"{n:03}.jsonl").write_bytes(content)
    del reviews
    with ReviewLog.open(place / f"{parts}.db") as log:
        tracemalloc.start()
        try:
            assert sync_with_folder(log, folder).received == parts * PART
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.slow
def test_memory_does_not_grow_with_what_is_received(tmp_path: Path) -> None:
    few, many = 8, 24
    _peak_of_receiving(tmp_path, 1)  # what is imported late is imported
    grown = _peak_of_receiving(tmp_path, many) - _peak_of_receiving(tmp_path, few)
    assert grown < (many - few) * PART * EVENT_BYTES


def test_before_first_is_called_once_for_all_files(folder: Path, log: ReviewLog) -> None:
    _put_each(folder)
    known: list[int] = []
    for received in (N, 0):
        done = sync_with_folder(log, folder, before_first=lambda: known.append(len(log.ids())))
        assert (done.received, known) == (received, [0])  # never for what is known


def test_if_it_cannot_begin_nothing_is_taken_in(folder: Path, log: ReviewLog) -> None:
    _put_each(folder)

    def refuse() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        sync_with_folder(log, folder, before_first=refuse)
    assert log.ids() == set()
    assert sync_with_folder(log, folder).received == N


def test_a_file_that_changes_between_the_readings_is_left_for_later(
    folder: Path, log: ReviewLog
) -> None:
    _put_each(folder)
    review = log.append_review(draft())
    changed = folder / f"{N - 1:02}.jsonl"
    content = changed.read_bytes()

    def cut_short(_: int) -> None:
        changed.write_bytes(content[:-9])

    done = sync_with_folder(log, folder, progress=cut_short)
    assert (done.received, done.sent, [one.file for one in done.skipped]) == (
        N - 1,
        1,
        [changed.name],
    )
    assert log.ids() == {review.id, *(event.id for event in EVENTS[:-1])}
    changed.write_bytes(content)
    assert sync_with_folder(log, folder) == SyncReport(0, 1, (), ())


def test_an_event_of_two_files_is_taken_from_the_whole_one(folder: Path, log: ReviewLog) -> None:
    [(_, content)] = write_parts(EVENTS)
    bad = content.replace(b'"kind": "review"', b'"kind": "review" ', 1)
    (folder / "a.jsonl").write_bytes(bad)
    (folder / "b.jsonl").write_bytes(content)
    (folder / "c.jsonl").write_bytes(content)
    done = sync_with_folder(log, folder)
    assert (done.sent, done.received, [one.file for one in done.skipped]) == (0, N, ["a.jsonl"])
    assert tuple(log.events()) == EVENTS


def test_progress_counts_events(folder: Path, log: ReviewLog) -> None:
    _put_each(folder)
    told: list[int] = []
    sync_with_folder(log, folder, progress=told.append)
    assert told == list(range(1, N + 1))
