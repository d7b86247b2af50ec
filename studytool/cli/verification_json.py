"""What ``verify`` found as JSON."""

from math import isfinite

from studytool.json_output import LockJson, MeasuredJson, TriedJson, VerifyJson, VerifySummaryJson
from studytool.language import Language
from studytool.packs.evidence import Independence, Verdict
from studytool.verification.evidence import Evidence, MeasuredQuantity, PackEvidence
from studytool.verification.lock import LockDifference
from studytool.verification.rule import RIGHT_REFUSED, WRONG_ACCEPTED
from studytool.wording.verification import reasons


def verification_as_json(
    evidence: PackEvidence, difference: LockDifference, language: Language
) -> VerifyJson:
    """Return the stable keys of ``verify --json``."""
    lock: LockJson = {
        "missing": list(difference.missing),
        "contradicted": list(difference.contradicted),
        "unreadable": list(difference.unreadable),
    }
    return {
        "pack": evidence.pack,
        "claims": [
            {**_finding(found, language), "id": found.id, "standing": found.standing}
            for found in evidence.claims
        ],
        "keys": [
            {
                **_finding(found, language),
                "item": f"{evidence.pack}/{found.id}",
                "draws": found.draws,
            }
            for found in evidence.keys
        ],
        "summary": _summary(evidence),
        "evidence_lock": lock,
    }


def _summary(evidence: PackEvidence) -> VerifySummaryJson:
    ruler = evidence.ruler
    return {
        "holds": evidence.count(Verdict.HOLDS),
        "refuted": evidence.count(Verdict.REFUTED),
        "undecided": evidence.count(Verdict.UNDECIDED),
        "untried": evidence.count(None),
        "from_before": len(evidence.recalled),
        "independence": {
            "simulated": evidence.count_class(Independence.SIMULATED),
            "second_method": evidence.count_class(Independence.SECOND_METHOD),
            "algebra": evidence.count_class(Independence.ALGEBRA),
            "oracle": evidence.count_class(Independence.ORACLE),
        },
        "estimates": evidence.estimates,
        "right_refused": evidence.total_error(RIGHT_REFUSED),
        "wrong_accepted": evidence.total_error(WRONG_ACCEPTED),
        "ruler_distance": None if ruler is None else ruler.distance,
        "ruler_is_right": None if ruler is None else ruler.is_right,
        "seconds": round(evidence.seconds, 1),
    }


def _finding(found: Evidence, language: Language) -> TriedJson:
    return {
        "verdict": None if found.verdict is None else str(found.verdict),
        "independence": None if found.independence is None else str(found.independence),
        "measured": [_measured(one) for one in found.measured],
        "controls": [
            {
                "id": one.id,
                "rejected": one.rejected,
                "measured": None if one.measured is None else _measured(one.measured),
            }
            for one in found.controls
        ],
        "seconds": round(found.seconds, 3),
        "seed": found.seed,
        "reason": "\n".join(reasons(found, language)),
    }


def _measured(one: MeasuredQuantity) -> MeasuredJson:
    return {
        "quantity": one.quantity,
        "condition": dict(one.condition),
        "estimate": _finite(one.estimate.value),
        "standard_error": _finite(one.estimate.standard_error),
        "predicted": _finite(one.predicted),
        "tolerance": _finite(one.tolerance),
        "interval": [_finite(end) for end in one.interval],
        "independence": str(one.independence),
        "replicates": one.estimate.replicates,
    }


def _finite(value: float) -> float | None:
    """Return what JSON can write: it has neither NaN nor infinity."""
    return value if isfinite(value) else None
