"""Jump mode: what can be clicked has a letter, which does what the click would."""

import pytest
from textual.widgets import Input

from studytool.language import Language
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.app import StudyApp
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.help_screen import HelpScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.jump_screen import LETTERS, JumpScreen, JumpTarget, labels_for
from studytool.tui.key_bar import KeyBar
from studytool.tui.lab_screen import LabScreen
from studytool.tui.slider_list import SliderList
from studytool.tui.study_screen import StudyScreen
from studytool.wording.key_lookup import bar_keys
from studytool.wording.keys import JAMO, KeyPlace
from tests.tui.driving import app_at, press, resize, settled, study_screen, text_of


def _label(app: StudyApp, wanted: str, *, kind: str = "presses") -> str:
    """Return the label of the target whose style means ``wanted``."""
    screen = app.screen
    assert isinstance(screen, JumpScreen)
    found = [label for label, one in screen._targets.items() if one.style.meta.get(kind) == wanted]
    assert len(found) == 1
    return found[0]


def _targets(app: StudyApp) -> list[JumpTarget]:
    assert isinstance(app.screen, JumpScreen)
    return list(app.screen._targets.values())


@pytest.mark.parametrize(
    ("count", "alone"),
    [(0, 0), (1, 1), (26, 26), (27, 25), (51, 25), (52, 24), (400, 11), (676, 0)],
)
def test_no_label_begins_another(count: int, alone: int) -> None:
    labels = labels_for(count)
    assert len(labels) == len(set(labels)) == count
    assert sum(len(label) == 1 for label in labels) == alone  # more would leave too few of two
    assert not [one for one in labels for other in labels if one != other and other.startswith(one)]
    assert set("".join(labels)) <= set(LETTERS)


async def test_a_label_stands_beside_what_it_is_for(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = text_of(app).splitlines()[-1]
        await press(pilot, "ctrl+o")
        after = text_of(app).splitlines()[-1]
        words = before.split()
        assert len(words) > 4
        assert all(word in after for word in words)  # no key of the last line is covered
        assert after != before


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_every_key_and_row_of_home_has_a_letter(desk: Desk, language: Language) -> None:
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+o")
        found = _targets(app)
        keys = {one.style.meta["presses"] for one in found if isinstance(one.widget, KeyBar)}
        assert len(keys) >= len(list(bar_keys(KeyPlace.HOME, writes=True)))
        assert sum("option" in one.style.meta for one in found) == 3  # all packs, and each
        await press(pilot, *_label(app, "b"))
        assert isinstance(app.screen, BrowseScreen)
        await press(pilot, "escape", "ctrl+o")
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_letters_of_a_korean_keyboard_and_letters_of_no_label(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+o")
        before = text_of(app)
        await press(pilot, "m", "7", "down")  # begins no label
        assert text_of(app) == before
        label = _label(app, "question_mark")
        for letter in label:
            await press(pilot, JAMO[letter])
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "ctrl+o", "ctrl+o")
        assert isinstance(app.screen, HelpScreen)


async def test_over_a_question_it_types_nothing_and_rates(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"12", "ctrl+o")
        assert any(isinstance(one.widget, Input) for one in _targets(app))
        await press(pilot, *_label(app, "f3"))
        assert study_screen(app).shows_mark
        await press(pilot, "ctrl+o")
        screen = app.screen
        assert isinstance(screen, JumpScreen)
        again = [label for label, one in screen._targets.items() if one.widget.id == "rate-again"]
        await press(pilot, *again[0])
        assert isinstance(app.screen, StudyScreen)
        assert [review.rating for review in desk.log.last_reviews()] == ["again"]


@pytest.mark.slow
async def test_sliders_and_small_windows(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "e", "enter")
        assert isinstance(app.screen, LabScreen)
        await press(pilot, "ctrl+o")
        assert any(isinstance(one.widget, SliderList) for one in _targets(app))
        await resize(pilot, 30, 8)  # nothing is where the letters were
        assert isinstance(app.screen, LabScreen)
        await press(pilot, "ctrl+o")
        await resize(pilot, 1, 1)
        await resize(pilot, 80, 24)
        assert isinstance(app.screen, LabScreen)
