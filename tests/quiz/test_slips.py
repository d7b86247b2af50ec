"""Slips: each by its number, and none where the key makes it mean nothing."""

import pytest

from studytool.quiz.slips import find_slip


def _slip(answer: float, key: float, relative: float = 0.001) -> str | None:
    found = find_slip(answer, key, relative=relative, language="en")
    return found and found[0]


@pytest.mark.parametrize(
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
    [(-5.0, True), (-3.0, True), (-5.0625, False), (-2.9375, False)],
)
def test_how_near_is_relative_to_the_slips_own_number(answer: float, *, near: bool) -> None:
    assert (_slip(answer, 4.0, relative=0.25) == "slip:sign") is near


@pytest.mark.parametrize(
    ("key", "answer", "slip"),
    [
        (0.0, 0.0, None),  # a key of 0 admits no slip
        (0.0, 1.0, None),
        (-4.0, 2.0, None),  # no square root of a negative key
        (-4.0, 16.0, "slip:square"),
        (-4.0, -0.25, "slip:reciprocal"),
        (1e200, 1e-200, "slip:reciprocal"),  # its square overflows
        (1e-200, 1e-100, "slip:square-root"),  # its square is 0
        (1e-200, 0.0, None),
        (5e-324, 1.0, None),  # its reciprocal is infinite
        (1e308, float("inf"), None),
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
    told = [find_slip(answer, 0.4, relative=0.001, language=language) for language in ("ko", "en")]
    assert [found and found[1] for found in told] == [ko, en]
