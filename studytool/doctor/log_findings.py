"""Findings about the log: its pages and indexes, its events and its clock."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from studytool.backups.copying import has_file, open_log
from studytool.backups.verifying import problems, shortened
from studytool.doctor.findings import DO_REPAIR, Finding, Repair, finding_of
from studytool.doctor.pack_findings import InstalledPacks, orphans
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.review_log.kinds import KINDS
from studytool.review_log.rows import count_unreadable
from studytool.review_log.standing import codes
from studytool.sqlite.connection import Connection, Row, keep_journal
from studytool.sqlite.faults import sqlite_faults
from studytool.sqlite.watching import Step, watched
from studytool.srs.memory import from_ms, to_ms

_ANEW = (Repair.RECOVER, Repair.RESTORE)
CLOCK_TOLERANCE = timedelta(minutes=10)
UNREAD = frozenset({"log_unreadable", "log_damaged", "index_damaged", "events_unreadable"})
"""The codes of findings that leave the contents of the log unknown."""

_UNREADABLE = Phrase(
    ko="복습 기록 {path}에 내용이 손상되어 읽을 수 없는 이벤트가 {n:,}개 있습니다. 고치기 전에는 "
    "공부나 통계가 도중에 멈출 수 있습니다.",
    en="the log {path} has {n:,} events whose contents cannot be read. Until it is repaired, studying "
    "and statistics may fail.",
)
_DO_RECOVER = Phrase(
    ko="studytool doctor --repair를 실행하세요. 먼저 물어본 뒤, 읽을 수 있는 복습과 가장 최근의 "
    "백업으로 새 파일을 만들고 손상된 파일은 보관합니다.",
    en="Run studytool doctor --repair. It asks first, then makes a new file of every review that "
    "can be read and of the newest backup, and keeps the damaged one.",
)
_INDEX_DAMAGED = Phrase(
    ko="{path}의 색인이 복습과 맞지 않습니다({why}). 복습은 모두 그대로 있지만, 고치기 전에는 나와야 할 문항이 빠지거나 "
    "통계가 틀릴 수 있습니다.",
    en="an index of {path} does not agree with the reviews ({why}). All reviews are there, but "
    "until this is repaired, items may fail to come up and figures may be wrong.",
)
_FUTURE = Phrase(
    ko="기록된 시각이 지금({now})보다 뒤인 이벤트가 {n:,}개 있습니다. 가장 늦은 것은 {latest}입니다. 그 문항들의 복습 "
    "날짜가 그만큼 늦춰져 있을 수 있습니다.",
    en="the log has events dated later than now, {now} (there are {n:,}; the latest is of "
    "{latest}). Their items may come up that much too late.",
)
_SET_CLOCK = Phrase(
    ko="이 기기의 날짜와 시각을 확인하세요. 틀리면 고치세요. 맞으면 시계가 앞서 갈 때 기록된 "
    "것이니 그대로 두어도 됩니다. 그 시각이 지나면 이 알림은 사라집니다.",
    en="Check this machine's date and time, and set them if they are wrong. If they are right, "
    "the events were written under a clock that ran ahead and may stay; this notice disappears "
    "after that time.",
)

UNKNOWN_KINDS = Phrase(
    ko="복습 기록에 이 버전이 모르는 이벤트 {n}개가 있습니다({kinds}). 더 새로운 studytool이 적은 "
    "것입니다. 지우지 않고 그대로 두지만, 여기서는 계산에 넣지도 내보내지도 않습니다.",
    en="the log has events that this version does not know ({n}: {kinds}): a newer studytool "
    "wrote them. They are kept as they are, but count for nothing here and are not exported.",
)
DO_UPDATE = Phrase(
    ko="studytool을 업데이트하면 다시 쓰입니다.", en="Update studytool, and they count again."
)


def examine_log(log: Path, *, now: datetime, installed: InstalledPacks) -> list[Finding]:
    """Check a log, and change nothing; ``installed`` is what the library has.

    No log is as it should be at the first start; the backups tell whether there was one.
    """
    if not has_file(log):
        return []
    try:
        with (
            closing(open_log(log)) as connection,
            sqlite_faults(log),
            watched(connection, Step.CHECKING),
        ):
            keep_journal(connection)  # changes no damaged file
            if found := problems(connection):
                return [_damage(connection, log, found)]
            if unreadable := count_unreadable(connection):
                message = _UNREADABLE.of(path=log, n=unreadable)
                return [Finding("events_unreadable", message, _DO_RECOVER.of(), _ANEW)]
            return [
                *_clock(connection, now),
                *orphans(connection, installed, now),
                *_newer(connection),
            ]
    except StateError as error:
        if error.fault is not Fault.DAMAGED:
            return [finding_of(error, "log_unreadable")]
        return [finding_of(error, "log_damaged", *_ANEW)]


def _damage(connection: Connection, log: Path, found: list[str]) -> Finding:
    why = shortened(found)
    if not _all_of_indexes(connection, found):
        return finding_of(StateError(Fault.DAMAGED, path=log, why=why), "log_damaged", *_ANEW)
    message, repairs = _INDEX_DAMAGED.of(path=log, why=why), (Repair.REINDEX, Repair.RECOVER)
    return Finding("index_damaged", message, DO_REPAIR.of(), repairs)


def _all_of_indexes(connection: Connection, found: list[str]) -> bool:
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


def _clock(connection: Connection, now: datetime) -> Iterator[Finding]:
    sql = "SELECT count(*), max(time_ms) FROM events WHERE time_ms > ?"
    rows: list[Row] = connection.execute(sql, (to_ms(now + CLOCK_TOLERANCE),)).fetchall()
    [(n, latest_ms)] = rows
    if n:
        latest = f"{from_ms(latest_ms):%Y-%m-%d %H:%M}Z"
        message = _FUTURE.of(n=n, now=f"{now:%Y-%m-%d %H:%M}Z", latest=latest)
        yield Finding("reviews_in_future", message, _SET_CLOCK.of())


def _newer(connection: Connection) -> Iterator[Finding]:
    sql = (
        "SELECT name, count(*) FROM events JOIN names ON code = kind "
        f"WHERE kind NOT IN {codes(KINDS)} GROUP BY kind"
    )
    rows: list[Row] = connection.execute(sql).fetchall()
    if rows:
        n, kinds = sum(n for _, n in rows), ", ".join(name for name, _ in rows)
        yield Finding("newer_events", UNKNOWN_KINDS.of(n=n, kinds=kinds), DO_UPDATE.of())
