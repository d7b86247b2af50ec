"""Examine the settings, the log, the library and the backups of one home folder."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from studytool.backups.folder import FOLDER_NAME
from studytool.backups.restoring import refuse_lost_log
from studytool.doctor.backup_findings import examine_backups
from studytool.doctor.findings import Finding, Repair, finding_of, found_in_copy
from studytool.doctor.log_findings import UNREAD, Installed, examine_log
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.library.library import Library
from studytool.printable import first_few
from studytool.settings import load_settings

_CORRECT_SETTINGS = Phrase(
    ko="설정 파일을 편집기로 열어 위에 적힌 줄을 고치거나, studytool config NAME default로 그 설정을 기본값으로 "
    "돌리세요. 파일을 지우면 모든 설정이 기본값이 됩니다.",
    en="Open the settings file in an editor and correct the line named above, or set it back with "
    "studytool config NAME default. Deleting the file sets everything back.",
)
_OF_NO_PACK = Phrase(
    ko="settings.toml에 설치되지 않은 꾸러미의 설정이 있습니다: {packs}. 그 꾸러미를 설치하기 전에는 쓰이지 "
    "않습니다.",
    en="settings.toml has settings for packs that are not installed: {packs}. They have no effect "
    "until they are.",
)
_TAKE_OUT = Phrase(
    ko="이름을 잘못 적었거나 더는 필요 없으면 지우세요: studytool config {name} "
    "default --pack {first}",
    en="If the name is mistyped or no longer needed, remove it: studytool config "
    "{name} default --pack {first}",
)
_ONLY_READ = Phrase(
    ko="{home}에는 쓸 수 없어 사본으로 검사했습니다. 여기서는 복습을 저장하거나 백업하거나 고칠 수 없습니다.",
    en="{home} cannot be written, so it was checked by way of a copy. Reviews cannot be saved, backed "
    "up or repaired here.",
)
_UNMENDED = Phrase(
    ko="{home}에는 쓸 수 없어 사본으로 검사했습니다. 그래서 고치지 않은 것: {codes}",
    en="{home} cannot be written, so it was checked by way of a copy. Not repaired for that reason: "
    "{codes}",
)
_ELSEWHERE = Phrase(
    ko="읽기만 한다면 그대로 두어도 됩니다. 공부하거나 고치려면 폴더와 그 안의 파일을 쓸 수 있게 하거나, 쓸 수 있는 곳에 "
    "복사해 STUDYTOOL_HOME으로 정하세요.",
    en="If you only read it, there is nothing to do. To study or repair, make the folder and its files "
    "writable, or copy it to a place that is and set STUDYTOOL_HOME to that.",
)


def examine(home: Path, now: datetime, *, copy: Path | None = None) -> list[Finding]:
    """Check everything of ``home`` that cannot be made again, and change none of it.

    Where it cannot be written, ``copy`` is a folder with copies of its log and library.
    """
    if copy is None:
        return _examine(home, home, now)
    found = _examine(home, copy, now)
    unmended = sorted({one.code for one in found if one.repairs})
    message = (
        _UNMENDED.of(home=home, codes=", ".join(unmended)) if unmended else _ONLY_READ.of(home=home)
    )
    read_only = Finding("home_read_only", message, _ELSEWHERE.of())
    return [read_only, *(found_in_copy(one, copy, home) for one in found)]


def _examine(home: Path, place: Path, now: datetime) -> list[Finding]:
    """Check a home whose log and library are read at ``place``."""
    log = place / "reviews.db"
    installed = _installed(place / "library.db")
    packs: Installed = {} if isinstance(installed, Finding) else installed
    of_log = examine_log(log, now=now, installed=packs)
    is_whole = not any(finding.code in UNREAD for finding in of_log)
    return [
        *_settings(home, packs),
        *of_log,
        *([installed] if isinstance(installed, Finding) else []),
        *(_lost_log(home) if is_whole else ()),
        *examine_backups(home / "reviews.db", home / FOLDER_NAME, is_whole=is_whole),
    ]


def _lost_log(home: Path) -> Iterator[Finding]:
    """Find a log without events where a backup has some, which a restore takes, or once it had."""
    try:
        refuse_lost_log(home)
    except StateError as error:
        repairs = {Fault.LOG_LOST: (Repair.RESTORE,), Fault.LOG_GONE: ()}.get(error.fault)
        if repairs is not None:
            yield finding_of(error, "log_missing", *repairs)


def _installed(path: Path) -> Installed | Finding:
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


def _settings(home: Path, packs: Installed) -> Iterator[Finding]:
    """Check the settings; name packs that they know and that are not installed, where any is."""
    try:
        settings = load_settings(home)
    except StateError as error:
        yield Finding("settings_unreadable", error.sentence, _CORRECT_SETTINGS.of())
        return
    unknown = sorted(settings.packs.keys() - packs.keys()) if packs else []
    if unknown:
        first = unknown[0]
        remedy = _TAKE_OUT.of(first=first, name=next(iter(settings.of_pack(first))))
        yield Finding("settings_of_no_pack", _OF_NO_PACK.of(packs=first_few(unknown)), remedy)
