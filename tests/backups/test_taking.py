"""Taking backups: beside writers, killed, on a full disk; the log and earlier backups stay good."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from studytool.backups import folder as folder_module
from studytool.backups.copying import verify
from studytool.backups.folder import list_backups, read_name
from studytool.backups.taking import DAY as A_DAY
from studytool.backups.taking import back_up_when_due, describe_backups, kept, take
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.half_written import partial_of
from studytool.numerics.streams import stream
from studytool.review_log.events import Event
from studytool.review_log.log import ReviewLog
from tests.backups.logs import events, fill, ids, leftovers, names
from tests.disks import ordinary_user, small_disk
from tests.review_log.drafts import DAY, HOUR, MINUTE, NOON

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions, limits and mounts")
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("STUDYTOOL_KILLS", "10"))


def test_a_backup_is_the_log_in_one_file(log: Path, folder: Path) -> None:
    wanted = fill(log)
    with ReviewLog.open(log):  # in use: its last reviews are in the journal
        taken = take(log, folder, NOON)
    assert names(folder) == ["reviews-20260101T120000000Z.db"]
    assert leftovers(folder) == []
    assert taken.contents.events == verify(taken.backup.path).events == 5
    assert ids(taken.backup.path) == wanted


def test_two_of_one_instant_are_two(log: Path, folder: Path) -> None:
    fill(log)
    first = take(log, folder, NOON).backup
    second = folder_module.new_backup(folder, "reviews", NOON)
    assert second.path.name == "reviews-20260101T120000001Z.db"
    assert first.path.exists()


def test_the_rotation_deletes_and_spares_the_one_just_taken(log: Path, folder: Path) -> None:
    fill(log)
    for k in range(40):
        take(log, folder, NOON + k * HOUR)
    assert len(names(folder)) == 24 + 1  # the last 24 hours; the first day's last is among the 24
    back = take(log, folder, NOON - 400 * DAY)  # the clock was set back
    assert back.backup.path.exists()


@pytest.mark.slow
def test_each_backup_beside_two_writers_is_of_one_instant(log: Path, folder: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.review_log.writer", str(log), name],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in ("one", "two")
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        sizes = []
        for k in range(8):
            before = {event.id for event in events_now(log)}
            taken = take(log, folder, NOON + k * HOUR)
            copied = {event.id for event in events(taken.backup.path)}
            assert before <= copied  # what was acknowledged before is there
            assert len(copied) == taken.contents.events
            sizes.append(len(copied))
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]  # control: they did write


def events_now(log: Path) -> list[Event]:
    with ReviewLog.open(log, busy_seconds=60) as opened:
        return list(opened.events())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_in_the_middle_nothing_is_lost(log: Path, folder: Path) -> None:
    wanted = fill(log, 400)
    waits = stream("kill-backup").uniform(0, 0.12, size=KILLS).tolist()
    told: set[str] = set()
    found_leftovers = 0
    for wait_seconds in waits:
        taker = subprocess.Popen(
            [sys.executable, "-m", "tests.backups.taker", str(log), str(folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert taker.stdout is not None
        assert taker.stdout.readline() == "ready\n"
        time.sleep(wait_seconds)
        taker.kill()
        said, _ = taker.communicate()
        told |= {line for line in said.splitlines() if line.endswith(".db")}
        found_leftovers += bool(leftovers(folder)) if folder.exists() else 0
        for backup in list_backups(folder):
            assert verify(backup.path).events == 400
        assert ids(log) == wanted
    there = {backup.taken for backup in list_backups(folder)}
    told_of = {one.taken for name in told if (one := read_name(folder / name))}
    assert kept(there | told_of) <= there  # none is gone but by the rotation
    assert found_leftovers  # control: the middle was hit
    take(log, folder, NOON + 9999 * DAY)
    assert leftovers(folder) == []


def test_what_a_kill_leaves_is_cleared(log: Path, folder: Path) -> None:
    fill(log)
    first = take(log, folder, NOON).backup.path
    partial = partial_of(folder / "reviews-20260101T130000000Z.db")
    for end in ("", "-journal", "-wal", "-shm"):
        partial.with_name(partial.name + end).write_bytes(b"half")
    take(log, folder, NOON + HOUR)
    assert leftovers(folder) == []
    assert verify(first).events == 5


def test_two_programs_at_once_take_turns(log: Path, folder: Path) -> None:
    fill(log)
    take(log, folder, NOON)
    with folder_module.alone_in(folder):
        with pytest.raises(StateError) as refused:
            take(log, folder, NOON + HOUR, busy_seconds=0.01)
        assert refused.value.fault is Fault.BACKUPS_BUSY
    take(log, folder, NOON + HOUR)


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: b"\xa5" * 100 + whole[100:],
        lambda whole: whole[: len(whole) // 2],
        lambda _: b"",
    ],
    ids=["a header of noise", "half a file", "nothing"],
)
def test_a_damaged_log_makes_no_backup_and_costs_none(
    log: Path, folder: Path, harm: Callable[[bytes], bytes]
) -> None:
    fill(log, 300)
    take(log, folder, NOON)
    log.write_bytes(harm(log.read_bytes()))
    before = log.read_bytes()
    with pytest.raises(StateError) as refused:
        take(log, folder, NOON + HOUR)
    assert refused.value.fault in (Fault.DAMAGED, Fault.BACKUP_UNSOUND)
    assert (log.read_bytes(), len(names(folder)), leftovers(folder)) == (before, 1, [])


@POSIX
def test_a_full_disk_makes_no_backup_and_costs_none(log: Path) -> None:
    wanted = fill(log, 400)
    with small_disk(f"{log.stat().st_size * 3 // 2 // 1024 + 64}k") as folder:
        first = take(log, folder, NOON).backup.path
        with pytest.raises(StateError) as refused:
            take(log, folder, NOON + HOUR)
        assert refused.value.fault is Fault.BACKUP_UNWRITABLE
        for language in ("ko", "en"):
            assert str(folder) in refused.value.text(language)
        assert names(folder) == [first.name]
        assert leftovers(folder) == []
        assert verify(first).events == 400
    assert ids(log) == wanted


@POSIX
def test_a_folder_that_may_not_be_written(log: Path) -> None:
    fill(log)
    with ordinary_user() as home:
        own = home / "reviews.db"
        wanted = fill(own)
        first = take(own, home / "backups", NOON).backup.path
        (home / "backups").chmod(0o500)
        with pytest.raises(StateError) as refused:
            take(own, home / "backups", NOON + HOUR)
        assert refused.value.fault is Fault.BACKUP_UNWRITABLE
        (home / "backups").chmod(0o700)
        assert verify(first).events == 5
        assert ids(own) == wanted


# --- by itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_ago", "grown", "after", "made"),
    [
        (None, True, HOUR, True),  # the first
        (59 * MINUTE, True, HOUR, False),
        (61 * MINUTE, True, HOUR, True),
        (61 * MINUTE, False, HOUR, False),  # nothing was reviewed since
        (61 * MINUTE, True, A_DAY, False),
        (25 * HOUR, True, A_DAY, True),
        (-2 * DAY, True, HOUR, True),  # the last is of a clock that ran ahead
    ],
)
def test_when_it_is_due(
    home: Path, log: Path, *, last_ago: timedelta | None, grown: bool, after: timedelta, made: bool
) -> None:
    now = NOON + 10 * DAY
    fill(log)
    if last_ago is not None:
        take(log, home / "backups", now - last_ago)
    if grown:
        fill(log, 1, first=5)
    taken = back_up_when_due(home, now, after=after)
    assert (taken is not None) is made


def test_nothing_to_lose_makes_none(home: Path, log: Path) -> None:
    assert back_up_when_due(home, NOON) is None
    fill(log, 0)
    assert back_up_when_due(home, NOON) is None


def test_a_last_backup_that_cannot_be_read_is_followed_by_another(home: Path, log: Path) -> None:
    fill(log)
    take(log, home / "backups", NOON).backup.path.write_bytes(b"noise")
    assert back_up_when_due(home, NOON + 2 * HOUR) is not None


def test_locked_for_writing_is_no_hindrance(log: Path, folder: Path) -> None:
    fill(log)
    other = apsw.Connection(str(log))
    other.execute("BEGIN IMMEDIATE")
    assert take(log, folder, NOON).contents.events == 5
    other.close()


def test_a_backup_that_is_taken_away_meanwhile_is_not_listed(
    log: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(log)
    for days in range(2):
        take(log, folder, NOON + days * DAY)
    found = list_backups(folder)
    found[1].path.unlink()
    monkeypatch.setattr("studytool.backups.taking.list_backups", lambda *_, **__: found)
    assert [one.backup for one in describe_backups(folder)] == found[:1]
