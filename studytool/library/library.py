"""Installed packs, compiled: each item a row of its own, so that a start reads no YAML.

The file is a cache: everything in it can be made again from the packs. The learner's reviews are
in another file.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import apsw

from studytool.errors import NotFoundError, StateError
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.packs.models import Claim, Item, Manifest, Pack

SCHEMA_VERSION = 1
BUSY_MS = 2_000

_SCHEMA = """
CREATE TABLE packs(
    id TEXT PRIMARY KEY, version TEXT, digest TEXT, folder TEXT, titles TEXT, manifest TEXT
) STRICT;
CREATE TABLE items(
    item TEXT PRIMARY KEY, pack TEXT, kind TEXT, concept TEXT, position INTEGER, revision TEXT,
    body TEXT, evidence TEXT
) STRICT;
CREATE INDEX items_by_pack ON items(pack, position);
CREATE TABLE claims(pack TEXT, id TEXT, body TEXT, evidence TEXT, PRIMARY KEY(pack, id)) STRICT;
"""

_DAMAGED = Phrase(
    ko="{path}이(가) 손상되었습니다({why}). 이 파일은 다시 만들 수 있는 보관소입니다: 지우고 "
    "다시 시작하세요. 복습 기록은 다른 파일에 있으며 그대로입니다.",
    en="{path} is damaged ({why}). It is a cache that can be made again: delete it and start "
    "again. Your reviews are in another file and are untouched.",
)
_LOCKED = Phrase(
    ko="다른 프로그램이 {path}을(를) 쓰고 있습니다. 그 프로그램을 닫고 다시 시작하세요.",
    en="another program is writing {path}. Close it and start again.",
)
_UNUSABLE = Phrase(
    ko="{path}을(를) 열거나 쓸 수 없습니다({why}). 폴더의 쓰기 권한과 남은 공간을 확인하거나 "
    "STUDYTOOL_HOME에 다른 폴더를 지정하세요.",
    en="cannot open or write {path} ({why}). Check the folder's permissions and free space, or "
    "set STUDYTOOL_HOME to another folder.",
)
_NEWER = Phrase(
    ko="{path}은(는) 더 새로운 studytool이 만들었습니다. studytool을 업데이트하거나, 이 파일을 "
    "지우고 다시 시작하세요(복습 기록은 다른 파일에 있습니다).",
    en="{path} was made by a newer studytool. Update studytool, or delete this file and start "
    "again (your reviews are in another file).",
)


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """An installed pack as the home screen lists it; ``title`` by language."""

    id: str
    version: str
    digest: str
    folder: Path
    title: dict[Language, str]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item of a pack, without its content; ``item`` is ``pack/slug``."""

    item: str
    kind: str
    concept: str
    position: int
    revision: str


