"""What a term of the glossary means is said where the term stands in what is shown."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.language import Language
from studytool.packs.reader import load_pack
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from tests.cases import first_quick
from tests.in_process import run_program
from tests.packs.all_kinds import FILES, WHEN
from tests.packs.samples import CARD, CLAIM, MANIFEST, NUMERIC, write_pack
from tests.tui.driving import app_at, press, settled, words_of

GLOSSARY = """\
glossary:
  - {term: {ko: 분산, en: variance}, means: {ko: 퍼진 정도, en: how far values spread}}
  - {term: {ko: 빛, en: ant}, means: {ko: 다른 것, en: another thing}}
"""


@pytest.mark.parametrize(("language", "front", "shown"), [
    ("ko", "분산은 무엇인가?", "낱말 분산: 퍼진 정도"),
    ("en", "What is a Variance?", "term variance: how far values spread"),
    ("en", "What are covariances?", ""),  # only a part of a word
])  # fmt: skip
def test_show_says_what_a_term_means(tmp_path: Path, language: str, front: str, shown: str) -> None:
    items = CARD.replace("앞면", front).replace("Front", front) + NUMERIC
    pack = write_pack(tmp_path / "pack", manifest=MANIFEST + GLOSSARY, items=items, claims=CLAIM)
    done = run_program("show", f"{pack}/recall", "--lang", language, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert (shown in done.stdout) if shown else ("term " not in done.stdout)
    assert "another thing" not in done.stdout
    assert "다른 것" not in done.stdout


def test_show_has_the_terms_in_json(tmp_path: Path) -> None:
    items = NUMERIC.replace("{n} of {sx}", "The variance of {n}")
    pack = write_pack(tmp_path / "pack", manifest=MANIFEST + GLOSSARY, items=items, claims=CLAIM)
    done = run_program("show", f"{pack}/doubled", "--lang", "en", "--json", home=tmp_path / "home")
    assert json.loads(done.stdout)["terms"] == {"variance": "how far values spread"}


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A pack with a glossary and one item; its terms stand in the key alone."""
    files = FILES | {"pack.yaml": MANIFEST + GLOSSARY, "items/all.yaml": request.param}
    for name, text in files.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text, encoding="utf-8")
    opened = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    opened.library.install(load_pack(tmp_path / "pack"), tmp_path / "pack")
    opened.register_packs()
    yield opened
    opened.close()


TERM_IN_BACK = CARD.replace("뒷면", "분산이다").replace("Back", "It is the variance")
TERM_IN_FRONT = CARD.replace("앞면", "분산은?").replace("Front", "What is variance?")
TERM_IN_OPTION = WHEN.replace("앞", "분산이 크다").replace("First", "More variance")
SAID = {"ko": "낱말 분산: 퍼진 정도", "en": "term variance: how far values spread"}


@pytest.mark.parametrize(("desk", "before"), [
    (TERM_IN_BACK, False),
    (TERM_IN_FRONT, False),  # a card may ask for the meaning itself
    (TERM_IN_OPTION, True),
], indirect=["desk"], ids=range(3))  # fmt: skip
@pytest.mark.parametrize("language", first_quick(["ko", "en"]))
async def test_the_help_of_a_question_says_what_its_terms_mean(
    desk: Desk, language: Language, *, before: bool
) -> None:
    desk.choose_language(language)
    app = app_at(desk, Sitting(desk, Scope(("sample",))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f1")
        assert (SAID[language] in words_of(app)) is before
        await press(pilot, "escape", "f3")
        await settled(pilot)
        await press(pilot, "f1")
        assert SAID[language] in words_of(app)
        assert "another thing" not in words_of(app)


@pytest.mark.parametrize("desk", [TERM_IN_OPTION], indirect=True, ids=[""])
def test_the_line_mode_says_it_beside_its_commands(desk: Desk, tmp_path: Path) -> None:
    desk.choose_language("en")
    desk.close()
    home = tmp_path / "home"
    done = run_program("study", "sample", "--plain", home=home, typed=":?\n:q\n")
    assert done.returncode == 0, done.stderr
    assert SAID["en"] in done.stdout
