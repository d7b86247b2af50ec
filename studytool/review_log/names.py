"""The log's words as small numbers: an item's or device's name is stored once."""

from studytool.review_log.database import Database


def find_code(db: Database, name: str | None) -> int | None:
    """Give the code of ``name``; None where the log has no such word."""
    found = db.row("SELECT code FROM names WHERE name = ?", (name,))
    return None if found is None else int(found[0])


def make_code(db: Database, name: str | None) -> int | None:
    """Give the code of ``name``, a new one if need be; None stays None. Inside a transaction."""
    if name is None:
        return None
    code = find_code(db, name)
    if code is None:
        db.rows("INSERT INTO names(name) VALUES (?)", (name,))
        code = find_code(db, name)
    return code


def find_name(db: Database, code: int) -> str:
    """Give the word that ``code`` stands for."""
    return str(db.rows("SELECT name FROM names WHERE code = ?", (code,))[0][0])
