"""Findings about backups: which cannot be used, and which have events that the log lacks."""

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from studytool.backups.copying import Contents, contents, contents_of, open_log, verify
from studytool.backups.folder import REPLACED, TAKEN, Backup, list_backups
from studytool.doctor.findings import Finding, Repair, finding_of
from studytool.doctor.seal_findings import (
    backup_rows,
    differing_events,
    set_aside_events,
    twofold_events,
)
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.sqlite.connection import Connection
from studytool.sqlite.faults import sqlite_faults

_BACKUP_DAMAGED = Phrase(
    ko="백업 {name}을(를) 쓸 수 없습니다({why}). 복습 기록은 그대로지만, 기록에 문제가 생겼을 때 이 백업으로는 되돌릴 수 "
    "없습니다.",
    en="the backup {name} cannot be used ({why}). The log is untouched, but it could not be "
    "restored from this backup.",
)
_TAKE_ANOTHER = Phrase(
    ko="studytool backup으로 새 백업을 만드세요. 못 쓰게 된 파일은 지워도 됩니다.",
    en="Make a new one with studytool backup; the bad file may be deleted.",
)
_REPLACED_DAMAGED = Phrase(
    ko="{name}은(는) 바꾸기 전의 손상된 기록을 그대로 보관한 것입니다({why}).",
    en="{name} is the damaged log that was replaced, kept as it was ({why}).",
)
_MAY_GO = Phrase(
    ko="지금 기록에 빠진 것이 없으면 지워도 됩니다.",
    en="It may be deleted if nothing is missing from the log.",
)
_NO_BACKUP = Phrase(
    ko="복습 기록에 이벤트가 {n:,}개 있는데 백업이 아직 없습니다. 파일이 손상되거나 지워지면 되찾을 수 없습니다.",
    en="there is no backup of the log yet (events: {n:,}). If its file is damaged or deleted, they "
    "are lost.",
)
_TAKE_ONE = Phrase(
    ko="studytool backup으로 만드세요. 공부를 마칠 때 자동으로도 만들어집니다.",
    en="Make one with studytool backup; one is also made automatically when you finish studying.",
)
_FEWER = Phrase(
    ko="복습 기록 {path}(이벤트 {found:,}개)에는 백업 {name}(이벤트 {events:,}개)에 있는 이벤트가 빠져 있습니다. 기록은 "
    "늘기만 하므로, 파일이 지워졌거나 옛 파일로 바뀐 것입니다. 그 백업은 지워지지 않습니다.",
    en="the log {path} ({found:,} events) lacks events that the backup {name} has ({events:,} "
    "events). A log only grows, so its file was deleted or an old one put in its place. That backup "
    "is not deleted.",
)
_DO_MERGE = Phrase(
    ko="studytool doctor --repair를 실행하면 먼저 물어본 뒤 지금 기록과 그 백업의 이벤트를 모두 모아 새 기록을 만들고, "
    "지금 파일은 보관합니다. 빠진 이벤트가 필요 없으면 그 백업을 다른 곳으로 옮기세요.",
    en="Run studytool doctor --repair. It asks first, then makes a new log of all events of the log "
    "and of that backup, and keeps the present file. If you do not need those events, move that "
    "backup elsewhere.",
)
_KEPT_FOR_GOOD = Phrase(
    ko="지금 복습 기록에 없는 이벤트가 있는 백업이 {n:,}개 있습니다. 이벤트가 가장 많은 것은 "
    "{name}({events:,}개)입니다. 그 뒤에 기록을 되돌리거나 복구했으므로 일부러 뺀 것일 수 있습니다.",
    en="backups with events that the log lacks: {n:,}; the one with the most events is {name} "
    "({events:,}). The log was restored or repaired since, so this may be on purpose.",
)
_MAY_RESTORE = Phrase(
    ko="되돌리려면 studytool restore {name}을(를) 실행하세요. 지금 기록은 보관됩니다. 필요 없으면 지워도 됩니다. "
    "studytool은 이런 백업을 지우지 않습니다.",
    en="To go back, run studytool restore {name}; the present log is kept. They may be deleted if "
    "they are not needed; studytool does not delete them.",
)

