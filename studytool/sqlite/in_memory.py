"""Databases as bytes: another program's read from memory, and one made to be handed on."""

import apsw

from studytool.sqlite.connection import Connection


def open_bytes(content: bytes) -> Connection:
    """Open a copy of a database's bytes, whose own code is not trusted and cannot write anywhere.

    Anki's collation ``unicase`` is there, so that its tables can be read.

    Raises:
        apsw.Error: they are no database.
    """
    connection = apsw.Connection(":memory:")
    connection.create_collation("unicase", _compare)
    if content[18:20] == b"\x02\x02":  # a journal beside it is not here
        content = content[:18] + b"\x01\x01" + content[20:]
    connection.deserialize("main", content)
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.execute("PRAGMA query_only = 1")
    return connection


def new_database() -> Connection:
    """Return an empty database in memory."""
    return apsw.Connection(":memory:")


def database_bytes(connection: Connection) -> bytes:
    """Return a database as the bytes of its file."""
    return bytes(connection.serialize("main"))


def _compare(one: str, other: str) -> int:
    a, b = one.casefold(), other.casefold()
    return (a > b) - (a < b)
