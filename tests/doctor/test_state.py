"""The doctor at what newer parts of the program keep: vacations, indexes, packs, parameters."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import apsw
import pytest

from studytool.backups.taking import take
from studytool.clock import MACHINE_CLOCK
from studytool.doctor.examine import examine
from studytool.doctor.findings import Finding, FindingSeverity, Repair
from studytool.doctor.recover import recover
from studytool.doctor.repair import remake_caches
from studytool.faults import Fault
from studytool.files import refuse_special
from studytool.library.library import Library
from studytool.review_log.database import is_older
from studytool.review_log.log import ReviewLog
from studytool.session.desk import Desk
from tests.backups.logs import events, fill, ids, states
from tests.cases import first_quick, first_row_quick
from tests.doctor.test_doctor import studytool
from tests.in_process import run_program
from tests.review_log.deeds import bury_item, set_flag, set_suspended, take_vacation
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.fresh_fold import differing_rows
from tests.review_log.refusals import refused

NOW = NOON + 400 * DAY


def run(path: Path, sql: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute(sql)
    connection.close()


def found(home: Path) -> dict[str, Finding]:
    return {finding.code: finding for finding in examine(home, NOW)}


@pytest.fixture
def filled(home: Path, log: Path, folder: Path) -> Path:
    fill(log, 200)
    take(log, folder, NOON)
    return home


# --- the fold, with vacations -------------------------------------------------------------------


def dues(log: Path) -> dict[str, object]:
    with ReviewLog.open(log) as opened:
        return {status.item: status.due for status in opened.statuses()}


@pytest.mark.parametrize(
    "harm",
    first_quick(
        [
            "UPDATE items SET shift_days = 0 WHERE shift_days > 0",
            "UPDATE items SET shift_days = shift_days + 1 WHERE shift_days > 0",
            "UPDATE vacations SET days = days + 1",
            "DELETE FROM vacations",
            "INSERT INTO vacations VALUES (1, 1, 1)",
            "UPDATE items SET rests_until_ms = 0 WHERE rests_until_ms IS NULL",
            "UPDATE items SET flagged = 1 - flagged WHERE item = (SELECT max(item) FROM items)",
        ]
    ),
)
def test_a_fold_with_vacations_that_differs_is_made_again(
    home: Path, log: Path, folder: Path, harm: str
) -> None:
    fill(log, 200)
    with ReviewLog.open(log) as opened:
        take_vacation(opened, 9, NOON + 60 * DAY)
        opened.append_review(draft("pack/3", time=NOON + 61 * DAY))
        take_vacation(opened, 4, NOON + 62 * DAY)
        set_suspended(opened, "pack/5", True, NOON + 62 * DAY)
    take(log, folder, NOON)
    right, due = states(log), dues(log)
    assert found(home) == {}  # control
    run(log, harm)
    assert differing_rows(log)
    remake_caches(home, NOW)
    assert differing_rows(log) == 0
    assert found(home) == {}
    fill(log, 0)  # lists the items, as the next start does
    assert (states(log), dues(log)) == (right, due)


@pytest.mark.slow
def test_memories_that_differ_are_made_again_when_a_sitting_ends_with_a_backup(home: Path) -> None:
    line = {"item": "deep-learning-notes/he-sd", "rating": "easy"}
    run_program("review", "-", home=home, typed=json.dumps(line))
    log = home / "reviews.db"
    for harm in (
        "UPDATE items SET due_day = due_day + 64 WHERE reps > 0",
        "INSERT INTO break_days VALUES (1, 2, 3)",
        "UPDATE studied_days SET reviews = reviews + 1",
    ):
        run(log, harm)
        assert differing_rows(log), harm
        shutil.rmtree(home / "backups", ignore_errors=True)  # one is due
        run_program("study", "--plain", home=home, typed=":s\n3\n:q\n")
        assert len(list((home / "backups").glob("*.db"))) == 1
        assert differing_rows(log) == 0, harm
    assert found(home) == {}


@pytest.mark.parametrize("table", first_quick(["vacations", "items", "mature_reviews", "packs"]))
def test_a_lost_table_of_the_fold_is_made_again_at_the_next_start(
    filled: Path, log: Path, table: str
) -> None:
    right = states(log)
    run(log, f"DROP TABLE {table}")
    assert found(filled) == {}
    assert states(log) == right
    assert found(filled) == {}


@pytest.mark.parametrize(
    "harm",
    first_quick(
        [
            "UPDATE items SET listed = 0 WHERE position = 3",
            "UPDATE items SET position = 99 WHERE position = 3",
            "UPDATE items SET concept = NULL WHERE position = 3",
            "UPDATE items SET pack = concept WHERE position = 3",
            "DELETE FROM items WHERE position = 3",
            "UPDATE items SET listed = 1 WHERE item = (SELECT code FROM names WHERE name = 'gone/a')",
        ]
    ),
)
def test_a_list_of_items_that_is_not_the_packs_is_made_again(
    home: Path, log: Path, harm: str
) -> None:
    def asked() -> list[tuple[str, str | None]]:
        with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
            return [(status.item, status.concept) for status in desk.log.statuses()]

    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        desk.log.append_review(draft("gone/a"))
    right = asked()
    assert set(found(home)) == {"orphan_items", "no_backup"}  # control
    run(log, harm)
    assert asked() != right
    remake_caches(home, NOW)
    assert asked() == right
    assert set(found(home)) == {"orphan_items", "no_backup"}


# --- indexes and triggers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("harm", "name"),
    first_row_quick(
        [
            ("DROP INDEX events_by_time", "events_by_time"),
            ("DROP INDEX items_by_due", "items_by_due"),
            ("DROP INDEX items_new; CREATE INDEX items_new ON items(pack)", "items_new"),
            ("DROP TRIGGER events_are_never_changed", "events_are_never_changed"),
        ]
    ),
)
def test_an_index_or_trigger_that_is_missing_or_other_is_made_again_at_the_next_start(
    filled: Path, log: Path, harm: str, name: str
) -> None:
    def text() -> list[tuple[object, ...]]:
        connection = apsw.Connection(str(log))
        rows = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = ?", (name,)
        ).fetchall()
        connection.close()
        return rows

    wanted, right = text(), ids(log)
    run(log, harm)
    assert text() != wanted
    assert found(filled) == {}
    ReviewLog.open(log).close()
    assert found(filled) == {}
    assert (text(), ids(log)) == (wanted, right)


@pytest.mark.parametrize("table", first_quick(["meta", "names", "events"]))
def test_a_log_without_a_table_is_damaged_and_can_be_recovered(
    filled: Path, log: Path, folder: Path, table: str
) -> None:
    wanted, right = ids(log), states(log)
    run(log, f"DROP TABLE {table}")
    finding = found(filled)["log_damaged"]
    assert f"no table {table}" in finding.message.text("en")
    assert finding.repairs[0] is Repair.RECOVER
    recover(log, folder, NOW)
    assert (ids(log), states(log)) == (wanted, right)


@pytest.mark.parametrize(
    ("byte", "bit"),
    first_row_quick(
        [
            (62, 1),  # a version that would be a newer one
            (63, 0),  # an older one
            (70, 3),  # another program's mark
            (18, 2),  # a format that SQLite only reads
            (47, 6),  # one that it does not know
        ]
    ),
)
def test_a_bit_of_the_header_is_damage_and_no_other_programs_file(
    filled: Path, log: Path, folder: Path, byte: int, bit: int
) -> None:
    right = ids(log), states(log)
    whole = bytearray(log.read_bytes())
    whole[byte] ^= 1 << bit
    log.write_bytes(whole)
    with refused(Fault.DAMAGED):
        ReviewLog.open(log)
    assert found(filled)["log_damaged"].repairs[0] is Repair.RECOVER
    recover(log, folder, NOW)
    assert (ids(log), states(log)) == right


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX")
@pytest.mark.parametrize("end", first_quick(["", "-wal", "-journal", "-shm"]))
def test_a_device_in_the_place_of_the_log_or_its_journal_is_told(
    filled: Path, log: Path, end: str
) -> None:
    """A pipe would be waited for, and /dev/zero copied till the disk is full."""
    odd = log.with_name(log.name + end)
    odd.unlink(missing_ok=True)
    odd.symlink_to("/dev/null")
    with refused(Fault.NOT_A_FILE) as error:
        ReviewLog.open(log)
    assert error.value.fields["path"] == odd
    finding = found(filled)["log_unreadable"]
    assert (str(odd) in finding.message.text("en"), finding.repairs) == (True, ())


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_is_waited_for_by_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "reviews.db")
    with refused(Fault.NOT_A_FILE):
        refuse_special(tmp_path / "reviews.db")
    refuse_special(tmp_path)
    (tmp_path / "log-wal").mkdir()
    with refused(Fault.NOT_A_FILE):
        refuse_special(tmp_path / "log", ("", "-wal"))
    refuse_special(tmp_path / "none")
    assert not is_older(tmp_path / "reviews.db")


# --- the library --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "harm",
    first_quick(
        [
            "DROP TABLE concepts",
            "DROP TABLE item_claims",
            "PRAGMA user_version = 2",
            "DROP INDEX item_claims_by_item",
        ]
    ),
)
def test_a_library_of_another_layout_or_without_its_parts_is_made_again(
    home: Path, harm: str
) -> None:
    def listed() -> list[object]:
        with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
            return [*desk.library.listed("deep-learning-notes")]

    right = listed()
    run(home / "library.db", harm)
    assert found(home) == {}
    assert listed() == right


_NEWER = "ALTER TABLE claims ADD COLUMN weather TEXT; PRAGMA {} = 99"


@pytest.mark.parametrize(
    "harm", first_quick([_NEWER.format("user_version"), _NEWER.format("application_id")])
)
def test_a_library_that_is_another_programs_is_told(home: Path, harm: str) -> None:
    Desk.open(home, MACHINE_CLOCK).close()
    assert found(home) == {}  # control
    run(home / "library.db", harm)
    [finding] = found(home).values()
    assert (finding.code, finding.severity) == ("library_unreadable", FindingSeverity.ERROR)
    assert str(home / "library.db") in finding.message.text("ko")
    assert finding.remedy.text("ko") != finding.remedy.text("en")


# --- what is left of packs that are gone --------------------------------------------------------


def test_what_is_left_of_packs_that_are_not_installed_is_counted(home: Path) -> None:
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        here = desk.library.listed("deep-learning-notes")[0].item
        for item in ("gone/a", "gone/a", "gone/b", here):
            desk.log.append_review(draft(item))
        for item in ("gone/b", "gone/c", here):
            set_suspended(desk.log, item, True, NOON)
            set_flag(desk.log, item, True, NOON)
        bury_item(desk.log, "gone/a", NOW + DAY, NOON)
        bury_item(desk.log, "gone/d", NOW - DAY, NOON)  # is over
    (home / "settings.toml").write_text("[packs.gone]\nlearning_steps_minutes = [3]\n", "utf-8")
    told = found(home)
    counted = told["orphan_items"].message.fields
    assert (counted["n"], counted["reviews"], counted["few"]) == (
        4,
        3,
        "gone/a, gone/b, gone/c, ...",
    )
    assert told["orphan_marks"].message.fields == {"suspended": 2, "flagged": 2, "buried": 1}
    remedy = told["settings_of_no_pack"].remedy.text("en")
    assert "studytool config learning_steps_minutes default --pack gone" in remedy
    done = studytool(home, "config", "learning_steps_minutes", "default", "--pack", "gone")
    assert done.returncode == 0, done.stderr
    assert "settings_of_no_pack" not in found(home)
    assert {finding.severity for finding in found(home).values()} == {FindingSeverity.INFO}


def test_without_any_pack_nothing_is_said_of_lost_ones(home: Path, log: Path) -> None:
    fill(log)
    (home / "settings.toml").write_text("[packs.gone]\ndesired_retention = 0.8\n", "utf-8")
    Library.open(home / "library.db").close()
    assert set(found(home)) == {"no_backup"}


# --- the memory model's parameters, by the command ----------------------------------------------


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("parameters = [0.5]\n", "FSRS-6 needs 21 of them, not 1"),
        ('memory_model = "leitner"\nparameters = [3.0]\n', "w0 = 3.0: it must be 0–1"),
    ],
)
def test_parameters_that_are_not_the_models_are_found(home: Path, settings: str, why: str) -> None:
    (home / "settings.toml").write_text(f'language = "en"\n{settings}', "utf-8")
    doctor = studytool(home, "doctor", "--json")
    [finding] = json.loads(doctor.stdout)["findings"]
    assert (doctor.returncode, finding["code"]) == (1, "parameters_wrong")
    assert why in finding["message"]
    assert studytool(home, "config", "parameters", "default").returncode == 0  # as it says
    assert studytool(home, "doctor").returncode == 0


@pytest.mark.parametrize("text", ["{", '{"memory_model": "fsrs-6", "parameters": [1]}'])
def test_former_parameters_that_cannot_be_read_are_found(home: Path, text: str) -> None:
    (home / "settings.toml").write_text('language = "en"\n', "utf-8")
    former = home / "former_parameters.json"
    former.write_text(text, "utf-8")
    doctor = studytool(home, "doctor", "--json")
    [finding] = json.loads(doctor.stdout)["findings"]
    assert (doctor.returncode, finding["code"]) == (1, "former_parameters_unreadable")
    assert "delete it" in finding["remedy"]
    former.unlink()
    assert studytool(home, "doctor").returncode == 0


# --- events whose contents are gone -------------------------------------------------------------


def rot(log: Path, old: bytes, new: bytes) -> None:
    """Change bytes of a row in its page: to SQLite the file is as sound as before."""
    whole = log.read_bytes()
    assert old in whole
    assert len(old) == len(new)
    log.write_bytes(whole.replace(old, new))


def overwrite(log: Path, change: str) -> None:
    """Change a number of a row, past the trigger that guards it."""
    connection = apsw.Connection(str(log))
    [(trigger,)] = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'events_are_never_changed'"
    ).fetchall()
    connection.execute(f"DROP TRIGGER events_are_never_changed; UPDATE events {change}; {trigger}")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "lost"),
    first_row_quick(
        [
            (lambda log: rot(log, b'{"days":9}', b'{"days"#9}'), 1),
            (lambda log: rot(log, b'"until_ms"', b'"until_me"'), 1),
            (lambda log: rot(log, b"512.0,128.0]", b"512.0;128.0]"), 8),
            (lambda log: rot(log, b'["fan_in","n"]', b'["fan_in";"n"]'), 8),
            (lambda log: overwrite(log, "SET rating = 21 WHERE seq = 2"), 1),
            (lambda log: overwrite(log, "SET outcome = 1 WHERE seq = 2"), 1),
            (lambda log: overwrite(log, "SET item = NULL WHERE seq = 2"), 1),
            (lambda log: overwrite(log, "SET time_ms = 1 << 60 WHERE seq = 2"), 1),
            (lambda log: overwrite(log, "SET target = NULL WHERE target IS NOT NULL"), 1),
        ]
    ),
    ids=["days", "until", "numbers", "their names", "rating", "outcome", "item", "time", "target"],
)
@pytest.mark.parametrize("with_backup", first_quick([True, False]), ids=["a backup", "no backup"])
def test_an_event_that_cannot_be_read_is_found_and_taken_from_the_backup(
    home: Path,
    log: Path,
    folder: Path,
    harm: Callable[[Path], None],
    lost: int,
    *,
    with_backup: bool,
) -> None:
    fill(log, 8)
    with ReviewLog.open(log) as opened:
        take_vacation(opened, 9, NOON + 60 * DAY)
        bury_item(opened, "pack/1", NOON + 70 * DAY, NOON + 61 * DAY)
        set_flag(opened, "pack/1", True, NOON + 61 * DAY)
        opened.undo(NOON + 62 * DAY)
    if with_backup:
        take(log, folder, NOON)
    wanted, right = events(log), states(log)
    assert not {"events_damaged", "log_damaged"} & set(found(home))  # control
    harm(log)
    finding = found(home)["events_damaged"]
    fields = finding.message.fields
    assert (fields["n"], fields["names"]) in {(lost, 0), (0, 1)}
    assert finding.repairs[0] is Repair.RECOVER
    saved = recover(log, folder, NOW)
    kept = events(log)
    if with_backup:
        assert (kept, states(log), saved.unreadable) == (wanted, right, 0)
    else:
        assert len(kept) == len(wanted) - lost
        assert all(event in wanted for event in kept)
        assert saved.unreadable == lost
        assert found(home)["events_lost"].message.fields["n"] == lost
    assert not [one for one in found(home).values() if one.severity is not FindingSeverity.INFO]


def test_what_was_taken_back_is_no_orphan(home: Path) -> None:
    """Of an import by mistake, or a retraction, nothing is left to move to another item."""
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        desk.log.append_review(draft("gone/a"))
        desk.log.append_review(draft("gone/b", time=NOON + DAY))
        desk.log.retract(NOON + 2 * DAY, since=NOON + DAY)
    fields = found(home)["orphan_items"].message.fields
    assert (fields["n"], fields["reviews"], fields["few"]) == (1, 1, "gone/a")
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        desk.log.retract(NOON + 2 * DAY)
    assert "orphan_items" not in found(home)


def test_reviews_that_undo_took_back_are_not_counted(home: Path, log: Path) -> None:
    """As the statistics count; also before the log has found what was retracted."""
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        for item in ("gone/a", "gone/a", "gone/b"):
            desk.log.append_review(draft(item))
        for _ in range(2):
            desk.log.undo(NOW)
    fields = found(home)["orphan_items"].message.fields
    assert (fields["n"], fields["reviews"], fields["few"]) == (1, 1, "gone/a")
    run(log, "DROP TABLE retracted")
    assert found(home)["orphan_items"].message.fields == fields
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        desk.log.undo(NOW)
    assert "orphan_items" not in found(home)


# --- a clock that was behind ----------------------------------------------------------------------


def _write_at(home: Path, *times: datetime) -> None:
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        here = desk.library.listed("deep-learning-notes")[0].item
        for time in times:
            desk.log.append_review(draft(here, time=time))


@pytest.mark.parametrize(
    ("times", "n"),
    [
        ([NOON, NOON + DAY], 0),
        ([NOON, NOON - 2 * DAY], 0),  # a journey, or the clock put right
        ([NOON, NOON - 4 * DAY], 1),
        ([NOON, NOON - 9000 * DAY, NOON - 8999 * DAY], 2),  # an empty battery
        ([NOW + 900 * DAY, NOON, NOON + DAY], 0),  # the first was ahead
    ],
)
def test_events_dated_before_the_first_are_named(home: Path, times: list[datetime], n: int) -> None:
    _write_at(home, *times)
    told = found(home).get("reviews_before_first")
    assert (0 if told is None else told.message.fields["n"]) == n
    assert told is None or told.severity is FindingSeverity.INFO


def test_its_remedy_takes_them_back_and_nothing_else(home: Path) -> None:
    _write_at(home, NOON, NOON - 9000 * DAY, NOON + DAY)
    remedy = found(home)["reviews_before_first"].remedy
    for language in ("ko", "en"):
        assert "studytool log retract --device" in remedy.text(language)
    fields = remedy.fields
    words = ("log", "retract", "--device", str(fields["device"]), "--until", str(fields["until"]))
    assert "1" in studytool(home, *words).stdout
    assert "reviews_before_first" not in found(home)
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        here = desk.library.listed("deep-learning-notes")[0].item
        assert desk.log.state(here).reps == 2
