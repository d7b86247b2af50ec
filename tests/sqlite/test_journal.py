"""A write that was cut off: what was acknowledged before it is there, and nothing half.

``STUDYTOOL_JOURNAL_KILLS=2000 pytest tests/sqlite/test_journal.py`` makes a long run of the last.
"""

import os
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from studytool.backups.taking import take
from studytool.doctor.examine import examine
from studytool.doctor.findings import FindingSeverity, Repair
from studytool.doctor.repair import repair
from studytool.faults import Fault
from studytool.numerics.streams import stream
from studytool.review_log.database import Database
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.review_log.deeds import reset_item, set_flag
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.fresh_fold import differing_rows
from tests.review_log.refusals import refused

RATINGS = list(Rating)
HEADER, FRAME = 32, 24 + 4096
"""Bytes of a journal's header, and of each page in it with the header of that page."""


@dataclass(frozen=True)
class Cut:
    """A log as it lies on the disk while it is in use, and how long its journal was at each act."""

    file: bytes
    journal: bytes
    ids: tuple[str, ...]
    sizes: tuple[int, ...]

    def written(self, size: int) -> list[str]:
        """Give what was acknowledged by the time that the journal had so many bytes."""
        return [id_ for id_, end in zip(self.ids, self.sizes, strict=True) if end <= size]


def _act(log: ReviewLog, k: int) -> str:
    item, now = f"pack/{k % 3}", NOON + k * DAY
    if k % 7 == 5:
        return set_flag(log, item, True, now).id
    if k % 7 == 6:
        return reset_item(log, item, now).id
    return log.append_review(draft(item, RATINGS[k % 4], now)).id


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    path = tmp_path_factory.mktemp("cut") / "reviews.db"
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/{k}", "a", k) for k in range(3)])
        _act(log, 0)
    journal = path.with_name("reviews.db-wal")
    with ReviewLog.open(path) as log:
        ids, sizes = [event.id for event in log.events()], [0]
        for k in range(1, 15):
            ids.append(_act(log, k))
            sizes.append(journal.stat().st_size)
        return Cut(path.read_bytes(), journal.read_bytes(), tuple(ids), tuple(sizes))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "torn"
    made.mkdir()
    yield made
    shutil.rmtree(made)


def _laid(folder: Path, cut: Cut, journal: bytes) -> Path:
    path = folder / "reviews.db"
    path.write_bytes(cut.file)
    path.with_name("reviews.db-wal").write_bytes(journal)
    path.with_name("reviews.db-shm").unlink(missing_ok=True)
    return path


def _check(path: Path, wanted: list[str]) -> None:
    with ReviewLog.open(path) as log:
        assert [event.id for event in log.events()] == wanted
        later = log.append_review(draft(time=NOON + 99 * DAY)).id
    with ReviewLog.open(path) as log:
        assert [event.id for event in log.events()] == [*wanted, later]
        assert log._db.rows("PRAGMA integrity_check") == [("ok",)]
    assert differing_rows(path) == 0


def test_the_acts_are_in_the_journal(cut: Cut) -> None:
    """A control: what is cut below is what holds them."""
    assert len(cut.ids) == 15
    assert cut.sizes[-1] == len(cut.journal)
    assert list(cut.sizes) == sorted(set(cut.sizes))
    assert (len(cut.journal) - HEADER) % FRAME == 0
    assert cut.written(len(cut.journal) - 1) == list(cut.ids[:-1])


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(share=st.floats(0, 1), noise=st.binary(max_size=200))
@example(share=0.0, noise=b"")
@example(share=1.0, noise=b"")
def test_a_journal_cut_anywhere_holds_all_that_was_whole(
    cut: Cut, folder: Path, share: float, noise: bytes
) -> None:
    """With what a power cut may leave behind the last byte that reached the disk."""
    size = round(share * len(cut.journal))
    _check(_laid(folder, cut, cut.journal[:size] + noise), cut.written(size))


def test_pages_that_reached_the_disk_out_of_order_are_no_act(cut: Cut, folder: Path) -> None:
    """The last act's pages: one of them never arrived, though those after it did."""
    before = cut.sizes[-2]
    places = range(before, len(cut.journal), FRAME)
    assert len(places) > 1
    for at in places:
        torn = cut.journal[:at] + bytes(FRAME) + cut.journal[at + FRAME :]
        _check(_laid(folder, cut, torn), cut.written(before))


def test_a_journal_without_its_index_is_read_again(cut: Cut, folder: Path) -> None:
    path = _laid(folder, cut, cut.journal)
    path.with_name("reviews.db-shm").write_bytes(b"\xa5" * 32768)
    _check(path, list(cut.ids))


