"""Two contents for one id: every log keeps the same one, says which, and sets the other aside."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from studytool.review_log.absorbing import find_twofold, set_aside_theirs
from studytool.review_log.event_ids import id_bytes
from studytool.review_log.events import Review
from studytool.review_log.lines import write_event
from studytool.review_log.log import ReviewLog
from studytool.review_log.set_aside import lost_events, read_set_aside, twofold_ids
from studytool.srs.memory import DAY_MS, to_ms
from studytool.srs.rating import Rating
from tests.review_log.drafts import NOON, foreign
from tests.review_log.fresh_fold import differing_rows

EASY = foreign("pack/one", Rating.EASY, to_ms(NOON), random=b"0123456789")
CONTENTS = sorted(
    (EASY, replace(EASY, rating=Rating.AGAIN), replace(EASY, duration_ms=2)), key=write_event
)
FIRST, SECOND, THIRD = CONTENTS
OTHER = foreign("pack/two", Rating.GOOD, to_ms(NOON), random=b"9876543210")


@pytest.fixture
def log(path: Path) -> Iterator[ReviewLog]:
    with ReviewLog.open(path) as opened:
        yield opened


@pytest.mark.parametrize("order", [*permutations(CONTENTS)])
def test_the_content_that_sorts_first_is_kept_in_any_order(
    log: ReviewLog, path: Path, order: tuple[Review, ...]
) -> None:
    assert [log.absorb([one]) for one in order] == [1, 0, 0]
    assert list(log.events()) == [FIRST]
    assert differing_rows(path) == 0
    assert twofold_ids(log._db.connection) == [EASY.id]
    assert lost_events(log._db.connection) == []  # it is in the log, as all have it


def test_of_several_that_come_at_once_the_first_of_all_is_kept(path: Path) -> None:
    for number, order in enumerate(permutations([FIRST, SECOND])):
        with ReviewLog.open(path.with_name(f"{number}.db")) as log:
            log.absorb([THIRD])
            assert log.absorb(order) == 0
            assert list(log.events()) == [FIRST]
            assert (log.twofold, log.upheld) == ((EASY.id,), set())


def test_an_event_that_comes_without_its_study_day_is_the_same_one(log: ReviewLog) -> None:
    """As a version before study days wrote it: the day is the one that it was given here."""
    log.absorb([EASY])
    bare = replace(EASY, study_day=None)
    assert log.absorb([bare]) == 0
    assert not log.twofold
    log.absorb([replace(bare, duration_ms=2)])
    assert log.twofold == (EASY.id,)
    assert all(one.study_day is not None for one in log.events())


@pytest.mark.parametrize(("offset", "days"), [(13 * 60, 1), (0, 0), (-13 * 60, -1)])
def test_the_day_of_an_event_that_has_none_is_by_its_own_offset(
    log: ReviewLog, offset: int, days: int
) -> None:
    """Not by the zone in which it is taken in."""
    log.absorb([replace(EASY, study_day=None, offset_minutes=offset)])
    [event] = log.events()
    assert event.study_day == to_ms(NOON) // DAY_MS + days


def test_what_a_damaged_file_has_otherwise_is_set_aside_and_never_kept(log: ReviewLog) -> None:
    """Though its line sorts first."""
    log.absorb([SECOND])
    with log._db.writing():
        set_aside_theirs(log._db, find_twofold(log._db, [FIRST]))
    assert list(log.events()) == [SECOND]
    [kept] = read_set_aside(log._db.connection)
    assert (kept.place, kept.id) == (0, id_bytes(EASY.id))
    assert json.loads(kept.content) == {"other": write_event(FIRST).decode()}


def test_what_is_told_of_an_event_that_came_otherwise(log: ReviewLog) -> None:
    log.absorb([SECOND])
    log.absorb([SECOND, OTHER])
    assert (log.twofold, log.upheld) == ((), set())
    log.absorb([THIRD])
    assert (log.twofold, log.upheld) == ((EASY.id,), {id_bytes(EASY.id)})  # ours stands
    log.absorb([FIRST])
    assert (log.twofold, log.upheld) == ((EASY.id,), set())  # theirs is in its place
    log.absorb([THIRD], compared=False)
    assert log.twofold == ()
    assert sorted(map(repr, log.events())) == sorted(map(repr, [FIRST, OTHER]))


def test_a_call_comes_before_an_event_is_replaced_though_none_is_new(log: ReviewLog) -> None:
    found: list[list[Review]] = []

    def look() -> None:
        found.append([one for one in log.events() if isinstance(one, Review)])

    log.absorb([SECOND])
    assert log.absorb([FIRST], before_first=look) == 0
    assert found == [[SECOND]]
    log.absorb([FIRST], before_first=look)
    assert len(found) == 1  # nothing comes, and nothing differs
    log.absorb([OTHER, SECOND], before_first=look)
    assert found[1:] == [[FIRST]]  # once for both


def test_content_that_came_twice_is_set_aside_once(log: ReviewLog) -> None:
    log.absorb([FIRST])
    for _ in range(2):
        log.absorb([SECOND])
        log.absorb([THIRD])
    kept = log._db.rows("SELECT place, content FROM set_aside ORDER BY number")
    assert [place for place, _ in kept] == [0, 0]
    assert ["easy" in text or "again" in text for _, text in kept] == [True, True]
    assert len({text for _, text in kept}) == 2
