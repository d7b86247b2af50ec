"""Reviews placed before an exam: against what each gains, and against the schedule without a date."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.numerics.streams import stream
from studytool.review_log.study_days import as_date
from studytool.srs.exam_plan import (
    SETTLING_DAYS,
    ExamDays,
    ExamItem,
    ExamPlan,
    intervals_of_good,
    plan_exam,
)
from studytool.srs.fsrs import GOOD
from studytool.srs.last_reviews import (
    NOT_PLACED,
    SMALLEST_GAIN,
    choose_last_days,
    place_last_reviews,
    recall_if_reviewed,
    recall_on,
    review_gains,
)
from studytool.srs.memories import Memories
from studytool.srs.models import MODELS, MemoryModel
from studytool.srs.policy import Policy

POLICY = Policy()
MODEL: MemoryModel = MODELS["fsrs-6"](POLICY.parameters)
TODAY = 20_000


def _item(stability: float, *, ago: int = 5, held: bool = False) -> ExamItem:
    return ExamItem(stability, 5.0, TODAY - ago, held)


def _plan(
    items: Sequence[ExamItem],
    *,
    exam: int,
    a_day: int,
    begins: Sequence[int] = (),
    asked_today: int = 0,
) -> ExamPlan:
    days = ExamDays(TODAY, TODAY + exam, a_day)
    return plan_exam(days, POLICY, items, begins=begins, asked_today=asked_today)


def _memories(items: Sequence[ExamItem]) -> Memories:
    return Memories.reviewed(
        np.array([one.stability for one in items]),
        np.array([one.difficulty for one in items]),
        last_day=np.array([one.last_day for one in items], np.int64),
    )


# --- what a review gains ---------------------------------------------------------------------------


def test_a_review_is_worth_its_two_outcomes() -> None:
    """Against the model's own numbers, one item and one rating at a time."""
    memories, day, exam = _memories([_item(4.0)]), TODAY + 2, TODAY + 9
    [known] = recall_on(day, memories, MODEL)
    after = {
        rating: MODEL.next(
            memories.stability,
            memories.difficulty,
            elapsed_days=np.array([7]),
            rating=np.array([rating]),
        )[0]
        for rating in (1, 3)
    }
    good, again = (MODEL.retrievability(after[rating], np.array([7]))[0] for rating in (3, 1))
    [found] = recall_if_reviewed(day, exam, memories, MODEL)
    assert found == pytest.approx(known * good + (1 - known) * again, abs=1e-12)


def test_in_one_day_the_reviews_that_gain_most_are_chosen() -> None:
    """With room for k, the sum of the k greatest gains: no choice is better."""
    rng = stream("exam-one-day")
    items = [_item(s, ago=a) for s, a in zip(rng.lognormal(2, 1, 40), range(1, 41), strict=True)]
    memories, exam = _memories(items), TODAY + 1
    gains = recall_if_reviewed(TODAY, exam, memories, MODEL) - recall_on(exam, memories, MODEL)
    plan = _plan(items, exam=1, a_day=40)
    worth = [n for n in np.argsort(-gains) if gains[n] >= SMALLEST_GAIN]
    assert plan.reviews == tuple(worth)
    room, held = {TODAY: 7}, np.zeros(40, np.bool_)
    found = place_last_reviews(memories, MODEL, exam_day=exam, room=room, held=held)
    assert sorted(np.flatnonzero(found.day != NOT_PLACED)) == sorted(worth[:7])
    assert found.recall.sum() == pytest.approx(
        recall_on(exam, memories, MODEL).sum() + np.sort(gains)[-7:].sum(), abs=1e-9
    )


