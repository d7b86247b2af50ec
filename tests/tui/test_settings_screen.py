"""The settings on the screen: changed by arrows, by a typed value, and put back; saved and in force at once."""

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, OptionList

from studytool.language import Language
from studytool.session.changing_settings import next_value
from studytool.session.desk import Desk
from studytool.settings import Settings, all_settings, load_settings
from studytool.tui.app import StudyApp
from studytool.tui.home_screen import HomeScreen
from studytool.tui.settings_screen import SettingsScreen
from tests.rows import all_rows
from tests.tui.driving import app_at, press, settled, text_of, words_of


def _to(app: StudyApp, name: str) -> None:
    """Put the bar on a setting."""
    app.screen.query_one(OptionList).highlighted = list(all_settings()).index(name)


@all_rows(
    ("name", "by", "value"),
    [
        ("animate", 1, False),
        ("animate", -1, False),
        ("order", 1, "relative-overdue"),
        ("order", -1, "retrievability"),
        ("new_per_day", -1, 19),
        ("reviews_per_day", 1, 9999),  # the most
        ("desired_retention", 1, 0.91),
        ("learning_steps_minutes", 1, None),  # typed alone
    ],
)
def test_a_step_of_a_value(name: str, by: int, value: object) -> None:
    assert next_value(name, Settings(), by) == value


def test_every_step_may_stand() -> None:
    for name, row in all_settings().items():
        for by in (-1, 1):
            value = next_value(name, Settings(), by)
            assert value is None or row.rule.admits(value), name


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_settings_look_like_this(
    desk: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "o", "down", "down", "down", "right")
        assert text_of(app) == snapshot


async def test_arrows_change_and_d_puts_back(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o")
        assert isinstance(app.screen, SettingsScreen)
        _to(app, "desired_retention")
        await press(pilot, "left", "left")
        assert desk.settings.desired_retention == 0.88
        assert load_settings(desk.home).desired_retention == 0.88
        assert desk.log.shared_settings()["desired_retention"] == 0.88
        assert "saved: desired retention = 0.88" in text_of(app)
        assert "default: 0.9" in text_of(app)
        await press(pilot, "d")
        assert desk.settings.desired_retention == 0.9
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_typed_value_is_taken_or_refused(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o")
        _to(app, "new_per_day")
        await press(pilot, "enter", *"many", "enter")
        assert "a whole number 0–9999" in words_of(app)
        assert desk.settings.new_per_day == 20
        app.screen.query_one(Input).value = "5"
        await press(pilot, "enter")
        assert desk.settings.new_per_day == 5
        assert not app.screen.query_one(Input).display
        await press(pilot, "enter", *"d7", "escape")  # typed, not acted on
        assert desk.settings.new_per_day == 5
        await press(pilot, "escape")
        new = [
            line.rstrip(" │").split()[-1] for line in text_of(app).splitlines() if "  │ " in line
        ]
        assert new[0] == "5"  # of all packs together: home counts by it at once


async def test_the_language_changes_on_the_spot(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o")
        _to(app, "language")
        await press(pilot, "right")
        assert "내 설정" in text_of(app)
        assert desk.settings.language == "ko"


async def test_what_cannot_be_saved_is_said(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o")
        (desk.home / "settings.toml").write_text("= no TOML", "utf-8")
        _to(app, "new_per_day")
        await press(pilot, "left")
        assert "settings.toml" in "".join(text_of(app).split())  # a long path is cut where it ends
        assert desk.settings == replace(desk.settings, new_per_day=20)


async def test_what_is_typed_never_leaves_the_entry(desk: Desk) -> None:
    """Tab led to the list, where the next letter was a command: d threw the value away."""
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o")
        _to(app, "desired_retention")
        await press(pilot, "right", "enter", "0", "tab")
        assert "d default" not in words_of(app)  # nor is a key shown that would do nothing
        await pilot.click("#listing-preview")
        await press(pilot, ".", "shift+tab", "d")
        assert app.screen.query_one(Input).value == "0.d"
        assert desk.settings.desired_retention == 0.91
        await press(pilot, "escape", "d")
        assert "d default" in words_of(app)
        assert desk.settings.desired_retention == 0.9


async def test_the_list_stays_where_it_is_whatever_its_bar_explains(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "o")
        seen = set()
        for name in ("language", "theme", "easy_days"):  # of two lines, and of three
            _to(app, name)
            await pilot.pause()
            seen.add(app.screen.query_one(OptionList).region)
        assert len(seen) == 1


async def test_a_choice_is_changed_by_the_mouse_alone_and_by_enter(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o")
        row = 3 + list(all_settings()).index("theme")
        await pilot.click(offset=(8, row))
        await settled(pilot)
        assert "colours of the screen" in text_of(app)  # explained, not changed
        assert not app.screen.query_one(Input).display
        shown = [desk.settings.theme]
        await pilot.click(offset=(8, row))
        await settled(pilot)
        shown.append(desk.settings.theme)
        await press(pilot, "enter")
        shown.append(desk.settings.theme)
        assert shown == ["dark", "light", "contrast"]
        assert "saved: theme = contrast" in text_of(app)
