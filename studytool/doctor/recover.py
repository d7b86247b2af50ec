"""Recover a damaged log: the rows that can still be read, and those of the newest sound backup.

Since events are only ever appended, every whole row found anywhere in the file is true; a union
by id is the log. Where both have an event, the backup's is taken: it is known to be whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studytool.backups.folder import Backup, alone_in, partial_of, writing_to
from studytool.backups.replacing import replace_log
from studytool.backups.restoring import newest_sound
from studytool.backups.verifying import verify
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.database import Database
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.names import Coder
from studytool.review_log.rows import insert_readable
from studytool.review_log.schema import FIXED_NAMES, PARTS
from studytool.review_log.study_days import StudyDay
from studytool.review_log.variant_parameters import recode_parameters
from studytool.sqlite.pages import Pages, SqliteValue, opened_pages
from studytool.sqlite.watching import Step, copy_bytes, look
from studytool.srs.policy import Policy

_OWN = ("learner", "device")
"""The names of the file itself, in its table ``meta``; the next reviews are theirs."""

_KEEP_OWN = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"

_NAME_ROW_HEADER, _EVENT_ROW_HEADER = range(3, 8), range(8, 128)
"""The bytes that the header of a row may have: of 2 columns, and of 7 to 20."""

_PAGES_A_LOOK = 64

_MOST_OFFSET_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """The result of a recovery.

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


def recover(
    log: Path,
    folder: Path,
    now: datetime,
    *,
    backup: Path | None = None,
    day_start_hour: int = 0,
) -> RecoveryReport:
    """Put a log of all readable events in the place of a damaged one, which is kept in ``folder``.

    Args:
        log: damaged, or sound and without some events of ``backup``.
        folder: of the backups.
        now: names the copy of what was there.
        backup: whose events are added; the newest sound one where none is given.
        day_start_hour: of the learner's days, for events of a version that stored none.

    Raises:
        StateError: nothing at all could be read, another program has the log open, or the disk
            refuses; then the log is as it was.
    """
    with alone_in(folder):
        new = folder / partial_of(log).name
        base = _copy_backup(folder, backup, new)
        database = Database(new, day_start_hour=day_start_hour)
        with closing(database) as db, opened_pages(log) as pages:
            db.rows("PRAGMA journal_mode = DELETE")
            db.rows("PRAGMA synchronous = OFF")  # it is not the log yet
            with db.watched(Step.READING_EVENTS):
                unreadable = _append_rows(db, pages, day_start_hour)
            with db.watched(Step.FOLDING):
                FoldCache(db, Policy()).rebuild()
        events = verify(new).events
        if not events:
            raise StateError(Fault.NOTHING_READABLE, path=log)
        replaced = replace_log(log, new, folder, now)
        return RecoveryReport(events, base, unreadable, replaced)


def _copy_backup(folder: Path, backup: Path | None, new: Path) -> int:
    """Begin the new log as a copy of a backup; return how many events it has, 0 without one."""
    with suppress(StateError):
        if backup is None:
            backup, found = newest_sound(folder)
        else:
            found = verify(backup)
        with writing_to(folder), backup.open("rb") as source, new.open("wb") as copy:
            copy_bytes(source, copy, Step.COPYING)
        return found.events
    return 0


def _append_rows(db: Database, pages: Pages, day_start_hour: int) -> int:
    """Append the rows that the log does not have; return how many could not be understood."""
    names = _read_names(db, pages)
    columns = [str(name) for _, name, *_ in db.rows("PRAGMA table_info(events)")]
    coded = [str(row[3]) for row in db.rows("PRAGMA foreign_key_list(events)")]
    unreadable = 0
    with db.writing():
        for name, sql in PARTS.items():  # quicker made anew than kept in step
            if sql.startswith("CREATE INDEX") and " ON events(" in sql:
                db.rows(f"DROP INDEX IF EXISTS {name}")
        coder = Coder(db)
        for row in _event_rows(pages, columns):
            if db.row("SELECT 1 FROM events WHERE id = ?", (row["id"],)):
                continue
            recoded = _recoded(_with_day(row, day_start_hour), coded, names, coder)
            unreadable += recoded is None or not insert_readable(db, recoded)
        db.make_parts()
    return unreadable


def _read_names(db: Database, pages: Pages) -> dict[int, str]:
    """Return the names by code; keep the learner's and the device's own in ``db``.

    Those of the file, and of the backup unless the two contradict each other.
    """
    found = {code: name for name, code in FIXED_NAMES.items()}
    indexed: dict[int, str] = {}
    for number in _page_numbers(pages, Step.READING_WORDS):
        for code, record in pages.rows(number, header_bytes=_NAME_ROW_HEADER):
            match record:
                case [None, str(name)]:
                    found.setdefault(code, name)
                case _:
                    pass
        for record in pages.keyed_rows(number):
            match record:
                case [str(key), str(value)] if key in _OWN:
                    db.rows(_KEEP_OWN, (key, value))
                case [str(name), int(code)] if name not in _OWN:
                    indexed.setdefault(code, name)  # the same words, in the index of the table
                case _:
                    pass
    found = indexed | found
    kept: dict[int, str] = dict(db.rows("SELECT code, name FROM names"))
    if any(found.get(code, name) != name for code, name in kept.items()):
        return found
    return kept | found


def _event_rows(pages: Pages, columns: list[str]) -> Iterator[dict[str, SqliteValue]]:
    """Return the rows that look like events; a column that an older version lacked is None."""
    for number in _page_numbers(pages, Step.READING_EVENTS):
        for seq, record in pages.rows(number, header_bytes=_EVENT_ROW_HEADER):
            match record:
                case [None, bytes(id_), int(), int(), int(), int(), int(), *_] if len(id_) == 16:
                    yield dict.fromkeys(columns) | dict(zip(columns, [seq, *record[1:]]))  # noqa: B905 - an older version has fewer columns
                case _:
                    pass


def _with_day(row: dict[str, SqliteValue], start_hour: int) -> dict[str, SqliteValue]:
    """Return a row with its study day, by its offset where a version before stored none."""
    time_ms, offset = row["time_ms"], row["offset_minutes"]
    if row["study_day"] is None and isinstance(time_ms, int) and isinstance(offset, int):
        return {**row, "study_day": StudyDay(offset, start_hour).number(time_ms)}
    return row


def _page_numbers(pages: Pages, step: Step) -> Iterator[int]:
    """Return the number of each page; look at the watch now and then."""
    for number in range(1, pages.count + 1):
        if number % _PAGES_A_LOOK == 0:
            look(step, number / pages.count)
        yield number


def _recoded(
    row: Mapping[str, SqliteValue], coded: Sequence[str], names: Mapping[int, str], coder: Coder
) -> dict[str, SqliteValue] | None:
    """Return a row with the codes that its words have here; None where it makes no sense."""
    offset, codes = row["offset_minutes"], {column: row[column] for column in coded}
    words = {name: names.get(code) for name, code in codes.items() if isinstance(code, int)}
    if any(code is not None and words.get(name) is None for name, code in codes.items()):
        return None
    if not isinstance(offset, int) or abs(offset) > _MOST_OFFSET_MINUTES:
        return None
    try:
        parameters = recode_parameters(row["parameters"], names, coder)
    except (ValueError, TypeError, LookupError):
        return None
    own = {name: coder.code(word) for name, word in words.items()}
    return {**row, **own, "parameters": parameters}
