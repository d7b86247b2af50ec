"""Numbers marked in order: right, near, a misconception, a slip, how far off."""

from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from studytool.language import Language
from studytool.quiz.answer import Number
from studytool.quiz.key import NumberKey, WrongValue
from studytool.quiz.mark_numbers import mark_number
from studytool.quiz.mark_value import Mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_number import read_number
from studytool.quiz.tolerance import exact
from studytool.srs.rating import Rating
from tests.quiz.variants import number_key, wrong
from tests.rows import all_rows

RIGHT, NEAR, WRONG = Outcome.RIGHT, Outcome.NEAR, Outcome.WRONG


def _mark(key: NumberKey, answer: float, language: Language = "en") -> Mark:
    return mark_number(key, Number(answer), language)


@all_rows(
    ("value", "stated", "answer", "outcome"),
    [
        (0.5, {}, 0.505, RIGHT),  # on the edge, which binary would miss
        (0.5, {}, 0.495, RIGHT),
        (0.5, {}, 0.50501, NEAR),
        (0.5, {}, 0.52, NEAR),  # four tolerances
        (0.5, {}, 0.521, WRONG),
        (-4.0, {"relative": 0.1}, -4.4, RIGHT),  # of a negative key
        (-4.0, {"relative": 0.1}, -3.6, RIGHT),
        (4.0, {"relative": 0, "absolute": 0.05}, 4.05, RIGHT),
        (4.0, {"relative": 0, "absolute": 0.05}, 4.06, NEAR),
        (4.0, {"relative": 0.01, "absolute": 0.5}, 4.5, RIGHT),  # the larger of both
        (4.0, {"relative": 0.25, "absolute": 0.5}, 5.0, RIGHT),
        (4.0, {"relative": 0.25}, 5.9, NEAR),  # of a wide tolerance less than four:
        (4.0, {"relative": 0.25}, 6.1, WRONG),  # half the key is no near miss
        (0.0, {"relative": 0.25}, 0.0, RIGHT),
        (0.0, {"relative": 0.25}, 1e-9, WRONG),
        (0.0, {"absolute": 0.01}, 0.01, RIGHT),
        (0.0, {"absolute": 0.01}, -0.03, NEAR),
        (1.5e-7, {}, 0.0, WRONG),
        (0.386, {}, 0.39, NEAR),  # the key rounded to two figures
        (0.386, {}, 0.38, NEAR),  # and cut
        (0.386, {}, 0.4, NEAR),
        (1.176, {}, 1.2, NEAR),
        (1.024, {}, 1.0, NEAR),
        (1.09, {}, 1.0, NEAR),  # one figure
        (1.16, {}, 1.0, WRONG),  # one figure that says too little
        (1.4, {}, 1.0, WRONG),
        (13.6, {}, 10.0, WRONG),
        (0.875, {"digits": "2dp", "asked": "2dp"}, 0.88, RIGHT),
        (0.875, {"digits": "2dp", "asked": "2dp"}, 0.87, RIGHT),  # half even, and cut
        (0.875, {"digits": "2dp", "asked": "2dp"}, 0.86, NEAR),
        (0.875, {"digits": "2dp", "asked": "2dp"}, 0.9, NEAR),
        (0.125, {"digits": "2dp", "asked": "2dp"}, 0.12, RIGHT),
        (0.125, {"digits": "2dp", "asked": "2dp"}, 0.13, RIGHT),
        (2.346, {"digits": "2sf", "asked": "2sf"}, 2.3, RIGHT),
        (2.346, {"digits": "2sf", "asked": "2sf"}, 2.39, RIGHT),  # half a unit of the second
        (2.346, {"digits": "2sf", "asked": "2sf"}, 2.4, NEAR),
        (1234.5, {"relative": 0, "absolute": 0.5}, 1230.0, RIGHT),  # three figures, as asked
        (1234.5, {"relative": 0, "absolute": 0.5}, 1235.0, RIGHT),
        (0.386, {"shown": "1sf"}, 0.4, RIGHT),  # as it is printed
    ],
)
def test_the_edges(value: float, stated: dict[str, Any], answer: float, outcome: Outcome) -> None:
    assert _mark(number_key(value, **stated), answer).outcome is outcome


@pytest.mark.parametrize(
    ("noise", "answer", "outcome"),
    [(0.0, 1e-16, WRONG), (2e-16, 1e-16, RIGHT), (2e-16, -1.1e-16, RIGHT), (2e-16, 1e-9, WRONG)],
)
def test_what_rounding_left_of_a_key_of_zero_is_zero(
    noise: float, answer: float, outcome: Outcome
) -> None:
    assert _mark(number_key(0.0, noise=noise), answer).outcome is outcome


def test_three_figures_on_the_way_are_right_unless_they_lose_the_key() -> None:
    kept = number_key(1.2770, in_steps=1.22)
    assert [_mark(kept, answer).outcome for answer in (1.22, 1.25, 1.2)] == [RIGHT, RIGHT, NEAR]
    for far in (1.0, 1.205):  # more than 5 % off
        assert _mark(number_key(1.2770, in_steps=far), far).outcome is WRONG


