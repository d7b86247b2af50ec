"""The evidence of the question in view: who tried its key and how, and the standing of the notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from studytool.library.own_evidence import OwnEvidence
from studytool.packs.evidence import (
    Independence,
    KeptFinding,
    KeptMeasurement,
    NumbersByName,
    Verdict,
    weakest,
)
from studytool.quiz.variant import Variant
from studytool.session.means_of_trial import can_be_tried, second_formulas
from studytool.session.testimony import (
    EvidenceShelf,
    EvidenceSource,
    SourcedFinding,
    Testimonies,
    same_numbers,
    weakest_source,
)

if TYPE_CHECKING:
    from studytool.packs.claims import Claim
    from studytool.packs.item_fields import Citation
    from studytool.packs.items import Item

TrialKind = Literal["key", "order", "share", "rerun", "options", "claim"]
"""The kind of trial: a key at drawn numbers, an order, the share of a grid where one holds, a
prediction's simulation, what decides between a choice's options, another claim."""

_ROUNDING = 1e-9
"""An error this small beside the number is what rounding leaves."""
_ROUNDING_NEAR_ZERO = 1e-12
"""The same beside 0."""


@dataclass(frozen=True, slots=True)
class Badge:
    """How sure the key is: the evidence that stands behind the item in view.

    Attributes:
        verdict: None where nothing was tried.
        origin: who has tried it; None where nobody has.
        day: on which it was tried here.
        independence: of the key that was tried.
        compared: what was tried.
        measured: of the numbers in view where those were tried, else of the first trial.
        is_in_view: whether it was measured at the numbers in view.
        is_exact: whether every estimate is off by rounding at the most.
        draws: on how many numbers or conditions it was tried.
        oracles: libraries, with their versions, whose numbers the release found to agree.
        controls, rejected: how many wrong statements there were, and how many always failed.
        seed: of the trial's random draws.
        because: why the key rewritten is worth having, where it is no more than that.
        why_untried: why it cannot be tried.
        can_be_tried: whether the learner can try it.
        notes_line, notes_quote: where the notes speak of it; None when they do not.
        notes_translated: the quote in the learner's language, where the pack has it.
        notes_standing: how that sentence of the notes stands (``corrected``, ``refuted``, ...).
        statement: the correct statement of the claim behind the item.
        cited: citation and place, None without one.
        looked_up: the day on which its author last read it there; None where nobody says so.
    """

    verdict: Verdict | None = None
    origin: EvidenceSource | None = None
    day: date | None = None
    independence: Independence | None = None
    compared: TrialKind = "claim"
    measured: KeptMeasurement | None = None
    is_in_view: bool = False
    is_exact: bool = False
    draws: int = 0
    oracles: tuple[str, ...] = ()
    controls: int = 0
    rejected: int = 0
    seed: int = 0
    because: str | None = None
    why_untried: str | None = None
    can_be_tried: bool = False
    notes_line: int | None = None
    notes_quote: str | None = None
    notes_translated: str | None = None
    notes_standing: str | None = None
    statement: str | None = None
    cited: str | None = None
    looked_up: str | None = None

    @property
    def condition(self) -> NumbersByName:
        """Return the numbers that were tried; empty where there are none."""
        return {} if self.measured is None else self.measured.condition


@dataclass(frozen=True, slots=True)
class _Said:
    """What the findings behind an item say together."""

    findings: Sequence[SourcedFinding] = ()
    compared: TrialKind = "claim"
    first: KeptMeasurement | None = None
    is_in_view: bool = False
    controls: Mapping[str, bool] = field(default_factory=dict)


def read_badge(shelf: EvidenceShelf, own: OwnEvidence, question: Variant, item: "Item") -> Badge:
    """Gather the evidence of the item's key, else of the claims that it rests on.

    Args:
        shelf: the library, or a pack that was read from its folder.
        own: what this installation found of the pack.
        question: the item made concrete.
        item: as its pack words it.
    """
    from studytool.packs.behind import claims_behind, rests_on_claims  # late: home asks nothing

    pack_id = question.item.partition("/")[0]
    behind = [shelf.claim(pack_id, name) for name in claims_behind(item)]
    testimonies = Testimonies(pack_id, shelf, own)
    of_key = testimonies.of_key(item, question.parameters, behind)
    said = (
        _claims_said(testimonies, behind)
        if of_key is None and rests_on_claims(item)
        else _key_said(item, of_key, question.parameters, behind)
    )
    claims = [*(shelf.claim(pack_id, name) for name in item.claims), *behind]
    plain = replace(
        _plain_badge(shelf, pack_id, item, claims, language=question.language),
        can_be_tried=can_be_tried(item, claims),
        oracles=testimonies.oracles(item),
    )
    return _with_findings(plain, said)


def read_claim_badge(
    shelf: EvidenceShelf, own: OwnEvidence, pack_id: str, claim: "Claim", *, language: str
) -> Badge:
    """Gather the evidence of one claim; arguments as of :func:`read_badge`."""
    said = _claims_said(Testimonies(pack_id, shelf, own), [claim])
    plain = _plain_badge(shelf, pack_id, None, [claim], language=language)
    return _with_findings(replace(plain, can_be_tried=bool(claim.checks)), said)


def _plain_badge(
    shelf: EvidenceShelf,
    pack_id: str,
    item: "Item | None",
    claims: "Sequence[Claim]",
    *,
    language: str,
) -> Badge:
    """Return what the pack says beside the evidence: the notes, the statement, the source."""
    claim = claims[0] if claims else None
    own = None if item is None else item.source
    citation = own or (None if claim is None else claim.source)
    notes = None if claim is None else claim.notes
    why = next((one.why for one in claims if not one.checks), None)
    reasons = (one.because for one in second_formulas(item, claims) if one.because is not None)
    because = next(reasons, None)
    return Badge(
        because=None if because is None else because.text(language),
        why_untried=None if why is None else why.text(language),
        notes_line=None if notes is None else notes.lines[0],
        notes_quote=None if notes is None else notes.quote,
        notes_translated=None if notes is None else notes.translated(language),
        notes_standing=None if claim is None else str(claim.standing),
        statement=None if claim is None else claim.statement.text(language),
        cited=None if citation is None else _cited(shelf, pack_id, citation),
        looked_up=None if citation is None else citation.looked_up,
    )


def _key_said(
    item: "Item",
    found: SourcedFinding | None,
    parameters: Mapping[str, float],
    behind: "Sequence[Claim]",
) -> _Said:
    if found is None:
        return _Said()
    measured = _tried(found.finding)
    in_view = (one for one in measured if parameters and same_numbers(one.condition, parameters))
    shown = at_these = next(in_view, None)
    if shown is None and measured:
        shown = measured[0]
    compared = _compared(item, shown, behind)
    if shown is not None and item is not None and compared == "options":
        shown = replace(shown, quantity=_quantity(item, shown.quantity))
    return _Said([found], compared, shown, at_these is not None, found.finding.controls)


def _quantity(item: "Item", name: str) -> str:
    """Return what an item's own name stands for, as a claim's evidence names it."""
    from studytool.packs.choices import Choice
    from studytool.packs.methods import Measurement

    one = item.measure.get(name) if isinstance(item, Choice) else None
    return f"{one.experiment}.{one.quantity}" if isinstance(one, Measurement) else name


def _claims_said(testimonies: Testimonies, behind: "Sequence[Claim]") -> _Said:
    """Sum up the claims behind an item; one of them that nobody tried leaves it untried."""
    found = [testimonies.of_claim(claim) for claim in behind]
    known = [one for one in found if one is not None and one.finding.verdict is not None]
    if not known or len(known) < len(behind):
        return _Said()
    first = _tried(known[0].finding)
    controls = {
        f"{number} {name}": is_rejected
        for number, one in enumerate(known)
        for name, is_rejected in one.finding.controls.items()
    }
    shown = first[0] if first else None
    return _Said(known, _compared(None, shown, behind), shown, controls=controls)


def _compared(
    item: "Item | None", shown: KeptMeasurement | None, behind: "Sequence[Claim]"
) -> TrialKind:
    from studytool.packs.behind import is_simulated
    from studytool.packs.claims import OrderCheck
    from studytool.packs.items import Numeric

    if isinstance(item, Numeric):
        return "key"
    if item is not None and is_simulated(item):
        return "rerun"
    if shown is not None and shown.predicted is None:
        return "options"
    checks = [check for claim in behind for check in claim.checks]
    if not checks or not isinstance(checks[0], OrderCheck):
        return "claim"
    return "share" if checks[0].over else "order"


def _with_findings(badge: Badge, said: _Said) -> Badge:
    """Add the weakest source, verdict and class of what was found, and its first measurement."""
    if not said.findings:
        return badge
    findings = [one.finding for one in said.findings]
    measured = [one for finding in findings for one in _tried(finding)]
    return replace(
        badge,
        verdict=_worst(findings),
        origin=weakest_source(said.findings),
        day=min((one.day for one in said.findings if one.day is not None), default=None),
        independence=weakest(one for one in map(_class, findings) if one is not None),
        compared=said.compared,
        measured=said.first,
        is_in_view=said.is_in_view,
        is_exact=bool(measured) and all(map(_is_exact, measured)),
        draws=sum(finding.draws or len(finding.measured) or 1 for finding in findings),
        controls=len(said.controls),
        rejected=sum(said.controls.values()),
        seed=findings[0].seed,
    )


def _tried(finding: KeptFinding) -> Sequence[KeptMeasurement]:
    """Return what was measured by the check itself, without what oracles gave beside it."""
    return [one for one in finding.measured if one.independence is not Independence.ORACLE]


def _class(finding: KeptFinding) -> Independence | None:
    return finding.independence


def _worst(findings: Sequence[KeptFinding]) -> Verdict | None:
    verdicts = {finding.verdict for finding in findings}
    in_order = (Verdict.REFUTED, Verdict.UNDECIDED, Verdict.HOLDS)
    return next((verdict for verdict in in_order if verdict in verdicts), None)


def _is_exact(measured: KeptMeasurement) -> bool:
    error, estimate = measured.standard_error, measured.estimate
    if error is None or estimate is None:
        return False
    return error <= max(_ROUNDING * abs(estimate), _ROUNDING_NEAR_ZERO)


def _cited(shelf: EvidenceShelf, pack_id: str, citation: "Citation") -> str:
    sources = {source.id: source.citation for source in shelf.manifest(pack_id).sources}
    work = sources.get(citation.ref, citation.ref).split(", ")
    place = citation.at.split(", ") if citation.at else []
    said = next((n for n in range(len(place), 0, -1) if work[-n:] == place[:n]), 0)
    return ", ".join(work + place[said:])
