"""The log's laws: any order of arrival, any merge, any undo give the same state to the last bit."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import get_args

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.review_log.event_ids import id_bytes, id_text, new_id
from studytool.review_log.events import (
    Act,
    Bury,
    Event,
    Flag,
    Import,
    ItemAct,
    MoreNew,
    Move,
    Redo,
    Rename,
    ReRate,
    Reset,
    Retraction,
    Review,
    SetDue,
    SettingChange,
    Suspend,
    Undo,
    Unflag,
    Unsuspend,
    Vacation,
)
from studytool.review_log.log import ReviewLog
from studytool.review_log.queue import Counts, RaisedLimit
from studytool.srs.fold import review_one
from studytool.srs.memory import DAY_MS, NEW_MEMORY, Memory, Stage, from_ms, to_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Scheduler
from tests.review_log.activity_since import reviews_since
from tests.review_log.deeds import (
    bury_item,
    move_item,
    put_leech_away,
    re_rate,
    reset_item,
    set_flag,
    set_suspended,
    take_vacation,
)
from tests.review_log.drafts import DAY, HOUR, NOON, draft, foreign
from tests.review_log.queue import due_items, flagged_items, new_items, new_since, suspended_items

ITEMS = ("pack/one", "pack/two", "pack/three")
GONE = "pack/gone"
"""An item that no pack lists."""

START_MS = 1_767_225_600_000
HOURS = st.sampled_from([0, 1, 7, 23, 24, 49, 240, 500])
"""When events are: ties of an instant are common."""

WHENS = [from_ms(START_MS) + hours * HOUR for hours in (1, 49, 240, 2000)]
DAY_NUMBERS = range(START_MS // DAY_MS, START_MS // DAY_MS + 22)
UNKNOWN = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
"""The id of no event here."""

Written = Act | Rename | SettingChange
"""An event that stands, or is taken back."""

State = tuple[object, ...]


def _random(*content: object) -> bytes:
    """Ten bytes for an id: equal ids mean equal events, as they do in the world."""
    return hashlib.sha256(repr(content).encode()).digest()[:10]


def _review(item: str, rating: Rating, hours: int, copy: int) -> Review:
    ms = START_MS + hours * 3_600_000
    return foreign(item, rating, ms, random=_random(item, rating, hours, copy), days_before=copy)


def _other(kind: type[Event], hours: int, **about: object) -> Event:
    ms = START_MS + hours * 3_600_000
    stamp = {
        "id": id_text(new_id(ms, _random(kind, hours, about))),
        "learner": "someone",
        "device": "other",
        "time": from_ms(ms),
        "offset_minutes": 0,
        "study_day": ms // DAY_MS,
    }
    made: Event = kind(**stamp, **about)  # type: ignore[arg-type] # the strategies fit the kinds
    return made


REVIEWS = st.builds(
    _review, st.sampled_from([*ITEMS, GONE]), st.sampled_from(Rating), HOURS, st.integers(0, 1)
)
PLAIN_ACTS = st.builds(
    _other,
    st.sampled_from([Suspend, Unsuspend, Flag, Unflag, Reset, Reset]),
    HOURS,
    item=st.sampled_from(ITEMS),
)
BURIALS = st.builds(
    _other, st.just(Bury), HOURS, item=st.sampled_from(ITEMS), until=st.sampled_from(WHENS)
)
MOVES = st.builds(
    _other,
    st.sampled_from([Move, Rename]),
    HOURS,
    item=st.sampled_from([*ITEMS, GONE]),
    to=st.sampled_from(ITEMS),
)
SETTINGS = st.builds(
    _other,
    st.just(SettingChange),
    HOURS,
    name=st.sampled_from(["order", "packs.p.desired_retention"]),
    value=st.sampled_from(["due", 0.8, True, (1, 2.5), (), None]),
)
DAYS_SET = st.builds(
    _other, st.just(SetDue), HOURS, item=st.sampled_from(ITEMS), day=st.integers(20454, 20540)
)
VACATIONS = st.builds(_other, st.just(Vacation), HOURS, days=st.sampled_from([1, 7, 30]))
BREAKS = st.builds(
    _other,
    st.just(Vacation),
    HOURS,
    days=st.sampled_from([1, 5, 30]),
    first=st.integers(20454, 20540),
)

MORE_NEW = st.builds(
    _other,
    st.just(MoreNew),
    HOURS,
    more=st.sampled_from([1, 5]),
    packs=st.sampled_from([(), ("pack",)]),
)


@st.composite
def event_lists(draw: st.DrawFn) -> list[Event]:
    """Events of all kinds, as other devices may have written them: sane or not."""
    reviews = draw(st.lists(REVIEWS, max_size=12))
    acts = draw(
        st.lists(
            PLAIN_ACTS | BURIALS | DAYS_SET | VACATIONS | BREAKS | MOVES | SETTINGS | MORE_NEW,
            max_size=6,
        )
    )
    rated = st.sampled_from([*(review.id for review in reviews), UNKNOWN])
    re_rating = st.builds(
        _other, st.just(ReRate), HOURS, target=rated, rating=st.sampled_from(Rating)
    )
    acts += draw(st.lists(re_rating, max_size=4))
    taken_back = st.sampled_from([*(event.id for event in [*reviews, *acts]), UNKNOWN])
    undone = st.builds(_other, st.sampled_from([Undo, Undo, Redo]), HOURS, target=taken_back)
    acts += draw(st.lists(undone, max_size=6))
    ids = st.sampled_from([*(event.id for event in [*reviews, *acts]), UNKNOWN])
    many = st.lists(ids, max_size=4, unique=True).map(tuple)
    retracting = draw(
        st.lists(
            st.builds(_other, st.sampled_from([Import, Retraction]), HOURS, ids=many), max_size=3
        )
    )
    again = st.sampled_from([*(event.id for event in retracting), UNKNOWN])
    turned = st.builds(_other, st.sampled_from([Undo, Undo, Redo]), HOURS, target=again)
    events = [*reviews, *acts, *retracting, *draw(st.lists(turned, max_size=4))]
    return list({event.id: event for event in events}.values())


@contextmanager
def _log() -> Iterator[ReviewLog]:
    with tempfile.TemporaryDirectory() as folder, ReviewLog.open(Path(folder) / "r.db") as log:
        log._db.connection.execute("PRAGMA synchronous = OFF")  # hundreds of logs, none to keep
        log.register("pack", [(item, "a", n) for n, item in enumerate(ITEMS)])
        yield log


def _state(log: ReviewLog) -> State:
    """All that is read from the fold; ``==`` on floats that are never NaN is equality of bits."""
    return (
        [log.state(item) for item in ITEMS],
        log.retention(from_ms(0)),
        new_since(log, from_ms(0)),
        reviews_since(log, from_ms(0)),
        log.shared_settings(),
        [sorted(log.raised_on(day), key=str) for day in DAY_NUMBERS],
        suspended_items(log),
        flagged_items(log),
        [
            (log.counts(w), due_items(log, w), new_items(log, w), log.within().next_due(w))
            for w in WHENS
        ],
        [[log.preview(item, when) for item in ITEMS] for when in WHENS[:2]],
    )


def _after(*batches: Sequence[Event]) -> State:
    with _log() as log:
        for batch in batches:
            log.absorb(batch)
        return _state(log)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(event_lists(), st.data())
def test_any_order_of_arrival_gives_the_same_state(
    events: list[Event], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))
    assert _after(events) == _after(shuffled) == _after(*[[event] for event in shuffled])


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(event_lists(), event_lists(), event_lists())
def test_merge_is_set_union(a: list[Event], b: list[Event], c: list[Event]) -> None:
    union = list({event.id: event for event in a + b + c}.values())
    wanted = _after(union)
    assert _after(a, b, c) == wanted
    assert _after(c, b, a) == wanted  # commutative
    assert _after(a, [*b, *c]) == wanted  # associative
    assert _after(a, b, c, b, a) == wanted  # idempotent


# --- against the definitions, one event at a time -------------------------------------------------


def _place(event: Event) -> tuple[int, bytes]:
    return to_ms(event.time), id_bytes(event.id)


def _standing(events: list[Event]) -> list[Written]:
    """The events that count, as if those that count no more had never been written."""
    many = {
        event.id: event for event in _not_undone(events) if isinstance(event, Import | Retraction)
    }
    imports = [event for event in events if isinstance(event, Import)]
    kept = {id_ for one in imports if one.id in many for id_ in one.ids}
    gone = {id_ for one in imports if one.id not in many for id_ in one.ids} - kept
    gone |= {id_ for one in many.values() if isinstance(one, Retraction) for id_ in one.ids}
    return [
        event
        for event in _not_undone([event for event in events if event.id not in gone])
        if not isinstance(event, Import | Retraction)
    ]


def _not_undone(events: list[Event]) -> list[Written | Import | Retraction]:
    """Those whose last undo or redo, by time and id, is no undo; in order of time and id."""
    last_word: dict[str, bool] = {}
    for event in sorted(events, key=_place):
        if isinstance(event, Undo | Redo):
            last_word[event.target] = isinstance(event, Redo)
    return [
        event
        for event in sorted(events, key=_place)
        if not isinstance(event, Undo | Redo) and last_word.get(event.id, True)
    ]


def _ids(acts: list[Written]) -> dict[str, str]:
    """By each id, the one that its item has after all moves; a move back makes an id its own again."""
    to: dict[str, str] = {}
    for act in acts:
        if isinstance(act, Move | Rename) and act.item != act.to:
            path = [act.to]
            while path[-1] in to and path[-1] != act.item:
                path.append(to[path[-1]])
            if path[-1] == act.item:
                del to[act.to]
            to[act.item] = act.to
    found = {}
    for item in (*ITEMS, GONE):
        found[item] = item
        while found[item] in to:
            found[item] = to[found[item]]
    return found


def _as_named_now(acts: list[Written]) -> list[Act]:
    """The acts as if each item had always had the id that it has at last."""
    ids = _ids(acts)
    return [
        replace(act, item=ids[act.item])
        if not isinstance(act, ReRate | Vacation | MoreNew | Import | Retraction)
        else act
        for act in acts
        if not isinstance(act, Move | Rename | SettingChange)
    ]


def _replayed(item: str, acts: list[Act]) -> tuple[Memory, list[bool]]:
    """The item's memory, and of each review in the review stage, of a later day than the last, the recall."""
    ratings = {act.target: act.rating for act in acts if isinstance(act, ReRate)}
    scheduler, memory, recalled = Scheduler(Policy()), NEW_MEMORY, []
    for act in acts:
        if isinstance(act, Reset) and act.item == item:
            memory = NEW_MEMORY
        if isinstance(act, Review) and act.item == item:
            rating = ratings.get(act.id, act.rating)
            day, last = act.study_day or 0, memory.last_day
            if memory.stage is Stage.REVIEW and last is not None and day > last:
                recalled.append(rating is not Rating.AGAIN)
            [memory] = review_one(
                memory, [rating], now=act.time, day=day, item=item, scheduler=scheduler
            )
    return memory, recalled


