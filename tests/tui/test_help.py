"""The help screen, from home and from a question, and the cram that home begins."""

import pytest
from textual.widgets import Input

from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.help_screen import HelpScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.study_screen import StudyScreen
from studytool.tui.text_scroll import TextScroll
from tests.cases import first_quick
from tests.tui.driving import app_at, press


@pytest.mark.parametrize("key", first_quick(["?", "f1"]))
@pytest.mark.parametrize("back", first_quick(["escape", "q", "?"]))
async def test_help_comes_and_goes_over_home(desk: Desk, key: str, back: str) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, key)
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, back)
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.slow
async def test_help_leaves_what_was_typed(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope(concept="xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "/", "f1")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.query_one(Input).value == "1/"


async def test_c_on_home_begins_a_cram(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert isinstance(app.screen, StudyScreen)
        assert isinstance(app.screen._session, Cram)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
    assert list(desk.log.events()) == []


async def test_a_key_scrolls_a_line_at_once(desk: Desk) -> None:
    """No steps between are drawn, which a slow line would show one after another."""
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "?")
        text = app.screen.query_one(TextScroll)
        text.action_scroll_down()
        assert text.scroll_y == 1
        text.action_page_down()
        assert text.scroll_y == 1 + text.scrollable_content_region.height
