"""The theme of high contrast holds what it promises; colour is never alone; NO_COLOR has none."""

import re
from dataclasses import replace
from typing import get_args

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings.terminal_theme import ThemeName
from studytool.tui.app import StudyApp
from studytool.tui.choice_list import MARKED_STYLES
from studytool.tui.jump_screen import JumpScreen
from studytool.tui.themes import CONTRAST, INK, PAPER, THEMES
from tests.cases import first_quick
from tests.tui.colours import drawn, luminance, weak_texts
from tests.tui.driving import NOW, app_at, press, settled, text_of

AA, AAA = 4.5, 7.0
"""The ratios of luminances that WCAG 2.1 asks for at its levels AA and AAA, of text of any size."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("theme", "least"),
    [("contrast", AAA), ("dracula", AA), ("rose-pine", AA), ("rose-pine-moon", AA)],
)
async def test_every_text_has_the_contrast_of_its_theme(
    desk: Desk, theme: ThemeName, least: float
) -> None:
    desk.settings = replace(desk.settings, theme=theme, language="en")
    app = app_at(desk)
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        weak = weak_texts(app, least)
        for key in ("p", "escape", "question_mark", "t", "enter", "escape", "escape", "escape"):
            await press(pilot, key)
            weak |= weak_texts(app, least)
        for key in ("s", "b", "n", "o", "a", "e"):  # custom study, browse … author, lab
            await press(pilot, key, "down")
            weak |= weak_texts(app, least)
            if key == "e":
                await press(pilot, "enter")
                weak |= weak_texts(app, least)
            await press(pilot, "escape")
        await press(pilot, "ctrl+p", "s")
        weak |= weak_texts(app, least)
        await press(pilot, "escape", "ctrl+o")  # jump mode: a letter on all that can be done
        assert isinstance(app.screen, JumpScreen)
        assert weak | weak_texts(app, least) == {}


@pytest.mark.parametrize("concept", first_quick(["xavier", "dropout"]))
async def test_every_text_of_a_question_and_its_mark_has_it_too(desk: Desk, concept: str) -> None:
    desk.settings = replace(desk.settings, theme="contrast", language="en")
    app = app_at(desk, Cram(desk, Scope((), concept), NOW))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        for _ in range(3):
            weak = weak_texts(app, AAA)
            for key in ("f10", "f10", "f2", "f3", "n", "escape"):
                await press(pilot, key)
                weak |= weak_texts(app, AAA)
            await press(pilot, "4")
            assert weak == {}


async def test_the_contrast_is_the_themes(desk: Desk) -> None:
    desk.settings = replace(desk.settings, theme="dark")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        assert weak_texts(app, AAA) != {}  # control: the measure sees what is weak


@pytest.mark.parametrize(
    "theme",
    [INK, PAPER, CONTRAST, *(BUILTIN_THEMES[name] for name in THEMES if name in BUILTIN_THEMES)],
    ids=lambda theme: theme.name,
)
def test_a_marked_option_is_read_in_every_theme(theme: Theme) -> None:
    """The wrong one was drawn in the colour of its frame, at 3.4 to 1 on the dark ground."""
    colours = theme.to_color_system().generate()
    ground = luminance(Color.parse(colours["background"]).rgb)
    for style in MARKED_STYLES.values():
        for name in re.findall(r"\$([\w-]+)", style):
            light, dark = sorted((luminance(Color.parse(colours[name]).rgb), ground), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= (AAA if theme is CONTRAST else AA), name


@pytest.mark.parametrize("theme", [INK, PAPER], ids=lambda theme: theme.name)
def test_the_sign_of_a_wrong_answer_stands_out_as_a_text(theme: Theme) -> None:
    """In ink it stood at 3.4 to 1."""
    colours = theme.to_color_system().generate()
    pair = (luminance(Color.parse(colours[name]).rgb) for name in ("error", "background"))
    dark, light = sorted(pair)
    assert (light + 0.05) / (dark + 0.05) >= AA


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
        cells = list(drawn(app))
        assert cells
        assert all(len(set(colour)) == 1 for _, *pair in cells for colour in pair)  # greys


async def test_without_colour_the_row_in_view_and_the_suggestion_have_a_form(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One row alone is light where the screen is dark, and goes with the keys; one rating has a heavy border."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_at(
        desk, Sitting(desk, Scope(items=frozenset({"deep-learning-notes/xavier-variance"})))
    )

    def light_rows() -> list[int]:
        rows = enumerate(app.screen._compositor.render_strips())
        return [y for y, strip in rows if any(_is_light(segment) for segment in strip)]

    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "7", "enter")
        assert text_of(app).count("┏") == 1
        await press(pilot, "escape", "down")
        [first] = light_rows()
        await press(pilot, "down")
        [second] = light_rows()
        assert second == first + 1


def _is_light(segment: Segment) -> bool:
    style = segment.style
    ground = None if style is None or style.bgcolor is None else style.bgcolor.triplet
    return ground is not None and min(ground) > 128
