"""Queue, counts, forecast, days: each against what can be counted by hand."""

import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import apsw
import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as PeerRating

from studytool.exchange.fsrs_csv import write_csv
from studytool.quiz.outcome import Outcome
from studytool.review_log import history, rows
from studytool.review_log.database import Database
from studytool.review_log.log import ReviewLog
from studytool.review_log.names import find_names
from studytool.review_log.queue import Counts
from studytool.review_log.schema import ITEM_INDEXES
from studytool.review_log.study_days import StudyDays
from studytool.srs.parameters import PARAMETERS
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from tests.review_log.deeds import bury_item
from tests.review_log.drafts import DAY, HOUR, MINUTE, NOON, draft
from tests.review_log.queue import due_items, due_of, new_items, new_since


def test_a_new_log_is_empty_in_every_respect(path: Path) -> None:
    with ReviewLog.open(path) as log:
        assert log.counts(NOON) == {}
        assert due_items(log, NOON) == new_items(log, NOON) == []
        assert log.last_reviews() == []
        assert list(log.events()) == []
        assert log.within().next_due(NOON) is None
        assert log.forecast(NOON, days=3) == [0, 0, 0]
        assert log.undo(NOON) is None
        assert log.retention(NOON) is None
        assert log.streak_days(NOON) == new_since(log, NOON) == 0


def test_learning_comes_before_review_and_each_by_due_time(log: ReviewLog) -> None:
    log.register("other", [("other/x", "a", 0)])
    log.append_review(draft("pack/one", Rating.EASY, NOON - 30 * DAY))
    log.append_review(draft("pack/two", Rating.EASY, NOON - 40 * DAY))
    log.append_review(draft("pack/three", Rating.GOOD, NOON))  # due in 10 minutes
    log.append_review(draft("other/x", Rating.AGAIN, NOON + 2 * MINUTE))  # due in 1 minute
    assert due_items(log, NOON) == ["pack/two", "pack/one"]
    later = NOON + 10 * MINUTE
    assert due_items(log, later) == ["other/x", "pack/three", "pack/two", "pack/one"]
    assert due_items(log, later, limit=3) == ["other/x", "pack/three", "pack/two"]
    assert due_items(log, later, limit=0) == []
    assert due_items(log, later, packs=["pack"]) == ["pack/three", "pack/two", "pack/one"]
    assert due_items(log, later, packs=["pack", "other"], limit=1) == ["other/x"]
    assert due_items(log, later, concept="a") == ["other/x", "pack/three", "pack/one"]
    assert due_items(log, later, packs=["pack"], concept="b") == ["pack/two"]
    assert (
        due_items(log, later, packs=["unheard-of"])
        == due_items(log, later, concept="unheard-of")
        == []
    )
    assert log.counts(later) == {
        "other": Counts(due=0, learning=1, new=0, items=1),
        "pack": Counts(due=2, learning=1, new=0, items=3),
    }


def test_learning_is_counted_before_it_is_due(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.AGAIN))
    assert due_items(log, NOON) == []
    assert log.counts(NOON)["pack"] == Counts(due=0, learning=1, new=2, items=3)


def test_new_items_come_in_position_order_pack_by_pack(log: ReviewLog) -> None:
    log.register("early", [("early/z", "a", 0), ("early/y", "a", 1)])
    log.append_review(draft("pack/one"))
    assert new_items(log, NOON) == ["early/z", "early/y", "pack/two", "pack/three"]
    assert new_items(log, NOON, packs=["pack", "early"]) == [
        "pack/two",
        "pack/three",
        "early/z",
        "early/y",
    ]
    assert new_items(log, NOON, limit=3) == ["early/z", "early/y", "pack/two"]
    assert new_items(log, NOON, concept="a", packs=["pack"]) == ["pack/three"]
    assert (
        new_items(log, NOON, concept="unheard-of")
        == new_items(log, NOON, packs=["unheard-of"])
        == []
    )