# --- damage that is no torn write ---------------------------------------------------------------


def _damaged(cut: Cut, at: int) -> bytes:
    return cut.journal[:at] + bytes([cut.journal[at] ^ 0xFF]) + cut.journal[at + 1 :]


@pytest.mark.parametrize(
    "place",
    first_quick(
        [
            pytest.param(lambda _: 0, id="the header's mark"),
            pytest.param(lambda _: 17, id="the header's salt"),
            pytest.param(lambda _: HEADER + 100, id="the first page"),
            pytest.param(lambda cut: cut.sizes[5] + 24 + 2000, id="a page in the middle"),
            pytest.param(lambda cut: cut.sizes[5] + 2, id="a page's number"),
            pytest.param(lambda cut: cut.sizes[5] + 18, id="a page's checksum"),
            pytest.param(
                lambda cut: cut.sizes[-4] + 24 + 2000, id="a page of the last act but two"
            ),
        ]
    ),
)
def test_a_damaged_journal_is_told_kept_and_read_by_the_doctor(
    cut: Cut, folder: Path, place: Callable[[Cut], int]
) -> None:
    """SQLite alone would pass over every act behind the damage, and then delete them."""
    path = _laid(folder, cut, _damaged(cut, place(cut)))
    journal = path.with_name("reviews.db-wal")
    before = journal.read_bytes()
    for _ in range(2):
        with refused(Fault.DAMAGED), ReviewLog.open(path):
            pass
        with refused(Fault.DAMAGED):
            take(path, folder / "backups", NOON + 99 * DAY)
        assert journal.read_bytes() == before
    [found] = [
        one for one in examine(folder, NOON + 99 * DAY) if one.severity is FindingSeverity.ERROR
    ]
    assert (found.code, found.repairs[0]) == ("log_damaged", Repair.RECOVER)
    repair(found.repairs[0], folder, NOON + 99 * DAY)
    with ReviewLog.open(path) as log:
        saved = [event.id for event in log.events()]
    assert set(saved) <= set(cut.ids)
    assert len(saved) >= len(cut.ids) - 2  # those whose only copy was in a page without a checksum
    assert not [
        one for one in examine(folder, NOON + 99 * DAY) if one.severity is FindingSeverity.ERROR
    ]
    kept = [one for one in (folder / "backups").iterdir() if one.name.endswith("-wal")]
    assert [one.read_bytes() for one in kept] == [before]


def test_a_sound_journal_is_read_beside_a_program_that_writes(cut: Cut, folder: Path) -> None:
    """Whatever an earlier round of the journal left behind its end."""
    path = _laid(folder, cut, cut.journal)
    with ReviewLog.open(path) as log:
        log._db.rows("PRAGMA wal_checkpoint(RESTART)")
        for k in range(20, 26):
            _act(log, k)
            with ReviewLog.open(path) as other:
                assert len(list(other.events())) == len(cut.ids) + k - 19


# --- what only looks like damage ----------------------------------------------------------------


