"""Siblings of the statements that beat the first version's rule, and of those that it lost."""

import pytest

from studytool.packs.evidence import Verdict
from studytool.wording.verification import reasons
from tests.verification.test_false_statements import linear, measured, tried, value

_ROOM = "its range leaves room for rare large values"

FALSE: list[tuple[str, dict[str, object], str]] = [
    (
        "three, of two means that are both 0, by their common noise",
        value(
            "3",
            "3*x+0.01*normal(0,1,[reps])",
            "2",
            over="x",
            statistic="ratio",
            let={"x": "normal(0,1,[reps])"},
        ),
        "the mean that it is over may be 0",
    ),
    (
        "eight exponential factors die out",
        value("0", "prod(exponential(1,[reps,8]),axis=1)", "1", atol=0.05),
        "its mean is carried by rare draws",
    ),
    (
        "thirty doublings die out",
        value("0", "prod(2*bernoulli(0.5,[reps,30]),axis=1)", "1", atol=0.05),
        "replicates would be needed",
    ),
    (
        "a normal draw, and a million once in a million times",
        value("0", "normal(0,1,[reps])+where(uniform(0,1,[reps]) < 1e-6,1e6,0)", "1", atol=0.05),
        _ROOM,
    ),
    (
        "a million once in a million times, else a normal draw",
        value("0", "where(uniform(0,1,[reps]) < 1e-6,1e6,normal(0,1,[reps]))", "1", atol=0.05),
        _ROOM,
    ),
    (
        "the same by a name",
        value(
            "0",
            "y+normal(0,1,[reps])",
            "1",
            let={"y": "1e6*(uniform(0,1,[reps]) < 1e-6)"},
            atol=0.05,
        ),
        _ROOM,
    ),
    (
        "the same in each of four terms",
        value(
            "0",
            "sum(normal(0,1,[reps,4])+1e6*(uniform(0,1,[reps,4]) < 2.5e-7),axis=1)",
            "1",
            atol=0.05,
        ),
        _ROOM,
    ),
    (
        "the same, rectified",
        value("0.4", "relu(normal(0,1,[reps])+1e6*(uniform(0,1,[reps]) < 1e-6))", "1.4", atol=0.05),
        _ROOM,
    ),
    (
        "a rectified draw, and a rare large number",
        value("0.4", "relu(normal(0,1,[reps]))+1e6*bernoulli(1e-6,[reps])", "1.4", atol=0.05),
        _ROOM,
    ),
    (
        "a rectified draw, and inverted dropout in 8 layers",
        value(
            "0.4",
            "relu(normal(0,1,[reps]))"
            "+prod(bernoulli(0.2,[reps,8])/0.2,axis=1)*normal(1,0.1,[reps])",
            "1.4",
            atol=0.05,
        ),
        "its mean is carried by rare draws",
    ),
    (
        "the variance beside a rare spike",
        value(
            "1",
            "normal(0,1,[reps])+1e3*(uniform(0,1,[reps]) < 1e-6)",
            "2",
            statistic="variance",
            atol=0.1,
        ),
        _ROOM,
    ),
    (
        "a ratio over what is steady",
        value(
            "0",
            "normal(0,1,[reps])+1e6*(uniform(0,1,[reps]) < 1e-6)",
            "1",
            statistic="ratio",
            over="1+0.1*uniform(0,1,[reps])",
            atol=0.05,
        ),
        _ROOM,
    ),
    (
        "a gradient that is kept dies out with depth",
        measured("0", "1", linear(1, 20, "gradient_factor"), atol=0.2),
        "the mean is carried by rare draws",
    ),
    (
        "a factor drawn once for all replicates",
        value("0", "b*abs(normal(0,1,[reps]))", "1", let={"b": "bernoulli(0.5,[1])"}, atol=0.05),
        "every replicate shares the draw of bernoulli",
    ),
    (
        "a share whose tolerance reaches 0",
        value("0.5", "bernoulli(0.9,[reps])", "10", atol=0.5),
        "atol 0.5 is wider than a third of the distance 0.5 to '0'",
    ),
    (
        "a median of two coins",
        value(
            "1", "bernoulli(0.4,[reps])+bernoulli(0.4,[reps])", "2", statistic="median", atol=0.1
        ),
        "no median of a discrete law",
    ),
    (
        "a median of a rounded draw",
        value("0", "floor(normal(0.4,1,[reps]))", "1", statistic="median", atol=0.1),
        "several draws tie at the median",
    ),
    (
        "the largest of all replicates",
        value("0", "max(uniform(0,1,[reps]))+0*uniform(0,1,[reps])", "1", atol=0.2),
        "mixes the values of several replicates",
    ),
    (
        "a rare large number whose replicates are the second axis",
        value("0", "mean(a,axis=0)", "1", let={"a": "bernoulli(1e-5,[4,reps])*1e5"}, atol=0.05),
        _ROOM,
    ),
    (
        "ten million where a normal draw is beyond 4.9",
        value("0.5", "where(normal(0,1,[reps]) > 4.9,1e7,uniform(0,1,[reps]))", "5"),
        _ROOM,
    ),
    (
        "a normal draw over the root of a uniform one has a variance",
        value("1", "normal(0,1,[reps])/sqrt(uniform(0,1,[reps]))", "2", statistic="variance"),
        "of a law without a mean ask for a median",
    ),
    (
        "two means that share their draws vary as if they did not",
        value(
            "0.5",
            "mean(normal(0,1,[reps,2])+a,axis=1)",
            "1",
            let={"a": "normal(0,1,[2])"},
            statistic="variance",
        ),
        "every replicate shares the draw of normal",
    ),
    (
        "the mean of all replicates beside a draw for each",
        value(
            "1",
            "normal(0,1,[reps])+mean(b)",
            "2",
            let={"b": "normal(0,1,[reps])"},
            statistic="variance",
        ),
        "mixes the values of several replicates",
    ),
    (
        "a control that is no number anywhere",
        value("2", "normal(2,1,[reps])", "sqrt(0-2)"),
        "could be tried on no draw",
    ),
    (
        "a draw without bounds, times what is seldom a million",
        value("1", "exponential(1,[reps])*(1+1e6*(uniform(0,1,[reps]) < 1e-7))", "0.5"),
        _ROOM,
    ),
    (
        "the same by two chances together",
        value(
            "1",
            "exponential(1,[reps])*b",
            "0.5",
            let={"b": "1+1e6*((uniform(0,1,[reps]) < 1e-4) and (uniform(0,1,[reps]) < 1e-3))"},
        ),
        _ROOM,
    ),
    (
        "a draw without bounds over what is seldom a millionth",
        value("1", "exponential(1,[reps])/(1-(1-1e-6)*(uniform(0,1,[reps]) < 1e-7))", "0.5"),
        _ROOM,
    ),
    (
        "a draw that is seldom a million times as wide",
        value("0.798", "abs(normal(0,1+1e6*(uniform(0,1,[reps]) < 1e-7),[reps]))", "0.5"),
        _ROOM,
    ),
    (
        "one of two draws without bounds, seldom the wider",
        value(
            "1",
            "where(uniform(0,1,[reps]) < 1e-7,1e6*exponential(1,[reps]),exponential(1,[reps]))",
            "0.5",
        ),
        _ROOM,
    ),
    (
        "the variance of a normal draw that is seldom a thousand times as large",
        value(
            "1",
            "normal(0,1,[reps])*(1+1e3*sigmoid(50*(normal(0,1,[reps])-5.3)))",
            "2",
            statistic="variance",
        ),
        _ROOM,
    ),
    (
        "a log-normal draw, times what is seldom a million",
        value("1.005", "exp(0.1*normal(0,1,[reps]))*(1+1e6*(uniform(0,1,[reps]) < 1e-7))", "0.5"),
        _ROOM,
    ),
    (
        "the mean under a condition that never comes",
        value(
            "0",
            "where(u < 1e-9,1,0)*x",
            "1",
            let={"x": "normal(0,1,[reps])", "u": "uniform(0,1,[reps])"},
            statistic="ratio",
            over="where(u < 1e-9,1,0)",
            atol=0.05,
            meant="of those alone",
        ),
        "the statistic is not defined",
    ),
    (
        "nothing, by a tolerance that only a far control allows",
        value("0", "normal(5,1,[reps])", "1000", atol=6),
        "only the tolerance of 6, wider than they scatter",
    ),
    (
        "the same of a draw that scatters as far as it lies from 0",
        value("0", "exponential(1,[reps])", "1e6", atol=1.5),
        "only the tolerance of 1.5, wider than they scatter",
    ),
    (
        "a number, and a draw held within a millionth of a millionth, is a sample",
        value("2", "clip(normal(0,1,[reps]),-1e-12,1e-12)+2", "3"),
        "which is no sample",
    ),
    (
        "what a draw would have to be beyond a hundred deviations to change is a sample",
        value("2", "where(normal(0,1,[reps]) < 100,2,3)", "3"),
        "which is no sample",
    ),
    (
        "a number with a thousandth of noise is a sample",
        value("2", "2+0.0009*normal(0,1,[reps])", "3"),
        "which is no sample",
    ),
    (
        "the inverse of a square has a mean",
        value("0", "1/normal(0,1,[reps])**2", "1", atol=0.2),
        "replicates would be needed",
    ),
]


