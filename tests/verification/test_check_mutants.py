"""Altered formulas within checks: what tries a key must notice its own mistakes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from studytool.authoring.mutant_places import places_of
from studytool.numerics.measure import never
from studytool.packs.altered_checks import check_formulas, part_at, with_check_formula
from studytool.packs.claims import Claim
from studytool.packs.reader import read_pack
from studytool.verification.check_mutants import check_trials
from studytool.verification.mutant_trial import Fate, MutantTrial
from studytool.verification.tasks import VerificationTask
from tests.packs.samples import NUMERIC, write_pack

SAMPLE = {"sample": "x + normal(0, 0.3, [reps])", "statistic": "mean"}


def claim(expect: str, given: list[dict[str, float]], by: Mapping[str, object]) -> Claim:
    check = {"expect": expect, "given": given, "by": by,
             "controls": [{"id": "other", "expect": f"99 + {expect}"}]}  # fmt: skip
    return Claim.model_validate(
        {"id": "one", "concept": "scale", "statement": {"en": "One"}, "standing": "confirmed",
         "source": {"ref": "paper", "at": "eq. 1"}, "checks": [check]},
        context={"languages": ("en",)},
    )  # fmt: skip


def fates(what: Claim) -> dict[str, Fate]:
    trials = check_trials(VerificationTask("sample", what, 0), never)
    return {f"{trial.column}: {trial.change}": trial.fate for trial in trials}


def test_a_sample_notices_what_changes_its_mean_and_no_other_spread() -> None:
    found = fates(claim("x", [{"x": 2.0}], SAMPLE))
    assert found["3: x + normal(0, 0.3, [reps]) → normal(0, 0.3, [reps])"] is Fate.NOTICED
    assert found["3: + → -"] is Fate.EQUIVALENT  # the noise is symmetric
    assert found["15: 0.3 → 0.6"] is Fate.EQUIVALENT  # a mean is the same
    assert Fate.SURVIVED not in found.values()


@pytest.mark.parametrize(("given", "fate"), [
    ([{"x": 2.0}], Fate.SURVIVED),  # 2² = 2·2: one condition hides it
    ([{"x": 2.0}, {"x": 3.5}], Fate.NOTICED),
])  # fmt: skip
def test_a_condition_that_hides_a_mistake_of_the_check(
    given: list[dict[str, float]], fate: Fate
) -> None:
    by = {"also": "x**2", "because": {"en": "The square"}}
    found = fates(claim("x*x + 0*exp(x)", given, by))
    assert found.get("2: ** → *") is fate


def test_every_formula_of_a_check_is_found_and_can_be_replaced() -> None:
    by = {"sample": "y*normal(1, 0.1, [reps])", "let": {"y": "x + 1"}, "statistic": "ratio",
          "over": "2 + 0*y"}  # fmt: skip
    what = claim("x", [{"x": 2.0}], by)
    found = dict(check_formulas(what))
    assert found == {
        ("checks", 0, "by", "sample"): "y*normal(1, 0.1, [reps])",
        ("checks", 0, "by", "let", "y"): "x + 1",
        ("checks", 0, "by", "over"): "2 + 0*y",
    }
    for path in found:
        other = with_check_formula(what, path, "x + 7")
        assert other is not None
        assert part_at(other, path) == "x + 7"
        assert dict(check_formulas(other)) == found | {path: "x + 7"}
        assert dict(check_formulas(what)) == found


@pytest.mark.parametrize(("part", "is_line"), [
    (("checks", "0", "margin"), True),
    (("options", "1", "when"), True),
    (("checks", "0", "by", "sample"), False),
    ((), False),
])  # fmt: skip
def test_a_margin_and_a_condition_are_lines(part: tuple[str, ...], is_line: bool) -> None:  # noqa: FBT001
    assert MutantTrial("a", "x", 1, "x → y", Fate.SURVIVED, part).is_line is is_line


def test_a_survivor_is_placed_in_the_entry_that_has_its_formula(tmp_path: Path) -> None:
    items = NUMERIC.replace("id: doubled", "id: adds")  # as the claim is called
    reading = read_pack(write_pack(tmp_path / "pack", items=items))
    of_claim = MutantTrial("adds", "1 + a", 3, "+ → -", Fate.SURVIVED,
                           ("checks", "0", "by", "also"))  # fmt: skip
    sample = "2*sum(normal(sx, 1, [reps, n]), axis=1)"
    of_item = MutantTrial("adds", sample, 1, "2 → 4", Fate.SURVIVED, ("check", "sample"))
    key = MutantTrial("adds", "2*v", 1, "2 → 4", Fate.SURVIVED)
    places = places_of([of_claim, of_item, key], reading.entries)
    lines = {one: (place.file, reading.sources[place.file].splitlines()[place.line - 1])
             for one, place in places.items()}  # fmt: skip
    assert lines.keys() == {of_claim, of_item}
    assert lines[of_claim][0] == "claims/all.yaml"
    assert "also:" in lines[of_claim][1]
    assert lines[of_item][0] == "items/all.yaml"
    assert "sample:" in lines[of_item][1]
