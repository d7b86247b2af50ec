"""Restoring: nothing is destroyed, each restore can be undone, and writers are refused."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest

from studytool.backups.folder import TAKEN
from studytool.backups.restoring import find_backup, newest_sound, restore
from studytool.backups.taking import take
from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.numerics.streams import stream
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.backups.logs import fill, ids, leftovers, names, states
from tests.cases import first_quick
from tests.review_log.deeds import reset_item
from tests.review_log.drafts import DAY, HOUR, NOON, draft

ROOT = Path(__file__).parents[2]


def test_a_restore_keeps_what_it_replaces_and_can_be_undone(log: Path, folder: Path) -> None:
    early = fill(log)
    old_states = states(log)
    backup = take(log, folder, NOON).backup.path
    late = early + fill(log, 7, first=5)
    new_states = states(log)

    done = restore(log, backup, folder, NOON + HOUR)
    assert done is not None
    assert done.path.name == "replaced-20260101T130000000Z.db"
    assert (ids(log), states(log)) == (early, old_states)
    assert ids(done.path) == late

    undone = restore(log, done.path, folder, NOON + 2 * HOUR)
    assert (ids(log), states(log)) == (late, new_states)
    assert undone is not None
    assert ids(undone.path) == early
    assert leftovers(folder) == []
    assert fill(log, 1, first=12)[0] == ids(log)[-1]  # and it goes on


def test_an_open_program_sees_what_was_restored_and_writes_on(log: Path, folder: Path) -> None:
    early = fill(log)
    backup = take(log, folder, NOON).backup.path
    fill(log, 7, first=5)
    with ReviewLog.open(log) as opened:
        opened.append_review(draft("pack/1", Rating.EASY, NOON + 90 * DAY))
        restore(log, backup, folder, NOON + HOUR)
        assert [event.id for event in opened.events()] == early
        added = opened.append_review(draft("pack/2", Rating.EASY, NOON + 91 * DAY)).id
    assert ids(log) == [*early, added]


def test_while_another_program_writes_nothing_is_changed(
    log: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.backups.copying.BUSY_SECONDS", 0.01)
    fill(log)
    backup = take(log, folder, NOON).backup.path
    wanted = [*ids(log), *fill(log, 2, first=5)]
    other = apsw.Connection(str(log))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StateError) as refused:
        restore(log, backup, folder, NOON + HOUR)
    assert refused.value.fault is Fault.LOCKED
    other.execute("ROLLBACK")
    other.close()
    assert (ids(log), names(folder), leftovers(folder)) == (wanted, [backup.name], [])


def test_a_review_is_in_the_log_or_in_what_was_replaced(log: Path, folder: Path) -> None:
    """A writer at full speed, restores between: no acknowledged review is anywhere missing."""
    fill(log)
    backup = take(log, folder, NOON).backup.path
    command = [sys.executable, "-m", "tests.review_log.writer", str(log), "one"]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert writer.stdout is not None
    said = writer.stdout.readline()
    for k, wait in enumerate(stream("restore").uniform(0, 0.2, size=5).tolist()):
        time.sleep(wait)
        restore(log, backup, folder, NOON + k * HOUR)
    writer.kill()
    said += writer.communicate()[0]
    acknowledged = {line.split()[1] for line in said.splitlines() if line.startswith("append")}
    kept = {id_ for name in names(folder) for id_ in ids(folder / name)} | set(ids(log))
    assert acknowledged <= kept
    assert len(acknowledged) > 5  # control


def test_what_is_written_after_a_restore_names_what_is_meant(log: Path, folder: Path) -> None:
    """The program that was open knows the codes of names that the restored log has not."""
    fill(log)
    backup = take(log, folder, NOON).backup.path
    with ReviewLog.open(log) as opened:
        opened.append_review(draft("later/a", time=NOON + 9 * DAY))
        opened.append_review(draft("later/b", time=NOON + 9 * DAY))
        restore(log, backup, folder, NOON + HOUR)
        opened.append_review(draft("later/b", time=NOON + 10 * DAY))
        reset_item(opened, "later/b", NOON + 10 * DAY)
    with ReviewLog.open(log) as again:
        assert [event.item for event in again.last_reviews(limit=1)] == ["later/b"]
        assert "later/a" not in {one.item for one in again.statuses()}


@pytest.mark.parametrize(
    "harm", first_quick(["header", "half", "empty", "gone", "gone with a journal left"])
)
def test_over_a_damaged_log(log: Path, folder: Path, harm: str) -> None:
    wanted = fill(log, 300)
    backup = take(log, folder, NOON).backup.path
    with ReviewLog.open(log) as opened:  # leave a journal behind that belongs to the old file
        opened.append_review(draft("pack/1", Rating.EASY, NOON + 90 * DAY))
        journal = log.with_name("reviews.db-wal").read_bytes()
        whole = log.read_bytes()
    harmed = {"header": b"\xa5" * 100 + whole[100:], "half": whole[:40_000], "empty": b""}.get(harm)
    log.unlink() if harmed is None else log.write_bytes(harmed)
    if harm != "gone":
        log.with_name("reviews.db-wal").write_bytes(journal)

    done = restore(log, backup, folder, NOON + HOUR)
    assert ids(log) == wanted
    if harmed is None:
        assert done is None
    elif done is not None and harm != "half":
        assert done.path.read_bytes() == harmed
    if harm in {"header", "gone with a journal left"}:
        aside = folder / "replaced-20260101T130000000Z.db-wal"
        assert aside.read_bytes() == journal


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses by itself")
def test_a_damaged_log_that_is_in_use_is_not_changed(log: Path, folder: Path) -> None:
    fill(log)
    backup = take(log, folder, NOON).backup.path
    user = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom studytool.review_log.log import ReviewLog\n"
            "log = ReviewLog.open(Path(sys.argv[1]))\nprint('open', flush=True)\ninput()",
            str(log),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout is not None
    assert user.stdout.readline() == "open\n"
    noise = b"\xa5" * log.stat().st_size
    log.write_bytes(noise)
    with pytest.raises(StateError) as refused:
        restore(log, backup, folder, NOON + HOUR)
    user.kill()
    user.communicate()
    assert refused.value.fault is Fault.LOCKED
    assert log.read_bytes() == noise
    restore(log, backup, folder, NOON + HOUR)
    assert len(ids(log)) == 5


@pytest.mark.parametrize("place", first_quick(range(0, 60_000, 4096)))
def test_a_backup_with_a_damaged_page_is_never_restored(
    log: Path, folder: Path, place: int
) -> None:
    fill(log, 60)
    backup = take(log, folder, NOON).backup.path
    whole = backup.read_bytes()
    backup.write_bytes(whole[:place] + b"\xff" * 4096 + whole[place + 4096 :])
    before = ids(log)
    with pytest.raises(StateError) as refused:
        restore(log, backup, folder, NOON + HOUR)
    assert refused.value.fault in (Fault.BACKUP_UNSOUND, Fault.DAMAGED, Fault.FOREIGN)
    assert ids(log) == before


def test_another_programs_file_is_neither_restored_nor_replaced(
    log: Path, folder: Path, tmp_path: Path
) -> None:
    fill(log)
    backup = take(log, folder, NOON).backup.path
    other = tmp_path / "other.db"
    connection = apsw.Connection(str(other))
    connection.execute("CREATE TABLE notes(x)")
    connection.close()
    for target, source in ((log, other), (other, backup)):
        before = target.read_bytes()
        with pytest.raises(StateError) as refused:
            restore(target, source, folder, NOON)
        assert refused.value.fault is Fault.FOREIGN
        assert target.read_bytes() == before
    with pytest.raises(StateError) as refused:
        restore(log, tmp_path / "none.db", folder, NOON)
    assert refused.value.fault is Fault.NO_BACKUP_FILE


def test_a_file_from_elsewhere_is_read_with_its_journal(
    log: Path, folder: Path, tmp_path: Path
) -> None:
    away = tmp_path / "reviews.db"
    with ReviewLog.open(log) as opened:
        wanted = opened.append_review(draft()).id
        shutil.copy(log, away)
        shutil.copy(log.with_name("reviews.db-wal"), away.with_name("reviews.db-wal"))
    fill(log)
    restore(log, away, folder, NOON)
    assert ids(log) == [wanted]


def test_names(log: Path, folder: Path) -> None:
    fill(log)
    first, second = (take(log, folder, NOON + k * HOUR).backup.path for k in range(2))
    assert find_backup(folder, first.name) == first
    assert find_backup(folder, first.stem) == first
    assert find_backup(folder, str(log)) == log
    with pytest.raises(NotFoundError, match=r"Did you mean 'reviews-20260101T130000000Z\.db'"):
        find_backup(folder, "reviews-20260101T1300")
    assert newest_sound(folder)[0] == second
    second.write_bytes(b"noise")
    assert newest_sound(folder)[0] == first
    assert first.name.startswith(TAKEN)


@pytest.mark.slow
def test_killed_in_the_middle_the_log_is_one_or_the_other(log: Path, folder: Path) -> None:
    early = fill(log, 300)
    backup = take(log, folder, NOON).backup.path
    late = early + fill(log, 300, first=300)
    program = (
        "import sys\nfrom pathlib import Path\nfrom datetime import timedelta\n"
        "from studytool.backups.restoring import restore\nfrom tests.review_log.drafts import NOON\n"
        "log, one, other, folder = map(Path, sys.argv[1:])\nprint('ready', flush=True)\n"
        "for k in range(10_000):\n"
        "    restore(log, (one, other)[k % 2], folder, NOON + timedelta(hours=1 + k))\n"
    )
    whole = take(log, folder, NOON + 9999 * DAY).backup.path
    for wait in stream("kill-restore").uniform(0, 0.15, size=6).tolist():
        child = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, (log, backup, whole, folder))],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(wait)
        child.kill()
        child.communicate()
        assert ids(log) in (early, late)
        for name in names(folder):
            assert ids(folder / name) in (early, late)
