"""History follows an id that changed: in the fold, in figures, over devices with older packs."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.review_log.events import Move, Rename
from studytool.review_log.log import ReviewLog
from studytool.review_log.moves import follow
from studytool.srs.memory import NEW_MEMORY
from studytool.srs.rating import Rating
from tests.review_log.deeds import bury_item, move_item, reset_item, set_flag, set_suspended
from tests.review_log.drafts import DAY, HOUR, NOON, draft
from tests.review_log.fresh_fold import differing_rows
from tests.review_log.queue import due_items, flagged_items, new_items, suspended_items

OLD, NEW = "pack/old", "pack/new"
LATER = NOON + 400 * DAY


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[tuple[ReviewLog, ReviewLog]]:
    """Return two devices: here with the new pack, there with the old one."""
    with ExitStack() as open_:
        here, there = (
            open_.enter_context(ReviewLog.open(tmp_path / f"{name}.db")) for name in "ab"
        )
        here.register("pack", [(NEW, "a", 0)])
        there.register("pack", [(OLD, "a", 0)])
        yield here, there


def _study(log: ReviewLog, item: str, *, first: int = 0) -> None:
    for n, rating in enumerate((Rating.EASY, Rating.AGAIN, Rating.GOOD), start=first):
        log.append_review(draft(item, rating, NOON + 20 * n * DAY))


def _sync(one: ReviewLog, other: ReviewLog) -> None:
    other.absorb(list(one.events()))
    one.absorb(list(other.events()))


@pytest.mark.parametrize(("moves", "ids"), [
    ([], {}),
    ([(1, 2)], {1: 2}),
    ([(1, 2), (2, 3)], {1: 3, 2: 3}),  # a chain
    ([(2, 3), (1, 2)], {1: 3, 2: 3}),  # in any order
    ([(1, 2), (1, 3)], {1: 3}),  # the latest wins
    ([(1, 2), (2, 1)], {2: 1}),  # moved back
    ([(1, 2), (2, 3), (3, 1)], {2: 1, 3: 1}),  # all are the first again
    ([(2, 3), (1, 2), (2, 1)], {2: 1}),  # moved back by way of one that had moved itself
    ([(1, 1)], {}),
])  # fmt: skip
def test_ids_after_moves(moves: list[tuple[int, int]], ids: dict[int, int]) -> None:
    assert follow(moves) == ids


def test_memory_marks_and_figures_follow(log: ReviewLog) -> None:
    _study(log, OLD)
    set_flag(log, OLD, True, NOON)
    bury_item(log, OLD, LATER, NOON)
    log.register("pack", [(NEW, "a", 0)])
    move_item(log, OLD, NEW, NOON)
    with_new_id = ReviewLog.open(log._db.path.with_name("other.db"))
    with with_new_id as other:
        _study(other, NEW)
        assert log.state(NEW) == other.state(NEW) == log.state(OLD)
        assert log.preview(NEW, LATER) == other.preview(NEW, LATER)
    assert flagged_items(log) == [NEW]
    [status] = log.statuses(["pack"])
    assert (status.item, status.buried_until) == (NEW, LATER)
    assert {log.words([one.item])[one.item] for one in log.answers(["pack"])} == {NEW}
    assert len(log.last_reviews(item=NEW)) == 3
    assert log.ids_now([OLD, NEW, "pack/x"]) == [NEW, NEW, "pack/x"]


@pytest.mark.parametrize("item", [OLD, NEW])
def test_a_review_under_either_id_goes_on_from_the_memory_of_both(
    log: ReviewLog, path: Path, item: str
) -> None:
    _study(log, OLD)
    move_item(log, OLD, NEW, NOON)
    promised = log.preview(item, LATER)[Rating.EASY]
    log.append_review(draft(item, Rating.EASY, LATER))
    assert log.state(OLD) == log.state(NEW)
    assert log.state(NEW).due_day == log.day_of(LATER + promised)
    assert log.state(NEW).reps == 4
    assert differing_rows(path) == 0


def test_undo_and_redo_of_a_move(log: ReviewLog) -> None:
    _study(log, OLD)
    log.register("pack", [(NEW, "a", 0)])
    memory = log.state(OLD)
    move_item(log, OLD, NEW, LATER)
    assert log.undo(LATER) is not None
    assert (log.state(OLD), log.state(NEW)) == (memory, NEW_MEMORY)
    assert log.redo(LATER) is not None
    assert log.state(NEW).reps == memory.reps
    assert new_items(log, LATER) == []


def test_two_histories_become_one_by_time(log: ReviewLog) -> None:
    _study(log, OLD)
    _study(log, NEW, first=5)
    move_item(log, OLD, NEW, LATER)
    assert log.state(NEW).reps == 6
    assert [review.item for review in log.last_reviews(item=NEW)] == [NEW] * 3 + [OLD] * 3
    reset_item(log, OLD, LATER)  # by either id
    assert log.state(NEW) == NEW_MEMORY


def test_a_pack_says_a_rename_once_and_only_where_there_is_history(log: ReviewLog) -> None:
    renames = {OLD: NEW, "pack/never": "pack/x"}
    log.follow_renames(renames, NOON)
    assert list(log.events()) == []
    _study(log, OLD)
    for _ in range(2):
        log.follow_renames(renames, NOON)
    [rename] = [event for event in log.events() if isinstance(event, Rename)]
    assert (rename.item, rename.to, log.state(NEW).reps) == (OLD, NEW, 3)
    undone = log.undo(NOON)
    assert undone is not None
    assert undone.kind == "review"  # the learner did not rename it


def test_a_device_with_the_old_pack_goes_on_under_the_old_id(
    logs: tuple[ReviewLog, ReviewLog],
) -> None:
    here, there = logs
    _study(there, OLD)
    _sync(here, there)
    here.follow_renames({OLD: NEW}, NOON)
    _sync(here, there)
    assert due_items(here, LATER) == [NEW]
    assert due_items(there, LATER) == [OLD]  # what it can show, and not new again
    there.append_review(draft(OLD, Rating.GOOD, LATER))
    _sync(here, there)
    assert here.state(NEW) == there.state(OLD)
    set_suspended(there, OLD, True, LATER)
    there.register("pack", [(NEW, "a", 0)])  # the pack comes there too
    _sync(here, there)
    assert suspended_items(here) == suspended_items(there) == [NEW]
    assert here.state(NEW) == there.state(NEW)


def test_a_pack_that_has_both_asks_the_newer_alone(log: ReviewLog) -> None:
    log.register("pack", [(OLD, "a", 0), (NEW, "a", 1)])
    _study(log, OLD)
    move_item(log, OLD, NEW, LATER)
    assert (due_items(log, LATER), new_items(log, LATER)) == ([NEW], [])
    log.undo(LATER)
    assert (due_items(log, LATER), new_items(log, LATER)) == ([OLD], [NEW])


IDS = [f"pack/{one}" for one in "abc"]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(names=st.lists(st.sampled_from(IDS), min_size=2, max_size=9), data=st.data())
def test_a_chain_of_renames_keeps_all_of_a_history_in_any_order_of_arrival(
    names: list[str], data: st.DataObject
) -> None:
    """Reviewed under each name on the way; whichever is listed at the end has every review."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory()))
        whole, shuffled, late = (
            opened.enter_context(ReviewLog.open(folder / f"{name}.db")) for name in "abc"
        )
        for n, (old, new) in enumerate(pairwise(names)):
            whole.append_review(draft(old, Rating.GOOD, NOON + n * DAY))
            if old != new:
                at = NOON + n * DAY + HOUR
                kind = (Rename, Move)[n % 2]
                whole.append(kind, at, item=old, to=new)
        whole.append_review(draft(names[-1], Rating.EASY, NOON + 40 * DAY))
        events = list(whole.events())
        mixed = data.draw(st.permutations(events))
        shuffled.absorb(mixed)
        for event in mixed:
            late.absorb([event])
        for log in (whole, shuffled, late):
            log.register("pack", [(names[-1], "a", 0)])
        statuses = [list(log.statuses(["pack"])) for log in (whole, shuffled, late)]
        assert statuses[0] == statuses[1] == statuses[2]
        [status] = statuses[0]
        assert (status.item, status.memory.reps) == (names[-1], len(names))
        assert {log.ids_now(IDS)[0] for log in (whole, shuffled, late)} == {whole.ids_now(IDS)[0]}