def _is_due(item: str, memory: Memory, acts: list[Act], when: datetime) -> bool:
    """Tell whether an item is due: from its day on, or at the end of a step, or on a later day.

    Its day is the one set after its last review, if any, later by each vacation since, and behind
    the breaks set ahead; but one set by hand stays in a break that was set before.
    """
    today = to_ms(when) // DAY_MS
    if memory.due is not None:
        day = to_ms(memory.due) // DAY_MS
        return memory.due <= when or (memory.last_day or 0) < today == day
    if memory.due_day is None or memory.last_review is None:
        return False
    since, day, at_will = memory.last_review, memory.due_day, False
    placed = _last(item, acts, SetDue)
    if isinstance(placed, SetDue) and placed.time > since:
        since, day, at_will = placed.time, placed.day, True
    vacations = [act for act in acts if isinstance(act, Vacation) and act.first is None]
    away = sum(act.days for act in vacations if act.time > since)
    breaks = [act for act in acts if isinstance(act, Vacation) and act.first is not None]
    around = _around(day + away, breaks)
    if at_will and not away and all(act.time <= since for act in around):
        return day <= today
    return _behind(day + away, breaks) <= today


def _off(breaks: list[Vacation]) -> set[int]:
    return {one.first + n for one in breaks if one.first is not None for n in range(one.days)}


