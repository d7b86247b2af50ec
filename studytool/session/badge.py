"""The evidence of the question in view: its verdict, its measurement, the standing of the notes."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from studytool.packs.evidence import KeptFinding, KeptMeasurement, NumbersByName, Verdict
from studytool.quiz.variant import Variant

if TYPE_CHECKING:
    from studytool.library.library import Library
    from studytool.packs.models import Citation, Claim, Item

TrialKind = Literal["key", "order", "rerun", "claim"]
"""The kind of trial: a key at drawn numbers, an order, a prediction's simulation, another claim."""

_ROUNDING = 1e-9
"""An error this small beside the number is what rounding leaves."""
_ROUNDING_NEAR_ZERO = 1e-12
"""The same beside 0."""


@dataclass(frozen=True, slots=True)
class Badge:
    """How sure the key is: the evidence that stands behind the item in view.

    Attributes:
        verdict: None where nothing was tried.
        compared: what was tried.
        estimate, standard_error, replicates: of its first check, on numbers of its own; None
            when none was made. An error that only rounding leaves is 0.
        predicted: what the key or claim says for those numbers; of an order, the margin that the
            difference exceeds.
        condition: the numbers of that check.
        draws: on how many numbers or conditions it was tried.
        is_exact: whether every estimate is off by rounding at the most.
        notes_line, notes_quote: where the notes speak of it; None when they do not.
        notes_standing: how that sentence of the notes stands (``corrected``, ``refuted``, ...).
        statement: the correct statement of the claim behind the item.
        source: citation and place, None without one.
    """

    verdict: Verdict | None = None
    estimate: float | None = None
    standard_error: float | None = None
    replicates: int | None = None
    predicted: float | None = None
    compared: TrialKind = "claim"
    condition: NumbersByName = field(default_factory=dict)
    draws: int = 0
    is_exact: bool = False
    notes_line: int | None = None
    notes_quote: str | None = None
    notes_standing: str | None = None
    statement: str | None = None
    source: str | None = None


def read_badge(library: "Library", question: Variant, item: "Item") -> Badge:
    """Gather the evidence of the item's key, else of the first claim that it rests on."""
    pack_id = question.item.partition("/")[0]
    claim = library.claim(pack_id, item.claims[0]) if item.claims else None
    key_evidence = library.evidence(question.item)
    kept, revision = key_evidence, item.revision
    if kept is None and claim is not None:
        kept, revision = library.claim_evidence(pack_id, claim.id), claim.revision
    citation = item.source or (None if claim is None else claim.source)
    notes = None if claim is None else claim.notes
    badge = Badge(
        compared=_compared(item, claim, of_key=key_evidence is not None),
        notes_line=None if notes is None else notes.lines[0],
        notes_quote=None if notes is None else notes.quote,
        notes_standing=None if claim is None else str(claim.standing),
        statement=None if claim is None else claim.statement.text(question.language),
        source=None if citation is None else _cited(library, pack_id, citation),
    )
    return badge if kept is None or kept.revision != revision else _with_evidence(badge, kept)


def _with_evidence(badge: Badge, kept: KeptFinding) -> Badge:
    """Add the verdict, and the first measurement where one was made."""
    tried = replace(badge, verdict=kept.verdict, draws=kept.draws or len(kept.measured) or 1)
    if not kept.measured:
        return tried
    first = kept.measured[0]
    return replace(
        tried,
        estimate=first.estimate,
        standard_error=0.0 if _is_exact(first) else first.standard_error,
        replicates=first.replicates,
        predicted=first.predicted,
        condition=first.condition,
        is_exact=all(map(_is_exact, kept.measured)),
    )


def _compared(item: "Item", claim: "Claim | None", *, of_key: bool) -> TrialKind:
    from studytool.packs.models import OrderCheck

    if of_key and item.kind in ("numeric", "prediction"):
        return "rerun" if item.kind == "prediction" else "key"
    checks = () if claim is None or item.kind == "choice" else claim.checks
    return "order" if checks and isinstance(checks[0], OrderCheck) else "claim"


def _is_exact(measured: KeptMeasurement) -> bool:
    error, estimate = measured.standard_error, measured.estimate
    if error is None or estimate is None:
        return False
    return error <= max(_ROUNDING * abs(estimate), _ROUNDING_NEAR_ZERO)


def _cited(library: "Library", pack_id: str, citation: "Citation") -> str:
    sources = {source.id: source.citation for source in library.manifest(pack_id).sources}
    return ", ".join(
        part for part in (sources.get(citation.ref, citation.ref), citation.at) if part
    )
