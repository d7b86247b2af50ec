"""What is right and near about a key: edges in exact decimals, roundings, noise."""

from fractions import Fraction
from math import ulp
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.formula.accuracy import accuracy_of
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse
from studytool.quiz.answer import Number
from studytool.quiz.apart import closeness_of
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey
from studytool.quiz.mark import mark
from studytool.quiz.mark_numbers import mark_number
from studytool.quiz.mark_value import Mark
from studytool.quiz.number_text import write_number
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from studytool.quiz.read_number import read_number
from studytool.quiz.tolerance import Reach, Tolerance, exact, figures_of, reach_of, unit
from tests.cases import first_quick
from tests.quiz.printed_keys import written_keys
from tests.quiz.variants import number_key, numeric_of
from tests.rows import all_rows

STATED: list[dict[str, Any]] = [
    {"relative": 0.01},
    {"relative": 0.0005},
    {"relative": 0, "absolute": 0.05},
    {"relative": 0.01, "absolute": 1e-6},
    *({"relative": 0, "digits": digits} for digits in ("1sf", "3sf", "5sf", "0dp", "2dp", "4dp")),
]
SHOWN = ("1sf", "2sf", "3sf", "6sf", "0dp", "1dp", "2dp", "5dp")


def _key(value: float, stated: dict[str, Any], shown: str, noise: float = 0.0) -> NumberKey:
    asked = stated.get("digits", shown)
    fields = {**stated, "asked": asked, "shown": shown, "noise": noise}
    return number_key(value, text=write_number(value, shown), **fields)


def _not_right(key: NumberKey) -> list[str]:
    """Return what of the key's written forms is not right when it is read."""
    reach = key.reach()
    reads = {text: read_number(text, unit=None, language="en") for text in written_keys(key)}
    return [
        text
        for text, read in reads.items()
        if not (isinstance(read, Number) and read.exact is not None and reach.is_right(read.exact))
    ]


def _typed(key: NumberKey, text: str) -> Mark:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Number), text
    return mark_number(key, read, "en")


@settings(max_examples=50)
@given(
    st.floats(1e-7, 1e7).map(lambda size: float(f"{size:.5e}")),
    st.sampled_from([1, -1]),
    st.sampled_from(STATED),
    st.sampled_from(SHOWN),
)
def test_a_key_is_right_in_every_rounding_to_the_digits_shown_and_asked(
    size: float, sign: int, stated: dict[str, Any], shown: str
) -> None:
    key = _key(sign * size, stated, shown)
    assert _not_right(key) == []


@settings(max_examples=50)
@given(st.integers(1, 10**5), st.sampled_from([8, 16, 40, 1000]), st.sampled_from(STATED))
def test_ties_are_right_on_both_sides(
    numerator: int, denominator: int, stated: dict[str, Any]
) -> None:
    """k/8 and its like end in a 5, which halves go up, to even, or are cut."""
    key = _key(numerator / denominator, stated, "2dp")
    assert _not_right(key) == []


@pytest.mark.parametrize(("in_steps", "right"), [(1.049, True), (1.051, False), (0.951, True)])
def test_rounded_steps_that_keep_the_digits_are_a_way_to_the_key(
    in_steps: float, *, right: bool
) -> None:
    """Within a twentieth of the key."""
    reach = reach_of(1.0, Tolerance(relative=exact(0.01)), in_steps=in_steps)
    assert reach.is_right(exact(in_steps)) is right


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["a*b/1000", "a/10+b/1000-a/10"]))
def test_noise_turns_no_tie(a: int, b: int, text: str) -> None:
    """The exact product has a tie where binary has a number below or above it."""
    names = {"a": float(a), "b": float(b)}
    value = evaluate_number(parse(text), names)
    exact = Fraction(a * b, 1000) if "*" in text else Fraction(b, 1000)
    noise = accuracy_of(value, parse(text), {}, names).noise
    reach = reach_of(value, Tolerance(digits="2dp", asked="2dp", shown="2dp"), noise=noise)
    low, high = Fraction(int(exact * 100), 100), Fraction(int(exact * 100 + Fraction(1, 2)), 100)
    assert reach.is_right(low)
    assert reach.is_right(high)
    assert reach.is_right(exact)


