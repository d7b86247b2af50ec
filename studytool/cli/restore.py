"""``studytool restore``: a backup becomes the log, and the log that was there a backup."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.learner_log import open_log
from studytool.cli.long_work import watched_work
from studytool.cli.output import (
    confirmed,
    learner_language,
    write_error,
    write_json,
    write_note,
    write_text,
)
from studytool.clock import MACHINE_CLOCK, utc_now
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.json_output import RestoreJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.backups.copying import Contents

_DAMAGED = Phrase(
    ko="이 백업에는 쓰인 뒤 바뀐 것이 {n:,}개 있습니다. 되돌린 뒤 studytool doctor --repair를 실행하면 다른 백업에서 되찾습니다.",
    en="in this backup {n:,} rows have changed since they were written. Once it is restored, "
    "studytool doctor --repair gets them back from other backups.",
)
_OTHERWISE = Phrase(
    ko="지금 기록과 이 백업에 서로 다르게 적힌 이벤트가 {n:,}개 있습니다: {few}. 되돌리면 백업의 것을 쓰고, 지금 것은 보관하는 기록에 "
    "남습니다.",
    en="the log and this backup have {n:,} events in different words: {few}. The restored log has "
    "what the backup says; what the log says stays in the copy that is kept of it.",
)


@declare.command(
    "restore",
    more=Phrase(
        ko="NAME이 없으면 가장 새로운 온전한 백업입니다. 백업을 먼저 끝까지 읽어 보고, 지금 "
        "기록도 백업으로 남깁니다. 이 기기가 그 백업 뒤에 하고 sync 폴더에 넣은 것은 어느 "
        "기기에서도 더는 세지 않습니다. 다른 프로그램이 기록에 쓰는 동안에는 하지 않습니다.",
        en="Without a NAME, the newest sound backup. It is read through first; the log that "
        "was there is kept as a backup itself. What it had of this device beyond the "
        "backup, and gave to a sync folder, counts no more on any device. Refused while "
        "another program writes to the log.",
    ),
)
@click.argument("name", metavar="[NAME|PATH]", required=False)
@declare.option("--yes", is_flag=True, about=Phrase("묻지 않습니다.", "Do not ask."))
@declare.as_json
def command(name: str | None, *, yes: bool, as_json: bool) -> None:
    """Replace the log with a backup: the newest sound one without a NAME."""
    home = home_folder()
    language = learner_language(home)
    path, found = _chosen(home, name, language)
    from studytool.backups.folder import FOLDER_NAME
    from studytool.backups.restoring import restore
    from studytool.wording.backups import RESTORE_QUESTION, restored_text

    if not confirmed(RESTORE_QUESTION.text(language, path=path, events=found.events), yes=yes):
        raise StateError(Fault.NOT_CONFIRMED)
    log, folder = home / "reviews.db", home / FOLDER_NAME
    if damaged := _count_damaged(path):
        write_error(_DAMAGED.text(language, n=damaged))
    twofold = _tell_otherwise(log, path, language)
    with watched_work(language):
        replaced = restore(log, path, folder, utc_now(), found=found)
    retracted = 0 if replaced is None else _go_back(home, replaced.path)
    if as_json:
        done: RestoreJson = {
            "restored": str(path),
            "events": found.events,
            "replaced": None if replaced is None else replaced.path.name,
            "retracted": retracted,
            "damaged": damaged,
            "twofold": twofold,
        }
        write_json(done)
    else:
        write_text(
            restored_text(path, found.events, replaced, language=language, retracted=retracted)
        )


def _count_damaged(backup: Path) -> int:
    """Count the events and names of a backup whose checksums are wrong."""
    from studytool.backups.copying import opened_backup
    from studytool.review_log.damage import damaged_names, damaged_places

    with opened_backup(backup) as connection:
        return len(damaged_names(connection)) + len(damaged_places(connection))


def _tell_otherwise(log: Path, backup: Path, language: Language) -> list[str]:
    """Name the events that the log and a backup have in different words; return their ids."""
    from studytool.doctor.seal_findings import differing
    from studytool.printable import first_few
    from studytool.review_log.event_ids import id_text

    if not log.exists():
        return []
    with watched_work(language):
        ids = [id_text(id_) for id_ in differing(log, backup, even_told=True)]
    if ids:
        write_error(_OTHERWISE.text(language, n=len(ids), few=first_few(ids)))
    return ids


def _go_back(home: Path, replaced: Path) -> int:
    """Retract what other devices have of the log that was replaced; return how many events."""
    from studytool.backups.copying import opened_backup
    from studytool.review_log.going_back import go_back, read_given, read_standing

    try:
        with opened_backup(replaced) as connection:
            given = read_given(connection)
    except StateError:  # it was damaged: that is what was restored for
        return 0
    with opened_backup(home / "reviews.db") as connection:  # the backup may be gone by now
        stood = read_standing(connection)
    if not (given.written or given.standing - stood or given.undone & stood):
        return 0  # a log that was never synced is not even opened
    now = utc_now()
    with closing(open_log(home)) as log:
        offset_minutes = MACHINE_CLOCK.offset_minutes(now)
        return go_back(log, given, stood=stood, now=now, offset_minutes=offset_minutes)


def _chosen(home: Path, name: str | None, language: Language) -> "tuple[Path, Contents]":
    """Return the backup that is meant, read through, and what it holds."""
    from studytool.backups.copying import verify
    from studytool.backups.folder import FOLDER_NAME
    from studytool.backups.restoring import find_backup, newest_sound

    folder = home / FOLDER_NAME
    if name is not None:
        path = find_backup(folder, name)
        with watched_work(language):
            return path, verify(path)
    from studytool.backups.taking import describe_backups
    from studytool.wording.backups import backups_text

    write_note(backups_text(describe_backups(folder), folder, language))
    with watched_work(language):
        return newest_sound(folder)
