"""How items stand, as lists and the browser show them: each mark by its own act alone."""

from datetime import timedelta

from studytool.review_log.items import ItemStatus
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import NEW_MEMORY, Stage
from studytool.srs.rating import Rating
from tests.review_log.deeds import bury_item, set_flag, set_suspended, take_vacation
from tests.review_log.drafts import DAY, HOUR, NOON, draft

ITEMS = ["pack/one", "pack/two", "pack/three"]


def _status(log: ReviewLog, item: str) -> ItemStatus:
    [status] = log.statuses(items=[item])
    return status


def test_an_item_that_nothing_was_done_with(log: ReviewLog) -> None:
    statuses = list(log.statuses())
    assert sorted(status.item for status in statuses) == sorted(ITEMS)
    for status in statuses:
        assert (status.memory, status.due) == (NEW_MEMORY, None)
        assert (status.suspended, status.flagged, status.buried_until) == (False, False, None)
    assert _status(log, "pack/two").concept == "b"


def test_each_mark_is_of_its_own_item_alone(log: ReviewLog) -> None:
    set_suspended(log, "pack/one", True, NOON)
    set_flag(log, "pack/two", True, NOON)
    bury_item(log, "pack/three", NOON + DAY, NOON)
    marks = {
        status.item: (status.suspended, status.flagged, status.buried_until)
        for status in log.statuses()
    }
    assert marks == {
        "pack/one": (True, False, None),
        "pack/two": (False, True, None),
        "pack/three": (False, False, NOON + DAY),
    }
    set_suspended(log, "pack/one", False, NOON + HOUR)
    set_flag(log, "pack/two", False, NOON + HOUR)
    assert not _status(log, "pack/one").suspended
    assert not _status(log, "pack/two").flagged


def test_a_vacation_moves_what_is_shown_as_due_and_not_the_memory(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.EASY))
    before = _status(log, "pack/one")
    assert before.memory.stage is Stage.REVIEW
    assert before.due_day == before.memory.due_day
    take_vacation(log, 5, NOON + HOUR)
    after = _status(log, "pack/one")
    assert before.due is not None
    assert after.due == before.due + timedelta(days=5)
    assert after.due_day == (before.due_day or 0) + 5
    assert after.memory == before.memory


def test_statuses_of_packs_and_of_items(log: ReviewLog) -> None:
    log.register("other", [("other/x", "c", 0)], digest="2")
    assert [status.item for status in log.statuses(["other"])] == ["other/x"]
    assert len(list(log.statuses(["pack", "other"]))) == 4
    assert len(list(log.statuses())) == 4
    named = {status.item for status in log.statuses(items=["pack/two", "other/x", "pack/none"])}
    assert named == {"pack/two", "other/x"}
    log.register("other", [], digest="3")  # the pack is gone; what is known of its items stays
    assert list(log.statuses(["other"])) == []
    assert [status.item for status in log.statuses(items=["other/x"])] == ["other/x"]
