"""The key inside a sample: as it stands, in pieces, behind names, in a law's parameter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.formula.parse import parse, parse_once
from studytool.formula.parts import (
    KeyPart,
    KeyValues,
    _multiple,
    find_key,
    find_multiple,
    walk,
)
from studytool.formula.points import Points
from studytool.formula.random_points import spread
from studytool.formula.shares import fixed_factor
from tests.rows import all_rows

NAMES = {name: spread(name, known) for name, known in {"a": (64, 16), "b": (32, 10)}.items()}
KEY = "2/(a+b)"


def find(sample: str, key: str = KEY, **let: str) -> KeyPart | None:
    points = Points(NAMES, {name: parse(one, draws=True) for name, one in let.items()})
    formula, at = parse_once(key).tree, Points(NAMES)
    inside = tuple(at.of(node).at for node in walk(formula) if node is not formula)
    values = KeyValues(at.of(formula).at, inside)
    return find_key(parse_once(sample, draws=True).tree, points, values)


@all_rows(
    ("sample", "let", "form"),
    [
        ("2/(a+b)+normal(0,1,[reps])", {}, "{key}"),
        ("2/(a+b)*exponential(1,[reps])", {}, "{key}"),
        ("normal(2/(a+b),1,[reps])", {}, "{key}"),
        ("normal(0,sqrt(2/(a+b)),[reps])", {}, "sqrt({key})"),
        ("normal(0,1,[reps])*sqrt(2)/sqrt(b+a)", {}, "sqrt({key})"),  # in pieces
        ("normal(0,sqrt(2),[reps])/sqrt(a+b)", {}, "sqrt({key})"),  # half in a law
        ("uniform(0,4/(a+b),[reps])/2", {}, "{key}"),
        ("uniform(-2,2,[reps])/(a+b)", {}, "{key}"),
        ("exponential(2,[reps])/(a+b)", {}, "{key}"),
        ("gamma(3,2,[reps])/(a+b)", {}, "{key}"),
        ("2*u/(a+b)", {"u": "exponential(1,[reps])"}, "{key}"),
        ("u/(a+b)", {"u": "2*exponential(1,[reps])"}, "{key}"),  # half behind a name
        ("mean(2*normal(1,1,[reps,4]),axis=1)/(a+b)", {}, "{key}"),  # half inside a sum
        ("median(2*normal(1,1,[reps,4]),axis=1)/(a+b)", {}, "{key}"),
        ("var(normal(0,1,[reps,4])*sqrt(2),axis=1)/(a+b)", {}, "{key}"),
        ("1+normal(0,1,[reps])-(a+b-2)/(a+b)", {}, "{key}"),  # in two terms
        ("u+2-(2*a+2*b-2)/(a+b)", {"u": "normal(0,1,[reps])"}, "{key}"),
        ("uniform(0,1,[reps]) < 2/(a+b)", {}, "{key}"),
        ("bernoulli(2/(a+b),[reps])", {}, "{key}"),
        ("bernoulli(1-2/(a+b),[reps])", {}, "1-({key})"),
        ("where(u>3,0,v)", {"u": "normal(0,1,[reps])", "v": "he_variance(a+b)+u"}, None),
        ("he_variance(a+b)+normal(0,1,[reps])", {}, "{key}"),  # by another form of that value
        ("exp(log(2)-log(a+b)+normal(0,1,[reps]))", {}, "log({key})"),
        ("exp(-log(a+b)+normal(0,1,[reps])+log(2))", {}, "log({key})"),
        ("normal(0,1,[reps])/((a+b)/2)", {}, "{key}"),
        ("2.04/(a+b)+normal(0,1,[reps])", {}, "{key}"),  # within what a tolerance forgives
        ("2/(a+b)+0.00001*a+normal(0,1,[reps])", {}, "{key}"),
        ("normal(0,1,[reps])*((a+b)/2)", {}, "1/({key})"),
    ],
)
def test_found(sample: str, let: dict[str, str], form: str | None) -> None:
    found = find(sample, **let)
    if form is None:  # it stands behind the name, which is a formula of its own
        found, form = find(let["v"], **let), "{key}"
    assert found is not None
    assert found.form == form


@all_rows(
    ("sample", "key"),
    [
        ("sum(normal(0,1,[reps,a])*normal(0,1,[reps,a]),axis=1)**2", "a*b"),
        ("normal(0,1,[reps])*a", "a"),  # a name alone: N(0, a) has the spread a
        ("normal(a,1,[reps])", "a"),
        ("relu(normal(0,a,[reps]))**2", "a**2/2"),
        ("uniform(-sqrt(6/(a+b)),sqrt(6/(a+b)),[reps])", KEY),  # whether 6 gives 2 is the question
        ("sum(normal(0,1,[reps,2*a])**2,axis=1)", "2*a"),  # as many draws as that
        ("h*bernoulli(0.3,[reps])/0.3", "a*(1-0.3)/0.3"),
        ("3/(a+b)+normal(0,1,[reps])", KEY),
        ("normal(0,a,[reps])*normal(0,b,[reps])", "a**2*b**2"),  # of two laws: a statement
        ("normal(a,1,[reps])+normal(b,1,[reps])", "a+b"),
        ("u*u", "a**2"),  # a power of one name
        ("normal(a,1,[reps])+0", "a"),
        ("normal(0,1,[reps])*(a+b)", "1/(a+b)"),  # what the key is made of is not the key
        ("normal(a/b,1,[reps])", "exp(a/b)"),
        ("uniform(0,1,[reps])*a < 1", "1/a"),  # where it turns at a name alone
        ("c*v", "c"),  # a name alone, though it stands for a quotient
    ],
)
def test_not_found(sample: str, key: str) -> None:
    let = {"c": "a/3"}
    assert (
        find(sample, let.get(key, key), u="normal(0,a,[reps])", v="normal(0,1,[reps])", **let)
        is None
    )


def multiple(sample: str, key: str, *, is_composed: bool = True) -> KeyPart | None:
    formula, at = parse_once(key).tree, Points(NAMES)
    inside = tuple(at.of(node).at for node in walk(formula) if node is not formula)
    values = KeyValues(at.of(formula).at, inside, is_composed)
    draws = {name: parse_once("uniform(0,1,[reps])", draws=True) for name in "uv"}
    return find_multiple(parse_once(sample, draws=True).tree, Points(NAMES, draws), values)


@all_rows(
    ("sample", "key", "found"),
    [
        ("normal(0,1,[reps])+6/(a+b)", KEY, KeyPart(19, "c*({key})")),
        ("uniform(0,1,[reps]) < 6/(a+b)", KEY, KeyPart(24, "c*({key})")),
        ("normal(0,sqrt(6/(a+b)),[reps])", KEY, KeyPart(1, "c*sqrt({key})")),
        ("normal(0,1,[reps])+sqrt(6/(a+b))", KEY, KeyPart(19, "c*sqrt({key})")),
        ("uniform(-sqrt(6/(a+b)),1,[reps])", KEY, KeyPart(9, "c*sqrt({key})")),
        (f"normal(0,1,[reps])+{KEY}", KEY, KeyPart(19, "c*({key})")),  # once the key
        ("uniform(0,1,[reps])*(a+b) < 6", KEY, KeyPart(27, "c*({key})")),  # where it turns
        ("6 >= (a+b)*uniform(0,1,[reps])", KEY, KeyPart(3, "c*({key})")),
        ("uniform(0,1,[reps])*(a+b)-6 < 0", KEY, KeyPart(29, "c*({key})")),
        ("6-(a+b)*u > 1", KEY, KeyPart(11, "c*({key})")),
        ("u*(a+b)+6-a < -a", KEY, KeyPart(13, "c*({key})")),  # by their signs
        ("9/u > a+b", KEY, KeyPart(5, "c*({key})")),
        ("0 < u*(a+b) < 6", KEY, KeyPart(3, "c*({key})")),
        ("u*(a+b) < 6+v", KEY, None),  # of two draws together
        ("uniform(0,a+b,[reps]) < 6", KEY, None),  # the law's own scale
        ("u*(a+b) < 6", "2/(a+2*b)", None),
        ("u < 6", KEY, None),
        ("normal(0,1,[reps])+2/(a-b)", KEY, None),
        ("normal(0,1,[reps])+6/(a+b)**2", KEY, None),
        ("normal(0,1,[reps])+3", KEY, None),
        ("normal(0,1,[reps])+3*(a+b)", "(a+b)*a", None),  # what the key is made of
    ],
)
def test_a_multiple_of_a_composed_key(sample: str, key: str, found: KeyPart | None) -> None:
    assert multiple(sample, key) == found
    assert multiple(sample, key, is_composed=False) is None


def test_the_place() -> None:
    assert find("normal(0,1,[reps])+2/(a+b)") == KeyPart(19, "{key}")
    tree = parse_once("normal(0,1,[reps])*he_variance(a+b)", draws=True).tree
    assert find("normal(0,1,[reps])*he_variance(a+b)") == KeyPart(tree.column, "{key}")


@pytest.mark.parametrize(
    "sample",
    [
        "-(normal(0,1,[reps])*2/(a+b))",
        "mean(2/(a+b)+normal(0,1,[reps,3]),axis=1)",
        "normal(2/(a+b),1,[reps])",
    ],
)
def test_the_whole_that_holds_the_key_is_found_first(sample: str) -> None:
    assert find(sample) == KeyPart(1, "{key}")


@pytest.mark.parametrize(("second", "is_found"), [("1/((a+b)/2)", False), ("2/(a+b)+a", True)])
def test_a_second_formula_may_be_the_key_as_a_whole(second: str, is_found: bool) -> None:  # noqa: FBT001 - a row's verdict
    """How it may be the key is another question; what it holds inside is not."""
    at = Points(NAMES)
    key = KeyValues(at.of(parse_once(KEY).tree).at)
    found = find_key(parse_once(second).tree, Points(NAMES), key, inside=True)
    assert (found is not None and found.form == "{key}") is is_found


def test_a_share_of_two_names() -> None:
    found = find("normal(0,1,[reps])*a/b", "a/b")
    assert found is not None
    assert found.form == "{key}"


def test_a_part_that_is_exactly_0_is_a_key_of_0() -> None:
    assert find("normal(0,1,[reps])+(a-a)", "b-b") == KeyPart(22, "{key}")


def test_a_factor_that_is_no_number_is_no_error() -> None:
    points = Points(NAMES)
    tree = parse_once("normal(0,1,[reps])/(b-b)", draws=True).tree
    assert not np.isfinite(fixed_factor(tree, points)).any()


@pytest.mark.parametrize(("names", "is_found"), [(49, True), (50, False), (3000, False)])
def test_a_long_row_of_names(names: int, is_found: bool) -> None:  # noqa: FBT001 - a row's verdict
    """Half of the key lies behind names of names; far behind it is not looked for."""
    let = {f"x{n}": f"x{n + 1}*1" for n in range(names)}
    found = find("x0/(a+b)", **let, **{f"x{names}": "exponential(1,[reps])*2"})
    assert (found is not None) is is_found


def test_names_that_double_end() -> None:
    """Each name holds the next twice: 2**60 factors, of which a few thousand are looked at."""
    let = {f"x{n}": f"x{n + 1}*x{n + 1}" for n in range(60)}
    assert find("x0", **let, x60="normal(0,1,[reps])") is None


@given(
    st.permutations(["2", "u", "v"]),
    st.sampled_from(["a+b", "b+a", "(2*a+2*b)/2"]),
    st.sampled_from(["{product}/({below})", "1/({below})*{product}"]),
)
def test_factors_in_any_order(factors: list[str], below: str, form: str) -> None:
    sample = form.format(product="*".join(factors), below=below)
    assert find(sample, u="exponential(1,[reps])", v="exponential(1,[reps])") is not None


def test_a_large_key_is_compared_by_its_size() -> None:
    """The root is off by 5 parts in 10¹³ at every point: within rounding, whatever the key's size."""
    found = find("normal(0,sqrt(1000000000.001*(a+b)),[reps])", "1000000000*(a+b)")
    assert found is not None
    assert found.form == "sqrt({key})"


def test_where_the_key_or_a_part_is_0_the_other_points_tell() -> None:
    first = float(NAMES["a"][0])
    beside = f"normal(0,1,[reps])+6/(a+b)*(abs(a-{first!r}) > 1e-9)"
    assert multiple(beside, KEY) is not None
    assert multiple("normal(0,1,[reps])+6/(a+b)", "a-a") is None  # without a warning
    key = np.linspace(1, 2, 16)
    part = np.where(np.arange(16) < 2, 0.0, 3 * key)
    assert _multiple(part, KeyValues(key, (), is_composed=True)) == "c*({key})"