def test_over_several_days_the_choice_is_near_the_best_of_all() -> None:
    """Against every way to place five items on five days of one review each."""
    rng, days = stream("exam-all-ways"), range(TODAY, TODAY + 5)
    for _ in range(20):
        items = [_item(s, ago=int(a)) for s, a in zip(rng.lognormal(1.5, 1, 5), rng.integers(1, 30, 5), strict=True)]  # fmt: skip
        memories, exam = _memories(items), TODAY + 5
        untouched = recall_on(exam, memories, MODEL)
        gains = np.array(
            [recall_if_reviewed(day, exam, memories, MODEL) - untouched for day in days]
        )
        best = max(
            sum(max(gains[day, item], 0.0) for item, day in enumerate(order))
            for order in permutations(range(5))
        )
        room, held = dict.fromkeys(days, 1), np.zeros(5, np.bool_)
        found = place_last_reviews(memories, MODEL, exam_day=exam, room=room, held=held)
        assert 0.9 * best <= found.gain.sum() <= best + 1e-12  # a greedy choice loses little


# --- the plan --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exam", "items", "a_day", "first"),
    [
        (12, 30, 10, 9),    # three days hold one review of each
        (12, 31, 10, 8),    # a day more for the one that is over
        (2, 30, 10, 0),     # too late for all: from today
        (12, 0, 10, 12),    # nothing in it
        (400, 9000, 1, 370),  # the ordinary schedule first, however much there is
    ],
)  # fmt: skip
def test_the_exam_decides_in_the_days_that_hold_one_review_of_each(
    exam: int, items: int, a_day: int, first: int
) -> None:
    last = ExamDays(TODAY, TODAY + exam, a_day).last_days(items)
    assert last == range(TODAY + first, TODAY + exam)


@pytest.mark.parametrize(
    ("exam", "new", "a_day"),
    [
        (13, 100, 10),  # ten days, then three to settle
        (13, 101, 11),  # all are begun in time
        (3, 7, 7),      # all at once where it is late
        (1, 7, 7),      # the day before
        (0, 7, 0),      # on the day itself none
        (13, 0, 0),     # none left
    ],
)  # fmt: skip
def test_new_items_are_paced(exam: int, new: int, a_day: int) -> None:
    assert SETTLING_DAYS == 3
    found = ExamDays(TODAY, TODAY + exam, 10).paces(new)
    assert (sum(found[:1]), sum(found)) == (a_day, new if exam else 0)


@pytest.mark.parametrize(
    ("off", "week", "paces", "rooms"),
    [
        ((), (), [3, 3, 3, 2, 0, 0, 0], [4, 4, 4, 4, 4, 4, 4]),  # the last three to settle
        ((1, 2), (), [6, 0, 0, 5, 0, 0, 0], [4, 0, 0, 4, 4, 4, 4]),
        ((0,), (), [0, 4, 4, 3, 0, 0, 0], [0, 4, 4, 4, 4, 4, 4]),  # none today
        ((0, 1, 2, 3), (), [0, 0, 0, 0, 4, 4, 3], [0, 0, 0, 0, 4, 4, 4]),  # late, but begun
        (range(7), (), [0] * 7, [0] * 7),  # never
        ((), (0.5, 1, 0), [4, 3, 3, 1, 0, 0, 0], [4, 4, 4, 2, 4, 0, 4]),  # Friday to Thursday
    ],
)
def test_breaks_and_easy_days_have_as_much_room_as_their_share(
    off: Sequence[int], week: Sequence[float], paces: list[int], rooms: list[int]
) -> None:
    friday = TODAY
    assert as_date(friday).isoweekday() == 5
    days = ExamDays(friday, friday + 7, 4, [friday + one for one in off], week)
    found = days.paces(11)
    assert found + [0] * (7 - len(found)) == paces
    assert [days.room(friday + n) for n in range(7)] == rooms


@given(
    off=st.sets(st.integers(0, 12)),
    week=st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=7),
    exam=st.integers(1, 12),
    new=st.integers(0, 40),
)
def test_a_pace_kept_to_is_the_pace_of_the_next_day(
    off: set[int], week: list[float], exam: int, new: int
) -> None:
    """All are begun if any day is studied, none on a day off, and tomorrow agrees with today."""
    days = ExamDays(TODAY, TODAY + exam, 5, [TODAY + one for one in off], week)
    found = days.paces(new)
    shares = [days.share(TODAY + n) for n in range(exam)]
    assert sum(found) == (new if any(shares) else 0)
    assert all(share > 0 or not n for share, n in zip(shares, found, strict=False))
    late = not any(shares[: max(1, exam - SETTLING_DAYS)])
    if exam > 1 and not late and any(found[1:]):
        assert replace(days, today=TODAY + 1).paces(new - found[0]) == found[1:]