@pytest.mark.parametrize("numerator", range(1, 16, 2))
def test_no_eighth_is_without_an_answer(numerator: int) -> None:
    """Half of these had no two-decimal answer that was right."""
    key = _key(numerator / 8, {"relative": 0, "digits": "2dp"}, "2dp")
    up, down = f"{numerator / 8 + 0.0001:.2f}", f"{numerator / 8 - 0.0001:.2f}"
    assert [_typed(key, text).outcome for text in (up, down)] == [Outcome.RIGHT] * 2


@all_rows("value", [0.5, 0.1, 0.3, 0.7, 1.1, 9.7, 123.4, 1e-5])
@all_rows("relative", [Fraction(1, 100), Fraction(1, 50), Fraction(1, 1000)])
def test_both_edges_are_right_and_what_lies_beyond_is_not(value: float, relative: Fraction) -> None:
    reach = reach_of(value, Tolerance(relative=relative, asked="12sf", shown="12sf"))
    key = Fraction(repr(value))
    for edge in (key * (1 + relative), key * (1 - relative)):
        beyond = edge + (edge - key) / 10**9
        assert (reach.is_right(edge), reach.is_right(beyond)) == (True, False)


@pytest.mark.parametrize(
    ("a", "b", "shown"), [(1.4, 0.4, "0"), (2.2, 1.2, "0"), (1.6, 0.6, "0"), (1.5, 0.4, "0.10")]
)
def test_a_key_that_is_nothing_but_noise_is_zero(a: float, b: float, shown: str) -> None:
    item = numeric_of(
        params={"a": {"choice": [a]}, "b": {"choice": [b]}},
        answer={"formula": "a-1-b", "tolerance": {"rel": 0.01, "abs": 0.001}, "show": "2sf"},
        misconceptions=[{"id": "w", "formula": "a+b", "say": "no"}],
        prompt="{a} {b}",
        check={"also": "a-b-1"},
    )
    key = make_variant(item, pack_id="p", seed=0, language="en").key
    assert isinstance(key, NumberKey)
    assert key.text == shown
    assert _typed(key, shown).outcome is Outcome.RIGHT
    assert _typed(key, "0.01" if shown == "0" else "0.2").outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("formula", "value"),
    [("2.4/3", 0.8), ("0.1*n", 0.3), ("n/9", 3 / 9), ("1.1*1.1", 1.21), ("100*1.1", 110.0)],
)
def test_a_key_is_the_decimal_that_it_is_but_for_noise(formula: str, value: float) -> None:
    """0.1 times 3 is 0.30000000000000004 in binary, and 2.4 by 3 is 0.7999999999999999."""
    item = numeric_of(
        params={"n": {"choice": [3]}}, answer={"formula": formula}, check={"also": formula}
    )
    key = make_variant(item, pack_id="p", seed=0, language="en").key
    assert isinstance(key, NumberKey)
    assert repr(key.value) == repr(value)


def test_a_misconception_that_comes_to_noise_comes_to_zero() -> None:
    item = numeric_of(
        params={"n": {"choice": [1.4]}},
        misconceptions=[{"id": "none", "formula": "n-1-0.4", "say": "Not nothing."}],
    )
    variant = make_variant(item, pack_id="p", seed=0, language="en")
    marked = mark(item, variant, Number(0.0))
    assert (marked.misconception, marked.feedback) == ("none", "Not nothing.")


@pytest.mark.parametrize(
    ("value", "digits", "last", "figures"),
    [
        (0.386, "3sf", 0.001, 3),
        (9.996, "3sf", 0.1, 3),  # 10.0
        (386.0, "2dp", 0.01, 5),
        (0.004, "2dp", 0.01, 0),
        (0.04, "2dp", 0.01, 1),
        (-1234.5, "2sf", 100.0, 2),
        (0.0, "3sf", 0.0, 3),
        (0.0, "2dp", 0.01, 0),
    ],
)
def test_the_last_digit_and_how_many_there_are(
    value: float, digits: str, last: float, figures: int
) -> None:
    assert (unit(value, digits), figures_of(value, digits)) == (last, figures)


