"""The doctor's round: the settings, the log, the library and the backups of one home folder."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import apsw

from studytool.backups.checking_log import count_events, examine_log
from studytool.backups.findings import Finding, Severity, said, shortened
from studytool.backups.folder import FOLDER_NAME, REPLACED, Backup, list_backups
from studytool.backups.verifying import verify
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.library.faults import DAMAGED, mendable
from studytool.settings import load_settings

_LIBRARY_DAMAGED = Phrase(
    ko="꾸러미 보관소 {path}이(가) 손상되었습니다: {why}", en="the library {path} is damaged: {why}"
)
_DELETE_LIBRARY = Phrase(
    ko="파일을 지우고 다시 시작하면 새로 만듭니다. 복습 기록은 다른 파일에 있으며 그대로입니다.",
    en="Delete the file and start again: it is made anew. The reviews are in another file.",
)
_BACKUP_DAMAGED = Phrase(
    ko="백업 {name}을(를) 쓸 수 없습니다: {why}", en="the backup {name} cannot be used: {why}"
)
_TAKE_ANOTHER = Phrase(
    ko="studytool backup으로 새로 백업하고, 못 쓰게 된 파일은 지워도 됩니다.",
    en="Take another with studytool backup; the bad file may be deleted.",
)
_REPLACED_DAMAGED = Phrase(
    ko="{name}은(는) 바꾸기 전에 손상되어 있던 기록입니다: {why}",
    en="{name} is the log that was replaced, damaged as it was: {why}",
)
_MAY_GO = Phrase(
    ko="더 필요하지 않으면 지워도 됩니다.", en="It may be deleted when nothing is missing any more."
)
_NO_BACKUP = Phrase(
    ko="이벤트 {n}개의 백업이 아직 없습니다.", en="there is no backup yet of {n} events."
)
_TAKE_ONE = Phrase(
    ko="studytool backup으로 만드세요. 공부를 마칠 때에도 저절로 만들어집니다.",
    en="Take one with studytool backup; one is also made when a sitting ends.",
)


def examine(home: Path, now: datetime) -> list[Finding]:
    """Check everything of ``home``, and change nothing."""
    log, library, folder = home / "reviews.db", home / "library.db", home / FOLDER_NAME
    return [
        *_settings(home),
        *_log(log, library, folder, now),
        *_library(library),
        *_backups(log, folder),
    ]


def _settings(home: Path) -> Iterator[Finding]:
    try:
        load_settings(home)
    except StateError as error:
        yield said("settings_unreadable", error)


def _log(log: Path, library: Path, folder: Path, now: datetime) -> list[Finding]:
    try:
        listed = set(_listed(library))
    except StateError:  # told of the library itself
        listed = set()
    return examine_log(log, now=now, listed=listed, has_backups=bool(list_backups(folder)))


def _library(library: Path) -> Iterator[Finding]:
    try:
        found = _library_problems(library)
    except StateError as error:
        damaged = error.message is DAMAGED
        yield said("library_damaged" if damaged else "library_unreadable", error)
        return
    if found:
        fields: dict[str, object] = {"path": library, "why": shortened(found)}
        message, remedy = _LIBRARY_DAMAGED, _DELETE_LIBRARY
        yield Finding("library_damaged", Severity.ERROR, message, remedy, fields=fields)


def _library_problems(library: Path) -> list[str]:
    if not library.exists():
        return []
    with mendable(library), closing(_opened(library)) as connection:
        rows = connection.execute("PRAGMA integrity_check").fetchall()
    return [str(line) for (line,) in rows if line != "ok"]


def _listed(library: Path) -> list[str]:
    """Give the items of all installed packs."""
    if not library.exists():
        return []
    with mendable(library), closing(_opened(library)) as connection:
        if not connection.table_exists("main", "items"):
            return []
        return [str(item) for (item,) in connection.execute("SELECT item FROM items")]


def _opened(library: Path) -> apsw.Connection:
    return apsw.Connection(str(library), flags=apsw.SQLITE_OPEN_READWRITE)


def _backups(log: Path, folder: Path) -> Iterator[Finding]:
    sound = 0
    for backup in list_backups(folder):
        try:
            verify(backup.path)
            sound += 1
        except StateError as error:
            yield _unsound(backup, error)
    if not sound and (n := count_events(log)):
        yield Finding("no_backup", Severity.INFO, _NO_BACKUP, _TAKE_ONE, fields={"n": n})


def _unsound(backup: Backup, error: StateError) -> Finding:
    fields = {"name": backup.path.name, "why": error.fields.get("why", error.text("en"))}
    if backup.kind == REPLACED:
        code, severity = "replaced_unreadable", Severity.INFO
        return Finding(code, severity, _REPLACED_DAMAGED, _MAY_GO, fields=fields)
    code, severity = "backup_unreadable", Severity.WARNING
    return Finding(code, severity, _BACKUP_DAMAGED, _TAKE_ANOTHER, fields=fields)
