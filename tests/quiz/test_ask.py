"""An item of each kind as it is asked: every text, in the language chosen."""

import pytest

from studytool.quiz.ask import make_variant
from studytool.quiz.derivation import derive_order
from studytool.quiz.key import (
    BlankKey,
    NumberKey,
    OptionKey,
    PredictionKey,
    RecallKey,
    ShownBlank,
    ShownOption,
)
from studytool.quiz.tolerance import exact
from tests.quiz.variants import item_of, numeric_of, prediction_of

BOTH = {
    "hints": [{"ko": " 힌트 ", "en": " hint "}, "hint 2"],
    "solution": {"ko": "풀이", "en": "solution"},
    "claims": ["a", "b"],
}


def test_a_numeric_item() -> None:
    item = numeric_of(
        **{**BOTH, "hints": ["{n} and {d}", "then {answer}"]},
        params={
            "n": {"choice": [0.5]},
            "kind": {"choice": [1], "labels": [{"ko": "하나", "en": "one"}]},
        },
        let={"d": "n / 3"},
        prompt={"ko": "{kind}: {n}", "en": " {kind} is {n:2dp} "},
        answer={"formula": "2*n + 100*d", "show": "2sf", "unit": "dB", "tolerance": {"rel": 0.01}},
        misconceptions=[{"id": "w", "formula": "n", "say": "not {n}, {answer} or {answer:1dp}"}],
    )
    asked = make_variant(item, pack_id="p", seed=11, language="en")
    assert (asked.item, asked.kind, asked.seed, asked.language) == ("p/i", "numeric", 11, "en")
    assert asked.revision == item.revision
    assert asked.parameters == {"n": 0.5, "kind": 1.0}
    assert asked.prompt == "one is 0.50"
    assert asked.hints == ("0.5 and 0.1667", "then {answer}")  # the reader refuses that
    assert asked.solution == "solution"
    assert asked.claims == ("a", "b")
    key = asked.key
    assert isinstance(key, NumberKey)
    assert key.value == pytest.approx(2 * 0.5 + 100 * 0.5 / 3)
    assert (key.tolerance.relative, key.tolerance.absolute) == (exact(0.01), exact(0.0))
    assert (key.tolerance.asked, key.text, key.unit) == ("2sf", "18", "dB")
    [wrong] = key.misconceptions
    assert (wrong.id, wrong.value, wrong.feedback) == ("w", 0.5, "not 0.5, 18 or 17.7")
    korean = make_variant(item, pack_id="p", seed=11, language="ko")
    assert (korean.prompt, korean.solution) == ("하나: 0.5", "풀이")


def test_a_label_is_chosen_by_the_number_drawn_and_a_format_asks_for_the_number() -> None:
    item = numeric_of(
        params={"n": {"choice": [2, 4], "labels": ["two", "four"]}}, prompt="{n} {n:1dp}"
    )
    prompts = {make_variant(item, pack_id="p", seed=s, language="en").prompt for s in range(20)}
    assert prompts == {"two 2.0", "four 4.0"}


def test_an_absolute_tolerance_has_no_relative_part() -> None:
    item = numeric_of(answer={"formula": "2*n", "tolerance": {"abs": 0.25}})
    key = make_variant(item, pack_id="p", seed=0, language="en").key
    assert isinstance(key, NumberKey)
    assert (key.tolerance.relative, key.tolerance.absolute) == (exact(0.0), exact(0.25))


def test_a_card() -> None:
    item = item_of(kind="card", front={"ko": "앞", "en": " front "}, back=" back ", **BOTH)
    asked = make_variant(item, pack_id="p", seed=0, language="en")
    assert (asked.prompt, asked.key, asked.solution) == ("front", RecallKey("back"), "solution")
    assert (asked.hints, asked.parameters) == (("hint", "hint 2"), {})
    assert make_variant(item, pack_id="p", seed=0, language="ko").prompt == "앞"


def test_a_card_without_a_solution_has_an_empty_one() -> None:
    asked = make_variant(
        item_of(kind="card", front="a", back="b"), pack_id="p", seed=0, language="en"
    )
    assert (asked.solution, asked.hints, asked.claims) == ("", (), ())


@pytest.mark.parametrize(
    ("solution", "shown"),
    [(None, "the **mean** is **one**"), ("so.", "the **mean** is **one**\n\nso.")],
)
def test_a_cloze(solution: str | None, shown: str) -> None:
    fields = {} if solution is None else {"solution": solution}
    item = item_of(
        kind="cloze",
        text=" the [[what]] is [[how]] ",
        blanks={"what": {"accept": ["mean"]}, "how": {"accept": ["one", "1"]}},
        **fields,
    )
    asked = make_variant(item, pack_id="p", seed=0, language="en")
    assert asked.prompt == "the [1: ____] is [2: ____]"
    assert asked.key == BlankKey((ShownBlank(("mean",)), ShownBlank(("one", "1"))))
    assert asked.solution == shown


def test_a_choice() -> None:
    options = [
        {"id": id_, "text": f" {id_.upper()} ", "correct": id_ in "ac", "say": f"say {id_}"}
        for id_ in "abcd"
    ]
    item = item_of(kind="choice", prompt="?", options=options)
    for seed in range(6):
        asked = make_variant(item, pack_id="p", seed=seed, language="en")
        order = ["abcd"[place] for place in derive_order(4, "p/i", seed, "options")]
        shown = tuple(ShownOption(id_, id_.upper(), f"say {id_}") for id_ in order)
        assert asked.key == OptionKey(shown, frozenset("ac"))
        assert asked.prompt == "?"


def test_a_prediction() -> None:
    asked = make_variant(prediction_of("x > 1", "x <= 1"), pack_id="p", seed=3, language="en")
    shown = tuple(ShownOption(id_, f"text {id_}", f"say {id_}") for id_ in "ba")
    assert (asked.key, asked.kind) == (PredictionKey(shown), "prediction")
