"""Findings about the log: its pages and indexes, its events, its items and its clock."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from studytool.backups.copying import open_log, problems, shortened
from studytool.doctor.findings import Finding, Repair, finding_of
from studytool.doctor.seal_findings import damaged_rows
from studytool.errors import StateError
from studytool.faults import FAULTS, Fault
from studytool.files import has_file, leads_nowhere
from studytool.language import Phrase
from studytool.printable import first_few, printable
from studytool.review_log.database import Database, is_older
from studytool.review_log.history import UNKNOWN_EVENTS
from studytool.review_log.rows import count_unreadable
from studytool.review_log.schema import REVIEW_CODE
from studytool.review_log.standing import stands
from studytool.sqlite.connection import Connection, Row, keep_journal
from studytool.sqlite.faults import sqlite_faults
from studytool.sqlite.watching import Step, watched
from studytool.srs.memory import from_ms, to_ms

_ANEW = (Repair.RECOVER, Repair.RESTORE)
CLOCK_TOLERANCE = timedelta(minutes=10)
UNREAD = frozenset({"log_unreadable", "log_damaged", "events_unreadable", "events_damaged"})
"""The codes of findings that leave the contents of the log unknown."""

_UNREADABLE = Phrase(
    ko="복습 기록 {path}에 내용이 손상되어 읽을 수 없는 이벤트가 {n:,}개 있습니다. 고치기 전에는 "
    "공부나 통계가 도중에 멈출 수 있습니다.",
    en="the log {path} has {n:,} events whose contents cannot be read. Until it is repaired, studying "
    "and statistics may fail.",
)
_FUTURE = Phrase(
    ko="기록된 시각이 지금({now})보다 뒤인 이벤트가 {n:,}개 있습니다. 가장 늦은 것은 {latest}입니다. 그 문항들의 복습 "
    "날짜가 그만큼 늦춰져 있을 수 있습니다.",
    en="the log has events dated later than now, {now} (there are {n:,}; the latest is of "
    "{latest}). Their items may come up that much too late.",
)
_SET_CLOCK = Phrase(
    ko="이 기기의 날짜와 시각을 확인하세요. 틀리면 고치세요. 맞으면 시계가 앞서 갈 때 기록된 "
    "것입니다. studytool log retract --future를 실행하면 모든 기기에서 이 이벤트를 더는 세지 않고, 되돌릴 수도 "
    "있습니다. 그대로 두면 그 시각이 지난 뒤 이 알림은 사라집니다.",
    en="Check this machine's date and time, and set them if they are wrong. If they are right, "
    "the events were written under a clock that ran ahead: studytool log retract --future takes "
    "them back on every device, and can itself be undone. Left as they are, this notice "
    "disappears after that time.",
)

_ORPHANS = Phrase(
    ko="설치된 꾸러미에 없는 문항 {n:,}개가 복습 기록에 있습니다(복습 {reviews:,}회): {few}. 기록은 그대로 남지만, 꾸러미를 "
    "다시 설치하기 전에는 나오지 않습니다.",
    en="the log has items that are in no installed pack (items {n:,}, reviews {reviews:,}): "
    "{few}. They are kept, but not asked until their pack is installed again.",
)
_MARKS = Phrase(
    ko="설치된 꾸러미에 없는 문항 가운데 보류한 것이 {suspended}개, 깃발을 단 것이 {flagged}개, 미뤄 둔 것이 "
    "{buried}개 있습니다. 꾸러미를 다시 설치하면 그 상태 그대로 돌아옵니다.",
    en="of the items that are in no installed pack, {suspended} are suspended, {flagged} flagged "
    "and {buried} buried. They come back like that when their pack is installed again.",
)
_INSTALL = Phrase(
    ko="문항의 id가 바뀌었다면 기록을 새 문항으로 옮기세요: studytool item move {first} NEW. 꾸러미가 없어졌다면 "
    "다시 설치하면 이어집니다. 더 쓰지 않는다면 그대로 두어도 됩니다.",
    en="If an item has a new id, move its history there: studytool item move {first} NEW. If a pack "
    "is gone, install it again to go on. If you no longer use them, there is nothing to do.",
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

_ITEMS_OF_EVENTS = (
    "SELECT code, name FROM names WHERE code IN (SELECT item FROM events WHERE item > 0)"
)
_AMONG = "item IN (SELECT value FROM json_each(?))"
_MOVED = "SELECT item FROM moved WHERE item <> kept"
_STANDING_ITEMS = f"SELECT DISTINCT item FROM events e WHERE {_AMONG} AND {stands('e')}"
_COUNT_REVIEWS = (
    f"SELECT count(*) FROM events e WHERE kind = {REVIEW_CODE} AND {_AMONG} AND {stands('e')}"
)
_COUNTING = "id NOT IN (SELECT id FROM retracted)"
_LATER = f"SELECT count(*), max(time_ms) FROM events WHERE time_ms > ? AND {_COUNTING}"
_COUNT_MARKS = f"""
SELECT count(*) FILTER (WHERE rests_until_ms IS NULL), count(*) FILTER (WHERE flagged),
    count(*) FILTER (WHERE rests_until_ms > ?)
