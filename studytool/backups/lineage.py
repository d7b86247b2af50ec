"""Whether a later log has all that an earlier one has: events are only appended, so it should.

The event that arrived last tells: a log that has it, and no fewer events, has what came before.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from studytool.backups.folder import Backup
from studytool.backups.verifying import Contents, contents, glance, open_for_reading
from studytool.errors import StateError
from studytool.sqlite.connection import Connection
from studytool.sqlite.faults import SqliteError

_HAS = "SELECT EXISTS (SELECT 1 FROM events WHERE id = ?)"
_LACKS = """
SELECT EXISTS (SELECT 1 FROM earlier.events e
    WHERE NOT EXISTS (SELECT 1 FROM main.events n WHERE n.id = e.id))
"""


def has_all_of(connection: Connection, earlier: Contents) -> bool:
    """Tell whether the log that is open has every event of an earlier state of it."""
    if contents(connection).events < earlier.events:
        return False
    return earlier.last_id is None or bool(connection.execute(_HAS, (earlier.last_id,)).get)


def split_surplus(
    surplus: Sequence[Backup], staying: Iterable[Backup]
) -> tuple[list[Backup], list[Backup]]:
    """Split ``surplus``, latest first, into what others have too, and what must stay.

    Every event is looked up. What cannot be read stays: nobody knows what is in it.
    """
    stays, found = list(staying), _Glances()
    gone: list[Backup] = []
    for old in surplus:
        (gone if found.is_in_any(old, stays, to_the_last=True) else stays).append(old)
    return gone, [old for old in surplus if old in stays]


def holding_more(backups: Sequence[Backup]) -> list[Backup]:
    """Return those of ``backups``, latest first, that have events which no later one has.

    The latest is not one of them, nor is one that cannot be read.
    """
    found = _Glances()
    return [
        old
        for k, old in enumerate(backups)
        if k and found.of(old) is not None and not found.is_in_any(old, backups[:k])
    ]


class _Glances:
    """What backups hold, each looked at once."""

    def __init__(self) -> None:
        self._found: dict[Path, Contents | None] = {}

    def of(self, backup: Backup) -> Contents | None:
        """Return what a backup holds; None where it cannot be read."""
        if backup.path not in self._found:
            try:
                self._found[backup.path] = glance(backup.path)
            except StateError:
                self._found[backup.path] = None
        return self._found[backup.path]

    def is_in_any(
        self, old: Backup, others: Iterable[Backup], *, to_the_last: bool = False
    ) -> bool:
        """Tell whether one of ``others`` has every event of ``old``; by its last one, or by all."""
        earlier = self.of(old)
        return earlier is not None and any(
            self._has(other, earlier) and not (to_the_last and _lacks(other, old))
            for other in others
        )

    def _has(self, other: Backup, earlier: Contents) -> bool:
        there = self.of(other)
        if there is None or there.events < earlier.events:
            return False
        if there.last_id == earlier.last_id:
            return True
        try:
            with closing(open_for_reading(other.path)) as connection:
                return has_all_of(connection, earlier)
        except SqliteError:
            return False


def _lacks(other: Backup, old: Backup) -> bool:
    """Tell whether ``old`` has an event that ``other`` has not, or that cannot be known."""
    try:
        with closing(open_for_reading(other.path)) as connection:
            connection.execute("ATTACH ? AS earlier", (old.path.absolute().as_uri(),))
            return bool(connection.execute(_LACKS).get)
    except SqliteError:
        return True
