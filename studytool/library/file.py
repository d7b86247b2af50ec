"""The file of the library: its tables, made again where they are missing, stale or damaged."""

import hashlib
import marshal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar
from zlib import crc32

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.reasons import reason
from studytool.sqlite.connection import Connection, Row, begin_wal, is_made, opened, transaction
from studytool.sqlite.faults import sqlite_faults

_APPLICATION = 0x53544C42
"""``STLB``: tells our file from another program's."""
VERSION = 6

_TABLES = """
CREATE TABLE packs(
    id TEXT PRIMARY KEY, version TEXT, digest TEXT, folder TEXT, titles TEXT, languages TEXT,
    items INTEGER, manifest TEXT, seal INTEGER
) STRICT;
CREATE TABLE items(
    item TEXT PRIMARY KEY, pack TEXT, kind TEXT, concept TEXT, position INTEGER, revision TEXT,
    added_ms INTEGER, body TEXT, evidence TEXT, head_seal INTEGER, seal INTEGER
) STRICT;
CREATE INDEX items_by_pack ON items(pack, position);
CREATE TABLE claims(
    pack TEXT, id TEXT, body TEXT, evidence TEXT, seal INTEGER, PRIMARY KEY(pack, id)
) STRICT;
CREATE TABLE experiments(
    name TEXT PRIMARY KEY, pack TEXT, position INTEGER, body TEXT, seal INTEGER
) STRICT;
CREATE TABLE concepts(
    pack TEXT, id TEXT, requires TEXT, seal INTEGER, PRIMARY KEY(pack, id)
) STRICT;
CREATE TABLE item_claims(pack TEXT, claim TEXT, item TEXT, seal INTEGER) STRICT;
CREATE INDEX item_claims_by_item ON item_claims(item);
CREATE INDEX item_claims_by_claim ON item_claims(pack, claim);
CREATE TABLE old_ids(pack TEXT, old TEXT, item TEXT, seal INTEGER) STRICT;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT, seal INTEGER) STRICT;
"""
"""``seal`` is a checksum of the row's other values: what is read of an item is what was compiled.

``head_seal`` is one of an item's values before its body, by which a list need not read the bodies.
"""

ITEM_HEAD = ("item", "pack", "kind", "concept", "position", "revision", "added_ms")
"""The columns of ``items`` that ``head_seal`` is of."""

_TEXTS = (b"".join(one.split()) for one in _TABLES.encode().split(b";")[:-1])
_FORMAT = (_APPLICATION, VERSION, frozenset(_TEXTS))
TABLES = ("packs", "items", "claims", "experiments", "concepts", "item_claims", "old_ids")
"""Of what packs hold."""
_NAMES = (*TABLES, "meta")
_PARTS = {*_NAMES, "items_by_pack", "item_claims_by_item", "item_claims_by_claim"}
"""The tables and indexes that a whole library has."""

BUSY_SECONDS = 2.0
_NOT_TEXT = Phrase(ko="글이 글자로 읽히지 않습니다.", en="a text in it is no text")
_WRONG_SEAL = Phrase(ko="행의 검사합이 틀림", en="the checksum of a row is wrong")
_Value = TypeVar("_Value")


