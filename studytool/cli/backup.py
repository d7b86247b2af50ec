"""``studytool backup``: a backup of the log now, or the list of those that there are."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.cli import declare
from studytool.cli.long_work import watched_work
from studytool.cli.output import learner_language, write_json, write_text
from studytool.clock import utc_now
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.json_output import BackupJson, BackupListJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.backups.taking import BackupReport, ListedBackup


@declare.command(
    "backup",
    more=Phrase(
        ko="studytool을 쓰는 동안에도 백업하고, 사본을 다시 읽어 확인합니다. 지난 24시간, 14일, 8주, 24달마다 가장 늦은 것 하나씩을 남깁니다.",
        en="It may be taken while studytool is in use, and the copy is read back. Kept are "
        "the latest of each of the last 24 hours, 14 days, 8 weeks and 24 months that have "
        "one.",
    ),
)
@declare.option(
    "--list",
    "list_them",
    is_flag=True,
    about=Phrase("백업을 나열합니다. 새로 만들지는 않습니다.", "List the backups; make none."),
)
@declare.as_json
def command(*, list_them: bool, as_json: bool) -> None:
    """Back up the log of reviews, while studytool may be in use, and read the copy back."""
    home = home_folder()
    language = learner_language(home)
    if list_them:
        _list(home, language, as_json=as_json)
        return
    taken = _take(home, language)
    if as_json:
        write_json(_taken_as_json(taken))
        return
    from studytool.wording.backups import taken_text

    write_text(taken_text(taken, language))


def _list(home: Path, language: Language, *, as_json: bool) -> None:
    from studytool.backups.folder import FOLDER_NAME
    from studytool.backups.taking import describe_backups
    from studytool.wording.backups import backups_text

    folder = home / FOLDER_NAME
    listed = describe_backups(folder)
    if as_json:
        write_json(_list_as_json(listed, folder))
    else:
        write_text(backups_text(listed, folder, language))


def _list_as_json(listed: "Sequence[ListedBackup]", folder: Path) -> BackupListJson:
    return {
        "folder": str(folder),
        "backups": [
            {
                "name": one.backup.path.name,
                "kind": one.backup.kind,
                "taken": one.backup.taken.isoformat(),
                "events": one.events,
                "bytes": one.size_bytes,
                "holds_more": one.holds_more,
            }
            for one in listed
        ],
    }


def _take(home: Path, language: Language) -> "BackupReport":
    from studytool.backups.folder import FOLDER_NAME
    from studytool.backups.restoring import refuse_lost_log
    from studytool.backups.taking import take

    log = home / "reviews.db"
    refuse_lost_log(home)
    if not log.exists():
        raise StateError(Fault.NO_LOG, path=log)
    with watched_work(language):
        return take(log, home / FOLDER_NAME, utc_now())


def _taken_as_json(taken: "BackupReport") -> BackupJson:
    return {
        "name": taken.backup.path.name,
        "path": str(taken.backup.path),
        "events": taken.contents.events,
        "bytes": taken.backup.path.stat().st_size,
        "deleted": [old.path.name for old in taken.deleted],
        "spared": [old.path.name for old in taken.spared],
    }
