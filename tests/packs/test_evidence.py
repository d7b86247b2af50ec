"""The evidence that a pack keeps: what is written is read, what is no evidence is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.packs.evidence import (
    FILE_NAME,
    MAX_BYTES,
    KeptEvidence,
    KeptFinding,
    KeptMeasurement,
    Verdict,
    evidence_text,
    finding_from_json,
    finding_to_json,
    read_evidence,
)

FINDING = KeptFinding(Verdict.HOLDS, "r")
ROW = {"verdict": "holds", "revision": "r", "measured": [], "controls": {}, "draws": 0, "seed": 0}

_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_MEASURED = st.builds(
    KeptMeasurement,
    quantity=st.text(),  # brackets, quotes and "=" in a name are nothing to a reader
    condition=st.dictionaries(st.text(), _NUMBERS),
    estimate=_NUMBERS | st.none(),
    standard_error=_NUMBERS | st.none(),
    replicates=st.integers(0, 2**53),
    predicted=_NUMBERS | st.none(),
    tolerance=_NUMBERS | st.none(),
)
_FINDINGS = st.builds(
    KeptFinding,
    verdict=st.sampled_from([*Verdict, None]),
    revision=st.text(),
    measured=st.lists(_MEASURED, max_size=3).map(tuple),
    controls=st.dictionaries(st.text(), st.booleans()),
    draws=st.integers(0, 100),
    seed=st.integers(0, 100),
    seconds=_NUMBERS,
)
_BY_ID = st.dictionaries(st.text(), _FINDINGS, max_size=3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pack")


@pytest.mark.slow
@given(evidence=st.builds(KeptEvidence, claims=_BY_ID, keys=_BY_ID))
def test_what_is_written_is_read(folder: Path, evidence: KeptEvidence) -> None:
    text = evidence_text(evidence, pack="p", versions={"studytool": "0"})
    (folder / FILE_NAME).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert read_evidence(folder) == evidence
    lines = text.splitlines() if text.isascii() else text.split("\n")
    assert len(lines) >= len(evidence.claims) + len(evidence.keys) + 8


@pytest.mark.slow
@given(finding=_FINDINGS)
def test_a_line_of_its_own_comes_back(finding: KeptFinding) -> None:
    assert finding_from_json(finding_to_json(finding)) == finding


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        '{"keys": {}}',  # of no format
        '{"format": 2, "keys": {}}',  # of the format before
        '{"format": 4, "keys": {}}',
        "[" * 100_000,
        "\x00",
    ],
    ids=range(9),
)
def test_what_is_no_evidence_of_this_format_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    assert read_evidence(tmp_path) == KeptEvidence(unreadable=(FILE_NAME,))


@pytest.mark.parametrize(
    "row",
    [
        1,
        "holds",
        [],
        {},
        {"verdict": "perhaps", "revision": "r"},
        {"verdict": "holds"},  # of no wording
        {**ROW, "measured": 3},
        {**ROW, "measured": [{"estimate": 2.0}]},
        {**ROW, "seconds": float("nan")},
        {**ROW, "seconds": float("inf")},
        {**ROW, "draws": "many"},
        {**ROW, "controls": {"a": "perhaps"}},
    ],
)
def test_a_line_that_is_no_finding_is_named_and_the_others_count(
    tmp_path: Path, row: object
) -> None:
    lock = {"format": 3, "claims": {"bad": row, "good": ROW}, "keys": {"k": ROW}}
    (tmp_path / FILE_NAME).write_text(json.dumps(lock), "utf-8")
    expected = KeptEvidence({"good": FINDING}, {"k": FINDING}, unreadable=("bad",))
    assert read_evidence(tmp_path) == expected


@pytest.mark.parametrize("text", ["", "3", "[]", "{}", '{"verdict": "holds", "measured": [1]}'])
def test_a_line_that_was_not_written_here_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its type is what the caller looks for
        finding_from_json(text)


def test_no_file_is_no_evidence_and_no_problem_but_a_folder_is_one(tmp_path: Path) -> None:
    assert read_evidence(tmp_path) == KeptEvidence()
    (tmp_path / FILE_NAME).mkdir()
    assert read_evidence(tmp_path) == KeptEvidence(unreadable=(FILE_NAME,))


def test_a_file_past_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / FILE_NAME).open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert read_evidence(tmp_path) == KeptEvidence(unreadable=(FILE_NAME,))
