"""A new log of all that can still be read: the newest sound backup, and the damaged file's rows.

Since events are only ever appended, every whole row found anywhere in the file is true; a union
by id is the log. Where both have an event, the backup's is taken: it is known to be whole.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import apsw

from studytool.backups.folder import Backup, alone_in, partial_of, writing_to
from studytool.backups.pages import Pages, Record, Value, read_pages
from studytool.backups.refolding import refold
from studytool.backups.replacing import replace_log
from studytool.backups.restoring import newest_sound
from studytool.backups.verifying import verify
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.review_log.database import Database
from studytool.review_log.names import Coder
from studytool.review_log.schema import FIXED_NAMES

_NOTHING = Phrase(
    ko="{path}에서 읽을 수 있는 복습이 하나도 없습니다. 파일은 그대로 두었습니다. 다른 곳에 둔 백업이 있으면 "
    "studytool restore로 되돌리고, 없으면 파일을 옮긴 뒤 다시 시작하세요.",
    en="no review at all could be read out of {path}. It was left as it is. If you keep a backup "
    "elsewhere, studytool restore takes its path; else move the file away and start again.",
)
_OWN = ("learner", "device")
"""What the file itself is called, in its table ``meta``."""

_LATEST_MS = 1 << 48
_MOST_OFFSET_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was saved.

    Attributes:
        events: in the new log.
        from_backup: of them, how many the newest sound backup gave.
        unreadable: rows that were found and could not be understood.
        replaced: the damaged file, kept.
    """

    events: int
    from_backup: int
    unreadable: int
    replaced: Backup | None


def recover(log: Path, folder: Path, now: datetime) -> Recovered:
    """Put a log of all readable events in the place of a damaged one, which is kept in ``folder``.

    Raises:
        StateError: nothing at all could be read, another program has the log open, or the disk
            refuses; then the log is as it was.
    """
    with alone_in(folder):
        new = folder / partial_of(log).name
        base = _base(folder, new)
        with closing(Database(new, busy_seconds=5.0)) as db, log.open("rb") as file:
            pages = read_pages(file, log.with_name(log.name + "-wal"))
            unreadable = _add(db, pages)
            refold(db)
            db.rows("PRAGMA journal_mode = DELETE")
        events = verify(new).events
        if not events:
            raise StateError(_NOTHING, path=log)
        return Recovered(events, base, unreadable, replace_log(log, new, folder, now))


def _base(folder: Path, new: Path) -> int:
    """Begin with the newest sound backup; give how many events it has."""
    with suppress(StateError):
        backup = newest_sound(folder)
        with writing_to(folder):
            shutil.copyfile(backup, new)
        return verify(new).events
    return 0


def _add(db: Database, pages: Pages) -> int:
    """Append the rows of ``pages`` that the log does not have; give how many made no sense."""
    names = _names(db, pages)
    _keep_own(db, pages)
    columns = [str(name) for _, name, *_ in db.rows("PRAGMA table_info(events)")]
    coded = [str(row[3]) for row in db.rows("PRAGMA foreign_key_list(events)")]
    unreadable = 0
    with db.writing():
        coder = Coder(db)
        for row in _events(pages, columns):
            if db.row("SELECT 1 FROM events WHERE id = ?", (row["id"],)):
                continue
            words = {column: names.get(_code(row[column])) for column in coded}
            if not _makes_sense(row, words):
                unreadable += 1
                continue
            row |= {column: coder.code(word) for column, word in words.items()}
            unreadable += not _insert(db, row)
    return unreadable


def _names(db: Database, pages: Pages) -> dict[int, str]:
    """Give the words by code: the file's own, and the backup's unless they contradict each other."""
    found = {code: name for name, code in FIXED_NAMES.items()}
    for code, record in pages.rows():
        match record:
            case [None, str(name)]:
                found.setdefault(code, name)
            case _:
                pass
    for record in pages.keyed_rows():  # the same words, in the index of the table
        match record:
            case [str(name), int(code)] if name not in _OWN:
                found.setdefault(code, name)
            case _:
                pass
    kept: dict[int, str] = dict(db.rows("SELECT code, name FROM names"))
    if any(found.get(code, name) != name for code, name in kept.items()):
        return found
    return kept | found


def _keep_own(db: Database, pages: Pages) -> None:
    """Keep the learner's and the device's name, so that the next reviews are theirs."""
    for record in pages.keyed_rows():
        match record:
            case [str(key), str(value)] if key in _OWN:
                db.rows("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING", (key, value))
            case _:
                pass


def _events(pages: Pages, columns: list[str]) -> Iterator[dict[str, Value]]:
    """Give what looks like rows of ``events``, columns that an older version had not as None."""
    for seq, record in pages.rows():
        match record:
            case [None, bytes(id_), int(), int(), int(), int(), int(), *_] if len(id_) == 16:
                yield dict.fromkeys(columns) | dict(zip(columns, _with_seq(seq, record)))  # noqa: B905 - an older version has fewer columns
            case _:
                pass


def _with_seq(seq: int, record: Record) -> Record:
    return [seq, *record[1:]]


def _code(value: Value) -> int:
    return value if isinstance(value, int) else -1


def _makes_sense(row: dict[str, Value], words: dict[str, str | None]) -> bool:
    """Tell whether each code stands for a word, and the time is one."""
    time_ms, offset = row["time_ms"], row["offset_minutes"]
    return (
        all(row[column] is None or word is not None for column, word in words.items())
        and isinstance(time_ms, int)
        and 0 <= time_ms < _LATEST_MS
        and isinstance(offset, int)
        and abs(offset) <= _MOST_OFFSET_MINUTES
    )


def _insert(db: Database, row: dict[str, Value]) -> bool:
    """Append a row, in its old place where that is free; tell whether the table takes it."""
    taken = db.row("SELECT 1 FROM events WHERE seq = ?", (row["seq"],))
    values = row | {"seq": None} if taken else row
    marks = ", ".join("?" * len(values))
    try:
        db.rows(f"INSERT INTO events({', '.join(values)}) VALUES ({marks})", list(values.values()))
    except apsw.ConstraintError:
        return False
    return True
