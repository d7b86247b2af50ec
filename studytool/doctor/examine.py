"""Examine the settings, the log, the library and the backups of one home folder."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from studytool.backups.folder import FOLDER_NAME
from studytool.doctor.backup_findings import examine_backups
from studytool.doctor.findings import Finding, finding_of
from studytool.doctor.log_findings import UNREAD, examine_log
from studytool.doctor.pack_findings import InstalledPacks, retention_of_no_pack
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.library.library import Library
from studytool.settings import load_settings

_CORRECT_SETTINGS = Phrase(
    ko="설정 파일을 편집기로 열어 위에 적힌 줄을 고치거나, studytool config NAME default로 그 설정을 기본값으로 "
    "돌리세요. 파일을 지우면 모든 설정이 기본값이 됩니다.",
    en="Open the settings file in an editor and correct the line named above, or set it back with "
    "studytool config NAME default. Deleting the file sets everything back.",
)


def examine(home: Path, now: datetime) -> list[Finding]:
    """Check everything of ``home`` that cannot be made again, and change none of it."""
    log = home / "reviews.db"
    installed = _installed(home / "library.db")
    packs: InstalledPacks = {} if isinstance(installed, Finding) else installed
    of_log = examine_log(log, now=now, installed=packs)
    is_whole = not any(finding.code in UNREAD for finding in of_log)
    return [
        *_settings(home, packs),
        *of_log,
        *([installed] if isinstance(installed, Finding) else []),
        *examine_backups(log, home / FOLDER_NAME, is_whole=is_whole),
    ]


def _installed(path: Path) -> InstalledPacks | Finding:
    """Return what is installed; a finding where the library may not be read or made again."""
    if not path.exists():
        return {}
    try:
        with Library.open(path) as library:
            ids = [pack.id for pack in library.packs()]
            return {id_: [one.item for one in library.listed(id_)] for id_ in ids}
    except StateError as error:
        if error.fault is Fault.LIBRARY_DAMAGED:  # deleted: the next start makes it again
            return {}
        return finding_of(error, "library_unreadable")


def _settings(home: Path, packs: InstalledPacks) -> Iterator[Finding]:
    try:
        settings = load_settings(home)
    except StateError as error:
        yield Finding("settings_unreadable", error.sentence, _CORRECT_SETTINGS.of())
    else:
        yield from retention_of_no_pack(settings.pack_retention, packs)
