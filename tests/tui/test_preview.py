"""``pack preview``: items as learners meet them, over the problems, at each save."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from studytool.authoring.preview import Preview
from studytool.language import Language
from studytool.tui.preview_app import PreviewApp
from studytool.tui.preview_screen import PreviewScreen
from tests.packs.samples import CARD, NUMERIC, write_pack
from tests.tui.driving import words_of

CHOICE = """\
- id: picked
  kind: choice
  concept: scale
  order: fixed
  prompt: {ko: 무엇, en: Which?}
  params: {n: {choice: [2, 3]}}
  options:
    - {id: a, text: {ko: 가, en: A}, when: 'n > 1'}
    - {id: b, text: {ko: 나, en: B}, when: 'n > 5'}
  solution: {ko: 그렇다, en: It is}
"""
ITEMS = "items/all.yaml"


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("studytool.tui.preview_screen.saves", lambda *_: iter(()))
    return write_pack(tmp_path / "a pack", items=CARD + NUMERIC + CHOICE)


def _app(
    pack: Path, language: Language = "en", *, item: str | None = None, seed: int = 0
) -> PreviewApp:
    return PreviewApp(pack, pack.parent / "home", language, item=item, seed=seed)


async def _settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def _press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await _settled(pilot)


async def _save(app: PreviewApp, pilot: Pilot[None], text: str, names: Sequence[str]) -> None:
    """Save a file as an editor does, and let the screen hear of it."""
    screen = app.screen
    assert isinstance(screen, PreviewScreen)
    (screen._preview.folder / names[0]).write_text(text, "utf-8")
    await screen.take(screen._preview.after_save(names))
    await _settled(pilot)


@pytest.mark.parametrize(
    ("language", "bar", "right"),
    [
        ("en", "Preview · sample · 2/3 doubled · numeric · seed 3", "✓ Right"),
        ("ko", "미리 보기 · sample · 2/3 doubled", "✓ 맞았습니다"),
    ],
)
async def test_an_item_is_shown_at_a_seed_and_its_answer_marked(
    pack: Path, language: Language, bar: str, right: str
) -> None:
    app = _app(pack, language, item="doubled", seed=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await _settled(pilot)
        assert bar in words_of(app)
        key = Preview.of(pack).variant(1, 3, "en").key.value  # type: ignore[union-attr]
        await _press(pilot, *f"{key:g}".replace(".", "|").replace("|", "."), "enter")
        assert right in words_of(app)
        await _press(pilot, "enter", "f8", "f9")  # asked again; the next seed, the other language
        assert right not in words_of(app)
        assert ("시드 4" if language == "en" else "seed 4") in words_of(app)


async def test_one_goes_to_an_item_and_a_seed_by_name(pack: Path) -> None:
    app = _app(pack)
    async with app.run_test(size=(80, 24)) as pilot:
        await _press(pilot, "f10", *"duobled", "enter")
        assert "no item is called 'duobled'. Similar: doubled" in words_of(app)
        await _press(pilot, "ctrl+u", *"picked", "space", "5", "enter")
        assert "3/3 picked · choice · seed 5" in words_of(app)
        await _press(pilot, "1")  # a digit chooses again
        assert "✓ Right" in words_of(app)
        await _press(pilot, "g", "7", "enter")
        assert "3/3 picked · choice · seed 7" in words_of(app)
        await _press(pilot, "f6")
        assert "1/3 recall · card · seed 7" in words_of(app)


async def test_a_save_shows_its_problem_and_keeps_what_is_being_typed(pack: Path) -> None:
    app = _app(pack, item="doubled")
    items = CARD + NUMERIC + CHOICE
    async with app.run_test(size=(80, 30)) as pilot:
        await _settled(pilot)
        assert "errors 0 · warnings" in words_of(app)
        await _press(pilot, *"1.25")
        await _save(app, pilot, items.replace("front: {ko: 앞면", "fornt: {ko: 앞면"), [ITEMS])
        told = words_of(app)
        assert "errors 1 · " in told
        assert "items/all.yaml:4:3: error[E201]: unknown key 'fornt'" in told
        assert "1/2 doubled" in told  # the card cannot be read
        assert "1.25" in told
        await _save(app, pilot, items.replace('en: "{n} of {sx}"', 'en: "{n} times {sx}"'), [ITEMS])
        told = words_of(app)
        assert "errors 0 · " in told
        assert " times " in told
        assert "2/3 doubled" in told
        assert "1.25" in told


@pytest.mark.parametrize(
    ("key", "then"),
    [("", "3/3 picked"), ("f6", "2/3 doubled")],  # who went elsewhere is left there
)
async def test_an_item_of_a_half_saved_file_comes_back_into_view(
    pack: Path, key: str, then: str
) -> None:
    app = _app(pack, item="picked")
    async with app.run_test(size=(80, 30)) as pilot:
        await _settled(pilot)
        await _save(app, pilot, CARD + NUMERIC, [ITEMS])
        assert "1/2 recall" in words_of(app)
        await _save(app, pilot, CARD + "- id: [", [ITEMS])
        await _save(app, pilot, CARD + NUMERIC, [ITEMS])
        await _press(pilot, *([key] if key else []))
        await _save(app, pilot, CARD + NUMERIC + CHOICE, [ITEMS])
        assert then in words_of(app)


async def test_what_playing_finds_comes_after_the_reading(pack: Path) -> None:
    app = _app(pack, item="doubled")
    async with app.run_test(size=(80, 30)) as pilot:
        await _settled(pilot)
        one_variant = NUMERIC + "  tests: [{seed: 0, answer: '1', outcome: right}]\n"
        await _save(app, pilot, one_variant, [ITEMS])
        assert "gives wrong, not right" in words_of(app)
        assert "all checked" in words_of(app)


async def test_a_pack_of_which_nothing_can_be_read_says_so_until_it_can(pack: Path) -> None:
    (pack / ITEMS).write_text("- id: [", "utf-8")
    app = _app(pack)
    async with app.run_test(size=(80, 24)) as pilot:
        await _settled(pilot)
        assert "No item can be read yet." in words_of(app)
        assert "E110" in words_of(app)
        await _press(pilot, "f2", "f3", "f6", "enter", "1")  # nothing to act on
        await _save(app, pilot, CARD, [ITEMS])
        assert "1/1 recall" in words_of(app)


@pytest.mark.parametrize(
    ("items", "line"),
    [
        (CARD + NUMERIC, 6),  # the item in view
        (CARD + NUMERIC.replace('"n*sx"', '"n*sy"'), 13),  # an error comes first
    ],
)
async def test_e_opens_the_editor_at_the_line(
    pack: Path, monkeypatch: pytest.MonkeyPatch, items: str, line: int
) -> None:
    (pack / ITEMS).write_text(items, "utf-8")
    ran: list[list[str]] = []
    monkeypatch.setenv("VISUAL", "nvim -n")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    app = _app(pack, item="doubled")
    async with app.run_test(size=(80, 24)) as pilot:
        await _press(pilot, "f4")
        assert ran == [["nvim", "-n", f"+{line}", str((pack / ITEMS).resolve())]]
        await _press(pilot, "e")
        typed = app.screen.query_one("#entry", Input)
        assert (len(ran), typed.value) == ((1, "e") if typed.has_focus else (2, ""))


async def test_an_editor_that_is_not_there_is_told(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", str(pack / "no-editor"))
    app = _app(pack)
    async with app.run_test(size=(80, 24)) as pilot:
        await _press(pilot, "f4")
        assert "cannot be started; set the variable EDITOR" in words_of(app)
