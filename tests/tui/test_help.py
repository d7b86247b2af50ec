"""The help screen, from home and from a question, and the cram that home begins."""

import pytest
from textual.widgets import Input

from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui import help_screen, home_screen, study_keys
from studytool.tui.app import StudyApp
from studytool.tui.help_screen import HelpScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.key_bar import Keys
from studytool.tui.study_screen import StudyScreen
from tests.tui.driving import NOW, press


@pytest.mark.parametrize("key", ["?", "f1"])
@pytest.mark.parametrize("back", ["escape", "q", "?"])
async def test_help_comes_and_goes_over_home(desk: Desk, key: str, back: str) -> None:
    app = StudyApp(desk, now=lambda: NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, key)
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, back)
        assert isinstance(app.screen, HomeScreen)


async def test_help_leaves_what_was_typed(desk: Desk) -> None:
    app = StudyApp(desk, sitting=Sitting(desk, Scope(concept="xavier")), now=lambda: NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "/", "f1")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.query_one(Input).value == "1/"


async def test_c_on_home_begins_a_cram(desk: Desk) -> None:
    app = StudyApp(desk, now=lambda: NOW)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert isinstance(app.screen, StudyScreen)
        assert isinstance(app.screen._sitting, Cram)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
    assert list(desk.log.events()) == []


@pytest.mark.parametrize("keys", [home_screen.KEYS, study_keys.ASKING, study_keys.MARKED])
def test_every_key_of_the_bars_is_in_the_help(keys: Keys) -> None:
    unsaid = {"↑↓", "?", "F1", "Esc", "1–4"}  # the help's own keys, and the ratings one by one
    words = help_screen.HELP.en.split()
    assert [key for key, _ in keys if key not in unsaid and key not in words] == []
