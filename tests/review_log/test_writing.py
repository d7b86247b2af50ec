"""Appending, undoing, merging: what is there afterwards, here and in another program."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import apsw
import pytest

from studytool.quiz.outcome import Outcome
from studytool.review_log.events import Review, ReviewDraft, Undo
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import NEW_MEMORY, Stage
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from tests.review_log.drafts import DAY, HOUR, MINUTE, NOON, draft
from tests.review_log.fresh_fold import differing_rows
from tests.review_log.queue import due_items, new_items, waits
from tests.review_log.sealing import seal_open


def test_a_review_is_read_back_as_it_was_written(path: Path) -> None:
    seoul = timezone(timedelta(hours=9))
    given = ReviewDraft(
        item="pack/xavier",
        revision="3f2a9c81",
        seed=2**63 - 1,
        parameters={"n": 0.1, "k": 1e-300},
        answer="‘1/128’\n한글 \x00",
        outcome=Outcome.PARTIAL,
        misconception="uses-sum",
        confidence=0.75,
        rating=Rating.HARD,
        time=datetime(2026, 1, 1, 3, 4, 5, 678_000, tzinfo=seoul),
        offset_minutes=540,
        duration_ms=0,
    )
    with ReviewLog.open(path) as log:
        written = log.append_review(given)
    with ReviewLog.open(path) as again:
        [read] = again.last_reviews()
        assert read == written
        assert (read.learner, read.device) == (again.learner, again.device)
    assert read.study_day == 20_454 == date(2026, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
    for name in set(given.__slots__) - {"study_day"}:
        assert getattr(read, name) == getattr(given, name)


def test_microseconds_are_cut_to_milliseconds_before_anything_is_computed(log: ReviewLog) -> None:
    written = log.append_review(draft(time=NOON + timedelta(microseconds=1999)))
    assert written.time == NOON + timedelta(milliseconds=1)
    assert log.state("pack/one").last_review == written.time


@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("reviews", [0, 1, 2, 4])  # new, in steps, in review, and lapsed
@pytest.mark.parametrize("later", [timedelta(), 7 * MINUTE, 3 * DAY])
def test_a_review_is_folded_alike_whether_its_outlook_was_shown_before_or_not(
    path: Path, rating: Rating, reviews: int, later: timedelta
) -> None:
    at = NOON + 30 * DAY
    with ReviewLog.open(path) as log:
        for k in range(reviews):
            log.append_review(
                draft("pack/one", Rating.AGAIN if k == 3 else Rating.GOOD, NOON + k * DAY)
            )
        shown = log.preview("pack/one", at)
        log.append_review(draft("pack/one", rating, at + later))
        after = log.state("pack/one")
        assert after.last_review == at + later
        if later < DAY and after.due is not None:
            assert after.due - at - later == shown[rating]
    assert differing_rows(path) == 0


def test_a_word_of_a_write_that_failed_has_no_code(log: ReviewLog) -> None:
    def fail() -> None:
        with log.at_once():
            log.append_review(draft("pack/lost"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    log.append_review(draft("pack/kept"))
    log.append_review(draft("pack/lost", time=NOON + MINUTE))
    assert [review.item for review in log.last_reviews()] == ["pack/lost", "pack/kept"]
    assert log.state("pack/kept").reps == log.state("pack/lost").reps == 1


def test_a_word_has_the_code_of_the_log_that_was_put_in_place_of_this_one(
    log: ReviewLog, path: Path, tmp_path: Path
) -> None:
    """The log that is open knows what the words' codes were before."""
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.append_review(draft("other/a"))
    log.append_review(draft("pack/lost"))
    log.append_review(draft("pack/kept"))
    with (
        closing(apsw.Connection(str(tmp_path / "other.db"))) as source,
        closing(apsw.Connection(str(path))) as to,
        to.backup("main", source, "main") as copying,
    ):
        copying.step(-1)
    log.append_review(draft("pack/kept", time=NOON + MINUTE))
    log.append_review(draft("pack/lost", time=NOON + HOUR))
    found = [review.item for review in log.last_reviews()]
    assert found == ["pack/lost", "pack/kept", "other/a"]


def test_an_answer_takes_eleven_statements_none_of_which_is_prepared_again(log: ReviewLog) -> None:
    for k in range(3):
        log.append_review(draft(time=NOON + k * DAY))
    seen: list[dict[str, int]] = []
    log.preview("pack/one", NOON + 3 * DAY)
    connection = log._db.connection
    connection.trace_v2(
        apsw.SQLITE_TRACE_PROFILE, lambda traced: seen.append(traced["stmt_status"])
    )
    log.append_review(draft(time=NOON + 3 * DAY))
    connection.trace_v2(0)
    assert len(seen) <= 11  # begin, its three reads, five rows written with one read more, commit
    assert not any(status["SQLITE_STMTSTATUS_REPREPARE"] for status in seen)


