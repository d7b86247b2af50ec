"""Events that this device dated long before its first one: its clock was behind when it wrote them.

Nothing is lost by that, but their items seem overdue by years. What another program did earlier
and `studytool review` brought in looks the same, so it is a note.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from studytool.doctor.findings import Finding
from studytool.language import Phrase
from studytool.sqlite.connection import Connection, Row
from studytool.srs.memory import from_ms, to_ms

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
_FIRST = f"SELECT time_ms FROM events WHERE {_OWN} {{counting}} ORDER BY seq LIMIT 1"
_EARLIER = f"SELECT count(*), min(time_ms), max(time_ms) FROM events WHERE {_OWN} {{counting}}"


def events_before_first(
    connection: Connection, now: datetime, *, counting: str
) -> Iterator[Finding]:
    """Name them, if there are any; ``counting`` is an SQL condition on those that count."""
    device = connection.execute(_DEVICE).get
    first_ms = connection.execute(_FIRST.format(counting=counting), (device, to_ms(now))).get
    if first_ms is None:
        return
    before = to_ms(from_ms(first_ms) - _FAR)
    rows: list[Row] = connection.execute(
        _EARLIER.format(counting=counting), (device, before)
    ).fetchall()
    [(n, earliest_ms, latest_ms)] = rows
    if n:
        first, earliest = (f"{from_ms(ms):%Y-%m-%d %H:%M}Z" for ms in (first_ms, earliest_ms))
        until = from_ms(latest_ms) + timedelta(days=1)  # in any zone
        message = _BEHIND.of(first=first, n=n, earliest=earliest)
        remedy = _TAKE_BACK.of(device=device, until=f"{until:%Y-%m-%d}")
        yield Finding("reviews_before_first", message, remedy)