@pytest.mark.parametrize(
    ("check", "why"), [row[1:] for row in FALSE], ids=[row[0] for row in FALSE]
)
def test_a_false_statement_does_not_hold(check: dict[str, object], why: str) -> None:
    found = tried(check)
    assert found.verdict is not Verdict.HOLDS
    assert why in " ".join(reasons(found, "en"))


TRUE: list[tuple[str, dict[str, object], Verdict]] = [
    (
        "the mean of what is beyond three deviations",
        value(
            "3.2831",
            "where(x > 3,x,0)",
            "3",
            let={"x": "normal(0,1,[reps])"},
            rtol=0.02,
            statistic="ratio",
            over="where(x > 3,1,0)",
            meant="of those alone",
        ),
        Verdict.HOLDS,
    ),
    (
        "a draw that scatters by a little more than the tolerance",
        value("2", "2+0.15*normal(0,1,[reps])", "3"),
        Verdict.HOLDS,
    ),
    (
        "nothing, within half of what the draws scatter by, which lie beside it",
        value("0", "normal(0.2,1,[reps])", "3", atol=0.5),
        Verdict.HOLDS,
    ),
    (
        "next to nothing, further from 0 than it scatters",
        value("0", "1e-4+1e-5*normal(0,1,[reps])", "1", atol=0.01),
        Verdict.HOLDS,
    ),
    (
        "a fifth, for nothing, with a reason",
        value("0", "normal(0.2,0.01,[reps])", "9", atol=0.3, because="coarse"),
        Verdict.HOLDS,
    ),
    (
        "a gradient kept at width 1 and depth 20",
        measured("1", "0.5", linear(1, 20, "gradient_factor")),
        Verdict.UNDECIDED,
    ),
    (
        "a chance of 2^-22",
        value("2**-22", "uniform(0,4,[reps]) < 2**-20", "1e-4", atol=2e-5, because="rare"),
        Verdict.HOLDS,
    ),
    (
        "nearly sure",
        value("1", "uniform(0,1,[reps]) > 1e-7", "0.9", atol=0.001),
        Verdict.HOLDS,
    ),
    (
        "a constant of four digits",
        measured("0.2887", "0.4", {"also": "1/sqrt(12)"}, rtol=0.01),
        Verdict.HOLDS,
    ),
    (
        "a mean of a log-normal draw with a spread of 1/2, by four terms",
        value("exp(0.125)", "exp(0.25*sum(normal(0,1,[reps,4]),axis=1))", "1", rtol=0.02),
        Verdict.HOLDS,
    ),
    (
        "the mean of a squared uniform draw",
        value("1/3", "uniform(0,1,[reps])**2", "1/2", rtol=0.02),
        Verdict.HOLDS,
    ),
    (
        "an exponential draw with a chance of 1 in 100 to be ten times as large",
        value("1.1", "exponential(1,[reps])*(1+10*(uniform(0,1,[reps]) < 0.01))", "0.5"),
        Verdict.HOLDS,
    ),
    (
        "the square of a normal draw that is kept or not",
        value("2", "(normal(0,1,[reps])*(uniform(0,1,[reps]) < 0.5)/0.5)**2", "1"),
        Verdict.HOLDS,
    ),
    (
        "the square of a leaky draw",
        value("0.505", "where(x < 0,0.1*x,x)**2", "1", let={"x": "normal(0,1,[reps])"}),
        Verdict.HOLDS,
    ),
    (
        "a normal draw and an even coin",
        value("0.5", "normal(0,1,[reps])+(uniform(0,1,[reps]) < 0.5)", "1", atol=0.05),
        Verdict.HOLDS,
    ),
    (
        "a rectified draw and a seldom 3",
        value(
            "0.699", "relu(normal(0,1,[reps]))+where(uniform(0,1,[reps]) < 0.1,3,0)", "1", atol=0.02
        ),
        Verdict.HOLDS,
    ),
]


@pytest.mark.parametrize(
    ("check", "verdict"), [row[1:] for row in TRUE], ids=[row[0] for row in TRUE]
)
def test_a_true_statement_is_not_lost(check: dict[str, object], verdict: Verdict) -> None:
    found = tried(check)
    assert found.verdict is verdict, reasons(found, "en")