@pytest.mark.parametrize(
    ("wrongs", "meets", "is_apart"),
    [
        ([1.5, 2.0], None, True),
        ([1.019], "w0", False),  # within two tolerances of 1 %
        ([1.5, 0.981], "w1", False),
        ([1.035], None, False),  # near the key, so that it is never told
        ([1.5, 1.52], None, False),  # near each other
        ([1.5, 1.54], None, True),
        ([-1.5, 1.5], None, True),
        ([], None, True),
    ],
)
def test_whether_the_numbers_of_a_draw_stand_apart(
    wrongs: list[float], meets: str | None, *, is_apart: bool
) -> None:
    named = [(f"w{place}", value) for place, value in enumerate(wrongs)]
    found = closeness_of(1.0, named, Tolerance(relative=Fraction(1, 100)))
    assert (found.meets_key, found.is_apart) == (meets, is_apart)


@all_rows(("other", "is_apart"), [(11.0, False), (11.0 + 1e-9, True), (9.0, False), (8.9, True)])
def test_numbers_just_two_tolerances_apart_are_not_told_apart(
    other: float, *, is_apart: bool
) -> None:
    of_half = Tolerance(relative=Fraction(0), absolute=Fraction(1, 2))
    assert closeness_of(0.0, [("a", 10.0), ("b", other)], of_half).is_apart is is_apart


@all_rows(
    ("asked", "shown", "widest"),
    [
        ("3sf", "3sf", 1.0),  # the tolerance, wider than a cut of its last digit
        ("2sf", "2sf", 10.0),  # a cut of the digits asked
        ("3sf", "1sf", 100.0),  # of those shown, where they are fewer
        ("1sf", "3sf", 100.0),
    ],
)
def test_no_right_answer_is_farther_than_the_widest(asked: str, shown: str, widest: float) -> None:
    tolerance = Tolerance(relative=Fraction(1, 123), asked=asked, shown=shown)
    assert tolerance.widest(123.0) == pytest.approx(widest)


@all_rows(
    ("wide", "near"),
    [(Fraction(1, 10), Fraction(4, 10)), (Fraction(2, 10), Fraction(49, 100)), (Fraction(6, 10), Fraction(6, 10))],
)  # fmt: skip
def test_near_is_four_tolerances_but_less_than_half_the_key(wide: Fraction, near: Fraction) -> None:
    reach = reach_of(1.0, Tolerance(relative=Fraction(0), absolute=wide, asked="9sf", shown="9sf"))
    assert float(reach.near) == pytest.approx(float(near), abs=1e-9)


@all_rows(
    ("answer", "is_right"),
    [("1.451", True), ("1.449", True), ("1.4511", False), ("1.4489", False), ("1.45", True)],
)
def test_digits_beyond_those_asked_for_may_be_cut_too(answer: str, *, is_right: bool) -> None:
    """A tenth of the last digit asked for to each side."""
    reach = reach_of(1.45, Tolerance(relative=Fraction(1, 10**6), asked="3sf", shown="3sf"))
    assert reach.is_right(Fraction(answer)) is is_right


@all_rows("must_agree", (True, False))
@all_rows("sign", (1, -1))
@all_rows(
    ("key", "digits", "answer", "is_right"),
    [
        (0.124999999999, "2dp", "0.13", True),  # the tie may be above it, and rounded up
        (0.125000000001, "2dp", "0.12", True),
        (0.125000000001, "2dp", "0.13", True),
        (0.1249, "2dp", "0.13", False),
        (0.13, "2dp", "0.12", False),  # no noise makes a number to be cut of a round one
        (5.0, "0dp", "4", False),
        (0.2, "1sf", "0.1", False),
        (1234.0, "3sf", "1230", True),
        (1239.0, "3sf", "1230", True),  # cut
        (1240.0, "3sf", "1230", False),
    ],
)
def test_noise_moves_a_key_over_a_tie_and_no_further(
    key: float, digits: str, answer: str, *, is_right: bool, sign: int, must_agree: bool
) -> None:
    near = {"digits": digits} if must_agree else {"relative": Fraction(1, 10**6)}
    tolerance = Tolerance(**near, asked=digits, shown=digits)
    reach = reach_of(sign * key, tolerance, noise=1e-10)
    assert reach.is_right(sign * Fraction(answer)) is is_right


