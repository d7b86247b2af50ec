"""Keys: what each lists on the screen, and whether only the simulation shows what is right."""

from dataclasses import replace

import pytest

from studytool.quiz.axis import Axis, Leeway
from studytool.quiz.key import (
    AxisKey,
    BlankKey,
    Key,
    OptionKey,
    OrderKey,
    PredictionKey,
    RecallKey,
    ShownBlank,
    ShownOption,
    is_simulated,
    options_of,
)
from tests.quiz.variants import blank_key, number_key

SHOWN = (ShownOption("a", "A", ""), ShownOption("b", "B", ""))


@pytest.mark.parametrize(
    ("key", "options", "simulated"),
    [
        (number_key(1.0), (), False),
        (RecallKey("back"), (), False),
        (blank_key(("Adam",)), (), False),
        (OptionKey(SHOWN, frozenset("a")), SHOWN, False),
        (PredictionKey(SHOWN), SHOWN, True),
        (OrderKey(SHOWN, ascending=True, right=("b", "a")), SHOWN, False),
        (OrderKey(SHOWN, ascending=True, right=None), SHOWN, True),
        (AxisKey(Axis(0.0, 1.0), Leeway(0.1)), (), True),
    ],
)
def test_what_a_key_lists_and_what_it_waits_for(
    key: Key, options: tuple[ShownOption, ...], *, simulated: bool
) -> None:
    assert options_of(key) == options
    assert is_simulated(key) is simulated


@pytest.mark.parametrize(("right", "several"), [("", False), ("a", False), ("ab", True)])
def test_several_options_are_more_than_one(right: str, *, several: bool) -> None:
    assert OptionKey(SHOWN, frozenset(right)).several is several


def test_a_blank_shows_its_first_spelling_or_its_number() -> None:
    number = number_key(2.0)
    blanks = [ShownBlank(one) for one in (("Adam", "아담"), number, replace(number, unit="m"))]
    assert [one.text for one in blanks] == ["Adam", "KEY", "KEY m"]
    assert BlankKey(tuple(blanks)).text == "Adam; KEY; KEY m"


@pytest.mark.parametrize(
    ("spelling", "shown"),
    [
        ("-1", "−1"),
        ("–0.5", "−0.5"),
        ("－.5 %", "−.5 %"),
        ("- 2", "− 2"),
        ("−1", "−1"),
        ("zig-zag", "zig-zag"),
        ("L-1", "L-1"),
        ("-n", "-n"),
        ("1", "1"),
    ],
)
def test_a_number_among_words_is_shown_with_the_minus_of_all_numbers(
    spelling: str, shown: str
) -> None:
    assert ShownBlank((spelling, "other")).text == shown
