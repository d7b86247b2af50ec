"""The doctor: what it finds in real files, and what its repairs save."""

import json
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import apsw
import pytest

from studytool.backups.taking import take
from studytool.clock import MACHINE_CLOCK
from studytool.doctor.examine import examine
from studytool.doctor.findings import Finding, FindingSeverity, Repair
from studytool.doctor.recover import recover
from studytool.doctor.repair import QUESTIONS, remake_caches, repair
from studytool.errors import StateError
from studytool.review_log.log import ReviewLog
from studytool.session.desk import Desk
from tests.backups.logs import events, fill, ids, leftovers, names, states
from tests.cases import first_quick, first_row_quick
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.fresh_fold import differing_rows

NOW = NOON + 400 * DAY
PAGE = 4096


def codes(home: Path, now: datetime = NOW) -> list[str]:
    found = examine(home, now)
    for finding in found:
        for language in ("ko", "en"):
            assert finding.message.text(language)
            assert finding.remedy.text(language)
    return [finding.code for finding in found]


def one(home: Path) -> Finding:
    [finding] = [f for f in examine(home, NOW) if f.severity is not FindingSeverity.INFO]
    return finding


def root_page(log: Path, name: str) -> int:
    connection = apsw.Connection(str(log))
    sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
    root: int = connection.execute(sql, (name,)).get
    connection.close()
    return root


def spoil(log: Path, page: int) -> None:
    whole = log.read_bytes()
    log.write_bytes(whole[: (page - 1) * PAGE] + b"\xff" * PAGE + whole[page * PAGE :])


def leaf_pages(log: Path, table: str) -> list[int]:
    """Leaves of a table, found by the reference of its root: all interior cells' children."""
    whole = log.read_bytes()

    def below(page: int) -> list[int]:
        at = (page - 1) * PAGE
        if whole[at] == 0x0D:
            return [page]
        n = int.from_bytes(whole[at + 3 : at + 5], "big")
        cells = [int.from_bytes(whole[at + 12 + 2 * k : at + 14 + 2 * k], "big") for k in range(n)]
        children = [int.from_bytes(whole[at + c : at + c + 4], "big") for c in cells]
        last = int.from_bytes(whole[at + 8 : at + 12], "big")
        return [leaf for child in [*children, last] for leaf in below(child)]

    return below(root_page(log, table))


# --- what it finds ------------------------------------------------------------------------------


def test_a_home_in_order(home: Path, log: Path, folder: Path) -> None:
    assert codes(home) == []  # before the first start
    Desk.open(home, MACHINE_CLOCK).close()
    assert codes(home) == []
    fill(log)
    take(log, folder, NOON)
    assert codes(home) == ["orphan_items"]  # the pack of these reviews is not installed
    assert examine(home, NOW)[0].severity is FindingSeverity.INFO


def test_looking_changes_nothing(home: Path, log: Path, folder: Path) -> None:
    fill(log, 60)
    take(log, folder, NOON)
    files = [log, *folder.glob("*.db")]
    spoil(log, root_page(log, "events_by_time"))
    before = [path.read_bytes() for path in files]
    examine(home, NOW)
    assert [path.read_bytes() for path in files] == before


def test_no_backup_yet(home: Path, log: Path) -> None:
    fill(log)
    assert codes(home) == ["no_backup"]


def test_a_bad_backup(home: Path, log: Path, folder: Path) -> None:
    fill(log)
    take(log, folder, NOON)
    bad = take(log, folder, NOON + DAY).backup.path
    bad.write_bytes(bad.read_bytes()[:5000])
    assert codes(home) == ["backup_unreadable"]
    assert bad.name in one(home).message.text("en")


def test_settings(home: Path) -> None:
    (home / "settings.toml").write_text("new_per_day = -1", "utf-8")
    assert codes(home) == ["settings_unreadable"]
    assert "new_per_day" in one(home).message.text("ko")


@pytest.mark.parametrize("place", first_quick([0, PAGE, 40 * PAGE]))
def test_a_damaged_library(home: Path, place: int) -> None:
    Desk.open(home, MACHINE_CLOCK).close()
    path = home / "library.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:place] + b"\xff" * PAGE + whole[place + PAGE :])
    assert codes(home) == []  # it can be made again
    for _ in range(2):  # a start that meets the damage says so, and the next one makes it again
        with suppress(StateError), closing(Desk.open(home, MACHINE_CLOCK)) as desk:
            items = [one.item for one in desk.library.listed("deep-learning-notes")]
            assert [desk.library.item(item).id for item in items]
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        items = [one.item for one in desk.library.listed("deep-learning-notes")]
        assert len([desk.library.item(item) for item in items]) > 50


