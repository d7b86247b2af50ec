"""The events and names in the pages of a log: those that seals prove, or an index has, and what is otherwise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studytool.review_log.damage import (
    DamagedEvent,
    DamagedName,
    content_of,
    mended_event,
    mended_name,
)
from studytool.review_log.database import Database
from studytool.review_log.names import Coder
from studytool.review_log.rows import insert_readable
from studytool.review_log.schema import CODED_COLUMNS, COLUMNS, FIXED_NAMES, TEXT_COLUMNS
from studytool.review_log.seals import event_seal, name_seal
from studytool.review_log.study_days import StudyDay
from studytool.review_log.variant_parameters import recode_parameters
from studytool.sqlite.connection import Row
from studytool.sqlite.pages import PageRecord, Pages, SqliteValue
from studytool.sqlite.watching import Step

_OWN = ("learner", "device")
"""The names of the file itself, in its table ``meta``; the next reviews are theirs."""

_KEEP_OWN = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"
_NAME_HEADER = range(3, 9)
"""The bytes that the header of a row may have: of 2 columns or 3."""


@dataclass(slots=True)
class PageNames:
    """The names of a file, as they are found on its pages.

    Attributes:
        true: by code, whose seals are right.
        unsealed: by code, of a version before, which had no seals.
        indexed: by code, in the index of the table.
        damaged: whose seals are wrong.
    """

    true: dict[int, str]
    unsealed: dict[int, str]
    indexed: dict[int, str]
    damaged: list[DamagedName]

    def words(self, known: dict[int, str]) -> dict[int, str]:
        """Return the names by code, what ``known`` ones or a single bit put right among them."""
        if not self.true:
            return self.indexed | self.unsealed
        words = [word.encode() for word in (*self.indexed.values(), *known.values())]
        mended = filter(None, (mended_name(one, words) for one in self.damaged))
        damaged = {one.code for one in self.damaged}
        unproved = {code: name for code, name in self.indexed.items() if code not in damaged}
        return unproved | {code: name.decode() for code, name in mended} | self.true


def read_names(db: Database, pages: Pages) -> tuple[dict[int, str], bool]:
    """Return the names by code, and whether rows have seals; keep the file's own names in ``db``.

    The names are those of the file, and of the backup unless the two contradict each other.
    """
    found = PageNames({}, {}, {}, [])
    for number in pages.numbers(Step.READING_WORDS):
        for code, record in pages.rows(number, header_bytes=_NAME_HEADER):
            _take(found, code, record)
        _take_keyed(found, db, pages.keyed_rows(number))
    kept: dict[int, str] = dict(db.rows("SELECT code, name FROM names"))
    fixed = {code: name for name, code in FIXED_NAMES.items()}
    words = fixed | found.words(kept | fixed)
    if all(words.get(code, name) == name for code, name in kept.items()):
        words = kept | words
    return words, bool(found.true)


def _take(found: PageNames, code: int, record: PageRecord) -> None:
    match record:
        case [None, str(name)]:
            found.unsealed.setdefault(code, name)
        case [None, str() | bytes() as name, int() | None as seal]:
            stored = name.encode() if isinstance(name, str) else name
            if isinstance(name, str) and name_seal(code, stored) == seal:
                found.true.setdefault(code, name)
            else:
                found.damaged.append(DamagedName(code, stored, seal))
        case _:
            pass


def _take_keyed(found: PageNames, db: Database, records: Iterable[PageRecord]) -> None:
    for record in records:
        match record:
            case [str(key), str(value)] if key in _OWN:
                db.rows(_KEEP_OWN, (key, value))
            case [str(name), int(code)] if name not in _OWN:
                found.indexed.setdefault(code, name)


PageEvent = dict[str, SqliteValue]
"""A row that looks like an event, by column."""

_ROW_HEADER = range(8, 128)
"""The bytes that the header of a row may have: of 7 to 21 columns."""
_MOST_OFFSET_MINUTES = 24 * 60
_CONFIDENCE = COLUMNS.index("confidence")
_ROW = ("seq", *COLUMNS, "seal")
_AS_HERE = f"SELECT {', '.join(COLUMNS)} FROM events WHERE id = ?"


@dataclass(frozen=True, slots=True)
class EventReading:
    """How to read the rows of one file.

    Attributes:
        words: its names by code.
        sealed: whether its rows have seals.
        day_start_hour: of the learner's days, for events of a version that stored none.
    """

    words: Mapping[int, str]
    sealed: bool
    day_start_hour: int


def append_rows(
    db: Database, pages: Pages, how: EventReading, *, wanted: Sequence[DamagedEvent] | None = None
) -> tuple[list[DamagedEvent], list[Row]]:
    """Append the rows of a file that are true and new, inside a transaction; return what is left of it.

    Neither true nor known; and, by ``COLUMNS``, true ones that the new log has in other words.

    Only ``wanted`` ones, known by id or place, where any are given.
    """
    coder, damaged, otherwise = Coder(db), dict[int, DamagedEvent](), list[Row]()
    names = db.rows("SELECT code, name FROM names")
    same_codes = all(how.words.get(code) == name for code, name in names)
    for row in _page_events(pages):
        seq, id_ = row["seq"], row["id"]
        assert isinstance(seq, int)
        if wanted is not None and not any(id_ == one.id or seq == one.place for one in wanted):
            continue
        here = db.row(_AS_HERE, (id_,))
        if here is not None and (not how.sealed or (same_codes and here == _columns(row))):
            continue
        true = _true_row(row, how)
        recoded = None if true is None else _recoded(true, how.words, coder)
        if here is not None:
            if recoded is not None and here != _columns(recoded):
                otherwise.append(_columns(recoded))
            continue
        if recoded is None or not insert_readable(db, recoded):
            content = content_of([*_columns(row)])
            damaged[seq] = DamagedEvent(seq, id_ if isinstance(id_, bytes) else None, content)
    return list(damaged.values()), otherwise


def indexed_ids(pages: Pages) -> dict[bytes, int]:
    """Return the places of events by their ids, as the index of the ids has them."""
    found: dict[bytes, int] = {}
    for number in pages.numbers(Step.READING_EVENTS):
        for record in pages.keyed_rows(number):
            match record:
                case [bytes(id_), int(seq)] if len(id_) == 16 and id_[6] >> 4 == 7:
                    found[id_] = seq
    return found


def _page_events(pages: Pages) -> Iterator[PageEvent]:
    """Return the rows that look like events; a column that an older version lacked is None."""
    for number in pages.numbers(Step.READING_EVENTS):
        for seq, record in pages.rows(number, header_bytes=_ROW_HEADER):
            match record:
                case [None, bytes(id_), *more] if len(id_) == 16 and 6 <= len(more) < len(_ROW):
                    values = [seq, *record[1:]]
                    yield dict.fromkeys(_ROW) | dict(zip(_ROW, values, strict=False))


def _true_row(row: PageEvent, how: EventReading) -> PageEvent | None:
    """Return a row as it was written: as its seal says, or a single bit away; else None."""
    if not how.sealed:
        return _with_day(row, how.day_start_hour)
    values = _columns(row)
    confidence = values[_CONFIDENCE]
    if isinstance(confidence, int):  # as SQLite keeps a whole one
        values = (*values[:_CONFIDENCE], float(confidence), *values[_CONFIDENCE + 1 :])
    seal = row["seal"]
    if event_seal(values) != seal:
        mended = mended_event(values, seal if isinstance(seal, int) else None)
        if mended is None:
            return None
        values = mended
    return {**dict(zip(COLUMNS, values, strict=True)), "seq": row["seq"]}


def _columns(row: PageEvent) -> Row:
    return tuple(row[column] for column in COLUMNS)


def _with_day(row: PageEvent, start_hour: int) -> PageEvent:
    """Return a row with its study day, by its offset where a version before stored none."""
    time_ms, offset = row["time_ms"], row["offset_minutes"]
    if row["study_day"] is None and isinstance(time_ms, int) and isinstance(offset, int):
        return {**row, "study_day": StudyDay(offset, start_hour).number(time_ms)}
    return row


def _recoded(row: PageEvent, names: Mapping[int, str], coder: Coder) -> PageEvent | None:
    """Return a row with the codes that its words have here; None where it makes no sense."""
    offset, codes = row["offset_minutes"], {column: row[column] for column in CODED_COLUMNS}
    words = {name: names.get(code) for name, code in codes.items() if isinstance(code, int)}
    if any(code is not None and words.get(name) is None for name, code in codes.items()):
        return None
    if not isinstance(offset, int) or abs(offset) > _MOST_OFFSET_MINUTES:
        return None
    if any(isinstance(row[column], bytes) for column in TEXT_COLUMNS):  # no text any more
        return None
    try:
        parameters = recode_parameters(row["parameters"], names, coder)
    except (ValueError, TypeError, LookupError):
        return None
    own = {name: coder.code(word) for name, word in words.items()}
    return {**row, **own, "parameters": parameters}