class LibraryFile:
    """One SQLite file, a cache of the packs; for one thread at a time."""

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        opened(path, self._prepare)

    @classmethod
    def open(cls, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> Self:
        """Open the library at ``path``; make it where it is missing, stale or damaged.

        Raises:
            StateError: locked, read-only, another program's or made by a newer version.
        """
        try:
            return cls(path, busy_seconds=busy_seconds)
        except StateError as error:
            if error.fault is not Fault.DAMAGED:
                raise
        _delete(path)
        return cls(path, busy_seconds=busy_seconds)

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        with sqlite_faults(self.path):
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _prepare(self, db: Connection) -> None:
        self._db = db
        db.set_busy_timeout(round(self._busy_seconds * 1000))
        if not is_made(db, self.path, _FORMAT):
            begin_wal(db)
        if self._is_stale():
            with transaction(db, self.path):
                if self._is_stale():  # nobody else was quicker
                    self._rebuild()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Make the block one transaction, undone when it raises."""
        with self._deleted_if_damaged(), transaction(self._db, self.path):
            yield

    @contextmanager
    def _deleted_if_damaged(self) -> Iterator[None]:
        """Delete the file where it turns out to be damaged, so that the next start makes it."""
        try:
            yield
        except StateError as error:
            if error.fault is not Fault.DAMAGED:
                raise
            _delete(self.path)
            why = error.fields["why"]
            raise StateError(Fault.LIBRARY_DAMAGED, path=self.path, why=why) from error

    def _is_stale(self) -> bool:
        """Tell whether a part is missing, or the layout or the models are not this version's."""
        parts = {name for (name,) in self._db.execute("SELECT name FROM sqlite_schema")}
        if self._db.execute("PRAGMA user_version").get != VERSION or not parts >= _PARTS:
            return True
        kept = self._db.execute("SELECT value FROM meta WHERE key = 'models'").fetchall()
        return kept != [(_models_digest(),)]

    def _rebuild(self) -> None:
        """Make the tables; what was compiled otherwise is forgotten and installed again."""
        for name in _NAMES:
            self._db.execute(f"DROP TABLE IF EXISTS {name}")
        self._db.execute(_TABLES)
        self._insert("meta", [("models", _models_digest())])
        self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
        self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            marks = ", ".join("?" * (len(rows[0]) + 1))
            if table == "items":
                rows = [(*row, _seal(row[: len(ITEM_HEAD)])) for row in rows]
                marks = f"?, {marks}"
            sealed = ((*row, _seal(row)) for row in rows)
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", sealed)

    def _rows(self, sql: str, *values: str) -> list[Any]:
        with self._deleted_if_damaged(), sqlite_faults(self.path):
            try:
                return self._db.execute(sql, values).fetchall()
            except UnicodeDecodeError as error:
                raise StateError(Fault.DAMAGED, path=self.path, why=_NOT_TEXT) from error

    def _sealed(self, table: str, where: str = "true", *values: str) -> list[Any]:
        """Return whole rows of a table, whose seals are right, without them."""
        return self._checked(self._rows(f"SELECT * FROM {table} WHERE {where}", *values))

    def _heads(self, where: str = "true", *values: str) -> list[Any]:
        """Return the columns :data:`ITEM_HEAD` of items; their seals are right."""
        columns = ", ".join((*ITEM_HEAD, "head_seal"))
        return self._checked(self._rows(f"SELECT {columns} FROM items WHERE {where}", *values))

    def _checked(self, rows: list[Any]) -> list[Any]:
        """Return rows without the seals that they end with.

        Raises:
            StateError: one is wrong; the file has been deleted, to be made again.
        """
        with self._deleted_if_damaged():
            if any(_seal(row[:-1]) != row[-1] for row in rows):
                raise StateError(Fault.DAMAGED, path=self.path, why=_WRONG_SEAL)
        return [row[:-1] for row in rows]

    def _read(self, read: Callable[[str], _Value], text: str, *, why: Phrase) -> _Value:
        """Read a text of a row; one that cannot be read is damage, for the reason ``why``."""
        with self._deleted_if_damaged():
            try:
                return read(text)
            except ValueError as error:
                raise StateError(Fault.DAMAGED, path=self.path, why=why) from error


def _seal(row: Row) -> int:
    """Return the CRC-32 of the values, each with its kind and length."""
    return crc32(marshal.dumps(tuple(row), 2))


MODEL_FILES = (
    "answer_key", "choices", "claims", "clozes", "evidence", "experiments", "item_fields", "items",
    "manifest", "methods", "model", "orderings", "pack", "parameters", "predictions", "statistic",
    "text",
)  # fmt: skip
"""The files of ``packs`` that say what a row holds."""


def _models_digest() -> str:
    """Name the models that rows are compiled by; rows of other models are stale."""
    packs = Path(__file__).parent.parent / "packs"
    sources = [(packs / f"{name}.py").read_bytes() for name in MODEL_FILES]
    return hashlib.sha256(b"".join(sources)).hexdigest()[:16]


def _delete(path: Path) -> None:
    """Delete the library and its journal; a StateError where that is refused."""
    try:
        for end in ("-wal", "-shm", ""):
            path.with_name(path.name + end).unlink(missing_ok=True)
    except OSError as error:
        raise StateError(Fault.READ_ONLY, path=path, why=reason(error)) from error
