"""The author's guide of ``studytool help packs``: each of its steps is run, in the order of the page."""

import re
import shlex
from pathlib import Path

import pytest

from studytool.language import LANGUAGES, Language
from studytool.tui.preview_app import PreviewApp
from tests.cases import first_quick
from tests.in_process import run_program
from tests.tui.driving import settled, words_of

PAGES = Path(__file__).parents[2] / "studytool/help"
_BLOCK = re.compile(r"^```(console|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ENDS = {
    "study ./my-pack": ("--plain",),
    "study my-pack": ("--plain",),
    "pack add": ("--yes",),
}
"""What a pipe needs besides."""
_SAYS = {
    "pack new": {"ko": "my-pack", "en": "made"},
    "check": {"ko": "오류 0개, 경고 0개", "en": "0 errors, 0 warnings"},
    "verify": {"ko": "성립 1, 반증됨 0", "en": "1 hold, 0 refuted"},
    "study ./my-pack": {"ko": "답함 0", "en": "answered 0"},
    "pack build": {"ko": "my-pack-0.1.0.zip", "en": "my-pack-0.1.0.zip"},
    "pack add": {"ko": "설치했습니다", "en": "installed my-pack 0.1.0"},
    "study my-pack": {"ko": "답함 0", "en": "answered 0"},
}


def _steps(language: Language) -> list[tuple[str, str]]:
    """Return the blocks of the guide: the file to be saved, and lines to be typed."""
    page = (PAGES / f"packs.{language}.md").read_text("utf-8")
    guide = page.split("\n## ")[1]
    assert guide.startswith(("In ten minutes", "10분 만에"))
    assert guide.count("`my-pack/items/dice.yaml`") == 1
    blocks = _BLOCK.findall(guide)
    assert [kind for kind, _ in blocks] == ["console", "yaml", "console", "console", "yaml"]
    return blocks[:-1]  # the last one is of two languages, and of another concept


@pytest.mark.slow
@pytest.mark.parametrize("language", first_quick([*LANGUAGES]))
async def test_every_step_does_what_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setattr("studytool.tui.preview_screen.saves", lambda *_: iter(()))
    home, ran = tmp_path / "home", []
    run_program("config", "language", language, home=home)
    for kind, body in _steps(language):
        if kind == "yaml":
            (tmp_path / "my-pack/items/dice.yaml").write_text(body, "utf-8")
            continue
        for line in body.strip().splitlines():
            words = shlex.split(line.removeprefix("$ studytool "))
            if words[:2] == ["pack", "preview"]:
                await _preview(tmp_path / words[2], home, language, words[-1])
                ran.append("pack preview")
                continue
            step = next(one for one in _SAYS if " ".join(words).startswith(one))
            given = [*words, *_ENDS.get(step, ())]
            done = run_program(*given, home=home, typed=":q\n", within=tmp_path)
            assert done.returncode == 0, (line, done.stderr)
            assert _SAYS[step][language] in done.stdout + done.stderr, (line, done.stdout)
            ran.append(step)
    assert sorted(ran) == sorted([*_SAYS, "pack preview"])


async def _preview(folder: Path, home: Path, language: Language, item: str) -> None:
    app = PreviewApp(folder, home, language, item=item, seed=0)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert f" {item} · " in words_of(app)


def test_both_languages_go_the_same_way() -> None:
    ways = []
    for language in LANGUAGES:
        lines = [
            line
            for kind, body in _steps(language)
            if kind == "console"
            for line in body.split("\n")
        ]
        ways.append([line.replace(f"--language {language}", "--language") for line in lines])
    assert ways[0] == ways[1]
