"""What can go wrong with the file: no acknowledged review is missing, and the message helps."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from studytool.errors import StateError
from studytool.review_log import faults
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.drafts import DAY, NOON, draft

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions, limits and mounts")
NOBODY = 65534


def _fill(path: Path, n: int = 5) -> list[str]:
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/{k}", "a", k) for k in range(n)])
        return [
            log.append_review(draft(f"pack/{k}", Rating.EASY, NOON + k * DAY)).id for k in range(n)
        ]


def _ids(path: Path) -> list[str]:
    with ReviewLog.open(path) as log:
        return [event.id for event in log.events()]


@contextmanager
def _refused(phrase: object) -> Iterator[pytest.ExceptionInfo[StateError]]:
    with pytest.raises(StateError) as refused:
        yield refused
    assert refused.value.message is phrase
    for language in ("ko", "en"):
        assert str(refused.value.fields["path"]) in refused.value.text(language)


def test_locked_says_so_and_the_review_can_be_given_again(path: Path) -> None:
    ids = _fill(path)
    other = apsw.Connection(str(path))
    with ReviewLog.open(path, busy_seconds=0.01) as log:
        other.execute("BEGIN IMMEDIATE")
        with _refused(faults.LOCKED) as refused:
            log.append_review(draft())
        assert refused.value.text("en") == (
            f"another program is writing to {path} and did not finish in time. All reviews saved "
            "so far are there. Try again when that program is done."
        )
        assert log.counts(NOON)["pack"].items == 5  # reading goes on
        other.execute("ROLLBACK")
        other.close()
        ids.append(log.append_review(draft()).id)
    assert _ids(path) == ids


def test_a_header_of_noise_is_damage_and_is_left_alone(path: Path) -> None:
    _fill(path)
    noise = b"\xa5" * 100 + path.read_bytes()[100:]
    path.write_bytes(noise)
    with _refused(faults.DAMAGED), ReviewLog.open(path):
        pass
    assert path.read_bytes() == noise


def test_half_a_file_is_damage(path: Path) -> None:
    _fill(path, 300)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with _refused(faults.DAMAGED), ReviewLog.open(path) as log:
        list(log.events())


def _ask_everything(log: ReviewLog) -> tuple[object, ...]:
    questions = (
        lambda: log.counts(NOON),
        lambda: log.due(NOON + 99 * DAY),
        lambda: log.new(NOON),
        lambda: log.state("pack/3"),
        lambda: log.streak_days(NOON + 4 * DAY),
        lambda: log.retention(NOON),
        lambda: [event.id for event in log.events()],
    )
    answers: list[object] = []
    for question in questions:
        try:
            answers.append(question())
        except StateError as error:
            assert error.message is faults.DAMAGED  # noqa: PT017 - any other would be a bug
            answers.append(faults.DAMAGED)
    return tuple(answers)


def test_any_damaged_page_gives_right_answers_or_says_damaged(path: Path, tmp_path: Path) -> None:
    _fill(path, 60)
    with ReviewLog.open(path) as log:
        wanted = _ask_everything(log)
    whole = path.read_bytes()
    size = 4096
    seen = 0
    for page in range(1, len(whole) // size):  # page 0 holds the header
        copy = tmp_path / f"page{page}.db"
        copy.write_bytes(whole[: page * size] + b"\xff" * size + whole[(page + 1) * size :])
        try:
            with ReviewLog.open(copy) as log:
                answers = _ask_everything(log)
        except StateError as error:
            assert error.message is faults.DAMAGED  # noqa: PT017 - the same
            seen += 1
            continue
        for answer, right in zip(answers, wanted, strict=True):
            assert answer in (right, faults.DAMAGED)
        seen += faults.DAMAGED in answers
    assert seen >= 5  # control: damage does show


def test_noise_after_the_journals_last_commit_is_ignored(path: Path, tmp_path: Path) -> None:
    """What a power cut leaves of a write that was never acknowledged."""
    with ReviewLog.open(path) as log:
        ids = [log.append_review(draft(time=NOON + k * DAY)).id for k in range(5)]
        copy = tmp_path / "copy.db"
        shutil.copy(path, copy)
        journal = path.with_name(path.name + "-wal").read_bytes()
    frame = journal[-4120:]  # the last commit's last frame, torn and noisy
    for tail in (b"\x00" * 100, b"\xa5" * 5000, frame[:2000], frame):
        copy.with_name("copy.db-wal").write_bytes(journal + tail)
        assert _ids(copy) == ids
        shutil.copy(path, copy)
        copy.with_name("copy.db-wal").unlink(missing_ok=True)
        copy.with_name("copy.db-wal").write_bytes(journal)


def test_a_newer_file_is_left_alone(path: Path) -> None:
    _fill(path)
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with _refused(faults.NEWER) as refused, ReviewLog.open(path):
        pass
    assert "format 2; this one knows up to 1" in refused.value.text("en")


def test_another_programs_database_is_left_alone(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE notes(x)")
    connection.close()
    before = path.read_bytes()
    with _refused(faults.FOREIGN), ReviewLog.open(path):
        pass
    assert path.read_bytes() == before


def test_a_folder_in_the_files_place(path: Path) -> None:
    path.mkdir()
    with _refused(faults.IS_FOLDER), ReviewLog.open(path):
        pass


def test_no_folder_to_put_it_in(tmp_path: Path) -> None:
    with _refused(faults.NO_FILE), ReviewLog.open(tmp_path / "none" / "reviews.db"):
        pass


def test_another_version_of_the_fold_takes_over(path: Path) -> None:
    _fill(path)
    with ReviewLog.open(path) as log:
        connection = apsw.Connection(str(path))
        connection.execute("UPDATE meta SET value = '999 {}' WHERE key = 'policy'")
        connection.close()
        with _refused(faults.OTHER_VERSION):
            log.append_review(draft())


@contextmanager
def _ordinary_user() -> Iterator[Path]:
    """Give a folder of nobody's, as nobody: root writes everywhere."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    try:
        if root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        yield folder
    finally:
        folder.chmod(0o700)
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)


