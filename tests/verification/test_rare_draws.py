"""Statements that a rare draw makes false, by whatever way it comes in, and true ones beside them."""

import pytest

from studytool.errors import StudytoolError
from studytool.packs.evidence import Verdict
from studytool.packs.methods import SampleCheck
from studytool.verification.foresight import refuse_no_samples
from studytool.wording.verification import reasons
from tests.cases import first_quick
from tests.verification.test_false_statements import tried, value

N, U, E = "normal(0,1,[reps])", "uniform(0,1,[reps])", "exponential(1,[reps])"
_ROOM = "its range leaves room for rare large values"


def _some_quick(cases: list[dict[str, object]], count: int) -> list[object]:
    return [*cases[: count - 1], *first_quick(cases[count - 1 :])]


def _near_0(sample: str, **keys: object) -> dict[str, object]:
    return value("0", sample, "1", atol=0.05, **keys)


FALSE: list[tuple[str, dict[str, object]]] = [
    ("a large draw that another chooses, in a sum", _near_0(f"{N}+where({U} < 1e-6,1e6*{E},0)")),
    ("a power that another chooses", value("1", f"{E}**(1+20*({U} < 1e-7))", "0.5")),
    ("an exponent that is seldom larger", value("exp(0.5)", f"exp({N}+30*({U} < 1e-9))", "1")),
    ("a number of trials", value("2", f"geometric(where({U} < 1e-6,1e-6,0.5),[reps])", "1")),
    ("the far end of a normal draw", _near_0(f"{N}+1e7*relu({N}-5)")),
    ("the other side of the choice", _near_0(f"{N}-where({U} > 1e-6,0,1e6*{E})")),
    ("by a name", _near_0(f"{N}+y", let={"y": f"where({U} < 1e-6,1e6*abs({N}),0)"})),
    ("two choices, each rare", _near_0(f"{N}+where({U} < 1e-3,where({U} < 1e-3,1e6*{E},0),0)")),
    ("both at once", _near_0(f"{N}+where(({U} < 1e-3) and ({U} < 1e-3),1e6*{E},0)")),
    ("in each of four terms", _near_0(
        "mean(normal(0,1,[reps,4])"
        "+where(uniform(0,1,[reps,4]) < 1e-6,1e6*exponential(1,[reps,4]),0),axis=1)")),
    ("as a factor", value("1", f"normal(1,0.1,[reps])*where({U} < 1e-6,1e6*{E},1)", "0.5")),
    ("as a factor by two choices", value(
        "1", f"normal(1,0.1,[reps])*where(({U} < 1e-3) and ({U} < 1e-3),1e6*{E},1)", "0.5")),
    ("a coin in the exponent", value("exp(0.02)", f"exp(0.2*{N}+18*bernoulli(1e-7,[reps]))", "2")),
    ("a hyperbolic sine", _near_0(f"sinh({N}+25*({U} < 1e-8))")),
    ("a hyperbolic cosine", value("exp(0.5)", f"cosh({N}+25*({U} < 1e-8))", "1")),
    ("a cube", value("0", f"({N}+100*({U} < 1e-6))**3", "1", atol=0.1)),
    ("a factor of a large exponential", value(
        "exp(7.005)", f"exp(normal(7,0.1,[reps]))*(1+300*({U} < 1.7e-4))", "exp(6)")),
    ("a larger one", value("exp(9.005)", f"exp(9+0.1*{N})*(1+1000*({U} < 5e-5))", "exp(8)")),
    ("over what is seldom nothing", value("0.6", f"{E}/(1e-7+where({U} < 1e-7,0,1+{E}))", "1")),
    ("the larger of two", _near_0(f"max({N},where({U} < 1e-6,1e6*{E},-9))")),
    ("a length", value("0.798", f"hypot({N},where({U} < 1e-6,1e6*{E},0))", "0.4")),
    ("a variance", value("1", f"{N}+where({U} < 1e-6,1e3*{N},0)", "2", statistic="variance")),
    ("a deviation", value("1", f"{N}+where({U} < 1e-6,1e3*{N},0)", "2", statistic="std")),
    ("what a ratio is over", value(
        "1", E, "2", statistic="ratio", over=f"{E}+where({U} < 1e-6,1e6*{E},0)")),
    ("what is over it", value(
        "1", f"{E}+where({U} < 1e-6,1e6*{E},0)", "2", statistic="ratio", over=E)),
    ("a steep exponential", _near_0(f"{N}+exp(50*({N}-4.2))")),
    ("the larger of a normal draw and 0", _near_0(f"{N}+1e7*max({N}-5,0)")),
    ("a whole number of fives", _near_0(f"{N}+1e6*floor(max({N}/5,0))")),
    ("beyond a threshold", _near_0(f"{N}+1e7*soft_threshold(abs({N}),5)")),
    ("a logarithm of a small number", _near_0(f"{N}+relu(-log({U})-12)*1e5")),
    ("over a small number", _near_0(f"{N}+3e-3/{U}")),
    ("a whole number of fourteens", _near_0(f"{N}+1e6*({E}//14)")),
    ("the middle of a normal draw", _near_0(f"{N}+where(abs({N}) < 1e-6,1e6*{E},0)")),
    ("anywhere in a uniform one", _near_0(f"{N}+where(abs({U}-0.3) < 5e-7,1e6*{E},0)")),
]  # fmt: skip