@all_rows("shown", ("1sf", "3sf", "2dp"))
@all_rows("stated", STATED, ids=str)
@all_rows("value", (0.386, -12.345, 0.875, 1.0, 14.6))
def test_nothing_near_lies_beyond_the_farthest(
    value: float, stated: dict[str, Any], shown: str
) -> None:
    reach = _key(value, stated, shown).reach()
    cut = [Fraction(f"{value:.{figures}g}") for figures in (1, 2, 3)]
    ends = [reach.low, reach.high, reach.key - reach.near, reach.key + reach.near, *cut]
    near = [one for one in ends if reach.is_near(one)]
    assert {reach.low, reach.high, reach.key + reach.near} <= {*near}
    assert max(abs(float(one - reach.key)) for one in near) <= reach.farthest()


@all_rows(
    ("answer", "is_near"),
    [("1.4", True), ("1.5", False), ("1", False), ("1.45", True), ("1.44", True), ("1.43", False)],
)
def test_a_key_rounded_to_fewer_figures_is_near(answer: str, *, is_near: bool) -> None:
    reach = reach_of(1.446, Tolerance(relative=Fraction(1, 10_000), asked="4sf", shown="4sf"))
    assert reach.is_near(Fraction(answer)) is is_near


@pytest.mark.parametrize(
    "unit_text",
    first_quick(
        [
            "%",
            "µs",
            "us",
            "m/s^2",
            "m/s²",
            "N·m",
            "J",
            "kJ",
            "min",
            "1/s",
            "°",
            "Ω",
            "eV",
            "mol/L",
            "개",
        ]
    ),
)
@pytest.mark.parametrize("show", first_quick(["3sf", "1sf", "2dp"]))
def test_a_printed_key_with_its_unit_is_right(unit_text: str, show: str) -> None:
    item = numeric_of(
        params={"n": {"loguniform": [1e-5, 1e8], "sigfigs": 5}},
        answer={"formula": "-2*n/3", "unit": unit_text, "show": show},
        misconceptions=[{"id": "w", "formula": "100*n", "say": "no"}],
        check={"also": "-n*2/3"},
    )
    for seed in range(5):
        variant = make_variant(item, pack_id="p", seed=seed, language="ko")
        assert isinstance(variant.key, NumberKey)
        for text in written_keys(variant.key):
            read = read_answer(variant, text)
            assert isinstance(read, Number), text
            assert mark(item, variant, read).outcome is Outcome.RIGHT, text


def test_both_ends_of_what_is_right_are_right() -> None:
    reach = Reach(Fraction(2), Fraction(1), Fraction(3), Fraction(1, 2))
    said = [reach.is_right(Fraction(answer)) for answer in ("0.999", "1", "2", "3", "3.001")]
    assert said == [False, True, True, True, False]


def test_steps_on_the_way_count_up_to_a_twentieth_of_the_key() -> None:
    stated = Tolerance(relative=Fraction(1, 1000), asked="3sf", shown="3sf")
    assert reach_of(1.0, stated, in_steps=1.05).is_right(Fraction("1.05"))
    assert not reach_of(1.0, stated, in_steps=1.051).is_right(Fraction("1.051"))


def test_only_roundings_of_the_key_itself_are_coarse() -> None:
    reach = reach_of(123.4, Tolerance(relative=Fraction(1, 10_000), asked="4sf", shown="4sf"))
    assert [n for n in range(110, 136) if reach.is_coarse(Fraction(n))] == [120, 123]


def test_four_units_in_the_last_place_are_the_same_number() -> None:
    """More digits than a float has ask for no more than it is."""
    exactly = Tolerance(relative=Fraction(0), asked="17sf", shown="17sf")
    reach, last = reach_of(1.5, exactly), Fraction(ulp(1.5))
    right = [n for n in range(-8, 9) if reach.is_right(Fraction(3, 2) + n * last)]
    assert right == list(range(-4, 5))