@POSIX
@pytest.mark.parametrize("what", ["file", "folder", "both", "empty folder"])
def test_read_only(what: str) -> None:
    with _ordinary_user() as folder:
        path = folder / "reviews.db"
        ids = [] if what == "empty folder" else _fill(path)
        if what in {"file", "both"}:
            path.chmod(0o400)
        if what != "file":
            folder.chmod(0o500)
        phrase = faults.NO_FILE if what == "empty folder" else faults.READ_ONLY
        with _refused(phrase), ReviewLog.open(path):
            pass
        folder.chmod(0o700)
        if what != "empty folder":
            path.chmod(0o600)
        assert _ids(path) == ids


@POSIX
def test_a_folder_made_read_only_under_an_open_log() -> None:
    """The files are open already: what is acknowledged is there."""
    with _ordinary_user() as folder:
        path = folder / "reviews.db"
        with ReviewLog.open(path) as log:
            ids = [log.append_review(draft()).id]
            folder.chmod(0o500)
            ids.append(log.append_review(draft(time=NOON + DAY)).id)
            folder.chmod(0o700)
        assert _ids(path) == ids


def _append_until_refused(log: ReviewLog) -> tuple[list[str], StateError]:
    ids: list[str] = []
    for k in range(100_000):
        try:
            ids.append(log.append_review(draft(f"pack/{k % 50}", time=NOON + k * DAY / 50)).id)
        except StateError as error:
            return ids, error
    raise AssertionError("the limit never came")


def test_a_full_database_takes_no_more_and_keeps_all(path: Path) -> None:
    with ReviewLog.open(path) as log:
        connection = log._db._connection
        connection.execute("PRAGMA max_page_count = 40")
        ids, error = _append_until_refused(log)
        assert error.message is faults.FULL
        assert [event.id for event in log.events()] == ids
        connection.execute("PRAGMA max_page_count = 100000")
        ids.append(log.append_review(draft("pack/0", time=NOON + 9999 * DAY)).id)
    assert _ids(path) == ids


@POSIX
def test_a_full_disk_takes_no_more_and_keeps_all() -> None:
    folder = Path(tempfile.mkdtemp())
    size = "size=600k"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("mounting a small disk needs root")
    try:
        path = folder / "reviews.db"
        with ReviewLog.open(path) as log:
            ids, error = _append_until_refused(log)
            assert error.message is faults.FULL
            assert [event.id for event in log.events()] == ids
            subprocess.run(["mount", "-o", "remount,size=4m", str(folder)], check=True)
            ids.append(log.append_review(draft(time=NOON + 9999 * DAY)).id)
        assert _ids(path) == ids
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


@POSIX
def test_a_file_that_may_not_grow_takes_no_more_and_keeps_all(path: Path) -> None:
    """RLIMIT_FSIZE makes a write fail as a broken disk does: an error that is not 'full'."""
    import resource  # POSIX only

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with ReviewLog.open(path) as log:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
        try:
            ids, error = _append_until_refused(log)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert error.message in {faults.FULL, faults.UNREADABLE}
        assert [event.id for event in log.events()] == ids
        ids.append(log.append_review(draft(time=NOON + 9999 * DAY)).id)
    assert _ids(path) == ids
