"""What the bundled pack says to the wrong answers that learners typically give."""

from collections import Counter

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.items import Numeric
from studytool.packs.reader import load_pack
from studytool.quiz.outcome import Outcome
from tests.content.later_wrong_answers import LATER
from tests.content.typical_wrong_answers import SEEDS, TYPICAL, share_named, told_answers

AT_LEAST = 0.7
"""The share of wrong markings that name a reason; it was 0.16."""


def test_there_are_some_for_nearly_every_numeric_item() -> None:
    """64 of the first 27 items, and three or so of each that came later."""
    numeric = {
        item.id for item in load_pack(bundled_pack_folder()).items if isinstance(item, Numeric)
    }
    assert sum(map(len, TYPICAL.values())) == 64
    assert min(map(len, LATER.values())) >= 3
    assert not set(TYPICAL) & set(LATER)
    assert len(numeric - set(TYPICAL) - set(LATER)) <= 1


@pytest.mark.parametrize(
    "seeds", [pytest.param(2, id="few"), pytest.param(SEEDS, marks=pytest.mark.slow, id="many")]
)
@pytest.mark.parametrize("typical", [TYPICAL, LATER], ids=["first", "later"])
def test_most_typical_wrong_answers_are_told_why(
    typical: dict[str, dict[str, str]], seeds: int
) -> None:
    told = list(told_answers(seeds, typical))
    assert share_named(told) >= AT_LEAST
    assert all(one.said for one in told if one.outcome is Outcome.WRONG)
    # Few draws hide a typical slip: of 64 answers, some are the key itself at some numbers.
    assert Counter(one.outcome is Outcome.WRONG for one in told)[False] < 0.05 * len(told)