def test_next_due_is_the_first_instant_after(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.GOOD))
    log.append_review(draft("pack/two", Rating.EASY))
    soon = NOON + 10 * MINUTE
    far = due_of(log, "pack/two")
    assert log.within().next_due(NOON) == soon
    assert log.within().next_due(soon) == far
    assert log.within(concept="b").next_due(NOON) == far
    assert log.within(packs=["unheard-of"]).next_due(NOON) is None


def test_forecast_against_a_count_by_hand(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.EASY, NOON - 50 * DAY))  # overdue: today
    log.append_review(draft("pack/two", Rating.GOOD))  # in ten minutes: today
    log.append_review(draft("pack/three", Rating.EASY))
    days = (due_of(log, "pack/three") - NOON).days + 1  # from the start of its day
    wanted = [0] * (days + 3)
    wanted[0], wanted[days] = 2, 1
    assert log.forecast(NOON, days=days + 3) == wanted
    assert log.forecast(NOON, days=days) == wanted[:days]
    # where days start at 13:00, noon is still yesterday's; what was reviewed keeps its day
    log.days = StudyDays(start_hour=13)
    assert log.forecast(NOON, days=days + 2)[days + 1] == 1
    assert log.forecast(NOON + HOUR, days=days + 1)[days] == 1


def test_forecast_of_a_step_of_days_and_of_what_rests_for_an_hour(path: Path) -> None:
    with ReviewLog.open(path, policy=Policy(learning_steps=(2 * DAY,))) as log:
        log.register("pack", [("pack/one", "a", 0), ("pack/two", "b", 1)])
        log.append_review(draft("pack/one", Rating.AGAIN))
        log.append_review(draft("pack/two", Rating.EASY, NOON - 50 * DAY))
        bury_item(log, "pack/two", NOON + HOUR, NOON)
        found = [log.forecast(NOON, days=days) for days in (1, 2, 3)]
    assert found == [[1], [1, 0], [1, 0, 1]]


def test_what_was_reviewed_on_a_day(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.GOOD, NOON - DAY))
    log.append_review(draft("pack/one", Rating.HARD, NOON, outcome=Outcome.PARTIAL))
    log.append_review(draft("pack/two", Rating.AGAIN, NOON + HOUR, outcome=Outcome.WRONG))
    log.append_review(draft("pack/three", Rating.AGAIN, NOON + HOUR, outcome=Outcome.WRONG))
    log.undo(NOON + HOUR)
    done = log.reviews_on(log.day_of(NOON))
    assert done.reviews == 2
    none = dict.fromkeys(Outcome, 0)
    assert done.outcomes == {**none, Outcome.PARTIAL: 1, Outcome.WRONG: 1}
    assert done.ratings == {Rating.AGAIN: 1, Rating.HARD: 1, Rating.GOOD: 0, Rating.EASY: 0}
    assert done.spent == timedelta(seconds=16)
    assert new_since(log, NOON) == 1  # two; three's was taken back, one's was yesterday
    assert new_since(log, NOON - DAY) == 2


def test_last_reviews_are_the_latest_standing_ones(log: ReviewLog) -> None:
    for k, item in enumerate(["pack/one", "pack/two", "pack/one", "pack/two"]):
        log.append_review(draft(item, time=NOON + k * HOUR))
    log.undo(NOON + DAY)
    assert [r.time for r in log.last_reviews(limit=2)] == [NOON + 2 * HOUR, NOON + HOUR]
    assert [r.time for r in log.last_reviews(item="pack/one")] == [NOON + 2 * HOUR, NOON]
    assert log.last_reviews(item="pack/unheard-of") == []
    for n in range(12):
        log.append_review(draft("pack/one", time=NOON + n * DAY))
    assert len(log.last_reviews()) == len(log.last_reviews(item="pack/one")) == 10
    assert [r.time for r in log.last_reviews(limit=1)] == [NOON + 11 * DAY]


def test_a_second_review_of_a_day_does_not_count_towards_retention(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.EASY, NOON))
    log.append_review(draft("pack/one", Rating.GOOD, NOON + 30 * MINUTE))  # on another device
    assert log.retention(NOON) is None
    log.append_review(draft("pack/one", Rating.AGAIN, NOON + 20 * DAY))
    assert log.retention(NOON) == 0.0


