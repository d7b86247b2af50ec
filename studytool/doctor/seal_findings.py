"""Findings about seals: damaged events and names, what was lost, and what a backup has otherwise."""

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from studytool.backups.copying import open_for_reading
from studytool.backups.folder import TAKEN, Backup
from studytool.doctor.findings import DO_REPAIR, Finding, Repair
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.printable import first_few
from studytool.review_log.damage import damaged_names, damaged_places, read_damaged
from studytool.review_log.event_ids import id_bytes, id_text
from studytool.review_log.schema import CODED_COLUMNS, COLUMNS
from studytool.review_log.set_aside import lost_events, twofold_ids
from studytool.sqlite.connection import Connection, Row
from studytool.sqlite.faults import SqliteError, sqlite_faults

_DAMAGED = Phrase(
    ko="복습 기록 {path}에 쓰인 뒤 내용이 바뀐 곳이 있습니다: 검사합이 틀린 이벤트 {n:,}개({few}), 이름 {names:,}개. 나머지는 "
    "모두 그대로입니다.",
    en="parts of the log {path} have changed since they were written: events with a wrong checksum "
    "{n:,} ({few}), names {names:,}. All the rest is as it was.",
)
_GET_BACK = Phrase(
    ko="studytool doctor --repair를 실행하면 먼저 물어본 뒤, 비트 하나가 바뀐 것은 검사합으로, 다른 것은 백업으로 되돌립니다. 아무 데도 "
    "없는 것은 떼어 두고 알려 줍니다. studytool sync로 다른 기기에서 받을 수도 있습니다.",
    en="Run studytool doctor --repair. It asks first, then puts a single changed bit right by the "
    "checksum and the rest from the backups; what is nowhere is set aside and listed. studytool sync "
    "brings events back from other devices.",
)
_LOST = Phrase(
    ko="손상되어 떼어 둔 이벤트가 {n:,}개 있습니다: {few}. 백업에도 없습니다.",
    en="events that were damaged and set aside: {n:,} ({few}). No backup has them.",
)
_NOTHING_LEFT = Phrase(
    ko="다른 기기와 studytool sync를 하거나 예전에 내보낸 파일을 studytool log import로 읽으면 되찾습니다. 어디에도 없으면 "
    "그대로 두세요. 나머지는 영향을 받지 않습니다.",
    en="They come back by studytool sync with another device, or by studytool log import of an "
    "earlier export. If they are nowhere else, leave it: nothing else is affected.",
)
_IN_BACKUP = Phrase(
    ko="손상되어 떼어 둔 이벤트 가운데 {n:,}개가 백업에 있습니다: {few}.",
    en="of the events that were damaged and set aside, backups have {n:,}: {few}.",
)
_DIFFERS = Phrase(
    ko="이벤트 {n:,}개가 백업 {name}에는 다르게 적혀 있습니다: {few}. 이벤트는 바뀌지 않으므로 둘 가운데 하나가 손상된 것입니다.",
    en="the backup {name} has {n:,} of the log's events otherwise: {few}. Events never change, so "
    "one of the two is damaged.",
)
_TAKE_BACKUP = Phrase(
    ko="studytool doctor --repair를 실행하면 먼저 물어본 뒤 백업의 것을 씁니다. 백업이 틀렸다면 그 백업을 다른 곳으로 옮기세요.",
    en="Run studytool doctor --repair: it asks first, then takes what the backup has. If the backup "
    "is the wrong one, move it elsewhere.",
)
_TWOFOLD = Phrase(
    ko="다른 파일에 다르게 적혀 있던 이벤트가 {n:,}개 있습니다: {few}. 모든 기기가 같은 것을 씁니다.",
    en="other files had {n:,} of the log's events otherwise: {few}. Every device keeps the same "
    "contents.",
)
_KEPT_BOTH = Phrase(
    ko="다른 내용은 떼어 두었습니다. 할 일은 없습니다.",
    en="The other contents are set aside; there is nothing to do.",
)
_BACKUP_ROWS = Phrase(
    ko="백업 {name}에 검사합이 틀린 것이 {n:,}개 있습니다. 그 밖의 것은 쓸 수 있습니다.",
    en="the backup {name} has {n:,} rows with a wrong checksum; the rest of it can be used.",
)
_MAKE_ANOTHER = Phrase(
    ko="studytool backup으로 새로 만드세요. 그 뒤에는 지워도 됩니다.",
    en="Make a new one with studytool backup; then this one may be deleted.",
)

_HAS = "SELECT EXISTS (SELECT 1 FROM events WHERE id = ?)"
_OTHER_NAMES = """
SELECT EXISTS (SELECT 1 FROM main.names n JOIN earlier.names o USING (code) WHERE n.name <> o.name)
"""
_CODED = (*CODED_COLUMNS, "parameters")
_PLAIN = [column for column in COLUMNS[1:-1] if column not in _CODED]
_DIFFERING = """
SELECT e.id FROM main.events e JOIN earlier.events o ON o.id = e.id WHERE ({}) IS NOT ({}) LIMIT 1000
"""
"""So many are looked for: what a repair does with them does not depend on how many."""


