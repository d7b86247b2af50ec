"""Numbers in texts: prose, formulas, particles, labels, and what a question shows is what is used."""

import pytest

from studytool.packs.item_fields import ItemFields
from studytool.packs.scope import scope_of, unmet
from studytool.packs.text import Text
from studytool.quiz.ask import make_variant
from studytool.quiz.key import BlankKey, NumberKey, OptionKey
from studytool.quiz.text_writer import TextWriter
from tests.quiz.variants import item_of, numeric_of
from tests.rows import all_rows

METALS = [
    {"label": {"ko": "구리", "en": "copper"}, "density": 8.96, "cost": 9},
    {"label": {"ko": "강철", "en": "steel"}, "density": 7.85, "cost": 1},
]
PARAMS = {
    "n": {"integers": [1, 9]},
    "b": {"choice": [-0.4, 0.4]},
    "x": {"uniform": [1, 2], "sigfigs": 2},
    "small": {"choice": [6.4e-5]},
    "word": {"choice": [1, 2], "labels": ["one", "two"]},
    "metal": {"table": METALS},
}
SCOPE = {
    "n": 3.0, "b": -0.4, "x": 1.0, "small": 6.4e-5, "word": 2.0, "density": 7.85, "cost": 1.0,
    "third": 1 / 3,
}  # fmt: skip


def _item(**fields: object) -> ItemFields:
    return numeric_of(params=PARAMS, let={"third": "1/3"}, **fields)


@all_rows(("text", "written"), [
    ("{n} {b} {small}", "3 −0.4 6.4 × 10⁻⁵"),
    ("{x} and {x:3sf}", "1.0 and 1.00"),  # sigfigs: 2 keeps its nought
    ("{third} {third:2dp}", "0.3333 0.33"),  # four figures unless said
    ("2 {b:+} = 2 {b:+2dp}", "2 − 0.4 = 2 − 0.40"),
    ("4·{b:()}, {b:(2dp)}, {n:()}", "4·(−0.4), (−0.40), 3"),
    ("{word} {word:0dp}", "two 2"),  # a format asks for the number
    ("{metal}: {density}, {cost}", "steel: 7.85, 1"),
    ("{n|와} {density|은}", "3과 7.85는"),  # 삼과, 칠 점 팔 오는
    ("{metal|으로}", "steel로"),
    (r"$\frac{\val{b}}{\val{n}}$", r"$\frac{{-0.4}}{{3}}$"),
    (r"$2 \val{b:+} \cdot \val{b:()}$", r"$2 - 0.4 \cdot {(-0.4)}$"),
    (r"$10^\val{n} + \val{small}$", r"$10^{3} + {6.4 \times 10^{-5}}$"),
    ("$x_{n}$, {{n}}, {unknown}", "$x_{n}$, {{n}}, {unknown}"),
    ("`{n}`", "`3`"),
])  # fmt: skip
def test_a_text_is_filled(text: str, written: str) -> None:
    writer = TextWriter(_item(), SCOPE, "en")
    assert writer.write(Text({"en": text})) == written


def test_a_label_is_of_the_language_and_its_particle_of_the_label() -> None:
    writer = TextWriter(_item(), SCOPE, "ko")
    assert writer.write(Text({"ko": "{metal|은} {density}"})) == "강철은 7.85"


def test_what_the_question_shows_is_what_is_used() -> None:
    """The fault: "Total 12010. Half?" with the key 6006."""
    item = numeric_of(
        params={"a": {"choice": [12]}},
        let={"big": "a*1001", "exact": "a*1001", "after": "big/2"},
        prompt="Total {big}. Half?",
        answer={"formula": "big/2"},
        misconceptions=[{"id": "w", "formula": "a", "say": "no"}],
    )
    assert scope_of(item, {"a": 12.0}) == {"a": 12.0, "big": 12010, "exact": 12012, "after": 6005}
    asked = make_variant(item, pack_id="p", seed=0, language="en")
    assert asked.prompt == "Total 12010. Half?"
    assert isinstance(asked.key, NumberKey)
    assert asked.key.value == 6005


