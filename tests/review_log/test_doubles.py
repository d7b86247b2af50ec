"""A review that comes where an imported one of the same item and instant is: one of the two counts."""

from dataclasses import replace
from pathlib import Path

import pytest

from studytool.review_log.log import ReviewLog
from studytool.review_log.retracting import IMPORTED
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.review_log.deeds import move_item
from tests.review_log.drafts import DAY, NOON, draft, foreign
from tests.review_log.fresh_fold import differing_rows

ITEM = "pack/one"


def _import(log: ReviewLog, item: str) -> None:
    review = foreign(item, Rating.AGAIN, to_ms(NOON), random=bytes(10), device=IMPORTED)
    log.absorb([replace(review, learner=IMPORTED)])


@pytest.mark.parametrize("item", [ITEM, f"{IMPORTED}/{ITEM}"])
@pytest.mark.parametrize("later", [False, True])
def test_an_own_review_counts_in_the_place_of_an_imported_one(
    log: ReviewLog, path: Path, item: str, *, later: bool
) -> None:
    """Whatever the item was called there, and though its next review is here before."""
    _import(log, item)
    if later:
        log.append_review(draft(ITEM, time=NOON + DAY))
    log.append_review(draft(ITEM, Rating.EASY))
    assert log.state(ITEM).reps == 1 + later
    assert len([*log.answers()]) == 1 + later
    assert differing_rows(path) == 0


def test_an_own_review_counts_in_the_place_of_one_under_an_older_id(
    log: ReviewLog, path: Path
) -> None:
    _import(log, "pack/old")
    move_item(log, "pack/old", ITEM, NOON)
    log.append_review(draft(ITEM, Rating.EASY))
    assert log.state(ITEM).reps == 1
    assert differing_rows(path) == 0


def test_a_review_of_another_device_ends_an_imported_one_of_another_item(
    log: ReviewLog, path: Path
) -> None:
    apart = f"{IMPORTED}/{ITEM}"
    _import(log, apart)
    assert log.state(apart).reps == 1
    log.absorb([foreign(ITEM, Rating.GOOD, to_ms(NOON), random=b"0123456789")])
    assert (log.state(apart).reps, log.state(ITEM).reps) == (0, 1)
    assert differing_rows(path) == 0


def test_a_move_makes_one_review_of_two_and_its_undo_two(log: ReviewLog, path: Path) -> None:
    _import(log, "pack/old")
    log.append_review(draft(ITEM, Rating.EASY))
    assert len([*log.answers()]) == 2
    move_item(log, "pack/old", ITEM, NOON + DAY)
    assert (log.state(ITEM).reps, len([*log.answers()])) == (1, 1)
    log.undo(NOON + DAY)
    assert (log.state(ITEM).reps, len([*log.answers()])) == (1, 2)
    assert differing_rows(path) == 0
