"""The library's tables. They are a cache: one of another layout is made again."""

import hashlib
from pathlib import Path

APPLICATION = 0x53544C42
"""``STLB``: tells our file from another program's."""
VERSION = 3

TABLES = """
CREATE TABLE packs(
    id TEXT PRIMARY KEY, version TEXT, digest TEXT, folder TEXT, titles TEXT, languages TEXT,
    items INTEGER, manifest TEXT
) STRICT;
CREATE TABLE items(
    item TEXT PRIMARY KEY, pack TEXT, kind TEXT, concept TEXT, position INTEGER, revision TEXT,
    body TEXT, evidence TEXT
) STRICT;
CREATE INDEX items_by_pack ON items(pack, position);
CREATE TABLE claims(pack TEXT, id TEXT, body TEXT, evidence TEXT, PRIMARY KEY(pack, id)) STRICT;
CREATE TABLE concepts(pack TEXT, id TEXT, requires TEXT, PRIMARY KEY(pack, id)) STRICT;
CREATE TABLE item_claims(pack TEXT, claim TEXT, item TEXT) STRICT;
CREATE INDEX item_claims_by_item ON item_claims(item);
CREATE INDEX item_claims_by_claim ON item_claims(pack, claim);
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) STRICT;
"""
NAMES = ("packs", "items", "claims", "concepts", "item_claims", "meta")
PARTS = {*NAMES, "items_by_pack", "item_claims_by_item", "item_claims_by_claim"}
"""The tables and indexes that a whole library has."""


def models_digest() -> str:
    """Name the models that rows are compiled by; rows of other models are stale."""
    packs = Path(__file__).parent.parent / "packs"
    sources = [(packs / name).read_bytes() for name in ("models.py", "evidence.py")]
    return hashlib.sha256(b"".join(sources)).hexdigest()[:16]