@pytest.mark.parametrize(("shown", "used"), [
    ("{v:3sf}", 2.68), ("{v:1dp}", 2.7), ("{v:0dp|은}", 3.0), (r"$\val{v:2sf}$", 2.7),
    ("$v$", 2.675), ("{v}", 2.675),
])  # fmt: skip
def test_a_let_is_rounded_half_up_to_the_digits_shown(shown: str, used: float) -> None:
    item = numeric_of(params={"n": {"choice": [2.675]}}, let={"v": "n"}, prompt=shown)
    assert scope_of(item, {"n": 2.675})["v"] == used


@pytest.mark.parametrize(("fields", "drawn", "condition"), [
    ({"require": ["n > 3", "n < 6"]}, {"n": 7.0, "m": 1.0}, "n < 6"),
    ({"require": ["n > 3"]}, {"n": 7.0, "m": 1.0}, None),
    ({"require": ["n != 0.1*3"]}, {"n": 0.3, "m": 1.0}, "n != 0.1*3"),  # decimals, not bits
    ({"distinct": ["n", "m"]}, {"n": 2.0, "m": 2.0}, "distinct: [n, m]"),
    ({"distinct": ["n", "m"]}, {"n": 2.0, "m": 3.0}, None),
])  # fmt: skip
def test_conditions_on_a_draw(
    fields: dict[str, object], drawn: dict[str, float], condition: str | None
) -> None:
    item = numeric_of(params={"n": {"choice": [1]}, "m": {"choice": [1]}}, **fields)
    assert unmet(item, scope_of(item, drawn)) == condition


def test_a_row_of_a_table_is_drawn_whole() -> None:
    item = item_of(
        kind="card",
        params={"metal": {"table": METALS}},
        front="{metal}: {density}?",
        back="{cost}",
    )
    drawn = {
        tuple(make_variant(item, pack_id="p", seed=seed, language="en").parameters.items())
        for seed in range(20)
    }
    assert drawn == {
        (("density", 8.96), ("cost", 9.0)),
        (("density", 7.85), ("cost", 1.0)),
    }


def test_params_are_for_every_kind() -> None:
    params = {"n": {"choice": [4]}}
    card = item_of(kind="card", params=params, front="{n}?", back="{n:1dp}!", solution="is {n}")
    asked = make_variant(card, pack_id="p", seed=0, language="en")
    assert (asked.prompt, asked.solution) == ("4?", "is 4")
    cloze = item_of(
        kind="cloze",
        params=params,
        text="{n} and [[twice]], [[word]]",
        blanks={"twice": {"formula": "2*n", "show": "2dp"}, "word": {"accept": ["so"]}},
        unordered=["word", "twice"],
    )
    asked = make_variant(cloze, pack_id="p", seed=0, language="en")
    assert asked.prompt == "4 and [1: ____], [2: ____]"
    assert asked.solution == "4 and **8.00**, **so**"
    assert isinstance(asked.key, BlankKey)
    assert asked.key.unordered == {0, 1}
    number = asked.key.blanks[0].wanted
    assert isinstance(number, NumberKey)
    assert number.value == 8
    choice = item_of(
        kind="choice",
        params={"n": {"choice": [4, 9]}},
        prompt="Is {n} above 5?",
        options=[
            {"id": "yes", "text": "{n} is", "when": "n > 5"},
            {"id": "no", "text": "{n} is not", "when": "n <= 5"},
        ],
    )
    for seed in range(8):
        asked = make_variant(choice, pack_id="p", seed=seed, language="en")
        assert isinstance(asked.key, OptionKey)
        assert asked.key.right == {"yes" if asked.parameters["n"] == 9 else "no"}


def test_spellings_of_every_language_are_taken_the_own_first() -> None:
    item = item_of(
        kind="cloze",
        text={"ko": "[[a]]", "en": "[[a]]"},
        blanks={"a": {"accept": {"ko": ["분산"], "en": ["variance"]}, "say": "no"}},
    )
    for language, words in (("ko", ("분산", "variance")), ("en", ("variance", "분산"))):
        key = make_variant(item, pack_id="p", seed=0, language=language).key  # type: ignore[arg-type] # a language
        assert isinstance(key, BlankKey)
        assert key.blanks[0].wanted == words
