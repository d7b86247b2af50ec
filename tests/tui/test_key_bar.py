"""The keys at the bottom are buttons; those that would rate wait until the mark was seen."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from studytool.language import LANGUAGES, Language, Phrase
from studytool.quiz.key import OptionKey
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui import deafness
from studytool.tui.app import StudyApp
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.deafness import Deafness
from studytool.tui.help_screen import HelpScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.progress_screen import ProgressScreen
from studytool.tui.rating_row import RatingRow
from studytool.tui.study_screen import StudyScreen
from studytool.tui.topic_screens import PageScreen
from studytool.typeset.cells import cell_width
from studytool.wording.keys import KEYS
from studytool.wording.words import FLAGGED
from tests.cases import first_quick
from tests.tui.driving import app_at, item_of, press, resize, settled, study_screen, text_of

AS_SUGGESTED = Phrase("제안대로", "as suggested")


async def click(pilot: Pilot[None], app: StudyApp, word: str) -> None:
    """Click a word of the bottom lines, at its first cell."""
    height = app.screen.query_one(KeyBar).size.height
    lines = text_of(app).splitlines()
    lines += [""] * (app.size.height - len(lines))
    for row in range(app.size.height - height, app.size.height):
        before, found, _ = lines[row].partition(word)
        if found:
            await pilot.click(offset=(cell_width(before), row))
            await settled(pilot)
            return
    raise AssertionError(f"{word!r} is not in {lines[-height:]}")


@pytest.mark.slow
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
async def test_every_key_of_home_can_be_clicked(desk: Desk, language: Language) -> None:
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await click(pilot, app, "?")
        assert isinstance(app.screen, HelpScreen)
        await click(pilot, app, {"ko": "주제", "en": "topics"}[language])  # the words press it too
        await click(pilot, app, "↓")
        await click(pilot, app, "Enter")
        assert isinstance(app.screen, PageScreen)
        await click(pilot, app, "PgDn")
        assert app.screen.query_one("#help").scroll_offset.y > 0
        for _ in range(3):
            await click(pilot, app, "Esc")
        await click(pilot, app, "p ")
        assert isinstance(app.screen, ProgressScreen)
        await click(pilot, app, "Esc")
        assert isinstance(app.screen, HomeScreen)
        await click(pilot, app, {"ko": "English", "en": "한국어"}[language])
        assert desk.settings.language != language
        await click(pilot, app, "Enter")
        assert isinstance(app.screen, StudyScreen)
        await click(pilot, app, "Esc")
        await click(pilot, app, "q ")
    assert app.return_code == 0


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
async def test_what_the_keys_do_stays_in_view_until_it_is_folded(
    desk: Desk, language: Language
) -> None:
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        browse, folds = _about("browse", language), _about("app.keys", language)
        assert browse not in text_of(app)
        await press(pilot, "f12")
        assert browse in text_of(app)
        assert text_of(app).splitlines()[0]  # the screen is above it
        await click(pilot, app, browse)  # a sentence presses its key too
        assert isinstance(app.screen, BrowseScreen)
        assert {_about("set_due", language), folds} <= _shown_in(app)
        await resize(pilot, 80, 19)  # beside an editor what is asked has the room
        assert app.screen.query_one(KeyBar).size.height == 1
        await resize(pilot, 80, 24)
        assert folds in text_of(app)
        await press(pilot, "f12", "escape")
        assert isinstance(app.screen, HomeScreen)  # folded below what was in view, too
        assert browse not in text_of(app)


async def test_a_sentence_on_a_rating_comes_when_it_is_heard(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Deafness, "seconds", 3600.0)
    desk.settings = replace(desk.settings, language="en")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "f12", "7", "enter")
        assert _about("try_key", "en") in text_of(app)
        assert "recalled at once" not in text_of(app)
        study_screen(app)._deafness._hear_again()  # the time is over
        await settled(pilot)
        assert "recalled at once" in text_of(app)


def _about(action: str, language: Language) -> str:
    return next(row.about.text(language) for row in KEYS if row.action == action and row.about)


def _shown_in(app: StudyApp) -> set[str]:
    """Return the sentences on keys that are in view."""
    text, language = text_of(app), app.desk.settings.language
    return {one for row in KEYS if row.about and (one := row.about.text(language)) in text}


async def test_a_question_is_answered_and_rated_by_the_mouse_alone(desk: Desk) -> None:
    desk.settings = replace(desk.settings, ask_confidence=True, language="en")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item, entry = item_of(app), app.screen.query_one(Input)
        await press(pilot, "7")
        await click(pilot, app, "F8")
        assert FLAGGED.text("en") in text_of(app)
        assert (entry.value, app.focused) == ("7", entry)
        await click(pilot, app, "Enter")
        await click(pilot, app, "3")
        await click(pilot, app, "b ")
        assert item_of(app) != item
        await click(pilot, app, "F3")
        assert study_screen(app)._session.ratings() == study_screen(app)._session.ratings()[:1]
        await click(pilot, app, "Enter")
    assert [review.rating for review in desk.log.last_reviews()] == ["again"]


async def test_what_no_key_does_is_not_shown_where_the_answer_was_shown(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        keys = text_of(app).splitlines()[-app.screen.query_one(KeyBar).size.height :]
        assert "1–4" not in " ".join(keys)
        boxes = [box.display for box in app.screen.query_one(RatingRow).children]
        assert boxes == [True, False, False, False]


@pytest.mark.parametrize("taps", first_quick(["12", "11", "1\r", "1\r2", "click"]))
async def test_a_mark_is_rated_by_nothing_before_it_was_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, taps: str
) -> None:
    monkeypatch.setattr(Deafness, "seconds", 3600.0)
    app = app_at(desk, Sitting(desk, Scope((), _with_options(desk))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        item, first = item_of(app), AS_SUGGESTED.text(desk.settings.language)
        for tap in "1" if taps == "click" else taps:
            await press(pilot, "enter" if tap == "\r" else tap)
        if taps == "click":
            await pilot.click("#rate-good")
        assert (item_of(app), desk.log.last_reviews()) == (item, [])
        assert first not in text_of(app)
        height = app.screen.query_one(KeyBar).size.height
        study_screen(app)._deafness._hear_again()  # the time is over
        await settled(pilot)
        assert first in text_of(app)
        assert app.screen.query_one(KeyBar).size.height == height
        await press(pilot, "2")
        assert [review.rating for review in desk.log.last_reviews()] == ["hard"]


async def test_nor_does_a_double_tap_say_how_sure_one_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Deafness, "seconds", 3600.0)
    desk.settings = replace(desk.settings, ask_confidence=True)
    app = app_at(desk, Sitting(desk, Scope((), _with_options(desk))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "2", "enter")
        assert study_screen(app)._hidden is not None
        study_screen(app)._deafness._hear_again()
        await press(pilot, "3", "3")
        assert study_screen(app)._hidden is None
        assert study_screen(app)._session._confidence == 0.75
        assert desk.log.last_reviews() == []


async def test_the_keys_are_heard_again_by_themselves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Deafness, "seconds", 0.001)
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        while study_screen(app)._deafness:
            await pilot.pause()
        await settled(pilot)
        assert AS_SUGGESTED.text(desk.settings.language) in text_of(app)


def test_a_key_that_is_held_down_rates_nothing_however_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of its repetitions prolongs the deafness; without a key it ends when it was to end."""
    timers: list[float] = []

    class Timers:
        def set_timer(self, seconds: float, listen: Callable[[], None]) -> "Timers":
            del listen
            timers.append(seconds)
            return self

        def stop(self) -> None:
            pass

    clock = [100.0]
    monkeypatch.setattr(Deafness, "seconds", 0.4)
    monkeypatch.setattr(deafness, "monotonic", lambda: clock[0])
    deaf = Deafness(cast(Screen[None], Timers()), lambda: None)
    deaf.prolong()  # nothing is deaf yet
    assert not timers
    deaf.begin()
    for clock[0] in (100.1, 100.35, 100.54):
        deaf.prolong()
    assert timers == pytest.approx([0.4, 0.3, 0.2, 0.2])


def _with_options(desk: Desk) -> str:
    """Name a concept whose first question has options."""
    for concept in desk.library.manifest("deep-learning-notes").concepts:
        asked = Sitting(desk, Scope((), concept.id)).start_next(desk.clock.now())
        if asked is not None and isinstance(asked.variant.key, OptionKey):
            return concept.id
    raise AssertionError("no choice is new")


async def test_undo_and_redo_are_shown_where_there_is_something_to_take_back(desk: Desk) -> None:
    """A newcomer's first question has nothing to undo; what was done since leaves nothing to redo."""
    desk.choose_language("en")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        shown = [("undo" in text_of(app), "redo" in text_of(app))]
        for keys in (("f3", "1"), ("f4",), ("f3", "1"), ("f4",), ("f5",)):
            await press(pilot, *keys)
            bar = "\n".join(text_of(app).splitlines()[-3:])
            shown.append(("undo" in bar, "redo" in bar))
    nothing, one, both = (False, False), (True, False), (True, True)
    assert shown == [nothing, one, both, one, both, one]
