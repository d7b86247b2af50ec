"""Rows that are not as they were written: mended, or set aside and told, whatever they held."""

import json
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from studytool.errors import StateError
from studytool.review_log.damage import (
    DamagedEvent,
    damaged_names,
    damaged_places,
    read_damaged,
)
from studytool.review_log.database import Database
from studytool.review_log.event_ids import id_bytes, id_text, new_id
from studytool.review_log.events import Event, Review
from studytool.review_log.log import ReviewLog
from studytool.review_log.names import Coder
from studytool.review_log.rows import count_unreadable, insert_event
from studytool.review_log.schema import MADE_TABLES, PARTS, SET_ASIDE
from studytool.review_log.set_aside import check_events
from studytool.review_log.write_in_bulk import write_events
from studytool.sqlite.connection import connect
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.exchange.samples import EVENTS
from tests.review_log.drafts import HOUR, NOON, draft


@pytest.fixture
def truth(path: Path) -> list[Event]:
    """Make a log of four reviews, and return its events."""
    with ReviewLog.open(path) as log:
        log.register("pack", [("pack/one", "a", 0), ("pack/two", "b", 1)])
        for n, item in enumerate(("pack/one", "pack/two", "pack/one", "pack/two")):
            log.append_review(draft(item, Rating.GOOD, NOON + n * HOUR))
        return list(log.events())


def _harm(path: Path, table: str, change: str) -> None:
    """Change rows as no guard would let the program do."""
    with closing(apsw.Connection(str(path))) as connection:
        guard = f"{table}_are_never_changed"
        connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(f"UPDATE {table} SET {change}")
        connection.execute(PARTS[guard])


def _places(path: Path, **where: object) -> list[int]:
    with closing(connect(path, create=False)) as connection:
        return damaged_places(connection, **where)  # type: ignore[arg-type] # as a test gives them


@pytest.mark.parametrize("change", [
    "answer = '0/128' WHERE seq = 2",  # 1/128
    "time_ms = time_ms | (1 << 40) WHERE seq = 2 AND time_ms & (1 << 40) = 0",
    "duration_ms = 8001 WHERE seq = 2",
    "seed = 6 WHERE seq = 2",  # 7
    "seal = seal + iif(seal & 16, -16, 16) WHERE seq = 2",
])  # fmt: skip
def test_one_bit_is_put_back(path: Path, truth: list[Event], change: str) -> None:
    _harm(path, "events", change)
    with ReviewLog.open(path) as log:
        assert list(log.events()) == truth
        assert log.lost_events() == []
    assert _places(path) == []


@pytest.mark.parametrize(("change", "answer"), [
    ("answer = '3/129' WHERE seq = 2", "3/129"),
    ("answer = CAST(x'ff31' AS TEXT) WHERE seq = 2", {"hex": "ff31"}),  # no text any more
    ("answer = NULL WHERE seq = 2", None),
    ("seal = NULL WHERE seq = 2", "1/128"),
])  # fmt: skip
def test_more_is_set_aside_told_and_brought_back(
    path: Path, truth: list[Event], change: str, answer: object
) -> None:
    _harm(path, "events", change)
    assert _places(path) == [2]
    with ReviewLog.open(path) as log:
        assert list(log.events()) == [truth[0], *truth[2:]]
        [lost] = log.lost_events()
        assert (lost.place, str(lost)) == (2, truth[1].id)
        assert json.loads(lost.content).get("answer") == answer
        log.append_review(draft("pack/one", time=NOON + 9 * HOUR))  # it folds again
        assert log.state("pack/two").reps == 1
        assert log.absorb(truth) == 1  # from another device
        assert log.lost_events() == []
        assert {event.id for event in log.events()} > {event.id for event in truth}
        assert log.state("pack/two").reps == 2
    assert _places(path) == []


def test_an_event_that_comes_takes_the_place_of_its_damaged_one_and_of_no_other(
    path: Path, truth: list[Event]
) -> None:
    _harm(path, "events", "answer = '3/129' WHERE seq IN (2, 3)")
    with ReviewLog.open(path) as log:
        assert log.absorb(truth[:2]) == 1
        assert (log.twofold, log._db.rows("SELECT place FROM set_aside")) == ((), [(2,)])
        assert log.absorb(truth) == 1
        assert sorted(map(repr, log.events())) == sorted(map(repr, truth))


def test_figures_are_made_of_sound_reviews(path: Path, truth: list[Event]) -> None:
    _harm(path, "events", "answer = '3/129' WHERE seq = 2")
    with ReviewLog.open(path) as log:
        assert len(list(log.answers())) == len(truth) - 1


