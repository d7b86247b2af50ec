"""The theme of high contrast holds what it promises; colour is never alone; NO_COLOR has none."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest

from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings.table import ThemeName
from studytool.tui.app import StudyApp
from studytool.tui.jump_screen import JumpScreen
from studytool.tui.themes import THEMES
from tests.tui.driving import NOW, app_at, press, settled, text_of

AAA = 7.0
"""The ratio of luminances that WCAG 2.1 asks for at its level AAA, of text of any size."""
FRAME = set("─│╭╮╰╯▊▔▁▎█▌▐▄▀▂▃▅▆▇▏▕▍▋▉ ")

Colour = tuple[int, int, int]


def _drawn(app: StudyApp) -> Iterator[tuple[str, Colour, Colour]]:
    """Yield the texts of the screen, each with its colour and that of its ground."""
    for strip in app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if style is not None and style.color and style.bgcolor and set(text) - FRAME:
                ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
                yield text, *((ground, ink) if style.reverse else (ink, ground))


def _luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour of sRGB, as WCAG 2.1 defines it."""
    parts = [one / 255 for one in colour]
    red, green, blue = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _weak(app: StudyApp) -> dict[str, float]:
    """Return each text of the screen whose contrast is below what is promised, with its ratio."""
    found = {}
    for text, *colours in _drawn(app):
        dark, light = sorted(map(_luminance, colours))
        if (ratio := (light + 0.05) / (dark + 0.05)) < AAA:
            found[text] = ratio
    return found


async def test_every_text_has_the_contrast_of_its_theme(desk: Desk) -> None:
    desk.settings = replace(desk.settings, theme="contrast", language="en")
    app = app_at(desk)
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        weak = _weak(app)
        for key in ("p", "escape", "question_mark", "t", "enter", "escape", "escape", "escape"):
            await press(pilot, key)
            weak |= _weak(app)
        for key in ("s", "b", "n", "o", "a", "e"):  # custom study, browse … author, lab
            await press(pilot, key, "down")
            weak |= _weak(app)
            if key == "e":
                await press(pilot, "enter")
                weak |= _weak(app)
            await press(pilot, "escape")
        await press(pilot, "ctrl+p", "s")
        weak |= _weak(app)
        await press(pilot, "escape", "ctrl+o")  # jump mode: a letter on all that can be done
        assert isinstance(app.screen, JumpScreen)
        assert weak | _weak(app) == {}


@pytest.mark.parametrize("concept", ["xavier", "dropout"])
async def test_every_text_of_a_question_and_its_mark_has_it_too(desk: Desk, concept: str) -> None:
    desk.settings = replace(desk.settings, theme="contrast", language="en")
    app = app_at(desk, Cram(desk, Scope((), concept), NOW))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        for _ in range(3):
            weak = _weak(app)
            for key in ("f10", "f10", "f2", "f3", "n", "escape"):
                await press(pilot, key)
                weak |= _weak(app)
            await press(pilot, "4")
            assert weak == {}


async def test_the_contrast_is_the_themes(desk: Desk) -> None:
    desk.settings = replace(desk.settings, theme="dark")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert _weak(app) != {}  # control: the measure sees what is weak


def test_every_value_of_the_setting_is_a_theme(desk: Desk) -> None:
    assert tuple(THEMES) == get_args(ThemeName)
    for name in get_args(ThemeName):
        desk.settings = replace(desk.settings, theme=name)
        app = StudyApp(desk)
        assert app.theme == THEMES[name]
        assert app.theme in app.available_themes


async def test_without_colour_a_mark_says_all_by_its_signs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "7", "enter")
        assert "✗" in text_of(app)
        drawn = list(_drawn(app))
        assert drawn
        assert all(len(set(colour)) == 1 for _, *pair in drawn for colour in pair)  # greys
