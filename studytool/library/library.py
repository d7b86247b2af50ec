"""Installed packs, compiled: each item a row of its own, so that a start reads no YAML.

The file is a cache: all of it can be made again from the packs. The reviews are in another file.
"""

import json
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studytool.errors import NotFoundError
from studytool.language import Language, Phrase
from studytool.library.file import TABLES, LibraryFile
from studytool.library.item_names import UNKNOWN_ITEM, texts_of

if TYPE_CHECKING:
    from studytool.packs.claims import Claim
    from studytool.packs.evidence import KeptFinding
    from studytool.packs.experiments import PackExperiment
    from studytool.packs.items import Item
    from studytool.packs.manifest import Manifest
    from studytool.packs.pack import Pack

_NO_TAGS = '"tags":[]'
"""In the body of an item without tags, and in no other: in a text of it the marks would be escaped."""

_BODY_OF_ITEM, _EVIDENCE_OF_ITEM = 7, 8
_BODY_OF_CLAIM, _EVIDENCE_OF_CLAIM = 2, 3
"""The places of these columns in a row."""

_OF_CLAIM = "pack = ? AND claim = ?"
_OF_ITEMS = "item IN (SELECT value FROM json_each(?))"
_CLAIMS_OF = "SELECT c.* FROM json_each(?) CROSS JOIN item_claims c ON c.item = value"

_NO_JSON = Phrase(ko="JSON이 아닌 행이 있음", en="a row is not JSON")
_NO_EVIDENCE = Phrase(ko="증거 형식과 다른 행이 있음", en="a row does not fit the evidence format")
_NO_MODEL = Phrase(ko="꾸러미 형식과 다른 행이 있음", en="a row does not fit the pack format")


class InstalledPack(NamedTuple):
    """An installed pack as the home screen lists it.

    Attributes:
        digest: of its files when it was installed.
        title: by language.
        languages: in which the pack is written, its first one first.
        items: how many it has.
    """

    id: str
    version: str
    digest: str
    folder: Path
    title: dict[Language, str]
    languages: tuple[Language, ...] = ()
    items: int = 0


class ListedItem(NamedTuple):
    """One item of a pack, without its content; ``item`` is ``pack/slug``."""

    item: str
    kind: str
    concept: str
    position: int
    revision: str


