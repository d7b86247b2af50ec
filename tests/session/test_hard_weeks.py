"""Five weeks in which much goes wrong at once: still nothing is lost, and what is promised is asked.

The exam is put off and brought forward, the day's start is changed twice, she flies over the date
line and back, both devices are without a network for five days, and what one did there is taken back
once all is together. Of lateness nothing is said here: :mod:`tests.session.test_sixty_days` does.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studytool.numerics.streams import stream
from studytool.review_log.events import Review
from studytool.session.exams import remove_exam, set_exam
from studytool.settings import load_settings
from studytool.settings.table import shared_settings
from tests.session.learner import (
    DAY_BEGINS,
    PlainCard,
    TwoDeviceLearner,
    World,
    events_of,
    reviews_of,
    write_cards,
)

DAYS, SYNC_EVERY = 36, 3
ALONE = range(24, 29)
"""The days without a network, on which she uses both devices."""

ZONES = {12: "Pacific/Honolulu", 20: "Asia/Seoul"}
"""Over the date line, where a day comes twice, and back, where one is left out."""

STARTS = {6: ("a", 0), 16: ("b", 6)}
"""On which day which device lets the days start at another hour."""

PACKS = {
    name: tuple(PlainCard(f"{name}-{n}", f"{name}{n % 4}", f"k{n % 4}-{n // 8}") for n in range(36))
    for name in ("one", "two", "three")
}


@pytest.fixture(params=[0, 1])
def learner(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TwoDeviceLearner]:
    world = World(date(2026, 1, 20), "Asia/Seoul")
    learner = TwoDeviceLearner(tmp_path, world, seed=request.param)
    yield learner
    learner.close()


def _begin(learner: TwoDeviceLearner, folder: Path) -> None:
    learner.devices["a"].put_away_what_is_no_card()
    for name, cards in PACKS.items():
        written = write_cards(folder / name, cards, {f"{name}1": [f"{name}0"]})
        for device in (*learner.devices.values(), learner.observer):
            device.install(written)
    learner.devices["a"].change(new_per_day=7, reviews_per_day=40)
    learner.sync()
    learner.observe()


def _happen(learner: TwoDeviceLearner, day: int) -> None:
    world, a, b = learner.world, learner.devices["a"], learner.devices["b"]
    if day in ZONES:
        world.zone = ZoneInfo(ZONES[day])
    world.now = max(world.now, world.at(day, 2.5))
    today = a.desk.log.day_of(world.now)
    if day in STARTS:
        name, hour = STARTS[day]
        learner.devices[name].change(day_start_hour=hour)
        learner.sync()
    if day == 8:
        set_exam(a.desk, today + 24, ["two"], world.now)
    if day == 18:
        remove_exam(b.desk, None, world.now)
        set_exam(b.desk, today + 8, ["two", "three"], world.now)


def _sittings(learner: TwoDeviceLearner, day: int) -> list[str]:
    drawn = float(stream("hard weeks", learner.seed, day).uniform())
    return ["b", "a"] if day in ALONE or drawn < 0.25 else ["a"]


def _live(learner: TwoDeviceLearner, folder: Path) -> None:
    _begin(learner, folder)
    for day in range(DAYS):
        _happen(learner, day)
        at = [learner.world.at(day, hour) for hour in (5, 17)]
        learner.study_day(list(zip(_sittings(learner, day), at, strict=False)))
        if day % SYNC_EVERY == 0 and day not in ALONE:
            learner.sync()
        if day == ALONE[-1]:
            learner.sync()
            _take_back(learner)
    learner.world.now = learner.world.at(DAYS, DAY_BEGINS)
    learner.observe()
    learner.devices["observer"] = learner.observer
    learner.sync()


def _take_back(learner: TwoDeviceLearner) -> None:
    """Let each device take back what it did last, though it has the other's reviews by now."""
    for name in ("a", "b"):
        device = learner.devices[name]
        for _ in range(2):
            act = device.desk.log.undo(learner.world.now)
            assert isinstance(act, Review)
            assert act.device == device.desk.log.device
    learner.sync()


@pytest.mark.slow
def test_hard_weeks(learner: TwoDeviceLearner, tmp_path: Path) -> None:
    _live(learner, tmp_path)
    figures, a = learner.figures, learner.devices["a"]
    assert len(figures.given) > 500  # else it says little
    assert figures.unlike == [], figures
    assert figures.begun_anew == []
    for device in learner.devices.values():
        assert sorted(reviews_of(device).elements()) == sorted(figures.given), figures
        assert events_of(device) == events_of(a)
        assert list(device.desk.log.statuses()) == list(a.desk.log.statuses())
        assert device.desk.log.streak_days(learner.world.now) == DAYS
        mine, theirs = load_settings(device.home), load_settings(a.home)
        assert all(getattr(mine, name) == getattr(theirs, name) for name in shared_settings())
