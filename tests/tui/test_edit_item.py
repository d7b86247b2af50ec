"""The marked question's item, opened in the learner's editor at its line."""

import subprocess
from pathlib import Path

import pytest
from textual.app import App

from studytool.session.desk import Desk
from studytool.session.item_source import item_source
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from tests.tui.driving import app_at, item_of, press, settled, text_of

PACK = "deep-learning-notes"


def test_every_item_of_the_bundled_pack_is_found_at_its_id(desk: Desk) -> None:
    for listed in desk.library.listed(PACK):
        folder, place = item_source(desk.library, listed.item)
        line = (folder / place.file).read_text("utf-8").splitlines()[place.line - 1]
        assert line[place.column - 1 :].startswith("id:")
        assert line.split()[-1].strip("'\"") == listed.item.partition("/")[2]


async def test_e_opens_it_once_it_is_marked_and_the_question_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    monkeypatch.setenv("VISUAL", "vim -R")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "e")
        assert ran == []  # while an answer is typed it is a letter
        await press(pilot, "f3", "e")
        item = item_of(app)
        folder, place = item_source(desk.library, item)
        assert ran == [["vim", "-R", f"+{place.line}", str(folder / place.file)]]
        assert "e " in text_of(app).splitlines()[-2] + text_of(app).splitlines()[-1]
        await press(pilot, "1")
        assert len(desk.log.last_reviews()) == 1


async def test_an_editor_that_cannot_be_started_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VISUAL", str(tmp_path / "none"))
    desk.choose_language("en")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3", "e")
        assert "set the variable EDITOR" in " ".join(text_of(app).split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("editor", "started", "said"),
    [("vim -R", False, "a browser has no room"), ("code", True, "")],
)
async def test_in_a_browser_only_an_editor_with_a_window_is_started(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, editor: str, said: str, *, started: bool
) -> None:
    """A terminal's would read the page's keys, and write over its screen."""
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: ran.append(command))
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("the screen was lent"))
    monkeypatch.setattr(App, "is_web", True)
    monkeypatch.setenv("VISUAL", editor)
    desk.choose_language("en")
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3", "e")
        assert bool(ran) is started
        assert said in " ".join(text_of(app).split())
