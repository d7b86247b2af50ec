"""The doctor's round: the settings, the log, the library and the backups of one home folder."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from studytool.backups.checking_library import Installed, examine_library, read_installed
from studytool.backups.checking_log import count_events, examine_log
from studytool.backups.checking_packs import retention_of_no_pack
from studytool.backups.findings import Finding, Severity, said
from studytool.backups.folder import FOLDER_NAME, REPLACED, Backup, list_backups
from studytool.backups.verifying import verify
from studytool.backups.watching import Watch, unwatched
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.settings import load_settings

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
    en="the log has {n:,} events and no backup yet. If its file is damaged or deleted, they are "
    "lost.",
)
_TAKE_ONE = Phrase(
    ko="studytool backup으로 만드세요. 공부를 마칠 때 자동으로도 만들어집니다.",
    en="Make one with studytool backup; one is also made automatically when you finish studying.",
)


def examine(home: Path, now: datetime, *, watch: Watch = unwatched) -> list[Finding]:
    """Check everything of ``home``, and change nothing."""
    log, library, folder = home / "reviews.db", home / "library.db", home / FOLDER_NAME
    installed, has_backups = read_installed(library), bool(list_backups(folder))
    return [
        *_settings(home, installed),
        *examine_log(log, now=now, installed=installed, has_backups=has_backups, watch=watch),
        *examine_library(library),
        *_backups(log, folder, watch),
    ]


def _settings(home: Path, installed: Installed) -> Iterator[Finding]:
    try:
        settings = load_settings(home)
    except StateError as error:
        yield said("settings_unreadable", error)
    else:
        yield from retention_of_no_pack(settings.pack_retention, installed)


def _backups(log: Path, folder: Path, watch: Watch) -> Iterator[Finding]:
    sound = 0
    for backup in list_backups(folder):
        try:
            verify(backup.path, watch=watch)
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
