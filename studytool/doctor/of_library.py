"""The doctor at the library: whose file it is, its pages, its tables, and what it lists."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import apsw

from studytool.doctor.findings import DO_REPAIR, Finding, FindingSeverity, Repair, said, shortened
from studytool.doctor.remedies import remedy_of_library
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.library.faults import DAMAGED, FOREIGN, NEWER, UNUSABLE, mendable
from studytool.library.schema import APPLICATION, NAMES, TABLES, VERSION
from studytool.sqlite.connection import Row

_DAMAGED = Phrase(
    ko="설치된 꾸러미를 담은 {path}이(가) 손상되었습니다({why}). 고치기 전에는 문항을 읽지 못할 수 있습니다. 복습 기록은 "
    "다른 파일에 있으며 그대로입니다.",
    en="{path}, which holds the installed packs, is damaged ({why}). Until it is repaired, items "
    "may be unreadable. Your reviews are in another file and are untouched.",
)
_REMAKE = Phrase(
    ko="studytool doctor --repair를 실행하면 먼저 물어본 뒤 {path}을(를) 지우고, 다음에 시작할 때 꾸러미에서 "
    "새로 만듭니다.",
    en="Run studytool doctor --repair. It asks first, then deletes {path}, which is made anew from "
    "the packs at the next start.",
)
_STALE = Phrase(
    ko="설치된 꾸러미를 담은 {path}이(가) 이전 형식이거나 표가 빠져 있습니다({why}). 복습 기록에는 영향이 없습니다.",
    en="{path}, which holds the installed packs, has an older layout or lacks tables ({why}). The "
    "reviews are not affected.",
)
_MADE_BY_ITSELF = Phrase(
    ko="할 일은 없습니다. studytool을 다음에 시작할 때 자동으로 새로 만듭니다.",
    en="There is nothing to do: it is made anew the next time studytool starts.",
)
_INDEXES = Phrase(
    ko="설치된 꾸러미를 담은 {path}에 색인이 없거나 다르게 만들어져 있습니다: {why}. 문항은 모두 그대로 있지만, 그대로 두면 "
    "시작과 공부가 느려집니다.",
    en="{path}, which holds the installed packs, has missing or altered indexes: {why}. All items "
    "are there, but starting and studying will be slow.",
)

_HEADER = "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
_PARTS = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql <> ''"
_ITEMS = "SELECT item, pack, concept, position FROM items"


@dataclass(frozen=True, slots=True)
class InstalledPacks:
    """The installed packs with their digests, and each of their items with its place.

    A place is the pack, the concept, and the position in the author's order.
    """

    packs: Mapping[str, str]
    items: Mapping[str, tuple[str, str, int]]


def examine_library(library: Path) -> Iterator[Finding]:
    """Check the library, and change nothing; none is as it should be before the first start."""
    if not library.exists():
        return
    try:
        with mendable(library), closing(_opened(library)) as connection:
            yield from _problems(connection, library)
    except StateError as error:
        if error.message is DAMAGED:
            yield said("library_damaged", error, _REMAKE, repairs=(Repair.REMAKE_LIBRARY,))
        else:
            yield said("library_unreadable", error, remedy_of_library(error))


def read_installed(library: Path) -> InstalledPacks:
    """Return what is installed; nothing where that cannot be read, which is told of the library."""
    if not library.exists():
        return InstalledPacks({}, {})
    try:
        with mendable(library), closing(_opened(library)) as connection:
            packs: list[Row] = connection.execute("SELECT id, digest FROM packs").fetchall()
            items: list[Row] = connection.execute(_ITEMS).fetchall()
    except (StateError, apsw.SQLError):
        return InstalledPacks({}, {})
    return InstalledPacks(dict(packs), {item: tuple(place) for item, *place in items})


def make_indexes(library: Path) -> None:
    """Make those indexes again that are not as they should be.

    Raises:
        StateError: the file cannot be written; it is as it was.
    """
    with mendable(library), closing(_opened(library)) as connection, connection:
        found, wanted = _indexes(connection), _wanted_indexes()
        for name in _missing(found, wanted):
            connection.execute(f"DROP INDEX IF EXISTS {name}")
            connection.execute(wanted[name])


def delete_library(library: Path) -> None:
    """Delete the library and its journal: the next start makes it anew from the packs.

    Raises:
        StateError: they may not be deleted, or another program has them open on Windows.
    """
    try:
        for end in ("-wal", "-shm", ""):
            library.with_name(library.name + end).unlink(missing_ok=True)
    except OSError as error:
        raise StateError(UNUSABLE, path=library, why=error.strerror or error) from error


def _problems(connection: apsw.Connection, library: Path) -> Iterator[Finding]:
    header: list[Row] = connection.execute(_HEADER).fetchall()
    owner, version = header[0]
    rows: list[Row] = connection.execute("PRAGMA integrity_check").fetchall()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if owner != APPLICATION and not (owner == 0 and "packs" in tables):  # 0: before version 2
        raise StateError(FOREIGN, path=library)
    if version > VERSION:
        raise StateError(NEWER, path=library)
    if found := [str(line) for (line,) in rows if line != "ok"]:
        fields: dict[str, object] = {"path": library, "why": shortened(found)}
        repairs = (Repair.REMAKE_LIBRARY,)
        yield Finding("library_damaged", FindingSeverity.ERROR, _DAMAGED, _REMAKE, repairs, fields)
    elif version < VERSION or not tables >= set(NAMES):
        lost = [name for name in NAMES if name not in tables] or [f"{version} < {VERSION}"]
        fields = {"path": library, "why": shortened(lost)}
        yield Finding("library_stale", FindingSeverity.INFO, _STALE, _MADE_BY_ITSELF, fields=fields)
    elif missing := _missing(_indexes(connection), _wanted_indexes()):
        fields, repairs = {"path": library, "why": shortened(missing)}, (Repair.INDEX_LIBRARY,)
        code, severity = "library_indexes_missing", FindingSeverity.WARNING
        yield Finding(code, severity, _INDEXES, DO_REPAIR, repairs, fields)


def _missing(found: dict[str, str], wanted: dict[str, str]) -> list[str]:
    return sorted(name for name, sql in wanted.items() if found.get(name) != sql)


def _indexes(connection: apsw.Connection) -> dict[str, str]:
    rows: list[Row] = connection.execute(_PARTS).fetchall()
    return dict(rows)


def _wanted_indexes() -> dict[str, str]:
    with closing(apsw.Connection(":memory:")) as connection:
        connection.execute(TABLES)
        return _indexes(connection)


def _opened(library: Path) -> apsw.Connection:
    return apsw.Connection(str(library), flags=apsw.SQLITE_OPEN_READWRITE)
