"""Orders and estimates against what is right: computed, or shown by the simulation."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.numerics.estimate import Estimate
from studytool.quiz.answer import Ambiguous, Number, OrderedThings, PickedOptions, Unreadable
from studytool.quiz.axis import Axis, Leeway, ShownValue
from studytool.quiz.key import AxisKey, OrderKey, PredictionKey, ShownOption
from studytool.quiz.mark import give_up, mark
from studytool.quiz.mark_estimates import mark_estimate
from studytool.quiz.mark_orders import mark_order
from studytool.quiz.outcome import Outcome
from studytool.quiz.prediction import Decision
from studytool.quiz.read_answer import read_answer
from studytool.quiz.settling import Settled
from studytool.srs.rating import Rating
from tests.quiz.variants import prediction_of, variant_of

THINGS = (
    ShownOption("b", "bee", "Bees are second."),
    ShownOption("d", "dog", ""),
    ShownOption("a", "ant", ""),
    ShownOption("c", "cat", "Cats are third."),
)
ORDER = OrderKey(THINGS, ascending=True, right=("a", "b", "c", "d"))
ITEM = prediction_of("x > 0", "x <= 0")
AXIS = AxisKey(Axis(1e-6, 1.0, is_log=True), Leeway(factor=3.0))


@pytest.mark.parametrize(
    ("typed", "outcome", "credit", "feedback"),
    [
        ("3 1 4 2", Outcome.RIGHT, 1.0, "Bees are second. Cats are third."),
        ("3 1 2 4", Outcome.PARTIAL, 5 / 6, "5 of 6 pairs stand in order. 4 comes before 2. "
         "Cats are third."),
        ("1 3 2 4", Outcome.PARTIAL, 4 / 6, "4 of 6 pairs stand in order. 3 comes before 1. "
         "Bees are second. Cats are third."),
        ("4 1 3 2", Outcome.WRONG, 0.0, "3 of 6 pairs stand in order. 3 comes before 1. "
         "Cats are third."),  # no better than a guess
        ("2 4 1 3", Outcome.WRONG, 0.0, "0 of 6 pairs stand in order. 3 comes before 1. "
         "Bees are second. Cats are third."),
    ],
)  # fmt: skip
def test_an_order_by_its_pairs(typed: str, outcome: Outcome, credit: float, feedback: str) -> None:
    variant = variant_of(ORDER, kind="order")
    read = read_answer(variant, typed)
    assert isinstance(read, OrderedThings)
    marked = mark(ITEM, variant, read)
    assert marked.outcome is outcome
    assert marked.credit == pytest.approx(credit)
    assert marked.feedback == feedback
    assert marked.key_text == "3. ant → 1. bee → 4. cat → 2. dog"
    assert (marked.read_as == marked.key_text) == (outcome is Outcome.RIGHT)
    suggested = {"right": Rating.GOOD, "partial": Rating.HARD, "wrong": Rating.AGAIN}
    assert marked.suggested is suggested[str(outcome)]


def test_only_the_right_order_is_right() -> None:
    for ids in permutations("abcd"):
        marked = mark_order(ORDER, OrderedThings(ids), ("a", "b", "c", "d"), "en")
        assert (marked.outcome is Outcome.RIGHT) == (ids == ("a", "b", "c", "d"))


def test_the_words_of_an_order_in_korean() -> None:
    marked = mark_order(ORDER, OrderedThings(("a", "b", "d", "c")), ("a", "b", "c", "d"), "ko")
    assert marked.feedback == (
        "순서가 맞는 쌍: 6쌍 중 5쌍. 4번이 2번보다 앞에 옵니다. Cats are third."
    )


SHOWN = ShownValue(0.01, 0.0095, 0.0105)


@pytest.mark.parametrize(
    ("answer", "outcome", "feedback"),
    [
        (0.01, Outcome.RIGHT, ""),
        (0.03, Outcome.RIGHT, ""),
        (0.0034, Outcome.RIGHT, ""),
        (0.0315, Outcome.RIGHT, ""),  # three times what may be true
        (0.0316, Outcome.NEAR, "That is about 3.2 times the key. Right is within a factor of 3."),
        (0.09, Outcome.NEAR, "That is about 9.0 times the key. Right is within a factor of 3."),
        (0.0012, Outcome.NEAR, "That is about 0.12 times the key. Right is within a factor of 3."),
        (
            0.5,
            Outcome.WRONG,
            "That is about 50 times the key. Right is within a factor of 3.",
        ),
        (
            1e-5,
            Outcome.WRONG,
            "That is about 10⁻³ times the key, 3 orders of magnitude too small. "
            "Right is within a factor of 3.",
        ),
    ],
)
def test_an_estimate_by_its_factor(answer: float, outcome: Outcome, feedback: str) -> None:
    marked = mark_estimate(AXIS, Number(answer), SHOWN, "en")
    assert (marked.outcome, marked.feedback) == (outcome, feedback)
    assert marked.credit == {"right": 1.0, "near": 0.5, "wrong": 0.0}[str(outcome)]
    assert marked.misconception is None
    assert marked.key_text == "0.0100"
    assert marked.estimated is not None
    assert (marked.estimated.answer, marked.estimated.shown) == (answer, SHOWN)


@pytest.mark.parametrize(
    ("answer", "outcome", "feedback"),
    [
        (5.1, Outcome.RIGHT, ""),
        (4.7, Outcome.NEAR, "0.30 °C만큼 작게 잡았습니다. "
         "시뮬레이션 값과의 차이가 0.2 °C 이하이면 맞습니다."),
        (6.5, Outcome.WRONG, "1.5 °C만큼 크게 잡았습니다. "
         "시뮬레이션 값과의 차이가 0.2 °C 이하이면 맞습니다."),
    ],
)  # fmt: skip
def test_an_estimate_by_its_distance(answer: float, outcome: Outcome, feedback: str) -> None:
    key = AxisKey(Axis(-10, 10), Leeway(distance=0.2), unit="°C")
    marked = mark_estimate(key, Number(answer), ShownValue(5, 5, 5), "ko")
    assert (marked.outcome, marked.feedback) == (outcome, feedback)
    assert marked.read_as == f"{answer} °C"
    as_typed = mark_estimate(key, Number(answer, reading="9/2 °C"), ShownValue(5, 5, 5), "ko")
    assert as_typed.read_as == "9/2 °C"


@given(st.floats(1e-6, 1), st.floats(1e-6, 1))
def test_an_estimate_is_right_within_its_factor_alone(answer: float, true: float) -> None:
    marked = mark_estimate(AXIS, Number(answer), ShownValue(true, true, true), "en")
    ratio = max(answer / true, true / answer)
    if not 2.999 < ratio < 3.001:
        assert (marked.outcome is Outcome.RIGHT) == (ratio < 3)
    if not 8.99 < ratio < 9.01:
        assert (marked.outcome is Outcome.WRONG) == (ratio > 9)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("0.01", 0.01), ("1e-6", 1e-6), ("1/8", 0.125), ("10^-3", 1e-3), ("5%", 0.05), ("1", 1.0)],
)
def test_an_estimate_is_read_as_any_number(typed: str, value: float) -> None:
    read = read_answer(variant_of(AXIS, kind="prediction"), typed)
    assert isinstance(read, Number)
    assert read.value == pytest.approx(value)


@pytest.mark.parametrize("typed", ["0", "-0.1", "2", "1e-7"])
def test_an_estimate_beside_the_axis_is_asked_again(typed: str) -> None:
    read = read_answer(variant_of(AXIS, kind="prediction"), typed)
    assert isinstance(read, Unreadable)
    assert read.why.startswith("The axis goes from 1")
    in_korean = read_answer(variant_of(AXIS, kind="prediction", language="ko"), typed)
    assert isinstance(in_korean, Unreadable)
    assert in_korean.why.startswith("축은 ")


def test_what_is_no_number_is_asked_again() -> None:
    assert isinstance(read_answer(variant_of(AXIS), "tiny"), Unreadable)
    assert isinstance(read_answer(variant_of(AXIS), "1,000"), Ambiguous | Unreadable)


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[Settled]:
    """Let the simulation settle what the test puts into this list."""
    settled: list[Settled] = []

    def decided(*_: object, **__: object) -> Decision:
        return Decision(settled[-1], {"x": Estimate(0.01, 0.0001, 128)})

    monkeypatch.setattr("studytool.quiz.mark_predicted.decide", decided)
    return settled


def test_the_simulation_shows_what_is_right(simulated: list[Settled]) -> None:
    order = variant_of(OrderKey(THINGS, ascending=False, right=None), kind="prediction")
    simulated.append(("d", "c", "b", "a"))
    marked = mark(ITEM, order, OrderedThings(("d", "c", "b", "a")))
    assert (marked.outcome, marked.measured[0].estimate) == (Outcome.RIGHT, 0.01)
    shown = give_up(ITEM, order)
    assert (shown.outcome, shown.key_text) == (Outcome.SHOWN, marked.key_text)
    simulated.append(SHOWN)
    estimate = variant_of(AXIS, kind="prediction")
    marked = mark(ITEM, estimate, Number(0.5))
    assert (marked.outcome, marked.measured[0].replicates) == (Outcome.WRONG, 128)
    shown = give_up(ITEM, estimate)
    assert (shown.outcome, shown.key_text, shown.read_as) == (Outcome.SHOWN, "0.0100", "")
    assert shown.estimated is not None
    assert shown.estimated.answer is None
    several = variant_of(PredictionKey(THINGS, several=True), kind="choice")
    simulated.append(frozenset("ab"))
    assert mark(ITEM, several, PickedOptions(frozenset("ab"))).outcome is Outcome.RIGHT
    assert mark(ITEM, several, PickedOptions(frozenset("a"))).outcome is Outcome.PARTIAL
    assert mark(ITEM, several, PickedOptions(frozenset("ac"))).outcome is Outcome.WRONG
    assert give_up(ITEM, several).key_text == "bee; ant"


def test_an_answer_of_another_kind_is_a_bug(simulated: list[Settled]) -> None:
    simulated.append(SHOWN)
    with pytest.raises(TypeError):
        mark(ITEM, variant_of(AXIS), OrderedThings(("a", "b", "c", "d")))
    with pytest.raises(TypeError):
        mark(ITEM, variant_of(ORDER), Number(0.1))
