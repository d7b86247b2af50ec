"""Student's t and χ² beside their closed forms at few degrees of freedom, and at their ends."""

from math import atan, erfc, exp, gamma, inf, isfinite, pi, sqrt, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.numerics.distributions import chi2_cdf, chi2_quantile, t_cdf, t_quantile
from tests.rows import all_rows

POINTS = [1e-9, 0.01, 0.3, 0.9999, 1.0, 1.7, 3.0, 9.5, 60.0, 1e4]


@all_rows("t", [-1e6, -3.0, -0.2, 0.0, *POINTS])
def test_t_of_one_and_two_degrees_against_closed_forms(t: float) -> None:
    cauchy = 0.5 + atan(t) / pi if t > -10 else atan(-1 / t) / pi
    of_two = 0.5 + t / (2 * sqrt(2 + t * t)) if t > -10 else 1 / (t * t + 2 - t * sqrt(2 + t * t))
    assert t_cdf(t, 1) == pytest.approx(cauchy, rel=1e-12)
    assert t_cdf(t, 2) == pytest.approx(of_two, rel=1e-12)


@pytest.mark.parametrize("x", POINTS)
def test_chi2_of_even_degrees_against_closed_forms(x: float) -> None:
    assert chi2_cdf(x, 2) == pytest.approx(1 - exp(-x / 2), rel=1e-12, abs=1e-16)
    of_four = 1 - (1 + x / 2) * exp(-x / 2)
    assert chi2_cdf(x, 4) == pytest.approx(of_four, rel=1e-12, abs=1e-15)


@all_rows("x", [0.3, 1.7, 3.0, 8.2, 12.0, 30.0, 60.0])
def test_chi2_and_what_lies_above_it_by_sums(x: float) -> None:
    """Of 2k degrees e^(−x/2)·Σ (x/2)ʲ/j!; of odd ones erfc and a sum over halves."""
    half = x / 2
    above = {
        6: exp(-half) * (1 + half + half**2 / 2),
        10: exp(-half) * sum(half**j / gamma(j + 1) for j in range(5)),
        1: erfc(sqrt(half)),
        5: erfc(sqrt(half)) + exp(-half) * sum(half ** (j - 0.5) / gamma(j + 0.5) for j in (1, 2)),
    }
    for df, share in above.items():
        assert chi2_cdf(x, df) == pytest.approx(1 - share, rel=1e-12)
        if 1e-9 < share < 0.5:
            assert chi2_quantile(1 - share, df) == pytest.approx(x, rel=1e-7)


@pytest.mark.parametrize("p", [1e-9, 0.01, 0.2, 0.25, 0.2500001, 0.49, 0.5, 0.51, 0.75, 0.76, 0.99])
def test_quantiles_against_closed_forms(p: float) -> None:
    assert t_quantile(p, 1) == pytest.approx(-1 / tan(pi * p), rel=1e-9, abs=1e-15)
    of_two = (2 * p - 1) / sqrt(2 * p * (1 - p))
    assert t_quantile(p, 2) == pytest.approx(of_two, rel=1e-9, abs=1e-15)


@given(
    p=st.floats(1e-12, 1 - 1e-12),
    df=st.floats(0.5, 1e6) | st.integers(1, 40).map(float),
)
def test_a_quantile_is_where_its_distribution_reaches_it(p: float, df: float) -> None:
    t, x = t_quantile(p, df), chi2_quantile(p, df)
    assert isfinite(t)
    assert t_cdf(t, df) == pytest.approx(p, rel=1e-8)
    assert chi2_cdf(x, df) == pytest.approx(p, rel=1e-8)
    if 1 - (1 - p) == p:
        assert t_quantile(1 - p, df) == -t


def test_the_ends() -> None:
    assert (t_cdf(inf, 3), t_cdf(-inf, 3), t_cdf(0, 3)) == (1.0, 0.0, 0.5)
    assert (chi2_cdf(0, 3), chi2_cdf(-1, 3), chi2_cdf(inf, 3)) == (0.0, 0.0, 1.0)
    assert t_quantile(0.5, 3) == 0.0
    assert chi2_quantile(1e-200, 1) < 1e-300  # π/2·1e-400