def _run(day: int, off: set[int]) -> set[int]:
    """The days off in a row around ``day``."""
    found = {day} & off
    while more := {near for one in found for near in (one - 1, one + 1)} & off - found:
        found |= more
    return found


def _around(day: int, breaks: list[Vacation]) -> list[Vacation]:
    """The breaks of the days off in a row around ``day``."""
    run = _run(day, _off(breaks))
    return [one for one in breaks if one.first in run]


def _behind(day: int, breaks: list[Vacation]) -> int:
    """Where ``day`` leads: on by the length of the days off in a row around it, until it is not off."""
    while run := _run(day, _off(breaks)):
        day += len(run)
    return day


def _last(item: str, acts: list[Act], *kinds: type[ItemAct]) -> ItemAct | None:
    return next((act for act in acts[::-1] if isinstance(act, kinds) and act.item == item), None)


def _may_be_asked(item: str, acts: list[Act], when: datetime) -> bool:
    buried = _last(item, acts, Bury)
    rests = isinstance(buried, Bury) and buried.until > when
    return not rests and not isinstance(_last(item, acts, Suspend, Unsuspend), Suspend)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(event_lists())
def test_the_fold_against_its_definition(events: list[Event]) -> None:
    written = _standing(events)
    ids, acts = _ids(written), _as_named_now(written)
    living = [item for item in ITEMS if ids[item] == item]
    replayed = {item: _replayed(item, acts) for item in [*living, GONE]}
    memories = {item: memory for item, (memory, _) in replayed.items()}
    recalled = [known for _, each in replayed.values() for known in each]
    with _log() as log:
        log.absorb(events)
        assert {item: log.state(item) for item in ITEMS} == {
            item: memories[ids[item]] for item in ITEMS
        }
        assert log.retention(from_ms(0)) == (sum(recalled) / len(recalled) if recalled else None)
        changes = [event for event in written if isinstance(event, SettingChange)]
        assert log.shared_settings() == {event.name: event.value for event in changes}
        raised = [event for event in written if isinstance(event, MoreNew)]
        for day in DAY_NUMBERS:
            told = [RaisedLimit(one.more, one.packs) for one in raised if one.study_day == day]
            assert sorted(log.raised_on(day), key=str) == sorted(told, key=str)
        marked = [i for i in living if isinstance(_last(i, acts, Flag, Unflag), Flag)]
        assert flagged_items(log) == sorted(marked)
        for when in WHENS:
            asked = {item for item in living if _may_be_asked(item, acts, when)}
            new = {item for item in asked if memories[item].stage is Stage.NEW}
            assert set(new_items(log, when)) == new
            due = {item for item in asked - new if _is_due(item, memories[item], acts, when)}
            assert set(due_items(log, when)) == due
            steps = {i for i in asked if memories[i].stage in {Stage.LEARNING, Stage.RELEARNING}}
            ends = [memories[i].due for i in steps]
            today = [at for at in ends if at and to_ms(at) // DAY_MS <= to_ms(when) // DAY_MS]
            wanted = Counts(due=len(due - steps), learning=len(today), new=len(new), items=3)
            assert log.counts(when) == {"pack": wanted}


# --- what the learner does here -------------------------------------------------------------------

Deed = Callable[[ReviewLog], object]


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    """One act, at any hour: the clock may jump back between two."""
    item, rating = draw(st.sampled_from(ITEMS)), draw(st.sampled_from(Rating))
    now = from_ms(START_MS) + draw(HOURS) * HOUR
    to = draw(st.sampled_from(ITEMS))
    yes, until = draw(st.booleans()), draw(st.sampled_from(WHENS))
    day_set = draw(st.integers(0, 60))

    def rate_again(log: ReviewLog) -> None:
        last = log.last_reviews(item=item, limit=1)
        re_rate(log, last[0].id if last else UNKNOWN, rating, now)

    def make_leech(log: ReviewLog) -> None:
        with log.at_once():
            review = log.append_review(draft(item, rating, now))
            put_leech_away(log, review, now, suspend=yes)

    choices: list[Deed] = [
        make_leech,
        lambda log: log.append_review(draft(item, rating, now)),
        lambda log: set_suspended(log, item, yes, now),
        lambda log: bury_item(log, item, until, now),
        lambda log: set_flag(log, item, yes, now),
        lambda log: reset_item(log, item, now),
        lambda log: take_vacation(log, 7, now),
        lambda log: log.append(Vacation, now, days=9, first=20460 + day_set),
        lambda log: log.append(MoreNew, now, more=3),
        lambda log: log.append(SetDue, now, item=item, day=20460 + day_set),
        lambda log: move_item(log, item, to, now),
        lambda log: log.append(Retraction, now, ids=tuple(one.id for one in log.last_reviews())),
        rate_again,
    ]
    return draw(st.sampled_from(choices))


UNDO: Deed = lambda log: log.undo(NOON)  # noqa: E731 - a deed like those drawn
REDO: Deed = lambda log: log.redo(NOON)  # noqa: E731 - the same
SESSIONS = st.lists(deeds() | st.sampled_from([UNDO, REDO]), max_size=15)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(event_lists(), st.lists(deeds(), max_size=6), st.integers(1, 2))
def test_undo_goes_back_through_every_act_and_redo_forth(
    events: list[Event], acts: list[Deed], times: int
) -> None:
    with _log() as log:
        log.absorb(events)
        states = [_state(log)]
        for act in acts:
            act(log)
            states.append(_state(log))
        for _ in range(times):
            for before in reversed(states[:-1]):
                assert log.undo(NOON) is not None
                assert _state(log) == before
            assert log.undo(NOON) is None
            for after in states[1:]:
                assert log.redo(NOON) is not None
                assert _state(log) == after
            assert log.redo(NOON) is None


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(event_lists(), SESSIONS)
def test_act_by_act_gives_what_folding_again_gives(
    events: list[Event], session: list[Deed]
) -> None:
    with _log() as log:
        log.absorb(events)
        for deed in session:
            deed(log)
        before = _state(log)
        assert _after(list(log.events())) == before
        connection = apsw.Connection(str(log._db.path))
        connection.execute("DELETE FROM meta WHERE key = 'folded_seq'")
        connection.close()
        with ReviewLog.open(log._db.path) as again:
            assert _state(again) == before


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(event_lists(), SESSIONS, st.sampled_from(ITEMS), HOURS)
def test_what_is_set_last_is_so_whatever_the_clock_says(
    events: list[Event], session: list[Deed], item: str, hours: int
) -> None:
    now = from_ms(START_MS) + hours * HOUR
    with _log() as log:
        log.absorb(events)
        for deed in session:
            deed(log)
        [item] = log.ids_now([item])
        for yes in (True, False, True):
            set_suspended(log, item, yes, now)
            assert (item in suspended_items(log)) is yes
            set_flag(log, item, yes, now)
            assert (item in flagged_items(log)) is yes
        set_suspended(log, item, False, now)
        bury_item(log, item, NOON + 1000 * DAY, now)
        assert item not in [*new_items(log, WHENS[-1]), *due_items(log, WHENS[-1])]
        for review in log.last_reviews(item=item, limit=2):
            for rating in (Rating.AGAIN, Rating.EASY):
                re_rate(log, review.id, rating, now)
                assert (review.id, rating) in {
                    (found.id, found.rating) for found in log.last_reviews(item=item, limit=2)
                }


def test_every_kind_of_event_is_tried_here() -> None:
    acts = {Review, SetDue, Suspend, Unsuspend, Flag, Unflag, Reset, Bury, Move, ReRate, Vacation}
    tried = acts | {MoreNew, Import, Retraction} | {Rename, SettingChange, Undo, Redo}
    assert tried == set(get_args(Event))