FROM items WHERE {_AMONG}
"""

Installed = Mapping[str, Collection[str]]
"""The names of the items of each installed pack, by its id."""


def examine_log(log: Path, *, now: datetime, installed: Installed) -> list[Finding]:
    """Check a log, and change nothing; ``installed`` is what the library has.

    No log is as it should be at the first start; the backups tell whether there was one.
    """
    if leads_nowhere(log):
        error = StateError(Fault.LOG_LINK, path=log, name=log.readlink())
        return [finding_of(error, "log_unreadable", Repair.RESTORE)]
    if not has_file(log):
        return []
    try:
        with (
            closing(open_log(log)) as connection,
            sqlite_faults(log),
            watched(connection, Step.CHECKING),
        ):
            keep_journal(connection)  # changes no damaged file
            return _unsound(connection, log) or [
                *([] if is_older(log) else _made(connection, log, now, installed)),
                *_newer(connection),
            ]
    except StateError as error:
        if error.fault is not Fault.DAMAGED:
            return [finding_of(error, "log_unreadable")]
        return [finding_of(error, "log_damaged", *_ANEW)]


def _made(
    connection: Connection, log: Path, now: datetime, installed: Installed
) -> Iterator[Finding]:
    """Find what is told by what is made of the events, made first as a start does; that would carry an older log over."""
    Database(log).close()
    yield from _clock(connection, now)
    yield from _before_first(connection, now)
    yield from _orphans(connection, installed, now)


def _unsound(connection: Connection, log: Path) -> list[Finding]:
    """Find what leaves the contents unknown: rows first, since an index may still have what they had."""
    if damaged := [*damaged_rows(connection, log)]:
        return damaged
    if found := problems(connection):
        error = StateError(Fault.DAMAGED, path=log, why=shortened(found))
        return [finding_of(error, "log_damaged", *_ANEW)]
    if unreadable := count_unreadable(connection):
        message = _UNREADABLE.of(path=log, n=unreadable)
        return [Finding("events_unreadable", message, FAULTS[Fault.DAMAGED].remedy.of(), _ANEW)]
    return []


def _clock(connection: Connection, now: datetime) -> Iterator[Finding]:
    n, latest_ms = connection.execute(_LATER, (to_ms(now + CLOCK_TOLERANCE),)).get
    if n:
        latest = f"{from_ms(latest_ms):%Y-%m-%d %H:%M}Z"
        message = _FUTURE.of(n=n, now=f"{now:%Y-%m-%d %H:%M}Z", latest=latest)
        yield Finding("reviews_in_future", message, _SET_CLOCK.of())


def _orphans(connection: Connection, installed: Installed, now: datetime) -> Iterator[Finding]:
    """Name items of the log that no pack lists; where no pack is installed, that says nothing."""
    lost = _lost_items(connection, installed)
    if not lost:
        return
    places = json.dumps([*lost])
    reviews = connection.execute(_COUNT_REVIEWS, (places,)).get
    names = sorted(lost.values())
    message = _ORPHANS.of(n=len(names), few=first_few(names), reviews=reviews)
    yield Finding("orphan_items", message, _INSTALL.of(first=printable(names[0])))
    suspended, flagged, buried = connection.execute(_COUNT_MARKS, (to_ms(now), places)).get
    if suspended or flagged or buried:
        message = _MARKS.of(suspended=suspended, flagged=flagged, buried=buried)
        yield Finding("orphan_marks", message, _INSTALL.of(first=printable(names[0])))


def _lost_items(connection: Connection, installed: Installed) -> dict[int, str]:
    """Return the items, by code, that no pack lists and of which an event stands."""
    items = set().union(*installed.values())
    rows: list[Row] = connection.execute(_ITEMS_OF_EVENTS).fetchall() if items else []
    moved = {item for (item,) in connection.execute(_MOVED)}
    unlisted = {code: name for code, name in rows if name not in items and code not in moved}
    if not unlisted:
        return {}
    left: list[Row] = connection.execute(_STANDING_ITEMS, (json.dumps([*unlisted]),)).fetchall()
    return {code: unlisted[code] for (code,) in left}


def _newer(connection: Connection) -> Iterator[Finding]:
    rows: list[Row] = connection.execute(UNKNOWN_EVENTS).fetchall()
    if rows:
        n, kinds = sum(n for _, n in rows), ", ".join(printable(name) for name, _ in rows)
        yield Finding("newer_events", UNKNOWN_KINDS.of(n=n, kinds=kinds), DO_UPDATE.of())


_FAR = timedelta(days=3)
"""More than zones and a journey come to."""

_BEHIND = Phrase(
    ko="이 기기의 첫 이벤트({first})보다 훨씬 앞선 날짜로 적힌 이벤트가 {n:,}개 있습니다. 가장 이른 것은 "
    "{earliest}입니다.",
    en="this device has events dated long before its first one, which is of {first} (there are "
    "{n:,}; the earliest is of {earliest}).",
)
_TAKE_BACK = Phrase(
    ko="다른 프로그램의 예전 복습을 studytool review로 가져왔다면 그대로 두면 됩니다. 시계가 뒤처져 있을 때 적힌 "
    "것이라면 studytool log retract --device {device} --until {until}을 실행하세요. 모든 기기에서 더는 세지 "
    "않고, studytool undo로 되돌릴 수 있습니다.",
    en="If studytool review brought in earlier reviews of another program, all is as it should be. "
    "If the clock was behind when they were written: studytool log retract --device {device} "
    "--until {until} lets them count no more on any device, and studytool undo takes that back.",
)
_DEVICE = "SELECT value FROM meta WHERE key = 'device'"
_OWN = "device = (SELECT code FROM names WHERE name = ?1) AND time_ms <= ?2"
_FIRST = f"SELECT time_ms FROM events WHERE {_OWN} AND {_COUNTING} ORDER BY seq LIMIT 1"
_EARLIER = f"SELECT count(*), min(time_ms), max(time_ms) FROM events WHERE {_OWN} AND {_COUNTING}"


def _before_first(connection: Connection, now: datetime) -> Iterator[Finding]:
    device = connection.execute(_DEVICE).get
    first_ms = connection.execute(_FIRST, (device, to_ms(now))).get
    if first_ms is None:
        return
    values = (device, to_ms(from_ms(first_ms) - _FAR))
    n, earliest_ms, latest_ms = connection.execute(_EARLIER, values).get
    if n:
        first, earliest = (f"{from_ms(ms):%Y-%m-%d %H:%M}Z" for ms in (first_ms, earliest_ms))
        until = from_ms(latest_ms) + timedelta(days=1)  # in any zone
        message = _BEHIND.of(first=first, n=n, earliest=earliest)
        remedy = _TAKE_BACK.of(device=device, until=f"{until:%Y-%m-%d}")
        yield Finding("reviews_before_first", message, remedy)
