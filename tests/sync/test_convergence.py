"""Devices that sync in any order, with real files and logs, end as one log of all events would."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.review_log.events import Event
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from studytool.sync.with_folder import sync_with_folder
from tests.review_log.drafts import HOUR, NOON, draft
from tests.review_log.test_laws import ITEMS, Deed, State, _state, deeds, event_lists

DEVICES = 3
SYNC, COPY = "sync", "copy"
STEPS = st.lists(
    st.tuples(st.integers(0, DEVICES - 1), deeds() | st.sampled_from([SYNC, SYNC, COPY])),
    max_size=12,
)


def _opened(stack: ExitStack, path: Path) -> ReviewLog:
    log = stack.enter_context(ReviewLog.open(path))
    log._db.connection.execute("PRAGMA synchronous = OFF")  # none of them to keep
    log.register("pack", [(item, "a", n) for n, item in enumerate(ITEMS)])
    return log


def _events(log: ReviewLog) -> dict[str, Event]:
    return {event.id: event for event in log.events()}


def _conflict_copy(folder: Path) -> None:
    """What carrying programs make of two versions of one file."""
    for n, path in enumerate(sorted(folder.glob("*.jsonl"))[:2]):
        ends = (" (conflicted copy 2026-01-01).jsonl", ".sync-conflict-20260101-120000-ABC.jsonl")
        shutil.copy(path, folder / f"{path.stem}{ends[n]}")


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(event_lists(), STEPS, st.permutations(range(DEVICES)))
def test_any_order_of_syncs_gives_one_set_and_the_same_memories(
    events: list[Event], steps: list[tuple[int, Deed | str]], order: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place) / "shared"
        folder.mkdir()
        logs = [_opened(stack, Path(place) / f"{n}.db") for n in range(DEVICES)]
        logs[0].absorb(events)
        for device, step in steps:
            if step == SYNC:
                sync_with_folder(logs[device], folder)
            elif callable(step):
                step(logs[device])
            else:
                _conflict_copy(folder)
        wanted = {id_: event for log in logs for id_, event in _events(log).items()}
        for device in (*order, *order):
            sync_with_folder(logs[device], folder)
        names = sorted(path.name for path in folder.iterdir())
        assert [_events(log) == wanted for log in logs] == [True] * DEVICES
        states: list[State] = [_state(log) for log in logs]
        assert states == [states[0]] * DEVICES
        for log in logs:
            done = sync_with_folder(log, folder)
            assert (done.sent, done.received, done.files, done.skipped) == (0, 0, (), ())
        assert sorted(path.name for path in folder.iterdir()) == names
        merged = _opened(stack, Path(place) / "all.db")
        merged.absorb(wanted.values())
        assert _state(merged) == states[0]


def test_undo_takes_back_what_this_device_did(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    with ReviewLog.open(tmp_path / "a.db") as a, ReviewLog.open(tmp_path / "b.db") as b:
        assert (a.learner, a.device) != (b.learner, b.device)
        ours = a.append_review(draft("pack/one", Rating.GOOD, NOON))
        sync_with_folder(a, folder)
        theirs = b.append_review(draft("pack/two", Rating.EASY, NOON + HOUR))
        sync_with_folder(b, folder)
        sync_with_folder(a, folder)
        assert {review.id for review in a.last_reviews()} == {ours.id, theirs.id}
        undone = a.undo(NOON + 2 * HOUR)
        assert undone is not None
        assert undone.id == ours.id
        assert a.undo(NOON + 2 * HOUR) is None  # the other device's is the other's to undo
        sync_with_folder(a, folder)
        sync_with_folder(b, folder)
        assert [review.id for review in b.last_reviews()] == [theirs.id]
        assert a.redo(NOON + 3 * HOUR) is not None
        sync_with_folder(a, folder)
        sync_with_folder(b, folder)
        assert {review.id for review in b.last_reviews()} == {ours.id, theirs.id}
        assert all(a.state(item) == b.state(item) for item in ("pack/one", "pack/two"))


@pytest.mark.slow
def test_two_devices_that_know_the_same_last_event_make_ids_of_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    with ReviewLog.open(tmp_path / "a.db") as a, ReviewLog.open(tmp_path / "b.db") as b:
        for _ in range(12):  # all of one millisecond, as by a clock that was set back
            for log in (a, b, a, b):
                sync_with_folder(log, folder)
            ids = {log.append_review(draft("pack/one", Rating.GOOD, NOON)).id for log in (a, b)}
            assert len(ids) == 2
        assert all(id_[14] == "7" and id_[19] in "89ab" for id_ in a.ids() | b.ids())
