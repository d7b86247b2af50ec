"""Which items exist, as the installed packs list them: told to the log, not made from it."""

from collections.abc import Iterable

from studytool.review_log.database import Database
from studytool.review_log.names import Coder

_LIST = """
INSERT INTO items(item, pack, concept, position, listed) VALUES (?, ?, ?, ?, 1)
ON CONFLICT(item) DO UPDATE SET (pack, concept, position, listed) = (
    excluded.pack, excluded.concept, excluded.position, 1)
"""
_PACK = """
INSERT INTO packs(pack, digest, items) VALUES (?, ?, ?)
ON CONFLICT(pack) DO UPDATE SET (digest, items) = (excluded.digest, excluded.items)
"""


def register_pack(
    db: Database, pack: str, listed: Iterable[tuple[str, str, int]], *, digest: str
) -> None:
    """Make (item, concept, position) the items of ``pack``. Inside a transaction.

    An item that is no longer listed keeps its memory and its reviews, and is not asked; without
    any item the pack itself goes.
    """
    coder = Coder(db)
    code = coder.code(pack)
    db.rows("UPDATE items SET listed = 0 WHERE pack = ? AND listed = 1", (code,))
    n = 0
    for n, (item, concept, position) in enumerate(listed, start=1):  # noqa: B007 - n is the count
        db.rows(_LIST, (coder.code(item), code, coder.code(concept), position))
    if n:
        db.rows(_PACK, (code, digest, n))
    else:
        db.rows("DELETE FROM packs WHERE pack = ?", (code,))


def forget_packs(db: Database) -> None:
    """Forget which items exist, so that the next start lists them anew."""
    with db.writing():
        db.rows("UPDATE items SET listed = 0")
        db.rows("DELETE FROM packs")


def read_registrations(db: Database) -> dict[str, str]:
    """Return each registered pack's digest, as it was registered."""
    return dict(db.rows("SELECT name, digest FROM packs CROSS JOIN names ON code = pack"))
