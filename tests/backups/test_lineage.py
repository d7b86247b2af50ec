"""The rotation keeps what only an earlier backup has: a log that lost events costs no backup."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.backups.copying import glance, open_log
from studytool.backups.folder import TAKEN, list_backups
from studytool.backups.taking import holding_more, take
from studytool.doctor.backup_findings import has_all_of
from tests.backups.logs import fill, ids, names
from tests.review_log.drafts import HOUR, NOON

MINUTE = timedelta(minutes=1)


def lose(log: Path) -> None:
    for end in ("", "-wal", "-shm"):
        log.with_name(log.name + end).unlink(missing_ok=True)


def test_a_log_has_all_of_what_it_was_and_nothing_of_another(log: Path, home: Path) -> None:
    fill(log, 3)
    before = glance(log)
    fill(log, 2, first=3)
    fill(home / "other.db", 9)
    with closing(open_log(log)) as live:
        assert has_all_of(live, before)
        assert has_all_of(live, glance(log))
        assert not has_all_of(live, glance(home / "other.db"))  # more
    with closing(open_log(home / "other.db")) as other:
        assert not has_all_of(other, before)  # fewer, but others


def test_a_log_begun_anew_in_the_same_hour_deletes_no_backup(log: Path, folder: Path) -> None:
    wanted = fill(log, 300)
    full = take(log, folder, NOON).backup
    lose(log)
    fill(log, 1)
    taken = take(log, folder, NOON + MINUTE)
    assert (taken.deleted, taken.spared) == ((), (full,))
    assert ids(full.path) == wanted
    fill(log, 400, first=1)  # it has more events by now, and still not those
    taken = take(log, folder, NOON + 2 * MINUTE)
    assert [old.taken for old in taken.deleted] == [NOON + MINUTE]
    assert taken.spared == (full,)


def test_years_later_it_is_still_there_and_goes_once_the_log_has_its_events(
    log: Path, folder: Path
) -> None:
    fill(log, 30)
    full = take(log, folder, NOON).backup
    kept = log.read_bytes()
    lose(log)
    fill(log, 1)
    for k in range(1, 30):
        take(log, folder, NOON + k * 30 * 24 * HOUR)
    assert full.path.exists()
    assert holding_more(list_backups(folder, kinds=(TAKEN,))) == [full]
    lose(log)
    log.write_bytes(kept)
    fill(log, 1, first=30)
    deleted = take(log, folder, NOON + 30 * 30 * 24 * HOUR).deleted
    assert full in deleted


def test_a_backup_that_cannot_be_read_is_not_deleted(log: Path, folder: Path) -> None:
    fill(log)
    bad = take(log, folder, NOON).backup
    bad.path.write_bytes(b"noise")
    taken = take(log, folder, NOON + MINUTE)
    assert (taken.deleted, taken.spared) == ((), (bad,))


def test_of_a_log_that_only_grows_no_backup_is_marked(log: Path, folder: Path) -> None:
    for k in range(4):
        fill(log, 2, first=2 * k)
        assert take(log, folder, NOON + k * MINUTE).spared == ()
    assert len(names(folder)) == 1
    assert holding_more(list_backups(folder)) == []


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=8))
def test_no_event_of_any_backup_is_ever_gone(acts: list[tuple[int, bool]]) -> None:
    """A log that grows and is lost at will, backed up each minute: backups have what was in any."""
    with TemporaryDirectory() as home:
        log, folder = Path(home) / "reviews.db", Path(home) / "backups"
        ever: set[str] = set()
        for k, (n, loses) in enumerate(acts):
            if loses:
                lose(log)
            fill(log, n, first=10 * k)
            ever |= set(ids(take(log, folder, NOON + k * MINUTE).backup.path))
        assert {id_ for name in names(folder) for id_ in ids(folder / name)} == ever
