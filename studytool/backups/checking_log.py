"""The doctor at the log: its pages and indexes, its cached fold, its clock, its items."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import apsw

from studytool.backups.copying import open_log
from studytool.backups.findings import DO_REPAIR, Finding, Repair, Severity, said, shortened
from studytool.backups.refolding import differing_rows
from studytool.backups.verifying import contents, problems
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.review_log.database import Row
from studytool.review_log.faults import DAMAGED, mendable
from studytool.srs.memory import from_ms, to_ms

CLOCK_TOLERANCE = timedelta(minutes=10)

_MISSING = Phrase(
    ko="복습 기록 {path}이(가) 없는데 백업은 있습니다.",
    en="there is no log of reviews {path}, but there are backups of one.",
)
_DAMAGED = Phrase(
    ko="복습 기록 {path}이(가) 손상되었습니다: {why}", en="the log {path} is damaged: {why}"
)
_DO_RECOVER = Phrase(
    ko="studytool doctor --repair가 읽을 수 있는 복습과 가장 새로운 백업으로 새 파일을 만들고, 손상된 파일은 "
    "보관합니다.",
    en="studytool doctor --repair makes a new file of every review that can be read and of the "
    "newest backup, and keeps the damaged one.",
)
_INDEX_DAMAGED = Phrase(
    ko="{path}의 색인이 복습과 맞지 않습니다: {why}. 복습은 모두 그대로 있습니다.",
    en="an index of {path} does not agree with the reviews: {why}. All reviews are there.",
)
_FOLD_DIFFERS = Phrase(
    ko="계산해 둔 기억 상태 {n}행이 복습 기록에서 새로 계산한 것과 다릅니다. 복습은 모두 그대로 있습니다.",
    en="{n} rows of the cached memories differ from a fresh fold of the log. All reviews are there.",
)
_FUTURE = Phrase(
    ko="복습 {n}개의 시각이 지금({now})보다 뒤입니다. 가장 늦은 것은 {latest}입니다.",
    en="reviews later than now ({now}): {n}; the latest is of {latest}.",
)
_SET_CLOCK = Phrase(
    ko="이 기기의 날짜와 시각을 확인하세요. 시계가 맞다면 그 복습은 앞선 시계로 적힌 것이며, 그대로 두어도 됩니다.",
    en="Check this machine's date and time. If they are right, those reviews were written under a "
    "clock that ran ahead; they may stay.",
)
_ORPHANS = Phrase(
    ko="설치된 꾸러미에 없는 문항 {n}개의 복습이 있습니다: {few}",
    en="reviewed items that no installed pack has: {n} ({few})",
)
_INSTALL = Phrase(
    ko="그 꾸러미를 다시 설치하면 이어서 복습합니다. 지워지는 것은 없습니다.",
    en="Install their pack again to go on with them. Nothing is deleted.",
)


def examine_log(log: Path, *, now: datetime, listed: set[str], has_backups: bool) -> list[Finding]:
    """Check a log, and change nothing; ``listed`` are the items of all installed packs.

    No log is as it should be at the first start, and amiss where there are backups of one.
    """
    if not log.exists() or (log.is_file() and log.stat().st_size == 0):
        return [_missing(log)] if has_backups else []
    try:
        with closing(open_log(log)) as connection, mendable(log):
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)  # changes no damaged file
            if found := problems(connection):
                return [_damage(connection, log, found)]
            less_grave = [*_clock(connection, now), *_orphans(connection, listed)]
    except StateError as error:
        if error.message is not DAMAGED:
            return [said("log_unreadable", error)]
        return [_damaged(log, str(error.fields["why"]))]
    return [*_fold(log), *less_grave]


def count_events(log: Path) -> int:
    """Count events; 0 where that cannot be done, which is told of the log itself."""
    try:
        with closing(open_log(log)) as connection, mendable(log):
            return contents(connection).events
    except StateError:
        return 0


def _missing(log: Path) -> Finding:
    repairs, fields = (Repair.RESTORE,), {"path": log}
    return Finding("log_missing", Severity.ERROR, _MISSING, DO_REPAIR, repairs, {**fields})


def _damage(connection: apsw.Connection, log: Path, found: list[str]) -> Finding:
    why = shortened(found)
    if not _all_of_indexes(connection, found):
        return _damaged(log, why)
    repairs, fields = (Repair.REINDEX, Repair.RECOVER), {"path": log, "why": why}
    return Finding("index_damaged", Severity.ERROR, _INDEX_DAMAGED, DO_REPAIR, repairs, {**fields})


def _damaged(log: Path, why: str) -> Finding:
    repairs, fields = (Repair.RECOVER, Repair.RESTORE), {"path": log, "why": why}
    return Finding("log_damaged", Severity.ERROR, _DAMAGED, _DO_RECOVER, repairs, {**fields})


def _all_of_indexes(connection: apsw.Connection, found: list[str]) -> bool:
    """Tell whether each complaint is about an index; pages out of its reach complain too."""
    sql = "SELECT name, rootpage FROM sqlite_schema WHERE type = 'index'"
    indexes: list[Row] = connection.execute(sql).fetchall()
    names, roots = {name for name, _ in indexes}, {str(root) for _, root in indexes}

    def is_of_index(line: str) -> bool:
        named, tree = re.search(r"index (\w+)", line), re.search(r"Tree (\d+)", line)
        return (
            (named is not None and named[1] in names)
            or (tree is not None and tree[1] in roots)
            or re.fullmatch(r"Page \d+: never used", line) is not None
        )

    return all(map(is_of_index, found))


def _fold(log: Path) -> Iterator[Finding]:
    try:
        n = differing_rows(log)
    except StateError as error:
        yield said("fold_unchecked", error, Severity.WARNING)
        return
    if n:
        repairs, fields = (Repair.REFOLD,), {"n": n}
        yield Finding("fold_differs", Severity.ERROR, _FOLD_DIFFERS, DO_REPAIR, repairs, {**fields})


def _clock(connection: apsw.Connection, now: datetime) -> Iterator[Finding]:
    sql = "SELECT count(*), max(time_ms) FROM events WHERE time_ms > ?"
    rows: list[Row] = connection.execute(sql, (to_ms(now + CLOCK_TOLERANCE),)).fetchall()
    [(n, latest_ms)] = rows
    if n:
        latest = f"{from_ms(latest_ms):%Y-%m-%d %H:%M}Z"
        fields = {"n": n, "now": f"{now:%Y-%m-%d %H:%M}Z", "latest": latest}
        yield Finding("reviews_in_future", Severity.WARNING, _FUTURE, _SET_CLOCK, fields=fields)


def _orphans(connection: apsw.Connection, listed: set[str]) -> Iterator[Finding]:
    """Name reviewed items that no pack lists; where no pack is installed, that says nothing."""
    sql = "SELECT name FROM names WHERE code IN (SELECT item FROM events WHERE item IS NOT NULL)"
    rows: list[Row] = connection.execute(sql).fetchall()
    lost = sorted(name for (name,) in rows if name not in listed)
    if lost and listed:
        fields: dict[str, object] = {"n": len(lost), "few": shortened(lost)}
        yield Finding("orphan_items", Severity.INFO, _ORPHANS, _INSTALL, fields=fields)
