"""Packs that are being written, found from home."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from studytool.language import Language
from studytool.session.desk import Desk
from studytool.tui.author_screen import AuthorScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.preview_screen import PreviewScreen
from tests.packs.samples import write_pack
from tests.tui.driving import app_at, press, settled, text_of, words_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the program is started, with a pack and another folder in it."""
    folder = tmp_path / "here"
    (folder / "notes").mkdir(parents=True)
    write_pack(folder / "my-pack")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.usefixtures("here")
async def test_the_packs_of_the_folder_look_like_this(
    desk: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "a")
        assert text_of(app) == snapshot


@pytest.mark.usefixtures("here")
async def test_enter_previews_the_pack_and_esc_comes_back(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ㅁ")  # a on a Korean keyboard
        await pilot.press("enter")  # the preview looks for saves without end
        while not isinstance(app.screen, PreviewScreen):
            await pilot.pause()
        while "my-pack" not in text_of(app) and "sample" not in text_of(app):
            await pilot.pause()
        await pilot.press("escape")
        while isinstance(app.screen, PreviewScreen):
            await pilot.pause()
        assert isinstance(app.screen, AuthorScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.usefixtures("here")
async def test_a_path_without_a_pack_is_told(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "a", *"notes", "enter")
        assert "notes is no pack: it has no pack.yaml" in words_of(app)
        assert isinstance(app.screen, AuthorScreen)


async def test_a_folder_without_packs_says_how_to_make_one(
    desk: Desk, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.choose_language("en")
    monkeypatch.chdir(here / "notes")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "a", "enter")
        assert "studytool pack new" in words_of(app)
