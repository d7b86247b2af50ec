"""Figures that a damaged bit has changed, on the home screen: it compares them behind its first frame."""

from contextlib import closing
from typing import Any

import apsw
import pytest

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.log import ReviewLog
from studytool.session import overview
from studytool.session.desk import Desk
from studytool.sqlite.faults import MALFORMED
from studytool.srs.rating import Rating
from tests.review_log.drafts import draft
from tests.tui.driving import NOW, app_at, settled, text_of, until, words_of

ITEM = "deep-learning-notes/he-variance"


def change(desk: Desk, sql: str) -> None:
    """Change what was made of the events, as no program would."""
    with closing(apsw.Connection(str(desk.home / "reviews.db"))) as db:
        for name in ("items_update_summed", "mature_reviews_update_summed"):
            [(text,)] = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,))
            db.execute(f"DROP TRIGGER {name}; {sql}; {text}")


async def test_a_wrong_count_is_put_right(desk: Desk) -> None:
    async with app_at(desk).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        right = text_of(pilot.app)
    change(desk, "UPDATE items SET listed = 0 WHERE item % 3 = 0")
    async with app_at(desk).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: text_of(pilot.app) == right)


async def test_pages_that_cannot_be_made_again_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: ReviewLog) -> bool:
        raise StateError(Fault.DAMAGED, path=desk.home / "reviews.db", why=MALFORMED)

    monkeypatch.setattr(ReviewLog, "compare", refuse)
    async with app_at(desk).run_test(size=(80, 24)) as pilot:  # nothing stands beside it
        await until(pilot, lambda: "studytool doctor --repair" in words_of(pilot.app))


def test_a_sitting_is_of_what_was_made_again(desk: Desk) -> None:
    desk.log.append_review(draft(ITEM, Rating.GOOD, NOW))
    kept = desk.log.state(ITEM)
    change(desk, "UPDATE items SET stability = 400 WHERE stability IS NOT NULL")
    assert desk.log.state(ITEM) != kept
    assert not desk.compare_beside()
    desk.renew()
    assert desk.log.state(ITEM) == kept


def test_where_damage_stops_the_counting_it_is_made_again_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = overview.read_overview(desk, NOW)
    change(desk, "UPDATE items SET listed = 0 WHERE item % 3 = 0")
    refusing = iter([True, False])
    count = overview.read_overview

    def refuse_once(*asked: Any) -> overview.Overview:
        if next(refusing):
            raise StateError(Fault.DAMAGED, path=desk.home / "reviews.db", why=MALFORMED)
        return count(*asked)

    monkeypatch.setattr(overview, "read_overview", refuse_once)
    assert overview.read_unsound_overview(desk, NOW) == right
