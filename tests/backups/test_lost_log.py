"""A log that is gone or empty beside backups: nothing begins in its place unless that is wanted."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from studytool.backups.restoring import newest_sound, restore
from studytool.backups.taking import take
from studytool.clock import MACHINE_CLOCK
from studytool.doctor.examine import examine
from studytool.doctor.findings import FindingSeverity, Repair
from studytool.doctor.repair import repair
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.log import ReviewLog
from studytool.session.desk import Desk, open_log
from tests.backups.logs import fill, ids, names
from tests.backups.test_lineage import MINUTE, lose
from tests.cases import first_row_quick
from tests.doctor.test_doctor import codes, one, studytool
from tests.review_log.deeds import set_suspended
from tests.review_log.drafts import DAY, HOUR, NOON

NOW = NOON + 400 * DAY
COMMANDS = [
    ["due"],
    ["undo"],
    ["stats"],
    ["study", "--plain"],
    ["sync", str(Path(__file__).parent)],
    ["backup"],
]


def lose_to(log: Path, what: str) -> None:
    lose(log)
    if what == "no byte":
        log.write_bytes(b"")
    if what == "no event":
        ReviewLog.open(log).close()


@pytest.mark.parametrize("what", ["no file", "no byte", "no event"])
def test_no_empty_log_takes_the_place_of_a_lost_one(
    home: Path, log: Path, folder: Path, what: str
) -> None:
    wanted = fill(log, 30)
    name = take(log, folder, NOON).backup.path.name
    lose_to(log, what)
    before = log.exists() and log.stat().st_size
    with pytest.raises(StateError) as refused:
        open_log(home, MACHINE_CLOCK)
    assert refused.value.fault is Fault.LOG_LOST
    assert (log.exists() and log.stat().st_size) == before  # no log was made
    for language in ("ko", "en"):
        told = refused.value.text(language)
        assert all(part in told for part in (name, "30", "studytool restore", str(folder)))
    finding = one(home)
    assert (finding.code, finding.severity) == ("log_missing", FindingSeverity.ERROR)

    restore(log, *newest_sound(folder)[:1], folder, NOW)
    open_log(home, MACHINE_CLOCK)[1].close()
    assert ids(log) == wanted


@pytest.mark.slow
def test_every_command_tells_of_it_and_changes_nothing(home: Path, log: Path, folder: Path) -> None:
    fill(log, 30)
    take(log, folder, NOON)
    lose(log)
    kept = names(folder)
    for command in COMMANDS:
        run = studytool(home, *command)
        assert (run.returncode, run.stdout) == (2, ""), command
        assert "studytool restore" in run.stderr, command
        assert "Traceback" not in run.stderr
        assert not log.exists(), command
    assert names(folder) == kept
    (home / "settings.toml").write_text('language = "en"\n', "utf-8")
    assert "has 30 events" in studytool(home, "due").stderr

    done = studytool(home, "restore", "--yes", "--json")
    assert json.loads(done.stdout)["events"] == 30
    assert studytool(home, "due").returncode == 0


def test_a_first_start_and_one_begun_anew_on_purpose_are_not_refused(
    home: Path, log: Path, folder: Path
) -> None:
    Desk.open(home, MACHINE_CLOCK).close()
    Desk.open(home, MACHINE_CLOCK).close()  # still no event, and no backup
    take(log, folder, NOON)  # of nothing
    Desk.open(home, MACHINE_CLOCK).close()
    fill(log, 3)
    take(log, folder, NOON + HOUR)
    lose(log)
    shutil.move(folder, home / "before")
    Desk.open(home, MACHINE_CLOCK).close()
    assert codes(home) == []


def test_a_log_of_acts_alone_is_no_empty_one(home: Path, log: Path, folder: Path) -> None:
    fill(log, 3)
    take(log, folder, NOON)
    lose(log)
    with ReviewLog.open(log) as opened:
        set_suspended(opened, "pack/1", True, NOON)
    _, reopened = open_log(home, MACHINE_CLOCK)
    with closing(reopened):
        assert len(ids(log)) == 1  # the act; nothing was put in its place


def test_backups_without_a_sound_one_refuse_nothing(home: Path, log: Path, folder: Path) -> None:
    fill(log, 3)
    take(log, folder, NOON).backup.path.write_bytes(b"noise")
    lose(log)
    open_log(home, MACHINE_CLOCK)[1].close()
    assert codes(home) == ["backup_unreadable"]


def test_a_restore_takes_the_newest_with_events(log: Path, folder: Path) -> None:
    fill(log, 3)
    full = take(log, folder, NOON).backup.path
    lose_to(log, "no event")
    take(log, folder, NOON + DAY)
    path, found = newest_sound(folder)
    assert (path, found.events) == (full, 3)


# --- what the doctor says of a log that has less than its backups ----------------------------------


def test_events_that_only_backups_have_are_found_and_put_together(
    home: Path, log: Path, folder: Path
) -> None:
    lost = fill(log, 30)
    full = take(log, folder, NOON).backup
    lose(log)
    own = fill(log, 2, first=50)
    take(log, folder, NOON + MINUTE)  # hides nothing
    finding = one(home)
    assert (finding.code, finding.severity) == ("events_missing", FindingSeverity.ERROR)
    assert full.path.name in finding.message.text("ko")
    assert finding.repairs == (Repair.MERGE,)

    phrase, fields = repair(Repair.MERGE, home, NOW)
    assert "32" in phrase.text("en", **fields)
    assert set(ids(log)) == {*lost, *own}
    assert codes(home) == []
    taken = take(log, folder, NOON + 2 * MINUTE)
    assert full in taken.deleted  # by now the log has all of it
    assert repair(Repair.MERGE, home, NOW)[1] == {}


def test_a_restore_on_purpose_is_a_note(home: Path, log: Path, folder: Path) -> None:
    fill(log, 3)
    early = take(log, folder, NOON).backup
    fill(log, 2, first=3)
    late = take(log, folder, NOON + HOUR).backup
    assert codes(home) == []  # control
    restore(log, early.path, folder, NOON + 2 * HOUR)
    [finding] = examine(home, NOW)
    assert (finding.code, finding.severity) == ("backups_hold_more", FindingSeverity.INFO)
    assert late.path.name in finding.remedy.text("en")


def test_backup_and_its_list_say_which_are_not_deleted(home: Path, log: Path) -> None:
    fill(log, 30)
    full = json.loads(studytool(home, "backup", "--json").stdout)["name"]
    lose(log)
    fill(log, 1)
    taken = json.loads(studytool(home, "backup", "--json").stdout)
    if not taken["spared"]:  # the hour turned between the two
        taken = json.loads(studytool(home, "backup", "--json").stdout)
    listed = json.loads(studytool(home, "backup", "--list", "--json").stdout)["backups"]
    assert {one["name"] for one in listed if one["holds_more"]} == {full}
    lines = studytool(home, "backup", "--list").stdout.splitlines()
    assert [full in line for line in lines] == ["지우지 않음" in line for line in lines]


# --- remedies ------------------------------------------------------------------------------------


def test_a_damaged_library_is_made_again_without_a_word(home: Path) -> None:
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        items = desk.library.listed("deep-learning-notes")
    library = home / "library.db"
    library.write_bytes(b"\xff" * 4096 + library.read_bytes()[4096:])
    due = studytool(home, "due", "--json")
    assert (due.returncode, due.stderr) == (0, "")
    told = {one["id"]: one["items"] for one in json.loads(due.stdout)["packs"]}
    assert told["deep-learning-notes"] == len(items)
    library.write_bytes(b"\xff" * 4096 + library.read_bytes()[4096:])
    doctor = studytool(home, "doctor", "--repair", "--json")
    assert (doctor.returncode, doctor.stderr) == (0, "")
    assert json.loads(doctor.stdout)["repairs"] == []
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        assert desk.library.listed("deep-learning-notes") == items


_OTHERS = "ALTER TABLE {} ADD COLUMN weather TEXT; PRAGMA"


@pytest.mark.parametrize(
    ("name", "harm", "remedy"),
    first_row_quick(
        [
            ("settings.toml", "write new_per_day = -1", "studytool config"),
            ("settings.toml", "write parameters = [1.0]", "studytool config parameters default"),
            ("former_parameters.json", "write noise", "지우세요"),
            ("library.db", f"{_OTHERS.format('claims')} user_version = 99", "업데이트"),
            ("library.db", f"{_OTHERS.format('claims')} application_id = 99", "옮기"),
            ("reviews.db", f"{_OTHERS.format('events')} user_version = 99", "업데이트"),
            ("reviews.db", f"{_OTHERS.format('events')} application_id = 99", "옮기"),
        ]
    ),
)
def test_each_remedy_says_what_to_do(home: Path, name: str, harm: str, remedy: str) -> None:
    Desk.open(home, MACHINE_CLOCK).close()
    if harm.startswith("write "):
        (home / name).write_text(harm.removeprefix("write "), "utf-8")
    else:
        with closing(apsw.Connection(str(home / name))) as connection:
            connection.execute(harm)
    run = studytool(home, "doctor", "--json")
    assert run.returncode == 1
    assert any(remedy in one["remedy"] for one in json.loads(run.stdout)["findings"])


def test_a_log_that_another_program_holds_is_told_to_be_closed(
    home: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.backups.copying.BUSY_SECONDS", 0.01)
    fill(log, 3)
    with closing(apsw.Connection(str(log))) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        finding = one(home)
    assert finding.code == "log_unreadable"
    assert "when that program is done" in finding.remedy.text("en")
