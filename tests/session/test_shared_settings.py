"""Settings that shape the schedule are in the log: all devices end with the same."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from studytool.cli import program
from studytool.clock import Clock
from studytool.review_log.events import SettingChange
from studytool.session.desk import open_log
from studytool.settings import Settings, load_settings, save_settings
from studytool.srs.memory import Memory
from studytool.srs.parameters import PARAMETERS
from studytool.srs.rating import Rating
from tests.review_log.drafts import DAY, NOON, draft


def _at(now: datetime) -> Clock:
    return Clock(lambda: now, lambda _: 0)


def _open(home: Path, now: datetime = NOON) -> Settings:
    settings, log = open_log(home, _at(now))
    log.close()
    return settings


def _changes(home: Path) -> list[tuple[str, object]]:
    _, log = open_log(home, _at(NOON + 999 * DAY))
    with closing(log):
        return [(e.name, e.value) for e in log.events() if isinstance(e, SettingChange)]


def _sync(*homes: Path, now: datetime = NOON + 99 * DAY) -> None:
    """Exchange all events, twice over, as any number of syncs do."""
    for _ in range(2):
        for one in homes:
            for other in homes:
                with closing(open_log(other, _at(now))[1]) as source:
                    events = list(source.events())
                with closing(open_log(one, _at(now))[1]) as log:
                    log.absorb(events)
                _open(one, now)


def _memory(home: Path) -> Memory:
    with closing(open_log(home, _at(NOON))[1]) as log:
        return log.state("pack/one")


def test_a_file_of_an_older_version_moves_into_the_log_once(tmp_path: Path) -> None:
    own = {"p": {"desired_retention": 0.8}}
    save_settings(tmp_path, Settings(language="en", new_per_day=5, packs=own, ask_confidence=True))
    moved = [("new_per_day", 5), ("packs.p.desired_retention", 0.8)]
    for _ in range(2):
        settings = _open(tmp_path)
        assert (settings.new_per_day, settings.packs) == (5, own)
        assert _changes(tmp_path) == moved  # language and ask_confidence stay here


def test_a_change_of_the_file_is_an_event_and_so_is_a_default(tmp_path: Path) -> None:
    for new_per_day in (5, 5, 7, 20):
        save_settings(tmp_path, Settings(new_per_day=new_per_day))
        assert _open(tmp_path).new_per_day == new_per_day
    assert _changes(tmp_path) == [("new_per_day", 5), ("new_per_day", 7), ("new_per_day", None)]


def test_a_change_counts_though_the_clock_was_set_back(tmp_path: Path) -> None:
    for n, new_per_day in enumerate((5, 7, 9)):
        save_settings(tmp_path, Settings(new_per_day=new_per_day))
        assert _open(tmp_path, NOON - n * DAY).new_per_day == new_per_day


def test_devices_end_equal_settings_included(tmp_path: Path) -> None:
    one, two, three = homes = [tmp_path / name for name in "abc"]
    for home in homes:
        _open(home)
    save_settings(one, Settings(desired_retention=0.97, language="en"))
    with closing(open_log(one, _at(NOON))[1]) as log:
        for n in range(3):
            log.append_review(draft(rating=Rating.EASY, time=NOON + 9 * n * DAY))
    save_settings(two, Settings(new_per_day=3, learning_steps_minutes=(1, 2.5)))
    _open(two, NOON + DAY)
    save_settings(three, Settings(new_per_day=4))
    _open(three, NOON + 2 * DAY)  # the latest
    _sync(*homes)
    for home in homes:
        settings = load_settings(home)
        assert settings.desired_retention == 0.97
        assert settings.new_per_day == 4
        assert settings.learning_steps_minutes == (1, 2.5)
    assert load_settings(one).language == "en"  # each device's own
    assert load_settings(two).language == "ko"
    assert _memory(one) == _memory(two) == _memory(three) != Memory()


def test_steps_of_a_pack_are_of_all_devices_and_of_that_pack_alone(tmp_path: Path) -> None:
    one, two = homes = [tmp_path / name for name in "ab"]
    for home in homes:
        _open(home)
    own = {"learning_steps_minutes": (3, 30), "relearning_steps_minutes": ()}
    save_settings(one, Settings(packs={"pack": own}))
    names = ("pack/one", "other/one")
    with closing(open_log(two, _at(NOON))[1]) as log:
        for item in names:
            log.append_review(draft(item, Rating.GOOD, time=NOON))
    _open(one, NOON + DAY)
    _sync(*homes)
    for home in homes:
        assert load_settings(home).packs == {"pack": own}
        with closing(open_log(home, _at(NOON))[1]) as log:
            assert [log.state(name).due for name in names] == [
                NOON + timedelta(minutes=30),  # the second of its own steps
                NOON + timedelta(minutes=10),  # of the usual ones
            ]


def test_parameters_of_one_device_and_a_model_of_another_are_put_right_alike(
    tmp_path: Path,
) -> None:
    one, two = homes = [tmp_path / name for name in "ab"]
    save_settings(one, Settings(parameters=(0.5, *PARAMETERS["fsrs-6"].defaults[1:])))
    for home in homes:
        _open(home)
    save_settings(two, Settings(memory_model="leitner"))
    _open(two, NOON + DAY)
    _sync(*homes)
    assert load_settings(one) == load_settings(two)
    assert load_settings(one).parameters == ()


@pytest.mark.parametrize("about", [
    {"name": "from_tomorrow", "value": 3},
    {"name": "new_per_day", "value": "many"},  # a rule of tomorrow
    {"name": "language", "value": "en"},  # never shared
    {"name": "packs.p.language", "value": "en"},
    {"name": "packs..", "value": 3},
])  # fmt: skip
def test_what_this_version_cannot_use_is_kept_and_left_alone(
    tmp_path: Path, about: dict[str, Any]
) -> None:
    with closing(open_log(tmp_path, _at(NOON))[1]) as log:
        log.append(SettingChange, NOON, **about)
    assert _open(tmp_path) == Settings()
    assert _changes(tmp_path) == [(about["name"], about["value"])]


def test_a_log_that_was_lost_or_put_back_takes_the_settings_up_again(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(new_per_day=5))
    _open(tmp_path)
    shutil.copy(tmp_path / "reviews.db", tmp_path / "older.db")
    save_settings(tmp_path, Settings(new_per_day=6))
    _open(tmp_path)
    (tmp_path / "older.db").replace(tmp_path / "reviews.db")
    assert _open(tmp_path).new_per_day == 6
    (tmp_path / "reviews.db").unlink()
    assert _open(tmp_path).new_per_day == 6


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def run(home: Path, *arguments: str) -> str:
        monkeypatch.setenv("STUDYTOOL_HOME", str(home))
        done = CliRunner().invoke(program, arguments)
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_the_commands_carry_settings_between_devices(
    tmp_path: Path, run: Callable[..., str]
) -> None:
    one, two, folder = tmp_path / "a", tmp_path / "b", tmp_path / "shared"
    folder.mkdir()
    for home in (one, two):
        save_settings(home, Settings(language="en"))
        run(home, "due")
    said = run(one, "config", "desired_retention", "0.97")
    assert "desired_retention = 0.97 (saved in the log, for every device that syncs)" in said
    assert "saved in" in run(one, "config", "ask_confidence", "true")
    run(one, "sync", str(folder))
    received = run(two, "sync", str(folder))
    assert received.splitlines() == [
        "sent 0, received 1",
        "set on another device: desired_retention = 0.97",
    ]
    assert "desired_retention = 0.97" in run(two, "config", "desired_retention")
    assert "ask_confidence = false" in run(two, "config", "ask_confidence")