def test_ids_are_uuids_of_version_7_in_order_of_time(log: ReviewLog) -> None:
    ids = [log.append_review(draft(time=NOON + k * MINUTE)).id for k in range(3)]
    assert ids == sorted(ids)
    from uuid import UUID

    assert {UUID(id_).version for id_ in ids} == {7}


def test_preview_is_what_appending_then_does(log: ReviewLog) -> None:
    for rating in Rating:
        item = f"pack/{rating}"
        now = NOON
        for earlier in (Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.AGAIN):
            log.append_review(draft(item, earlier, now))
            now += 2 * DAY
        # last: before the item's last review, as under a clock that was set back
        for instant in (now, now + DAY, NOON + HOUR):
            promised = log.preview(item, instant)[rating]
            log.append_review(draft(item, rating, instant))
            assert waits(log, item, instant) == promised


def test_preview_of_an_item_the_log_never_saw_is_that_of_a_new_one(log: ReviewLog) -> None:
    assert log.preview("pack/unheard-of", NOON)[Rating.GOOD] == 10 * MINUTE


def test_undo_goes_back_through_every_review_across_restarts(path: Path) -> None:
    items = ["pack/one", "pack/two", "pack/one", "pack/one"]
    states = []
    with ReviewLog.open(path) as log:
        for k, item in enumerate(items):
            states.append(log.state(item))
            log.append_review(draft(item, Rating.GOOD, NOON + k * DAY))
    for item, before in zip(reversed(items), reversed(states), strict=True):
        with ReviewLog.open(path) as log:
            undone = log.undo(NOON + 9 * DAY)
            assert isinstance(undone, Review)
            assert undone.item == item
            assert log.state(item) == before
    with ReviewLog.open(path) as log:
        assert log.undo(NOON + 9 * DAY) is None
        assert len(list(log.events())) == 2 * len(items)  # nothing was deleted


