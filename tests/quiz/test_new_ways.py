"""Orders, estimates, pools, pins and predicates, as a pack asks for them: laws over 50 seeds."""

from itertools import permutations
from typing import Any

import pytest

from studytool.errors import UndrawableError, UnsettledError
from studytool.language import LANGUAGES
from studytool.packs.items import Item
from studytool.quiz.answer import Ambiguous, Unreadable
from studytool.quiz.ask import make_variant
from studytool.quiz.key import AxisKey, OptionKey, OrderKey, PredictionKey, options_of
from studytool.quiz.mark import give_up, mark
from studytool.quiz.mark_value import Mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Variant
from tests.quiz.variants import item_of

SEEDS = range(50)
DRAWN: dict[str, Any] = {"params": {"a": {"integers": [1, 9]}, "b": {"integers": [1, 9]}}}
VARIANCE = {
    "experiment": "dense_layer",
    "with": {"fan_in": "a", "fan_out": "a"},
    "quantity": "weight_variance",
}
"""Of Xavier weights with as many inputs as outputs: 1/a."""


def _asked(item: Item, seed: int) -> Variant:
    return make_variant(item, pack_id="p", seed=seed, language="en")


def _marked(item: Item, variant: Variant, typed: str) -> Mark:
    read = read_answer(variant, typed)
    assert not isinstance(read, Ambiguous | Unreadable), read
    return mark(item, variant, read)


def _things(*values: str) -> list[dict[str, str]]:
    return [{"id": id_, "text": f"thing {id_}", "value": value}
            for id_, value in zip("abcdef", values, strict=False)]  # fmt: skip


# --- orders ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("direction", ["ascending", "descending"])
def test_only_the_right_order_marks_right(direction: str) -> None:
    item = item_of(
        kind="order", prompt="?", direction=direction, things=_things("a", "b", "a+b"), **DRAWN
    )
    seen: set[tuple[str, ...]] = set()
    for seed in SEEDS:
        variant = _asked(item, seed)
        key, drawn = variant.key, variant.parameters
        assert isinstance(key, OrderKey)
        assert drawn["a"] != drawn["b"]  # a tie is drawn again
        values = {**drawn, "c": drawn["a"] + drawn["b"]}
        right = sorted("abc", key=values.__getitem__, reverse=direction == "descending")
        shown = [thing.id for thing in key.things]
        seen.add(tuple(shown))
        for order in permutations(right):
            typed = " ".join(str(shown.index(one) + 1) for one in order)
            outcome = _marked(item, variant, typed).outcome
            assert (outcome is Outcome.RIGHT) == (list(order) == right)
    assert len(seen) == 6  # every order is shown some time


def test_an_order_that_always_ties_cannot_be_drawn() -> None:
    item = item_of(kind="order", prompt="?", things=_things("a", "b", "2*a/2"), **DRAWN)
    with pytest.raises(UndrawableError, match="two of the values to order are equal") as refused:
        _asked(item, 0)
    assert "순서를 정할 값 둘이 같습니다." in refused.value.text("ko")


def test_a_measured_order_follows_the_drawn_numbers() -> None:
    item = item_of(
        kind="order",
        prompt="?",
        params={"a": {"choice": [4, 64]}},
        measure={"variance": VARIANCE},
        things=_things("variance", "1/16", "1"),
    )
    rights = {}
    for seed in range(12):
        variant = _asked(item, seed)
        assert isinstance(variant.key, OrderKey)
        assert variant.key.right is None
        shown = [thing.id for thing in variant.key.things]
        for order in permutations("abc"):
            typed = "".join(str(shown.index(one) + 1) for one in order)
            marked = _marked(item, variant, typed)
            if marked.outcome is Outcome.RIGHT:
                rights[variant.parameters["a"]] = "".join(order)
                assert marked.measured[0].name == "variance"
    assert rights == {4.0: "bac", 64.0: "abc"}


# --- estimates ------------------------------------------------------------------------------------

ESTIMATE: dict[str, Any] = {
    "kind": "prediction",
    "prompt": "?",
    "params": {"a": {"choice": [4, 16, 64]}},
    "measure": {"variance": VARIANCE},
    "estimate": {"of": "variance", "axis": {"log": [1e-4, 1]}, "within": {"factor": 2}},
}


def test_an_estimate_is_right_near_what_the_drawn_numbers_give() -> None:
    item = item_of(**ESTIMATE)
    for seed in range(15):
        variant = _asked(item, seed)
        assert isinstance(variant.key, AxisKey)
        true = 1 / variant.parameters["a"]
        for factor in (0.55, 1.0, 1.8):
            assert _marked(item, variant, f"{true * factor:.6f}").outcome is Outcome.RIGHT
        for factor in (0.3, 3):
            typed = f"{min(true * factor, 1):.6f}"
            assert _marked(item, variant, typed).outcome is Outcome.NEAR
        for factor in (0.1, 10):
            if 1e-4 <= true * factor <= 1:
                assert _marked(item, variant, f"{true * factor:.6f}").outcome is Outcome.WRONG


