"""The queue of some packs, about one concept, of some items: each question by hand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studytool.quiz.outcome import Outcome
from studytool.review_log.events import Vacation
from studytool.review_log.log import ReviewLog
from studytool.review_log.queue_slice import QueueSlice
from studytool.srs.memory import to_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from tests.review_log.deeds import bury_item, set_suspended
from tests.review_log.drafts import DAY, HOUR, MINUTE, NOON, draft

NOW = to_ms(NOON)


@pytest.fixture
def two(path: Path) -> Iterator[ReviewLog]:
    """Return a log of two packs: p/one and p/three about a, p/two about b, q/four about a."""
    with ReviewLog.open(path) as log:
        log.register("p", [("p/one", "a", 0), ("p/two", "b", 1), ("p/three", "a", 2)])
        log.register("q", [("q/four", "a", 0)])
        yield log


def _new(queue: QueueSlice) -> list[str]:
    return [one.item for one in queue.new(NOW, None)]


@pytest.mark.parametrize(
    ("packs", "concept", "items", "found"),
    [
        ((), None, None, ["p/one", "p/two", "p/three", "q/four"]),
        (("q", "p"), None, None, ["q/four", "p/one", "p/two", "p/three"]),
        (("p", "unknown"), None, None, ["p/one", "p/two", "p/three"]),
        ((), "a", None, ["p/one", "p/three", "q/four"]),
        ((), "unknown", None, []),
        ((), None, ["p/three", "q/four"], ["p/three", "q/four"]),
        (("p",), "a", ["p/three", "p/two", "q/four"], ["p/three"]),
        ((), None, [], []),
    ],
)
def test_what_a_queue_is_of(
    two: ReviewLog,
    packs: tuple[str, ...],
    concept: str | None,
    items: list[str] | None,
    found: list[str],
) -> None:
    queue = two.within(packs, concept, items)
    assert _new(queue) == found
    assert [(item, ends) for item, _, ends in queue.new_by(NOW)] == [(one, 0) for one in found]
    assert queue.count_new(NOW) == len(found)
    assert sorted(one.item for one in queue.weakest(NOW, 9)) == sorted(found)


def test_new_items_at_rest_come_back_by_an_instant(two: ReviewLog) -> None:
    until = NOON + 2 * DAY
    bury_item(two, "p/two", until, NOON)
    set_suspended(two, "p/three", True, NOON)
    queue = two.within(("p",))
    assert [item for item, _, _ in queue.new_by(NOW)] == ["p/one"]
    found = queue.new_by(to_ms(until + DAY))
    assert [(item, concept) for item, concept, _ in found] == [("p/one", "a"), ("p/two", "b")]
    assert found[0][2] == 0 < found[1][2] <= to_ms(until + DAY)


@pytest.mark.parametrize(
    ("closed", "items", "count"),
    [
        ([], None, 4),
        (["p/a"], None, 2),
        (["p/a", "p/b"], None, 1),
        (["q/a"], None, 3),
        (["p/a", "q/a"], None, 1),
        (["unknown/a", "p/unknown"], None, 4),
        (["p/a"], ["p/one", "p/two"], 1),
    ],
)
def test_new_items_of_closed_concepts_are_not_counted(
    two: ReviewLog, closed: list[str], items: list[str] | None, count: int
) -> None:
    queue = two.within(items=items)
    assert queue.count_new(NOW, closed=closed) == count
    assert len(queue.new(NOW, None, closed=closed)) == count


def test_what_was_learned_and_falls_due_within_some_days(two: ReviewLog) -> None:
    two.append_review(draft("p/one", Rating.EASY, NOON - 2 * DAY))
    two.append_review(draft("p/two", Rating.AGAIN, NOON - MINUTE / 2))  # in steps
    [one] = two.statuses(items=["p/one"])
    assert one.due_day is not None
    ahead = one.due_day - two.day_of(NOON)
    assert ahead > 1
    queue = two.within()

    def learned(within_days: int | None) -> list[str]:
        return [one.item for one in queue.learned(NOW, order="due", within_days=within_days)]

    assert learned(None) == ["p/two", "p/one"]  # steps first, whatever the day
    assert learned(ahead) == ["p/two", "p/one"]
    assert learned(ahead - 1) == ["p/two"]
    assert learned(0) == ["p/two"]
    bury_item(two, "p/two", NOON + 2 * DAY, NOON)
    assert learned(None) == ["p/one"]  # at rest


def test_a_step_that_ends_tomorrow_is_not_within_today(path: Path) -> None:
    with ReviewLog.open(path, policy=Policy(learning_steps=(DAY,))) as log:
        log.register("p", [("p/one", "a", 0)])
        log.append_review(draft("p/one", Rating.AGAIN, NOON))
        found = [log.within().learned(NOW, order="due", within_days=days) for days in (0, 1)]
    assert [[one.item for one in some] for some in found] == [[], ["p/one"]]


def test_a_step_that_ends_tomorrow_is_within_one_day(two: ReviewLog) -> None:
    late = NOON + 15.9 * HOUR  # the study day ends at four
    two.append_review(draft("p/one", Rating.HARD, late))  # some minutes on
    queue = two.within()
    found = {
        days: [one.item for one in queue.learned(to_ms(late), order="due", within_days=days)]
        for days in (0, 1)
    }
    [one] = two.statuses(items=["p/one"])
    assert one.due is not None
    ends_today = two.day_of(one.due) == two.day_of(late)
    assert found == {0: ["p/one"] if ends_today else [], 1: ["p/one"]}


def test_the_days_of_vacations_and_of_breaks_set_ahead(two: ReviewLog) -> None:
    today = two.day_of(NOON)
    two.append(Vacation, NOON, days=2)
    two.append(Vacation, NOON, days=3, first=today + 4)
    assert two.days_off() == {today, today + 1, today + 4, today + 5, today + 6}


def test_a_misconception_lives_until_the_next_right_answer(two: ReviewLog) -> None:
    def answered(item: str, outcome: Outcome, misconception: str | None, day: int) -> None:
        said = replace(draft(item, time=NOON + day * DAY, outcome=outcome))
        two.append_review(replace(said, misconception=misconception))

    answered("p/one", Outcome.WRONG, "sign", 0)
    answered("p/two", Outcome.WRONG, "sign", 0)
    answered("p/three", Outcome.WRONG, "half", 0)
    answered("p/three", Outcome.WRONG, None, 1)  # wrong otherwise: it lives on
    answered("p/one", Outcome.RIGHT, None, 1)
    answered("q/four", Outcome.WRONG, None, 1)  # none was shown
    assert two.living_misconceptions() == {"sign": {"p/two"}, "half": {"p/three"}}
    answered("p/one", Outcome.WRONG, "half", 2)
    assert two.living_misconceptions() == {"sign": {"p/two"}, "half": {"p/three", "p/one"}}


def test_events_of_very_many_days_at_once_are_counted(two: ReviewLog, tmp_path: Path) -> None:
    """Beyond a hundred days the whole log is counted again, to the same."""
    for day in range(103):
        two.append_review(draft("p/one", time=NOON + day * DAY))
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.absorb(list(two.events()))
        assert list(other.review_days()) == list(two.review_days())
        assert len(list(other.review_days())) == 103


def test_the_counts_of_a_day(two: ReviewLog) -> None:
    """A step that ends after the day does not count; what rests besides is neither due nor new."""
    days = two.days
    night = days.start(two.day_of(NOON) + 1) - MINUTE / 4
    two.append_review(draft("p/one", Rating.AGAIN, NOON))
    two.append_review(draft("p/two", Rating.AGAIN, night))  # ends a minute later: tomorrow
    two.append_review(draft("q/four", Rating.EASY, NOON - 90 * DAY))
    counts = two.counts(night)
    assert (counts["p"].learning, counts["p"].new, counts["p"].items) == (1, 1, 3)
    assert (counts["q"].due, counts["q"].new) == (1, 0)
    resting = two.counts(night, resting=["p/three", "q/four"])
    assert (resting["p"].new, resting["p"].due, resting["q"].due) == (0, 0, 0)
    assert two.counts(night, count_new=False)["p"].new == 0
    assert two.counts(night + DAY)["p"].learning == 2


def test_what_a_log_knows_so_far(two: ReviewLog) -> None:
    two.append_review(draft("old/gone", time=NOON))
    so_far = two.so_far()
    two.append_review(draft("new/one", time=NOON + HOUR))
    known = ("p/one", "old/gone", "new/one", "p/unknown")
    assert [so_far.knows(item) for item in known] == [True, True, False, False]
    assert so_far.has_review("old/gone", NOW)
    assert not so_far.has_review("old/gone", NOW + 1)
    assert not so_far.has_review("new/one", to_ms(NOON + HOUR))


def test_a_step_that_ends_tomorrow_is_not_brought_into_today(two: ReviewLog) -> None:
    """Half an hour ahead reaches over midnight; a step of today that ends in it is there."""
    late = NOON + 11 * HOUR + 40 * MINUTE
    two.append_review(replace(draft("p/one", Rating.AGAIN, late), duration_ms=0))  # 23:41
    two.append_review(replace(draft("p/two", Rating.GOOD, late + 12 * MINUTE), duration_ms=0))
    later = two.within().in_steps(to_ms(NOON + 2 * DAY), None)
    assert [one.item for one in later] == ["p/one", "p/two"]
    found = two.within().in_steps(to_ms(late + 13 * MINUTE), None, ahead_ms=30 * 60_000)
    assert [one.item for one in found] == ["p/one"]


def test_the_steps_of_a_day(two: ReviewLog) -> None:
    """Those that end today, of each pack; a step of yesterday's is due, one in an hour is not soon."""
    two.append_review(draft("p/one", Rating.GOOD, NOON - DAY))  # its ten minutes ended yesterday
    two.append_review(draft("p/two", Rating.AGAIN, NOON))
    two.append_review(draft("q/four", Rating.GOOD, NOON + 50 * MINUTE))
    found = two.within().steps_of_day(NOW, soon_ms=20 * 60_000)
    assert found == {"p": {"p/one": True, "p/two": True}, "q": {"q/four": False}}
    assert two.within(["q"]).steps_of_day(NOW, soon_ms=70 * 60_000) == {"q": {"q/four": True}}
    tomorrow = two.days.start(two.day_of(NOON) + 1)
    for minutes, is_todays in ((1.5, True), (0.5, False)):  # the first step is of a minute
        now = tomorrow - minutes * MINUTE
        two.append_review(draft("p/three", Rating.AGAIN, now))
        assert ("p/three" in two.within().steps_of_day(to_ms(now), soon_ms=0)["p"]) is is_todays
