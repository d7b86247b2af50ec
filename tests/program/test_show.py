"""``studytool show``: formulas as a learner reads them in its text, as the author wrote in JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.bundled_pack import bundled_pack_folder
from studytool.cli import show
from studytool.packs.reader import load_pack
from tests.packs.samples import CARD, MANIFEST, NUMERIC, write_pack

PACK = load_pack(bundled_pack_folder())
Run = Callable[..., str]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home: Path = tmp_path_factory.mktemp("home")

    def run(*args: str) -> str:
        result = CliRunner().invoke(show.command, args, env={"STUDYTOOL_HOME": str(home)})
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_the_text_sets_formulas_and_the_json_keeps_them(shown: Run) -> None:
    item = f"{PACK.id}/elastic-net-coefficient"
    text = shown(item, "--lang", "en")
    assert "minimises (1/2)(w − z)² + λ₁|w| + (λ₂/2)w² for z = " in text
    assert "dividing by 1 + λ₂" in text
    kept = json.loads(shown(item, "--lang", "en", "--json"))
    assert r"$\frac{1}{2}(w-z)^2 + \lambda_1|w| + \frac{\lambda_2}{2}w^2$" in kept["prompt"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_item_with_fractions_shows_the_source_of_a_formula(shown: Run, language: str) -> None:
    names = [item.id for item in PACK.items if r"\frac" in item.model_dump_json()]
    assert len(names) >= 5
    texts = {name: shown(f"{PACK.id}/{name}", "--lang", language) for name in names}
    assert [name for name, text in texts.items() if "$" in text or "\\" in text] == []


def test_what_an_author_says_of_an_item_is_shown(shown: Run, tmp_path: Path) -> None:
    manifest = MANIFEST.replace("Scale}}", "Scale}, lesson: {ko: 읽을 글, en: What scale is}}")
    card = CARD.replace("  front:", "  tags: [size, first-week]\n  difficulty: 2\n  front:")
    folder = write_pack(tmp_path / "own", manifest=manifest, items=card + NUMERIC)
    said = shown(f"{folder}/recall", "--lang", "en")
    assert said.startswith(
        "sample/recall  (card, seed 0)\n"
        "concept: Scale\ntags: size, first-week\ndifficulty: 2 of 5\n\nFront\n"
    )
    assert said.endswith("lesson, Scale\n\nWhat scale is\n")
    korean = shown(f"{folder}/recall", "--lang", "ko")
    assert "개념: 규모\n태그: size, first-week\n난이도: 2/5\n" in korean
    assert korean.endswith("읽을거리, 규모\n\n읽을 글\n")
    kept = json.loads(shown(f"{folder}/recall", "--json", "--lang", "en"))
    about = [kept[key] for key in ("concept", "lesson", "tags", "difficulty")]
    assert about == ["scale", "What scale is", ["size", "first-week"], 2]
    bare = json.loads(shown(f"{folder}/doubled", "--json"))
    assert (bare["tags"], bare["difficulty"]) == ([], None)
