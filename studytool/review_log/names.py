"""The log's words as small numbers: an item's or device's name is stored once."""

from studytool.review_log.database import Database
from studytool.review_log.schema import FIXED_NAMES


def find_code(db: Database, name: str | None) -> int | None:
    """Give the code of ``name``; None where the log has no such word."""
    found = db.row("SELECT code FROM names WHERE name = ?", (name,))
    return None if found is None else int(found[0])


class Coder:
    """Gives codes, new ones if need be, and remembers them: for one transaction, no longer.

    After a rollback a remembered code would stand for nothing, or for another word.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, int] = dict(FIXED_NAMES)

    def code(self, name: str | None) -> int | None:
        """Give the code of ``name``; None stays None."""
        if name is None:
            return None
        if name not in self._known:
            self._known[name] = self._find_or_make(name)
        return self._known[name]

    def _find_or_make(self, name: str) -> int:
        code = find_code(self._db, name)
        if code is not None:
            return code
        sql = "INSERT INTO names(name) VALUES (?) RETURNING code"
        return self._db.number(sql, (name,))


def find_name(db: Database, code: int) -> str:
    """Give the word that ``code`` stands for."""
    return str(db.rows("SELECT name FROM names WHERE code = ?", (code,))[0][0])
