"""One table imported on two devices that read it otherwise: each review of it counts once on both."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from studytool.exchange.fsrs_csv import read_csv, write_csv
from studytool.exchange.imported_reviews import Recognition
from studytool.review_log.events import Review
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from studytool.sync.with_folder import sync_with_folder
from tests.review_log.deeds import move_item
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.fresh_fold import differing_rows

ITEM, OTHER = "pack/one", "pack/two"
HEAD = b"card_id,review_time,review_rating\n"
LATER = NOON + 20 * DAY
Deed = Callable[[ReviewLog], object]


def _table(item: str = ITEM) -> list[bytes]:
    ms = [int((NOON + n * DAY).timestamp() * 1000) for n in (0, 3)]
    return [HEAD, *(f"{item},{at},3\n".encode() for at in ms)]


def _rows(east: int, table: Sequence[bytes] = ()) -> Iterator[Review]:
    """Read a table where the clock is so many minutes east of UTC."""
    return read_csv(table or _table(), "a.csv", offset_at=lambda _: east)


def _imports(table: list[bytes], *, east: int = 0) -> Deed:
    def deed(log: ReviewLog) -> None:
        rows = Recognition(log).recognised(_rows(east, table))
        log.import_events(rows, LATER, compared=False)

    return deed


def _lists(log: ReviewLog) -> None:
    log.register("pack", [(ITEM, "concept", 0), (OTHER, "concept", 1)])


def _reviews(log: ReviewLog) -> None:
    for n in (0, 3):
        log.append_review(draft(ITEM, Rating.GOOD, NOON + n * DAY))


def _moves(log: ReviewLog) -> None:
    move_item(log, OTHER, ITEM, LATER)


def _undoes(log: ReviewLog) -> None:
    log.undo(LATER)


CASES: dict[str, tuple[list[Deed], list[Deed]]] = {
    "in two zones": ([_lists, _imports(_table())], [_lists, _imports(_table(), east=540)]),
    "where one lacks the pack": ([_lists, _imports(_table())], [_imports(_table())]),
    "where it was reviewed": ([_reviews], [_lists, _imports(_table())]),
    "where it was reviewed and is not known": ([_reviews], [_imports(_table())]),
    "under an older id": (
        [_lists, _imports(_table())],
        [_lists, _imports(_table(OTHER)), _moves],
    ),
    "and taken back on one": (
        [_lists, _imports(_table()), _undoes],
        [_lists, _imports(_table(), east=540)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_review_counts_once_on_both(case: str, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    seen = set()
    with ExitStack() as stack:
        logs = [stack.enter_context(closing(ReviewLog.open(tmp_path / f"{n}.db"))) for n in "ab"]
        for log, deeds in zip(logs, CASES[case], strict=True):
            for deed in deeds:
                deed(log)
        for log in (*logs, *logs):
            sync_with_folder(log, tmp_path / "shared")
        for log in logs:
            _lists(log)
            seen.add(
                (tuple(row.id for row in log.answers()), log.state(ITEM), tuple(write_csv(log)))
            )
    assert len(seen) == 1
    [(answers, memory, _)] = seen
    assert len(answers) == memory.reps == 2
    assert [differing_rows(tmp_path / f"{n}.db") for n in "ab"] == [0, 0]


def test_a_retraction_takes_back_what_counts_and_its_double(tmp_path: Path) -> None:
    with closing(ReviewLog.open(tmp_path / "a.db")) as log:
        for east in (0, 540):
            log.absorb(_rows(east), compared=False)
        assert len([*log.events()]) == 4
        assert len([*log.answers()]) == 2
        assert log.retract(LATER, device="imported") == 4
        assert [*log.answers()] == []
        log.undo(LATER)
        assert len([*log.answers()]) == 2
    assert differing_rows(tmp_path / "a.db") == 0
