"""One flipped bit in what SQLite keeps of the tables, indexes and triggers: all is right, or told and put right."""

import struct
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import pytest

from studytool.backups.copying import verify
from studytool.doctor.findings import Repair
from studytool.doctor.log_findings import examine_log
from studytool.doctor.repair import repair
from studytool.errors import StateError
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.fresh_fold import differing_rows

PAGE = 4096
REVIEWS = 12
LATER = NOON + 60 * DAY
SCHEMA = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema"


class SchemaRow(NamedTuple):
    """Where a row of ``sqlite_schema`` is in a file.

    Attributes:
        begin: of its type, name and table.
        root: of the number of its first page.
        text: of its SQL.
        end: of that.
    """

    name: str
    begin: int
    root: int
    text: int
    end: int


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A log of a dozen reviews, written anew so that no page has an older copy of a row."""
    path = tmp_path_factory.mktemp("whole") / "reviews.db"
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/{n}", "concept", n) for n in range(6)], digest="digest")
        for n in range(REVIEWS):
            time = NOON + n // 4 * 3 * DAY + timedelta(minutes=n)
            log.append_review(draft(f"pack/{n % 4}", list(Rating)[n % 4], time))
    with closing(apsw.Connection(str(path))) as db:
        db.execute("VACUUM")
    ReviewLog.open(path).close()
    return _without_remains(bytearray(path.read_bytes()))


def _without_remains(whole: bytearray) -> bytes:
    """Blank what no row of a page uses: older copies of rows would be found there."""
    for page in range(0, len(whole), PAGE):
        head = page or 100
        n, content = struct.unpack_from(">HH", whole, head + 3)
        begin = head + (12 if whole[head] in (2, 5) else 8) + 2 * n
        if whole[head] in (2, 5, 10, 13):
            whole[begin : page + content] = bytes(page + content - begin)
            [free] = struct.unpack_from(">H", whole, head + 1)
            while free:
                after, size = struct.unpack_from(">HH", whole, page + free)
                whole[page + free + 4 : page + free + size] = bytes(size - 4)
                free = after
    return bytes(whole)


def schema_rows(whole: bytes, path: Path) -> Iterator[SchemaRow]:
    """Return the rows of ``sqlite_schema``: their type, name, table, root page and text."""
    path.write_bytes(whole)
    with closing(apsw.Connection(str(path))) as db:
        rows: list[tuple[Any, ...]] = db.execute(SCHEMA).fetchall()
    for kind, name, table, root, sql in rows:
        words = f"{kind}{name}{table}".encode()
        record = words + (bytes([root]) if root else b"") + (sql or "").encode()
        assert whole.count(record) == 1
        begin = whole.index(record)
        at = begin + len(words)
        text = at + bool(root)
        yield SchemaRow(name, begin, at, text, text + len(sql or ""))


def _schema(path: Path) -> set[tuple[object, ...]]:
    with closing(apsw.Connection(str(path))) as db:
        rows: list[tuple[Any, ...]] = db.execute(SCHEMA).fetchall()
    return {
        (*row[:3], bool(row[3]), "".join((row[4] or "").split()))
        for row in rows
        if row[1] != "set_aside"
    }


def trouble(home: Path, changed: bytes, schema: set[tuple[object, ...]]) -> str:
    """Start with a damaged log, and repair it where that is refused; say what is not as it should be."""
    log = home / "reviews.db"
    for old in [*home.glob("reviews.db*"), *home.glob("backups/*.db")]:
        old.unlink()
    log.write_bytes(changed)
    try:
        _study(log)
    except StateError as error:
        if "studytool doctor" not in error.text("en"):
            return f"no remedy: {error.text('en')}"
        found = examine_log(log, now=LATER, installed={})
        if not any(Repair.RECOVER in one.repairs for one in found):
            return f"doctor says nothing of: {error.text('en')}"
        repair(Repair.RECOVER, home, LATER)
        _study(log)
    if found := examine_log(log, now=LATER, installed={}):
        return f"afterwards: {found}"
    if _schema(log) != schema:
        return f"another schema: {_schema(log) ^ schema}"
    if differing_rows(log):
        return "wrong figures"
    with ReviewLog.open(log) as opened:
        n = len(opened.ids())
    return "" if n in {REVIEWS + 1, REVIEWS + 2} else f"{n} events"


def _study(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.compare()
        log.append_review(draft("pack/1", Rating.GOOD, LATER))
        assert len(log.ids()) > REVIEWS


def troubles(whole: bytes, home: Path, flips: Iterable[tuple[SchemaRow, int, int]]) -> list[str]:
    """Return what each flip, of a bit of a byte of a row, leaves that is not as it should be."""
    schema = _schema_of(whole, home)
    found = []
    for row, at, bit in flips:
        changed = bytearray(whole)
        changed[at] ^= 1 << bit
        try:
            said = trouble(home, bytes(changed), schema)
        except (StateError, apsw.Error, AssertionError, UnicodeDecodeError) as error:
            said = f"{type(error).__name__}: {error}"
        if said:
            found.append(f"{row.name}, byte {at - row.begin}, bit {bit}: {said}")
    return found


def _schema_of(whole: bytes, home: Path) -> set[tuple[object, ...]]:
    (home / "reviews.db").write_bytes(whole)
    return _schema(home / "reviews.db")


def test_another_case_of_a_letter_of_a_name(whole: bytes, tmp_path: Path) -> None:
    """In the text, where SQLite drops the name and not the row: then it can be made no more."""
    rows = [*schema_rows(whole, tmp_path / "reviews.db")]
    assert len(rows) == 38
    texts = ((row, whole.index(row.name.encode(), row.text)) for row in rows if row.end > row.text)
    assert troubles(whole, tmp_path, [(row, at, 5) for row, at in texts][::2]) == []
    names = ((row, whole.index(row.name.encode(), row.begin)) for row in rows)
    assert troubles(whole, tmp_path, [(row, at, 5) for row, at in names][1::4]) == []


@pytest.mark.slow
def test_another_first_page(whole: bytes, tmp_path: Path) -> None:
    rows = [row for row in schema_rows(whole, tmp_path / "reviews.db") if row.text > row.root]
    flips = [(row, row.root, bit) for row in rows for bit in range(5)]
    assert troubles(whole, tmp_path, flips) == []


@pytest.mark.parametrize("step", [
    pytest.param(97, marks=pytest.mark.slow),
    pytest.param(1, marks=pytest.mark.long),
])  # fmt: skip
def test_the_case_bit_and_another_of_each_byte(whole: bytes, tmp_path: Path, step: int) -> None:
    rows = enumerate(schema_rows(whole, tmp_path / "reviews.db"))
    flips = [
        (row, at, bit)
        for number, row in rows
        for at in range(row.begin + number % min(step, 11), row.end, step)
        for bit in (5, (at + number) % 5)
    ]
    assert troubles(whole, tmp_path, flips) == []


def test_a_backup_with_another_name_is_not_sound(whole: bytes, tmp_path: Path) -> None:
    """Else a repair would begin with it, as with the damaged log that the last repair kept."""
    path = tmp_path / "reviews.db"
    for row in [*schema_rows(whole, path)][::6]:
        changed = bytearray(whole)
        changed[whole.index(row.name.encode(), row.begin)] ^= 1 << 5
        path.write_bytes(changed)
        with pytest.raises(StateError):
            verify(path)
    path.write_bytes(whole)
    assert verify(path).events == REVIEWS


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW mine AS SELECT e.id FROM events e JOIN names n ON n.code = e.item",
        "CREATE TABLE notes_of_mine (x, y REFERENCES events(seq) ON DELETE CASCADE)",
        'CREATE TABLE "my table"(x)',
        "CREATE TABLE [an other] (x)",
        "CREATE INDEX my_index ON events (time_ms)",
        'CREATE UNIQUE INDEX "my index" ON "events"(id, time_ms)',
        "CREATE TRIGGER mine AFTER INSERT\nON\nitems BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE words USING fts5(text)",
        "ANALYZE",
        "VACUUM",
    ],
)
def test_what_a_learner_adds_to_the_file_is_no_damage(
    tmp_path: Path, whole: bytes, sql: str
) -> None:
    log = tmp_path / "reviews.db"
    log.write_bytes(whole)
    with closing(apsw.Connection(str(log))) as db:
        db.execute(sql)
    _study(log)
    assert examine_log(log, now=LATER, installed={}) == []
