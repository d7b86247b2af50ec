"""The evidence that a pack keeps in ``evidence.lock``: its form, its reading and its writing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from studytool.files import read_regular
from studytool.packs.oracles import OraclesByKey, oracle_rows, read_oracles

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FILE_NAME = "evidence.lock"
FORMAT = 3
DIGITS = 6
"""Significant digits of every number that is kept."""
MAX_BYTES = 20 * 2**20


class Verdict(StrEnum):
    """The verdict of a claim or key: never of an answer."""

    HOLDS = "holds"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


class Independence(StrEnum):
    """How independent of the key a check is, from the weakest to the strongest."""

    ALGEBRA = "algebra"
    """The key rewritten: never called verified."""
    SECOND_METHOD = "second-method"
    """Another algorithm: a solver, a certificate, a quadrature."""
    SIMULATED = "simulated"
    """Random draws that call none of the key's own closed forms."""
    ORACLE = "oracle"
    """The same number from a library that is not ours, recorded with its version."""


NumbersByName = Mapping[str, float]
"""A condition: the numbers that the names of a check stood for."""


@dataclass(frozen=True, slots=True)
class KeptMeasurement:
    """One estimate beside the number that was predicted, to six digits.

    Attributes:
        quantity: the name of what was measured.
        condition: the numbers that it was measured at; empty where it has none.
        estimate, standard_error: None where they were not finite.
        tolerance: δ, the distance at which the prediction counts as wrong.
        interval: the ends of the confidence interval of the estimate.
        independence: of the key that was tried.
    """

    quantity: str
    condition: NumbersByName
    estimate: float | None
    standard_error: float | None
    replicates: int
    predicted: float | None
    tolerance: float | None
    interval: tuple[float | None, float | None] = (None, None)
    independence: Independence = Independence.SIMULATED

    __pydantic_config__: ClassVar = {"allow_inf_nan": False}


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """The evidence of one claim, or of the key of one item.

    Attributes:
        verdict: None for a claim without a check.
        revision: of what was tried; evidence of another revision does not count.
        controls: by the id of each wrong statement, whether it was always rejected.
        draws: conditions, or draws of the parameters, that were tried.
    """

    verdict: Verdict | None
    revision: str
    measured: tuple[KeptMeasurement, ...] = ()
    controls: Mapping[str, bool] = field(default_factory=dict)
    draws: int = 0
    seed: int = 0
    seconds: float = 0.0

    __pydantic_config__: ClassVar = {"allow_inf_nan": False}

    @property
    def independence(self) -> Independence | None:
        """Return the class of its weakest measurement; None of what is untried."""
        return None if self.verdict is None else weakest(one.independence for one in self.measured)


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """All that the file of a pack keeps, by the id of the claim or item.

    Attributes:
        oracles: what other libraries gave.
        unreadable: ids whose line in the file is no finding; the file's name where it is not the
            evidence of this format at all.
    """

    claims: Mapping[str, KeptFinding] = field(default_factory=dict)
    keys: Mapping[str, KeptFinding] = field(default_factory=dict)
    oracles: OraclesByKey = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()


def weakest(classes: Iterable[Independence]) -> Independence | None:
    """Return the weakest of some classes of independence; None of none."""
    return min(classes, key=list(Independence).index, default=None)


def read_evidence(folder: Path) -> KeptEvidence:
    """Read the evidence of a pack; what cannot be read is named and left out."""
    path = folder / FILE_NAME
    try:
        read = json.loads(read_regular(path, MAX_BYTES).decode("utf-8"))
    except FileNotFoundError:
        return KeptEvidence()
    except (OSError, ValueError, RecursionError):
        return KeptEvidence(unreadable=(FILE_NAME,))
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        return KeptEvidence(unreadable=(FILE_NAME,))
    unreadable: list[str] = []
    claims, keys = (_read_part(read.get(part), unreadable) for part in ("claims", "keys"))
    oracles = read_oracles(read.get("oracles"), unreadable)
    return KeptEvidence(claims, keys, oracles, tuple(unreadable))


def _read_part(rows: object, unreadable: list[str]) -> dict[str, KeptFinding]:
    found = {}
    for name, row in rows.items() if isinstance(rows, dict) else ():
        try:
            found[name] = finding_from_row(row)
        except ValueError:
            unreadable.append(name)
    return found


def finding_from_row(row: object) -> KeptFinding:
    """Read a finding from what JSON made of a file that anybody may have written.

    Raises:
        ValueError: it is none.
    """
    return _validator().validate_python(row)


def evidence_text(evidence: KeptEvidence, *, pack: str, versions: Mapping[str, str]) -> str:
    """Write the file's text: one line a finding, in order of their ids, so that diffs read well.

    Args:
        evidence: what to keep.
        pack: its id.
        versions: of the programs that made it, by name.
    """
    head = {"pack": pack, "format": FORMAT, **versions}
    lines = ["{", *(f"{_json(name)}: {_json(value)}," for name, value in head.items())]
    parts = {
        "claims": {name: finding_to_json(one) for name, one in evidence.claims.items()},
        "keys": {name: finding_to_json(one) for name, one in evidence.keys.items()},
        "oracles": {name: _json(oracle_rows(one)) for name, one in evidence.oracles.items()},
    }
    for part, rows in parts.items():
        written = [f"{_json(name)}: {rows[name]}" for name in sorted(rows)]
        end = "}" if part == "oracles" else "},"
        lines += [f"{_json(part)}: {{", *([",\n".join(written)] if written else []), end]
    return "\n".join([*lines, "}"]) + "\n"


def finding_to_json(finding: KeptFinding) -> str:
    """Write a finding as one line of JSON."""
    return _json(asdict(finding))


def finding_from_json(text: str) -> KeptFinding:
    """Read a finding that :func:`finding_to_json` wrote, without loading the models.

    Raises:
        ValueError: it is none.
    """
    row = json.loads(text)
    try:
        verdict = None if row["verdict"] is None else Verdict(row["verdict"])
        measured = tuple(map(_measurement_from_json, row["measured"]))
        return KeptFinding(**{**row, "verdict": verdict, "measured": measured})
    except (TypeError, KeyError) as error:
        raise ValueError(text) from error


def _measurement_from_json(row: dict[str, Any]) -> KeptMeasurement:
    low, high = row["interval"]
    independence = Independence(row["independence"])
    return KeptMeasurement(**{**row, "interval": (low, high), "independence": independence})


def shorten(value: float) -> float | None:
    """Round a number to the digits that are kept; None where it is not finite.

    >>> shorten(2 / 3), shorten(float("inf"))
    (0.666667, None)
    """
    return float(f"{value:.{DIGITS}g}") if isfinite(value) else None


@cache
def _validator() -> "TypeAdapter[KeptFinding]":
    """Make the validator of lines from a stranger's file, at its first use: it is slow to make."""
    from pydantic import TypeAdapter

    return TypeAdapter(KeptFinding)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
