"""The table of keys: what it says works on the screens, and the help names all of it."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys
from textual.screen import Screen

import studytool.tui
from studytool.language import LANGUAGES, Language
from studytool.session.desk import Desk
from studytool.tui.app import StudyApp
from studytool.tui.bindings import bindings_of
from studytool.tui.custom_screen import CustomScreen
from studytool.tui.help_screen import HelpScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.key_bar import _keys
from studytool.tui.lesson_screen import LessonScreen
from studytool.tui.progress_screen import ProgressScreen
from studytool.tui.study_screen import StudyScreen
from studytool.tui.summary_screen import SummaryScreen
from studytool.tui.topic_screens import PageScreen, TopicsScreen
from studytool.typeset.cells import cell_width
from studytool.wording.key_help import help_text, key_sections
from studytool.wording.key_lookup import WRITING_ACTIONS, bar_keys, told_keys
from studytool.wording.keys import JAMO, KEYS, KeyPlace
from tests.rows import all_rows
from tests.tui.driving import app_at, press, settled, text_of

SCREENS: dict[KeyPlace, type[Screen[None]]] = {
    KeyPlace.HOME: HomeScreen,
    KeyPlace.CUSTOM: CustomScreen,
    KeyPlace.ASKING: StudyScreen,
    KeyPlace.HOW_SURE: StudyScreen,
    KeyPlace.MARKED: StudyScreen,
    KeyPlace.SUMMARY: SummaryScreen,
    KeyPlace.PROGRESS: ProgressScreen,
    KeyPlace.HELP: HelpScreen,
    KeyPlace.TOPICS: TopicsScreen,
    KeyPlace.PAGE: PageScreen,
    KeyPlace.LESSON: LessonScreen,
}
BY_HAND = {"Enter", "Space", "↑↓", "←→", "PgUp", "PgDn", "1–4", "1–9", "1", "2", "3", "4"}
"""Keys that a widget or the screen's ``on_key`` reads."""


@pytest.mark.parametrize("place", SCREENS)
def test_every_row_with_an_action_has_its_method_on_the_screen(place: KeyPlace) -> None:
    screen = SCREENS[place]
    for row in KEYS:
        if place in row.places and row.action:
            owner = StudyApp if row.action.startswith("app.") else screen
            assert hasattr(owner, f"action_{row.action.removeprefix('app.')}"), row
        elif place in row.places:
            assert set(row.names) <= BY_HAND, row


WITHOUT_A_KEY_IN_THE_BAR = {
    "up": "a row is clicked",
    "down": "a row is clicked",
    "page_up": "the wheel",
    "page_down": "the wheel",
    "less": "the arrows of the bar, shown together",
    "more": "the arrows of the bar, shown together",
    "help": "the palette, which every bar with an entry leads to by the home screen",
    "app.palette": "home's bar",
    "app.jump": "for those who have no mouse",
    "app.keys": "the bar of help",
    "app.stop_or_quit": "Esc and home's bar",
    "app.quit": "home's bar",
    "app.suspend_process": "of the shell",
}
"""How a mouse does what a bar leaves out, by action."""


@all_rows("place", KeyPlace)
def test_each_key_is_told_once_where_it_works(place: KeyPlace) -> None:
    told = list(told_keys(place))
    works = [row for row in KEYS if {place, KeyPlace.ANYWHERE} & row.places.keys() and row.about]
    assert sorted(about.en for _, about in told) == sorted(
        row.about.en for row in works if row.about
    )
    assert all(name for name, _ in told)
    idle = works[0].action
    assert works[0].about not in [about for _, about in told_keys(place, idle={idle})]


@all_rows("place", KeyPlace)
def test_every_act_has_a_place_to_click(place: KeyPlace) -> None:
    for row in KEYS:
        if row.action and place in row.places and place is not KeyPlace.HOW_SURE:
            assert row.places[place] or row.action in WITHOUT_A_KEY_IN_THE_BAR, row
    for name, _ in bar_keys(place):
        for _, key in _keys(name):  # a key that a terminal sends, and each of its own
            assert len(key) == 1 or key in {"question_mark", *(one.value for one in Keys)}, name


async def test_a_click_on_an_arrow_of_the_bar_changes_a_setting(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "o", "down", "down")
        before = desk.settings.animate
        lines = text_of(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "←→" in line)
        await pilot.click(offset=(cell_width(lines[row].partition("→")[0]), row))
        await settled(pilot)
        assert desk.settings.animate is not before


@pytest.mark.parametrize("place", SCREENS)
def test_a_key_has_one_meaning_in_a_place(place: KeyPlace) -> None:
    names = [name for row in KEYS if place in row.places and row.action for name in row.names]
    assert len(names) == len(set(names))


def test_a_letter_works_by_its_jamo_and_only_keys_that_are_no_text_come_first() -> None:
    bound = {one.key: one for one in bindings_of(KeyPlace.ASKING)}  # type: ignore[union-attr] # no tuples
    assert bound["s,ㄴ"].action == bound["f6"].action == "suspend"  # type: ignore[union-attr] # the same
    first = {key for key, one in bound.items() if one.priority}  # type: ignore[union-attr] # the same
    assert first == {"escape"}


def _letters_of_screens() -> list[tuple[str, str, str]]:
    """Return each letter that a screen or widget of the program binds, with all its keys."""
    for found in iter_modules(studytool.tui.__path__, "studytool.tui."):
        import_module(found.name)
    classes, own = [DOMNode], list[type[DOMNode]]()
    while classes:
        own += (one := classes.pop()).__module__.startswith("studytool.") * [one]
        classes += one.__subclasses__()
    bound = [(one.__name__, row) for one in own for row in one.__dict__.get("BINDINGS", [])]
    keys = [(name, row.key if isinstance(row, Binding) else row[0]) for name, row in bound]
    letters = [(name, key, row) for name, row in keys for key in row.split(",")]
    return [(name, key, row) for name, key, row in letters if len(key) == 1 and key in JAMO]


def test_each_letter_of_every_screen_works_by_its_jamo() -> None:
    letters = _letters_of_screens()
    assert len(letters) > 40
    assert [row for row in letters if JAMO[row[1]] not in row[2].split(",")] == []


def test_a_cram_shows_no_key_that_writes() -> None:
    assert {"suspend", "bury", "flag", "redo"} == WRITING_ACTIONS
    shown = {name for name, _ in bar_keys(KeyPlace.ASKING, writes=False)}
    assert shown == {"Enter", "F2", "F3", "F10", "F4", "F9", "F1", "Esc"}


@all_rows("language", LANGUAGES)
@all_rows(
    "place",
    [
        place
        for place in KeyPlace
        if place not in {KeyPlace.HELP, KeyPlace.TOPICS, KeyPlace.PAGE, KeyPlace.LESSON}
    ],
)
def test_the_help_names_every_key_of_the_bars(place: KeyPlace, language: Language) -> None:
    said = {name for _, rows in key_sections(language) for keys, _ in rows for name in keys.split()}
    shown = {part for name, _ in bar_keys(place) for part in name.split()}
    assert shown <= said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [54, 74, 114])
def test_each_row_of_the_help_stands_once_and_fits(language: Language, width: int) -> None:
    text = help_text(language, width=width)
    for line in text.splitlines():
        assert not line.startswith("  ") or cell_width(line) <= width
    for heading, rows in key_sections(language):
        _, _, below = text.partition(f"\n{heading}\n")
        section, _, _ = below.partition("\n\n")
        assert [about for _, about in rows if about not in section] == []
