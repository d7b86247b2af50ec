"""Random points: where they lie, and what a formula shows there that is not the key's own."""

import sys

import numpy as np
import pytest

from studytool.formula.parse import parse, parse_once
from studytool.formula.points import Points
from studytool.formula.random_points import (
    POINTS,
    has_steps,
    is_broken,
    is_share,
    quotient,
    spread,
)
from studytool.numerics.arrays import Array

A = spread("a", (0.3, 2.5))


@pytest.mark.parametrize(
    ("known", "low", "high", "whole"),
    [
        ((0.2, 0.7), 0.1, 0.85, False),  # between half the least and half way to 1
        ((0.0, 1.0), 0.0, 1.0, False),  # what lies in [0, 1] stays there
        ((3.0, 8.0), 1.0, 12.0, True),  # whole ones stay whole, up to four more
        ((2.0,), 1.0, 6.0, True),
        ((8.0,), 6.0, 12.0, True),  # from two less
        ((-3.0, -8.0), -12.0, -1.0, True),  # of the same sign
        ((1.5, 4.0), 1.05, 5.6, False),  # 0.7 to 1.4 times
        ((-1.5, -4.0), -5.6, -1.05, False),
        ((1e-3, 4.0), 0.349, 5.6, False),  # a quarter of how they scatter is the least, 0.7 times
    ],
)
def test_where_points_lie(
    known: tuple[float, ...], low: float, high: float, *, whole: bool
) -> None:
    for name in ("a", "width", "keep", "x"):
        drawn = spread(name, known)
        assert drawn.shape == (POINTS,)
        assert low <= drawn.min() < drawn.max() <= high
        assert np.array_equal(drawn, np.round(drawn)) is whole


@pytest.mark.parametrize(
    ("text", "let", "nears"),
    [
        ("(exp(a*h)-1)/h", {"h": "1e-6"}, True),  # a difference quotient: a, all but
        ("(a**2+h)/a", {"h": "1e-9"}, True),  # a, all but
        ("(a**2+h)/a", {"h": "1e-12"}, True),  # longer steps show it, shorter ones would not
        ("log(-a)+h", {"h": "1e-6"}, False),  # nowhere a number
        ("a*2", {}, False),  # no step at all
        ("a*h", {"h": "1e-6"}, False),  # the step itself counts
        ("a*h/h", {"h": "1e-6"}, False),  # it falls out
        ("a+h", {"h": "0.5"}, False),  # too long: a little more shows already
        ("a*2", {"h": "1e-6"}, False),
        ("a-a+0*h", {"h": "1e-6"}, False),  # 0 everywhere, and no warning of 0/0
    ],
)
def test_a_formula_that_nears_its_value_by_steps(
    text: str, let: dict[str, str], *, nears: bool
) -> None:
    points = Points({"a": A}, {name: parse(one) for name, one in let.items()})
    assert has_steps(parse(text), points) is nears


def test_steps_are_found_without_masked_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """NumPy's median and quantile import them, which takes longer than the claim they are for."""
    monkeypatch.delattr(np, "ma", raising=False)
    monkeypatch.setitem(sys.modules, "numpy.ma", None)  # whoever imports them fails
    points = Points({"a": A}, {"h": parse("1e-9")})
    assert has_steps(parse("(a**2+h)/a"), points)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("a+2*exp(a)", False),
        ("sum(a)", False),
        ("a > 1", True),
        ("1 if a > 1 else 2", True),
        ("max(a, 0)", True),
        ("exp(floor(a))", True),  # however deep
        ("where(a, 1, 2)+1", True),
    ],
)
def test_what_may_be_constant_at_the_points_and_another_number_elsewhere(
    text: str, *, broken: bool
) -> None:
    assert is_broken(parse(text)) is broken


ZEROS = np.zeros(POINTS)


@pytest.mark.parametrize(
    ("one", "other", "key", "holds"),
    [
        (6 * A, 2 * A, 3 + ZEROS, True),
        (6 * A * A, 2 * A, 3 * A, True),
        (6.06 * A * A, 2 * A, 3 * A, True),  # within 1 %
        (7 * A * A, 2 * A, 3 * A, False),
        (6 * A, A, 3 * A, False),
        (ZEROS, ZEROS, 3 * A, False),  # no ratio anywhere
        (A, ZEROS, 3 * A, False),
    ],
)
def test_two_factors_whose_ratio_is_the_key(
    one: Array, other: Array, key: Array, *, holds: bool
) -> None:
    assert is_share(one, other, key) is holds


def test_a_quotient_takes_draws_of_one_law_for_one_number() -> None:
    points = Points({"a": A})
    one, other = (
        parse_once(text, draws=True) for text in ("a*normal(0, 1, [9])", "normal(0, 1, [9])")
    )
    assert quotient(one, other, points) == pytest.approx(A, rel=1e-12)
    apart = points.of(one.tree).at / points.of(other.tree).at
    assert not np.allclose(apart, A)
    assert np.isinf(quotient(parse("a"), parse("a-a"), points)).all()  # without a warning


def test_points_reach_beyond_what_is_known() -> None:
    """Half way to 0 and to 1; whole ones down to 1, and never to another sign."""
    names = ("a", "width", "keep", "x", "y", "z")
    drawn = np.concatenate([spread(name, (0.2, 0.7)) for name in names])
    assert drawn.min() < 0.15
    assert drawn.max() > 0.8
    assert min(spread(name, (2.0,)).min() for name in names) == 1.0
    assert all((spread(name, (0.0, 5.0)) > 0).all() for name in names)
