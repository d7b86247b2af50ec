"""Conditions over boxes: what is said of all points is true of each point that is tried."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import FormulaError
from studytool.formula.evaluate import evaluate_number
from studytool.formula.intervals import Interval
from studytool.formula.parse import parse
from studytool.formula.truth import UnknownRangeError, truth_over
from tests.rows import all_rows

WIDE = {
    "x": Interval(0.8, 1.1),
    "y": Interval(-1.0, 2.0),
    "n": Interval(4.0, 4.0),
    "z": Interval(-1.0, 1.0),
}


@all_rows(("text", "truth"), [
    ("abs(x-0.95) < 0.02", None),  # within alone: at neither end, nor in the middle
    ("abs(x-0.94) < 0.02", None),
    ("abs(x-0.95) > 0.02", None),  # without alone
    ("abs(x-0.95) < 0.16", True),
    ("abs(x-2) < 0.02", False),
    ("x > 0.9 and x < 0.91", None),
    ("x < 0.9 or x > 0.91", None),
    ("x < 0.9 or x > 0.7", True),
    ("not x > 2", True),
    ("0.7 < x < 1.2", True),
    ("0.7 < x < 1", None),
    ("x == 1", None),
    ("x != 3", True),
    ("x <= 1.1", True),
    ("x >= 1.1", None),  # at the end alone
    ("x", True),  # any number but 0
    ("y", None),
    ("n == 2**2", True),  # points are computed
    ("n == 4.000000000000001", True),  # one decimal: 8 units in the last place apart at most
    ("n < 4.000000000000001", False),
    ("n < 4.00000000000001", True),
    ("x < 1.1000000000000003", None),  # of the end alone it is not true: it is that decimal
    ("x == 1.1000000000000003", None),
    ("x < 1.100000000000003", True),
    ("x <= 1.1000000000000003", True),
    ("comb(n, 2) == 6 and -x < 0", True),
    ("x-x < 0.05", True),  # in parts, since x stands twice
    ("z-z < 0.2", True),  # on both sides of 0
    ("z-z < 0.0626", True),  # 32 parts of one width, and what they are parts of
    ("z-z < 0.0624", None),
    ("z-z < 1.1 and x > 0", True),  # each name in its turn
    ("+x > 0", True),
    ("1 if x > 0 else y", True),
    ("1 if x > 1 else y", None),
    ("1 if x > 1 else 2", True),
    ("min(x, 5) < pi", True),
    ("(x > 0)+(y > -2) == 2", True),
    ("y**2 < 0.0001", None),
])  # fmt: skip
def test_truth(text: str, truth: bool | None) -> None:  # noqa: FBT001 - a row of a table
    assert truth_over(parse(text), WIDE) is truth


@pytest.mark.parametrize(("text", "truth"), [
    ("a-a < 0.0006 and b > -1", True),  # the narrow side is halved as soon as the wide one
    ("b-b < 600 and a > -1", True),
    ("a-a < 0.0006 and b-b < 600", True),
    ("tiny < small", True),
    ("large < larger", None),  # a last place apart at one corner: that is one decimal
])  # fmt: skip
def test_sides_of_other_sizes(text: str, *, truth: bool | None) -> None:
    box = {
        "a": Interval(0.0, 1e-3), "b": Interval(0.0, 1e3),
        "tiny": Interval(1e-20, 2e-20), "small": Interval(3e-20, 4e-20),
        "large": Interval(9e19, 1e20), "larger": Interval(1e20 + 16_384, 2e20),
    }  # fmt: skip
    assert truth_over(parse(text), box) is truth


def test_a_function_of_unknown_values_is_named() -> None:
    with pytest.raises(UnknownRangeError, match="soft_threshold"):
        truth_over(parse("soft_threshold(x, 0.1) > 0"), WIDE)


_numbers = st.sampled_from(["0", "0.5", "1", "2"])
_values = st.recursive(
    st.sampled_from(["x", "y", "-x", "x*y", "x+y"]) | _numbers,
    lambda inner: (
        st.builds("{1}({0})".format, inner, st.sampled_from(["abs", "exp", "sign", "tanh"]))
        | st.builds("({0}){2}({1})".format, inner, inner, st.sampled_from("+-*/"))
        | st.builds("min({0}, {1})".format, inner, inner)
    ),
    max_leaves=4,
)
_compared = st.builds(
    "{0} {2} {1}".format, _values, _values, st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
)
_conditions = _compared | st.builds(
    "{0} {2} not {1}".format, _compared, _compared, st.sampled_from(["and", "or"])
)
_ends = st.floats(-2, 2)


@given(_conditions, _ends, _ends, _ends, _ends)
def test_nothing_is_said_that_one_point_refutes(
    text: str, a: float, b: float, c: float, d: float
) -> None:
    box = {"x": Interval(min(a, b), max(a, b)), "y": Interval(min(c, d), max(c, d))}
    formula = parse(text)
    said = truth_over(formula, box)
    if said is None:
        return
    sides = [
        [min(side.low + (side.high - side.low) * part / 6, side.high) for part in range(7)]
        for side in box.values()
    ]
    for point in product(*sides):
        try:
            value = evaluate_number(formula, dict(zip(box, point, strict=True)))
        except FormulaError:
            continue
        assert bool(value) is said