@pytest.mark.parametrize("model", PARAMETERS)
def test_a_day_counts_once_towards_retention_whatever_the_model(path: Path, model: str) -> None:
    """Not recalled in the morning, recalled on another device: also by a model without time."""
    with ReviewLog.open(path, policy=Policy(model=model, relearning_steps=())) as log:
        log.append_review(draft("pack/one", Rating.EASY, NOON))
        log.append_review(draft("pack/one", Rating.AGAIN, NOON + 20 * DAY))
        log.append_review(draft("pack/one", Rating.GOOD, NOON + 20 * DAY + 30 * MINUTE))
        assert log.retention(NOON) == 0.0


def test_retention_counts_reviews_of_items_in_review_only(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", Rating.AGAIN, NOON))  # new: does not count
    log.append_review(draft("pack/one", Rating.EASY, NOON + MINUTE))  # in steps: neither
    log.append_review(draft("pack/one", Rating.GOOD, NOON + 9 * DAY))  # mature, recalled
    log.append_review(draft("pack/one", Rating.AGAIN, NOON + 50 * DAY))  # mature, not recalled
    log.append_review(draft("pack/one", Rating.GOOD, NOON + 51 * DAY))  # relearning
    log.append_review(draft("pack/one", Rating.GOOD, NOON + 60 * DAY))  # mature, recalled
    assert log.retention(NOON) == 2 / 3
    assert log.retention(NOON + 50 * DAY) == 1 / 2
    log.undo(NOON + 61 * DAY)
    assert log.retention(NOON) == 1 / 2
    assert log.retention(NOON + 51 * DAY) is None


SEOUL = 9 * 60


@pytest.mark.parametrize(
    ("hours_of_reviews", "hour_now", "streak"),
    [
        ((), 0, 0),
        ((0,), 0, 1),  # today
        ((-24,), 0, 1),  # yesterday: not broken yet
        ((-48,), 0, 0),  # broken
        ((0, -24, -48, -96), 0, 3),  # up to the gap
        ((0, -1, -2), 0, 1),  # one day is one day
        ((72, 0, -24), 0, 2),  # written while the clock ran three days ahead
        ((-24, -48), 0, 2),
    ],
)
def test_streak(
    log: ReviewLog, hours_of_reviews: tuple[int, ...], hour_now: int, streak: int
) -> None:
    for hours in hours_of_reviews:
        log.append_review(draft(time=NOON + hours * HOUR))
    assert log.streak_days(NOON + hour_now * HOUR) == streak


def test_a_study_day_begins_at_its_hour_by_the_learners_clock(log: ReviewLog) -> None:
    # 18:59 and 19:00 UTC are 03:59 and 04:00 in Seoul
    log.days = StudyDays(lambda _: SEOUL, 4)
    for minute in (-1, 0):
        time = datetime(2026, 1, 1, 19, tzinfo=UTC) + minute * MINUTE
        log.append_review(draft(time=time, offset_minutes=SEOUL))
    assert list(log.review_days()) == [date(2026, 1, 2), date(2026, 1, 1)]
    now = datetime(2026, 1, 2, 1, tzinfo=UTC)
    assert log.streak_days(now) == 2


def test_each_review_counts_for_the_day_it_was_where_the_learner_was(log: ReviewLog) -> None:
    # Seoul on 2 January, then a flight to Los Angeles, where it is still 1 January
    log.append_review(draft(time=datetime(2026, 1, 2, 1, tzinfo=UTC), offset_minutes=SEOUL))
    log.append_review(draft(time=datetime(2026, 1, 2, 3, tzinfo=UTC), offset_minutes=-8 * 60))
    log.append_review(draft(time=datetime(2026, 1, 2, 20, tzinfo=UTC), offset_minutes=-8 * 60))
    assert list(log.review_days()) == [date(2026, 1, 2), date(2026, 1, 1)]


def test_the_night_clocks_are_set_back_has_one_study_day(log: ReviewLog) -> None:
    """Berlin, 25 October 2026: 02:30 comes twice, at 00:30 and 01:30 UTC."""
    log.append_review(draft(time=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), offset_minutes=120))
    log.append_review(draft(time=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), offset_minutes=60))
    assert list(log.review_days()) == [date(2026, 10, 25)]
    reviews = log.last_reviews()
    assert reviews[0].time - reviews[1].time == HOUR
    assert log.state("pack/one").reps == 2