def test_to_look_at_some_events_says_nothing_of_the_others(path: Path, truth: list[Event]) -> None:
    _harm(path, "events", "answer = '3/129' WHERE seq IN (2, 3)")
    with closing(Database(path)) as db:
        check_events(db, among=[id_bytes(truth[1].id)])
        assert db.rows("SELECT place FROM set_aside") == [(2,)]
        check_events(db)
        assert db.rows("SELECT place FROM set_aside ORDER BY place") == [(2,), (3,)]


@pytest.mark.parametrize("seen", [True, False])
def test_a_seal_is_looked_at_once_by_each_program(
    path: Path, truth: list[Event], *, seen: bool
) -> None:
    with closing(Database(path)) as db:
        if seen:
            check_events(db)
        _harm(path, "events", "answer = '3/129' WHERE seq = 2")
        with db.writing():
            insert_event(db, replace(truth[0], id=id_text(bytes(16))), Coder(db))
        assert check_events(db) == (not seen)


def test_what_stands_in_the_place_of_what_was_undone_is_looked_at(path: Path) -> None:
    with ReviewLog.open(path) as log:
        with suppress(ZeroDivisionError), log.at_once():
            log.append_review(draft())
            assert log.state("pack/one").reps == 1
            raise ZeroDivisionError
        with ReviewLog.open(path) as other:
            other.append_review(draft())
        _harm(path, "events", "answer = '3/129'")
        assert list(log.events()) == []


def test_the_guards_stand_again_behind_what_was_set_aside(path: Path, truth: list[Event]) -> None:
    guards = "SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
    with closing(Database(path)) as db:
        before = db.rows(guards)
    _harm(path, "events", "answer = '3/129' WHERE seq = 2")
    _harm(path, "names", "name = 'pack/ooe' WHERE name = 'pack/one'")
    with ReviewLog.open(path) as log:
        assert len(list(log.events())) == len(truth) - 1
        assert log._db.rows(guards) == before
        for sql in ("DELETE FROM events", "DELETE FROM names"):
            with pytest.raises(apsw.ConstraintError):
                log._db.rows(sql)


def test_indexes_are_of_what_is_there_when_a_row_was_damaged(
    path: Path, truth: list[Event]
) -> None:
    """As on a disk: the row changes, and its entry in the index does not."""
    time_ms = to_ms(truth[1].time).to_bytes(6, "big")  # as the row has it, and its id
    whole, lost = path.read_bytes(), 0
    places = [at for at in range(len(whole)) if whole.startswith(time_ms, at)]
    assert len(places) >= 5  # there, and in the indexes of ids, times and items
    for at in places:
        path.write_bytes(whole[: at + 1] + bytes([whole[at + 1] ^ 6]) + whole[at + 2 :])
        with ReviewLog.open(path) as log:
            list(log.events())
            if log.lost_events():
                lost += 1
                assert log._db.rows("PRAGMA integrity_check") == [("ok",)]
    assert lost == 2


def test_an_id_that_is_none_is_lost_without_one(path: Path, truth: list[Event]) -> None:
    _harm(path, "events", "id = zeroblob(16), answer = '3/129' WHERE seq = 2")
    with ReviewLog.open(path) as log:
        assert list(log.events()) == [truth[0], *truth[2:]]
        [lost] = log.lost_events()
        assert (lost.place, str(lost) != truth[1].id) == (2, True)


@pytest.mark.parametrize(("value", "id_"), [
    ("x'0123456789abcdef0123456789abcdef'", "01234567-89ab-cdef-0123-456789abcdef"),
    ("x'0123456789abcdef'", None),  # not as long as an id
])  # fmt: skip
@pytest.mark.usefixtures("truth")
def test_what_is_read_of_an_id(path: Path, value: str, id_: str | None) -> None:
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("DROP TRIGGER events_are_never_changed")
        connection.execute(f"UPDATE events SET id = {value} WHERE seq = 2")
        read = read_damaged(connection, 2)
    assert read.id == (None if id_ is None else id_bytes(id_))
    assert json.loads(read.content)["answer"] == "1/128"


@pytest.mark.usefixtures("truth")
def test_a_row_that_is_not_found_has_nothing_to_read(path: Path) -> None:
    with closing(connect(path, create=False)) as connection:
        assert read_damaged(connection, 9) == DamagedEvent(9, None, "{}")


def test_what_is_lost_is_told_by_place(path: Path, truth: list[Event]) -> None:
    """Nothing before anything was set aside; an event whose id could not be read is lost as well."""
    with ReviewLog.open(path) as log:
        assert log.lost_events() == []
        with closing(apsw.Connection(str(path))) as connection:
            connection.execute(SET_ASIDE)
            sql = "INSERT INTO set_aside(place, id, content) VALUES (?, ?, ?)"
            here = id_bytes(truth[0].id)  # it is in the log: not lost
            for row in ((9, None, "{}"), (7, bytes(16), "[]"), (8, here, "{}")):
                connection.execute(sql, row)
        assert log.lost_events() == [
            DamagedEvent(7, bytes(16), "[]"),
            DamagedEvent(9, None, "{}"),
        ]


