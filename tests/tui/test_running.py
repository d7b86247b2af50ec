"""A prediction drawn while its simulation runs: step by step, skipped by a key, and at the end whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from studytool.clock import MACHINE_CLOCK
from studytool.language import Language
from studytool.packs.reader import load_pack
from studytool.quiz import prediction
from studytool.quiz.ask import make_variant
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui import running_screen
from studytool.tui.app import StudyApp
from studytool.tui.deafness import Deafness
from studytool.tui.home_screen import HomeScreen
from tests.packs.samples import write_pack
from tests.session.measured_pack import ESTIMATE, ORDER, OUTCOMES
from tests.tui.driving import app_at, press, settled, study_screen, text_of

_NEVER = 1e6
"""Seconds to the next step: the test draws each itself."""


@pytest.fixture(params=[ESTIMATE], ids=["estimate"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    prediction._decide.cache_clear()  # so that the simulation runs, and not what is kept of it
    opened = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    folder = write_pack(tmp_path / "pack", items=request.param)
    opened.library.install(load_pack(folder), folder)
    opened.register_packs()
    yield opened
    opened.close()


@pytest.fixture
def paced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_screen, "STEP_SECONDS", _NEVER)
    monkeypatch.setattr(running_screen, "DEAF_SECONDS", 0.0)


class _Fixed(Sitting):
    """A sitting whose question has the numbers and the order of one seed, whenever it is asked."""

    def start_next(self, now: datetime) -> Question | None:
        super().start_next(now)
        if self.question is not None:
            item = self.question.item
            variant = make_variant(item, pack_id="sample", seed=3, language=self.language)
            self.question = Question(item, variant)
        return self.question


def _app(desk: Desk, language: Language = "en") -> StudyApp:
    desk.choose_language(language)
    return app_at(desk, _Fixed(desk, Scope(("sample",))))


def _rows(app: StudyApp) -> list[str]:
    drawn = (line.partition("● estimate")[0] for line in text_of(app).splitlines())
    return [line for line in drawn if "●" in line or "◆" in line]


@pytest.mark.usefixtures("paced")
async def test_each_step_is_drawn_below_the_last_and_the_guess_stands(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"0.01", "enter")
        screen = study_screen(app)
        assert screen.has_class("marked") is False  # marked, but not seen to the end
        assert " skip " in text_of(app)
        for steps in range(1, 5):
            screen._draw_next()
            await settled(pilot)
            assert len(_rows(app)) == steps
            assert "▼ yours 0.01" in text_of(app)
        assert "n = 16" in _rows(app)[0]
        assert "(n = 128)" in _rows(app)[-1]
        assert "┆ closed form" in text_of(app) or "closed form 0.250 ┆" in text_of(app)
        screen._steps_seen = 10**6
        await press(pilot, "f9", "s", "3")  # nothing acts meanwhile
        assert screen.has_class("marked") is False
        screen._draw_next()
        await settled(pilot)
        assert screen.has_class("marked")
        assert len(_rows(app)) == 1
        assert "━" in text_of(app)


@pytest.mark.usefixtures("paced")
@pytest.mark.parametrize("key", ["enter"])
async def test_a_key_skips_what_is_left(desk: Desk, key: str) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"0.01", "enter")
        await press(pilot, key)
        study_screen(app)._draw_next()  # as the timer does
        await settled(pilot)
        assert study_screen(app).has_class("marked")
        assert study_screen(app)._session.mark is not None
        assert desk.log.last_reviews() == []  # and rates nothing


@pytest.mark.usefixtures("paced")
async def test_a_double_tap_skips_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_screen, "DEAF_SECONDS", _NEVER)
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"0.01", "enter", "enter")
        study_screen(app)._draw_next()
        await settled(pilot)
        assert len(_rows(app)) == 1
        assert not study_screen(app).has_class("marked")


@pytest.mark.usefixtures("paced")
async def test_leaving_ends_it(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"0.01", "enter", "escape")
        assert isinstance(app.screen, HomeScreen)
    assert desk.log.last_reviews() == []


@pytest.mark.usefixtures("paced")
async def test_no_animation_where_none_is_wanted(desk: Desk) -> None:
    desk.settings = replace(desk.settings, animate=False)
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"0.01", "enter")
        assert study_screen(app).has_class("marked")
        assert len(_rows(app)) == 1


@pytest.mark.usefixtures("paced")
async def test_how_sure_is_asked_before_anything_is_drawn(desk: Desk) -> None:
    desk.settings = replace(desk.settings, ask_confidence=True)
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"0.01", "enter")
        assert "How sure" in text_of(app)
        assert _rows(app) == []
        await press(pilot, "2")
        screen = study_screen(app)
        screen._draw_next()
        await settled(pilot)
        assert len(_rows(app)) == 1
        assert not screen.has_class("marked")


@pytest.mark.usefixtures("paced")
async def test_an_answer_that_cannot_be_read_begins_nothing(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"50", "enter")
        assert "type a number on it" in text_of(app)
        assert " hint " not in text_of(app)
        assert "F3 show answer" in text_of(app)
        await press(pilot, "backspace", "backspace", *"0.1")
        assert "▼ yours 0.1" in text_of(app)


@pytest.mark.parametrize("desk", [ESTIMATE, ORDER, OUTCOMES], indirect=True)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_picture_after_the_mark(
    desk: Desk,
    size: tuple[int, int],
    language: Language,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Deafness, "seconds", 0.0)
    app = _app(desk, language)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        assert text_of(app) == snapshot
