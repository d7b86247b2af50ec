"""Sixty days of a learner with two devices: nothing lost, what was promised asked, little late.

A pack is edited under her, an item renamed, settings are changed, she takes a break, goes on a
journey and sits an exam; the devices are synced every third day, and a quarter of the days she uses both.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from math import sqrt
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from studytool.numerics.streams import stream
from studytool.session.exams import set_exam
from studytool.settings import load_settings
from studytool.settings.table import shared_settings
from tests.review_log.deeds import take_vacation
from tests.session.learner import (
    DAY_BEGINS,
    Figures,
    PlainCard,
    TwoDeviceLearner,
    World,
    events_of,
    reviews_of,
    write_cards,
)

DAYS, SYNC_EVERY = 60, 3
SKIPPED = {16, 27, 42}
BREAK_FROM, BREAK_DAYS = 34, 5
ZONES = {45: "America/New_York", 52: "Asia/Seoul"}
"""A journey, over the night on which America's clocks are set forward."""

EXAM_SET, EXAM = 40, 56
TARGET = 0.9

MAIN = tuple(
    PlainCard(f"c{concept}-{n}", f"c{concept}", f"k{concept}-{n // 3}")
    for concept in range(8)
    for n in range(15)
)
ASIDE = tuple(PlainCard(f"s{n}", "aside", f"s{n // 2}") for n in range(60))
REQUIRES = {f"c{n}": [f"c{n - 1}"] for n in range(1, 8)}


def _edited(
    cards: Sequence[PlainCard], slug: str, edit: Callable[[PlainCard], PlainCard]
) -> tuple[PlainCard, ...]:
    return tuple(edit(card) if card.slug == slug else card for card in cards)


TEXT = _edited(MAIN, "c0-1", lambda card: replace(card, text="Another front"))
REMOVED = tuple(card for card in TEXT if card.slug != "c0-2")
RENAMED = _edited(REMOVED, "c0-4", lambda card: replace(card, slug="c0-four", was="c0-4"))
NUMBERS = _edited(RENAMED, "c1-0", lambda card: replace(card, numbers=(2, 3, 5)))
EDITIONS = {15: TEXT, 22: REMOVED, 30: RENAMED, 40: NUMBERS}
B_LATER = 4
"""Days by which the second device gets an edition later."""


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[TwoDeviceLearner]:
    learner = TwoDeviceLearner(tmp_path, World(date(2026, 1, 20), "Asia/Seoul"))
    learner.rename("main/c0-4", "main/c0-four")
    yield learner
    learner.close()


def _begin(learner: TwoDeviceLearner, folder: Path) -> None:
    main, aside = (
        write_cards(folder / "main", MAIN, REQUIRES),
        write_cards(folder / "aside", ASIDE, {}),
    )
    learner.devices["a"].put_away_what_is_no_card()
    for device in (*learner.devices.values(), learner.observer):
        device.install(main)
        device.install(aside)
    learner.devices["a"].change(new_per_day=9, reviews_per_day=45)
    learner.sync()
    learner.observe()


def _happen(learner: TwoDeviceLearner, day: int, folder: Path) -> None:
    """Let what is set for a day happen before she sits."""
    world, a, b = learner.world, learner.devices["a"], learner.devices["b"]
    world.now = max(world.now, world.at(day, 1))
    if day in EDITIONS:
        edition = write_cards(folder / f"of-{day}" / "main", EDITIONS[day], REQUIRES)
        a.install(edition)
        learner.observer.install(edition)
    if day - B_LATER in EDITIONS:
        b.install(folder / f"of-{day - B_LATER}" / "main")
    if day == 12:
        b.change(new_mix="mixed", new_per_day=8)
    if day == 20:
        a.change(packs={"aside": {"new_per_day": 4}})
    if day == BREAK_FROM:
        take_vacation(a.desk.log, BREAK_DAYS, world.now)
        learner.sync()
    if day == EXAM_SET:
        set_exam(a.desk, a.desk.log.day_of(world.now) + EXAM - EXAM_SET, ["aside"], world.now)
    if day in ZONES:
        world.zone = ZoneInfo(ZONES[day])


def _sittings(day: int, seed: int) -> list[tuple[str, float]]:
    """Give at which device and how many hours into the day she sits; in the evening, or past midnight."""
    rng = stream("sixty days", seed, day)
    if day in SKIPPED or BREAK_FROM <= day < BREAK_FROM + BREAK_DAYS:
        return []
    evening = 17 + float(rng.uniform(-0.7, 0.7)) + (5 if rng.uniform() < 0.1 else 0)
    morning = [("b", 5 + float(rng.uniform(-1, 1)))] if rng.uniform() < 0.25 else []
    return [*morning, ("a", evening)]


def live(learner: TwoDeviceLearner, folder: Path) -> Figures:
    """Let her live the sixty days, and sync at the end."""
    _begin(learner, folder)
    for day in range(DAYS):
        _happen(learner, day, folder)
        if sittings := _sittings(day, learner.seed):
            learner.study_day([(name, learner.world.at(day, hour)) for name, hour in sittings])
        if day % SYNC_EVERY == 0:
            learner.sync()
    learner.world.now = learner.world.at(DAYS, DAY_BEGINS)
    learner.observe()
    learner.devices["observer"] = learner.observer
    learner.sync()
    return learner.figures


@pytest.mark.slow
def test_sixty_days(
    learner: TwoDeviceLearner, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    figures = live(learner, tmp_path)
    record_property("figures", str(figures))  # pytest --junitxml keeps them
    a, b = (learner.devices[name] for name in "ab")

    given = figures.given
    assert len(given) > 1_000  # else it says little
    for device in (a, b, learner.observer):
        assert sorted(reviews_of(device).elements()) == sorted(given), figures
    assert figures.begun_anew == []
    assert figures.unlike == [], figures
    assert figures.unexplained <= 0.02, figures
    assert abs(np.mean(figures.chances) - TARGET) <= 0.02, figures
    error = sqrt(TARGET * (1 - TARGET) / len(figures.recalled))
    assert abs(np.mean(figures.recalled) - np.mean(figures.chances)) <= 4 * error, figures

    for device in (a, b, learner.observer):
        assert events_of(device) == events_of(a)
        assert list(device.desk.log.statuses()) == list(a.desk.log.statuses())
        assert device.desk.log.streak_days(learner.world.now) == DAYS - 1 - max(SKIPPED)
        mine, theirs = load_settings(device.home), load_settings(a.home)
        assert {f.name for f in fields(mine)} >= {*shared_settings()}
        assert all(getattr(mine, name) == getattr(theirs, name) for name in shared_settings())
        assert mine.packs == theirs.packs