@pytest.mark.parametrize(
    ("answer", "feedback", "language"),
    [
        (0.39, "Close: three significant figures wanted.", "en"),
        (0.39, "필요한 답: 유효숫자 세 자리.", "ko"),
        (
            0.392,
            "Close. That is about 1.6 % above the key. Keep more digits on the way: "
            "three significant figures wanted.",
            "en",
        ),
        (
            0.379,
            "정답보다 약 1.8% 작습니다. 중간 계산에서 자릿수를 더 남기세요. "
            "필요한 답: 유효숫자 세 자리.",
            "ko",
        ),
    ],
)
def test_a_near_answer_is_told_what_it_lacks(
    answer: float, feedback: str, language: Language
) -> None:
    marked = _mark(number_key(0.386), answer, language)
    assert (marked.outcome, marked.credit, marked.suggested) == (NEAR, 0.5, Rating.HARD)
    assert (marked.feedback, marked.misconception) == (feedback, None)


def test_the_pack_says_the_credit_of_a_near_answer() -> None:
    assert _mark(number_key(0.386, credit=0.25), 0.39).credit == 0.25


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (10.0, "ten"),
        (10.5, "ten"),  # on the edge of 5 %
        (11.4, "twelve"),  # on the edge of 5 % of 12
        (11.1, None),  # between both
        (12.0, "twelve"),
        (2.05, None),  # right: the key comes first
        (2.3, None),  # near: the key again
    ],
)
def test_the_misconception(answer: float, found: str | None) -> None:
    wrongs = (wrong("ten", 10.0), wrong("twelve", 12.0), wrong("near", 2.3))
    marked = _mark(number_key(2.0, relative=0.05, misconceptions=wrongs), answer)
    assert marked.misconception == found
    assert (marked.feedback == f"because of {found}") is (found is not None)


def test_a_misconception_is_as_wide_as_its_own_number() -> None:
    key = number_key(1.0, relative=0.1, misconceptions=(wrong("far", -50.0),))
    assert _mark(key, -54.9).misconception == "far"
    assert _mark(key, -55.1).misconception is None


@pytest.mark.parametrize(
    ("others", "feedback", "found"),
    [
        ((4.0,), "One of these may be why. because of a / because of b", None),
        ((4.02,), "One of these may be why. because of a / because of b", None),  # within 1 %
        ((4.06,), "because of a", "a"),
        ((9.0,), "because of a", "a"),
    ],
)
def test_misconceptions_that_come_to_one_number_are_both_possible(
    others: tuple[float, ...], feedback: str, found: str | None
) -> None:
    wrongs = (wrong("a", 4.0), *(wrong("b", value) for value in others))
    marked = _mark(number_key(2.0, misconceptions=wrongs), 4.0)
    assert (marked.outcome, marked.feedback, marked.misconception) == (WRONG, feedback, found)


def test_the_nearest_of_two_that_both_reach_the_answer() -> None:
    wrongs = (wrong("ten", 10.0), wrong("eight", 8.0))
    key = number_key(1.0, relative=0.0, absolute=1.5, misconceptions=wrongs)
    assert [_mark(key, answer).misconception for answer in (8.9, 9.1)] == ["eight", "ten"]


@all_rows(
    ("value", "answer", "told"),
    [
        (0.4, 0.8, "That is about twice the key."),
        (0.4, 0.2, "That is about half the key."),
        (0.4, 1.2, "That is about three times the key."),
        (0.3, 0.1, "That is about a third of the key."),
        (0.4, 0.1, "That is about a quarter of the key."),
        (0.4, 0.44, "That is about 10 % above the key."),
        (0.4, 0.3, "That is about 25 % below the key."),
        (-0.4, -0.44, "In size that is about 10 % above the key."),
        (0.4, 3.6, "That is about 9.0 times the key."),
        (0.4, 0.06, "That is about 0.15 times the key."),
        (0.4, 0.01, "That is about 1/40 of the key."),
        (0.4, 60.0, "That is about 150 times the key."),
        (0.4, 700.0, "That is about 10³ times the key, 3 orders of magnitude too large."),
        (40.0, 0.00081, "That is about 10⁻⁵ times the key, 5 orders of magnitude too small."),
        (0.4, 0.0, "The key is not 0."),
        (0.0, -3.0, "That is below the key."),
        (0.0, 3.0, "That is above the key."),
        (0.4, -0.45, "The sign is the other way round; the size is about right."),
        (0.4, -0.8, "The sign is the other way round, and in size it is about twice the key."),
        (2e-300, 1e300, "That is about 10⁶⁰⁰ times the key, 600 orders of magnitude too large."),
    ],
)
def test_any_other_wrong_answer_is_told_how_far_it_is(
    value: float, answer: float, told: str
) -> None:
    marked = _mark(number_key(value), answer)
    assert (marked.outcome, marked.misconception) == (WRONG, None)
    assert marked.feedback == told


