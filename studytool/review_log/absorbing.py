"""Events of other logs: appended in batches, one of which is in memory, and two contents of one id settled.

Events never change, so that one of two contents is wrong; which, no device can know. The one whose line
sorts first is kept everywhere, and the other is set aside with it.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from studytool.review_log.damage import DamagedEvent
from studytool.review_log.database import Database
from studytool.review_log.event_ids import id_bytes
from studytool.review_log.kinds import KINDS
from studytool.review_log.lines import write_event
from studytool.review_log.names import Coder
from studytool.review_log.rows import (
    WordRow,
    insert_event,
    insert_events,
    raw_id,
    read_event_row,
    with_words,
)
from studytool.review_log.schema import COLUMNS
from studytool.review_log.set_aside import EVENT_GUARDS, check_events, keep_damaged

if TYPE_CHECKING:
    from studytool.review_log.events import Event


_OF_IDS = f"""
SELECT {", ".join(COLUMNS)} FROM events e
WHERE e.id IN (SELECT unhex(value) FROM json_each(?))
"""
_KIND = COLUMNS.index("kind")
_OTHER_PLACE = 0
"""Of what is set aside: no row of the log had it."""


class TwofoldEvent(NamedTuple):
    """An event as the log has it, and as another file does."""

    ours: "Event"
    theirs: "Event"


def find_twofold(db: Database, theirs: "Sequence[Event | WordRow]") -> list[TwofoldEvent]:
    """Return those of ``theirs`` that the log has otherwise; each is known to be there."""
    given: dict[bytes, list[Event | WordRow]] = {}
    for event in theirs:
        given.setdefault(raw_id(event), []).append(event)
    rows = db.stream(_OF_IDS, (json.dumps([id_.hex() for id_ in given]),))
    found = []
    for row in with_words(db, rows):
        if row[_KIND] in KINDS:
            ours = read_event_row(row)
            others = [_completed(event, ours) for event in given[raw_id(row)]]
            found += [TwofoldEvent(ours, other) for other in others if other != ours]
    return found


def settle_twofold(db: Database, found: Iterable[TwofoldEvent]) -> set[bytes]:
    """Keep of each event what every device keeps; return the ids of what is another one now. Inside a transaction."""
    coder, kept = Coder(db), dict[bytes, bytes]()
    for one in found:
        id_, theirs = id_bytes(one.ours.id), write_event(one.theirs)
        ours = kept.get(id_, write_event(one.ours))
        if theirs < ours:
            with db.without(EVENT_GUARDS):
                db.rows("DELETE FROM events WHERE id = ?", (id_,))
                insert_event(db, one.theirs, coder)
            kept[id_] = theirs
        keep_damaged(db, [_other(id_, max(ours, theirs))])
    return {*kept}


def set_aside_theirs(db: Database, found: Iterable[TwofoldEvent]) -> None:
    """Keep of each event what the log has: the other is of a damaged file. Inside a transaction."""
    keep_damaged(db, [_other(id_bytes(one.ours.id), write_event(one.theirs)) for one in found])


def _other(id_: bytes, line: bytes) -> DamagedEvent:
    return DamagedEvent(_OTHER_PLACE, id_, json.dumps({"other": line.decode()}))


def _completed(event: "Event | WordRow", ours: "Event") -> "Event":
    """Return an event of the study day that it was given here, where it came without one."""
    other = read_event_row(event) if isinstance(event, WordRow) else event
    return other if other.study_day is not None else replace(other, study_day=ours.study_day)


_KNOWN = """
SELECT unhex(value) FROM json_each(?) WHERE EXISTS (SELECT 1 FROM events WHERE id = unhex(value))
"""
_BATCH = 2000
_SOME = 500
"""For so many, what the guard looks up takes longer than to make it anew."""

_MANY, _TIMES = 20_000, 4
"""From so many new events on, if they are so many times what the log had, its indexes are made anew."""

_CACHE_KIB = 65_536
_GUARD = ("events_are_never_replaced",)
_INDEXES = ("events_by_item", "events_by_time")


def append_new(
    db: Database,
    events: "Iterable[Event | WordRow]",
    *,
    before_first: Callable[[], object],
    met: "Callable[[list[Event | WordRow]], object]",
    complete: "Callable[[Event | WordRow], Event | WordRow]",
) -> int:
    """Append those of ``events`` that the log does not have, read a batch at a time; return how many there were.

    Inside a transaction, which must be rolled back if this raises. ``before_first`` is called once, before
    the first new event is written, and never if there is none; ``met`` is told the events of a batch that
    the log has already, by right seals; ``complete`` gives what is to be written of a new one.
    """
    coder = Coder(db)
    many = max(_MANY, _TIMES * db.number("SELECT max(seq) FROM events"))
    added = 0
    with _roomy(db), ExitStack() as aside:
        for new in _new_batches(db, iter(events), met):
            if not added:
                before_first()
                if len(new) >= _SOME:
                    aside.enter_context(db.without(_GUARD))  # what is new never replaces
            insert_events(db, [*map(complete, new)], coder)
            if added < many <= added + len(new):
                aside.enter_context(_indexes_set_aside(db))
            added += len(new)
    return added


def _new_batches(
    db: Database,
    events: "Iterator[Event | WordRow]",
    met: "Callable[[list[Event | WordRow]], object]",
) -> "Iterator[list[Event | WordRow]]":
    """Return the events that the log does not have, each once; no batch is empty."""
    while batch := list(islice(events, _BATCH)):
        ids = [*map(raw_id, batch)]
        found = dict(zip(reversed(ids), reversed(batch), strict=True))  # each at its first place
        found = {id_: found[id_] for id_ in ids}
        repeated = [one for id_, one in zip(ids, batch, strict=True) if found[id_] is not one]
        if known := _known(db, found):
            check_events(db, among=known)  # one that is damaged is new
            met([found.pop(id_) for id_ in _known(db, known)])
        if found:
            yield list(found.values())
        if repeated:  # the log has them by now
            met(repeated)


def _known(db: Database, ids: Collection[bytes]) -> list[bytes]:
    return [id_ for (id_,) in db.rows(_KNOWN, (json.dumps([one.hex() for one in ids]),))]


@contextmanager
def _roomy(db: Database) -> Iterator[None]:
    """Keep more of the file in memory while the block runs: indexes are written all over."""
    before = db.number("PRAGMA cache_size")
    db.rows(f"PRAGMA cache_size = {-_CACHE_KIB}")
    try:
        yield
    finally:
        db.rows(f"PRAGMA cache_size = {before}")
        db.rows("PRAGMA shrink_memory")


@contextmanager
def _indexes_set_aside(db: Database) -> Iterator[None]:
    """Set indexes aside; they are made in order at the end: quicker, and smaller."""
    with db.without(_INDEXES):
        yield
        db.rows("REINDEX sqlite_autoindex_events_1")  # ids; the others take the pages it frees
