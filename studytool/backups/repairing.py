"""The doctor's repairs; none of them destroys what it replaces."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from studytool.backups.findings import Repair
from studytool.backups.folder import FOLDER_NAME
from studytool.backups.recovering import recover
from studytool.backups.refolding import refold
from studytool.backups.restoring import newest_sound, restore
from studytool.language import Phrase
from studytool.review_log.database import Database

QUESTIONS = {
    Repair.REINDEX: Phrase(
        ko="{home}의 복습 기록에서 색인을 다시 만들까요?",
        en="Make the log's indexes in {home} again?",
    ),
    Repair.REFOLD: Phrase(
        ko="{home}의 복습 기록에서 기억 상태를 다시 계산할까요?",
        en="Compute the memories again from the log in {home}?",
    ),
    Repair.RECOVER: Phrase(
        ko="{home}의 손상된 기록을 보관하고, 읽을 수 있는 복습과 가장 새로운 백업으로 새 기록을 만들까요?",
        en="Keep the damaged log in {home}, and make a new one of every review that can be read "
        "and of the newest backup?",
    ),
    Repair.RESTORE: Phrase(
        ko="{home}의 기록을 보관하고, 가장 새로운 온전한 백업으로 바꿀까요?",
        en="Keep the log in {home}, and put the newest sound backup in its place?",
    ),
}
_REINDEXED = Phrase(ko="색인을 다시 만들었습니다.", en="The indexes were made again.")
_REFOLDED = Phrase(ko="기억 상태를 다시 계산했습니다.", en="The memories were computed again.")
_RECOVERED = Phrase(
    ko="이벤트 {events}개를 되찾았습니다(백업에서 {from_backup}개). 읽을 수 없는 행 {unreadable}개. 손상된 파일은 "
    "{kept}에 있습니다.",
    en="{events} events were saved ({from_backup} of them from the newest backup); {unreadable} "
    "rows made no sense. The damaged file is {kept}.",
)
_RESTORED = Phrase(
    ko="백업 {name}(이벤트 {events}개)으로 바꾸었습니다. 바뀌기 전 파일은 {kept}에 있습니다.",
    en="The log is now the backup {name} ({events} events). What was there is {kept}.",
)


def repair(kind: Repair, home: Path, now: datetime) -> tuple[Phrase, dict[str, object]]:
    """Do one repair; give what to say of it.

    Raises:
        StateError: it could not be done; the log is as it was.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    match kind:
        case Repair.REINDEX:
            with closing(Database(log, busy_seconds=5.0)) as db:
                with db.writing():
                    db.rows("REINDEX")
                if db.rows("PRAGMA integrity_check") != [("ok",)]:
                    db.rows("VACUUM")  # pages that no table or index reaches any more
            return _REINDEXED, {}
        case Repair.REFOLD:
            with closing(Database(log, busy_seconds=5.0)) as db:
                refold(db)
            return _REFOLDED, {}
        case Repair.RECOVER:
            saved = recover(log, folder, now)
            fields: dict[str, object] = {
                "events": saved.events,
                "from_backup": saved.from_backup,
                "unreadable": saved.unreadable,
                "kept": saved.replaced and saved.replaced.path,
            }
            return _RECOVERED, fields
        case Repair.RESTORE:
            restored = restore(log, newest_sound(folder), folder, now)
            fields = {
                "name": restored.path.name,
                "events": restored.contents.events,
                "kept": restored.replaced and restored.replaced.path,
            }
            return _RESTORED, fields