def test_how_far_in_korean() -> None:
    key = number_key(0.4)
    told = [_mark(key, answer, "ko").feedback for answer in (0.8, 0.2, 0.44, -0.8, 700.0, 0.0)]
    assert told == [
        "정답의 약 두 배입니다.",
        "정답의 약 절반입니다.",
        "정답보다 약 10% 큽니다.",
        "부호가 반대이고, 크기는 정답의 약 두 배입니다.",
        "정답의 약 10³배(3자릿수 큼)입니다.",
        "정답은 0이 아닙니다.",
    ]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("1.20", RIGHT),
        ("1.2", NEAR),
        ("1.200", RIGHT),  # more than asked
        ("1.2e0", NEAR),
        ("1.20×10⁰", RIGHT),
        ("120%", RIGHT),
        ("6/5", RIGHT),  # computed: it has no figures of its own
        ("1.3", WRONG),
    ],
)
def test_figures_that_must_be_given(text: str, outcome: Outcome) -> None:
    key = number_key(1.2, given=3, credit=0.75)
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Number)
    marked = mark_number(key, read, "en")
    assert marked.outcome is outcome
    if outcome is NEAR:
        assert marked.credit == 0.75
        assert marked.feedback == "The value is right: three significant figures wanted."


@all_rows(
    ("text", "figures"),
    [
        ("1.20", 3), ("0.0012", 2), ("-1.20", 3), ("6.40e-5", 3), ("6.40×10⁻⁵", 3), ("50%", 2),
        ("1200", 4), ("1 000", 4), ("1.200,0", 5), ("0.00", 2), ("1/3", None), ("½", None),
        ("√2", None), ("3만", None), ("1.2+1", None),
    ],
)  # fmt: skip
def test_how_many_figures_were_typed(text: str, figures: int | None) -> None:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Number)
    assert read.figures == figures


@pytest.mark.parametrize(
    ("text", "outcome"), [("1/3", RIGHT), ("0.3333", RIGHT), ("0.34", NEAR), ("33%", NEAR)]
)
def test_a_fraction_is_compared_as_it_is(text: str, outcome: Outcome) -> None:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Number)
    assert mark_number(number_key(1 / 3, relative=0.005), read, "en").outcome is outcome


def test_the_parts_of_a_numeric_mark() -> None:
    right = mark_number(number_key(2.0, unit="dB"), Number(2.00000049, reading="4 / 2 = 2"), "en")
    assert (right.credit, right.read_as, right.key_text) == (1.0, "4 / 2 = 2", "KEY dB")
    assert right.suggested is Rating.GOOD
    missed = _mark(number_key(2.0), -1334568.0)
    assert (missed.credit, missed.read_as, missed.key_text) == (0.0, "−1.334568 × 10⁶", "KEY")
    assert missed.suggested is Rating.AGAIN


# --- laws ---------------------------------------------------------------------------------------

KEYS = st.floats(1e-6, 1e6).flatmap(lambda size: st.sampled_from([size, -size]))
STATED = st.sampled_from(
    [
        {"relative": 0.01},
        {"relative": 0.002},
        {"relative": 0, "absolute": 0.05},
        {"relative": 0, "digits": "3sf", "asked": "3sf"},
        {"relative": 0, "digits": "2dp", "asked": "2dp", "shown": "2dp"},
    ]
)


@given(KEYS, STATED, st.floats(-8, 8))
@example(1.0, {"relative": 0.01}, 0.5)
def test_no_near_miss_is_accused(value: float, stated: dict[str, Any], tolerances: float) -> None:
    key = number_key(value, **stated)
    distance = key.tolerance.distance(value)
    answer = value + tolerances * distance
    accusers = (wrong("same", answer), wrong("half", value * 0.97), wrong("more", value * 1.03))
    key = number_key(value, **stated, misconceptions=accusers)
    marked = _mark(key, answer)
    if key.reach().is_near(exact(answer)):
        assert marked.misconception is None
        assert marked.outcome in {RIGHT, NEAR}
    else:
        assert marked.outcome is WRONG


@given(KEYS, STATED, st.floats(0, 3), st.floats(0, 1))
def test_what_is_nearer_than_a_right_answer_is_right(
    value: float, stated: dict[str, Any], tolerances: float, share: float
) -> None:
    key = number_key(value, **stated)
    offset = tolerances * key.tolerance.distance(value)
    assume(_mark(key, value + offset).outcome is RIGHT)
    assert _mark(key, value + share * offset).outcome is RIGHT


@given(st.floats(0.99, 1.01))
@example(1.0005)
@example(0.9995)
@example(1.001)
def test_no_slip_is_told_where_it_comes_to_the_key(answer: float) -> None:
    """1 is its own reciprocal, square and root."""
    for relative in (0.0001, 0.01):
        marked = _mark(number_key(1.0, relative=relative), answer)
        assert marked.misconception is None
        assert "reciprocal" not in marked.feedback


def test_misconceptions_are_frozen() -> None:
    key: Any = WrongValue("a", 1.0, "")
    with pytest.raises(AttributeError):
        key.value = 2.0
