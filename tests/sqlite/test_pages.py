"""The pages read without SQLite: the same rows as SQLite's, and an end to every noise."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.sqlite.pages import PageRecord, Pages, opened_pages

WIDE = range(128)
VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.binary(max_size=200),
    st.text("가z", min_size=2000, max_size=9000),  # on overflow pages
)
ROWS = st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=30)


def write(path: Path, rows: list[PageRecord], *, journal: bool) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.execute(f"PRAGMA journal_mode = {'WAL' if journal else 'DELETE'}")
    connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b, c)")
    with connection:
        connection.executemany("INSERT INTO t(a, b, c) VALUES (?, ?, ?)", rows)
    return connection


def read(pages: Pages) -> Iterator[tuple[int, PageRecord]]:
    for number in range(1, pages.count + 1):
        yield from pages.rows(number, header_bytes=WIDE)


@pytest.mark.slow
@given(rows=ROWS, journal=st.booleans())
def test_every_row_is_read_as_sqlite_reads_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[PageRecord], *, journal: bool
) -> None:
    path = tmp_path_factory.mktemp("pages") / "t.db"
    with closing(write(path, rows, journal=journal)) as connection:
        wanted = connection.execute("SELECT * FROM t").fetchall()
        with opened_pages(path) as pages:
            found = [(rowid, *record[1:]) for rowid, record in read(pages) if len(record) == 4]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))


@given(noise=st.lists(st.tuples(st.integers(0, 50_000), st.binary(min_size=1, max_size=600))))
def test_noise_anywhere_ends_nothing_but_rows(
    tmp_path_factory: pytest.TempPathFactory, noise: list[tuple[int, bytes]]
) -> None:
    path = tmp_path_factory.mktemp("pages") / "t.db"
    write(path, [[k, "x" * (k % 5000), b"y"] for k in range(0, 9000, 300)], journal=False).close()
    whole = bytearray(path.read_bytes())
    for at, change in noise:
        place = at % len(whole)
        whole[place : place + len(change)] = change
    path.write_bytes(whole)
    with opened_pages(path) as pages:
        list(read(pages))
        for number in range(1, pages.count + 1):
            list(pages.keyed_rows(number))
