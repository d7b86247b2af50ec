"""Slips: each by its number, and none where the key makes it mean nothing."""

from math import cos, radians

import pytest

from studytool.language import LANGUAGES, Language
from studytool.quiz.answer import Number
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey, WrongValue
from studytool.quiz.mark import mark
from studytool.quiz.slips import find_slips
from studytool.quiz.tolerance import exact
from tests.quiz.variants import number_key, numeric_of
from tests.rows import all_rows


def _slips(key: NumberKey, answer: float, language: Language = "en") -> list[WrongValue]:
    return find_slips(key, key.reach(), exact(answer), language)


def _slip(answer: float, key: float, relative: float = 0.001) -> str | None:
    ids = [slip.id for slip in _slips(number_key(key, relative=relative), answer)]
    return "/".join(ids) or None


@all_rows(
    ("answer", "slip"),
    [
        (-0.4, "slip:sign"),
        (40.0, "slip:percent"),
        (0.0004, "slip:power-of-ten"),
        (0.004, "slip:power-of-ten"),
        (0.04, "slip:power-of-ten"),
        (4.0, "slip:power-of-ten"),
        (400.0, "slip:power-of-ten"),
        (4000.0, None),  # four places are no slip of the point
        (0.00004, None),
        (2.5, "slip:reciprocal"),
        (0.16, "slip:square"),
        (0.4**0.5, "slip:square-root"),
        (0.5, None),
        (0.0, None),
    ],
)
def test_slips_of_two_fifths(answer: float, slip: str | None) -> None:
    assert _slip(answer, 0.4) == slip


@pytest.mark.parametrize(
    ("answer", "near"),
    [(-5.0, True), (-3.0, True), (-5.0625, False), (-2.9375, False)],  # 4 within a quarter
)
def test_how_near_is_relative_to_the_slips_own_number(answer: float, *, near: bool) -> None:
    assert (_slip(answer, 4.0, relative=0.25) == "slip:sign") is near


@all_rows(
    ("key", "answer", "slip"),
    [
        (1.07, 1.031, None),  # the root of 1.07 is too near to say what was done
        (1.2, 1.44, "slip:square"),
        (0.0, 0.0, None),  # a key of 0 admits no slip
        (0.0, 1.0, None),
        (-4.0, 2.0, None),  # no square root of a negative key
        (-4.0, 16.0, "slip:square"),
        (-4.0, -0.25, "slip:reciprocal"),
        (1e200, 1e-200, "slip:reciprocal"),  # its square overflows
        (1e-200, 1e-100, "slip:square-root"),  # its square is 0
        (1e-200, 0.0, None),
        (5e-324, 1.0, None),  # its reciprocal is infinite
        (1e308, 1e-300, None),  # its percentage overflows
    ],
)
def test_keys_at_the_ends(key: float, answer: float, slip: str | None) -> None:
    assert _slip(answer, key) == slip


@pytest.mark.parametrize(
    ("answer", "ko", "en"),
    [
        (-0.4, "부호가 반대입니다.", "The sign is the other way round."),
        (4.0, "소수점 자리가 어긋났습니다.", "Off by a power of ten."),
        (2.5, "역수입니다.", "That is the reciprocal."),
    ],
)
def test_a_slip_is_told_in_the_learners_language(answer: float, ko: str, en: str) -> None:
    key = number_key(0.4, relative=0.001)
    told = [slip.feedback for language in LANGUAGES for slip in _slips(key, answer, language)]
    assert told == [ko, en]


@pytest.mark.parametrize(
    ("key", "answer", "slips"),
    [
        (1.0, -1.0, "slip:sign"),  # 1 is its own reciprocal, square and root
        (1.0, 1.02, None),
        (1.0, 10.0, "slip:power-of-ten"),
        (10.0, 0.1, "slip:power-of-ten/slip:reciprocal"),  # both are possible
        (0.1, 0.01, "slip:power-of-ten/slip:square"),
        (-1.0, 1.0, "slip:sign/slip:square"),
        (1.05, 1.1025, None),  # its square is near it
    ],
)
def test_keys_whose_slips_meet_them_or_each_other(
    key: float, answer: float, slips: str | None
) -> None:
    assert _slip(answer, key, relative=0.02) == slips


def test_degrees_for_radians_are_known_from_the_keys_formula() -> None:
    item = numeric_of(
        params={"x": {"choice": [1.2]}},
        let={"c": "cos(x)"},
        answer={"formula": "2*c", "tolerance": {"rel": 0.01}},
        misconceptions=[{"id": "half", "formula": "c", "say": "no"}],
        prompt="{x}",
        check={"also": "2*cos(x)"},
    )
    variant = make_variant(item, pack_id="p", seed=0, language="en")
    assert isinstance(variant.key, NumberKey)
    in_degrees = 2 * cos(radians(1.2))
    marked = mark(item, variant, Number(round(in_degrees, 3)))
    assert marked.misconception == "slip:degrees"
    assert marked.feedback == "The angle was taken in degrees: set the calculator to radians."
