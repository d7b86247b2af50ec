"""Two contents for one id: told, and settled alike on every device.

Events never change, so that one of the two is wrong; which, no device can know. The one whose line sorts
first is kept everywhere, and the other is set aside with it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.review_log.damage import DamagedEvent
from studytool.review_log.database import Database
from studytool.review_log.event_ids import id_bytes
from studytool.review_log.kinds import KINDS
from studytool.review_log.lines import write_event
from studytool.review_log.names import Coder
from studytool.review_log.rows import WordRow, insert_event, raw_id, read_event_row, with_words
from studytool.review_log.schema import COLUMNS
from studytool.review_log.set_aside import keep_damaged, without_event

if TYPE_CHECKING:
    from studytool.review_log.events import Event

_OF_IDS = f"""
SELECT {", ".join(COLUMNS)} FROM events e
WHERE e.id IN (SELECT unhex(value) FROM json_each(?))
"""
_KIND = COLUMNS.index("kind")
_OTHER_PLACE = 0
"""Of what is set aside: no row of the log had it."""


@dataclass(frozen=True, slots=True)
class TwofoldEvent:
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
            with without_event(db, id_):
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
