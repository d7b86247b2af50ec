"""Hints of the bundled pack: where a number is asked there is one, and none says the whole."""

import re
from collections.abc import Iterator

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.items import Item, Numeric
from studytool.packs.predictions import Prediction
from studytool.packs.reader import load_pack
from studytool.quiz.answer import Number
from studytool.quiz.ask import make_variant
from studytool.quiz.key import PredictionKey
from studytool.quiz.mark import mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Variant
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
HINTED = [item for item in PACK.items if isinstance(item, Numeric | Prediction)]
SHOWN_FORMULAS = {
    concept.id: [
        formula.strip().strip("$")
        for formula in concept.lesson.text("en").split("\n\n")
        if formula.strip().startswith("$") and formula.strip().endswith("$")
    ]
    for concept in PACK.manifest.concepts
    if concept.lesson is not None
}
"""The formula that stands alone in the lesson of each concept."""


def _typed(text: str) -> Iterator[str]:
    """Yield what a learner could copy out of a hint: its numbers, and its sums of numbers."""
    plain = re.sub(r"\{(\{[^{}]*\})\}", r"\1", text)
    plain = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", plain)
    plain = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", plain)
    for old, new in (
        ("\\cdot", "*"),
        ("\\times", "*"),
        ("×", "*"),
        ("−", "-"),
        ("$", " "),
        ("{", "("),
        ("}", ")"),
    ):
        plain = plain.replace(old, new)
    yield from re.findall(r"[-+]?\d+(?:\.\d+)?%?", plain)
    for run in re.findall(r"(?:sqrt|exp|[-+*/^().\d ])+", plain):
        if re.search(r"\d", run):
            yield run.strip()


def _said_keys(item: Numeric, variant: Variant) -> list[str]:
    """Return what stands in the hints and is marked right when it is typed.

    Not a bare 0: hints say towards which end something moves.
    """
    told = []
    for text in {typed for hint in variant.hints for typed in _typed(hint)} - {"0"}:
        read = read_answer(variant, text)
        if isinstance(read, Number) and mark(item, variant, read).outcome is Outcome.RIGHT:
            told.append(text)
    return told


def _said_outcomes(variant: Variant) -> list[str]:
    """Return the outcomes that a hint words as the item does."""
    if not isinstance(variant.key, PredictionKey):
        return []
    hints = " ".join(variant.hints)
    return [option.text for option in variant.key.options if option.text in hints]


@all_rows("item", HINTED, ids=lambda item: item.id)
@all_rows("language", LANGUAGES)
def test_a_hint_helps_and_does_not_answer(item: Item, language: Language) -> None:
    variant = make_variant(item, pack_id=PACK.id, seed=1, language=language)
    assert variant.hints
    said = " ".join(variant.hints)
    assert [formula for formula in SHOWN_FORMULAS[item.concept] if formula in said] == []
    assert _said_outcomes(variant) == []
    if isinstance(item, Numeric):
        assert _said_keys(item, variant) == []


_SIGNS = re.compile(r"[=+×·/^]|\\(?:frac|sqrt|cdot|approx|le|ge)\b")
"""What a formula is made of, whether in TeX or in the line."""


def _tells_a_formula(hint: str) -> bool:
    """Tell whether a hint is an equation, or more than a ratio or a product of two."""
    return "=" in hint or len(_SIGNS.findall(hint)) > 2


@all_rows("item", HINTED, ids=lambda item: item.id)
@all_rows("language", LANGUAGES)
def test_hints_come_from_small_to_large(item: Item, language: Language) -> None:
    """There are two at least, and the first points to what matters without a formula."""
    assert len(item.hints) >= 2
    assert not _tells_a_formula(item.hints[0].text(language))


@pytest.mark.parametrize(
    ("hint", "tells"),
    [
        (r"Set $(1+\cos(\pi t/T))/2$ to that share.", True),  # the first hint of cosine-when once
        (r"$\tanh(x) = 2\sigma(2x) - 1$.", True),  # of tanh-to-sigmoid
        ("Forward wants 1/inputs, backward 1/outputs.", False),  # two ratios to be weighed
    ],
)
def test_a_hint_that_tells_a_formula_is_found(hint: str, *, tells: bool) -> None:
    assert _tells_a_formula(hint) is tells


@pytest.mark.parametrize(
    ("hint", "found"),
    [
        ("Multiply: {lr} × {t}/{steps}.", True),  # in words, with this variant's numbers
        (r"It is $\frac{\val{t}}{\val{steps}} \cdot \val{lr}$.", True),  # the same as a formula
        ("Take the share {t}/{steps} first.", False),  # a step on the way
    ],
)
def test_a_hint_that_answers_is_found(hint: str, *, found: bool) -> None:
    [item] = (item for item in HINTED if item.id == "warmup-rate")
    data = item.model_dump(by_alias=True) | {"hints": [{"en": hint, "ko": hint}]}
    asked = Numeric.model_validate(data)
    variant = make_variant(asked, pack_id=PACK.id, seed=1, language="en")
    assert bool(_said_keys(asked, variant)) is found
