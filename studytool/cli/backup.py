"""``studytool backup``: a backup of the log now, or the list of those that there are."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.long_work import watched_work
from studytool.cli.output import learner_language, write_text
from studytool.clock import utc_now
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.json_output import BackupJson, BackupListJson, ListedBackupJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.backups.folder import Backup
    from studytool.backups.taking import Taken

_TAKEN = Phrase(
    ko="백업했습니다: {path} (이벤트 {events:,}개, 다시 읽어 확인함)",
    en="backed up: {path} ({events:,} events, read back)",
)
_DELETED = Phrase(ko="오래된 백업 {n}개를 정리했습니다.", en="older backups deleted: {n}")
_SPARED = Phrase(
    ko="다른 백업 {n}개는 정리할 차례지만, 더 새로운 백업에 없는 이벤트가 있어 지우지 않았습니다. 지금 기록에서 빠진 것이 있는지 "
    "studytool doctor로 확인하세요.",
    en="not deleted, since they have events that no later backup has: {n}. Run studytool doctor to "
    "see whether the log lacks any.",
)
_NONE = Phrase(ko="{folder}에 백업이 없습니다.", en="there are no backups in {folder}.")
_LINE = Phrase(ko="{name}  이벤트 {events:,}개  {size}", en="{name}  {events:,} events  {size}")
_HOLDS_MORE = Phrase(
    ko="{line}  더 새로운 백업에 없는 이벤트가 있어 지우지 않음",
    en="{line}  not deleted: it has events that no later backup has",
)
_UNREADABLE = Phrase(ko="{name}  읽을 수 없음  {size}", en="{name}  unreadable  {size}")


@click.command(name="backup")
@click.option("--list", "list_them", is_flag=True, help="List the backups; make none.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(*, list_them: bool, as_json: bool) -> None:
    """Back up the log of reviews, while studytool may be in use, and read the copy back.

    Kept are the latest of each of the last 24 hours, 14 days, 8 weeks and 24 months that have one.
    """
    home = home_folder()
    language = learner_language(home)
    if list_them:
        write_text(list_as_json(home) if as_json else list_as_text(home, language))
    else:
        write_text(_take(home, language, as_json=as_json))


def list_as_text(home: Path, language: Language) -> str:
    """List the backups, one a line, latest first."""
    from studytool.backups.folder import FOLDER_NAME

    listed = _listed(home)
    if not listed:
        return _NONE.text(language, folder=home / FOLDER_NAME)
    return "\n".join(_line(one, language) for one in listed)


def _line(one: ListedBackupJson, language: Language) -> str:
    said = _UNREADABLE if one["events"] is None else _LINE
    line = said.text(language, **one, size=f"{one['bytes'] / 1000:,.0f} kB")
    return _HOLDS_MORE.text(language, line=line) if one["holds_more"] else line


def list_as_json(home: Path) -> str:
    """Return the stable keys of ``backup --list --json``."""
    from studytool.backups.folder import FOLDER_NAME

    listed: BackupListJson = {"folder": str(home / FOLDER_NAME), "backups": _listed(home)}
    return json.dumps(listed, ensure_ascii=False)


def _listed(home: Path) -> list[ListedBackupJson]:
    from studytool.backups.folder import FOLDER_NAME, TAKEN, list_backups
    from studytool.backups.lineage import holding_more

    folder = home / FOLDER_NAME
    more = holding_more(list_backups(folder, kinds=(TAKEN,)))
    return [_described(backup, holds_more=backup in more) for backup in list_backups(folder)]


def _described(backup: "Backup", *, holds_more: bool) -> ListedBackupJson:
    from studytool.backups.verifying import glance

    try:
        events = glance(backup.path).events
    except StateError:
        events = None
    return {
        "name": backup.path.name,
        "kind": backup.kind,
        "taken": backup.taken.isoformat(),
        "events": events,
        "bytes": backup.path.stat().st_size,
        "holds_more": holds_more,
    }


def _take(home: Path, language: Language, *, as_json: bool) -> str:
    from studytool.backups.folder import FOLDER_NAME
    from studytool.backups.missing import refuse_lost_log
    from studytool.backups.taking import take

    log = home / "reviews.db"
    refuse_lost_log(home)
    if not log.exists():
        raise StateError(Fault.NO_LOG, path=log)
    with watched_work(language) as watch:
        taken = take(log, home / FOLDER_NAME, utc_now(), watch=watch)
    if as_json:
        return json.dumps(_taken_as_json(taken), ensure_ascii=False)
    lines = [_TAKEN.text(language, path=taken.backup.path, events=taken.contents.events)]
    for phrase, others in ((_DELETED, taken.deleted), (_SPARED, taken.spared)):
        lines += [phrase.text(language, n=len(others))] if others else []
    return "\n".join(lines)


def _taken_as_json(taken: "Taken") -> BackupJson:
    return {
        "name": taken.backup.path.name,
        "path": str(taken.backup.path),
        "events": taken.contents.events,
        "bytes": taken.backup.path.stat().st_size,
        "deleted": [old.path.name for old in taken.deleted],
        "spared": [old.path.name for old in taken.spared],
    }
