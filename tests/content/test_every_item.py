"""Each item of the bundled pack as learners meet it, at many seeds and in both languages."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.items import Item, Numeric
from studytool.packs.predictions import Prediction
from studytool.packs.reader import load_pack
from studytool.packs.scope import scope_of
from studytool.quiz.answer import Number, Unreadable
from studytool.quiz.ask import make_variant
from studytool.quiz.compute import compute
from studytool.quiz.key import BlankKey, NumberKey, OptionKey, OrderKey, RecallKey, options_of
from studytool.quiz.mark import mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Variant
from studytool.typeset.cells import cell_width
from studytool.typeset.flow import set_text
from studytool.typeset.layout import layout

PACK = load_pack(bundled_pack_folder())
ITEMS = {item.id: item for item in PACK.items}
COLUMNS = 90
KOREAN_IN_ENGLISH = {"vanishing-term"}
"""It asks for the Korean word itself."""
SHOWN_KEYS = {
    "gradient-clip",  # a short gradient is left as it is: to see that is the question
    "tiny-tensor-means",  # of eight digits, a mean of four is often one
    "l2-on-or-inside",  # the radius is the answer outside, and the trap inside
}
"""Of these the number wanted stands in the question at some draws, and has to."""

REGIMES = {
    "descent-factor": ["lr*curvature > 2", "lr*curvature > 1"],  # diverges; overshoots
    "soft-threshold": ["abs(z) < lam", "z < 0"],
    "elastic-net-coefficient": ["abs(z) < l1", "z < 0"],
    "elastic-net-scikit": ["abs(z) < one", "z < 0"],
    "l2-on-or-inside": ["share < 1"],
    "gradient-clip": ["hypot(a,b) > limit"],
    "exploding-mean-square": ["width*sd**2 > 1"],
    "ridge-direction-left": ["curvature > lam"],
    "relu-on-share": ["mean > 0"],
    "order-mean-output": ["sd > 1.25"],  # ReLU's mean passes the sigmoid's
    "order-slopes-below-zero": ["exp(x) > slope"],
    "elu-and-noise": ["centre > 4.6", "exp(-centre) > 0.05", "exp(-centre) < 0.002"],
    "tanh-to-sigmoid": ["t > 0"],
    "xavier-forward": ["fan_in > fan_out"],
    "xavier-backward": ["fan_in > fan_out"],
    "xavier-convolution": ["c_in > c_out"],
    "he-gradient-across": ["last > first"],
    "sigmoid-layer-difference": ["gain > 4"],
    "order-outputs-moved": ["n > c"],
    "order-numbers-of-means": ["n > c"],
    "numpy-mean-axes": [f"means_of == {place}" for place in (1, 2, 3, 4)],
    "lasso-which-vanish": ["lam > 0.5"],
    "penalty-tenfold": ["lam > 0.3"],
    "dropout-wrong-p": ["drop > 0.5"],
    "batch-norm-inference-value": ["x > m"],
    "elastic-net-backwards": ["w < 0"],
}
"""By item: what holds for some draws and not for others, so that the answer has to look at it."""


@cache
def _variant(name: str, seed: int, language: Language) -> Variant:
    return make_variant(ITEMS[name], pack_id=PACK.id, seed=seed, language=language)


def _texts(variant: Variant) -> list[str]:
    options = [one.text for one in options_of(variant.key)]
    back = [variant.key.back] if isinstance(variant.key, RecallKey) else []
    return [variant.prompt, variant.solution, *variant.hints, *options, *back]


def _too_wide(text: str) -> list[str]:
    """Return the lines, and the formulas as they stand alone, that need more columns."""
    formulas = [line for latex in re.findall(r"\$([^$\n]+)\$", text) for line in layout(latex)]
    lines = set_text(text, width=COLUMNS).split("\n")
    return [line for line in [*lines, *formulas] if cell_width(line) > COLUMNS]


def _own_answer(variant: Variant) -> str | None:
    """Return what a learner who knows types; None where only a simulation or the learner knows."""
    match variant.key:
        case NumberKey():
            return variant.key.text
        case BlankKey():
            return variant.key.text
        case OptionKey():
            wanted = [at for at, one in _numbered(variant) if one in variant.key.right]
            return ", ".join(map(str, wanted))
        case OrderKey(right=tuple() as right):
            places = {one: at for at, one in _numbered(variant)}
            return " ".join(str(places[one]) for one in right)
        case _:
            return None


def _numbered(variant: Variant) -> Iterator[tuple[int, str]]:
    return ((at, one.id) for at, one in enumerate(options_of(variant.key), start=1))


def _is_right(item: Item, variant: Variant, typed: str) -> bool:
    read = read_answer(variant, typed)
    return not isinstance(read, Unreadable) and mark(item, variant, read).outcome is Outcome.RIGHT  # type: ignore[arg-type] # ambiguous: mark raises


def _given_away(item: Item, variant: Variant) -> bool:
    """Tell whether the question shows what is asked for."""
    match variant.key:
        case NumberKey():
            numbers = re.findall(r"[-−]?\d+(?:\.\d+)?", re.sub(r"[{}\\$]", " ", variant.prompt))
            return any(_is_right(item, variant, one) for one in set(numbers))
        case BlankKey():
            words = [blank.text for blank in variant.key.blanks if len(blank.text) > 2]
            return any(word in variant.prompt for word in words)
        case RecallKey():
            return variant.key.back.strip(".") in variant.prompt
        case OptionKey():
            right = [one.text for one in variant.key.options if one.id in variant.key.right]
            return any(len(text) > 6 and text in variant.prompt for text in right)
        case _:
            return False


def _untold(item: Numeric, variant: Variant) -> list[str]:
    """Return the misconceptions whose own number is not told their own feedback."""
    assert isinstance(variant.key, NumberKey)
    untold = []
    for wrong in variant.key.misconceptions:
        marked = mark(item, variant, Number(wrong.value))
        told = (marked.misconception, marked.feedback.startswith(wrong.feedback))
        if marked.outcome is not Outcome.WRONG or told != (wrong.id, True):
            untold.append(f"{wrong.id} = {wrong.value}: {marked}")
    return untold


def _faults(item: Item, variant: Variant) -> Iterator[str]:
    for text in _texts(variant):
        yield from (f"too wide: {line}" for line in _too_wide(text))
        if variant.language == "en" and item.id not in KOREAN_IN_ENGLISH:
            yield from (f"Korean: {word}" for word in re.findall(r"[가-힣]+", text))
    if variant.language == "ko" and not re.search(r"[가-힣]", variant.prompt):
        yield "no Korean in the question"
    own = _own_answer(variant)
    if own is not None and not _is_right(item, variant, own):
        yield f"its own key {own} is not right"
    if isinstance(item, Numeric):
        yield from _untold(item, variant)
        if (own or "") not in variant.solution or len(re.findall(r"\d+", variant.solution)) < 3:
            yield "no worked solution: its numbers and the key are not all there"


SEEDS = pytest.mark.parametrize(
    "seeds", [pytest.param(1, id="one"), pytest.param(50, id="fifty", marks=pytest.mark.slow)]
)


@SEEDS
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_renders_and_marks_as_it_should(seeds: int, language: Language) -> None:
    faults = {
        (name, seed, fault)
        for name, item in ITEMS.items()
        for seed in range(seeds if item.params else min(seeds, 4))
        for fault in _faults(item, _variant(name, seed, language))
    }
    assert faults == set()


@SEEDS
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_gives_its_key_away(seeds: int, language: Language) -> None:
    """A number of the question may by chance be the key once, but not at a tenth of the draws."""
    given: dict[str, list[int]] = {}
    for name, item in ITEMS.items():
        count = max(seeds, 10) if item.params else 1
        shown = [seed for seed in range(count) if _given_away(item, _variant(name, seed, language))]
        if len(shown) > 0.1 * count:
            given[name] = shown
    assert set(given) <= SHOWN_KEYS, given


def _draws(name: str, seeds: int) -> list[dict[str, float]]:
    return [_variant(name, seed, "en").parameters for seed in range(seeds)]


@pytest.mark.parametrize("name", REGIMES)
def test_every_regime_is_drawn(name: str) -> None:
    scopes = [scope_of(ITEMS[name], draw) for draw in _draws(name, 50)]
    for regime in REGIMES[name]:
        holds = [bool(compute(regime, scope)) for scope in scopes]
        assert 0.04 <= sum(holds) / len(holds) <= 0.96, regime


def test_a_misconception_of_some_draws_has_draws_of_both_kinds() -> None:
    """One with a ``when`` is met at some seeds and not at others, or the ``when`` says nothing."""
    for name, item in ITEMS.items():
        for wrong in item.misconceptions if isinstance(item, Numeric) else []:
            if wrong.when is not None:
                holds = [compute(wrong.when, scope_of(item, draw)) for draw in _draws(name, 50)]
                assert any(holds), (name, wrong.id)


def test_a_prediction_that_is_drawn_has_twelve_variants_at_least() -> None:
    """One that draws its numbers is no recall of one picture; numeric items have theirs tested."""
    for name, item in ITEMS.items():
        if item.params and isinstance(item, Prediction):
            drawn = {tuple(draw.items()) for draw in _draws(name, 50)}
            drawn |= (
                {tuple(draw.items()) for draw in _draws(name, 120)} if len(drawn) < 12 else set()
            )
            assert len(drawn) >= 12, (name, len(drawn))


@pytest.mark.parametrize(
    ("text", "found"),
    [("$" + "+".join(["x"] * 60) + "$", True), ("$" + "+".join(["x"] * 20) + "$", False)],
    ids=["sixty terms", "twenty terms"],
)
def test_a_formula_that_is_too_wide_is_found(text: str, *, found: bool) -> None:
    assert bool(_too_wide(text)) is found


def test_a_key_in_the_question_is_found() -> None:
    item = ITEMS["l2-on-or-inside"]
    shown = [seed for seed in range(20) if _given_away(item, _variant(item.id, seed, "en"))]
    assert len(shown) > 5
