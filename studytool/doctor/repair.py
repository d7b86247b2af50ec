"""Repair the log; what a repair replaces is kept."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from studytool.backups.folder import FOLDER_NAME, TAKEN, list_backups
from studytool.backups.restoring import newest_sound, restore, sound_backups
from studytool.backups.taking import back_up_as_it_is
from studytool.doctor.backup_findings import lacking
from studytool.doctor.findings import Repair
from studytool.doctor.recover import recover
from studytool.doctor.seal_findings import first_differing
from studytool.errors import StateError
from studytool.files import has_file
from studytool.language import Message, Phrase
from studytool.review_log.database import Database, is_older
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.items import forget_packs
from studytool.settings import Settings, load_settings
from studytool.sqlite.watching import Step, watched
from studytool.srs.policy import Policy

QUESTIONS = {
    Repair.RECOVER: Phrase(
        ko="{home}의 손상된 기록을 보관하고, 읽을 수 있는 복습과 가장 최근의 백업으로 새 기록을 "
        "만들까요?",
        en="Keep the damaged log in {home}, and make a new one of every review that can be read "
        "and of the newest backup?",
    ),
    Repair.MERGE: Phrase(
        ko="{home}의 기록을 보관하고, 그 이벤트와 백업에만 있는 이벤트를 모두 모아 새 기록을 만들까요?",
        en="Keep the log in {home}, and make a new one of its events and of those that only the "
        "backup has?",
    ),
    Repair.RESTORE: Phrase(
        ko="{home}의 기록을 보관하고, 가장 최근의 온전한 백업으로 바꿀까요?",
        en="Keep the log in {home}, and put the newest sound backup in its place?",
    ),
}
_RECOVERED = Phrase(
    ko="이벤트 {events:,}개를 되찾았습니다(그 가운데 백업에서 {from_backup:,}개). 알아볼 수 없어 옮기지 못한 행은 "
    "{unreadable:,}개입니다. 손상된 파일은 {kept}에 그대로 있습니다.",
    en="Events recovered: {events:,} ({from_backup:,} of them from the newest backup). Rows left "
    "out because they made no sense: {unreadable:,}. The damaged file is kept as {kept}.",
)
_MERGED = Phrase(
    ko="지금 기록과 백업 {name}의 이벤트를 모두 모았습니다(모두 {events:,}개). 바뀌기 전 파일은 {kept}에 있습니다.",
    en="The log now has its own events and those of the backup {name}: {events:,} in all. What was "
    "there is kept as {kept}.",
)
_NOTHING_LACKS = Phrase(
    ko="이제 복습 기록에 백업의 이벤트가 모두 있어 바꾸지 않았습니다.",
    en="The log has every event of its backups by now; nothing was changed.",
)
_RESTORED = Phrase(
    ko="{name} 백업(이벤트 {events:,}개)으로 바꾸었습니다. 바뀌기 전 파일은 {kept}에 있습니다.",
    en="The log is now the backup {name} ({events:,} events). What was there is kept as {kept}.",
)
_PUT_BACK = Phrase(
    ko="없어진 복습 기록을 {name} 백업(이벤트 {events:,}개)으로 복구했습니다.",
    en="The lost log was restored from the backup {name} ({events:,} events).",
)


def repair(kind: Repair, home: Path, now: datetime) -> Message:
    """Do one repair; return what to say of it, or raise StateError, with the log as it was."""
    repairs = {Repair.RECOVER: _recover, Repair.MERGE: _merge, Repair.RESTORE: _restore}
    return repairs[kind](home, now)


def remake_caches(home: Path, now: datetime, *, packs: bool = True) -> None:
    """Compute the log's memories anew, and with ``packs`` let the next start list their items anew.

    Raises:
        StateError: the log cannot be read or written; it is as it was.
    """
    log = home / "reviews.db"
    if not has_file(log):
        return
    if is_older(log):  # it is carried over as it is opened
        back_up_as_it_is(home, now)
    opened = Database(log, day_start_hour=_start_hour(home))
    with closing(opened) as db, watched(db.connection, Step.FOLDING), db.writing():
        FoldCache(db, Policy()).rebuild()
        if packs:
            forget_packs(db)


def _recover(home: Path, now: datetime) -> Message:
    log, folder = home / "reviews.db", home / FOLDER_NAME
    differs = first_differing(log, list_backups(folder))
    other = None if differs is None else differs[0].path
    saved = recover(log, folder, now, backup=other, day_start_hour=_start_hour(home))
    return _RECOVERED.of(
        events=saved.events,
        from_backup=saved.from_backup,
        unreadable=saved.unreadable,
        kept=saved.replaced and saved.replaced.path,
    )


def _merge(home: Path, now: datetime) -> Message:
    log, folder = home / "reviews.db", home / FOLDER_NAME
    more = lacking(log, sound_backups(folder, (TAKEN,)))
    if not more:
        return _NOTHING_LACKS.of()
    backup = more[0][0].path
    hour = _start_hour(home)
    saved = recover(log, folder, now, backup=backup, is_sound=True, day_start_hour=hour)
    kept = saved.replaced and saved.replaced.path
    return _MERGED.of(events=saved.events, name=backup.name, kept=kept)


def _restore(home: Path, now: datetime) -> Message:
    folder = home / FOLDER_NAME
    backup, found = newest_sound(folder)
    replaced = restore(home / "reviews.db", backup, folder, now, found=found)
    if replaced is None:
        return _PUT_BACK.of(name=backup.name, events=found.events)
    return _RESTORED.of(name=backup.name, events=found.events, kept=replaced.path)


def _start_hour(home: Path) -> int:
    """Return the hour at which the learner's days begin; the default's where it cannot be read."""
    try:
        return load_settings(home).day_start_hour
    except StateError:
        return Settings().day_start_hour
