"""The evidence badge: how sure the key is, and how the notes' own sentence stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studytool.quiz.variant import Variant

if TYPE_CHECKING:
    from studytool.library.library import Library
    from studytool.packs.models import Citation, Item


@dataclass(frozen=True, slots=True)
class Badge:
    """How sure the key is: the evidence that stands behind the item in view.

    Attributes:
        verdict: ``holds``, ``refuted``, ``undecided``, or ``untried``.
        estimate, standard_error, replicates: of its first check, on numbers of its own; None
            when none was made.
        predicted: what the key or claim says for those numbers.
        notes_line, notes_quote: where the notes speak of it; None when they do not.
        notes_standing: how that sentence of the notes stands (``corrected``, ``refuted``, ...).
        statement: the correct statement of the claim behind the item.
        source: citation and place, None without one.
    """

    verdict: str
    estimate: float | None = None
    standard_error: float | None = None
    replicates: int | None = None
    predicted: float | None = None
    notes_line: int | None = None
    notes_quote: str | None = None
    notes_standing: str | None = None
    statement: str | None = None
    source: str | None = None


def read_badge(library: "Library", question: Variant, item: "Item") -> Badge:
    """Gather the evidence of the item's key, else of the first claim that it rests on."""
    pack_id = question.item.partition("/")[0]
    claim = library.claim(pack_id, item.claims[0]) if item.claims else None
    kept = library.evidence(question.item)
    wording = item.revision
    if kept is None and claim is not None:
        kept, wording = library.claim_evidence(pack_id, claim.id), claim.revision
    citation = item.source or (None if claim is None else claim.source)
    notes = None if claim is None else claim.notes
    return Badge(
        **_measured(kept, wording),
        notes_line=None if notes is None else notes.lines[0],
        notes_quote=None if notes is None else notes.quote,
        notes_standing=None if claim is None else str(claim.standing),
        statement=None if claim is None else claim.statement.text(question.language),
        source=None if citation is None else _cited(library, pack_id, citation),
    )


def _measured(kept: Mapping[str, Any] | None, wording: str) -> dict[str, Any]:
    """Read what the lock keeps; evidence of another wording does not count."""
    if kept is None or kept.get("revision") != wording or kept.get("verdict") is None:
        return {"verdict": "untried"}
    first = (kept.get("measured") or [{}])[0]
    names = ("estimate", "standard_error", "replicates", "predicted")
    return {"verdict": kept["verdict"], **{name: first.get(name) for name in names}}


def _cited(library: "Library", pack_id: str, citation: "Citation") -> str:
    sources = {source.id: source.citation for source in library.manifest(pack_id).sources}
    return ", ".join(
        part for part in (sources.get(citation.ref, citation.ref), citation.at) if part
    )
