"""``studytool backup``: a backup of the log now, or the list of those that there are."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studytool.cli.backup_work import watched_work
from studytool.cli.speaking import learner_language, told_in
from studytool.clock import utc_now
from studytool.errors import StateError
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
_NONE = Phrase(ko="{folder}에 백업이 없습니다.", en="there are no backups in {folder}.")
_LINE = Phrase(ko="{name}  이벤트 {events:,}개  {size}", en="{name}  {events:,} events  {size}")
_UNREADABLE = Phrase(ko="{name}  읽을 수 없음  {size}", en="{name}  unreadable  {size}")
NO_LOG = Phrase(
    ko="{path}이(가) 없습니다. 아직 백업할 복습이 없습니다.",
    en="there is no {path}: there are no reviews to back up yet.",
)


@click.command(name="backup")
@click.option("--list", "list_them", is_flag=True, help="List the backups; make none.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(*, list_them: bool, as_json: bool) -> None:
    """Back up the log of reviews, while studytool may be in use, and read the copy back.

    Kept are the latest of each of the last 24 hours, 14 days, 8 weeks and 24 months that have one.
    """
    home = home_folder()
    language = learner_language(home)
    with told_in(language):
        if list_them:
            click.echo(list_as_json(home) if as_json else list_as_text(home, language))
        else:
            click.echo(_take(home, language, as_json=as_json))


def list_as_text(home: Path, language: Language) -> str:
    """List the backups, one a line, latest first."""
    from studytool.backups.folder import FOLDER_NAME

    listed = _listed(home)
    if not listed:
        return _NONE.text(language, folder=home / FOLDER_NAME)
    return "\n".join(
        (_UNREADABLE if one["events"] is None else _LINE).text(
            language, **one, size=f"{one['bytes'] / 1000:,.0f} kB"
        )
        for one in listed
    )


def list_as_json(home: Path) -> str:
    """Give the stable keys of ``backup --list --json``."""
    from studytool.backups.folder import FOLDER_NAME

    listed = {"folder": str(home / FOLDER_NAME), "backups": _listed(home)}
    return json.dumps(listed, ensure_ascii=False)


def _listed(home: Path) -> list[dict[str, Any]]:
    from studytool.backups.folder import FOLDER_NAME, list_backups

    return [_described(backup) for backup in list_backups(home / FOLDER_NAME)]


def _described(backup: "Backup") -> dict[str, Any]:
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
    }


def _take(home: Path, language: Language, *, as_json: bool) -> str:
    from studytool.backups.folder import FOLDER_NAME
    from studytool.backups.taking import take

    log = home / "reviews.db"
    if not log.exists():
        raise StateError(NO_LOG, path=log)
    with watched_work(language) as watch:
        taken = take(log, home / FOLDER_NAME, utc_now(), watch=watch)
    if as_json:
        return json.dumps(_taken_as_json(taken), ensure_ascii=False)
    path, deleted = taken.backup.path, len(taken.deleted)
    lines = [_TAKEN.text(language, path=path, events=taken.contents.events)]
    return "\n".join(lines + ([_DELETED.text(language, n=deleted)] if deleted else []))


def _taken_as_json(taken: "Taken") -> dict[str, Any]:
    return {
        "name": taken.backup.path.name,
        "path": str(taken.backup.path),
        "events": taken.contents.events,
        "bytes": taken.backup.path.stat().st_size,
        "deleted": [old.path.name for old in taken.deleted],
    }
