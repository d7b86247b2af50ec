"""All that keys do is done by the mouse alone too: each key is shown to be clicked, or a row is."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from studytool.session.desk import Desk
from studytool.tui.home_screen import HomeScreen
from studytool.tui.study_screen import StudyScreen
from studytool.tui.summary_screen import SummaryScreen
from studytool.typeset.cells import cell_width
from studytool.wording.keys import KEYS, KeyPlace
from tests.tui.driving import app_at, settled, study_screen, text_of

ROWS_ARE_CLICKED = {"up", "down", "page_up", "page_down"}
"""Acts that move a bar: the row itself is clicked, and the wheel scrolls."""
IN_A_PAIR = {(KeyPlace.SETTINGS, "less"), (KeyPlace.SETTINGS, "more")}
"""Keys that another row of the table shows together."""
SITTING = (KeyPlace.ASKING, KeyPlace.HOW_SURE, KeyPlace.MARKED)
"""One question's states: what is shown in one of them can be clicked before or after the others."""
OF_A_KEYBOARD = {
    "app.suspend_process",
    "app.stop_or_quit",
    "app.quit",
    "app.palette",
    "app.jump",
    "app.keys",
}
"""Of every screen: what they do has a key to click on home, in progress, in the lab, or is Esc."""


def test_every_act_has_something_to_click_where_its_key_works() -> None:
    hidden = {
        (place, row.action)
        for row in KEYS
        for place, shown in row.places.items()
        if row.action and not shown and row.action not in ROWS_ARE_CLICKED
        if not (place in SITTING and any(row.places.get(other) for other in SITTING))
    }
    assert {one for one in hidden - IN_A_PAIR if one[0] is not KeyPlace.ANYWHERE} == set()
    assert {action for place, action in hidden if place is KeyPlace.ANYWHERE} == OF_A_KEYBOARD
    shown_somewhere = {row.action for row in KEYS if any(row.places.values())}
    assert shown_somewhere >= {"app.palette", "app.jump", "app.quit"}


def _reviews(desk: Desk) -> int:
    return desk.log.reviews_on(desk.log.day_of(desk.clock.now())).reviews


async def _click(pilot: Pilot[None], words: str) -> None:
    """Click the first place at which the screen says ``words``."""
    lines = text_of(pilot.app).splitlines()
    y = next((at for at, line in enumerate(lines) if words in line), None)
    assert y is not None, (words, "\n".join(lines))
    x = cell_width(lines[y][: lines[y].index(words)])
    await pilot.click(offset=(x + 1, y))
    await settled(pilot)


async def _answer(pilot: Pilot[None]) -> None:
    """Choose the first option where there are some, else turn the card or have the answer shown."""
    options = pilot.app.screen.query_one("#options", OptionList)
    if options.display:
        await pilot.click(options, offset=(4, 0))
        await settled(pilot)
    if not study_screen(pilot.app).shows_mark:  # type: ignore[arg-type] # the app under test
        await _click(pilot, "F3 show answer")


@pytest.mark.slow
async def test_a_whole_sitting_by_the_mouse_alone(desk: Desk) -> None:
    """From home through each kind of answer, undo and the help to the last word, and home."""
    desk.choose_language("en")
    desk.settings = replace(desk.settings, new_per_day=4, interleave=False)
    app = app_at(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await _click(pilot, "Everything due")  # the row under the bar
        for asked in range(5):
            assert isinstance(app.screen, StudyScreen)
            await _answer(pilot)
            assert study_screen(app).shows_mark
            if asked == 2:
                await _click(pilot, "u undo")
                assert _reviews(desk) == 1
                continue  # the second question is asked again
            await pilot.click(".rating.suggested")
            await settled(pilot)
        await _click(pilot, "Esc home")
        assert isinstance(app.screen, SummaryScreen)
        assert _reviews(desk) == 3  # of five turns one took another back
        await _click(pilot, "Enter home")
        assert isinstance(app.screen, HomeScreen)
        for key, back in (
            ("p progress", "Esc home"),
            ("b browse", "Esc back"),
            ("? help", "Esc back"),
        ):
            await _click(pilot, key)
            assert not isinstance(app.screen, HomeScreen)
            await _click(pilot, back)
            assert isinstance(app.screen, HomeScreen)
        await _click(pilot, "q quit")
    assert app.return_code == 0
