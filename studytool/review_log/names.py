"""The table of names: each word of the log is stored once and used by its code."""

import json
from collections.abc import Iterable

from studytool.review_log.database import Database
from studytool.review_log.schema import FIXED_NAMES

_FIND = "SELECT name, code FROM names WHERE name = ?"
_MAKE = "INSERT INTO names(name) VALUES (?) RETURNING name, code"


def find_code(db: Database, name: str | None) -> int | None:
    """Return the code of ``name``; None where the log has no such word."""
    found = db.row("SELECT code FROM names WHERE name = ?", (name,))
    return None if found is None else int(found[0])


class Coder:
    """The codes of words, found or made, and remembered until the transaction fails.

    After a rollback, or where another program put an older log in the place of this one, a remembered
    code would stand for nothing, or for another word: a coder of more than one transaction has to
    :meth:`forget` then.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str | None, int | None] = {}
        self.forget()

    def forget(self) -> None:
        """Forget all codes but those that every log has."""
        self._known = {None: None}
        self._known.update(FIXED_NAMES)

    def code(self, name: str | None) -> int | None:
        """Return the code of ``name``; None stays None."""
        try:
            return self._known[name]
        except KeyError:
            code = find_code(self._db, name)
            if code is None:
                sql = "INSERT INTO names(name) VALUES (?) RETURNING code"
                code = self._db.number(sql, (name,))
            self._known[name] = code
            return code

    def learn(self, names: Iterable[str | None]) -> None:
        """Find or make the codes of many words at once."""
        new = [name for name in dict.fromkeys(names) if name not in self._known]
        self._known.update(self._db.rows_of_each(_FIND, ((name,) for name in new)))
        lacking = [name for name in new if name not in self._known]
        self._known.update(self._db.rows_of_each(_MAKE, ((name,) for name in lacking)))


def find_names(db: Database, codes: Iterable[int]) -> dict[int, str]:
    """Return the words that ``codes`` stand for."""
    sql = "SELECT code, name FROM names WHERE code IN (SELECT value FROM json_each(?))"
    return dict(db.stream(sql, (json.dumps([*codes]),)))
