"""The choice of a simulated day's reviews: all draws at once give what a walk row by row gives."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.forecast.day_choice import DayChoice
from studytool.forecast.order import first_of_each, in_order
from studytool.forecast.rules import PackRules, number_rules
from studytool.numerics.arrays import Array, Ints
from studytool.srs.asking_rules import choose_reviews
from tests.forecast.starts import mature, start_of

DRAWS = 4
Rows = list[tuple[int, int]]
"""By row: its draw, its urgency."""

_rows = st.lists(st.tuples(st.integers(0, DRAWS - 1), st.integers(0, 3)), max_size=30).map(sorted)


def _columns(rows: Rows) -> tuple[Array, Ints]:
    draw = np.array([draw for draw, _ in rows], np.int64)
    return np.array([one for _, one in rows], np.float64), np.bincount(draw, minlength=DRAWS)


@given(rows=_rows, most=st.lists(st.integers(0, 9), min_size=DRAWS, max_size=DRAWS))
def test_first_of_each_against_a_sort(rows: Rows, most: list[int]) -> None:
    urgency, counts = _columns(rows)
    found = first_of_each(urgency, counts, np.array(most)).nonzero()[0].tolist()
    numbered = [(draw, urgent, row) for row, (draw, urgent) in enumerate(rows)]
    wanted = [
        row
        for draw, own in groupby(sorted(numbered), key=lambda one: one[0])
        for _, _, row in list(own)[: most[draw]]
    ]
    assert found == sorted(wanted)
    assert in_order(urgency, counts).tolist() == [row for _, _, row in sorted(numbered)]


@pytest.mark.slow
@settings(deadline=None)
@given(data=st.data())
def test_reviews_of_all_draws_against_a_walk_of_each(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 10))
    packs = {name: PackRules(reviews_per_day=data.draw(st.integers(0, 12))) for name in "pq"}
    names = [f"{data.draw(st.sampled_from('pq'))}/{k}" for k in range(n)]
    owned = st.sets(st.sampled_from("xyz"), max_size=2)
    claims = {name: {name[0] + one for one in data.draw(owned)} for name in names}  # of one pack
    taken = {pack + one for pack in "pq" for one in data.draw(owned)}
    rules = number_rules(names, packs, claims=claims, taken=taken, gates=None)
    pool = start_of(mature([1] * n, [9.0] * n, [0] * n)).backlog
    due = [(draw, k) for draw in range(DRAWS) for k in range(n) if data.draw(st.booleans())]
    draw, item = np.array(due, np.int64).reshape(-1, 2).T
    urgency = np.array([data.draw(st.integers(0, 2)) for _ in due], np.float64)
    admits = data.draw(st.integers(0, 12))
    does = np.array([data.draw(st.integers(0, 12)) for _ in range(DRAWS)], np.float64)

    choice = DayChoice(rules, pool, DRAWS)
    choice.begin(0, np.zeros(0, np.int64), np.zeros(0, np.int64))
    chosen = choice.reviews(draw, item, lambda rows: urgency[rows], admits=admits, does=does)

    wanted = []
    for one in range(DRAWS):
        mine = sorted((row for row in range(len(due)) if draw[row] == one), key=urgency.__getitem__)
        walked, _ = choose_reviews(
            [(row, names[item[row]][0], claims[names[item[row]]]) for row in mine],
            most=int(min(admits, does[one])),
            left={pack: own.reviews_per_day for pack, own in packs.items()},
            taken=set(taken),
        )
        wanted += walked
    assert chosen.nonzero()[0].tolist() == sorted(wanted)
