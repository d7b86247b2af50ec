"""Statements that beat the first version's rule, and true ones that it lost.

No false one may hold, at any of several seeds; no true one may be refuted. Each was found by
people who tried to make the rule say "holds" of a falsehood, or "refuted" of a truth.
"""

from collections.abc import Mapping

import pytest
from pydantic import TypeAdapter

from studytool.packs.claims import Claim
from studytool.packs.evidence import Verdict
from studytool.verification.evidence import Evidence
from studytool.verification.problems import MistakenMean
from studytool.verification.tasks import VerificationTask, run_task
from studytool.wording.verification import reasons
from tests.cases import first_row_quick

SEEDS = (0, 1, 2)
_CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)


def tried(check: Mapping[str, object], seed: int = 0) -> Evidence:
    """Try a claim with one check."""
    claim = _CLAIM.validate_python(
        {
            "id": "c",
            "concept": "c",
            "statement": "x",
            "standing": "confirmed",
            "source": {"ref": "s", "at": "p. 1"},
            "checks": [check],
        }
    )
    return run_task(VerificationTask("p", claim, seed))


def value(expect: str, sample: str, wrong: str, **keys: object) -> dict[str, object]:
    """Write a value check by a sample; ``statistic``, ``let``, ``over`` and ``meant``, its ``because``, belong to the sample."""
    by: dict[str, object] = {"sample": sample}
    by |= {name: keys.pop(name) for name in ("statistic", "let", "over") if name in keys}
    if "meant" in keys:
        by["because"] = keys.pop("meant")
    return measured(expect, wrong, by, **keys)


def measured(
    expect: str, wrong: str, by: Mapping[str, object], **keys: object
) -> dict[str, object]:
    check: dict[str, object] = {"expect": expect, "by": by}
    return {**check, "controls": [{"id": "wrong", "expect": wrong}], **keys}


def linear(width: int, depth: int, quantity: str) -> dict[str, object]:
    size = {name: str(width) for name in ("first", "middle", "last")}
    with_ = {"activation": "linear", "init": "lecun_normal", "layers": str(depth), **size}
    return {"experiment": "deep_initialization", "with": with_, "quantity": quantity}


FALSE: list[tuple[str, dict[str, object], str]] = [
    (
        "inverted dropout in 8 layers keeps its mean",
        value("0", "prod(bernoulli(0.2,[reps,8])/0.2,axis=1)", "1", atol=0.05),
        "its range leaves room for rare large values",
    ),
    (
        "the same with a normal factor",
        value("0", "normal(1,0.1,[reps])*prod(bernoulli(0.2,[reps,8])/0.2,axis=1)", "1", atol=0.05),
        "its mean is carried by rare draws",
    ),
    (
        "a constant, and a large number of a chance of 1 in 100,000",
        value("0.5", "0.5+1e5*bernoulli(1e-5,[reps])", "1.5"),
        "its range leaves room for rare large values",
    ),
    (
        "nothing, and a large number of a chance of 1 in 100,000",
        value("0", "1e5*bernoulli(1e-5,[reps])", "1", atol=0.05),
        "its range leaves room for rare large values",
    ),
    (
        "a normal draw, and a large number of a chance of 1 in 100 million",
        value("0", "normal(0,1,[reps])+1e8*bernoulli(1e-8,[reps])", "1", atol=0.05),
        "its mean is carried by rare draws",
    ),
    (
        "a range of a million against a tolerance of 0.05",
        value("0", "1e6*(uniform(0,1,[reps]) < 1e-6)", "1", atol=0.05),
        "its range leaves room for rare large values",
    ),
    (
        "a squared product of ten normal draws",
        value("0", "prod(normal(0,1,[reps,10]),axis=1)**2", "1", atol=0.05),
        "its mean is carried by rare draws",
    ),
    (
        "a product of ten rectified draws dies out",
        value("0", "prod(sqrt(2)*relu(normal(0,1,[reps,10])),axis=1)**2", "1", atol=0.05),
        "its mean is carried by rare draws",
    ),
    (
        "a mean square that is kept dies out with depth",
        measured("0", "1", linear(1, 20, "signal_factor"), atol=0.2),
        "the mean is carried by rare draws",
    ),
    (
        "one draw for all replicates",
        value(
            "1",
            "a+normal(0,1,[reps])",
            "2",
            let={"a": "normal(0,1,[1])"},
            statistic="variance",
        ),
        "every replicate shares the draw of normal",
    ),
    (
        "an absolute tolerance that reaches the controls",
        value("5", "normal(0,1,[reps])", "100", atol=6),
        "atol 6 is wider than a third of the distance 5 to '0'",
    ),
    (
        "a median of a two-valued draw for its mean",
        value("0", "bernoulli(0.3,[reps])", "1", statistic="median", atol=0.2),
        "no median of a discrete law",
    ),
    (
        "a sample that never varies",
        value("2", "2+0*normal(0,1,[reps])", "3"),
        "a sample that never varies is no sample",
    ),
    (
        "a mean that no law has",
        value("0", "normal(0,1,[reps])/normal(0,1,[reps])", "1", atol=0.2),
        "",
    ),
    (
        "replicates mixed with each other",
        value("0", "mean(normal(0,1,[reps]))+0*normal(0,1,[reps])", "1", atol=0.2),
        "mixes the values of several replicates",
    ),
]