@given(
    off=st.sets(st.integers(0, 9)),
    week=st.lists(st.sampled_from([0.0, 0.5, 1.0]), max_size=7),
    exam=st.integers(1, 9),
    stabilities=st.lists(st.floats(0.1, 100), max_size=20),
)
def test_no_review_is_placed_on_a_day_off(
    off: set[int], week: list[float], exam: int, stabilities: list[float]
) -> None:
    days = ExamDays(TODAY, TODAY + exam, 3, [TODAY + one for one in off], week)
    plan = plan_exam(days, POLICY, list(map(_item, stabilities)), begins=(), asked_today=0)
    placed = Counter([*(TODAY for _ in plan.reviews), *(day for _, day in plan.later)])
    assert all(n <= days.room(day) for day, n in placed.items())
    assert all(TODAY <= day < TODAY + exam for day in placed)
    if plan.decides and sum(map(days.room, range(TODAY, TODAY + exam))) >= len(stabilities):
        last = days.last_days(len(stabilities))
        assert sum(map(days.room, last)) >= len(stabilities)
        assert sum(map(days.room, last[1:])) < len(stabilities)


def test_of_items_that_gain_alike_the_first_come_first() -> None:
    items = [_item(5.0 + k % 3) for k in range(90)]
    gains = {stability: k for k, stability in enumerate((5.0, 6.0, 7.0))}
    found = _plan(items, exam=1, a_day=90).reviews
    assert [*found] == sorted(found, key=lambda k: (gains[items[k].stability], k))
    assert len(found) == 90


@pytest.mark.parametrize("until", [0, 30, 400])
def test_the_days_between_reviews_that_go_well(until: int) -> None:
    found = intervals_of_good(POLICY, until)
    assert sum(found[:-1]) <= until < sum(found)
    assert found == sorted(found)
    assert intervals_of_good(replace(POLICY, desired_retention=0.8), until)[0] > found[0]
    at_most = intervals_of_good(replace(POLICY, maximum_interval_days=7), until)
    assert max(at_most) <= 7 < max(intervals_of_good(POLICY, 400))


def test_what_is_held_is_not_asked_and_counts_all_the_same() -> None:
    held, free = _item(5.0, held=True), _item(5.0)
    plan = _plan([held, free], exam=1, a_day=10)
    assert plan.reviews == (1,)
    [untouched] = recall_on(TODAY + 1, _memories([held]), MODEL)
    alone = _plan([free], exam=1, a_day=10).recalled
    assert plan.recalled == pytest.approx(alone + untouched, abs=1e-12)


def test_before_the_last_days_the_exam_decides_nothing() -> None:
    plan = _plan([_item(5.0)] * 10, exam=12, a_day=10)
    assert (plan.decides, plan.reviews) == (False, ())
    assert _plan([_item(5.0)] * 10, exam=1, a_day=10).decides


def test_items_to_be_begun_count_and_are_not_reviewed_today() -> None:
    plan = _plan([], exam=6, a_day=1, begins=[TODAY, TODAY + 1, TODAY + 3])
    assert plan.reviews == ()
    assert 2 < plan.recalled < 3


@pytest.mark.parametrize(
    ("a_day", "asked", "left"), [(3, 0, 3), (3, 2, 1), (3, 3, 0), (3, 4, 0)]
)  # more may have been asked than the plan says: in a cram, or before the limit was lowered
def test_what_was_asked_today_is_taken_from_todays_room(a_day: int, asked: int, left: int) -> None:
    plan = _plan([_item(5.0)] * 9, exam=1, a_day=a_day, asked_today=asked)
    assert (plan.decides, len(plan.reviews)) == (True, left)


