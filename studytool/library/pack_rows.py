"""The rows of an installed pack, table by table."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.packs.evidence import KeptEvidence, KeptFinding, finding_to_json
from studytool.sqlite.connection import Row

if TYPE_CHECKING:
    from studytool.packs.model import Model
    from studytool.packs.pack import Pack


def rows_of_pack(
    pack: "Pack", folder: Path, evidence: KeptEvidence, *, added: Mapping[str, int], now_ms: int
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Return each table of the library with its rows of a pack.

    ``added`` has the instant at which each item came that is installed already; the others come at ``now_ms``.
    """
    manifest = pack.manifest
    titles = _json({language: manifest.title.text(language) for language in ("ko", "en")})
    about = (pack.id, manifest.version, pack.digest, str(folder), titles)
    yield "packs", [(*about, _json(manifest.languages), len(pack.items), _dump(manifest))]
    yield "items", _item_rows(pack, evidence, added, now_ms)
    found = evidence.claims
    yield "claims", [(pack.id, c.id, _dump(c), _finding(found.get(c.id))) for c in pack.claims]
    own = enumerate(pack.experiments)
    yield "experiments", [(f"{pack.id}/{one.id}", pack.id, at, one.text) for at, one in own]
    yield "concepts", [(pack.id, one.id, _json(one.requires)) for one in pack.manifest.concepts]
    items = [(f"{pack.id}/{one.id}", one) for one in pack.items]
    yield "item_claims", [(pack.id, claim, name) for name, one in items for claim in one.claims]
    yield "old_ids", [(pack.id, f"{pack.id}/{old}", name) for name, one in items for old in one.was]


def _item_rows(
    pack: "Pack", evidence: KeptEvidence, added: Mapping[str, int], now_ms: int
) -> Iterator[Row]:
    """Return the rows of table ``items``, in the author's order."""
    for position, item in enumerate(pack.items):
        came = [added.get(f"{pack.id}/{id_}", now_ms) for id_ in (item.id, *item.was)]
        head = (f"{pack.id}/{item.id}", pack.id, item.kind, item.concept, position, item.revision)
        yield (*head, min(came), _dump(item), _finding(evidence.keys.get(item.id)))


def _finding(finding: KeptFinding | None) -> str | None:
    return None if finding is None else finding_to_json(finding)


def _dump(model: "Model") -> str:
    return model.model_dump_json(by_alias=True)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
