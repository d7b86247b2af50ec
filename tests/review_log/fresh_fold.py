"""The cached fold of a log against a fresh fold of the same events, to the last bit."""

import tempfile
from contextlib import closing
from pathlib import Path

import apsw

from studytool.review_log.database import Database
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.schema import MADE_TABLES
from studytool.srs.policy import Policy

_FOLDED = "SELECT (SELECT value FROM meta WHERE key = 'folded_seq') = (SELECT max(seq) FROM events)"


def differing_rows(log: Path) -> int:
    """Count the rows of the fold that a fresh one has otherwise; 0 where it is not whole yet."""
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / "again.db"
        with closing(apsw.Connection(str(log))) as live, closing(apsw.Connection(str(again))) as to:
            live.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            with to.backup("main", live, "main") as copying:
                copying.step(-1)
            before = _rows(to)  # the program's own opening would put them right
            if not to.execute(_FOLDED).get:
                return 0
        with closing(Database(again, busy_seconds=1.0)) as db:
            FoldCache(db, Policy()).rebuild()
        with closing(apsw.Connection(str(again))) as made:
            after = _rows(made)
    return sum(max(len(before[t] - after[t]), len(after[t] - before[t])) for t in MADE_TABLES)


def _rows(db: apsw.Connection) -> dict[str, set[tuple[object, ...]]]:
    return {table: set(db.execute(f"SELECT * FROM {table}")) for table in MADE_TABLES}