def damaged_rows(connection: Connection, log: Path) -> Iterator[Finding]:
    """Find the events and the names whose seals are wrong."""
    names, places = damaged_names(connection), damaged_places(connection)
    if names or places:
        few = first_few(read_damaged(connection, place) for place in places[:4])
        message = _DAMAGED.of(path=log, n=len(places), few=few or "-", names=len(names))
        repairs = (Repair.RECOVER, Repair.RESTORE)
        yield Finding("events_damaged", message, _GET_BACK.of(), repairs)


def set_aside_events(log: Path, sound: Iterable[Backup]) -> Iterator[Finding]:
    """Find what was set aside: what a backup has of it, and what is lost."""
    with closing(open_for_reading(log)) as connection, sqlite_faults(log):
        lost = lost_events(connection)
    if not lost:
        return
    held = _held({one.id for one in lost if one.id is not None}, sound, worded=True)
    if there := [one for one in lost if one.id in held]:
        message = _IN_BACKUP.of(n=len(there), few=first_few(there))
        yield Finding("lost_events_in_backup", message, DO_REPAIR.of(), (Repair.RECOVER,))
    if gone := [one for one in lost if one.id not in held]:
        yield Finding("events_lost", _LOST.of(n=len(gone), few=first_few(gone)), _NOTHING_LEFT.of())


def twofold_events(log: Path) -> Iterator[Finding]:
    """Find the events that another file had otherwise."""
    with closing(open_for_reading(log)) as connection, sqlite_faults(log):
        ids = twofold_ids(connection)
    if ids:
        message = _TWOFOLD.of(n=len(ids), few=first_few(ids))
        yield Finding("events_twofold", message, _KEPT_BOTH.of())


def backup_rows(backup: Backup) -> Iterator[Finding]:
    """Find the rows of a backup whose seals are wrong."""
    with suppress(StateError, SqliteError), closing(open_for_reading(backup.path)) as connection:
        n = len(damaged_names(connection)) + len(damaged_places(connection))
        if n:
            message = _BACKUP_ROWS.of(name=backup.path.name, n=n)
            yield Finding("backup_unreadable", message, _MAKE_ANOTHER.of())


def differing_events(log: Path, sound: Iterable[Backup]) -> Iterator[Finding]:
    """Find the events that a backup has otherwise; of the earliest backup that has any."""
    if (found := first_differing(log, sound)) is not None:
        backup, ids = found
        few = first_few(map(id_text, ids))
        message = _DIFFERS.of(n=len(ids), name=backup.path.name, few=few)
        yield Finding("events_differ", message, _TAKE_BACKUP.of(), (Repair.RECOVER,))


def first_differing(log: Path, sound: Iterable[Backup]) -> tuple[Backup, list[bytes]] | None:
    """Return the earliest backup that has events otherwise than a log, and the ids of these.

    The earliest that has an event is believed: what it has was written first. What a repair replaced
    is not asked.
    """
    earlier: list[Backup] = []
    for backup in sorted(sound, key=lambda one: one.taken):
        if backup.kind != TAKEN:
            continue
        found = {*differing(log, backup.path)}
        if found := found - _held(found, earlier):
            return backup, sorted(found)
        earlier.append(backup)
    return None


def differing(log: Path, backup: Path, *, even_told: bool = False) -> list[bytes]:
    """Return the ids of events that a log and a sound backup have otherwise, each by a right seal.

    Words are compared where both files give them the same codes: of a log begun anew they do not.
    Events of which the log knows two contents already are left out, unless ``even_told``.
    """
    with suppress(SqliteError, StateError), closing(open_for_reading(log)) as connection:
        connection.execute("ATTACH ? AS earlier", (f"{backup.absolute().as_uri()}?immutable=1",))
        columns = [*_PLAIN]
        if not connection.execute(_OTHER_NAMES).get:
            columns += _CODED
        if connection.execute("PRAGMA earlier.user_version").get > 1:
            columns.append(COLUMNS[-1])
        rows: list[Row] = connection.execute(
            _DIFFERING.format(*(", ".join(f"{table}.{one}" for one in columns) for table in "eo"))
        ).fetchall()
        told = [] if even_told else twofold_ids(connection)
        found = {id_ for (id_,) in rows}.difference(map(id_bytes, told))
        with closing(open_for_reading(backup)) as there:
            return sorted(found - _damaged_among(there, found))
    return []


def _held(ids: set[bytes], backups: Iterable[Backup], *, worded: bool = False) -> set[bytes]:
    """Return those of ``ids`` that backups have by a right seal, and if ``worded`` with all their words."""
    held: set[bytes] = set()
    for backup in backups:
        with suppress(StateError, SqliteError), closing(open_for_reading(backup.path)) as there:
            if worded and damaged_names(there):
                continue
            has = {id_ for id_ in ids - held if there.execute(_HAS, (id_,)).get}
            held |= has - _damaged_among(there, has)
    return held


def _damaged_among(connection: Connection, ids: set[bytes]) -> set[bytes]:
    places = damaged_places(connection, among=ids)
    return {id_ for place in places if (id_ := read_damaged(connection, place).id) is not None}
