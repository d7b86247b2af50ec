"""Long work on the log ended before its time: whatever it was at, everything is as it was."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest

from studytool.backups.folder import list_backups
from studytool.backups.restoring import restore
from studytool.backups.taking import take
from studytool.doctor.examine import examine
from studytool.doctor.findings import Repair
from studytool.doctor.repair import remake_caches, repair
from studytool.errors import Cancelled
from studytool.sqlite import pages, watching
from studytool.sqlite.watching import Step, watched_by
from tests.backups.logs import fill, ids, leftovers, names
from tests.review_log.drafts import DAY, NOON

pytestmark = pytest.mark.slow

NOW = NOON + 4000 * DAY
REVIEWS = 900


class Looks:
    """A watch that ends the work at a given look; counts them where it does not."""

    def __init__(self, *, until: int | None = None) -> None:
        self.until = until
        self.steps: list[Step] = []

    def __call__(self, step: Step, share: float | None = None) -> None:
        assert share is None or 0 <= share <= 1
        if len(self.steps) == self.until:
            raise Cancelled
        self.steps.append(step)


@pytest.fixture(autouse=True)
def many_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_STEPS_OF_SQLITE", 2000)
    monkeypatch.setattr(watching, "_PAGES", 4)
    monkeypatch.setattr(watching, "_BYTES", 16_384)
    monkeypatch.setattr(pages, "_A_LOOK", 4)


def _damage(home: Path) -> None:
    log = home / "reviews.db"
    log.write_bytes(b"\xa5" * 100 + log.read_bytes()[100:])


def _spoil_fold(home: Path) -> None:
    _run(home, "UPDATE items SET due_ms = due_ms + 1")


def _run(home: Path, sql: str) -> None:
    connection = apsw.Connection(str(home / "reviews.db"))
    connection.execute(sql)
    connection.close()


def _take(home: Path) -> None:
    take(home / "reviews.db", home / "backups", NOW)


def _restore(home: Path) -> None:
    [backup] = list_backups(home / "backups")
    restore(home / "reviews.db", backup.path, home / "backups", NOW)


def _examine(home: Path) -> None:
    examine(home, NOW)


def _repair(kind: Repair) -> Callable[[Path], None]:
    return lambda home: repair(kind, home, NOW) and None


def _remake(home: Path) -> None:
    remake_caches(home, NOW)


def _nothing(home: Path) -> None:
    """The log is sound."""


@dataclass(frozen=True)
class Work:
    do: Callable[[Path], None]
    harm: Callable[[Path], None]
    steps: set[Step]


CHECKING, COPYING, BACKUP = Step.CHECKING, Step.COPYING, Step.CHECKING_BACKUP
READING = {Step.READING_WORDS, Step.READING_EVENTS}
WORKS = {
    "backup": Work(_take, _nothing, {COPYING, BACKUP}),
    "restore": Work(_restore, _nothing, {COPYING, BACKUP, Step.REPLACING}),
    "restore over damage": Work(_restore, _damage, {BACKUP, Step.REPLACING}),
    "examine": Work(_examine, _nothing, {CHECKING, BACKUP}),
    "recover": Work(
        _repair(Repair.RECOVER),
        _damage,
        {BACKUP, COPYING, *READING, Step.FOLDING, Step.REPLACING},
    ),
    "caches": Work(_remake, _spoil_fold, {Step.FOLDING}),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled")
    fill(home / "reviews.db", REVIEWS)
    take(home / "reviews.db", home / "backups", NOON)
    fill(home / "reviews.db", 100, first=REVIEWS)
    return home


def contents_of(home: Path) -> tuple[object, ...]:
    """Everything that counts: the log to the last byte where it can be no more than bytes."""
    log, folder = home / "reviews.db", home / "backups"
    backups = {name: (folder / name).read_bytes() for name in names(folder)}
    return (*_state(log), backups, leftovers(folder))


def _state(log: Path) -> tuple[object, ...]:
    copy = log.parent / "copy" / "copy.db"
    copy.parent.mkdir(exist_ok=True)
    for end in ("", "-wal"):
        if (part := log.with_name(log.name + end)).exists():
            shutil.copy(part, copy.with_name(copy.name + end))
    connection = apsw.Connection(str(copy))
    try:
        tables = ("sqlite_schema", "events", "items", "mature_reviews", "meta")
        return tuple(sorted(map(repr, connection.execute(f"SELECT * FROM {t}"))) for t in tables)
    except apsw.NotADBError:
        return (log.read_bytes(),)
    finally:
        connection.close()
        shutil.rmtree(copy.parent)


@pytest.mark.parametrize("name", WORKS)
def test_wherever_work_is_ended_everything_is_as_it_was(
    filled: Path, tmp_path: Path, name: str
) -> None:
    work = WORKS[name]

    def fresh(to: str) -> Path:
        home = shutil.copytree(filled, tmp_path / to)
        work.harm(home)
        return home

    to_the_end = Looks()
    whole = fresh("whole")
    with watched_by(to_the_end):
        work.do(whole)
    assert set(to_the_end.steps) >= work.steps
    count = len(to_the_end.steps)
    home = tmp_path
    for k in {0, 1, count - 1, *range(0, count, max(count // 8, 1))}:
        home = fresh(f"ended at {k}")
        before = contents_of(home)
        with pytest.raises(Cancelled), watched_by(Looks(until=k)):
            work.do(home)
        assert contents_of(home) == before
    work.do(home)  # and it can be done afterwards


# --- the commands -------------------------------------------------------------------------------

MANY = 30_000


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("long")
    (home / "settings.toml").write_text('language = "en"\n', "utf-8")
    fill(home / "reviews.db", MANY)
    return home


def _interrupted(home: Path, *arguments: str, at: bytes) -> tuple[int, bytes]:
    """Run a command on a terminal, press Ctrl-C when it shows ``at``; give its status and text."""
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "studytool", *arguments]
    environment = {**os.environ, "STUDYTOOL_HOME": str(home), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, stdin=slave, stdout=subprocess.DEVNULL, stderr=slave, env=environment
    ) as run:
        os.close(slave)
        said, pressed = b"", False
        for part in _read(master):
            said += part
            if at in said and not pressed:
                run.send_signal(signal.SIGINT)
                pressed = True
        run.wait(timeout=60)
    os.close(master)
    assert pressed, said
    return run.returncode, said


def _read(master: int) -> Iterator[bytes]:
    try:
        while part := os.read(master, 4096):
            yield part
    except OSError:  # Linux says so of a terminal that nobody has open any more
        return


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal and SIGINT")
@pytest.mark.parametrize(
    ("arguments", "at", "harm"),
    [
        (["doctor"], b"checking the log", _nothing),
        (["doctor", "--repair", "--yes"], b"reading reviews from", _damage),
        (["restore", "--yes"], b"reading back a backup", _nothing),
    ],
    ids=["doctor", "doctor --repair", "restore"],
)
def test_ctrl_c_ends_a_command_and_leaves_everything_as_it_was(
    long_log: Path, tmp_path: Path, arguments: list[str], at: bytes, harm: Callable[[Path], None]
) -> None:
    home = shutil.copytree(long_log, tmp_path / "home")
    take(home / "reviews.db", home / "backups", NOON)
    wanted = ids(home / "reviews.db")
    harm(home)
    before = contents_of(home)
    status, said = _interrupted(home, *arguments, at=at)
    assert status == 130
    assert b"the files are as they were" in said
    assert b"Traceback" not in said
    assert contents_of(home) == before
    if harm is _damage:
        repair(Repair.RECOVER, home, NOW)
    assert ids(home / "reviews.db") == wanted