def test_a_value_beside_its_axis_settles_nothing() -> None:
    estimate = {**ESTIMATE["estimate"], "axis": {"log": [0.1, 1]}}
    item = item_of(**{**ESTIMATE, "params": {"a": {"choice": [64]}}, "estimate": estimate})
    variant = _asked(item, 0)
    with pytest.raises(UnsettledError):
        _marked(item, variant, "0.1")
    with pytest.raises(UnsettledError):
        give_up(item, variant)


def test_the_unit_of_an_estimate_is_in_the_learners_language() -> None:
    unit = {"ko": "개", "en": "pieces"}
    item = item_of(**{**ESTIMATE, "estimate": {**ESTIMATE["estimate"], "unit": unit}})
    for language in LANGUAGES:
        variant = make_variant(item, pack_id="p", seed=0, language=language)
        assert isinstance(variant.key, AxisKey)
        assert variant.key.unit == unit[language]


# --- outcomes -------------------------------------------------------------------------------------


def _outcomes(**fields: Any) -> Item:
    whens = ("variance > 0.5", "variance <= 0.5 and variance > 0.03", "variance <= 0.03")
    return item_of(
        kind="prediction",
        prompt="?",
        params={"a": {"choice": [4, 64]}},
        measure={"variance": VARIANCE},
        **{
            "outcomes": [
                {"id": id_, "text": f"text {id_}", "when": when}
                for id_, when in zip("abc", whens, strict=True)
            ],
            **fields,
        },
    )


def test_outcomes_are_shuffled_and_decided_at_the_drawn_numbers() -> None:
    item = _outcomes()
    places: dict[str, set[int]] = {"b": set(), "c": set()}
    for seed in SEEDS:
        variant = _asked(item, seed)
        assert isinstance(variant.key, PredictionKey)
        shown = [option.id for option in variant.key.options]
        right = "b" if variant.parameters["a"] == 4 else "c"
        places[right].add(shown.index(right) + 1)
        for number, id_ in enumerate(shown, start=1):
            outcome = _marked(item, variant, f"{number}").outcome
            assert (outcome is Outcome.RIGHT) == (id_ == right)
    assert places == {"b": {1, 2, 3}, "c": {1, 2, 3}}


def test_fixed_outcomes_stay_and_pinned_ones_keep_their_end() -> None:
    fixed = _outcomes(order="fixed")
    assert {tuple(o.id for o in options_of(_asked(fixed, seed).key)) for seed in SEEDS} == {
        ("a", "b", "c")
    }
    outcomes = [
        {"id": "low", "text": "low", "when": "variance < 0.1", "pin": "last"},
        {"id": "some", "text": "some", "when": "variance >= 0.1 and variance < 0.5"},
        {"id": "more", "text": "more", "when": "variance >= 0.5 and variance < 1"},
        {"id": "high", "text": "high", "when": "variance >= 1", "pin": "first"},
    ]
    item = _outcomes(outcomes=outcomes)
    shown = [tuple(o.id for o in options_of(_asked(item, seed).key)) for seed in SEEDS]
    assert {(one[0], one[-1]) for one in shown} == {("high", "low")}
    assert len(set(shown)) == 2  # the two between are shuffled


# --- options --------------------------------------------------------------------------------------


def _options(*whens: str, **fields: Any) -> Item:
    options = [{"id": f"o{n}", "text": f"option {n}", "when": when} for n, when in enumerate(whens)]
    return item_of(kind="choice", prompt="?", options=options, **DRAWN, **fields)


def test_predicates_decide_for_each_draw() -> None:
    item = _options("a > b", "a < b", "a == b")
    rights = set()
    for seed in SEEDS:
        variant = _asked(item, seed)
        assert isinstance(variant.key, OptionKey)
        a, b = variant.parameters["a"], variant.parameters["b"]
        expected = {"o0"} if a > b else {"o1"} if a < b else {"o2"}
        assert variant.key.right == expected
        rights |= expected
        for number, option in enumerate(variant.key.options, start=1):
            outcome = _marked(item, variant, f"{number}").outcome
            assert (outcome is Outcome.RIGHT) == (option.id in expected)
    assert rights == {"o0", "o1", "o2"}


def test_a_draw_has_right_and_wrong_options() -> None:
    item = _options("a > 5", "b > 5")
    for seed in SEEDS:
        assert len(_right(item, seed)) == 1
    with pytest.raises(UndrawableError, match="all options are right, or none is"):
        _asked(_options("a > 0", "b > 0"), 0)