def test_equals_are_asked_in_their_order() -> None:
    assert _plan([_item(5.0)] * 100, exam=1, a_day=60).reviews == tuple(range(60))


def test_each_review_of_the_last_days_is_named_once() -> None:
    """Today's among today's, and none that is begun only now."""
    plan = _plan([_item(5.0)] * 5, exam=2, a_day=4, begins=[TODAY])
    later = dict(plan.later)
    assert len(plan.reviews) + len(later) in {5, 6}
    assert set(plan.reviews).isdisjoint(later)
    assert set(later.values()) == {TODAY + 1}
    assert max(later) < 5


def test_what_is_begun_now_is_reviewed_before_the_exam() -> None:
    """Of one new item the expected recall is that of its best day, by the model's own numbers."""
    stability, difficulty = MODEL.first(np.array([GOOD]))
    begun = Memories.reviewed(stability, difficulty, last_day=np.array([TODAY]))
    exam = TODAY + 6
    best = max(recall_if_reviewed(TODAY + n, exam, begun, MODEL)[0] for n in range(1, 6))
    plan = _plan([], exam=6, a_day=1, begins=[TODAY])
    assert plan.recalled == pytest.approx(best, abs=1e-12)
    assert best > recall_on(exam, begun, MODEL)[0] + SMALLEST_GAIN


@pytest.mark.parametrize(("last", "day"), [(TODAY - 1, TODAY), (TODAY, TODAY + 1)])
def test_no_item_is_reviewed_twice_on_a_day(last: int, day: int) -> None:
    """With much room on the first of two days and none on the second, or none on the first."""
    memories = Memories.reviewed(np.array([0.3]), np.array([5.0]), last_day=np.array([last]))
    for room, wanted in (({TODAY: 1}, day == TODAY), ({TODAY: 1, TODAY + 1: 1}, True)):
        found = place_last_reviews(
            memories, MODEL, exam_day=TODAY + 2, room=room, held=np.zeros(1, np.bool_)
        )
        assert bool(found.day[0] != NOT_PLACED) is wanted
        assert found.day[0] in {NOT_PLACED, *range(day, TODAY + 2)}


def test_a_memory_of_today_fades_from_tomorrow_on() -> None:
    """A clock set back, or a day's reviews of another zone: no time passes before the review."""
    memories = _memories([_item(5.0, ago=n) for n in (-1, 0, 1)])
    usual = MODEL.retrievability(np.full(3, 5.0), np.array([0, 0, 1]))
    assert recall_on(TODAY, memories, MODEL).tolist() == usual.tolist()
    soon = recall_if_reviewed(TODAY, TODAY + 9, memories, MODEL)
    assert soon[0] == soon[1] != soon[2]


def test_equal_memories_gain_what_each_gains_alone() -> None:
    """A simulation has the same memory in many draws; each differs from the next in one column."""
    stability = np.array([3.0, 3.0, 3.0, 40.0, 3.0, 40.0, 3.0])
    difficulty = np.array([5.0, 5.0, 2.0, 5.0, 5.0, 5.0, 2.0])
    last_day = np.array([0, 2, 0, 0, 0, 0, 1]) + TODAY
    held = np.array([False, False, False, False, False, True, False])
    days = range(TODAY, TODAY + 4)

    def gains(rows: slice) -> tuple[list[list[float]], list[float]]:
        memories = Memories.reviewed(stability[rows], difficulty[rows], last_day=last_day[rows])
        found = review_gains(memories, MODEL, exam_day=TODAY + 4, days=days, held=held[rows])
        return found[0].tolist(), found[1].tolist()

    together, alone = gains(slice(None)), [gains(slice(k, k + 1)) for k in range(7)]
    assert together[0] == [one for ones, _ in alone for one in ones]
    assert together[1] == [recall for _, recalls in alone for recall in recalls]
    assert len({tuple(row) for row in together[0]}) == 6  # none stands for another, but the equals
    assert together[0][0] == together[0][4]


