"""Opening a log whose file another program has altered within what can be made again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studytool.review_log.log import ReviewLog
from studytool.review_log.schema import PARTS
from tests.review_log.drafts import draft


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