@pytest.mark.parametrize(
    ("check", "why"), first_row_quick([row[1:] for row in FALSE]), ids=[row[0] for row in FALSE]
)
def test_a_false_statement_never_holds(check: dict[str, object], why: str) -> None:
    for seed in SEEDS:
        found = tried(check, seed)
        assert found.verdict is not Verdict.HOLDS
        assert why in " ".join(reasons(found, "en"))


TRUE: list[tuple[str, dict[str, object], Verdict | None]] = [
    (
        "a factor kept exactly at small width and great depth",
        measured("1", "0.5", linear(2, 40, "signal_factor")),
        Verdict.UNDECIDED,
    ),
    (
        "a rounded constant with a tolerance beside a second formula",
        measured("0.34", "0.5", {"also": "0.5-0.5/pi"}, rtol=0.02),
        None,
    ),
    (
        "a chance of 2^-20",
        value("2**-20", "uniform(0,2,[reps]) < 2**-19", "1e-4", atol=2e-5, because="rare"),
        Verdict.HOLDS,
    ),
    (
        "a chance by the key itself",
        value("2**-20", "uniform(0,1,[reps]) < 2**-20", "1e-4", atol=2e-5, because="rare"),
        Verdict.UNDECIDED,
    ),
    (
        "no chance at all",
        value("0", "uniform(0,1,[reps]) < -1", "0.5", atol=0.01),
        Verdict.HOLDS,
    ),
    ("a median of a law without a mean", value(
        "0",
        "normal(0,1,[reps])/normal(0,1,[reps])",
        "1",
        statistic="median",
        atol=0.2,
    ), Verdict.HOLDS),
    (
        "a quantity in a known range whose largest values are rare",
        value("0.01", "10*(uniform(0,1,[reps]) < 0.001)", "0.1", atol=0.003),
        Verdict.HOLDS,
    ),
    (
        "a mean of four squared normal draws",
        value("1", "prod(normal(0,1,[reps,2]),axis=1)**2", "1.5"),
        Verdict.HOLDS,
    ),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("check", "verdict"), first_row_quick([row[1:] for row in TRUE]), ids=[row[0] for row in TRUE]
)
def test_a_true_statement_is_not_refuted(check: dict[str, object], verdict: Verdict | None) -> None:
    for seed in SEEDS:
        found = tried(check, seed)
        assert found.verdict is not Verdict.REFUTED
        assert verdict is None or found.verdict is verdict, reasons(found, "en")


