"""What can go wrong with the file: no acknowledged review is missing, and the message helps."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw
import pytest

from studytool.doctor.examine import examine
from studytool.doctor.findings import FindingSeverity
from studytool.doctor.repair import repair
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.queue import due_items, new_items
from tests.review_log.refusals import refused

PAGE = 4096
LATER = NOON + 9999 * DAY
ROOT = Path(__file__).parents[2]


def _fill(path: Path, n: int = 5) -> list[str]:
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/{k}", "a", k) for k in range(n)])
        return [
            log.append_review(draft(f"pack/{k}", Rating.EASY, NOON + k * DAY)).id for k in range(n)
        ]


def _ids(path: Path) -> list[str]:
    with ReviewLog.open(path) as log:
        return [event.id for event in log.events()]


# --- locked -------------------------------------------------------------------------------------


@contextmanager
def _locked(path: Path, seconds: float) -> Iterator[None]:
    """Let another program hold the log, for so long or until the block ends."""
    command = [sys.executable, "-m", "tests.review_log.holder", str(path), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            holder.kill()


def test_locked_for_longer_says_so_and_the_review_can_be_given_again(path: Path) -> None:
    ids = _fill(path)
    with _locked(path, 60), ReviewLog.open(path, busy_seconds=0.05) as log:  # it opens all the same
        with refused(Fault.LOCKED) as error:
            log.append_review(draft())
        assert error.value.text("en") == (
            f"another program is writing to {path} and did not finish in time. All reviews saved "
            "so far are there. Try again when that program is done."
        )
        assert "그 프로그램이 끝난 뒤 다시" in error.value.text("ko")
        for write in (
            lambda: log.undo(NOON),
            lambda: log.absorb([]),
            lambda: log.register("p", []),
        ):
            with refused(Fault.LOCKED):
                write()
        assert log.counts(NOON)["pack"].items == 5  # reading goes on
        assert [event.id for event in log.events()] == ids
    with ReviewLog.open(path) as log:  # the other is gone, killed in the middle
        ids.append(log.append_review(draft()).id)
    assert _ids(path) == ids


def test_locked_for_shorter_is_waited_for(path: Path) -> None:
    ids = _fill(path)
    with _locked(path, 0.3), ReviewLog.open(path, busy_seconds=30) as log:
        with (
            ReviewLog.open(path, busy_seconds=0) as hasty,  # control: it is locked
            refused(Fault.LOCKED),
        ):
            hasty.append_review(draft())
        ids.append(log.append_review(draft()).id)
    assert _ids(path) == ids


# --- damaged ------------------------------------------------------------------------------------


def test_a_header_of_noise_is_damage_and_is_left_alone(path: Path) -> None:
    _fill(path)
    noise = b"\xa5" * 100 + path.read_bytes()[100:]
    path.write_bytes(noise)
    with refused(Fault.DAMAGED), ReviewLog.open(path):
        pass
    assert path.read_bytes() == noise


@pytest.mark.slow
def test_half_a_file_is_damage(path: Path) -> None:
    _fill(path, 300)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with refused(Fault.DAMAGED), ReviewLog.open(path) as log:
        list(log.events())


def _ask_everything(log: ReviewLog) -> tuple[object, ...]:
    questions = (
        lambda: log.counts(NOON),
        lambda: due_items(log, NOON + 99 * DAY),
        lambda: new_items(log, NOON),
        lambda: log.forecast(NOON, days=9),
        lambda: log.state("pack/3"),
        lambda: log.last_reviews(item="pack/3"),
        lambda: log.streak_days(NOON + 4 * DAY),
        lambda: log.retention(NOON),
        lambda: [event.id for event in log.events()],
    )
    answers: list[object] = []
    for question in questions:
        try:
            answers.append(question())
        except StateError as error:
            assert error.fault is Fault.DAMAGED  # noqa: PT017 - any other would be a bug
            answers.append(Fault.DAMAGED)
    return tuple(answers)


def test_any_damaged_page_gives_right_answers_or_says_damaged(path: Path, tmp_path: Path) -> None:
    _fill(path, 60)
    with ReviewLog.open(path) as log:
        wanted = _ask_everything(log)
    whole = path.read_bytes()
    seen = 0
    for page in range(1, len(whole) // PAGE):  # page 0 holds the header
        copy = tmp_path / f"page{page}.db"
        copy.write_bytes(whole[: page * PAGE] + b"\xff" * PAGE + whole[(page + 1) * PAGE :])
        try:
            with ReviewLog.open(copy) as log:
                answers = _ask_everything(log)
        except StateError as error:
            assert error.fault is Fault.DAMAGED  # noqa: PT017 - the same
            seen += 1
            continue
        for answer, right in zip(answers, wanted, strict=True):
            assert answer in (right, Fault.DAMAGED)
        seen += Fault.DAMAGED in answers
    assert seen >= 5  # control: damage does show


def _named(name: str) -> Callable[[Path], int]:
    """Make what gives the place of a table's or an index's first page."""

    def place(path: Path) -> int:
        with closing(apsw.Connection(str(path))) as connection:
            sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
            return (int(connection.execute(sql, (name,)).get) - 1) * PAGE

    return place


@pytest.mark.parametrize("language", ["ko", "en"])
def test_damage_names_both_ways_out(language: str, tmp_path: Path) -> None:
    said = StateError(Fault.DAMAGED, path=tmp_path, why="noise").text(language)  # type: ignore[arg-type] # one of the two
    for part in ("studytool doctor", "--repair", "studytool restore", str(tmp_path), "noise"):
        assert part in said


@pytest.mark.parametrize(
    "place",
    first_quick(
        [
            pytest.param(lambda _: 0, id="the header"),
            pytest.param(_named("events"), id="the events"),
            pytest.param(_named("names"), id="the words"),
            pytest.param(_named("items"), id="the memories"),
            pytest.param(_named("events_by_item"), id="an index of the events"),
            pytest.param(_named("items_by_due"), id="an index of the memories"),
        ]
    ),
)
def test_every_damage_is_told_and_mended_by_the_doctor(
    tmp_path: Path, place: Callable[[Path], int]
) -> None:
    """What the doctor offers first is done; nothing is lost, since each row is somewhere whole."""
    path = tmp_path / "reviews.db"
    ids = _fill(path, 60)
    with ReviewLog.open(path) as log:
        wanted = _ask_everything(log)
    at, whole = place(path), path.read_bytes()
    length = 100 if at == 0 else PAGE
    path.write_bytes(whole[:at] + b"\xff" * length + whole[at + length :])
    try:
        with ReviewLog.open(path) as log:
            told = Fault.DAMAGED in _ask_everything(log)
    except StateError as error:
        told = error.fault is Fault.DAMAGED
    assert told

    [finding] = [one for one in examine(tmp_path, LATER) if one.severity is FindingSeverity.ERROR]
    assert "doctor --repair" in finding.remedy.text("ko")
    assert "doctor --repair" in finding.remedy.text("en")
    repair(finding.repairs[0], tmp_path, LATER)
    assert not [one for one in examine(tmp_path, LATER) if one.severity is FindingSeverity.ERROR]
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/{k}", "a", k) for k in range(60)])  # as each start does
        assert _ask_everything(log) == wanted
    assert _ids(path) == ids


# --- a torn journal -----------------------------------------------------------------------------


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


# --- not a log ----------------------------------------------------------------------------------


def test_another_programs_database_is_left_alone(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE notes(x)")
    connection.close()
    before = path.read_bytes()
    with refused(Fault.FOREIGN), ReviewLog.open(path):
        pass
    assert path.read_bytes() == before


def test_a_folder_in_the_files_place(path: Path) -> None:
    path.mkdir()
    with refused(Fault.IS_FOLDER), ReviewLog.open(path):
        pass


def test_no_folder_to_put_it_in(tmp_path: Path) -> None:
    with refused(Fault.NO_FILE), ReviewLog.open(tmp_path / "none" / "reviews.db"):
        pass
