"""The doctor's repairs; none of them destroys what it replaces."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Literal

from studytool.backups.folder import FOLDER_NAME
from studytool.backups.restoring import newest_sound, restore
from studytool.doctor.findings import Repair
from studytool.doctor.of_backups import most_lacking
from studytool.doctor.of_library import delete_library, make_indexes
from studytool.doctor.recover import recover
from studytool.doctor.refold import refold
from studytool.language import Phrase
from studytool.review_log.database import Database, WatchedDatabase
from studytool.review_log.indexes import make_parts
from studytool.sqlite.watching import Step, Watch, unwatched

RepairReport = tuple[Phrase, dict[str, object]]
"""A phrase and what stands in it."""

Remade = Literal[
    Repair.REINDEX, Repair.INDEX_LIBRARY, Repair.REMAKE_LIBRARY, Repair.RELIST, Repair.REFOLD
]
"""The repairs of what is made of something else, and can be made of it again."""

QUESTIONS = {
    Repair.REINDEX: Phrase(
        ko="{home}의 복습 기록에서 색인과 보호 장치를 다시 만들까요? 복습은 바뀌지 않습니다.",
        en="Rebuild the log's indexes and safeguards in {home}? No review is changed.",
    ),
    Repair.REFOLD: Phrase(
        ko="{home}의 복습 기록에서 기억 상태를 다시 계산할까요? 복습은 바뀌지 않습니다.",
        en="Recompute the memories from the log in {home}? No review is changed.",
    ),
    Repair.RECOVER: Phrase(
        ko="{home}의 손상된 기록을 보관하고, 읽을 수 있는 복습과 가장 최근의 백업으로 새 기록을 "
        "만들까요?",
        en="Keep the damaged log in {home}, and make a new one of every review that can be read "
        "and of the newest backup?",
    ),
    Repair.RELIST: Phrase(
        ko="{home}에서 물어볼 문항의 목록을 설치된 꾸러미에서 다시 만들까요? 복습은 바뀌지 않습니다.",
        en="Rebuild the list of items to ask in {home} from the installed packs? No review is "
        "changed.",
    ),
    Repair.INDEX_LIBRARY: Phrase(
        ko="{home}에 설치된 꾸러미의 색인을 다시 만들까요?",
        en="Rebuild the indexes of the installed packs in {home}?",
    ),
    Repair.REMAKE_LIBRARY: Phrase(
        ko="{home}의 손상된 library.db를 지울까요? 꾸러미에서 다시 만드는 파일이며, 복습은 다른 파일에 있어 바뀌지 "
        "않습니다.",
        en="Delete the damaged library.db in {home}? It is made anew from the packs; the reviews are "
        "in another file and are not changed.",
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
_REINDEXED = Phrase(ko="색인을 다시 만들었습니다.", en="The indexes were rebuilt.")
_DONE = {
    Repair.REINDEX: _REINDEXED,
    Repair.INDEX_LIBRARY: _REINDEXED,
    Repair.REFOLD: Phrase(ko="기억 상태를 다시 계산했습니다.", en="The memories were recomputed."),
    Repair.REMAKE_LIBRARY: Phrase(
        ko="손상된 library.db를 지웠습니다. studytool을 다음에 시작할 때 꾸러미에서 새로 만듭니다.",
        en="The damaged library.db was deleted. It is made anew from the packs the next time "
        "studytool starts.",
    ),
    Repair.RELIST: Phrase(
        ko="물어볼 문항의 목록은 studytool을 다음에 시작할 때 꾸러미에서 다시 만듭니다.",
        en="The list of items to ask is rebuilt from the packs the next time studytool starts.",
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


def repair(kind: Repair, home: Path, now: datetime, *, watch: Watch = unwatched) -> RepairReport:
    """Do one repair; return what to say of it.

    Raises:
        StateError: it could not be done; the log is as it was.
    """
    match kind:
        case Repair.RECOVER:
            return _recover(home, now, watch)
        case Repair.MERGE:
            return _merge(home, now, watch)
        case Repair.RESTORE:
            return _restore(home, now, watch)
        case _:
            _make_anew(kind, home, watch)
            return _DONE[kind], {}


def _make_anew(kind: Remade, home: Path, watch: Watch) -> None:
    log, library = home / "reviews.db", home / "library.db"
    match kind:
        case Repair.REINDEX:
            _reindex(log, watch)
        case Repair.INDEX_LIBRARY:
            make_indexes(library)
        case Repair.REMAKE_LIBRARY:
            delete_library(library)
        case Repair.RELIST:
            _relist(log)
        case Repair.REFOLD:
            with closing(_opened(log, watch, Step.FOLDING)) as db:
                refold(db)


def _recover(home: Path, now: datetime, watch: Watch) -> RepairReport:
    saved = recover(home / "reviews.db", home / FOLDER_NAME, now, watch=watch)
    return _RECOVERED, {
        "events": saved.events,
        "from_backup": saved.from_backup,
        "unreadable": saved.unreadable,
        "kept": saved.replaced and saved.replaced.path,
    }


def _merge(home: Path, now: datetime, watch: Watch) -> RepairReport:
    log, folder = home / "reviews.db", home / FOLDER_NAME
    more = most_lacking(log, folder, watch=watch)
    if more is None:
        return _NOTHING_LACKS, {}
    saved = recover(log, folder, now, backup=more[0].path, watch=watch)
    kept = saved.replaced and saved.replaced.path
    return _MERGED, {"events": saved.events, "name": more[0].path.name, "kept": kept}


def _restore(home: Path, now: datetime, watch: Watch) -> RepairReport:
    folder = home / FOLDER_NAME
    backup, found = newest_sound(folder, watch=watch)
    done = restore(home / "reviews.db", backup, folder, now, found=found, watch=watch)
    fields: dict[str, object] = {"name": done.path.name, "events": done.contents.events}
    if done.replaced is None:
        return _PUT_BACK, fields
    return _RESTORED, {**fields, "kept": done.replaced.path}


def _relist(log: Path) -> None:
    """Forget which items exist; the next start lists them."""
    with closing(Database(log, busy_seconds=5.0)) as db, db.writing():
        db.rows("UPDATE items SET listed = 0")
        db.rows("DELETE FROM packs")


def _reindex(log: Path, watch: Watch) -> None:
    with closing(_opened(log, watch, Step.INDEXING)) as db, db.writing():
        make_parts(db)
        db.rows("REINDEX")
        sound = db.rows("PRAGMA integrity_check") == [("ok",)]
    if not sound:
        with closing(Database(log, busy_seconds=5.0)) as mended:
            mended.rows("VACUUM")  # pages that no table or index reaches any more


def _opened(log: Path, watch: Watch, step: Step) -> WatchedDatabase:
    return WatchedDatabase(log, busy_seconds=5.0, watch=watch, step=step)
