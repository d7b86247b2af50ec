"""``studytool show``: formulas as a learner reads them in its text, as the author wrote in JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.bundled_pack import bundled_pack_folder
from studytool.cli import show
from studytool.packs.reader import load_pack

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
