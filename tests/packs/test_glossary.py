"""``show`` says what a term of the glossary means, where the term stands in what is shown."""

from pathlib import Path

import pytest

from tests.in_process import run_program
from tests.packs.samples import CARD, CLAIM, MANIFEST, NUMERIC, write_pack

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