def test_items_known_by_strength_alone() -> None:
    columns = np.array([3.0, 40.0]), np.array([2.0, 9.0])
    known = Memories.reviewed(*columns, last_day=np.array([7, 8]))
    assert known.stability.tolist() == [3.0, 40.0]
    assert known.difficulty.tolist() == [2.0, 9.0]
    assert (known.last_day.tolist(), known.stage.tolist()) == ([7, 8], [2, 2])


@pytest.mark.slow
@given(
    items=st.lists(
        st.builds(_item, st.floats(0.1, 200), ago=st.integers(1, 60), held=st.booleans()),
        max_size=12,
    ),
    begins=st.lists(st.integers(0, 3), max_size=3),
    exam=st.integers(1, 6),
    a_day=st.integers(1, 5),
    data=st.data(),
)
def test_what_is_answered_changes_nothing_for_the_others(
    items: list[ExamItem], begins: list[int], exam: int, a_day: int, data: st.DataObject
) -> None:
    """The law behind "promised = asked": however some were answered, the rest of today stays."""
    later = [TODAY + day for day in begins]
    before = _plan(items, exam=exam, a_day=a_day, begins=later)
    answered = [n for n in before.reviews if data.draw(st.booleans())]
    after = [
        ExamItem(data.draw(st.floats(0.1, 200)), 5.0, TODAY, held=True) if n in answered else item
        for n, item in enumerate(items)
    ]
    left = tuple(n for n in before.reviews if n not in answered)
    asked = len(answered)
    again = _plan(after, exam=exam, a_day=a_day, begins=later, asked_today=asked)
    assert again.reviews == left


@pytest.mark.slow
@given(
    stabilities=st.lists(st.floats(0.1, 200), min_size=1, max_size=12),
    exam=st.integers(1, 6),
    a_day=st.integers(1, 5),
)
def test_more_room_is_never_worse(stabilities: list[float], exam: int, a_day: int) -> None:
    items = [_item(stability) for stability in stabilities]
    memories, held = _memories(items), np.zeros(len(items), np.bool_)
    days = range(TODAY, TODAY + exam)
    less, more = (
        place_last_reviews(
            memories, MODEL, exam_day=TODAY + exam, room=dict.fromkeys(days, n), held=held
        )
        for n in (a_day, len(items))
    )
    assert less.gain.sum() <= more.gain.sum() + 1e-12
    assert max(Counter(less.day[less.day != NOT_PLACED].tolist()).values(), default=0) <= a_day


@given(
    st.integers(0, 4).flatmap(
        lambda days: st.lists(
            st.lists(
                st.lists(
                    st.sampled_from([0.0, 0.004, 0.1, 0.2, 0.3]), min_size=days, max_size=days
                ),
                min_size=6,
                max_size=6,
            ),
            min_size=2,
            max_size=2,
        )
    ),
    st.lists(st.integers(0, 4), min_size=8, max_size=8),
)
def test_all_draws_at_once_against_one_pair_after_the_other(
    gains: list[list[list[float]]], room: list[int]
) -> None:
    days = len(gains[0][0])
    rooms = [room[:days], room[4 : 4 + days]]
    shaped = np.array(gains).reshape(2, 6, days)
    placed, gained = choose_last_days(shaped, np.array(rooms, np.int64).reshape(2, days))
    for draw in range(2):
        left, wanted = list(rooms[draw]), {}
        pairs = [(-gains[draw][k][day], k, day) for k in range(6) for day in range(days)]
        for gain, item, day in sorted(pairs):
            if -gain >= SMALLEST_GAIN and item not in wanted and left[day] > 0:
                left[day] -= 1
                wanted[item] = day
        assert placed[draw].tolist() == [wanted.get(k, NOT_PLACED) for k in range(6)]
        assert gained[draw].tolist() == [
            gains[draw][k][wanted[k]] if k in wanted else 0.0 for k in range(6)
        ]
