"""Digests of all that an item, or what surrounds the items of a pack, depends on.

What was found of them before holds while these are the same.
"""

import hashlib

from studytool.packs.folder import PackFolder
from studytool.packs.item_facts import ItemFacts
from studytool.packs.manifest import Manifest
from studytool.packs.references import ItemContext


def ground_digest(mark: str, manifest: Manifest, files: PackFolder) -> str:
    """Return a digest of all that every item of a pack depends on."""
    experiments = {
        name: text for name, text in files.sources.items() if name.startswith("experiments/")
    }
    about = repr((mark, manifest.id, manifest.languages, sorted(experiments.items())))
    return hashlib.sha256(about.encode("utf-8", "replace")).hexdigest()


def around_digest(mark: str, files: PackFolder) -> str:
    """Return a digest of all that surrounds the items of a pack, where it could be read."""
    sources = {name: text for name, text in files.sources.items() if not name.startswith("items/")}
    about = repr((mark, sorted(sources.items())))
    return hashlib.sha256(about.encode("utf-8", "replace")).hexdigest()[:24]


def view_digest(facts: ItemFacts, context: ItemContext) -> str:
    """Return a digest of what an item names, as the pack has it."""
    own, rests_on = facts.concept, context.of_concept
    seen: list[object] = [_standing("concept", own, context)]
    if facts.source is not None:
        seen.append(_standing("source", facts.source, context))
    for name in facts.claims:
        seen.append(_standing("claim", name, context))
        if (claim := context.claims.get(name)) is not None:
            of_claim = rests_on.get(claim.concept, frozenset())
            controls = [control.id for check in claim.checks for control in check.controls]
            related = (own in of_claim, claim.concept in rests_on.get(own, frozenset()))
            seen += [claim.concept, claim.concept in rests_on, controls, related]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:12]


def _standing(kind: str, name: str, context: ItemContext) -> object:
    """Return whether a name is known; of one that is not, all that are, of which one is suggested."""
    ids = context.known[kind]
    return True if ids is not None and name in ids else ids and sorted(ids)