def test_reviews_in_the_future(home: Path, log: Path, folder: Path) -> None:
    fill(log, 5)  # the last at NOON + 1 day
    take(log, folder, NOON)
    assert codes(home, NOON + DAY) == []
    assert codes(home, NOON) == ["reviews_in_future"]


def test_a_log_that_is_gone(home: Path, log: Path, folder: Path) -> None:
    wanted = fill(log)
    take(log, folder, NOON)
    log.unlink()
    assert one(home).code == "log_missing"
    phrase, fields = repair(Repair.RESTORE, home, NOW)
    assert "None" not in phrase.text("en", **fields)
    assert ids(log) == wanted
    assert codes(home) == []


@pytest.mark.parametrize(
    "harm",
    first_quick(
        [
            "UPDATE items SET stability = stability + 1e-12 WHERE item = (SELECT max(item) FROM items)",
            "UPDATE items SET due_ms = due_ms + 1",
            "DELETE FROM items WHERE stage = 2",
            "DELETE FROM mature_reviews",
            "INSERT INTO mature_reviews VALUES (1, 1, 1, 0.5)",
        ]
    ),
)
def test_a_fold_that_differs_in_the_last_bit_is_made_again(
    home: Path, log: Path, folder: Path, harm: str
) -> None:
    fill(log, 200)
    take(log, folder, NOON)
    right = states(log)
    assert codes(home) == []  # control
    connection = apsw.Connection(str(log))
    connection.execute(harm)
    assert connection.changes()
    connection.close()
    assert differing_rows(log)
    assert codes(home) == []  # what can be made again is no finding
    remake_caches(home, NOW)
    assert differing_rows(log) == 0
    assert codes(home) == []
    assert states(log) == right


@pytest.mark.parametrize("index", ["events_by_time", "events_by_item", "items_by_due"])
def test_an_index_that_disagrees_is_made_again(
    home: Path, log: Path, folder: Path, index: str
) -> None:
    wanted = fill(log, 60)
    take(log, folder, NOON)
    connection = apsw.Connection(str(log))
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
    connection.execute("PRAGMA writable_schema = ON")
    sql = "UPDATE sqlite_schema SET rootpage = ? WHERE name = ?"  # an empty index in its place
    connection.execute("CREATE INDEX other ON names(name) WHERE code < 0")
    connection.execute(sql, (root_page(log, "other"), index))
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'other'")
    connection.close()
    assert (one(home).code, one(home).repairs[0]) == ("log_damaged", Repair.RECOVER)
    repair(Repair.RECOVER, home, NOW)
    assert ids(log) == wanted
    assert codes(home) == ["replaced_unreadable"]


def test_a_name_that_was_written_twice_beside_a_damaged_index(home: Path, log: Path) -> None:
    """No index of it can be made again: the log is made anew, with all that was answered."""
    wanted = fill(log, 6)
    data, name = bytearray(log.read_bytes()), b"pack/3"
    assert data.count(name) == 2  # in the table, and behind it in its index
    data[data.rindex(name) + 5] ^= 1
    log.write_bytes(data)
    with ReviewLog.open(log) as opened:
        wanted.append(opened.append_review(draft("pack/3", time=NOON + 5 * DAY)).id)
    assert one(home).code == "log_damaged"
    done = run_program("doctor", "--repair", "--yes", "--json", home=home)
    assert [(one["repair"], one["done"]) for one in json.loads(done.stdout)["repairs"]] == [
        ("recover", True)
    ]
    assert done.returncode == 0
    assert ids(log) == wanted
    assert one_or_none(home) is None
    with ReviewLog.open(log) as opened:
        assert opened.state("pack/3").reps == 2


def one_or_none(home: Path) -> Finding | None:
    return next((f for f in examine(home, NOW) if f.severity is not FindingSeverity.INFO), None)


# --- recovering ---------------------------------------------------------------------------------


def _header(log: Path) -> None:
    log.write_bytes(b"\xa5" * 100 + log.read_bytes()[100:])


