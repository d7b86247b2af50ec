"""A key tried against itself never holds; a key that the core gets wrong is seen."""

from collections.abc import Mapping

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.claims import Claim
from studytool.packs.evidence import Independence, Verdict
from studytool.packs.items import Numeric
from studytool.packs.reader import load_pack
from studytool.verification.evidence import Evidence
from studytool.verification.problems import CircularCheck
from studytool.verification.tasks import VerificationTask, run_task
from tests.cases import first_quick, first_row_quick
from tests.quiz.variants import numeric_of
from tests.verification.altered_core import alter

FANS = [{"a": 64, "b": 16}, {"a": 10, "b": 40}]
UNIT = {"experiment": "unit_layer", "with": {"fan_in": "a", "fan_out": "b"}}
DENSE = {"experiment": "dense_layer", "with": {"fan_in": "a", "fan_out": "b"}}


def claim_of(
    expect: str, by: Mapping[str, object], *, given: object = FANS, **more: object
) -> Claim:
    check = {"expect": expect, "by": by, "given": given, "rtol": 0.05, **more}
    return Claim.model_validate(
        {
            "id": "one",
            "concept": "c",
            "statement": "s",
            "standing": "confirmed",
            "source": {"ref": "r"},
            "checks": [{"controls": [{"id": "far", "expect": "1000"}], **check}],
        }
    )


def tried(claim: Claim, seed: int = 0) -> Evidence:
    return run_task(VerificationTask("p", claim, seed))


def circles(found: Evidence) -> set[str]:
    return {one.form for one in found.problems if isinstance(one, CircularCheck)}


VARIANCE = {**DENSE, "quantity": "weight_variance"}
OF_SUM = {"experiment": "dense_layer", "quantity": "weight_variance"}


@pytest.mark.parametrize(
    ("expect", "by", "form"),
    first_row_quick([
        # a closed form that the key calls, called by the core while drawing
        ("xavier_variance(a,b)", VARIANCE, "xavier_variance"),
        ("xavier_limit(a,b)**2/3", VARIANCE, "xavier_variance"),  # through another of its forms
        ("lecun_variance(a)*2", {**OF_SUM, "with": {"fan_in": "a", "init": "he_normal"}},
         "he_variance"),
        # one that the key does not call, and that gave the key under both conditions
        ("2/(a+b)", VARIANCE, "xavier_variance"),
        ("2/(a+b)", {**OF_SUM, "with": {"fan_in": "a+b", "init": "he_uniform"}}, "he_variance"),
        ("1/(a/2+b/2)", {**OF_SUM, "with": {"fan_in": "(a+b)/2", "init": "lecun_normal"}},
         "lecun_variance"),
        ("2/(a+b)", {**OF_SUM, "with": {"fan_in": "a+b+1", "init": "he_uniform"}}, "he_variance"),
        # the key inside the sample
        ("2/(a+b)", {"sample": "2/(a+b)+normal(0,0.001,[reps])"}, "2/(a+b)"),
        ("2/(a+b)", {"sample": "u*v", "let": {"u": "exponential(2,[reps])", "v": "1/(b+a)"}},
         "2/(a+b)"),
    ]),
)  # fmt: skip
def test_a_circular_check_never_holds(expect: str, by: Mapping[str, object], form: str) -> None:
    found = tried(claim_of(expect, by))
    assert circles(found) == {form}
    assert found.verdict is Verdict.UNDECIDED
    assert {one.verdict for one in found.measured} == {Verdict.HOLDS}  # the number itself is right