_HAS = "SELECT EXISTS (SELECT 1 FROM events WHERE id = ?)"

Sound = tuple[Backup, Contents]
"""A backup that reads back whole, and its contents."""


def examine_backups(log: Path, folder: Path, *, is_whole: bool = True) -> Iterator[Finding]:
    """Check each backup and what a log that ``is_whole`` lacks of them, and change nothing."""
    sound: list[Sound] = []
    unsound: list[Finding] = []
    try:
        backups = list_backups(folder)
    except StateError as error:
        yield finding_of(error, "backups_unreadable")
        return
    for backup in backups:
        try:
            sound.append((backup, verify(backup.path)))
        except StateError as error:
            unsound.append(_unsound(backup, error))
    events: int | None = None
    with suppress(StateError):  # told of the log itself
        events = contents_of(log).events
    if events and is_whole:
        yield from _lacking(log, events, sound)
    yield from _of_seals(log, sound, is_readable=bool(events) and is_whole)
    yield from unsound
    if events and not sound:
        yield Finding("no_backup", _NO_BACKUP.of(n=events), _TAKE_ONE.of())


def _of_seals(log: Path, sound: list[Sound], *, is_readable: bool) -> Iterator[Finding]:
    """Find what seals tell of a log beside its backups, and of the backups themselves."""
    backups = [backup for backup, _ in sound]
    if is_readable:
        with suppress(StateError):  # told of the log itself
            yield from set_aside_events(log, backups)
            yield from differing_events(log, backups)
            yield from twofold_events(log)
    for backup in backups:
        if backup.kind == TAKEN:
            yield from backup_rows(backup)


def lacking(log: Path, sound: Iterable[Sound]) -> list[Sound]:
    """Return those backups of the rotation that have events which the log lacks, largest first, or raise StateError."""
    with closing(open_log(log)) as live, sqlite_faults(log):
        more = [one for one in sound if one[0].kind == TAKEN and not has_all_of(live, one[1])]
    return sorted(more, key=lambda one: one[1].events, reverse=True)


def has_all_of(connection: Connection, earlier: Contents) -> bool:
    """Tell whether the log that is open has every event of an earlier state of it.

    The event that arrived last tells: a log that has it, and no fewer events, has what came before.
    """
    if contents(connection).events < earlier.events:
        return False
    return earlier.last_id is None or bool(connection.execute(_HAS, (earlier.last_id,)).get)


def _lacking(log: Path, events: int, sound: list[Sound]) -> Iterator[Finding]:
    """Find events that the log lacks; a restore or a repair since then may be why."""
    try:
        more = lacking(log, sound)
    except StateError:  # told of the log itself
        return
    if not more:
        return
    replaced = [backup.taken for backup, _ in sound if backup.kind == REPLACED]
    name, most_events = more[0][0].path.name, more[0][1].events
    if all(any(backup.taken <= then for then in replaced) for backup, _ in more):
        message = _KEPT_FOR_GOOD.of(n=len(more), name=name, events=most_events)
        yield Finding("backups_hold_more", message, _MAY_RESTORE.of(name=name))
    else:
        message = _FEWER.of(path=log, found=events, name=name, events=most_events)
        yield Finding("events_missing", message, _DO_MERGE.of(), (Repair.MERGE,))


def _unsound(backup: Backup, error: StateError) -> Finding:
    name, why = backup.path.name, error.fields.get("why", error.told)
    if backup.kind == REPLACED:
        message = _REPLACED_DAMAGED.of(name=name, why=why)
        return Finding("replaced_unreadable", message, _MAY_GO.of())
    message = _BACKUP_DAMAGED.of(name=name, why=why)
    return Finding("backup_unreadable", message, _TAKE_ANOTHER.of())
