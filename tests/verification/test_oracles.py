"""Another library's number beside a key: agreement is shown, contradiction refutes."""

from dataclasses import replace
from pathlib import Path

import pytest

from studytool.packs.claims import Claim
from studytool.packs.evidence import (
    FILE_NAME,
    Independence,
    KeptEvidence,
    Verdict,
    evidence_text,
    read_evidence,
)
from studytool.packs.items import Card, Numeric
from studytool.packs.oracles import OracleRecord
from studytool.verification.evidence import Evidence, PackEvidence
from studytool.verification.lock import write_lock
from studytool.verification.problems import AuthorMistake
from studytool.verification.tasks import VerificationTask, run_task
from studytool.wording.verification import classes_text, finding_text
from tests.quiz.variants import item_of, numeric_of
from tests.verification.test_tracing import claim_of

TWICE = OracleRecord({"n": 4.0}, 8.0, 0.0, "peer.twice", "peer", "1.2")
DRAWN = replace(TWICE, value=8.004, standard_error=0.002, replicates=10_000)
CLAIM = claim_of("2/(a+b)", {"also": "1/((a+b)/2)", "because": "turned over"})
HALF = OracleRecord({"a": 3.0, "b": 1.0}, 0.5, 0.0, "peer.half", "peer", "1.2")


def _tried(what: Numeric | Claim | Card, *records: OracleRecord) -> Evidence:
    return run_task(VerificationTask("p", what, 0, records))


@pytest.mark.parametrize(
    ("record", "verdict"),
    [
        (TWICE, Verdict.HOLDS),
        (DRAWN, Verdict.HOLDS),
        (replace(TWICE, value=8.0 + 1e-10), Verdict.HOLDS),  # rounding
        (replace(TWICE, value=8.001), Verdict.REFUTED),  # computed: near is not equal
        (replace(DRAWN, value=8.2), Verdict.REFUTED),
        (replace(DRAWN, standard_error=1.0), Verdict.UNDECIDED),  # too rough to tell
    ],
)
def test_a_key_beside_a_record(record: OracleRecord, verdict: Verdict) -> None:
    found = _tried(numeric_of(), record)
    *_, measured = found.measured
    assert measured.quantity == "peer.twice (peer 1.2)"
    assert (measured.independence, measured.verdict) == (Independence.ORACLE, verdict)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("record", "verdict"),
    [
        (HALF, Verdict.HOLDS),
        (replace(HALF, value=0.51), Verdict.REFUTED),
        (replace(HALF, check=1), Verdict.UNDECIDED),  # no such check
        (replace(HALF, condition={"a": 3.0}), Verdict.UNDECIDED),  # another name since
        (replace(HALF, condition={"a": 3.0, "b": 1.0, "c": 0.0}), Verdict.UNDECIDED),
    ],
)
def test_a_claim_beside_a_record(record: OracleRecord, verdict: Verdict) -> None:
    found = _tried(CLAIM, record)
    assert found.verdict is verdict
    mistakes = [one.why.text("en") for one in found.problems if isinstance(one, AuthorMistake)]
    misfit = "the record of peer.half in evidence.lock fits no check now: record it anew"
    assert mistakes == ([misfit] if verdict is Verdict.UNDECIDED else [])


def test_a_record_of_an_item_without_a_number_fits_nothing() -> None:
    card = item_of(kind="card", front="f", back="b")
    assert isinstance(card, Card)
    assert any(isinstance(one, AuthorMistake) for one in _tried(card, TWICE).problems)


def test_a_record_raises_no_class() -> None:
    """It is the word of whoever wrote the file: algebra beside it stays algebra."""
    found = _tried(CLAIM, HALF)
    assert (found.independence, found.has_oracle) == (Independence.ALGEBRA, True)
    assert _tried(CLAIM).has_oracle is False


def test_the_words() -> None:
    found = _tried(CLAIM, HALF, HALF)
    run = PackEvidence("p", (found,), (_tried(numeric_of()),), 1.0)
    assert finding_text(found, "en").endswith("controls 1/1  oracles 2/2")
    assert finding_text(found, "ko").endswith("다른 라이브러리의 값 2개 중 2개 일치")
    assert classes_text(run, "en") == "oracle 1, simulated 1, algebra 1"
    assert classes_text(run, "ko") == "외부 대조 1, 시뮬레이션 1, 식 변형 1"
    refuted = _tried(CLAIM, replace(HALF, value=0.6), HALF)
    assert "oracles 1/2" in finding_text(refuted, "en")
    assert "peer.half (peer 1.2) [a = 3, b = 1]: predicted 0.5, computed 0.6" in finding_text(
        refuted, "en"
    )


def test_the_records_are_read_back_and_kept(tmp_path: Path) -> None:
    oracles = {"keys/twice": (TWICE, DRAWN), "claims/half": (replace(HALF, check=1),)}
    text = evidence_text(KeptEvidence(oracles=oracles), pack="p", versions={"studytool": "0"})
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    assert read_evidence(tmp_path).oracles == oracles
    write_lock(tmp_path, PackEvidence("p", (_tried(CLAIM),), (), 1.0), version="0")
    kept = read_evidence(tmp_path)
    assert (set(kept.claims), kept.oracles, kept.unreadable) == ({"one"}, oracles, ())


@pytest.mark.parametrize(
    "row",
    [
        "5",
        '{"value": 1}',
        '[{"condition": {}, "value": "high", "standard_error": 0, "by": "b", "library": "l", '
        '"version": "1"}]',
        '[{"condition": {}, "value": NaN, "standard_error": 0, "by": "b", "library": "l", '
        '"version": "1"}]',
    ],
)
def test_a_strangers_record_that_is_none_is_named(tmp_path: Path, row: str) -> None:
    text = (
        f'{{"pack": "p", "format": 3, "claims": {{}}, "keys": {{}}, "oracles": {{"bad": {row}}}}}'
    )
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    assert read_evidence(tmp_path) == KeptEvidence(unreadable=("bad",))
