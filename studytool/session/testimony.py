"""Whose word the evidence of an item is: this installation's, the release's, or the author's.

What was found here goes before what the release found, and that before what an author says. What
was refuted here outweighs all others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from studytool.bundled_pack import sealed_digests
from studytool.library.own_evidence import OwnEvidence, OwnFinding
from studytool.packs.evidence import Independence, KeptFinding, NumbersByName, Verdict
from studytool.packs.oracles import library_in

if TYPE_CHECKING:
    from studytool.packs.claims import Claim
    from studytool.packs.items import Item
    from studytool.packs.manifest import Manifest


class EvidenceSource(StrEnum):
    """Who has tried it, the least to be trusted first."""

    AUTHOR = "author"
    """The pack's evidence.lock says so; nobody else has tried it."""
    RELEASE = "release"
    """The release that shipped the pack, which is as it was."""
    HERE = "here"
    """This installation."""


@dataclass(frozen=True, slots=True)
class SourcedFinding:
    """A finding, and whose it is.

    Attributes:
        day: on which it was made here; None of others.
        parameters: of a variant tried here, its numbers.
    """

    finding: KeptFinding
    source: EvidenceSource
    day: date | None = None
    parameters: NumbersByName | None = None


class EvidenceShelf(Protocol):
    """Where a pack's claims, and what its author says of them, are looked up."""

    def claim(self, pack_id: str, claim_id: str) -> "Claim":
        """Return a claim."""

    def manifest(self, pack_id: str) -> "Manifest":
        """Return a pack's manifest."""

    def digest(self, pack_id: str) -> str:
        """Return the digest of a pack's files, with its evidence.lock."""

    def evidence(self, item_id: str) -> KeptFinding | None:
        """Return what the author says of an item's key."""

    def claim_evidence(self, pack_id: str, claim_id: str) -> KeptFinding | None:
        """Return what the author says of a claim."""


@dataclass(frozen=True)
class Testimonies:
    """All that is said of the items of one pack."""

    pack_id: str
    shelf: EvidenceShelf
    own: OwnEvidence

    @cached_property
    def _of_the_lock(self) -> EvidenceSource:
        """Return whose word the pack's evidence.lock is; looked up once for all of its claims."""
        is_sealed = self.shelf.digest(self.pack_id) in sealed_digests()
        return EvidenceSource.RELEASE if is_sealed else EvidenceSource.AUTHOR

    def of_key(
        self, item: "Item", parameters: Mapping[str, float], behind: "Sequence[Claim]"
    ) -> SourcedFinding | None:
        """Return the best that is said of an item's key, at these numbers where it can be.

        What was found here of a key that rests on claims counts as long as all of them are worded
        as they were.
        """
        said = self._said(self.shelf.evidence(f"{self.pack_id}/{item.id}"), item.revision)
        if not all(self._own("claims", claim.id, claim.revision) for claim in behind):
            return said
        variant = self._own("variants", item.id, item.revision)
        best = _best(variant, self._own("keys", item.id, item.revision), said)
        is_refuted = best is not None and best.finding.verdict is Verdict.REFUTED
        is_in_view = variant is not None and same_numbers(variant.parameters or {}, parameters)
        return variant if is_in_view and not is_refuted else best

    def of_claim(self, claim: "Claim") -> SourcedFinding | None:
        """Return the best that is said of a claim."""
        said, revision = self.shelf.claim_evidence(self.pack_id, claim.id), claim.revision
        return _best(self._own("claims", claim.id, revision), self._said(said, revision))

    def oracles(self, item: "Item") -> tuple[str, ...]:
        """Return the libraries whose numbers the release found the item's key to agree with."""
        said = self._said(self.shelf.evidence(f"{self.pack_id}/{item.id}"), item.revision)
        if said is None or said.source is not EvidenceSource.RELEASE:
            return ()
        holds = said.finding.verdict is Verdict.HOLDS
        given = (one for one in said.finding.measured if one.independence is Independence.ORACLE)
        return tuple(dict.fromkeys(library_in(one.quantity) for one in given if holds))

    def _own(self, part: str, name: str, revision: str) -> SourcedFinding | None:
        own = self.own.finding(part, name, revision=revision)
        return None if own is None else _sourced(own, is_variant=part == "variants")

    def _said(self, finding: KeptFinding | None, revision: str) -> SourcedFinding | None:
        if finding is None or finding.revision != revision:
            return None
        return SourcedFinding(finding, self._of_the_lock)


def same_numbers(kept: Mapping[str, float], numbers: Mapping[str, float]) -> bool:
    """Tell whether kept numbers, which have six digits, are these."""
    return kept.keys() == numbers.keys() and all(
        f"{kept[name]:.6g}" == f"{value:.6g}" for name, value in numbers.items()
    )


def _sourced(own: OwnFinding, *, is_variant: bool) -> SourcedFinding:
    parameters = own.parameters if is_variant else None
    return SourcedFinding(own.finding, EvidenceSource.HERE, own.day, parameters)


def _best(*said: SourcedFinding | None) -> SourcedFinding | None:
    """Return what was refuted here; else, of the best source that says anything, the last word.

    A key tried on several draws (``keys``) says more than the same at one variant's numbers.
    """
    known = [one for one in said if one is not None]
    refuted = (
        one
        for one in known
        if one.source is EvidenceSource.HERE and one.finding.verdict is Verdict.REFUTED
    )
    return next(refuted, max(known, key=_rank, default=None))


def _rank(one: SourcedFinding) -> tuple[int, int]:
    sources = list(EvidenceSource)
    return sources.index(one.source), one.finding.draws


def weakest_source(said: Iterable[SourcedFinding]) -> EvidenceSource:
    """Return the source to be trusted least."""
    return min((one.source for one in said), key=list(EvidenceSource).index)
