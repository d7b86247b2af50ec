"""What items ask in a line: of every kind, against what a learner is asked."""

import re
from pathlib import Path

import pytest

from studytool.language import LANGUAGES, Language
from studytool.library.library import Library
from studytool.packs.items import Item
from studytool.quiz.ask import make_variant
from studytool.session.item_questions import QUESTION_KEYS, read_questions
from studytool.typeset.math_line import set_plain
from tests.bundled_library import install_bundled_pack

KINDS = Item.__origin__.__args__  # type: ignore[attr-defined] # of the union


def test_every_kind_has_one_key_of_its_question() -> None:
    assert {kind.question_key for kind in KINDS} == set(QUESTION_KEYS)
    for kind in KINDS:
        assert set(kind.model_fields) & set(QUESTION_KEYS) == {kind.question_key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_says_what_is_asked_but_for_numbers(tmp_path: Path, language: Language) -> None:
    """Each stretch between two numbers stands in what a learner of one seed is asked."""
    with Library.open(install_bundled_pack(tmp_path) / "library.db") as library:
        names = [item for item, _ in library.item_concepts()]
        lines = read_questions(library, [*names, "gone/asked-once"], language)
        assert sorted(lines) == sorted(names)
        for name in names[::12]:
            _check(library.item(name), lines[name], language)


def _check(item: Item, line: str, language: Language) -> None:
    asked = make_variant(item, pack_id="any", seed=3, language=language).prompt
    asked = re.sub(r"\[\d+: ____\]", "____", " ".join(set_plain(asked).split()))
    assert "{" not in line
    at = 0
    for stretch in re.split(r"…\w?", line):  # a particle is that of the number
        at = asked.find(stretch.strip(), at)
        assert at >= 0, (item.id, stretch, asked)
        at += len(stretch.strip())