@pytest.fixture(scope="module")
def done_with(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    """A log all of whose journal is in the file too, in which it still lies."""
    path = tmp_path_factory.mktemp("done") / "reviews.db"
    with ReviewLog.open(path) as log:
        ids = [_act(log, k) for k in range(15)]
        [[_, frames, moved]] = log._db.rows("PRAGMA wal_checkpoint(PASSIVE)")
        assert frames == moved > 15
        journal = path.with_name("reviews.db-wal").read_bytes()
        return Cut(path.read_bytes(), journal, tuple(ids), (len(journal),))


def test_a_damaged_journal_that_is_in_the_file_already_hides_nothing(
    done_with: Cut, folder: Path
) -> None:
    path = _laid(folder, done_with, bytes(HEADER) + done_with.journal[HEADER:])
    _check(path, list(done_with.ids))


def test_a_damaged_journal_of_which_one_page_is_not_in_the_file_is_refused(
    done_with: Cut, folder: Path
) -> None:
    """A control of the test above: page by page, of those that the last acts wrote."""
    headless = bytes(HEADER) + done_with.journal[HEADER:]
    frames = range(HEADER, len(headless), FRAME)
    pages = {int.from_bytes(headless[at : at + 4], "big"): at for at in frames}
    assert len(pages) > 5
    for number, at in pages.items():
        path = _laid(folder, done_with, headless)
        newest = headless[at + FRAME - 1 : at + FRAME]
        with path.open("r+b") as file:
            file.seek(number * 4096 - 1)
            file.write(bytes([newest[0] ^ 1]))
        with refused(Fault.DAMAGED), ReviewLog.open(path):
            pass


def test_a_page_of_no_number_is_not_looked_for(cut: Cut, folder: Path) -> None:
    for number in (0, 2**32 - 1):
        frame = number.to_bytes(4, "big") + cut.journal[HEADER + 4 : HEADER + FRAME]
        journal = bytes(HEADER) + frame + cut.journal[HEADER + FRAME :]
        with refused(Fault.DAMAGED), ReviewLog.open(_laid(folder, cut, journal)):
            pass


def test_what_earlier_rounds_left_is_no_damage_where_the_header_is_lost(
    cut: Cut, folder: Path
) -> None:
    """Beside a program that has read the present round, and knows of all of it."""
    path = _laid(folder, cut, cut.journal)
    with ReviewLog.open(path) as log:
        size = path.with_name("reviews.db-wal").stat().st_size
        assert size >= len(cut.journal)  # a copied log notes that it is another device's
        log._db.rows("PRAGMA wal_checkpoint(RESTART)")
        wanted = [*cut.ids, _act(log, 20)]
        with path.with_name("reviews.db-wal").open("r+b") as journal:
            assert journal.seek(0, 2) == size
            journal.seek(0)
            journal.write(bytes(HEADER))
        with ReviewLog.open(path) as other:
            assert [event.id for event in other.events()] == wanted


def test_damage_that_cannot_be_made_sure_of_is_no_damage_yet(cut: Cut, folder: Path) -> None:
    """Another program is writing: what it writes may be what looks like damage."""
    path = _laid(folder, cut, _damaged(cut, HEADER + 100))
    before = path.with_name("reviews.db-wal").read_bytes()
    with closing(apsw.Connection(str(path))) as other:
        other.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        other.execute("BEGIN IMMEDIATE")
        with refused(Fault.LOCKED), ReviewLog.open(path, busy_seconds=0.01):
            pass
        other.execute("ROLLBACK")
        with refused(Fault.DAMAGED), ReviewLog.open(path, busy_seconds=0.01):
            pass
    assert path.with_name("reviews.db-wal").read_bytes() == before


@pytest.mark.parametrize("place", first_quick([0, HEADER + 100]))
def test_a_large_damaged_journal_is_read_frame_by_frame(cut: Cut, folder: Path, place: int) -> None:
    journal = _damaged(cut, place)
    times = 20_000_000 // len(journal)
    path = _laid(folder, cut, journal + journal[HEADER:] * times)
    tracemalloc.start()
    try:
        with refused(Fault.DAMAGED), ReviewLog.open(path):
            pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


KILLS = int(os.environ.get("STUDYTOOL_JOURNAL_KILLS", "6"))
WRITER = """
import random, sys
from pathlib import Path
from studytool.review_log.log import ReviewLog
from tests.review_log.deeds import set_flag
from tests.review_log.drafts import NOON

path, choose = Path(sys.argv[1]), random.Random(sys.argv[2])
while True:
    with ReviewLog.open(path, busy_seconds=60) as log:
        print("open", flush=True)
        log._db.rows(f"PRAGMA wal_autocheckpoint = {choose.choice([1, 3, 10, 50, 1000])}")
        log._db.rows("PRAGMA cache_size = 5")
        for _ in range(choose.randrange(1, 40)):
            with log.at_once():
                for k in range(choose.choice([1, 1, 1, 40])):
                    set_flag(log, f"pack/{k}-" + "x" * choose.randrange(3000), True, NOON)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_no_journal_of_killed_programs_is_called_damaged(tmp_path: Path) -> None:
    """Writers that are killed at any instant, and journals begun anew while they are looked at."""
    random, root = stream("journal"), Path(__file__).parents[2]
    path = tmp_path / "reviews.db"

    def writer() -> subprocess.Popen[str]:
        seed = str(random.integers(2**32))
        command = [sys.executable, "-c", WRITER, str(path), seed]
        started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)
        assert started.stdout is not None
        assert started.stdout.readline() == "open\n"
        return started

    writers = [writer(), writer()]
    for _ in range(KILLS):
        for _ in range(int(random.integers(1, 12))):
            Database(path, busy_seconds=60).close()
        k = int(random.integers(2))
        writers[k].kill()
        writers[k].communicate()
        assert writers[k].returncode < 0  # control: it was still writing
        Database(path, busy_seconds=60).close()
        writers[k] = writer()
    for one in writers:
        one.kill()
        one.communicate()
        Database(path, busy_seconds=60).close()
