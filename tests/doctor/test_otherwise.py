"""A log and its backup with two contents for one id: a repair keeps and tells both, a restore tells."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from studytool.backups.taking import take
from studytool.doctor.examine import examine
from studytool.doctor.findings import Repair
from studytool.doctor.repair import repair
from studytool.doctor.seal_findings import set_aside_events
from studytool.review_log.event_ids import id_bytes
from studytool.review_log.events import Event, Review
from studytool.review_log.lines import write_event
from studytool.review_log.log import ReviewLog
from studytool.review_log.names import Coder
from studytool.review_log.rows import insert_event
from studytool.review_log.schema import PARTS
from studytool.review_log.set_aside import EVENT_GUARDS, twofold_ids
from studytool.sqlite.connection import connect
from tests.backups.logs import events, fill
from tests.doctor.test_doctor import studytool
from tests.review_log.drafts import DAY, NOON
from tests.review_log.fresh_fold import differing_rows

NOW = NOON + 400 * DAY


def alter(log: Path, *, sorts_first: bool) -> tuple[Event, Event]:
    """Give the log's first review another answer, rightly sealed; return the two as they were and are."""
    first = events(log)[0]
    assert isinstance(first, Review)
    other = replace(first, answer="!" if sorts_first else "~")
    assert (write_event(other) < write_event(first)) is sorts_first
    with ReviewLog.open(log) as opened:
        db = opened._db
        with db.writing(), db.without(EVENT_GUARDS):
            db.rows("DELETE FROM events WHERE id = ?", (id_bytes(first.id),))
            insert_event(db, other, Coder(db))
        opened._cache.rebuild()
    return first, other


def kept(log: Path, id_: str) -> tuple[Event, list[str], set[str]]:
    """Return an event of the log, the ids that the log knows two contents of, and what it set aside."""
    [event] = [one for one in events(log) if one.id == id_]
    with ReviewLog.open(log) as opened:
        connection = opened._db.connection
        aside = connection.execute("SELECT content FROM set_aside").fetchall()
        return event, twofold_ids(connection), {json.loads(str(text))["other"] for (text,) in aside}


def codes(home: Path) -> set[str]:
    return {one.code for one in examine(home, NOW)}


@pytest.mark.parametrize("sorts_first", [True, False])
def test_a_merge_keeps_what_every_device_keeps_and_sets_the_other_aside(
    home: Path, log: Path, folder: Path, *, sorts_first: bool
) -> None:
    fill(log, 40)
    take(log, folder, NOON)
    log.unlink()
    fill(log, 21)  # of the backup's events, the first ones
    was, now = alter(log, sorts_first=sorts_first)
    repair(Repair.MERGE, home, NOW)
    stands, aside = (now, was) if sorts_first else (was, now)
    assert len(events(log)) == 40
    assert kept(log, was.id) == (stands, [was.id], {write_event(aside).decode()})
    assert differing_rows(log) == 0
    assert "events_twofold" in codes(home)
    assert "events_differ" not in codes(home)


def test_what_was_set_aside_before_a_merge_is_still_known_after_it(
    home: Path, log: Path, folder: Path
) -> None:
    fill(log, 40)
    take(log, folder, NOON)
    log.unlink()
    fill(log, 21)
    one = events(log)[3]
    assert isinstance(one, Review)
    other = replace(one, answer="~")
    with ReviewLog.open(log) as opened:
        opened.absorb([other])
    repair(Repair.MERGE, home, NOW)
    assert kept(log, one.id) == (one, [one.id], {write_event(other).decode()})


@pytest.mark.parametrize("sorts_first", [True, False])
def test_a_repair_that_takes_the_backups_content_sets_the_logs_aside(
    home: Path, log: Path, folder: Path, *, sorts_first: bool
) -> None:
    fill(log, 40)
    take(log, folder, NOON)
    was, now = alter(log, sorts_first=sorts_first)
    assert "events_differ" in codes(home)
    repair(Repair.RECOVER, home, NOW)
    assert kept(log, was.id) == (was, [was.id], {write_event(now).decode()})
    assert "events_differ" not in codes(home)
    assert "events_twofold" in codes(home)


@pytest.mark.parametrize("harm", [lambda _: None, lambda log: log.write_bytes(b"?" * 100)])
def test_a_repair_without_two_contents_tells_of_none(
    home: Path, log: Path, folder: Path, harm: Callable[[Path], object]
) -> None:
    fill(log, 40)
    take(log, folder, NOON)
    harm(log)
    repair(Repair.RECOVER, home, NOW)
    assert "events_twofold" not in codes(home)


def test_a_restore_tells_what_the_log_has_otherwise(home: Path, log: Path, folder: Path) -> None:
    (home / "settings.toml").write_text('language = "en"\n', "utf-8")
    fill(log, 5)
    take(log, folder, NOON)
    was, now = alter(log, sorts_first=True)
    said = studytool(home, "restore", "--yes").stderr
    assert ("in different words" in said, was.id in said) == (True, True)
    assert was in events(log)
    assert now not in events(log)
    again = studytool(home, "restore", "--yes")
    assert (again.returncode, "in different words" in again.stderr) == (0, False)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("code = code", "lost_events_in_backup"),
        ("seal = seal - 3 WHERE code > 100", "events_lost"),  # its events have no words
    ],
)
def test_a_backup_without_its_words_brings_no_event_back(
    log: Path, folder: Path, change: str, code: str
) -> None:
    fill(log, 3)
    backup = take(log, folder, NOW).backup
    _harm(log, "events", "answer = 'quite another' WHERE seq = 2")
    with ReviewLog.open(log) as opened:
        assert len(list(opened.events())) == 2  # one is set aside
    _harm(backup.path, "names", change)
    assert [one.code for one in set_aside_events(log, [backup])] == [code]


def _harm(path: Path, table: str, change: str) -> None:
    guard = f"{table}_are_never_changed"
    with closing(connect(path)) as connection:
        connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(f"UPDATE {table} SET {change}")
        connection.execute(PARTS[guard])
