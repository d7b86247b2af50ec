"""Notes out of Anki's packages, .apkg and .colpkg: the tables of schema 11, read from memory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from studytool.errors import ExchangeError
from studytool.exchange.card_tables import foreign_note
from studytool.exchange.foreign_notes import ForeignNote, LeftOut, ReadNotes
from studytool.language import Phrase
from studytool.sqlite.connection import Connection
from studytool.sqlite.faults import SqliteError
from studytool.sqlite.in_memory import open_bytes

MOST_BYTES = 256 * 2**20
"""Of the collection inside, before it is unpacked."""

_NO_PACKAGE = Phrase(
    ko="{path}: 온전한 Anki 꾸러미가 아닙니다. Anki에서 다시 내보내세요.",
    en="{path} is no whole Anki package; export it from Anki again.",
)
_COMPRESSED = Phrase(
    ko="{path}: 새 형식의 꾸러미입니다. Anki의 내보내기 창에서 '이전 버전의 Anki 지원'을 켜고 다시 내보내세요.",
    en="{path} is in Anki's newer format. In Anki's export window tick 'Support older Anki "
    "versions', and export again.",
)
_LARGE = Phrase(
    ko="{path}: 안에 든 모음이 {most} MB보다 큽니다. 덱을 나누어 내보내세요.",
    en="the collection inside {path} is larger than {most} MB; export fewer decks at a time.",
)
_NOTES = """
SELECT n.id, n.guid, n.tags, n.flds, (SELECT did FROM cards WHERE nid = n.id ORDER BY ord LIMIT 1)
FROM notes n ORDER BY n.id
"""


def read_package(path: Path, content: bytes) -> ReadNotes:
    """Read the notes of a package.

    Raises:
        ExchangeError: it is no whole package, too large, or in the format that is compressed anew.
    """
    with reading_package(path, content) as collection:
        return ReadNotes.of(iter(list(_notes(collection, path.name))))


@contextmanager
def reading_package(path: Path, content: bytes) -> Iterator[Connection]:
    """Open the collection inside a package, and say of whatever is wrong in it what mends it.

    Raises:
        ExchangeError: it is no whole package, too large, or in the format that is compressed anew.
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
    with ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
        if "collection.anki21b" in names:
            raise ExchangeError(_COMPRESSED, path=path)
        name = next((one for one in ("collection.anki21", "collection.anki2") if one in names), "")
        if not name:
            raise ExchangeError(_NO_PACKAGE, path=path)
        if archive.getinfo(name).file_size > MOST_BYTES:
            raise ExchangeError(_LARGE, path=path, most=MOST_BYTES // 2**20)
        with archive.open(name) as inside:
            return inside.read(MOST_BYTES + 1)


_TABLES = (
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('col', 'notes', 'cards')"
)
"""A view of such a name could compute for ever."""


def _notes(connection: Connection, name: str) -> Iterator[ForeignNote | LeftOut]:
    if connection.execute(_TABLES).get != 3:
        raise ValueError("no tables of notes and cards")
    [[said]] = connection.execute("SELECT decks FROM col").fetchall()
    read = json.loads(str(said))
    listed = read if isinstance(read, dict) else {}
    decks = {key: str(one.get("name", "")) for key, one in listed.items() if isinstance(one, dict)}
    for number, guid, tags, fields, deck in connection.execute(_NOTES):
        yield from foreign_note(
            str(fields).split("\x1f"),
            f"{name}: {number}",
            key=str(guid),
            deck=decks.get(str(deck), ""),
            tags=tuple(str(tags).split()),
            is_html=True,
        )