def test_events_whose_day_cannot_be_are_counted(path: Path, truth: list[Event]) -> None:
    """Of a file from before the events had days, none."""
    assert len(truth) == 4
    _harm(path, "events", "study_day = 3 WHERE seq IN (2, 3)")
    with closing(apsw.Connection(str(path))) as connection:
        for version, n in ((3, 2), (2, 2), (1, 0)):
            connection.execute(f"PRAGMA user_version = {version}")
            assert count_unreadable(connection) == n


def test_a_damaged_event_is_set_aside_though_the_act_that_met_it_fails(
    path: Path, truth: list[Event]
) -> None:
    with ReviewLog.open(path) as log:
        _harm(path, "events", "answer = '3/129' WHERE seq = 4")
        with pytest.raises(StateError):
            log.undo(NOON + 20 * HOUR)
        assert [lost.place for lost in log.lost_events()] == [4]
        assert log.undo(NOON + 20 * HOUR) == truth[2]


def test_the_first_event_is_looked_at_before_it_is_folded(path: Path, truth: list[Event]) -> None:
    assert len(truth) == 4
    _harm(path, "events", "answer = '3/129' WHERE seq = 1")
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'folded_seq'")
    with ReviewLog.open(path) as log:
        assert log.state("pack/one").reps == 1  # of two


def test_the_places_that_are_asked_for(path: Path, truth: list[Event]) -> None:
    assert _places(path) == []
    _harm(path, "events", "answer = '3/129' WHERE seq IN (1, 3, 4)")
    ids = [id_bytes(event.id) for event in truth]
    assert _places(path) == [1, 3, 4]
    assert _places(path, after=1) == [3, 4]
    assert _places(path, after=4) == []
    assert _places(path, among=ids[1:3]) == [3]
    assert _places(path, among=ids, after=3) == [4]
    assert _places(path, among=[]) == []
    _harm(path, "events", "answer = CAST(x'ff' AS TEXT) WHERE seq IN (1, 3)")
    assert _places(path) == [1, 3, 4]
    assert _places(path, among=[ids[0], ids[3]]) == [1, 4]


@pytest.mark.parametrize("change", [
    "name = 'pack/ond' WHERE name = 'pack/one'",  # d and e differ in one bit
    "seal = seal + iif(seal & 4, -4, 4) WHERE name = 'pack/two'",
    "name = 'gnod' WHERE name = 'good'",  # a name that is the same in every log
])  # fmt: skip
def test_names_are_mended_when_the_log_is_opened(
    path: Path, truth: list[Event], change: str
) -> None:
    _harm(path, "names", change)
    with closing(connect(path, create=False)) as connection:
        assert len(damaged_names(connection)) == 1
    with ReviewLog.open(path) as log:
        assert list(log.events()) == truth
        assert log.state("pack/one").reps == 2
    with closing(connect(path, create=False)) as connection:
        assert damaged_names(connection) == []
        assert list(connection.execute("PRAGMA integrity_check")) == [("ok",)]


def test_a_name_that_a_bit_of_the_file_changed_is_mended_beside_its_index(
    path: Path, truth: list[Event]
) -> None:
    """The index still has it as it was: the row and the index must be one again."""
    data = bytearray(path.read_bytes())
    data[data.index(b"pack/one") + 6] ^= 1  # the first is the row's
    path.write_bytes(data)
    with closing(connect(path, create=False)) as connection:
        assert len(damaged_names(connection)) == 1
    with ReviewLog.open(path) as log:
        assert list(log.events()) == truth
        log.append_review(draft("pack/one", Rating.GOOD, NOON + 9 * HOUR))
        assert log.state("pack/one").reps == 3
        assert log._db.rows("PRAGMA integrity_check") == [("ok",)]


def test_a_name_that_nothing_tells_is_refused(path: Path, truth: list[Event]) -> None:
    assert truth
    _harm(path, "names", "name = 'what' WHERE name = 'pack/one'")
    with pytest.raises(StateError, match="checksums of 1 of its names"):
        ReviewLog.open(path)