def _right(item: Item, seed: int) -> frozenset[str]:
    key = _asked(item, seed).key
    assert isinstance(key, OptionKey)
    return key.right


def test_a_pool_always_contains_the_right_ones() -> None:
    item = _options(*(f"a >= {limit}" for limit in (2, 4, 6, 8, 12, 13, 14)), show=4)
    shown_ids: set[str] = set()
    for seed in SEEDS:
        key = _asked(item, seed).key
        assert isinstance(key, OptionKey)
        ids = {option.id for option in key.options}
        assert len(key.options) == 4
        assert key.right < ids
        assert len(key.right) < 4  # at least one of them is wrong
        shown_ids |= ids
    assert shown_ids == {f"o{n}" for n in range(7)}  # every option comes some time


def test_a_pool_without_room_for_a_wrong_one_cannot_be_drawn() -> None:
    item = _options("a > 0", "b > 0", "a > 20", show=2)
    with pytest.raises(UndrawableError, match="2 options are right, and of 2 shown none would be"):
        _asked(item, 0)


def test_a_marked_pool_keeps_its_right_option_and_its_pinned_one() -> None:
    options = [
        {"id": "right", "text": "right", "correct": True, "because": "c"},
        *({"id": f"w{n}", "text": f"wrong {n}"} for n in range(6)),
        {"id": "none", "text": "None of these", "pin": "last"},
    ]
    item = item_of(kind="choice", prompt="?", options=options, show=4)
    seen: set[str] = set()
    for seed in SEEDS:
        ids = [option.id for option in options_of(_asked(item, seed).key)]
        assert len(ids) == 4
        assert "right" in ids
        assert ids[-1] == "none"
        seen |= set(ids)
    assert len(seen) == 8


def test_options_that_read_alike_in_a_draw_are_drawn_again() -> None:
    options = [
        {"id": "sum", "text": "{a}", "when": "a > b"},
        {"id": "product", "text": "{b}", "when": "b > a"},
        {"id": "both", "text": "{c}", "when": "a == b"},
    ]
    item = item_of(kind="choice", prompt="?", options=options, let={"c": "a+1"}, **DRAWN)
    for seed in SEEDS:
        texts = [option.text for option in options_of(_asked(item, seed).key)]
        assert len(set(texts)) == 3
    alike = [{**one, "text": "{a}"} for one in options]
    with pytest.raises(UndrawableError, match="two of the texts shown are the same"):
        _asked(item_of(kind="choice", prompt="?", options=alike, **DRAWN), 0)


def test_the_simulation_may_decide_several_options() -> None:
    options = [
        {"id": "small", "text": "below 1/2", "when": "variance < 0.5"},
        {"id": "tiny", "text": "below 1/8", "when": "variance < 0.125"},
        {"id": "large", "text": "above 2", "when": "variance > 2"},
    ]
    item = item_of(
        kind="choice", prompt="?", options=options, measure={"variance": VARIANCE},
        params={"a": {"choice": [4, 64]}},
    )  # fmt: skip
    for seed in range(12):
        variant = _asked(item, seed)
        assert isinstance(variant.key, PredictionKey)
        assert variant.key.several
        shown = [option.id for option in variant.key.options]
        right = {"small"} if variant.parameters["a"] == 4 else {"small", "tiny"}
        typed = ",".join(str(shown.index(id_) + 1) for id_ in right)
        assert _marked(item, variant, typed).outcome is Outcome.RIGHT
        assert _marked(item, variant, str(shown.index("large") + 1)).outcome is Outcome.WRONG


def test_an_experiment_refuses_what_it_cannot_take() -> None:
    item = item_of(**{**ESTIMATE, "params": {"a": {"choice": [-4, -2]}}})
    with pytest.raises(UndrawableError, match=r"it cannot be measured: .*fan_in = -"):
        _asked(item, 0)
    item = item_of(**{**ESTIMATE, "params": {"a": {"choice": [-4, 4, 16, 64]}}})
    assert {_asked(item, seed).parameters["a"] for seed in SEEDS} == {4.0, 16.0, 64.0}


def test_a_unit_behind_a_blank_is_not_shown_twice() -> None:
    blank = {"formula": "2*n", "unit": "m/s"}
    for text, whole in (
        ("[[v]] m/s, then", "**8.00 m/s**, then"),
        ("[[v]]m/s", "**8.00 m/s**"),
        ("[[v]] m/s²", "**8.00 m/s** m/s²"),  # another unit, the author's slip
        ("[[v]] and m/s", "**8.00 m/s** and m/s"),
    ):
        item = item_of(
            kind="cloze", params={"n": {"choice": [4]}}, text=text, blanks={"v": blank}
        )  # fmt: skip
        assert _asked(item, 0).solution == whole