class Library(LibraryFile):
    """The installed packs, compiled; for one thread at a time.

    Whatever meets a damaged row raises :class:`studytool.errors.StateError`: the file has been deleted then,
    to be made again.
    """

    def install(self, pack: "Pack", folder: Path, *, now_ms: int = 0) -> None:
        """Install a pack, or put it in the place of its older version: whole or not at all.

        An item that was there, under this id or an older one, keeps the instant at which it came.

        Raises:
            StateError: the file cannot be written; what was installed is as it was.
        """
        from studytool.library.pack_rows import rows_of_pack  # late: a start installs nothing
        from studytool.packs.evidence import read_evidence

        evidence = read_evidence(folder)
        with self._writing():
            added = {row[0]: row[-1] for row in self._heads("pack = ?", pack.id)}
            self._forget(pack.id)
            for table, rows in rows_of_pack(pack, folder, evidence, added=added, now_ms=now_ms):
                self._insert(table, list(rows))

    def remove(self, pack_id: str) -> None:
        """Remove a pack; nothing happens when it is not installed."""
        with self._writing():
            self._forget(pack_id)

    def packs(self) -> list[InstalledPack]:
        """List the installed packs by id."""
        read, rows = self._decoded, self._sealed("packs", "true ORDER BY id")
        return [
            InstalledPack(id_, version, digest, Path(folder), read(title), (*read(languages),), n)
            for id_, version, digest, folder, title, languages, n, _ in rows
        ]

    def listed(self, pack_id: str) -> list[ListedItem]:
        """List a pack's items in the author's order."""
        rows = self._heads("pack = ? ORDER BY position", pack_id)
        return [ListedItem(item, *described) for item, _, *described, _ in rows]

    def concepts(self, pack_id: str) -> list[str]:
        """List the concepts that a pack's items are about."""
        return list(dict.fromkeys(one.concept for one in self.listed(pack_id)))

    def prerequisites(self, pack_id: str) -> dict[str, list[str]]:
        """Return the concepts of a pack that require others, with what each requires."""
        rows = self._sealed("concepts", "pack = ?", pack_id)
        return {concept: self._decoded(text) for _, concept, text in rows if text != "[]"}

    def concept_titles(self) -> list[tuple[str, str, dict[str, str]]]:
        """Return each concept as (pack, id, title by language), in the order of the packs' lists."""
        sql = "SELECT id, json_extract(manifest, '$.concepts') FROM packs ORDER BY id"
        found = [(pack, self._decoded(text)) for pack, text in self._rows(sql)]
        return [(pack, one["id"], one["title"]) for pack, concepts in found for one in concepts]

    def statements(self) -> list[tuple[str, str, dict[str, str]]]:
        """Return each claim as (pack, id, statement by language), without loading the models."""
        sql = "SELECT pack, id, json_extract(body, '$.statement') FROM claims ORDER BY rowid"
        return [(pack, claim, self._decoded(text)) for pack, claim, text in self._rows(sql)]

    def item_concepts(self) -> list[tuple[str, str]]:
        """Return each item with its concept, in the author's order."""
        return self._rows("SELECT item, concept FROM items ORDER BY pack, position")

    def renames(self) -> dict[str, str]:
        """Return the items that had another id before, each by that id."""
        return {old: item for _, old, item in self._sealed("old_ids")}

    def added(self) -> dict[str, int]:
        """Return the instant at which each item came, in milliseconds."""
        return {row[0]: row[-1] for row in self._heads()}

    def tags(self) -> list[tuple[str, str]]:
        """Return each tag with an item that has it."""
        bodies = ((row[0], row[_BODY_OF_ITEM]) for row in self._sealed("items"))
        tagged = ((item, body) for item, body in bodies if _NO_TAGS not in body)
        return [(tag, item) for item, body in tagged for tag in self._decoded(body)["tags"]]

    def claim_links(self) -> list[tuple[str, str, str]]:
        """Return each claim that an item rests on, as (pack, claim, item), in the author's order."""
        return self._sealed("item_claims", "true ORDER BY rowid")

    def texts(self) -> Iterator[tuple[str, str]]:
        """Return each item with all its texts, in every language of its pack, put together."""
        languages = {pack.id: frozenset(pack.languages) for pack in self.packs()}
        for item, pack, *_, body, _, _ in self._sealed("items"):
            yield item, "\n".join(texts_of(self._decoded(body), languages[pack]))

    def bodies(self, items: Collection[str]) -> dict[str, Any]:
        """Return those of ``items`` that there are as they are stored, without loading the models."""
        rows = self._sealed("items", _OF_ITEMS, json.dumps(list(items)))
        return {row[0]: self._decoded(row[_BODY_OF_ITEM]) for row in rows}

    def siblings(self, items: Collection[str]) -> set[str]:
        """Return the items that rest on a claim on which one of ``items`` rests, those among them."""
        claims = set().union(*self.claims_of(items).values())
        others = [self._sealed("item_claims", _OF_CLAIM, *claim) for claim in claims]
        return {item for rows in others for _, _, item in rows}

    def claims_of(self, items: Collection[str]) -> dict[str, set[tuple[str, str]]]:
        """Return the claims on which each of ``items`` rests, as (pack, claim); those with none left out."""
        found: dict[str, set[tuple[str, str]]] = {}
        if not items:
            return found
        for pack, claim, item in self._checked(self._rows(_CLAIMS_OF, json.dumps(list(items)))):
            found.setdefault(item, set()).add((pack, claim))
        return found

    def digest(self, pack_id: str) -> str:
        """Return the digest of a pack's files when it was installed; empty where it is not."""
        return next((pack.digest for pack in self.packs() if pack.id == pack_id), "")

    def folder(self, pack_id: str) -> Path | None:
        """Return the folder that a pack was installed from; None where it is not installed."""
        return next((pack.folder for pack in self.packs() if pack.id == pack_id), None)

    def evidence(self, item_id: str) -> "KeptFinding | None":
        """Return what the pack's evidence.lock says of an item's key; None without it."""
        return self._evidence(_EVIDENCE_OF_ITEM, "items", "item = ?", item_id)

    def claim_evidence(self, pack_id: str, claim_id: str) -> "KeptFinding | None":
        """Return what the pack's evidence.lock says of a claim; None without it."""
        where = "pack = ? AND id = ?"
        return self._evidence(_EVIDENCE_OF_CLAIM, "claims", where, pack_id, claim_id)

    def item(self, item_id: str) -> "Item":
        """Return an item by ``pack/slug``.

        Raises:
            NotFoundError: there is none; names the nearest.
        """
        rows = self._sealed("items", "item = ?", item_id)
        if not rows:
            known = [row[0] for row in self._heads()]
            raise NotFoundError("item", item_id, known, remedy=UNKNOWN_ITEM)
        item: Item = self._model("Item", rows[0][_BODY_OF_ITEM])
        return item

    def claim(self, pack_id: str, claim_id: str) -> "Claim":
        """Return a claim.

        Raises:
            NotFoundError: there is none; names the nearest.
        """
        rows = self._sealed("claims", "pack = ? AND id = ?", pack_id, claim_id)
        if not rows:
            known = [row[1] for row in self._sealed("claims", "pack = ?", pack_id)]
            raise NotFoundError("claim", claim_id, known)
        claim: Claim = self._model("Claim", rows[0][_BODY_OF_CLAIM])
        return claim

    def claims(self, pack_id: str) -> "list[Claim]":
        """Return a pack's claims in the author's order."""
        rows = self._sealed("claims", "pack = ? ORDER BY rowid", pack_id)
        return [self._model("Claim", row[_BODY_OF_CLAIM]) for row in rows]

    def experiments(self) -> "list[tuple[str, PackExperiment]]":
        """Return the experiments of all packs, each with its full name, ``pack/id``."""
        rows = self._sealed("experiments", "true ORDER BY pack, position")
        return [(name, self._model("PackExperiment", body)) for name, _, _, body in rows]

    def manifest(self, pack_id: str) -> "Manifest":
        """Return a pack's manifest.

        Raises:
            NotFoundError: it is not installed; names the nearest.
        """
        rows = self._sealed("packs", "id = ?", pack_id)
        if not rows:
            raise NotFoundError("pack", pack_id, [pack.id for pack in self.packs()])
        manifest: Manifest = self._model("Manifest", rows[0][-1])
        return manifest

    def _forget(self, pack_id: str) -> None:
        for table in TABLES:
            column = "id" if table == "packs" else "pack"
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (pack_id,))

    def _evidence(self, column: int, table: str, where: str, *values: str) -> "KeptFinding | None":
        from studytool.packs.evidence import finding_from_json  # late: home shows no finding

        rows = self._sealed(table, where, *values)
        if not rows or rows[0][column] is None:
            return None
        return self._read(finding_from_json, rows[0][column], why=_NO_EVIDENCE)

    def _decoded(self, text: str) -> Any:
        return self._read(json.loads, text, why=_NO_JSON)

    def _model(self, name: str, text: str) -> Any:
        from studytool.packs.stored import read_model  # late: the home screen reads no model

        return self._read(partial(read_model, name), text, why=_NO_MODEL)