def _cut(log: Path) -> None:
    whole = log.read_bytes()
    log.write_bytes(whole[: len(whole) * 7 // 8])


def _left_by_cut(log: Path) -> int:
    """Count the events on pages before the cut: how many cells SQLite says that each leaf has."""
    whole = log.read_bytes()
    left = [at for page in leaf_pages(log, "events") if (at := (page - 1) * PAGE) + PAGE <= len(whole) * 7 // 8]  # fmt: skip
    return sum(int.from_bytes(whole[at + 3 : at + 5], "big") for at in left)


def _event_pages(log: Path) -> None:
    for page in leaf_pages(log, "events")[2:4]:
        spoil(log, page)


def _page(name: str) -> Callable[[Path], None]:
    return lambda log: spoil(log, root_page(log, name))


@pytest.mark.parametrize("with_backup", first_quick([True, False]), ids=["a backup", "no backup"])
@pytest.mark.parametrize(
    (
        "harm",
        "least",
    ),  # how many of the 300 reviews must be saved without a backup; None: what is left
    first_row_quick(
        [
            pytest.param(_header, 300, id="the header"),
            pytest.param(_page("events_by_time"), 300, id="an index"),
            pytest.param(_page("events"), 300, id="the root of the events"),
            pytest.param(_page("names"), 300, id="the words"),
            pytest.param(_page("items"), 300, id="the fold"),
            pytest.param(_page("meta"), 300, id="the log's own name"),
            pytest.param(_event_pages, 200, id="pages of events"),
            pytest.param(_cut, None, id="the last eighth"),
        ]
    ),
)
def test_recover(
    home: Path,
    log: Path,
    folder: Path,
    harm: Callable[[Path], None],
    least: int | None,
    *,
    with_backup: bool,
) -> None:
    early = fill(log, 100)
    if with_backup:
        take(log, folder, NOON)
    fill(log, 200, first=100)
    right, everything = states(log), events(log)
    least = _left_by_cut(log) if least is None else least
    assert least
    harm(log)
    harmed = log.read_bytes()
    assert one(home).repairs

    done = recover(log, folder, NOW)
    saved = events(log)
    assert (done.events, done.from_backup) == (len(saved), 100 if with_backup else 0)
    assert least <= len(saved)
    assert all(event in everything for event in saved)  # nothing is made up
    assert not with_backup or {event.id for event in saved} >= set(early)
    assert least < 300 or (saved, states(log)) == (everything, right)
    assert one_or_none(home) is None
    assert done.replaced is not None
    assert done.replaced.path.read_bytes() == harmed
    assert leftovers(folder) == []
    fill(log, 1, first=300)


def test_recover_reads_the_journal_up_to_its_last_commit(log: Path, folder: Path) -> None:
    fill(log, 30)  # in the file; what follows is in the journal, too little for a new header
    with ReviewLog.open(log) as opened:
        for k in range(2):
            opened.append_review(draft(f"pack/{k}", time=NOON + k * DAY))
        whole, journal = log.read_bytes(), log.with_name("reviews.db-wal").read_bytes()
    wanted = events(log)
    log.write_bytes(b"\xa5" * 100 + whole[100:])
    torn = journal + journal[-4120:] + b"\xa5" * 3000
    log.with_name("reviews.db-wal").write_bytes(torn)
    done = recover(log, folder, NOW)
    assert events(log) == wanted
    assert done.replaced is not None
    aside = done.replaced.path.with_name(done.replaced.path.name + "-wal")
    assert aside.read_bytes() == torn
    with ReviewLog.open(log) as opened:  # the next reviews are of the same learner and device
        assert (opened.learner, opened.device) == (wanted[-1].learner, wanted[-1].device)


def test_long_answers_on_overflow_pages_are_saved(log: Path, folder: Path) -> None:
    answers = ["짧다", "가" * 5000, "x" * 4040, "y" * 4061, "z" * 4062, "é" * 30_000]
    with ReviewLog.open(log) as opened:
        for k, answer in enumerate(answers):
            given = draft(f"pack/{k}", time=NOON + k * DAY)
            opened.append_review(replace(given, answer=answer))
    wanted = events(log)
    log.write_bytes(b"\xa5" * 100 + log.read_bytes()[100:])
    assert recover(log, folder, NOW).events == len(answers)
    assert events(log) == wanted


def test_undo_is_saved_too(log: Path, folder: Path) -> None:
    fill(log)
    with ReviewLog.open(log) as opened:
        opened.undo(NOON + 9 * DAY)
    right, wanted = states(log), ids(log)
    log.write_bytes(b"\xa5" * 100 + log.read_bytes()[100:])
    recover(log, folder, NOW)
    assert (states(log), ids(log)) == (right, wanted)


def test_where_nothing_can_be_read_nothing_is_changed(log: Path, folder: Path) -> None:
    fill(log)
    noise = b"\xa5" * 50_000
    log.write_bytes(noise)
    with pytest.raises(StateError):
        recover(log, folder, NOW)
    assert log.read_bytes() == noise
    assert (names(folder), leftovers(folder)) == ([], [])


def test_every_repair_has_its_question() -> None:
    assert set(QUESTIONS) == set(Repair)


# --- the commands -------------------------------------------------------------------------------


def studytool(home: Path, *arguments: str, typed: str = "") -> CompletedProcess[str]:
    return run_program(*arguments, home=home, typed=typed)


def test_doctor_finds_asks_and_repairs(home: Path, log: Path) -> None:
    (home / "settings.toml").write_text('language = "en"\n', "utf-8")
    fill(log, 60)
    assert studytool(home, "backup").returncode == 0
    log.write_bytes(b"\xa5" * 100 + log.read_bytes()[100:])
    harmed = log.read_bytes()

    found = studytool(home, "doctor", "--json")
    assert (found.returncode, found.stderr) == (1, "")
    [finding] = json.loads(found.stdout)["findings"]
    assert set(finding) == {"code", "severity", "message", "remedy", "repairable"}
    assert (finding["code"], finding["severity"], finding["repairable"]) == (
        "log_damaged",
        "error",
        True,
    )

    declined = studytool(home, "doctor", "--repair", typed="n\nn\n")
    assert declined.returncode == 1
    assert "Keep the damaged log in" in declined.stderr
    assert log.read_bytes() == harmed

    repaired = studytool(home, "doctor", "--repair", "--json", typed="y\n")
    assert repaired.returncode == 0, repaired.stderr
    told = json.loads(repaired.stdout)
    assert told["healthy"] is True
    assert [(one["repair"], one["done"]) for one in told["repairs"]] == [("recover", True)]
    assert [finding["code"] for finding in told["findings"]] == ["replaced_unreadable"]
    assert len(ids(log)) == 60


def test_doctor_repair_computes_the_memories_anew_without_asking(
    home: Path, log: Path, folder: Path
) -> None:
    fill(log, 60)
    take(log, folder, NOON)
    with closing(apsw.Connection(str(log))) as connection:
        connection.execute("UPDATE items SET due_ms = due_ms + 1")
    seen = studytool(home, "doctor")
    assert seen.returncode == 0
    assert differing_rows(log)  # to look changes nothing
    repaired = studytool(home, "doctor", "--repair", "--json")
    assert (repaired.returncode, repaired.stderr) == (0, "")
    assert json.loads(repaired.stdout)["repairs"] == []
    assert differing_rows(log) == 0


def test_backup_and_restore_by_command(home: Path, log: Path) -> None:
    assert studytool(home, "backup").returncode == 2  # nothing to back up
    assert studytool(home, "restore", "--yes").returncode == 2  # nothing to restore
    early = fill(log)
    made = json.loads(studytool(home, "backup", "--json").stdout)
    assert set(made) == {"name", "path", "events", "bytes", "deleted", "spared"}
    fill(log, 3, first=5)
    listed = json.loads(studytool(home, "backup", "--list", "--json").stdout)
    [only] = listed["backups"]
    assert set(only) == {"name", "kind", "taken", "events", "bytes", "holds_more"}

    for typed in ("n\n", ""):
        declined = studytool(home, "restore", typed=typed)
        assert declined.returncode == 2
        assert made["name"] in declined.stderr  # it lists them
        assert "--yes" in declined.stderr
        assert len(ids(log)) == 8
    done = studytool(home, "restore", made["name"], "--json", typed="y\n")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["events"], ids(log)) == (5, early)
    back = studytool(home, "restore", told["replaced"], "--yes")
    assert back.returncode == 0, back.stderr
    assert len(ids(log)) == 8


def test_a_plain_sitting_leaves_a_backup_and_says_when_it_cannot(home: Path, log: Path) -> None:
    result = studytool(home, "study", "--plain", "--lang", "en", "--limit", "1", typed="s\n\ns\n\n")
    assert (result.returncode, result.stderr) == (0, "")
    assert len(names(home / "backups")) == 1
    assert ids(home / "backups" / names(home / "backups")[0]) == ids(log)

    for path in (home / "backups").iterdir():
        path.unlink()
    (home / "backups").rmdir()
    (home / "backups").write_text("in the way", "utf-8")
    result = studytool(home, "study", "--plain", "--limit", "1", typed="s\n\ns\n\n")
    assert result.returncode == 0
    assert result.stderr.count("the automatic backup was not made this time") == 1
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_a_doctor_of_today(home: Path) -> None:
    """By the real clock: a sitting of a moment ago is not in the future."""
    studytool(home, "study", "--plain", "--limit", "1", typed="s\n\ns\n\n")
    assert codes(home, datetime.now(UTC)) == []  # noqa: TID251 - the clock is what is tested
    assert studytool(home, "doctor").returncode == 0
