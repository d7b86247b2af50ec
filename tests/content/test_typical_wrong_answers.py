"""What the bundled pack says to the wrong answers that learners typically give."""

from collections import Counter

import pytest

from studytool.quiz.outcome import Outcome
from tests.content.typical_wrong_answers import SEEDS, TYPICAL, share_named, told_answers

AT_LEAST = 0.7
"""The share of wrong markings that name a reason; it was 0.16."""


def test_there_are_sixty_four_of_them() -> None:
    assert sum(map(len, TYPICAL.values())) == 64


@pytest.mark.parametrize(
    "seeds", [pytest.param(2, id="few"), pytest.param(SEEDS, marks=pytest.mark.slow, id="many")]
)
def test_most_typical_wrong_answers_are_told_why(seeds: int) -> None:
    told = list(told_answers(seeds))
    assert share_named(told) >= AT_LEAST
    assert all(one.said for one in told if one.outcome is Outcome.WRONG)
    # Few draws hide a typical slip: of 64 answers, some are the key itself at some numbers.
    assert Counter(one.outcome is Outcome.WRONG for one in told)[False] < 0.05 * len(told)
