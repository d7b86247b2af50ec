"""A log put back: what was given away and is lacking now counts nowhere, by hand."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from studytool.review_log.going_back import GivenAway, go_back, read_given, read_standing
from studytool.review_log.log import ReviewLog
from studytool.sqlite.connection import connect
from studytool.srs.rating import Rating
from tests.review_log.drafts import HOUR, NOON, draft, foreign

OTHER = foreign("pack/two", Rating.GOOD, 1_700_000_000_000, random=bytes(10), device="theirs")
BROUGHT = foreign("pack/two", Rating.HARD, 1_700_000_100_000, random=bytes(10), device="old deck")


def _given(path: Path) -> GivenAway:
    with closing(connect(path, create=False)) as connection:
        return read_given(connection)


def _standing(path: Path) -> frozenset[str]:
    with closing(connect(path, create=False)) as connection:
        return read_standing(connection)


def _kinds(log: ReviewLog) -> list[str]:
    return [event.kind for event in log.events()]


def test_a_log_that_was_never_synced_has_given_nothing_away(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft())
        assert go_back(log, GivenAway(), stood=frozenset(), now=NOON) == 0
        assert _kinds(log) == ["review"]
    assert _given(path) == GivenAway()


def test_what_this_device_gave_away_and_lacks_counts_nowhere(path: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.db"
    with ReviewLog.open(path) as log:
        kept = log.append_review(draft())
    shutil.copy(path, earlier)
    with ReviewLog.open(path) as log:
        lost = log.append_review(draft("pack/two", time=NOON + HOUR))
        log.absorb([OTHER])
        log.import_events([BROUGHT], NOON + 2 * HOUR)
        bundle = list(log.events())[-1]
        log.note_given(len(list(log.events())))
        log.append_review(draft("pack/one", time=NOON + 3 * HOUR))  # never left this file
    given = _given(path)
    assert given == GivenAway(frozenset({kept.id, lost.id, BROUGHT.id}), frozenset({bundle.id}))
    assert _standing(path) == given.standing
    with ReviewLog.open(earlier) as log:
        stood = _standing(earlier)
        assert go_back(log, given, stood=stood, now=NOON + 4 * HOUR, offset_minutes=60) == 2
        undo, retraction = list(log.events())[1:]
        assert (undo.kind, getattr(undo, "target", None)) == ("undo", bundle.id)
        assert getattr(retraction, "ids", None) == tuple(sorted([lost.id, BROUGHT.id]))
        assert {one.offset_minutes for one in (undo, retraction)} == {60}
    assert _given(earlier).undone == frozenset()  # nothing of that is shared yet


@pytest.mark.parametrize("redone", [False, True])
def test_an_import_counts_as_it_did_in_the_log_put_back(
    path: Path, tmp_path: Path, *, redone: bool
) -> None:
    """It was taken back and that was given away: so it is done again, unless it was already."""
    earlier = tmp_path / "earlier.db"
    with ReviewLog.open(path) as log:
        log.import_events([BROUGHT], NOON)
        bundle = list(log.events())[-1]
    shutil.copy(path, earlier)
    with ReviewLog.open(path) as log:
        log.undo(NOON + HOUR)
        if redone:
            log.redo(NOON + 2 * HOUR)
        log.note_given(len(list(log.events())))
    given = _given(path)
    marked = frozenset({bundle.id})
    assert (given.standing, given.undone) == (
        (marked, frozenset()) if redone else (frozenset(), marked)
    )
    assert _standing(path) == given.standing
    with ReviewLog.open(earlier) as log:
        lost = go_back(log, given, stood=_standing(earlier), now=NOON + 3 * HOUR)
        acts = list(log.events())[2:]
    assert lost == len(given.written) - 1  # the undo, and the redo
    assert [one.kind for one in acts] == (["retraction"] if redone else ["redo", "retraction"])
    assert _standing(earlier) >= marked
