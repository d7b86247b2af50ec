"""A forecast's first day against the agenda of today, over any settings and any history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studytool.forecast.day_choice import DayChoice
from studytool.forecast.simulation import simulate
from studytool.forecast.start import Sessions, Start
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.forecast_input import read_forecast_input
from studytool.session.scope import Scope
from studytool.settings import Settings
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.forecast.starts import luck_of
from tests.session.test_queue_laws import (
    NOW,
    OTHER,
    Did,
    _home,
    _opened,
    histories,
    laws,
    library_file,
    settings_of_a_learner,
)

pytestmark = pytest.mark.slow

__all__ = ["library_file"]  # a fixture

SIBLINGS_DUE = [
    Did("review", number, Rating.EASY, timedelta(days=30 if number == 7 else 0))
    for number in range(8)
]
"""The first three rest on one claim, and all are due long since."""

limits_of_packs = st.fixed_dictionaries(
    {},
    optional={
        pack: st.fixed_dictionaries(
            {},
            optional={
                "new_per_day": st.integers(0, 4),
                "reviews_per_day": st.integers(0, 3),
                "learning_steps_minutes": st.sampled_from([(), (1, 10), (30,)]),
            },
        )
        for pack in ("small", OTHER)
    },
)


@laws
@given(
    settings_of_a_learner,
    limits_of_packs,
    histories,
    st.sampled_from([(), ("small",), (OTHER, "small")]),
)
@example(Settings(), {}, SIBLINGS_DUE, ())
@example(Settings(), {"small": {"reviews_per_day": 1}}, SIBLINGS_DUE, ())
@example(Settings(order="relative-overdue", reviews_per_day=2), {}, SIBLINGS_DUE, ("small",))
@example(Settings(learning_steps_minutes=(30,)), {}, SIBLINGS_DUE[:1], ())
@example(Settings(), {"small": {"learning_steps_minutes": (30,)}}, SIBLINGS_DUE[:1], ())
@example(Settings(), {OTHER: {"learning_steps_minutes": (30,)}}, SIBLINGS_DUE[:1], ())
def test_the_first_day_of_a_forecast_asks_what_the_agenda_promises(
    library_file: Path,
    settings: Settings,
    packs: dict[str, dict[str, Any]],
    history: list[Did],
    scope: tuple[str, ...],
) -> None:
    settings = replace(settings, packs=packs)
    with _home(library_file, settings, history) as home, _opened(home, settings) as desk:
        agenda = read_agenda(desk, NOW, Scope(scope))
        reviews, new = _asked_by_a_forecast(desk, scope)
        assert sorted(reviews) == sorted(agenda.reviews)
        assert new == list(agenda.new)


def _asked_by_a_forecast(desk: Desk, packs: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Name the reviews and the new items of today, for who sits now and does all of it."""
    start = _at_once(read_forecast_input(desk, NOW, packs=packs, days=1).start)
    names = [row.item for row in desk.log.memories() if not packs or _pack(row.item) in packs]
    ends = to_ms(desk.log.days.start(desk.log.day_of(NOW) + 1))
    within = packs or tuple(sorted(desk.log.registrations()))
    if desk.settings.new_per_day:
        names += [item for item, _, _ in desk.log.within(within).new_by(ends)]
    reviews, new = list[int](), list[int]()
    made: Callable[..., Any] = DayChoice.__init__
    choose, begin = DayChoice.reviews, DayChoice.new
    pools: list[Any] = []

    def make(self: DayChoice, rules: Any, pool: Any, draws: int) -> None:
        pools.append(pool)
        made(self, rules, pool, draws)

    def chosen(self: DayChoice, draw: Any, item: Any, *rest: Any, **more: Any) -> Any:
        found = choose(self, draw, item, *rest, **more)
        reviews.extend(pools[0].numbers[item[found]])
        return found

    def begun(self: DayChoice, *given: Any) -> Any:
        draw, item = begin(self, *given)
        new.extend(pools[0].numbers[item])
        return draw, item

    with patch.multiple(DayChoice, __init__=make, reviews=chosen, new=begun):
        simulate(start, luck_of(start, draws=1))
    return [names[one] for one in reviews], [names[one] for one in new]


def _at_once(start: Start) -> Start:
    """Return the start of who sits at this instant, in a vacation or not."""
    now_ms, study_day = to_ms(NOW), start.sessions.study_day
    sessions = Sessions.ahead(1, now_ms=now_ms, study_day=study_day, session_ms=0)
    rules = replace(start.rules, away=np.zeros(1, np.bool_))
    return replace(start, sessions=sessions, rules=rules)


def _pack(item: str) -> str:
    return item.partition("/")[0]