class Library:
    """The compiled packs in one SQLite file; for one thread at a time."""

    def __init__(self, path: Path, db: apsw.Connection) -> None:
        self.path = path
        self._db = db

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the library at ``path``, or make it.

        Raises:
            StateError: locked, damaged, read-only or made by a newer version; says what to do.
        """
        with _faults(path):
            library = cls(path, apsw.Connection(str(path)))
            try:
                library._prepare()
            except BaseException:
                library.close()
                raise
        return library

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        self._db.close()

    def install(self, pack: "Pack", folder: Path) -> None:
        """Install a pack, or put it in the place of its older version: whole or not at all."""
        evidence = _read_evidence(folder)
        with _faults(self.path), self._db:
            self._forget(pack.id)
            titles = {language: pack.manifest.title.text(language) for language in ("ko", "en")}
            self._db.execute(
                "INSERT INTO packs VALUES (?, ?, ?, ?, ?, ?)",
                (
                    pack.id,
                    pack.manifest.version,
                    pack.digest,
                    str(folder),
                    json.dumps(titles, ensure_ascii=False),
                    pack.manifest.model_dump_json(by_alias=True),
                ),
            )
            self._db.executemany(
                "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        f"{pack.id}/{item.id}",
                        pack.id,
                        item.kind,
                        item.concept,
                        position,
                        item.revision,
                        item.model_dump_json(by_alias=True),
                        _row(evidence.get("keys", {}).get(item.id)),
                    )
                    for position, item in enumerate(pack.items)
                ),
            )
            self._db.executemany(
                "INSERT INTO claims VALUES (?, ?, ?, ?)",
                (
                    (
                        pack.id,
                        claim.id,
                        claim.model_dump_json(by_alias=True),
                        _row(evidence.get("claims", {}).get(claim.id)),
                    )
                    for claim in pack.claims
                ),
            )

    def remove(self, pack_id: str) -> None:
        """Remove a pack; nothing happens when it is not installed."""
        with _faults(self.path), self._db:
            self._forget(pack_id)

    # --- reading, without the models ----------------------------------------------------------

    def packs(self) -> list[InstalledPack]:
        """List the installed packs by id."""
        rows = self._rows("SELECT id, version, digest, folder, titles FROM packs ORDER BY id")
        return [
            InstalledPack(id_, version, digest, Path(folder), json.loads(titles))
            for id_, version, digest, folder, titles in rows
        ]

    def listed(self, pack_id: str) -> list[ListedItem]:
        """List a pack's items in the author's order."""
        sql = (
            "SELECT item, kind, concept, position, revision FROM items WHERE pack = ? "
            "ORDER BY position"
        )
        return [ListedItem(*row) for row in self._rows(sql, pack_id)]

    def concepts(self, pack_id: str) -> list[str]:
        """List the concepts that a pack's items are about."""
        sql = "SELECT concept FROM items WHERE pack = ? GROUP BY concept ORDER BY min(position)"
        return [concept for (concept,) in self._rows(sql, pack_id)]

    def evidence(self, item_id: str) -> dict[str, Any] | None:
        """Give what ``verify --write`` kept of an item's key; None without it."""
        return self._json("SELECT evidence FROM items WHERE item = ?", item_id)

    def claim_evidence(self, pack_id: str, claim_id: str) -> dict[str, Any] | None:
        """Give what ``verify --write`` kept of a claim; None without it."""
        return self._json(
            "SELECT evidence FROM claims WHERE pack = ? AND id = ?", pack_id, claim_id
        )

    # --- reading into the models --------------------------------------------------------------

    def item(self, item_id: str) -> "Item":
        """Give an item by ``pack/slug``.

        Raises:
            NotFoundError: there is none; names the nearest.
        """
        rows = self._rows("SELECT body FROM items WHERE item = ?", item_id)
        if not rows:
            known = [item for (item,) in self._rows("SELECT item FROM items")]
            raise NotFoundError("item", item_id, known, remedy="an item is named pack/slug")
        from pydantic import TypeAdapter

        from studytool.packs.models import Item

        adapter: TypeAdapter[Any] = TypeAdapter(Item)  # Any: a union is no type mypy can name
        item: Item = adapter.validate_json(rows[0][0])
        return item

    def claim(self, pack_id: str, claim_id: str) -> "Claim":
        """Give a claim.

        Raises:
            NotFoundError: there is none; names the nearest.
        """
        rows = self._rows("SELECT body FROM claims WHERE pack = ? AND id = ?", pack_id, claim_id)
        if not rows:
            known = [id_ for (id_,) in self._rows("SELECT id FROM claims WHERE pack = ?", pack_id)]
            raise NotFoundError("claim", claim_id, known)
        from studytool.packs.models import Claim

        return Claim.model_validate_json(rows[0][0])

    def manifest(self, pack_id: str) -> "Manifest":
        """Give a pack's manifest.

        Raises:
            NotFoundError: it is not installed; names the nearest.
        """
        rows = self._rows("SELECT manifest FROM packs WHERE id = ?", pack_id)
        if not rows:
            raise NotFoundError("pack", pack_id, [pack.id for pack in self.packs()])
        from studytool.packs.models import Manifest

        return Manifest.model_validate_json(rows[0][0])

    # --- the parts ----------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._db.set_busy_timeout(BUSY_MS)
        self._db.pragma("journal_mode", "wal")
        version = self._db.pragma("user_version")
        if version > SCHEMA_VERSION:
            raise StateError(_NEWER, path=self.path)
        if version == 0:
            self._make_tables()

    def _make_tables(self) -> None:
        """Make the tables, unless another program has just made them."""
        self._db.transaction_mode = "IMMEDIATE"
        with self._db:
            if self._db.pragma("user_version") == 0:
                self._db.execute(_SCHEMA)
                self._db.pragma("user_version", SCHEMA_VERSION)

    def _forget(self, pack_id: str) -> None:
        for table, column in (("packs", "id"), ("items", "pack"), ("claims", "pack")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (pack_id,))

    def _rows(self, sql: str, *values: str) -> list[Any]:
        with _faults(self.path):
            return list(self._db.execute(sql, values))

    def _json(self, sql: str, *values: str) -> dict[str, Any] | None:
        rows = self._rows(sql, *values)
        found: dict[str, Any] | None = json.loads(rows[0][0]) if rows and rows[0][0] else None
        return found


def _read_evidence(folder: Path) -> dict[str, Any]:
    """Read evidence.lock; without a usable one the items simply have no badge."""
    try:
        read = json.loads((folder / "evidence.lock").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _row(evidence: object) -> str | None:
    return None if evidence is None else json.dumps(evidence, ensure_ascii=False)


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    """Turn SQLite's faults into errors that say what to do."""
    try:
        yield
    except (apsw.BusyError, apsw.LockedError) as error:
        raise StateError(_LOCKED, path=path) from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise StateError(_DAMAGED, path=path, why=error) from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.FullError, apsw.IOError) as error:
        raise StateError(_UNUSABLE, path=path, why=error) from error
