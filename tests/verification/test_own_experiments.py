"""Packs with experiments of their own: checked, verified, and never a way round the rules of proof."""

from pathlib import Path

import pytest

from studytool.packs.evidence import Independence, Verdict
from studytool.packs.reader import load_pack, read_pack
from studytool.verification.verify import verify_pack
from tests.authoring.checking import checked
from tests.cases import first_quick, first_row_quick

OWN = Path(__file__).parent.parent / "packs/own"
FOLDERS = [OWN / "compound-interest", OWN / "interval-coverage", OWN / "small-steps"]


@pytest.mark.parametrize("folder", first_quick(FOLDERS), ids=lambda folder: folder.name)
def test_a_pack_with_experiments_is_right_and_holds(folder: Path) -> None:
    assert checked(folder) == []
    pack = load_pack(folder)
    assert pack.experiments
    found = verify_pack(pack)
    assert {one.id: one.verdict for one in (*found.claims, *found.keys)} == dict.fromkeys(
        [*(claim.id for claim in pack.claims), *(item.id for item in pack.items)], Verdict.HOLDS
    )
    classes = {one.independence for part in (*found.claims, *found.keys) for one in part.measured}
    assert classes <= {Independence.SIMULATED, Independence.SECOND_METHOD}


def _altered(folder: Path, target: Path, right: str, wrong: str) -> Path:
    count = 0
    for path in folder.rglob("*.yaml"):
        to = target / path.relative_to(folder)
        to.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        count += text.count(right)
        to.write_text(text.replace(right, wrong), encoding="utf-8")
    assert count
    return target


@pytest.mark.parametrize(("right", "wrong"), first_row_quick([
    ("formula: 'exp(rate)'", "formula: 'exp(rate)+0.02'"),  # of a key
    ("expect: 'exp(r)'", "expect: '1+r+r**2/2'"),  # of a claim
    ("balance*(1 + rate/times)", "balance*(1 + rate/times/2)"),  # of the experiment
]))  # fmt: skip
def test_an_error_of_key_claim_or_experiment_is_refuted(
    tmp_path: Path, right: str, wrong: str
) -> None:
    pack = load_pack(_altered(OWN / "compound-interest", tmp_path, right, wrong))
    found = verify_pack(pack)
    assert Verdict.REFUTED in {one.verdict for one in (*found.claims, *found.keys)}


@pytest.mark.parametrize("value", ["exp(rate)", "balance*0 + exp(rate)"])
def test_an_experiment_that_holds_the_key_is_no_check_of_it(tmp_path: Path, value: str) -> None:
    folder = _altered(OWN / "compound-interest", tmp_path, "value: balance", f"value: '{value}'")
    assert {one.code for one in read_pack(folder).diagnostics} == {"E340"}
