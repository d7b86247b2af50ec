"""The palette: from any screen to any action, item, concept, claim, setting or theme."""

from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, OptionList

from studytool.language import Language
from studytool.quiz.outcome import Outcome
from studytool.session.desk import Desk
from studytool.session.palette import PaletteShelf
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.claims_screen import ClaimsScreen
from studytool.tui.help_screen import HelpScreen
from studytool.tui.home_panels import HomePanels
from studytool.tui.home_screen import HomeScreen
from studytool.tui.palette_screen import MOST_ROWS, PaletteScreen
from studytool.tui.preview_screen import PreviewScreen
from studytool.tui.settings_screen import SettingsScreen
from studytool.tui.study_screen import StudyScreen
from studytool.tui.themes import THEMES
from studytool.tui.topic_screens import PageScreen, TopicsScreen
from studytool.wording.keys import KEYS, KeyPlace
from studytool.wording.palette import PaletteRow, palette_rows
from tests.packs.samples import write_pack
from tests.review_log.drafts import draft
from tests.tui.driving import NOW, app_at, press, resize, settled, study_screen, text_of, words_of

PACK = "deep-learning-notes"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_palette_looks_like_this(
    desk: Desk,
    size: tuple[int, int],
    language: Language,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(HomePanels, "read", lambda *_: None)  # what lies behind has its own test
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = "ㅅㄱㅁㅇㄷ" if language == "ko" else "theme:"
        await settled(pilot)
        assert text_of(app) == snapshot


LEADS = [
    ("dropout-as-ridge", BrowseScreen, "item:deep-learning-notes/dropout-as-ridge"),
    ("dropout-is-ridge", ClaimsScreen, "dropout-is-ridge"),
    ("ㅅㄱㅁㅇㄷㅇ tanh", BrowseScreen, "concept:sigmoid-tanh"),
    ("new_per_day", SettingsScreen, "new_per_day"),
    ("help how an answer is proven", PageScreen, ""),
    ("browse all", BrowseScreen, ""),
    ("노트의 주장", ClaimsScreen, ""),  # in the other language too
    ("qqqxyz", BrowseScreen, "qqqxyz"),  # nothing has this name: the texts may
    ("begin today", StudyScreen, ""),
]


@pytest.mark.slow
async def test_it_leads_where_it_says(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for typed, screen, holds in LEADS:
            await press(pilot, "ctrl+p")
            app.screen.query_one(Input).value = typed
            await settled(pilot)
            await press(pilot, "enter")
            assert isinstance(app.screen, screen), typed
            if isinstance(app.screen, SettingsScreen):
                chosen = app.screen._chosen()
                assert chosen is not None
                assert chosen.row.name == holds
            elif holds:
                assert holds in app.screen.query_one(Input).value
            if not isinstance(app.screen, StudyScreen):
                app.pop_screen()
                await settled(pilot)
                assert isinstance(app.screen, HomeScreen), typed


async def test_over_a_question_what_is_typed_stays_and_its_acts_are_there(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"12", "ctrl+p")
        app.screen.query_one(Input).value = "show the answer"
        await settled(pilot)
        await press(pilot, "ctrl+p")  # closes it, and nothing was done
        assert study_screen(app)._view.typed == "12"
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = "show the answer"
        await settled(pilot)
        await press(pilot, "enter")
        assert study_screen(app).shows_mark
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = "show the answer"
        await settled(pilot)
        assert "F3" not in text_of(app)  # nothing is left to show


async def test_two_sittings_never_lie_upon_each_other(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = app.screen
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = "begin today"
        await settled(pilot)
        await press(pilot, "enter")
        assert study_screen(app) is not before
        assert [type(one) for one in app.screen_stack] == [HomeScreen, StudyScreen]


async def test_misconceptions_are_studied_or_it_says_there_are_none(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        slip = draft(f"{PACK}/he-sd", Rating.AGAIN, NOW, outcome=Outcome.WRONG)
        wrong = replace(slip, misconception="variance-not-sd")
        desk.log.append_review(wrong)
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = "misconceptions"
        await settled(pilot)
        await press(pilot, "enter")
        question = study_screen(app)._session.question
        assert question is not None
        assert question.id == f"{PACK}/he-sd"


async def test_a_theme_is_worn_at_once_and_kept(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for name in ("light", "contrast", "dark"):
            await press(pilot, "ctrl+p")
            app.screen.query_one(Input).value = f"theme {name}"
            await settled(pilot)
            await press(pilot, "enter")
            assert (desk.settings.theme, app.theme) == (name, THEMES[name])
        await press(pilot, "o")
        while app.screen._chosen().row.name != "theme":  # type: ignore[attr-defined] # the settings
            await press(pilot, "down")
        await press(pilot, "right")
        assert app.theme == THEMES[desk.settings.theme] != THEMES["dark"]
        await press(pilot, "ctrl+p")  # over the list of settings, which shows it at once
        app.screen.query_one(Input).value = "theme high"
        await press(pilot, "enter")
        assert "* theme                        contrast" in text_of(app)


async def test_it_is_everywhere_by_mouse_too_and_in_any_window(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "question_mark", "t", "ctrl+p")
        assert isinstance(app.screen, PaletteScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, TopicsScreen)
        await press(pilot, "ctrl+p")
        await resize(pilot, 1, 1)
        await resize(pilot, 30, 8)
        assert "오늘 공부" in text_of(app)
        app.screen.query_one(Input).value = "도움말"
        await settled(pilot)
        listed = app.screen.query_one(OptionList)
        assert listed.highlighted == 0
        await pilot.click(listed, offset=(4, 1))
        await settled(pilot)
        assert isinstance(app.screen, HelpScreen | TopicsScreen)


async def test_hostile_names_are_text(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p")
        app.screen.query_one(Input).value = "[@click=app.quit]x[/x]"
        await settled(pilot)
        assert "맞는 것이 없습니다" in words_of(app)


def test_every_act_of_every_place_is_a_row_once() -> None:
    for place in KeyPlace:
        rows = list(palette_rows(place, "en", idle=(), has_home=True))
        acts = [row.name for row in rows if row.kind in {"here", "home"}]
        wanted = {row.action for row in KEYS if place in row.places and row.action and row.about}
        assert wanted <= set(acts)
        assert len(acts) == len(set(acts))
        assert all(row.title and row.text for row in rows)


def test_the_shelf_has_every_concept_claim_and_item(desk: Desk) -> None:
    shelf = PaletteShelf(desk, "en")
    places = [shelf[at] for at in range(len(shelf.texts))]
    assert sum(one.kind == "concept" for one in places) == len(desk.library.concept_titles())
    claims = {one.name for one in places if one.kind == "claim" and one.pack == PACK}
    assert claims == {one.id for one in desk.library.claims(PACK)}
    items = [one.name for one in places if one.kind == "item"]
    assert items == [
        one.item for pack in desk.library.packs() for one in desk.library.listed(pack.id)
    ]
    assert len(items) > MOST_ROWS
    assert isinstance(places[0].title, str)
    assert not isinstance(places[0], PaletteRow)


@pytest.mark.slow
async def test_an_author_previews_a_pack_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    """A pack that is installed by its title, any folder by its path; Esc leads back."""
    desk.choose_language("en")
    folder = write_pack(tmp_path / "a pack")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for typed, seen in (
            ("preview statistics", "statistics-primer"),
            (str(folder), "· sample ·"),
        ):
            await press(pilot, "ctrl+p")
            app.screen.query_one(Input).value = typed
            await settled(pilot)
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, PreviewScreen)
            assert seen in text_of(app)
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, HomeScreen)
