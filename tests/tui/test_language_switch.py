"""The language switch of every screen that has one: kept, or told why it cannot be kept."""

import pytest

from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import load_settings
from studytool.tui.custom_screen import CustomScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.progress_screen import ProgressScreen
from studytool.tui.study_screen import StudyScreen
from tests.cases import first_quick, first_row_quick
from tests.tui.driving import app_at, press, settled, study_screen, text_of, words_of

SCREENS = [
    (HomeScreen, []),
    (ProgressScreen, ["p"]),
    (CustomScreen, ["s"]),
    (StudyScreen, ["enter"]),  # a question
    (StudyScreen, ["enter", "f3"]),  # its mark
]


def _language(desk: Desk) -> str:
    return desk.settings.language


@pytest.mark.parametrize(("screen", "way"), first_row_quick(SCREENS))
@pytest.mark.parametrize("key", first_quick(["l", "ㅣ", "f9"]))
async def test_the_switch_shows_and_keeps_the_other_language(
    desk: Desk, screen: type, way: list[str], key: str
) -> None:
    if way == ["enter"] and key != "f9":
        way = [*way, "f3"]  # while an answer is wanted no letter acts
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *way, key)
        assert isinstance(app.screen, screen)
        assert "한국어" in text_of(app).splitlines()[-1] + text_of(app).splitlines()[-2]
        assert load_settings(desk.home).language == "en"
        await press(pilot, "f9")
        assert load_settings(desk.home).language == "ko"


async def test_hints_stay_in_the_other_language_and_are_offered_while_there_are_more(
    desk: Desk,
) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"1.5")
        assert "F2" in text_of(app)
        for _ in study_screen(app)._question().variant.hints:
            await press(pilot, "f2")
        assert "F2" not in text_of(app)
        before = text_of(app)
        assert "힌트: " in before
        await press(pilot, "f9")
        assert "Hint: " in text_of(app)
        assert "1.5" in text_of(app)
        await press(pilot, "f2")
        assert "There are no more hints." in text_of(app)
        await press(pilot, "f9")
        assert "힌트: " in text_of(app)


async def test_a_card_without_hints_offers_none(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "l2")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "F2" not in text_of(app)
        await press(pilot, "f2")
        assert "이 문항에는 힌트가 없습니다." in text_of(app)


@pytest.mark.parametrize(("screen", "way"), first_row_quick(SCREENS))
async def test_a_language_that_cannot_be_saved_is_told_and_nothing_ends(
    desk: Desk, screen: type, way: list[str]
) -> None:
    app = app_at(desk)
    settings = desk.home / "settings.toml"
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *way)
        before = settings.read_text("utf-8") if settings.exists() else ""
        settings.write_text("oops = = 1\n", "utf-8")
        await press(pilot, "f9")
        assert isinstance(app.screen, screen)
        assert "기본 설정으로 시작합니다" in words_of(app)
        assert _language(desk) == "ko"
        settings.write_text(before, "utf-8")  # mended: the same key works again
        await press(pilot, "f9")
        assert "기본 설정으로 시작합니다" not in words_of(app)
        assert _language(desk) == "en"
    assert app.fault is None


@pytest.mark.slow
async def test_the_letter_is_text_while_an_answer_is_typed(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope(concept="xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "l", "ㅣ")
        assert _language(desk) == "ko"
        await press(pilot, "f9")
        assert _language(desk) == "en"
