"""Make the rows of the library from a pack and its evidence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.packs.models import Pack

from studytool.packs.evidence import KeptEvidence, KeptFinding, finding_to_json
from studytool.sqlite.connection import Row


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


def item_rows(pack: "Pack", evidence: KeptEvidence) -> Iterator[Row]:
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
            _finding(evidence.keys.get(item.id)),
        )


def concept_rows(pack: "Pack") -> Iterator[Row]:
    """Return the rows of table ``concepts``: what each concept requires."""
    return ((pack.id, one.id, _json(one.requires)) for one in pack.manifest.concepts)


def item_claim_rows(pack: "Pack") -> Iterator[Row]:
    """Return the rows of table ``item_claims``: which items rest on which claims."""
    for item in pack.items:
        for claim in item.claims:
            yield (pack.id, claim, f"{pack.id}/{item.id}")


def claim_rows(pack: "Pack", evidence: KeptEvidence) -> Iterator[Row]:
    """Return the rows of table ``claims``."""
    for claim in pack.claims:
        body = claim.model_dump_json(by_alias=True)
        yield (pack.id, claim.id, body, _finding(evidence.claims.get(claim.id)))


def _finding(finding: KeptFinding | None) -> str | None:
    return None if finding is None else finding_to_json(finding)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
