"""The cached fold against a fresh fold of the same log, and made again from it."""

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import apsw

from studytool.backups.copying import keep_copy, open_log
from studytool.backups.folder import TAKEN, Backup, writing_to
from studytool.backups.verifying import open_for_reading
from studytool.errors import StateError
from studytool.review_log.database import Database, Row
from studytool.review_log.faults import OTHER_VERSION
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.schema import MADE_TABLES
from studytool.srs.memory import from_ms
from studytool.srs.policy import Policy

_IS_WHOLE = """
SELECT (SELECT value FROM meta WHERE key = 'folded_seq')
     = (SELECT coalesce(max(seq), 0) FROM events)
"""

_LAID_OUT_OTHERWISE = """
SELECT 1 FROM main.sqlite_schema JOIN again.sqlite_schema kept USING (type, name)
WHERE type = 'table' AND main.sqlite_schema.sql <> kept.sql
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


def differing_rows(log: Path) -> int:
    """Count rows of the cached fold that a fresh fold of the log gives otherwise, to the last bit.

    0 where the cache is not whole or of another version: then the next start makes it again. The
    fresh fold is made in a copy, in the system's folder for temporary files.

    Raises:
        StateError: no room for the copy.
    """
    with tempfile.TemporaryDirectory(prefix="studytool-") as folder:
        copy, again = Path(folder) / "copy.db", Path(folder) / "again.db"
        keep_copy(log, Backup(copy, TAKEN, from_ms(0)))
        with closing(open_log(copy)) as connection:
            [(whole,)] = connection.execute(_IS_WHOLE).fetchall()
        if not whole:
            return 0
        with writing_to(again):
            shutil.copyfile(copy, again)
        try:
            with closing(Database(again, busy_seconds=1.0)) as db:
                _fold_again(db)
        except StateError as error:
            if error.message is not OTHER_VERSION:
                raise
            return 0
        with closing(open_for_reading(copy)) as connection:
            connection.execute("ATTACH ? AS again", (str(again),))
            if connection.execute(_LAID_OUT_OTHERWISE).fetchall():
                return 0
            return sum(_differing(connection, table) for table in MADE_TABLES)


def _differing(connection: apsw.Connection, table: str) -> int:
    sides = (("main", "again"), ("again", "main"))
    counts = []
    for one, other in sides:
        lacking = f"SELECT * FROM {one}.{table} EXCEPT SELECT * FROM {other}.{table}"
        rows: list[Row] = connection.execute(f"SELECT count(*) FROM ({lacking})").fetchall()
        counts.append(int(rows[0][0]))
    return max(counts)
