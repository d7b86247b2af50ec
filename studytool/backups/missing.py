"""A log that is gone or empty while backups of it have events: nothing may begin in its place."""

from contextlib import closing
from pathlib import Path

from studytool.backups.copying import open_log
from studytool.backups.folder import FOLDER_NAME
from studytool.backups.restoring import newest_sound
from studytool.backups.verifying import contents
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.sqlite.faults import mendable

LOST = Phrase(
    ko="복습 기록 {path}이(가) 없거나 비어 있습니다. 그런데 가장 최근의 온전한 백업 {name}에는 이벤트 {events:,}개가 "
    "있습니다. studytool restore를 실행하면 되찾습니다. 처음부터 새로 시작하려면 백업 폴더 {folder}을(를) 다른 곳으로 "
    "옮긴 뒤 다시 실행하세요.",
    en="the log of reviews {path} is missing or empty, but its newest sound backup, {name}, has "
    "{events:,} events. Run studytool restore to get them back. To begin anew on purpose, move the "
    "folder of backups, {folder}, elsewhere and run this again.",
)


def is_empty(log: Path) -> bool:
    """Tell whether there is no log, or one without a single event.

    Raises:
        StateError: it cannot be read.
    """
    if not has_file(log):
        return True
    with closing(open_log(log)) as connection, mendable(log):
        return contents(connection).events == 0


def has_file(log: Path) -> bool:
    """Tell whether there is anything at ``log``; a file without a byte is as good as none."""
    return log.exists() and not (log.is_file() and log.stat().st_size == 0)


def refuse_lost_log(home: Path) -> None:
    """Refuse to go on where the log of ``home`` has no event and a sound backup has some.

    Raises:
        StateError: so it is; says how many, how to get them back, and how to begin anew.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    if not folder.is_dir() or not is_empty(log):
        return
    try:
        backup, found = newest_sound(folder)
    except StateError:  # nothing that could be got back
        return
    if found.events:
        fields = {"name": backup.name, "events": found.events, "folder": folder}
        raise StateError(LOST, path=log, **fields)
