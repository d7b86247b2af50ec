"""Typing is sacred: whatever comes between, the next key goes where the question is answered."""

from pathlib import Path

import pytest
from textual.widgets import Input

from studytool.clock import MACHINE_CLOCK
from studytool.packs.reader import load_pack
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.choice_list import ChoiceList
from tests.packs.samples import write_pack
from tests.review_log.queue import suspended_items
from tests.tui.driving import app_at, item_of, press, settled, study_screen, text_of

LETTERS = "sbfurnlㄴㅠ"
MULTIPLE = """\
- id: several
  kind: choice
  concept: scale
  prompt: {ko: "모두 고르세요", en: "Mark all"}
  options:
    - {id: a, correct: true, text: {ko: 하나, en: one}, because: adds}
    - {id: b, correct: true, text: {ko: 둘, en: two}, because: adds}
    - {id: c, text: {ko: 셋, en: three}, say: {ko: 아님, en: No}}
  solution: {ko: 그렇다, en: It is}
"""


async def test_tab_and_clicks_leave_the_cursor_in_the_entry(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item, entry = item_of(app), app.screen.query_one(Input)
        await press(pilot, "tab", "s", "shift+tab", "q")
        for place in ("#prompt", "#message", "#bar", "#keys", "#body"):
            await pilot.click(place)
            await press(pilot, "r")
        assert entry.value == "sqrrrrr"
        assert item_of(app) == item
    assert suspended_items(desk.log) == []


@pytest.mark.parametrize("key", ["space", "click", "digit"])
async def test_several_options_are_ticked_and_enter_answers(tmp_path: Path, key: str) -> None:
    desk = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    folder = write_pack(tmp_path / "pack", items=MULTIPLE)
    desk.library.install(load_pack(folder), folder)
    desk.register_packs()
    app = app_at(desk, Sitting(desk, Scope(("sample",))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item, options = item_of(app), app.screen.query_one(ChoiceList)
        await press(pilot, "tab", *LETTERS)
        assert (item_of(app), study_screen(app)._session.mark) == (item, None)
        assert app.focused is options
        for number in (1, 2, 1, 3, 3, 1):
            if key == "click":
                await pilot.click(options, offset=(3, number - 1))
                await settled(pilot)
            elif key == "digit":
                await press(pilot, str(number))
            else:
                options.highlighted = number - 1
                await press(pilot, "space")
        assert study_screen(app)._session.mark is None
        assert study_screen(app)._view.picked == {1, 2}
        assert text_of(app).count("[x]") == 2
        await press(pilot, "enter")
        assert study_screen(app)._session.mark is not None
        await press(pilot, "tab", "down", "f1", "escape")
        assert app.focused is None  # the arrows go on scrolling
    desk.close()