def test_a_wide_absolute_tolerance_says_why() -> None:
    wide = value("5", "normal(5,1,[reps])", "6", atol=0.4)
    (reason,) = reasons(tried(wide), "en")[:1]
    assert "atol 0.4 is wider than a third of the distance 1 to 'wrong'" in reason
    assert tried({**wide, "because": "rough"}).verdict is Verdict.HOLDS


_OF_QUOTIENTS = {"statistic": "ratio", "over": "0.2+0.8*exponential(1,[reps])"}
_OF_A_SMEARED_COIN = {"statistic": "median", "atol": 0.2}
MISTAKEN: list[tuple[str, dict[str, object], float | None]] = [
    (
        "a mean of quotients, tried by the quotient of the means",
        value("1", "exponential(1,[reps])", "2", **_OF_QUOTIENTS),
        1.69,
    ),
    (
        "the quotient of the means, meant",
        value("1", "exponential(1,[reps])", "2", **_OF_QUOTIENTS, meant="a share of the whole"),
        None,
    ),
    (
        "a mean, tried by the median of a coin that is smeared",
        value("0", "bernoulli(0.4,[reps])+1e-6*normal(0,1,[reps])", "1", **_OF_A_SMEARED_COIN),
        0.4,
    ),
    (
        "the same coin, smeared by a factor",
        value("0", "bernoulli(0.4,[reps])*normal(1,1e-6,[reps])+1e-9*normal(0,1,[reps])", "1",
              **_OF_A_SMEARED_COIN),
        0.4,
    ),
    (
        "the same by a law of its own",
        value("0", "where(uniform(0,1,[reps]) < 0.4,1,1e-6*exponential(1,[reps]))", "1",
              **_OF_A_SMEARED_COIN),
        0.4,
    ),
    (
        "a mean, tried by the median of a skewed law",
        value("0.6931", "exponential(1,[reps])", "0.5", statistic="median"),
        1.0,
    ),
    (
        "the median of a skewed law, meant",
        value("0.6931", "exponential(1,[reps])", "0.5", statistic="median", meant="of most units"),
        None,
    ),
    (
        "a median that is the mean",
        value("2", "normal(2,1,[reps])", "1", statistic="median"),
        None,
    ),
    (
        "a quotient that is the same for each draw",
        value("3", "3*x+0.5*normal(0,1,[reps])", "2", statistic="ratio", over="x",
              let={"x": "uniform(1,2,[reps])"}),
        None,
    ),
    (
        "quotients without a mean, over what comes near 0",
        value("0.5", "uniform(0,1,[reps])", "1", statistic="ratio", over="exponential(1,[reps])"),
        None,
    ),
    (
        "quotients by 0",
        value("0.5", "bernoulli(0.25,[reps])", "1", statistic="ratio", over="bernoulli(0.5,[reps])"),
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "mean"), [row[1:] for row in MISTAKEN], ids=[row[0] for row in MISTAKEN]
)
def test_what_may_be_taken_for_a_mean_says_that_it_is_none(
    check: dict[str, object], mean: float | None
) -> None:
    found = tried(check)
    if mean is None:
        assert found.verdict is Verdict.HOLDS, reasons(found, "en")
        return
    assert found.verdict is Verdict.UNDECIDED
    (problem,) = found.problems
    assert isinstance(problem, MistakenMean)
    assert problem.mean == pytest.approx(mean, rel=0.05)
    assert "if the mean is meant, ask for it" in " ".join(reasons(found, "en"))
    assert "because에 까닭을 쓰세요" in " ".join(reasons(found, "ko"))


def test_nothing_is_said_to_fit_that_is_refuted() -> None:
    """A wrong number is no median of these draws, and so nobody takes it for their mean."""
    found = tried(value("2", "exponential(1,[reps])", "9", statistic="median"))
    assert found.verdict is Verdict.REFUTED
    assert found.problems == ()