def test_the_home_screens_questions_do_not_import_numpy(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.register("pack", [("pack/one", "a", 0)])
        log.append_review(draft(rating=Rating.EASY))
    program = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from studytool.review_log.log import ReviewLog
from studytool.review_log.schema import ITEM_INDEXES
from studytool.review_log.study_days import StudyDays
from studytool.srs.memory import to_ms
from studytool.srs.parameters import PARAMETERS
from studytool.srs.policy import Policy
now = datetime(2026, 2, 1, tzinfo=UTC)
with ReviewLog.open(Path({str(path)!r})) as log:
    assert log.counts(now)["pack"].due == 1
    waiting, ms = log.within(), to_ms(now)
    waiting.reviews(ms, None, order="due"), waiting.in_steps(ms, None), waiting.new(ms, None)
    log.within().next_due(now), log.forecast(now, days=30)
    log.streak_days(now), log.retention(now), log.new_on(log.day_of(now)), log.reviews_on(log.day_of(now))
    log.state("pack/one"), log.registrations(), log.last_reviews()
with ReviewLog.open(Path({str(path) + ".first"!r})) as log:  # a first start
    log.register("pack", [("pack/one", "a", 0)])
print([name for name in ("numpy", "pydantic", "yaml") if name in sys.modules])
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_the_queue_is_read_from_indexes_that_outlive_a_rebuild(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft(rating=Rating.EASY))
    with ReviewLog.open(path, policy=Policy(desired_retention=0.8)) as log:  # folds all again
        found = log._db.rows("SELECT name FROM sqlite_schema WHERE type = 'index'")
        assert {name for (name,) in found} >= set(ITEM_INDEXES)


def test_predicted_recall_against_fsrs(log: ReviewLog) -> None:
    days = (0, 1, 9, 30)
    for day in days:
        log.append_review(draft("pack/one", Rating.EASY, NOON + day * DAY))
    peer = Scheduler(enable_fuzzing=False)
    card, expected = Card(card_id=1), []
    for day in days:
        now = NOON + day * DAY
        expected.append(peer.get_card_retrievability(card, now))
        card, _ = peer.review_card(card, PeerRating.Easy, now)
    found = [answer.predicted for answer in log.answers()]
    assert found[0] is None  # never reviewed before
    assert found[1:] == pytest.approx(expected[1:], rel=1e-12)


def test_predicted_recall_is_the_same_after_a_rebuild(path: Path) -> None:
    with ReviewLog.open(path) as log:
        for day in (0, 5, 5, 40, 41, 90):
            log.append_review(draft("pack/one", Rating.GOOD, NOON + day * DAY))
        kept = list(log.answers())
    connection = apsw.Connection(str(path))
    connection.execute("DROP TABLE mature_reviews")
    connection.close()
    with ReviewLog.open(path) as log:
        assert list(log.answers()) == kept


def test_words_are_of_the_same_moment_as_the_events_that_have_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restore by another program puts a log in place in which the codes stand for other words."""

    def otherwise(db: Database, codes: Iterable[int]) -> dict[int, str]:
        with closing(apsw.Connection(str(path))) as other:
            other.execute("DROP TRIGGER IF EXISTS names_are_never_changed")
            other.execute("UPDATE names SET name = name || '-other' WHERE name LIKE 'pack/one%'")
        return find_names(db, codes)

    with ReviewLog.open(path) as log:
        log.append_review(draft("pack/one"))
        wanted = list(log.events())
        monkeypatch.setattr(rows, "find_names", otherwise)
        monkeypatch.setattr(history, "find_names", otherwise)
        assert list(log.events()) == wanted
        assert "pack/one-other" in str(list(log.events()))  # control: it was changed
        assert [line.count(b"-other") for line in write_csv(log)] == [0, 2]
