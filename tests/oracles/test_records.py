"""The oracles' numbers in the bundled pack's evidence.lock: as the libraries give them now.

With STUDYTOOL_ORACLES=write the records are made anew, with the installed versions.
"""

import os
from dataclasses import replace
from importlib.metadata import version
from math import hypot
from pathlib import Path

import numpy as np
import pytest

from studytool import __version__
from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.claims import ValueCheck
from studytool.packs.evidence import FILE_NAME, evidence_text, read_evidence
from studytool.packs.first_draws import drawn_parameters, scopes_of
from studytool.packs.items import Numeric
from studytool.packs.oracles import OracleRecord
from studytool.packs.reader import load_pack
from tests.oracles.recorded import DRAWS, RECORDED, Libraries

pytestmark = pytest.mark.oracle

FOLDER = bundled_pack_folder()
CONDITIONS = 3
"""Conditions that are recorded, at most: of an item, as far apart as its parameters allow."""
DIGITS = 12
"""Of a recorded number: what platforms agree about."""
PACK = load_pack(FOLDER)
ITEMS = {item.id: item for item in PACK.items}
CLAIMS = {claim.id: claim for claim in PACK.claims}


@pytest.fixture(scope="module")
def libraries() -> Libraries:
    why = "the oracle group is not installed"
    return Libraries(
        pytest.importorskip("torch", reason=why),
        pytest.importorskip("sklearn.linear_model", reason=why),
        pytest.importorskip("scipy.integrate", reason=why),
        pytest.importorskip("scipy.stats", reason=why),
    )


def _record(of: Libraries, key: str, condition: dict[str, float]) -> OracleRecord:
    oracle = RECORDED[key]
    found = oracle.compute(of, condition)
    value, error = found if isinstance(found, tuple) else (found, 0.0)
    return OracleRecord(
        condition,
        float(f"{value:.{DIGITS}g}"),
        float(f"{error:.3g}"),
        oracle.by,
        oracle.library,
        version(oracle.library).partition("+")[0],
        DRAWS if error else 1,
    )


def _conditions(key: str) -> list[dict[str, float]]:
    part, _, name = key.partition("/")
    if part == "claims":
        check = CLAIMS[name].checks[0]
        assert isinstance(check, ValueCheck)
        return check.given[:CONDITIONS]
    numeric = ITEMS[name]
    assert isinstance(numeric, Numeric)
    return drawn_parameters(numeric, scopes_of(numeric) or ())[:CONDITIONS]


@pytest.fixture(scope="module")
def kept(libraries: Libraries) -> dict[str, tuple[OracleRecord, ...]]:
    if os.environ.get("STUDYTOOL_ORACLES") == "write":
        _write(libraries, FOLDER)
    return dict(read_evidence(FOLDER).oracles)


def _write(libraries: Libraries, folder: Path) -> None:
    records = {
        key: tuple(_record(libraries, key, one) for one in _conditions(key)) for key in RECORDED
    }
    evidence = replace(read_evidence(folder), oracles=records)
    versions = {"studytool": __version__, "numpy": np.__version__}
    text = evidence_text(evidence, pack=PACK.id, versions=versions)
    (folder / FILE_NAME).write_text(text, "utf-8")


@pytest.mark.parametrize("key", RECORDED)
def test_the_library_gives_what_is_recorded(
    libraries: Libraries, kept: dict[str, tuple[OracleRecord, ...]], key: str
) -> None:
    """Whatever its version is now: a record that drifts is made anew, and read by someone."""
    for record in kept[key]:
        now = _record(libraries, key, dict(record.condition))
        apart = 5 * hypot(now.standard_error, record.standard_error)  # false alarm 6e-7
        assert now.value == pytest.approx(record.value, rel=1e-9, abs=apart or 1e-12)
        assert (now.by, now.library) == (record.by, record.library)


def test_each_record_has_its_oracle(kept: dict[str, tuple[OracleRecord, ...]]) -> None:
    assert set(kept) == set(RECORDED)
    assert len(RECORDED) >= 15


@pytest.mark.parametrize("key", RECORDED)
def test_the_conditions_are_those_of_the_pack(
    kept: dict[str, tuple[OracleRecord, ...]], key: str
) -> None:
    assert [record.condition for record in kept[key]] == _conditions(key)
