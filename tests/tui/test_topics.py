"""The pages of help within the program: listed, opened, set to the window, left again."""

import pytest
from textual.widgets import OptionList

from studytool.help.topics import TOPICS
from studytool.language import LANGUAGES, Language
from studytool.session.desk import Desk
from studytool.tui.home_screen import HomeScreen
from studytool.tui.topic_screens import PageScreen, TopicsScreen
from tests.cases import first_quick
from tests.tui.driving import app_at, press, settled, text_of, words_of


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_topic_is_listed_and_opens(desk: Desk, language: Language) -> None:
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "?", "t")
        assert isinstance(app.screen, TopicsScreen)
        listed = text_of(app)
        for topic, about in TOPICS.items():
            assert topic in listed
            assert about.text(language) in listed
            await press(pilot, "enter")
            assert isinstance(app.screen, PageScreen)
            assert f"studytool help {topic}" in text_of(app)
            await press(pilot, "escape", "down")
        assert app.screen.query_one(OptionList).highlighted == 0  # once round
        await press(pilot, "q", "q")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("size", first_quick([(80, 24), (120, 40), (60, 20)]))
async def test_a_page_is_set_to_the_window(desk: Desk, size: tuple[int, int]) -> None:
    app = app_at(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.push_screen(PageScreen("study", "en"))
        await settled(pilot)
        assert "`studytool` opens the home screen." in words_of(app)
        await press(pilot, "end")
        said = words_of(app).replace(" ▇", "")  # the end of the bar, in whichever line it is
        assert "`--back` returns to the" in said
