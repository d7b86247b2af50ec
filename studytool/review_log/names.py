"""The table of names: each word of the log is stored once and used by its code."""

import json
from collections.abc import Iterable, Sequence

from studytool.language import Phrase
from studytool.review_log.database import Database
from studytool.review_log.schema import FIXED_NAMES
from studytool.review_log.seals import name_seal
from studytool.sqlite.connection import Row

_LAST = "SELECT max(code) FROM names"
_MAKE = "INSERT INTO names(code, name, seal) VALUES (?, ?, ?)"
_FIND = "SELECT name, code FROM names WHERE name = ?"


def find_code(db: Database, name: str | None) -> int | None:
    """Return the code of ``name``; None where the log has no such word."""
    found = db.row("SELECT code FROM names WHERE name = ?", (name,))
    return None if found is None else int(found[0])


def _sealed(code: int, name: str) -> Row:
    return code, name, name_seal(code, name.encode())


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
                code = 1 + self._db.number(_LAST)
                self._db.rows(_MAKE, _sealed(code, str(name)))
            self._known[name] = code
            return code

    def codes(self, names: Sequence[str | None]) -> list[int | None]:
        """Return the codes of many words, the new ones found or made at once."""
        known = self._known
        new = [name for name in dict.fromkeys(names) if name not in known]
        known.update(self._db.many(_FIND, ((name,) for name in new)))
        lacking = [name for name in new if name not in known]
        first = 1 + self._db.number(_LAST) if lacking else 0
        made = {str(name): code for code, name in enumerate(lacking, start=first)}
        self._db.many(_MAKE, map(_sealed, made.values(), made))
        known.update(made)
        return [*map(known.__getitem__, names)]


NO_NAME = Phrase(ko="이름표가 맞지 않음", en="names in it do not fit")


def find_names(db: Database, codes: Iterable[int]) -> dict[int, str]:
    """Return the words that ``codes`` stand for."""
    sql = "SELECT code, name FROM names WHERE code IN (SELECT value FROM json_each(?))"
    return dict(db.stream(sql, (json.dumps([*codes]),)))
