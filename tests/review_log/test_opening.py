"""Opening a log whose file another program has altered within what can be made again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studytool.review_log.as_made import damaged_keys
from studytool.review_log.database import Database
from studytool.review_log.events import SettingChange
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.log import ReviewLog
from studytool.review_log.schema import APPLICATION, PARTS, VERSION
from studytool.sqlite.connection import new_database
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from tests.review_log.deeds import set_flag, take_vacation
from tests.review_log.drafts import DAY, NOON, draft


def _written(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft())


def _schema(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as raw:
        return dict(raw.execute("SELECT name, sql FROM sqlite_schema"))


def test_a_file_without_a_journal_ahead_gets_one_again(path: Path) -> None:
    _written(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    ReviewLog.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_new_file_says_whose_it_is_and_is_durable(path: Path) -> None:
    _written(path)
    with closing(Database(path)) as db:
        settings = ("journal_mode", "synchronous", "fullfsync", "application_id", "user_version")
        found = [db.rows(f"PRAGMA {name}")[0][0] for name in settings]
    assert found == ["wal", 2, 1, APPLICATION, VERSION]


def test_a_new_file_is_of_this_version(path: Path) -> None:
    _written(path)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)


@pytest.mark.parametrize("name", sorted(PARTS))
def test_an_index_or_trigger_that_was_altered_is_made_again(path: Path, name: str) -> None:
    _written(path)
    kind, table = PARTS[name].split()[1], "events"
    other = (
        f"CREATE INDEX {name} ON {table} (seq)"
        if kind == "INDEX"
        else f"CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN SELECT 1; END"
    )
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"DROP {kind} {name}")
        raw.execute(other)
        raw.commit()
    ReviewLog.open(path).close()
    assert _schema(path)[name] == PARTS[name]


def test_a_fold_made_anew_stays_under_the_policy_in_force(path: Path) -> None:
    policy = Policy(desired_retention=0.8, fuzz=False)
    with ReviewLog.open(path, policy=policy) as log:
        log.append_review(draft(rating=Rating.EASY))
    with closing(Database(path)) as db:
        before = db.rows("SELECT * FROM items"), db.rows(_META)
        FoldCache(db, Policy()).rebuild()
        after = db.rows("SELECT * FROM items"), db.rows(_META)
    assert after == before
    assert any(str(value).endswith(policy.to_json()) for _, value in after[1])


@pytest.mark.parametrize("damage", [
    "UPDATE items SET reps = 9, stage = 2, due_ms = 5, last_ms = 5 WHERE listed = 0",
    "UPDATE items SET reps = 9, stage = 2, due_ms = 5, last_ms = 5, flagged = 1",
    "DELETE FROM vacations",
    "DELETE FROM mature_reviews",
    "UPDATE meta SET value = 0 WHERE key = 'folded_seq'",
])  # fmt: skip
def test_a_fold_made_anew_is_as_the_events_say(path: Path, damage: str) -> None:
    with ReviewLog.open(path) as log:
        log.register("pack", [("pack/one", "a", 0), ("pack/new", "a", 1)])
        for day in range(0, 60, 20):
            log.append_review(draft(rating=Rating.EASY, time=NOON + day * DAY))
        take_vacation(log, 3, NOON + 61 * DAY)
        set_flag(log, "pack/two", True, NOON)
    tables = ("items", "vacations", "mature_reviews", "meta WHERE key <> 'roots'")
    with closing(Database(path)) as db:
        before = [db.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
        with db.writing():
            db.rows(damage)
        assert [db.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables] != before
        FoldCache(db, Policy()).rebuild()
        assert [db.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables] == before


_META = "SELECT * FROM meta WHERE key <> 'roots' ORDER BY key"
_OWN_VALUES = ("device", "folded_seq", "learner", "place", "policy", "settings_seen", "shared_seq")


@pytest.mark.parametrize("value", [
    "CAST(x'7ae1' || CAST(value AS BLOB) AS TEXT)",  # no text any more
    "x'e1e1'",
    "-1.5",
    "char(27) || '['",
])  # fmt: skip
def test_what_the_file_keeps_of_itself_is_made_again_where_it_was_altered(
    path: Path, value: str
) -> None:
    with ReviewLog.open(path) as log:
        log.register("pack", [("pack/one", "a", 0), ("pack/new", "a", 1)], digest="d1")
        log.append_review(draft(rating=Rating.EASY))
        log.append(SettingChange, NOON, name="language", value="ko")
        log.note_seen({"language": "ko"})
        log.note_given(1, believed=["d9"])
        wanted = ([*log.memories()], log.shared_settings(), log.registrations())
    whole = path.read_bytes()
    for key in _OWN_VALUES:
        path.write_bytes(whole)
        with closing(sqlite3.connect(path)) as raw:
            done = raw.execute(f"UPDATE meta SET value = {value} WHERE key = ?", (key,))
            assert done.rowcount == 1, key
            raw.commit()
        with ReviewLog.open(path) as log:
            found = ([*log.memories()], log.shared_settings(), log.registrations())
            assert found == wanted, key
            assert (log.learner + log.device).isprintable(), key
            assert log.seen_settings() in ({"language": "ko"}, {}), key
            log.append_review(draft(rating=Rating.EASY, time=NOON + DAY))
        with closing(Database(path)) as db:
            assert not [*damaged_keys(db.connection)], key
            assert db.rows("PRAGMA integrity_check") == [("ok",)], key


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("device", ["a1"], ["a\n", 1, b"a1"]),
        ("learner", ["a1"], ["a\x7f", 0.5, None]),
        ("folded_seq", [0, 7], [-1, "7", 7.5, b"7"]),
        ("place", ["{}"], ["[]", "{", 1]),
        ("settings_seen", ['{"language": "ko"}'], ["null", "", 0]),
        ("shared_seq", ["0", "12"], ["", "-1", "1x", 12]),
        ("policy", ["7 {}"], []),
        ("part 3f", [1, "any"], []),
    ],
)
def test_a_value_that_no_program_wrote_is_told_by_its_key(
    key: str, good: list[object], bad: list[object]
) -> None:
    for value in (*good, *bad):
        connection = new_database()
        connection.execute("CREATE TABLE meta(key TEXT, value ANY) STRICT")
        connection.execute("INSERT INTO meta VALUES (?, ?)", (key, value))
        assert [*damaged_keys(connection)] == [key.encode()] * (value in bad), value


def test_a_copied_value_that_is_no_text_is_read_from_the_events(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.register("pack", [("pack/one", "a", 0)], digest="d1")
        log.append(SettingChange, NOON, name="language", value="ko")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE settings SET value = CAST(x'22e122' AS TEXT)")
        raw.execute("UPDATE packs SET digest = CAST(x'64e1' AS TEXT)")
        raw.commit()
    with ReviewLog.open(path) as log:
        assert log.shared_settings() == {"language": "ko"}
        assert log.registrations() != {"pack": "d1"}  # so the pack is listed anew


def test_a_table_whose_text_a_flipped_bit_has_ended_is_made_anew(path: Path) -> None:
    _written(path)
    with ReviewLog.open(path) as log:
        wanted = [*log.memories()]
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    whole = path.read_bytes()
    assert b"    days INTEGER" in whole
    path.write_bytes(whole.replace(b"    days INTEGER", b"    \xe4ays INTEGER"))
    with ReviewLog.open(path) as log:
        assert [*log.memories()] == wanted
        assert len([*log.events()]) == 1
        take_vacation(log, 3, NOON + DAY)
    with closing(Database(path)) as db:
        assert db.rows("PRAGMA integrity_check") == [("ok",)]
