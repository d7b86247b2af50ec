"""Keys pressed before what they are for is in view: text is kept, and nothing acts unseen."""

import pytest
from textual.events import Event, Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui import early_keys
from studytool.tui.app import StudyApp
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.claims_screen import ClaimsScreen
from studytool.tui.early_keys import EarlyKeys
from studytool.tui.home_screen import HomeScreen
from studytool.tui.lesson_screen import LessonScreen
from studytool.tui.palette_screen import PaletteScreen
from studytool.tui.settings_screen import SettingsScreen
from studytool.tui.study_screen import StudyScreen
from studytool.wording.study import TOO_EARLY
from tests.tui.driving import app_at, press, settled, study_screen, words_of

NUMBER, CHOICE = "deep-learning-notes/xavier-variance", "deep-learning-notes/zero-init"


async def _burst(pilot: Pilot[None], keys: str) -> None:
    """Press keys before the program has a turn between them, then wait for what comes of them."""
    names = {
        "\r": "enter",
        "\n": "ctrl+j",
        "\x1b": "escape",
        ".": "full_stop",
        "\x10": "ctrl+p",
        "/": "slash",
    }
    for key in keys:
        pilot.app.post_message(Key(names.get(key, key), key))
    await settled(pilot)


async def _begin(pilot: Pilot[None], *items: str, keys: str) -> StudyScreen:
    """Begin a sitting over these items; the keys are pressed before it shows anything."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    asked = StudyScreen(app.desk, Sitting(app.desk, Scope(items=frozenset(items))))
    app.push_screen(asked)
    await _burst(pilot, keys)
    return asked


@pytest.mark.parametrize(
    ("lessons", "keys"),
    [
        (False, "0.5"),
        (False, "0.5\r"),  # Enter answers no question that was not seen
        (True, "0.5\r"),  # nor closes it a lesson that was not seen
    ],
)
async def test_text_typed_before_the_question_waits_in_its_entry(
    desk: Desk, *, lessons: bool, keys: str
) -> None:
    app = app_at(desk, lessons=lessons)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asked = await _begin(pilot, NUMBER, keys=keys)
        assert isinstance(app.screen, LessonScreen) == lessons
        assert asked.query_one(Input).value == "0.5"
        assert asked._session.mark is None
        await press(pilot, *["enter"] * (2 if lessons else 1))
        assert study_screen(app)._session.mark is not None


async def test_no_key_chooses_or_suspends_what_was_not_seen(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asked = await _begin(pilot, CHOICE, keys="1\rs2")
        assert asked._session.mark is None
        assert asked._session.question is not None
        await _burst(pilot, "1")  # once it is seen, a digit answers
        assert asked._session.mark is not None


async def test_a_burst_after_the_rating_answers_nothing_but_is_kept(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asked = await _begin(pilot, NUMBER, "deep-learning-notes/he-sd", keys="")
        await press(pilot, "7", "enter")
        await _burst(pilot, "10.25\r")  # 1 rates
        assert asked.query_one(Input).value == "0.25"
        assert asked._session.mark is None
        assert TOO_EARLY.text("ko") not in words_of(app)  # of a double tap nobody need be told
    assert len(desk.log.last_reviews()) == 1


async def test_a_text_pasted_too_early_is_kept_and_esc_leaves(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asked = StudyScreen(desk, Sitting(desk, Scope(items=frozenset({NUMBER}))))
        app.push_screen(asked)
        app.post_message(Paste("1/96"))
        await settled(pilot)
        assert asked.query_one(Input).value == "1/96"
        await press(pilot, "escape")
        await _begin(pilot, NUMBER, keys="\x1b")
        assert isinstance(app.screen, HomeScreen)


async def test_enter_before_home_is_drawn_begins_the_sitting(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(HomeScreen(desk))
        await _burst(pilot, "\n")  # what Enter is before the program reads key by key
        assert isinstance(app.screen, StudyScreen)


@pytest.mark.parametrize(
    ("keys", "screen", "typed"),
    [
        ("bhe", BrowseScreen, "he"),  # keys of home, where they would open the help or the lab
        ("b/he", BrowseScreen, "/he"),
        ("nob", ClaimsScreen, "ob"),
        ("\x10he", PaletteScreen, "he"),
        ("b\x1bnhe", ClaimsScreen, "he"),  # back and on, all at once
        ("\r\x1bb", BrowseScreen, ""),  # the list tells home of its row before a sitting begins
        ("nob\x1b\x1bo", SettingsScreen, None),  # the words first, then the screen
    ],
)
async def test_what_is_typed_behind_a_key_is_for_the_screen_that_it_opens(
    desk: Desk, keys: str, screen: type[Screen[object]], typed: str | None
) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await _burst(pilot, keys)
        assert isinstance(app.screen, screen)
        assert len(app.screen_stack) == 2
        if typed is not None:
            assert app.screen.query_one(Input).value == typed


async def test_enter_in_claims_leads_on_before_what_is_typed_behind_it(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        await _burst(pilot, "dropout-is-ridge\rzz")
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.query_one(Input).value.endswith("dropout-is-ridgezz")


async def test_enter_in_claims_waits_until_they_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, read = app_at(desk), ClaimsScreen._read
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        monkeypatch.setattr(ClaimsScreen, "_read", lambda _: None)  # a slow disk
        await _burst(pilot, "ndropout-is-ridge\r")
        claims = app.screen
        assert isinstance(claims, ClaimsScreen)
        read(claims)
        await settled(pilot)
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.query_one(Input).value.endswith("claim:dropout-is-ridge")


async def test_a_key_for_an_item_waits_until_the_items_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, read = app_at(desk), BrowseScreen._read
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        monkeypatch.setattr(BrowseScreen, "_read", lambda _: None)
        await _burst(pilot, "bitem:he-sd")
        await press(pilot, "f8")
        browse = app.screen
        assert isinstance(browse, BrowseScreen)
        read(browse)
        await settled(pilot)
        assert [row.item for row in browse._rows if row.flagged] == ["deep-learning-notes/he-sd"]


async def test_a_key_that_was_too_early_says_so(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asked = await _begin(pilot, CHOICE, NUMBER, keys="")
        await press(pilot, "f3")
        for key in ("1", "f3"):  # rated, and at once the answer to the next
            app.post_message(Key(key, key if key == "1" else None))
        await settled(pilot)
        assert asked._session.mark is None
        assert TOO_EARLY.text("ko") in words_of(app)


async def test_keys_are_not_held_for_ever_where_the_message_behind_one_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early_keys, "_AGAIN_SECONDS", 0.01)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        send, lost = EarlyKeys._send, iter([True])  # as with a widget that goes away
        monkeypatch.setattr(EarlyKeys, "_send", lambda self: next(lost, False) or send(self))
        await _burst(pilot, "bhe")
        assert app.screen.query_one(Input).value == "he"


async def test_a_key_that_comes_back_as_the_program_ends_asks_for_no_screen(desk: Desk) -> None:
    app = app_at(desk)
    early = EarlyKeys(app, _nothing)
    assert app.screen_stack == []
    early._leg = early._legs_left = 1
    await early.come_back(EarlyKeys.Behind(1))


async def _nothing(_: Event) -> None:
    raise AssertionError
