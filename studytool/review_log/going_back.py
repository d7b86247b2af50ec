"""What a restore goes back behind, though other devices have it: it is taken back there as well.

A log that is put back lacks its latest events. Where a sync folder has them, the next sync would
bring them in again; so those that this device wrote or imported are retracted. What came from other
devices is none of its business, and comes back. What never left this file needs nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from studytool.review_log.event_ids import id_text
from studytool.review_log.events import Import, Redo, Retraction, Undo
from studytool.review_log.log import ReviewLog
from studytool.review_log.retracting import IMPORTED_IDS
from studytool.review_log.standing import codes, not_undone
from studytool.sqlite.connection import Connection, Row

_SHARED = "SELECT cast(value AS INTEGER) FROM meta WHERE key = 'shared_seq'"
_OWN = """{event}.device = (
    SELECT code FROM names WHERE name = (SELECT value FROM meta WHERE key = 'device'))"""
_MANY = codes([Import.kind, Retraction.kind])
_WRITTEN = f"""
SELECT id FROM events e WHERE seq <= ?1 AND kind NOT IN {_MANY} AND ({_OWN.format(event="e")}
    OR id IN ({IMPORTED_IDS} AND {_OWN.format(event="e")}))
"""
_BUNDLES = f"SELECT id, {not_undone('e')} FROM events e WHERE seq <= ?1 AND kind IN {_MANY}"
_EVER = 1 << 62


@dataclass(frozen=True, slots=True)
class GivenAway:
    """What a log had given to a sync folder when it was last there, by ids.

    Attributes:
        written: what its device wrote or imported, but its imports and retractions.
        standing: the imports and retractions that are in force.
        undone: those that were taken back.
    """

    written: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    undone: frozenset[str] = frozenset()


def read_given(connection: Connection) -> GivenAway:
    """Read it out of the file of a log; nothing where that was never synced."""
    last = connection.execute(_SHARED).get or 0
    written = frozenset(id_text(id_) for (id_,) in connection.execute(_WRITTEN, (last,)))
    return GivenAway(written, *_bundles(connection, last))


def read_standing(connection: Connection) -> frozenset[str]:
    """Read the ids of the imports and retractions in force out of the file of a log."""
    return _bundles(connection, _EVER)[0]


def go_back(
    log: ReviewLog,
    given: GivenAway,
    *,
    stood: frozenset[str],
    now: datetime,
    offset_minutes: int = 0,
) -> int:
    """Let count nowhere what ``log``, as it was put back, lacks of what was given away; return how many events.

    ``undo`` lets them count again. ``stood`` are the imports and retractions in force in ``log``.
    """
    lost = tuple(sorted(given.written - log.ids())) if given.written else ()
    with log.at_once():
        for kind, targets in ((Undo, given.standing - stood), (Redo, given.undone & stood)):
            for id_ in sorted(targets):
                log.append(kind, now, offset_minutes=offset_minutes, target=id_)
        if lost:
            log.append(Retraction, now, offset_minutes=offset_minutes, ids=lost)
    return len(lost)


def _bundles(connection: Connection, last: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the imports and retractions as far as the place ``last``: in force, taken back."""
    rows: list[Row] = connection.execute(_BUNDLES, (last,)).fetchall()
    standing = frozenset(id_text(id_) for id_, stands in rows if stands)
    return standing, frozenset(id_text(id_) for id_, stands in rows if not stands)