@pytest.mark.parametrize(
    "check", _some_quick([row[1] for row in FALSE], 5), ids=[row[0] for row in FALSE]
)
def test_what_a_rare_draw_makes_false_does_not_hold(check: dict[str, object]) -> None:
    found = tried(check)
    assert found.verdict is Verdict.UNDECIDED
    why = " ".join(reasons(found, "en"))
    assert _ROOM in why or "rare draws" in why


TRUE: list[tuple[str, dict[str, object]]] = [
    ("a draw that is kept or not", _near_0(f"{N}+where({U} < 0.5,{E},0)-0.5")),
    ("a power that a coin chooses", value("1.5", f"{E}**(1+bernoulli(0.5,[reps]))", "3")),
    ("a number of trials", value("3", f"geometric(where({U} < 0.5,0.25,0.5),[reps])", "5")),
    ("events of either rate", value("1.5", "poisson(1+bernoulli(0.5,[reps]),[reps])", "3")),
    ("a log-normal draw that is dropped", value("exp(0.5)/2", f"exp({N})*({U} < 0.5)", "2")),
    ("a coin in the exponent", value(
        "exp(0.02)*(1+exp(1))/2", f"exp(0.2*{N}+bernoulli(0.5,[reps]))", "1")),
    ("the logarithm of a halved draw", value(
        "-0.5772156649-log(2)/2", f"log({E}*where({U} < 0.5,0.5,1))", "-2")),
    ("beyond two deviations", value("0.0084907", f"relu({N}-2)", "0.02")),
    ("once in twenty", value("0.6", f"0.1*{E}+where({U} < 0.05,10*{E},0)", "1")),
    ("Student's t with 5 degrees", value(
        "5/3", f"{N}/sqrt(mean(normal(0,1,[reps,5])**2,axis=1))", "3", statistic="variance")),
    ("a sample's variance", value("1", "var(normal(0,1,[reps,8]),axis=1,ddof=1)", "0.5")),
    ("a sum of a hundred skewed draws", value(
        "100", "sum(exp(0.3*normal(-0.15,1,[reps,100])),axis=1)", "120", rtol=0.01)),
]  # fmt: skip


@pytest.mark.parametrize(
    "check", _some_quick([row[1] for row in TRUE], 3), ids=[row[0] for row in TRUE]
)
def test_what_a_draw_makes_seldom_is_not_lost(check: dict[str, object]) -> None:
    found = tried(check)
    assert found.verdict is Verdict.HOLDS, reasons(found, "en")


@pytest.mark.parametrize(
    ("sample", "is_refused"),
    [
        (f"{U}+1e6*({U} < 1e-6)", True),  # a decision has no bound by the range
        (f"{N}+where({U} < 1e-6,1e6*{E},0)", True),
        (f"{U}+10*({U} < 0.01)", False),
        (f"relu({N})", False),
    ],
)
def test_a_decision_is_refused_that_rests_on_rare_draws(sample: str, *, is_refused: bool) -> None:
    check = SampleCheck(sample=sample)
    if not is_refused:
        refuse_no_samples([check], {})
        return
    with pytest.raises(StudytoolError) as refused:
        refuse_no_samples([check], {})
    assert "of at most 65,536" in refused.value.text("en")
    assert "최대 65,536번" in refused.value.text("ko")