@pytest.mark.parametrize("name", ["pack/two", '["fan_in","gain"]'])
def test_an_event_whose_name_is_not_found_is_not_written_without_it(path: Path, name: str) -> None:
    """As where two pages of names were swapped: each row is as it was, and nothing finds some of them."""
    with ReviewLog.open(path) as log:
        log.append_review(draft("pack/one"))
        log.append_review(replace(draft("pack/two"), parameters={"fan_in": 512, "gain": 0.5}))
    with closing(apsw.Connection(str(path))) as connection:
        guard = "names_are_never_deleted"
        connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("DELETE FROM names WHERE name = ?", (name,))
        assert connection.changes() == 1
        connection.execute(PARTS[guard])
    with ReviewLog.open(path) as log, pytest.raises(StateError, match="names in it do not fit"):
        assert [*write_events(log.word_rows())]


def test_a_review_is_written_though_the_last_one_is_damaged(path: Path, truth: list[Event]) -> None:
    with ReviewLog.open(path) as log:
        _harm(path, "events", "answer = '3/129' WHERE seq = 4")
        _trying(log)
        assert list(log.events())[:3] == truth[:3]
        assert [lost.place for lost in log.lost_events()] == [4]


def _trying(log: ReviewLog) -> None:
    """Undo as often as it takes: what reads a damaged event says so once, and sets it aside."""
    for _ in range(2):
        try:
            log.undo(NOON + 20 * HOUR)
        except StateError:
            continue
        return
    pytest.fail("it never went on")


@pytest.mark.parametrize("change", ["value = '{'", "value = 'x' WHERE name = 'order'"])
def test_settings_are_found_among_the_events_where_their_table_is_damaged(
    path: Path, change: str
) -> None:
    with ReviewLog.open(path) as log:
        log.absorb(EVENTS)
        kept = log.shared_settings()
    assert kept["parameters"] == (1, 5e-324)
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute(f"UPDATE settings SET {change}")
    with ReviewLog.open(path) as log:
        assert log.shared_settings() == kept


@pytest.mark.parametrize("row", ["5, '\"due\"'", "'order', CAST('\"due\"' AS BLOB)"])
def test_a_setting_of_another_type_is_taken_for_damage(path: Path, row: str) -> None:
    """As a page of another table in its place would have it."""
    with ReviewLog.open(path) as log:
        log.absorb(EVENTS)
        kept = log.shared_settings()
    with closing(apsw.Connection(str(path))) as db:
        text = "CREATE TABLE settings(name, value, time_ms, PRIMARY KEY (name)) WITHOUT ROWID"
        sealed = MADE_TABLES["settings"]
        db.execute(f"DROP TABLE settings; {text}; INSERT INTO settings VALUES ({row}, 0)")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'settings'", (sealed,))
    with ReviewLog.open(path) as log:
        assert log.shared_settings() == kept


def test_what_another_program_writes_at_a_place_that_was_rolled_back_is_checked(
    path: Path, truth: list[Event]
) -> None:
    def write_and_fail(log: ReviewLog) -> None:
        with log.at_once():
            log.append_review(draft("pack/one", time=NOON + 5 * HOUR))
            assert len(list(log.events())) == len(truth) + 1  # by right seals, so far
            raise ZeroDivisionError

    with ReviewLog.open(path) as log:
        with pytest.raises(ZeroDivisionError):
            write_and_fail(log)
        with ReviewLog.open(path) as other:
            other.append_review(draft("pack/one", time=NOON + 6 * HOUR))
        _harm(path, "events", f"answer = '9/763' WHERE seq = {len(truth) + 1}")
        assert list(log.events()) == truth


def test_an_import_that_folds_all_anew_checks_what_was_there(
    path: Path, truth: list[Event]
) -> None:
    _harm(path, "events", "answer = '9/763' WHERE seq = 2")
    first = truth[0]
    assert isinstance(first, Review)
    new = [
        replace(first, id=id_text(new_id(to_ms(NOON), n.to_bytes(10))), item=f"pack/{n}")
        for n in range(1, 1200)  # of more items than are folded one by one
    ]
    with ReviewLog.open(path) as log:
        assert log.absorb(new) == len(new)
        assert [*map(str, log.lost_events())] == [truth[1].id]


def test_answers_are_read_by_the_rows_and_not_by_an_index(path: Path, truth: list[Event]) -> None:
    """Rows have seals; an index has none, and a flipped bit in it would leave answers out of every figure."""
    with ReviewLog.open(path) as log:
        right = list(log.answers())
    with closing(apsw.Connection(str(path))) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'events_by_time'"
        ).get
    whole = bytearray(path.read_bytes())
    at = (root - 1) * 4096
    count = int.from_bytes(whole[at + 3 : at + 5], "big")
    whole[at + 3 : at + 5] = (count - 1).to_bytes(2, "big")  # the last row is in it no more
    path.write_bytes(whole)
    with ReviewLog.open(path) as log:
        assert list(log.answers()) == right
    assert len(right) == len([one for one in truth if one.kind == "review"])
