"""What the line mode says before an answer is read: which digits a blank wants, when it simulates."""

from pathlib import Path

import pytest

from studytool.language import Language
from studytool.packs.items import Item
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.session.question import Question
from studytool.wording.instruction import instruction

PACK = Path(__file__).parent.parent / "packs/own/sampling-day"


def _question(slug: str, language: Language) -> Question:
    [item] = [one for one in load_pack(PACK).items if one.id == slug]
    return _asked(item, language)


def _asked(item: Item, language: Language) -> Question:
    return Question(item=item, variant=make_variant(item, pack_id="p", seed=0, language=language))


@pytest.mark.parametrize(("language", "wanted"), [
    ("ko", "(1번 빈칸은 유효숫자 세 자리)"), ("en", "(blank 1: three significant figures)"),
])  # fmt: skip
def test_the_digits_of_a_blank_that_is_a_number_are_said(language: Language, wanted: str) -> None:
    said = instruction(_question("mean-of-n", language).variant).text(language)
    assert said.endswith(wanted)


@pytest.mark.parametrize(("slug", "typed", "would"), [
    ("order-weights", "3 1", False),
    ("order-weights", "3 1 2", True),
    ("estimate-weights", "x", False),
    ("estimate-weights", "0.1", True),
    ("guess-weight-variance", "7", False),
    ("guess-weight-variance", "2", True),
])  # fmt: skip
def test_nothing_is_simulated_for_what_cannot_be_read(
    slug: str, typed: str, *, would: bool
) -> None:
    assert _question(slug, "en").would_mark(typed) is would