@pytest.mark.parametrize(
    ("expect", "by", "independence"),
    first_row_quick([
        ("2/(a+b)", {**UNIT, "quantity": "balanced_variance"}, Independence.SIMULATED),
        ("1", {**DENSE, "with": {"fan_in": "a", "init": "lecun_normal"},
               "quantity": "preactivation_variance"}, Independence.SIMULATED),
        ("exp(-a)", {"also": "(exp(-a+h)-exp(-a-h))/(2*h)", "let": {"h": "0.00001"}},
         Independence.SECOND_METHOD),
        ("cosine_annealing(a,100,b,0)", {"experiment": "cosine_schedule", "quantity": "lr",
         "with": {"t": "a", "period": "100", "lr_max": "b", "lr_min": "0"}},
         Independence.SECOND_METHOD),
        ("1", {"sample": "uniform(0,1,[reps]) < a+b"}, Independence.SIMULATED),  # always so
        ("2/(a+b)", {"also": "1/((a+b)/2)", "because": "turned over"}, Independence.ALGEBRA),
    ]),
)  # fmt: skip
def test_classes(expect: str, by: Mapping[str, object], independence: Independence) -> None:
    found = tried(claim_of(expect, by, given=[{"a": 4, "b": 1}, {"a": 7, "b": 2}]))
    assert circles(found) == set()
    assert (found.verdict, found.independence) == (Verdict.HOLDS, independence)


def test_one_condition_shows_no_coincidence() -> None:
    """1/2 is also what a form may give by chance; two conditions tell."""
    assert circles(tried(claim_of("1/2", VARIANCE, given=[{"a": 2, "b": 2}]))) == set()


def test_a_circular_key_never_holds() -> None:
    item = numeric_of(
        params={"n": {"choice": [8, 16, 32, 64]}},
        answer={"formula": "he_variance(n)", "tolerance": {"rel": 0.05}},
        misconceptions=[{"id": "half", "formula": "1/n", "say": "Twice that."}],
        check={
            "experiment": "dense_layer",
            "with": {"fan_in": "n", "init": "he_normal"},
            "quantity": "weight_variance",
        },
    )
    found = run_task(VerificationTask("p", item, 0))
    assert (found.verdict, circles(found)) == (Verdict.UNDECIDED, {"he_variance"})


# --- the core gets a form wrong -------------------------------------------------------------------

SCALE = {
    "sample": "mean(x**2,axis=1)",
    "statistic": "ratio",
    "over": "sum(x*normal(0,1,[reps,a]),axis=1)**2",
    "let": {"x": "normal(0,1,[reps,a])"},
}
HALF = {**SCALE, "over": "sum(relu(x)*normal(0,1,[reps,a]),axis=1)**2"}
ROOT = {
    "sample": "3*mean(x**2,axis=1)",
    "statistic": "ratio",
    "over": "sum(relu(x)*normal(0,1,[reps,a]),axis=1)**2",
    "let": {"x": "normal(0,1,[reps,a])"},
}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize(
    ("name", "expect", "by"),
    [
        ("xavier_variance", "xavier_variance(a,b)", {**UNIT, "quantity": "balanced_variance"}),
        ("lecun_variance", "lecun_variance(a)", SCALE),
        ("he_variance", "he_variance(a)", HALF),
        ("he_limit", "he_limit(a)**2", ROOT),
    ],
)
def test_a_wrong_core_is_seen(
    monkeypatch: pytest.MonkeyPatch, name: str, expect: str, by: Mapping[str, object], seed: int
) -> None:
    claim = claim_of(expect, by)
    assert tried(claim, seed).verdict is Verdict.HOLDS
    alter(monkeypatch, name, 1.5)
    assert tried(claim, seed).verdict is Verdict.REFUTED


@pytest.mark.parametrize("seed", first_quick([0, 1]))
@pytest.mark.parametrize(
    ("item", "form"),
    first_row_quick(
        [
            ("xavier-variance", "xavier_variance"),  # 3/(in + out)
            ("xavier-limit", "xavier_limit"),
            ("xavier-limit", "xavier_variance"),
            ("he-sd", "he_variance"),
        ]
    ),
)
def test_the_bundled_keys_see_a_wrong_core(
    monkeypatch: pytest.MonkeyPatch, item: str, form: str, seed: int
) -> None:
    pack = load_pack(bundled_pack_folder())
    (numeric,) = [one for one in pack.items if one.id == item]
    assert isinstance(numeric, Numeric)
    alter(monkeypatch, form, 1.5)
    found = run_task(VerificationTask(pack.id, numeric, seed))
    assert found.verdict is not Verdict.HOLDS
