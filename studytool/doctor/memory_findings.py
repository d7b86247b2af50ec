"""Findings about memories: whether what the log keeps of them is what its events come to, to the last bit."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from studytool.doctor.findings import Finding
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.review_log.database import Database
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.schema import MADE_TABLES
from studytool.sqlite.connection import Connection, Row, connect
from studytool.sqlite.watching import Step, locked_copy
from studytool.srs.policy import Policy

_WRONG = Phrase(
    ko="복습에서 계산해 둔 기억 {n:,}줄이 복습과 맞지 않습니다. 복습은 모두 그대로 있지만, 고치기 전에는 나올 때가 틀릴 수 "
    "있습니다.",
    en="of the memories worked out from the reviews, {n:,} rows do not agree with them. All reviews "
    "are there, but until this is repaired, items may come up at the wrong time.",
)
_REPAIR = Phrase(
    ko="studytool doctor --repair를 실행하면 기억을 새로 계산합니다. 복습은 바뀌지 않습니다.",
    en="Run studytool doctor --repair: the memories are worked out anew. No review is changed.",
)
_FOLDED = "SELECT (SELECT value FROM meta WHERE key = 'folded_seq') = (SELECT max(seq) FROM events)"


def wrong_memories(connection: Connection) -> Iterator[Finding]:
    """Say how many rows of the memories do not agree with the events, if any."""
    if n := count_wrong(connection):
        yield Finding("memories_wrong", _WRONG.of(n=n), _REPAIR.of())


def count_wrong(connection: Connection) -> int:
    """Fold the events of a log anew in a copy, and count the rows that the log has otherwise.

    0 for a log whose next start folds it anew.

    Raises:
        StateError: the copy is damaged for whoever opens it, and so is the log, whose pages are whole:
            a name within its schema is another.
    """
    try:
        return _count_in_copy(connection)
    except StateError as error:
        if error.fault is not Fault.DAMAGED:
            return 0  # no room for a copy, say
        raise StateError(error.fault, **{**error.fields, "path": connection.filename}) from error


def _count_in_copy(connection: Connection) -> int:
    with tempfile.TemporaryDirectory(prefix="studytool-") as folder, suppress(OSError):
        copy = Path(folder) / "copy.db"
        with closing(connect(copy)) as to, locked_copy(connection, to, Step.CHECKING):
            pass  # nobody else knows of the copy
        with closing(Database(copy)) as db:
            if db.number(_FOLDED):
                before = _rows(db)
                FoldCache(db, Policy()).rebuild()
                after = _rows(db)
                return sum(len(before[table] ^ after[table]) for table in MADE_TABLES)
    return 0


def _rows(db: Database) -> dict[str, set[Row]]:
    return {table: set(db.rows(f"SELECT * FROM {table}")) for table in MADE_TABLES}
