"""Notes out of Anki's packages, .apkg and .colpkg, read from memory: tables of schema 11 or 18.

The newer format, collection.anki21b, is compressed with Zstandard, and has a table of decks.
"""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from zstandard import ZstdDecompressionReader, ZstdDecompressor, ZstdError

from studytool.errors import ExchangeError
from studytool.exchange.card_tables import foreign_note
from studytool.exchange.foreign_notes import (
    MOST_OF_A_NOTE,
    TOO_LONG,
    ForeignNote,
    LeftOut,
    ReadNotes,
)
from studytool.language import Phrase
from studytool.sqlite.connection import Connection, open_bytes
from studytool.sqlite.faults import SqliteError

MOST_BYTES = 256 * 2**20
"""Of the collection inside."""
_MOST_WINDOW = 2**27
"""Bytes that Zstandard may look back."""
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")

_NO_PACKAGE = Phrase(
    ko="{path}: 온전한 Anki 꾸러미가 아닙니다. Anki에서 다시 내보내세요.",
    en="{path} is not a complete Anki package; export it from Anki again.",
)
_LARGE = Phrase(
    ko="{path}: 안에 든 모음이 {most} MB보다 큽니다. 덱을 나누어 내보내세요.",
    en="the collection inside {path} is larger than {most} MB; export fewer decks at a time.",
)
_NOTES = """
SELECT id, iif(fits, guid, ''), iif(fits, tags, ''), iif(fits, flds, NULL),
    (SELECT did FROM cards WHERE nid = n.id ORDER BY ord LIMIT 1)
FROM (SELECT *, octet_length(guid) + octet_length(tags) + octet_length(flds) <= ? AS fits
    FROM notes) n ORDER BY id
"""
"""Of a note that is too long nothing is held."""


def read_package(path: Path, content: bytes) -> ReadNotes:
    """Read the notes of a package.

    Raises:
        ExchangeError: it is no whole package, or too large.
    """
    with reading_package(path, content) as collection:
        return ReadNotes.of(_notes(collection, path.name))


@contextmanager
def reading_package(path: Path, content: bytes) -> Iterator[Connection]:
    """Open the collection inside a package, and say of whatever is wrong in it what mends it.

    Raises:
        ExchangeError: it is no whole package, or too large.
    """
    try:
        yield open_bytes(_collection(path, content))
    except (
        BadZipFile,
        SqliteError,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RecursionError,
    ) as error:
        raise ExchangeError(_NO_PACKAGE, path=path) from error


def _collection(path: Path, content: bytes) -> bytes:
    """Return the newest collection in a package; beside it an older one may only say so."""
    with ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        name = next((one for one in _COLLECTIONS if one in names), "")
        if not name:
            raise ExchangeError(_NO_PACKAGE, path=path)
        if archive.getinfo(name).file_size > MOST_BYTES:  # it may be more than it says, too
            raise _too_large(path)
        try:
            with archive.open(name) as inside:
                found = _unpacked(inside) if name == _COLLECTIONS[0] else _as_much_as_may_be(inside)
        except (ZstdError, LZMAError, zlib.error, RuntimeError) as error:
            raise ValueError("not compressed as it says, or encrypted") from error
    if found is None:
        raise _too_large(path)
    return found


def _too_large(path: Path) -> ExchangeError:
    return ExchangeError(_LARGE, path=path, most=MOST_BYTES // 2**20)


def _unpacked(inside: IO[bytes]) -> bytes | None:
    """Return what was compressed; None where it is too much."""
    with ZstdDecompressor(max_window_size=_MOST_WINDOW).stream_reader(inside) as read:
        return _as_much_as_may_be(read)


def _as_much_as_may_be(stream: IO[bytes] | ZstdDecompressionReader) -> bytes | None:
    """Read a stream to its end; None as soon as it is too much, whatever size it has declared."""
    pieces: list[bytes] = []
    size = 0
    for piece in iter(partial(stream.read, 2**20), b""):
        size += len(piece)
        if size > MOST_BYTES:
            return None
        pieces.append(piece)
    return b"".join(pieces)


_TABLES = (
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('col', 'notes', 'cards')"
)
"""A view of such a name could compute for ever."""

_IS_TABLE = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'decks'"


def _notes(connection: Connection, name: str) -> Iterator[ForeignNote | LeftOut]:
    if connection.execute(_TABLES).get != 3:
        raise ValueError("no tables of notes and cards")
    decks = _decks(connection)
    for number, guid, tags, fields, deck in connection.execute(_NOTES, (MOST_OF_A_NOTE,)):
        if fields is None:
            yield LeftOut(f"{name}: {number}", TOO_LONG.of(most=MOST_OF_A_NOTE))
            continue
        yield from foreign_note(
            str(fields).split("\x1f"),
            f"{name}: {number}",
            key=str(guid),
            deck=decks.get(str(deck), ""),
            tags=tuple(str(tags).split()),
            is_html=True,
        )


def _decks(connection: Connection) -> dict[str, str]:
    """Return the names of the decks by their ids: from their table, or from the collection's JSON."""
    [[said]] = connection.execute("SELECT decks FROM col").fetchall()
    if not said and connection.execute(_IS_TABLE).get:
        rows = connection.execute("SELECT id, name FROM decks").fetchall()
        return {str(number): str(name).replace("\x1f", "::") for number, name in rows}
    read = json.loads(str(said or "{}"))
    listed = read if isinstance(read, dict) else {}
    return {key: str(one.get("name", "")) for key, one in listed.items() if isinstance(one, dict)}
