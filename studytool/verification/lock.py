"""Keep what a run found in the pack's ``evidence.lock``, and compare a run with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import hypot
from pathlib import Path

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import write_whole
from studytool.packs.evidence import (
    DIGITS,
    FILE_NAME,
    KeptEvidence,
    KeptFinding,
    KeptMeasurement,
    evidence_text,
    read_evidence,
    shorten,
)
from studytool.reasons import reason
from studytool.verification.evidence import Evidence, MeasuredQuantity, PackEvidence

AGREEMENT = 5.0
"""Standard errors of the difference; two runs of the same check are further apart once in 1.7e6."""


@dataclass(frozen=True, slots=True)
class LockDifference:
    """The differences between a run and the evidence that the pack keeps, by id.

    Attributes:
        missing: found now, and not kept, or only of another wording.
        contradicted: kept with another verdict, or with a number that this run rules out.
        unreadable: lines of the file that are no evidence.
    """

    missing: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def write_lock(folder: Path, evidence: PackEvidence, *, version: str) -> Path:
    """Write the evidence of a whole pack, whole or not at all.

    A line whose evidence is as it was keeps its seconds too, so that a diff shows what changed;
    the records of oracles stay.

    Raises:
        StateError: the folder cannot be written; the old file is as it was.
    """
    before = read_evidence(folder)
    kept = KeptEvidence(
        _unless_same(evidence.claims, before.claims),
        _unless_same(evidence.keys, before.keys),
        before.oracles,
    )
    versions = {"studytool": version, "numpy": numpy_version()}
    path = folder / FILE_NAME
    text = evidence_text(kept, pack=evidence.pack, versions=versions)
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise StateError(Fault.LOCK_UNWRITABLE, path=path, why=reason(error)) from error
    return path


def numpy_version() -> str:
    """Return the version of the library that draws and computes."""
    import numpy as np

    return np.__version__


def _unless_same(
    findings: tuple[Evidence, ...], before: Mapping[str, KeptFinding]
) -> dict[str, KeptFinding]:
    kept = {}
    for found in findings:
        fresh, old = kept_finding(found), before.get(found.id)
        is_same = old is not None and replace(old, seconds=fresh.seconds) == fresh
        kept[found.id] = old if old is not None and is_same else fresh
    return kept


def kept_finding(found: Evidence) -> KeptFinding:
    """Return a finding as the lock keeps it, its numbers to 6 significant digits."""
    return KeptFinding(
        verdict=found.verdict,
        revision=found.revision,
        measured=tuple(map(_kept, found.measured)),
        controls={one.id: one.rejected for one in found.controls},
        draws=found.draws,
        seed=found.seed,
        seconds=round(found.seconds, 2),
    )


def _kept(one: MeasuredQuantity) -> KeptMeasurement:
    return KeptMeasurement(
        quantity=one.quantity,
        condition={name: float(f"{x:.{DIGITS}g}") for name, x in one.condition.items()},
        estimate=shorten(one.estimate.value),
        standard_error=shorten(one.estimate.standard_error),
        replicates=one.estimate.replicates,
        predicted=shorten(one.predicted),
        tolerance=shorten(one.tolerance),
        interval=(shorten(one.interval[0]), shorten(one.interval[1])),
        independence=one.independence,
    )


def compare_lock(folder: Path, evidence: PackEvidence) -> LockDifference:
    """Compare a run with the evidence that is kept; a damaged file keeps nothing."""
    kept = read_evidence(folder)
    missing, contradicted = [], []
    for rows, findings in ((kept.claims, evidence.claims), (kept.keys, evidence.keys)):
        for found in findings:
            row = rows.get(found.id)
            if row is None or row.revision != found.revision:
                missing.append(found.id)
            elif not _agree(row, kept_finding(found)):
                contradicted.append(found.id)
    return LockDifference(tuple(missing), tuple(contradicted), kept.unreadable)


def kept_seconds(folder: Path) -> dict[tuple[str, str], float]:
    """Return how long each claim and key took when its evidence was kept, by (part, id)."""
    kept = read_evidence(folder)
    return dict((*_seconds("claims", kept.claims), *_seconds("keys", kept.keys)))


def _seconds(
    part: str, findings: Mapping[str, KeptFinding]
) -> Iterator[tuple[tuple[str, str], float]]:
    for name, finding in findings.items():
        if finding.seconds >= 0:
            yield (part, name), finding.seconds


def _agree(kept: KeptFinding, fresh: KeptFinding) -> bool:
    """Compare verdicts, and the numbers that were measured under the same conditions."""
    pairs = zip(kept.measured, fresh.measured, strict=False)
    is_same_seed = kept.seed == fresh.seed
    return kept.verdict is fresh.verdict and all(
        _near(before, now, is_same_seed=is_same_seed)
        for before, now in pairs
        if (before.quantity, before.condition) == (now.quantity, now.condition)
    )


def _near(kept: KeptMeasurement, fresh: KeptMeasurement, *, is_same_seed: bool) -> bool:
    """Compare two numbers; without errors they may be of what each seed has drawn once."""
    before, now = kept.estimate, fresh.estimate
    if before is None or now is None:
        return before is now
    if kept.standard_error is None or fresh.standard_error is None:
        return False
    error = hypot(kept.standard_error, fresh.standard_error)
    if not (error or is_same_seed):
        return True
    rounding = 10.0 ** (1 - DIGITS) * abs(now) + 1e-12
    return abs(before - now) <= AGREEMENT * error + rounding
