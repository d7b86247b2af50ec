"""From a pack and its evidence to the rows of the library."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studytool.packs.models import Pack

from studytool.sqlite.connection import Row

MAX_EVIDENCE_BYTES = 20 * 2**20


def pack_row(pack: "Pack", folder: Path) -> Row:
    """Return the row of table ``packs``."""
    manifest = pack.manifest
    titles = {language: manifest.title.text(language) for language in ("ko", "en")}
    return (
        pack.id,
        manifest.version,
        pack.digest,
        str(folder),
        _json(titles),
        _json(manifest.languages),
        len(pack.items),
        manifest.model_dump_json(by_alias=True),
    )


def item_rows(pack: "Pack", evidence: dict[str, Any]) -> Iterator[Row]:
    """Return the rows of table ``items``, in the author's order."""
    for position, item in enumerate(pack.items):
        yield (
            f"{pack.id}/{item.id}",
            pack.id,
            item.kind,
            item.concept,
            position,
            item.revision,
            item.model_dump_json(by_alias=True),
            _evidence(evidence, "keys", item.id),
        )


def concept_rows(pack: "Pack") -> Iterator[Row]:
    """Return the rows of table ``concepts``: what each concept requires."""
    return ((pack.id, one.id, _json(one.requires)) for one in pack.manifest.concepts)


def item_claim_rows(pack: "Pack") -> Iterator[Row]:
    """Return the rows of table ``item_claims``: which items rest on which claims."""
    for item in pack.items:
        for claim in item.claims:
            yield (pack.id, claim, f"{pack.id}/{item.id}")


def claim_rows(pack: "Pack", evidence: dict[str, Any]) -> Iterator[Row]:
    """Return the rows of table ``claims``."""
    for claim in pack.claims:
        body = claim.model_dump_json(by_alias=True)
        yield (pack.id, claim.id, body, _evidence(evidence, "claims", claim.id))


def read_evidence(folder: Path) -> dict[str, Any]:
    """Read evidence.lock; without a usable one the items simply have no badge."""
    path = folder / "evidence.lock"
    try:
        if not path.is_file() or path.stat().st_size > MAX_EVIDENCE_BYTES:
            return {}
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _evidence(evidence: dict[str, Any], part: str, name: str) -> str | None:
    rows = evidence.get(part)
    found = rows.get(name) if isinstance(rows, dict) else None
    return _json(found) if isinstance(found, dict) else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
