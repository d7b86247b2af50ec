"""Siblings, gates, limits of packs and breaks in the days of a forecast, against days by hand.

Everything is recalled and graduates at once, so that an item is answered once a day at most.
"""

from dataclasses import replace

import pytest

from studytool.forecast.habits import default_habits
from studytool.forecast.rules import NamedGates, PackRules, number_rules
from studytool.forecast.simulation import simulate
from studytool.forecast.start import Limits, Start
from studytool.srs.memories import Memories
from studytool.srs.policy import Policy
from tests.forecast.starts import NOON_MS, SURE, luck_of, mature, start_of

DRAWS = 3
DAYS = 2
"""A new item that is good comes back on the third."""


def _start(
    names: str,
    *,
    due: int = 0,
    limits: Limits | None = None,
    claims: dict[str, str] | None = None,
    taken: str = "",
    gates: NamedGates | None = None,
    packs: dict[str, PackRules] | None = None,
    away: tuple[bool, ...] = (),
) -> Start:
    """Make a start of items named in one text; the first ``due`` are, the others new."""
    items = names.split()
    memories = Memories.new(len(items))
    memories.put(slice(due), mature([1] * due, [1e6] * due, [0] * due))
    rules = number_rules(
        items,
        packs or {"p": PackRules()},
        claims={item: own.split() for item, own in (claims or {}).items()},
        taken=taken.split(),
        gates=gates,
        away=away,
    )
    policy = Policy(learning_steps=(), relearning_steps=(), fuzz=False)
    habits = replace(default_habits(NOON_MS), ratings=SURE)
    return start_of(memories, days=DAYS, policy=policy, habits=habits, limits=limits, rules=rules)


def _answers(start: Start) -> list[int]:
    """Return the answers of each day, the same in every draw."""
    found = simulate(start, luck_of(start, draws=DRAWS)).answers
    assert (found == found[0]).all()
    answers: list[int] = found[0].tolist()
    return answers


@pytest.mark.parametrize(
    ("claims", "taken", "answers"),
    [
        ({}, "", [3, 0]),
        ({"p/a": "x", "p/b": "x", "p/c": "x"}, "", [1, 1]),  # one of siblings a day
        ({"p/a": "x", "p/b": "y x", "p/c": "y"}, "", [2, 1]),  # a and c, then b
        ({"p/a": "x", "p/b": "y", "p/c": "z"}, "", [3, 0]),  # none is a sibling
        ({"p/b": "x", "p/c": "x"}, "x", [1, 1]),  # one was asked today before
    ],
)
def test_siblings_wait_for_another_day(
    claims: dict[str, str], taken: str, answers: list[int]
) -> None:
    assert _answers(_start("p/a p/b p/c", due=3, claims=claims, taken=taken)) == answers


def test_a_new_sibling_of_what_is_asked_waits_too() -> None:
    start = _start("p/a p/b p/c", due=1, claims={"p/a": "x", "p/b": "x"})
    assert _answers(start) == [2, 1]  # a and c, then b


GATES = NamedGates(
    concepts={"p/a": "p/1", "p/b": "p/1", "p/c": "p/2"},
    needs={"p/2": ["p/1"]},
    unlearned={"p/1": 2, "p/2": 1},
    opens_ahead_ms=-1,
)


@pytest.mark.parametrize(
    ("gates", "new_per_day", "answers"),
    [
        (None, 9, [3, 0]),
        (GATES, 9, [2, 1]),  # the second concept opens when both of the first are learned
        (GATES, 1, [1, 1]),
        (replace(GATES, opens_ahead_ms=0), 9, [3, 0]),  # learned within the sitting
        (replace(GATES, unlearned={"p/1": 3}), 9, [2, 0]),  # another rests for long
    ],
)
def test_concepts_open_when_their_prerequisites_are_learned(
    gates: NamedGates | None, new_per_day: int, answers: list[int]
) -> None:
    start = _start("p/a p/b p/c", gates=gates, limits=Limits(new_per_day=new_per_day))
    assert _answers(start) == answers


@pytest.mark.parametrize(
    ("claims", "taken", "gates", "answers"),
    [
        ("ab", "", GATES, [1, 1]),  # a, then b: c waits for what is begun and not learned
        ("ab", "", replace(GATES, opens_ahead_ms=0), [2, 1]),  # a and c, then b
        ("ab", "x", GATES, [1, 1]),  # c: what a and b ask was asked today
        ("a", "x", GATES, [1, 1]),  # b, then a: c waits for each
    ],
)
def test_no_concept_waits_for_what_siblings_put_off(
    claims: str, taken: str, gates: NamedGates, answers: list[int]
) -> None:
    shared = {f"p/{item}": "x" for item in claims}
    assert _answers(_start("p/a p/b p/c", claims=shared, taken=taken, gates=gates)) == answers


@pytest.mark.parametrize(
    ("packs", "limits", "answers"),
    [
        ({"p": PackRules(), "q": PackRules()}, Limits(), [4, 0]),
        ({"p": PackRules(), "q": PackRules()}, Limits(reviews_per_day=3), [3, 1]),
        ({"p": PackRules(reviews_per_day=1), "q": PackRules()}, Limits(), [3, 1]),
        (
            {"p": PackRules(reviews_per_day=1, matured=1), "q": PackRules()},
            Limits(matured_today=1),
            [2, 1],  # today had the first of that pack
        ),
    ],
)
def test_limits_of_reviews_hold(
    packs: dict[str, PackRules], limits: Limits, answers: list[int]
) -> None:
    assert _answers(_start("p/a q/a p/b q/b", due=4, packs=packs, limits=limits)) == answers


def test_new_items_of_packs_come_in_turn_within_their_limits() -> None:
    packs = {"p": PackRules(new_per_day=1), "q": PackRules(begun=1)}
    limits = Limits(new_per_day=2, begun_today=1)
    start = _start("p/a p/b p/c q/a q/b q/c", packs=packs, limits=limits)
    assert _answers(start) == [1, 2]


def test_nothing_is_studied_when_away() -> None:
    start = _start("p/a p/b", due=1, away=(True, False))
    assert _answers(start) == [0, 2]


def test_an_exam_paces_new_items_from_today_on() -> None:
    names = " ".join(f"p/{k}" for k in range(9))
    start = _start(names, limits=Limits(new_per_day=1, paced=(4, 2)))
    assert _answers(start) == [4, 2]


def test_a_learner_who_stops_early_answers_the_first_in_order() -> None:
    start = _start("p/a p/b p/c", due=3, claims={"p/a": "x", "p/c": "x"})
    found = simulate(start, luck_of(start, draws=1, done=1)).answers
    assert found.tolist() == [[1, 1]]