def test_undo_takes_what_was_written_last_though_the_clock_was_set_back(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", time=NOON))
    log.append_review(draft("pack/two", time=NOON - 3 * DAY))
    undone = log.undo(NOON - 3 * DAY)
    assert isinstance(undone, Review)
    assert undone.item == "pack/two"


def test_undo_leaves_other_devices_reviews_alone(log: ReviewLog, tmp_path: Path) -> None:
    log.append_review(draft("pack/one"))
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.append_review(draft("pack/two", time=NOON + HOUR))
        log.absorb(other.events())
    undone = log.undo(NOON + DAY)
    assert isinstance(undone, Review)
    assert undone.item == "pack/one"
    assert log.undo(NOON + DAY) is None


def test_a_clock_set_back_three_days_loses_no_review(log: ReviewLog) -> None:
    log.append_review(draft(time=NOON, rating=Rating.EASY))
    log.append_review(draft(time=NOON - 3 * DAY, rating=Rating.GOOD))
    log.append_review(draft(time=NOON - 3 * DAY + MINUTE, rating=Rating.GOOD))
    state = log.state("pack/one")
    assert (state.reps, state.last_review) == (3, NOON)
    assert [review.time for review in log.last_reviews()] == [
        NOON,
        NOON - 3 * DAY + MINUTE,
        NOON - 3 * DAY,
    ]


def test_another_program_sees_each_review_and_appends_to_it(path: Path) -> None:
    with ReviewLog.open(path) as one, ReviewLog.open(path) as other:
        one.register("pack", [("pack/one", "a", 0)])
        assert other.counts(NOON)["pack"].new == 1
        one.append_review(draft(time=NOON))
        assert other.state("pack/one") == one.state("pack/one")
        other.append_review(draft(time=NOON + 10 * MINUTE))
        assert one.state("pack/one").reps == 2
        assert one.state("pack/one").stage is Stage.REVIEW
        undone = one.undo(NOON + HOUR)
        assert undone is not None
        assert undone.time == NOON + 10 * MINUTE


def test_the_last_policy_put_in_force_governs_every_program(path: Path) -> None:
    strict, lax = Policy(desired_retention=0.95), Policy(desired_retention=0.75)
    with ReviewLog.open(path, policy=strict) as one:
        one.append_review(draft("pack/one", Rating.EASY))
        early = one.state("pack/one").due_day
        with ReviewLog.open(path, policy=lax) as other:
            late = other.state("pack/one").due_day
            assert early is not None
            assert late is not None
            assert late > early
            # the first program goes on under the new policy
            assert one.preview("pack/one", NOON + DAY) == other.preview("pack/one", NOON + DAY)
            promised = other.preview("pack/two", NOON)[Rating.EASY]
            one.append_review(draft("pack/two", Rating.EASY))
            assert waits(other, "pack/two", NOON) == promised


def test_another_policy_may_be_put_in_force_while_the_log_is_open(path: Path) -> None:
    strict, lax = Policy(desired_retention=0.95), Policy(desired_retention=0.75)
    with ReviewLog.open(path, policy=strict) as log:
        log.append_review(draft("pack/one", Rating.EASY))
        early = log.state("pack/one")
        log.adopt_policy(lax)
        late = log.state("pack/one")
    with ReviewLog.open(path, policy=lax) as log:
        assert log.state("pack/one") == late != early


def test_absorbing_twice_adds_nothing(log: ReviewLog, tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.append_review(draft("pack/one", Rating.AGAIN))
        other.append_review(draft("pack/one", Rating.GOOD, NOON + DAY))
        other.undo(NOON + DAY)
        events = list(other.events())
        state = other.state("pack/one")
    assert [type(event) for event in events] == [Review, Review, Undo]
    assert log.absorb(events) == 3
    assert log.absorb(events) == 0
    assert log.state("pack/one") == state
    assert list(log.events()) == events


def test_an_undo_that_arrives_before_its_review_counts(log: ReviewLog, tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.append_review(draft("pack/one"))
        other.undo(NOON + HOUR)
        review, undo = other.events()
    log.absorb([undo])
    log.absorb([review])
    assert log.state("pack/one") == NEW_MEMORY


def test_a_thousand_items_at_once_fold_as_one_by_one(path: Path, tmp_path: Path) -> None:
    """Above that the whole log is folded instead of each item."""
    with ReviewLog.open(path) as one:
        from tests.review_log.drafts import foreign

        events = [
            foreign(f"pack/{k}", Rating.GOOD, 1_700_000_000_000 + k, random=k.to_bytes(10, "big"))
            for k in range(1001)
        ]
        assert one.absorb(events) == 1001
        with ReviewLog.open(tmp_path / "other.db") as other:
            other.absorb(events[:500])
            other.absorb(events[500:])
            for k in (0, 499, 500, 1000):
                assert one.state(f"pack/{k}") == other.state(f"pack/{k}")


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE items",  # absent
        "DROP TABLE items; DROP TABLE packs; DROP TABLE mature_reviews",
        "DELETE FROM meta WHERE key = 'folded_seq'",  # no stamp
        "UPDATE meta SET value = 0 WHERE key = 'folded_seq'",  # stale: written by another program
        "UPDATE meta SET value = '0 {}' WHERE key = 'policy'",  # of an older fold
        "UPDATE items SET stability = 1e6, reps = 77; UPDATE meta SET value = 1 "
        "WHERE key = 'folded_seq'",
    ],
)
def test_the_cached_fold_is_made_again(path: Path, damage: str) -> None:
    with ReviewLog.open(path) as log:
        for k in range(6):
            log.append_review(draft(f"pack/{k % 2}", Rating.EASY, NOON + k * DAY))
        wanted = [log.state(f"pack/{k}") for k in range(2)]
        retention = log.retention(NOON)
    connection = apsw.Connection(str(path))
    connection.execute(damage)
    connection.close()
    with ReviewLog.open(path) as log:
        assert [log.state(f"pack/{k}") for k in range(2)] == wanted
        assert log.retention(NOON) == retention == 1.0


def test_an_append_first_folds_what_another_program_left_out(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft("pack/one", Rating.EASY))
        connection = apsw.Connection(str(path))
        connection.execute(
            "INSERT INTO events(id, kind, learner, device, time_ms, offset_minutes, study_day, "
            "item, rating) SELECT randomblob(16), kind, learner, device, time_ms + 864000000, 0, "
            "study_day + 10, item, rating FROM events"
        )
        seal_open(connection)
        connection.close()
        log.append_review(draft("pack/two"))
        assert log.state("pack/one").reps == 2


def test_registering_again_unlists_what_vanished_and_keeps_its_memory(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.EASY))
    log.register("pack", [("pack/two", "b", 0), ("pack/four", "b", 1)], digest="v2")
    counts = log.counts(NOON + 99 * DAY)["pack"]
    assert (counts.due, counts.new, counts.items) == (0, 2, 2)
    assert new_items(log, NOON) == ["pack/two", "pack/four"]
    assert log.state("pack/one").reps == 1
    assert log.registrations() == {"pack": "v2"}
    log.register("pack", [("pack/one", "a", 0)])
    assert due_items(log, NOON + 99 * DAY) == ["pack/one"]


def test_a_pack_without_items_is_gone(log: ReviewLog) -> None:
    log.register("pack", [])
    assert (log.counts(NOON), log.registrations(), new_items(log, NOON)) == ({}, {}, [])


def test_a_failed_append_writes_nothing(log: ReviewLog) -> None:
    with pytest.raises(ValueError, match="JSON"):
        log.append_review(replace(draft("pack/never"), parameters={"x": float("nan")}))
    assert list(log.events()) == []
    log.append_review(draft("pack/one"))  # and the log goes on
    assert log.state("pack/one").reps == 1
