"""The cached fold against a fresh fold of the same log, and made again from it."""

import tempfile
from contextlib import closing
from pathlib import Path

import apsw

from studytool.backups.copying import open_log
from studytool.backups.folder import writing_to
from studytool.errors import StateError
from studytool.review_log.database import Database, WatchedDatabase
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.indexes import has_tables_of_fold
from studytool.review_log.schema import MADE_TABLES
from studytool.sqlite.connection import Row
from studytool.sqlite.faults import OTHER_VERSION, mendable
from studytool.sqlite.watching import Step, Watch, copy_pages, unwatched, watched
from studytool.srs.policy import Policy

_IS_WHOLE = """
SELECT (SELECT value FROM meta WHERE key = 'folded_seq')
     = (SELECT coalesce(max(seq), 0) FROM events)
"""


def refold(db: Database) -> None:
    """Make the cached fold anew: under the policy in force, else under the default one."""
    try:
        _fold_again(db)
    except StateError as error:
        if error.message is not OTHER_VERSION:
            raise
        FoldCache(db, Policy()).adopt_policy()


def _fold_again(db: Database) -> None:
    cache = FoldCache(db, Policy())
    with db.writing():
        db.rows("DELETE FROM meta WHERE key = 'folded_seq'")
        cache.catch_up()
        cache.settle()


def differing_rows(log: Path, *, watch: Watch = unwatched) -> int:
    """Count rows of the cached fold that a fresh fold of the log gives otherwise, to the last bit.

    0 where the cache is not whole or of another version: then the next start makes it again. The
    fresh fold is made in a copy, in the system's folder for temporary files.

    Raises:
        StateError: no room for the copy.
    """
    with tempfile.TemporaryDirectory(prefix="studytool-") as folder:
        again = Path(folder) / "again.db"
        with closing(open_log(log)) as live, mendable(log):
            live.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            live.execute("BEGIN")  # one instant for the copy and the comparison
            if not _is_whole(live):
                return 0
            _copy(live, again, watch)
            if not _folded_again(again, watch):
                return 0
            live.execute("ATTACH ? AS again", (str(again),))
            with watched(live, watch, Step.COMPARING):
                return sum(_differing(live, table) for table in MADE_TABLES)


def _is_whole(live: apsw.Connection) -> bool:
    """Tell whether there is a fold of every event, in tables as this version makes them."""
    return has_tables_of_fold(live) and bool(live.execute(_IS_WHOLE).get)


def _copy(live: apsw.Connection, to: Path, watch: Watch) -> None:
    with (
        writing_to(to),
        closing(apsw.Connection(str(to))) as copy,
        copy.backup("main", live, "main") as copying,
    ):
        copy_pages(copying, watch, Step.COPYING)


def _folded_again(copy: Path, watch: Watch) -> bool:
    """Make a copy's fold anew; tell whether this version of the fold made the one it had."""
    opened = WatchedDatabase(copy, busy_seconds=1.0, watch=watch, step=Step.FOLDING)
    with closing(opened) as db:
        try:
            _fold_again(db)
        except StateError as error:
            if error.message is not OTHER_VERSION:
                raise
            return False
    return True


def _differing(connection: apsw.Connection, table: str) -> int:
    """Count the rows of a table that either side lacks or has otherwise; the larger number."""
    sql = f"SELECT name, pk FROM pragma_table_info('{table}')"
    columns: list[Row] = connection.execute(sql).fetchall()
    names = [name for name, _ in columns]
    key = " AND ".join(f"other.{name} = one.{name}" for name, pk in columns if pk)
    same = " AND ".join(f"other.{name} IS one.{name}" for name in names)
    counts = []
    for one, other in (("main", "again"), ("again", "main")):
        lacking = f"SELECT 1 FROM {other}.{table} other WHERE {key} AND {same}"
        rows: list[Row] = connection.execute(
            f"SELECT count(*) FROM {one}.{table} one WHERE NOT EXISTS ({lacking})"
        ).fetchall()
        counts.append(int(rows[0][0]))
    return max(counts)