@pytest.mark.parametrize(("p", "df"), [
    (0.0, 3.0), (1.0, 3.0), (-0.1, 3.0), (1.1, 3.0), (0.3, 0.0), (0.3, -1.0), (0.3, 1.1e6),
    (0.3, 0.09),
])  # fmt: skip
def test_what_has_no_quantile(p: float, df: float) -> None:
    for quantile in (t_quantile, chi2_quantile):
        with pytest.raises(ValueError, match=r"^-?[0-9.]+$"):
            quantile(p, df)


@pytest.mark.parametrize(("p", "df"), [
    (1e-200, 1.0), (1e-16, 0.1), (5e-324, 1.0),
    (1 / (pi * 1.05e150), 1.0),  # of the Cauchy law at 1.05e150, just beyond
])  # fmt: skip
def test_a_quantile_too_far_out_is_refused(p: float, df: float) -> None:
    with pytest.raises(OverflowError):
        t_quantile(p, df)


def test_quantiles_far_out_by_their_leading_terms() -> None:
    """Of the Cauchy law 1/(πp); of t with 3 degrees (2√3/(πp))^(1/3); of χ² with 2, 2p."""
    assert t_quantile(1e-149, 1) == pytest.approx(-1e149 / pi, rel=1e-9)
    assert t_quantile(1e-300, 3) == pytest.approx(
        -((2 * sqrt(3) / pi * 1e300) ** (1 / 3)), rel=1e-9
    )
    assert chi2_quantile(1e-300, 2) == pytest.approx(2e-300, rel=1e-9)
    assert chi2_quantile(1e-320, 2) == pytest.approx(2e-320, rel=1e-3)  # few digits are left there


def test_the_least_degrees_of_freedom() -> None:
    """Of χ² with 0.1 degrees (x/2)^0.05/Γ(1.05) near 0."""
    assert chi2_cdf(1e-9, 0.1) == pytest.approx(5e-10**0.05 / gamma(1.05), rel=1e-9)
    assert t_quantile(t_cdf(-1e9, 0.1), 0.1) == pytest.approx(-1e9, rel=1e-6)


@pytest.mark.oracle
def test_distributions_against_scipy() -> None:
    stats = pytest.importorskip("scipy.stats", reason="the oracle group is not installed")
    for df in (0.5, 1, 3, 7.5, 30, 1000, 1e5):
        for p in (1e-20, 1e-6, 0.01, 0.25, 0.3, 0.5000001, 0.9, 0.975, 0.999999):
            assert t_quantile(p, df) == pytest.approx(float(stats.t.ppf(p, df)), rel=1e-8)
            assert chi2_quantile(p, df) == pytest.approx(float(stats.chi2.ppf(p, df)), rel=1e-8)
        for x in (0.1, 1, 5, 30, 200):
            assert t_cdf(-x, df) == pytest.approx(float(stats.t.cdf(-x, df)), rel=1e-8)
            assert chi2_cdf(x, df) == pytest.approx(float(stats.chi2.cdf(x, df)), rel=1e-8, abs=0)


@pytest.mark.parametrize("df", [0.5, 2.5, 5.0, 20.0, 300.0])
def test_quantiles_lead_back_to_their_chance(df: float) -> None:
    """Between the ends that a search begins with, on both sides of the middle and far out."""
    for p in (1e-30, 0.01, 0.26, 0.4, 0.500001, 0.51, 0.6, 0.99):
        assert chi2_cdf(chi2_quantile(p, df), df) == pytest.approx(p, rel=1e-10)
        assert t_cdf(t_quantile(p, df), df) == pytest.approx(p, rel=1e-10)


def test_many_degrees_of_freedom() -> None:
    """SciPy 1.17.1: t.cdf(2, 1e6)."""
    assert t_cdf(2, 1e6) == pytest.approx(0.9772497330743, rel=1e-10)
