"""A key with noise inside is no sample; a sample that only looks like one is."""

from math import inf

import pytest

from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis
from studytool.packs.methods import OWN_EXPERIMENTS, Measurement, SampleCheck
from studytool.packs.statistic import Statistic
from studytool.verification.noise import holds_key_in_noise, is_little_noise, own_spread
from studytool.verification.rule import PredictedNumber
from tests.rows import all_rows
from tests.verification.test_false_experiments import _own

SCOPE = {"a": 3.0, "b": 5.0, "n": 4.0}
N = "normal(0,1,[reps])"


def _sample(text: str, statistic: str = "mean", over: str | None = None) -> SampleCheck:
    return SampleCheck(sample=text, statistic=Statistic(statistic), over=over)


@all_rows(
    ("key", "check", "is_key"),
    [
        (3 / 8, _sample(f"3/(a+b+1e-3*{N})"), True),
        (3 / 8, _sample(f"3/(a+b+1e-7*{N})"), True),
        (3 / 8, _sample("3/(normal(a,0.01,[reps])+b)"), True),
        (3 / 8, _sample("3/(mean(uniform(a-1,a+1,[reps,9]),axis=1)+b)"), True),
        (3 / 8, _sample("3/(normal(a,0.01,[reps])+b)", "median"), True),
        (3 / 8, _sample("3/normal(a,0.01,[reps])", "ratio", "1+b/a+0*normal(1,1,[reps])"), True),
        (3 / 8, _sample("exp(log(3)-log(gamma(1000*a,0.001,[reps])+b))"), True),
        (3 / 8, _sample(f"3/(a+b)+1e-6*{N}"), True),  # straight, and next to nothing
        # straight in each draw
        (12.0, _sample("sum(normal(a,0.3,[reps,n]),axis=1)"), False),
        (15.0, _sample("normal(a,0.1,[reps])*normal(b,0.1,[reps])"), False),
        # bent, with a mean of its own
        (9.01, _sample("normal(a,0.1,[reps])**2"), False),
        (1 / 4, _sample("exponential(1,[reps])/(exponential(1,[reps])+3)"), False),  # far spread
        (9.0, _sample("normal(0,a,[reps])", "variance"), False),
        (8.0, _sample("poisson(a,[reps])+poisson(b,[reps])"), False),
        (3 / 8, _sample("sqrt(a-normal(9,0.1,[reps]))"), False),  # no number at the middle
    ],
)
def test_a_key_with_noise_inside(key: float, check: SampleCheck, *, is_key: bool) -> None:
    assert holds_key_in_noise(check, SCOPE, key) is is_key


@pytest.mark.parametrize(("value", "is_key"), [
    (f"3/(8+x*1e-3*{N})", True), ("3/8+x", False), ("3/8", False),
])  # fmt: skip
def test_a_key_with_noise_inside_an_experiment(value: str, *, is_key: bool) -> None:
    own = {"p/own": _own(N, value, {"x": f"0.5*x+{N}"}, repeat="3")}
    check = Measurement.model_validate(
        {"experiment": "own", "quantity": "m"}, context={OWN_EXPERIMENTS: own}
    )
    assert holds_key_in_noise(check, {}, 3 / 8) is is_key


def test_nothing_is_said_of_the_core() -> None:
    check = Measurement.model_validate({"experiment": "ball_projection", "quantity": "l2_norm"})
    assert not holds_key_in_noise(check, {}, 1.0)


@all_rows(
    ("check", "spread"),
    [
        (_sample(f"0.3+0.006*{N}"), 0.006),
        (_sample("uniform(0.29,0.31,[reps])"), 0.0058),
        (_sample(f"0.3*exp(0.01*{N})", "median"), 0.003),
        (_sample("normal(0.3,0.006,[reps])", "ratio", "normal(1,0.001,[reps])"), 0.006),
        (_sample("0.3+mean(normal(0,0.02,[reps,400]),axis=1)"), 0.02),  # before it is averaged
        (_sample(f"0.3+0.006*{N}+0*sum(normal(0,1,[reps,99]),axis=1)"), 0.006),  # that tells most
        (_sample("prod(normal(0,1,[reps,2]),axis=1)"), 2**0.5),  # 0 where each is its mean
        (_sample("5"), inf),
        (_sample("normal(0,1,[1])+a"), inf),  # shared by the replicates
        (_sample(f"{N}/(a-3)"), inf),
        (_sample("normal(0,a,[reps])", "variance"), inf),
    ],
)
def test_what_one_draw_moves(check: SampleCheck, spread: float) -> None:
    assert own_spread(check, SCOPE) == pytest.approx(spread, rel=0.4)  # of 61 rows


@all_rows(
    ("scale", "tolerance", "is_number"),
    [
        (0.004, 0.015, True),
        (0.05, 0.015, False),
        (0.006, 0.001, False),  # its tolerance sees the draws
        (0.001, 1e-5, True),  # it does, but they are a 300th of the number
        (0.05, 0.2, False),  # a wide tolerance makes no number of it
    ],
)
def test_a_number_with_noise_beside_it(scale: float, tolerance: float, *, is_number: bool) -> None:
    check = _sample(f"0.3+{scale}*{N}")
    found = Estimate(0.3, scale / 64, 4096, basis=Basis.STUDENT)
    predicted = PredictedNumber(0.3, tolerance)
    assert is_little_noise(check, SCOPE, found, predicted) is is_number


@all_rows(
    ("check", "found"),
    [
        (_sample("mean(normal(0.3,0.5,[reps,900]),axis=1)"), Estimate(0.3, 2e-4, 4096)),
        (
            _sample("normal(0.3,0.001,[reps])>0"),
            Estimate(0.3, 0, 4096, basis=Basis.CLOPPER_PEARSON),
        ),
    ],
)
def test_a_sample_that_hardly_varies(check: SampleCheck, found: Estimate) -> None:
    assert not is_little_noise(check, SCOPE, found, PredictedNumber(0.3, 0.015))
