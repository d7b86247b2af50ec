"""The doctor at the log: its pages and indexes, its cached fold, its clock, its kinds of events."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import apsw

from studytool.backups.copying import open_log
from studytool.backups.missing import has_file
from studytool.backups.verifying import problems
from studytool.doctor.findings import DO_REPAIR, Finding, FindingSeverity, Repair, said, shortened
from studytool.doctor.of_library import InstalledPacks
from studytool.doctor.of_packs import listing, orphans
from studytool.doctor.refold import differing_rows
from studytool.doctor.remedies import FREE_SPACE, remedy_of_log
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.review_log.events import EventKind
from studytool.review_log.indexes import missing_parts
from studytool.review_log.readable import count_unreadable
from studytool.review_log.standing import codes
from studytool.sqlite.connection import Row
from studytool.sqlite.faults import DAMAGED, DO_UPDATE, UNKNOWN_KINDS, mendable
from studytool.sqlite.watching import Step, Watch, unwatched, watched
from studytool.srs.memory import from_ms, to_ms

CLOCK_TOLERANCE = timedelta(minutes=10)
UNREAD = frozenset({"log_unreadable", "log_damaged", "index_damaged", "events_unreadable"})
"""The findings after which nobody knows all that the log holds."""

_DAMAGED = Phrase(
    ko="복습 기록 {path}이(가) 손상되었습니다({why}). 고치기 전에는 공부가 도중에 멈추거나 손상이 퍼질 수 있습니다.",
    en="the log {path} is damaged ({why}). Until it is repaired, studying may fail, and the "
    "damage may spread.",
)
_UNREADABLE = Phrase(
    ko="복습 기록 {path}에 내용이 손상되어 읽을 수 없는 이벤트가 {n:,}개 있습니다. 고치기 전에는 "
    "공부나 통계가 도중에 멈출 수 있습니다. 기억 상태는 확인하지 못했습니다.",
    en="the log {path} has {n:,} events whose contents cannot be read. Until it is repaired, studying "
    "and statistics may fail; the memories were not checked.",
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
_PARTS_MISSING = Phrase(
    ko="{path}에 있어야 할 색인이나 보호 장치 {n:,}개가 없거나 다르게 만들어져 있습니다: {few}. "
    "복습은 모두 그대로 있지만, 그대로 두면 프로그램이 느려지거나 복습 기록이 바뀌는 것을 막지 "
    "못합니다.",
    en="indexes or safeguards of {path} are missing or altered ({n:,}): {few}. All reviews are "
    "there, but the program may be slow, or the log not protected from being changed.",
)
_FOLD_DIFFERS = Phrase(
    ko="계산해 둔 기억 상태 {n:,}개가 복습 기록에서 새로 계산한 것과 다릅니다. 복습은 모두 그대로 있지만, 고치기 전에는 "
    "엉뚱한 날에 문항이 나올 수 있습니다.",
    en="cached memories differ from those computed anew from the log ({n:,}). All reviews are "
    "there, but until this is repaired, items may come up on the wrong days.",
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


def examine_log(
    log: Path, *, now: datetime, installed: InstalledPacks, watch: Watch = unwatched
) -> list[Finding]:
    """Check a log, and change nothing; ``installed`` is what the library has.

    No log is as it should be at the first start; the backups tell whether there was one.
    """
    if not has_file(log):
        return []
    try:
        with (
            closing(open_log(log)) as connection,
            mendable(log),
            watched(connection, watch, Step.CHECKING),
        ):
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)  # changes no damaged file
            if found := problems(connection):
                return [_damage(connection, log, found)]
            if unreadable := count_unreadable(connection):
                return [_unreadable(log, unreadable)]
            less_grave = [
                *_parts(connection, log),
                *_clock(connection, now),
                *listing(connection, installed),
                *orphans(connection, installed, now),
                *_newer(connection),
            ]
    except StateError as error:
        if error.message is not DAMAGED:
            return [said("log_unreadable", error, remedy_of_log(error))]
        return [_damaged(log, str(error.fields["why"]))]
    return [*_fold(log, watch), *less_grave]


def _damage(connection: apsw.Connection, log: Path, found: list[str]) -> Finding:
    why = shortened(found)
    if not _all_of_indexes(connection, found):
        return _damaged(log, why)
    repairs, fields = (Repair.REINDEX, Repair.RECOVER), {"path": log, "why": why}
    return Finding(
        "index_damaged", FindingSeverity.ERROR, _INDEX_DAMAGED, DO_REPAIR, repairs, {**fields}
    )


def _damaged(log: Path, why: str) -> Finding:
    repairs, fields = (Repair.RECOVER, Repair.RESTORE), {"path": log, "why": why}
    return Finding("log_damaged", FindingSeverity.ERROR, _DAMAGED, _DO_RECOVER, repairs, {**fields})


def _unreadable(log: Path, n: int) -> Finding:
    code, repairs = "events_unreadable", (Repair.RECOVER, Repair.RESTORE)
    fields: dict[str, object] = {"path": log, "n": n}
    return Finding(code, FindingSeverity.ERROR, _UNREADABLE, _DO_RECOVER, repairs, fields)


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


def _parts(connection: apsw.Connection, log: Path) -> Iterator[Finding]:
    if missing := missing_parts(connection):
        fields: dict[str, object] = {"path": log, "n": len(missing), "few": shortened(missing)}
        code, repairs = "indexes_missing", (Repair.REINDEX,)
        yield Finding(code, FindingSeverity.WARNING, _PARTS_MISSING, DO_REPAIR, repairs, fields)


def _fold(log: Path, watch: Watch) -> Iterator[Finding]:
    try:
        n = differing_rows(log, watch=watch)
    except StateError as error:
        remedy = remedy_of_log(error, otherwise=FREE_SPACE)
        yield said("fold_unchecked", error, remedy, FindingSeverity.WARNING)
        return
    if n:
        repairs, fields = (Repair.REFOLD,), {"n": n}
        yield Finding(
            "fold_differs", FindingSeverity.ERROR, _FOLD_DIFFERS, DO_REPAIR, repairs, {**fields}
        )


def _clock(connection: apsw.Connection, now: datetime) -> Iterator[Finding]:
    sql = "SELECT count(*), max(time_ms) FROM events WHERE time_ms > ?"
    rows: list[Row] = connection.execute(sql, (to_ms(now + CLOCK_TOLERANCE),)).fetchall()
    [(n, latest_ms)] = rows
    if n:
        latest = f"{from_ms(latest_ms):%Y-%m-%d %H:%M}Z"
        fields = {"n": n, "now": f"{now:%Y-%m-%d %H:%M}Z", "latest": latest}
        yield Finding(
            "reviews_in_future", FindingSeverity.WARNING, _FUTURE, _SET_CLOCK, fields=fields
        )


def _newer(connection: apsw.Connection) -> Iterator[Finding]:
    sql = (
        "SELECT name, count(*) FROM events JOIN names ON code = kind "
        f"WHERE kind NOT IN {codes(EventKind)} GROUP BY kind"
    )
    rows: list[Row] = connection.execute(sql).fetchall()
    if rows:
        n, kinds = sum(n for _, n in rows), shortened([name for name, _ in rows])
        fields: dict[str, object] = {"n": n, "kinds": kinds}
        yield Finding("newer_events", FindingSeverity.INFO, UNKNOWN_KINDS, DO_UPDATE, fields=fields)
