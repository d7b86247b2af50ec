"""What corners settle: never by luck, where they disagree or two values are one."""

from itertools import permutations

import pytest

from studytool.quiz.axis import Leeway, ShownValue
from studytool.quiz.pairs import share_of_pairs, turned_pairs
from studytool.quiz.settling import settle_options, settle_order, settle_value, truths_of
from studytool.quiz.simulation import Corner


def _corners(*values: float) -> list[Corner]:
    return [{"x": value} for value in values]


@pytest.mark.parametrize(
    ("values", "several", "held"),
    [
        ((1, 2, 3), False, {"low"}),
        ((1, 2, 5), False, None),  # the corners disagree
        ((5, 6, 7), False, {"high"}),
        ((0.5,), True, {"low", "tiny"}),
        ((0.5,), False, None),  # two hold
        ((20,), True, {"high", "huge"}),
        ((4,), True, None),  # none holds
    ],
)
def test_options_hold_at_every_corner(
    values: tuple[float, ...], held: set[str] | None, *, several: bool
) -> None:
    whens = {"low": "x < 4", "tiny": "x < 0.6", "high": "x > 4", "huge": "x > 10"}
    settled = settle_options(whens, _corners(*values), several=several)
    assert settled == (None if held is None else frozenset(held))


def test_all_options_right_ask_nothing() -> None:
    assert settle_options({"a": "x > 0", "b": "x > 1"}, _corners(2), several=True) is None


@pytest.mark.parametrize(
    ("values", "ascending", "order"),
    [
        (("x", "2", "3*x"), True, "acb"),
        (("x", "2", "3*x"), False, "bca"),
        (("x", "0.45", "3*x"), True, None),  # 0.5 and 0.4 lie on either side of it
        (("x", "x", "3"), True, None),  # one value twice
        (("1.4-1-0.4", "0", "3"), True, None),  # but for the rounding of 1.4 − 1
        (("1e-300", "0", "3e-300"), True, "bac"),  # tiny, and apart
        (("1e12", "1e12+1", "1e13"), True, None),  # a trillionth apart
    ],
)
def test_an_order_without_ties(
    values: tuple[str, ...], order: str | None, *, ascending: bool
) -> None:
    things = dict(zip("abc", values, strict=True))
    settled = settle_order(things, _corners(0.4, 0.5, 0.6), ascending=ascending)
    assert settled == (None if order is None else tuple(order))


def test_a_value_has_its_ends_from_the_corners() -> None:
    corners = _corners(-1.0, -0.9, -0.8)
    shown = settle_value("10**x", corners, Leeway(factor=3.0))
    assert shown == ShownValue(10**-0.9, 10**-1.0, 10**-0.8)
    assert settle_value("10**x", corners, Leeway(factor=1.5)) is None


def test_pairs_against_their_definition() -> None:
    right = "abcd"
    for answer in permutations(right):
        stand = [answer.index(one) < answer.index(other) for one in right for other in right
                 if one < other]  # fmt: skip
        assert share_of_pairs(answer, right) == pytest.approx(sum(stand) / 6)
        assert len(turned_pairs(answer, right)) == 6 - sum(stand)
    assert turned_pairs("abdc", right) == [("c", "d")]
    assert share_of_pairs("dcba", right) == 0


@pytest.mark.parametrize(
    ("whens", "values", "truths"),
    [
        ({"in": "abs(x-0.95) < 0.02"}, (0.81, 0.92, 1.03), None),  # it holds within alone
        ({"out": "abs(x-0.95) > 0.02"}, (0.81, 0.92, 1.03), None),  # and this does not
        ({"in": "abs(x-0.95) < 0.02"}, (0.94, 0.95, 0.96), {"in": True}),
        ({"in": "abs(x-0.95) < 0.02"}, (0.2, 0.3, 0.4), {"in": False}),
        ({"in": "x == 0.95"}, (0.95,), {"in": True}),  # exact, so nothing is between
        ({"form": "soft_threshold(x, 0.1) > 0"}, (1, 2, 3), {"form": True}),  # at the corners
    ],
)
def test_between_the_corners_a_limit_on_both_sides_is_seen(
    whens: dict[str, str], values: tuple[float, ...], truths: dict[str, bool] | None
) -> None:
    assert truths_of(whens, _corners(*values)) == truths
