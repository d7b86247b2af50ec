"""What is made of the events, after a bit of it has changed: made again before anything of it is shown."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from studytool.errors import StateError
from studytool.numerics.streams import stream
from studytool.review_log import as_made
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.fresh_fold import differing_rows

PAGE = 4096


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 40 reviews of ten items, which a pack lists; nobody has it open."""
    path = tmp_path_factory.mktemp("made") / "reviews.db"
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/{n}", "concept", n) for n in range(20)], digest="digest")
        for n in range(40):
            time = NOON + n // 10 * 3 * DAY + timedelta(minutes=n)
            log.append_review(draft(f"pack/{n % 10}", list(Rating)[n % 4], time))
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "reviews.db"
    copy.write_bytes(made.read_bytes())
    return copy


def flips(path: Path, table: str, *, seed: int, n: int) -> Iterator[bytes]:
    """Return the file with one bit changed among the bytes of a table or index that are not 0."""
    whole = path.read_bytes()
    with closing(apsw.Connection(str(path))) as db:
        pages = [
            page for (page,) in db.execute("SELECT pageno FROM dbstat WHERE name = ?", (table,))
        ]
    used = [at for page in pages for at in range((page - 1) * PAGE, page * PAGE) if whole[at]]
    rng = stream(f"flips of {table}", seed)
    for at in rng.choice(used, n).tolist():
        changed = bytearray(whole)
        changed[at] ^= 1 << int(rng.integers(8))
        yield bytes(changed)


TABLES = (
    "items",
    "items_by_pack",
    "items_by_due",
    "items_new",
    "studied_days",
    "days_again",
    "mature_reviews",
    "packs",
    "meta",
)


@pytest.mark.parametrize("table", TABLES)
def test_a_changed_bit_of_the_fold_is_never_shown(table: str, path: Path) -> None:
    shown = 0
    for changed in flips(path, table, seed=1, n=25):
        path.write_bytes(changed)
        try:
            with ReviewLog.open(path) as log:
                log.compare()
        except StateError as error:
            assert "studytool doctor" in error.text("en")  # noqa: PT017 - either is right
            continue
        shown += 1
        assert differing_rows(path) == 0
    assert shown


OF_META = ("policy", "place", "device", "learner", "folded_seq")


@pytest.mark.parametrize("key", OF_META)
def test_text_that_is_no_text_any_more_is_made_again(key: str, path: Path) -> None:
    with closing(apsw.Connection(str(path))) as db:
        sql = "UPDATE meta SET value = CAST(x'80' || value AS TEXT) WHERE key = ?"
        db.execute(sql, (key,))
        [(learner,)] = db.execute("SELECT CAST(value AS BLOB) FROM meta WHERE key = 'learner'")
    with ReviewLog.open(path) as log:
        assert len(log.ids()) == 40
        assert log.learner.encode() == learner.removeprefix(b"\x80")
    assert differing_rows(path) == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE packs SET digest = CAST(x'80' AS TEXT)",
        "INSERT INTO settings VALUES (CAST(x'80' AS TEXT), 1, 0)",
        "INSERT INTO settings VALUES ('retention', CAST(x'80' AS TEXT), 0)",
    ],
)
def test_text_of_the_fold_that_is_none_is_made_again(sql: str, path: Path) -> None:
    with closing(apsw.Connection(str(path))) as db:
        db.execute(sql)
    with ReviewLog.open(path) as log:
        assert len(log.ids()) == 40
        assert log.state("pack/1").reps == 4
    assert differing_rows(path) == 0


def test_swapped_pages_of_the_fold_are_never_shown(path: Path) -> None:
    whole = path.read_bytes()
    with closing(apsw.Connection(str(path))) as db:
        pages = dict(db.execute("SELECT name, pageno FROM dbstat"))
    one, shown = (pages["vacations"] - 1) * PAGE, 0
    for name in ("items", "break_days", "moved", "packs", "settings", "studied_days", "retracted"):
        other = (pages[name] - 1) * PAGE
        changed = bytearray(whole)
        changed[one : one + PAGE] = whole[other : other + PAGE]
        changed[other : other + PAGE] = whole[one : one + PAGE]
        path.write_bytes(changed)
        try:
            with ReviewLog.open(path) as log:
                log.compare()
        except StateError:
            continue
        shown += 1
        assert differing_rows(path) == 0, name
    assert shown


def test_what_another_program_has_made_right_meanwhile_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([False, True])
    monkeypatch.setattr(as_made, "are_as_made", lambda *_: next(looks))
    with ReviewLog.open(path) as log:
        assert log.registrations() == {"pack": "digest"}


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("packs", "UPDATE packs SET items = items + 1"),
        ("vacations", "INSERT INTO vacations VALUES (1, 0, 3)"),
        ("break_days", "INSERT INTO break_days VALUES (20000, 20003, 0)"),
        ("moved", "INSERT INTO moved VALUES (101, 102, 102)"),
        ("settings", "INSERT INTO settings VALUES ('order', '\"due\"', 0)"),
        ("retracted", "INSERT INTO retracted SELECT id FROM events LIMIT 1"),
        ("doubles", "INSERT INTO doubles SELECT id FROM events LIMIT 1"),
    ],
)
def test_a_list_that_is_another_is_made_again(table: str, sql: str, path: Path) -> None:
    with closing(apsw.Connection(str(path))) as db:
        db.execute(sql)
    with ReviewLog.open(path) as log:
        log.compare()
    with closing(apsw.Connection(str(path))) as db:  # none of the events: all are empty again
        assert not db.execute(f"SELECT * FROM {table}").fetchall()
    assert differing_rows(path) == 0


def test_the_share_recalled_is_compared(path: Path) -> None:
    with ReviewLog.open(path) as log:
        kept = log.retention(NOON)
        assert log.compare()
    with closing(apsw.Connection(str(path))) as db:
        [(text,)] = db.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'mature_reviews_update_summed'"
        )
        db.execute("DROP TRIGGER mature_reviews_update_summed")
        db.execute(f"UPDATE mature_reviews SET recalled = 1 - recalled; {text}")
    with ReviewLog.open(path) as log:
        assert log.retention(NOON) != kept
        assert not log.compare()
        assert log.retention(NOON) == kept
