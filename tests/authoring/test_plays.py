"""What only a play finds: the place and condition, and a remedy that mends it when followed."""

import re
from pathlib import Path

import pytest

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.play import play_entry
from studytool.authoring.playing import has_nothing_to_play
from studytool.packs.reader import load_pack
from tests.authoring.checking import checked
from tests.cases import first_row_quick
from tests.packs.samples import CARD, NUMERIC, write_pack
from tests.packs.test_mistakes import place

KEY = 'answer: {formula: "2*v", tolerance: {rel: 0.02}}'
SINGLE = '{id: single, formula: "v", say: {ko: 하나, en: One}}'
CHOICE = """\
- id: larger
  kind: choice
  concept: scale
  params: {a: {integers: [2, 9]}, b: {integers: [2, 9]}}
  distinct: [a, b]
  prompt: Which is larger?
  options:
    - id: first
      text: 'a = {a}'
      when: 'a > b'
    - id: second
      text: 'b = {b}'
      when: 'b > a'
"""
CLOZE = """\
- id: bits
  kind: cloze
  concept: scale
  params: {n: {integers: [3, 20]}}
  text: 'Made of [[ones]] and [[noughts]]; {n} of them weigh [[all]].'
  blanks:
    ones: {accept: [ones, "1"]}
    noughts: {accept: [zeros, noughts]}
    all: {formula: 'n*2.5', show: 3sf, unit: kg}
  unordered: [ones, noughts]
"""
ORDER = """\
- id: sizes
  kind: order
  concept: scale
  params: {m: {integers: [2, 20]}}
  prompt: Order them.
  things:
    - {id: once, text: 'once', value: 'm'}
    - {id: twice, text: 'twice', value: 'm*2'}
    - {id: thrice, text: '{m} times', value: 'm*m*3'}
"""
ESTIMATE = """\
- id: guess
  kind: prediction
  concept: scale
  params: {m: {integers: [2, 20]}}
  prompt: Guess for {m}.
  measure:
    x: {experiment: dense_layer, with: {fan_in: m, fan_out: m}, quantity: weight_variance}
  estimate: {of: x, axis: {log: [1e-3, 1]}, within: {factor: 2}, unit: '%'}
"""
ITEMS = CARD + NUMERIC + CHOICE + CLOZE + ORDER + ESTIMATE


def found_in(folder: Path, items: str) -> list[tuple[str, str]]:
    write_pack(folder, items=items)
    return [(str(found), found.help) for found in checked(folder, CheckOptions(plays=6, jobs=1))]


def test_a_right_pack_has_no_problem(tmp_path: Path) -> None:
    assert found_in(tmp_path, ITEMS) == []


@pytest.mark.parametrize(("added", "plain"), [
    ("", True),
    ("  hints: [Think.]\n  solution: 'Braces \\{a} are words here.'\n", True),
    ("  params: {a: {integers: [2, 40]}}\n", False),
    ("  let: {a: '1+1'}\n", False),
    ("  solution: 'So $\\frac{1}{2}$'\n", False),  # may be none that can be set
    ("  tests: [{seed: 0, answer: x, outcome: right}]\n", False),
])  # fmt: skip
def test_a_card_that_shows_only_words_is_not_played(
    tmp_path: Path, added: str, *, plain: bool
) -> None:
    pack = load_pack(write_pack(tmp_path, items=CARD + added))
    [card] = pack.items
    assert has_nothing_to_play(card) is plain
    if plain:
        assert play_entry(card, pack_id="sample", languages=("ko", "en"), plays=3) == ()


def test_whatever_else_is_asked_is_played(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path, items=NUMERIC + CHOICE + CLOZE + ORDER + ESTIMATE))
    entries = [*pack.items, *pack.claims, *pack.experiments]
    assert len(entries) == 6
    assert not any(map(has_nothing_to_play, entries))


APART = "narrow the tolerance, mend this formula, or hold the two apart by 'require'"


@pytest.mark.parametrize(("old", "new", "spot", "problem", "remedy", "follow"), first_row_quick([
    # spot: what stands where the problem is; problem: a pattern; follow: the mistake mended
    # --- no draw will do: each condition is named in its place ----------------------------------
    ('require: ["n > 1"]', 'require: ["sx > 0", "n > 10"]', '"n > 10"',
     r"E360\]: cannot be asked: none of 200 draws at seed 0 will do; in 200 of them the condition "
     r"'n > 10' does not hold", "loosen it, or widen the params it names",
     'require: ["sx > 0", "n > 4"]'),
    (SINGLE, SINGLE.replace('"v"', '"n*sx*2"'), '"n*sx*2"',
     r"E344\]: 'single' comes to the key", "mend its formula, or take it out", SINGLE),
    (SINGLE, SINGLE.replace('"v"', '"2.001*v"'), '"2.001*v"',
     r"E360\]: cannot be asked: .*in 200 of them the misconception 'single' cannot be told from",
     APART, SINGLE),
    (f"{KEY}\n  misconceptions:\n    - {SINGLE}",  # B1: the tolerance is too wide
     f"{KEY.replace('0.02', '0.4')}\n  misconceptions:\n    - {SINGLE.replace('v', '2*v*1.5')}",
     '"2*v*1.5"', r"E360\]: .*in 200 of them the misconception 'single'", APART,
     f"{KEY}\n  misconceptions:\n    - {SINGLE.replace('v', '2*v*1.5')}"),
    (KEY, KEY.replace("2*v", "log(0-v)"), '"log(0-v)"',
     r"E360\]: .*in 200 of them the key cannot be computed",
     "exclude such draws by 'require', or mend the formula", KEY),
    ("{a: {integers: [2, 9]}, b: {integers: [2, 9]}}",
     "{a: {integers: [2, 2]}, b: {integers: [2, 2]}}", "distinct",
     r"E360\]: .*the condition 'distinct: \[a, b\]' does not hold", "give these params more values",
     "{a: {integers: [2, 9]}, b: {integers: [2, 9]}}"),
    ("when: 'b > a'", "when: 'a > b'", "options",
     r"E360\]: .*all options are right, or none is",
     "mend 'when' or widen the params, so that draws tell right from wrong", "when: 'b > a'"),
    ("value: 'm*2'", "value: 'm+0'", "things:", r"E360\]: .*two of the values to order are equal",
     "mend each 'value' and 'text' so that they differ, or exclude equal ones by 'require'",
     "value: 'm*2'"),
    ("text: 'twice'", "text: '{m:0dp} times'", "things:", r"E360\]: .*two of the texts shown are",
     "mend each 'value' and 'text' so that they differ, or exclude equal ones by 'require'",
     "text: 'twice'"),
    ("fan_in: m", "fan_in: 2-m", "measure:", r"E360\]: .*cannot be measured: dense_layer: fan_in =",
     "exclude such draws by 'require', or mend the formula", "fan_in: m"),
    # --- the key as it is printed ---------------------------------------------------------------
    ("[zeros, noughts]", '["ze;ros", noughts]', "blanks:",
     r"E363\]: the key 'ones; ze;ros; [\d.]+ kg' as printed at seed 0 \(ko\) cannot be read back",
     "mend the unit, 'show', or the spelling", "[zeros, noughts]"),
    # --- options, texts -------------------------------------------------------------------------
    ("text: 'b = {b}'", "text: 'a = {a}'", "'a = {a}'\n      when: 'b", r"E331\]: it reads like", None,
     "text: 'b = {b}'"),
    ('en: "{answer:3sf}"', r"en: '$x_{1}_{2}$ {answer:3sf}'", "x_{1}_{2}$",
     r"E353\]: at seed 0 this formula cannot be laid out: x_\{1\}_\{2\}",
     "give each command and script what it takes, in braces: \\frac{a}{b}, \\sqrt{a}, a^{b}",
     r"en: '$x_{12}$ {answer:3sf}'"),
    # --- variety --------------------------------------------------------------------------------
    ("{uniform: [0.5, 2.0], sigfigs: 2}", "{choice: [3]}", "params:",
     r"W405\]: only 8 different variants; 12 are wanted", "add choices, or widen 'require'",
     "{choice: [3, 4]}"),
    (KEY, KEY.replace("2*v", "n"), '"n"', r"W411\]: the key is the parameter 'n', which", None, KEY),
    (KEY, KEY.replace("2*v", "max(0, 2*v)"), '"max(0, 2*v)"',
     r"W413\]: the key is 0 in 0 of 6 draws", "widen the params, so that both occur", KEY),
    # --- samples with eight replicates ----------------------------------------------------------
    ("[reps, n]), axis=1)", "[reps, n]), axis=0)", '"2*sum(normal(sx, 1, [reps, n]), axis=0)"',
     r"E366\]: the sample has shape \[\d\]; it gives one number for each replicate: \[reps\]",
     "reduce the other axes by sum or mean: sum(..., axis=1)", "[reps, n]), axis=1)"),
    ("[reps, n]), axis=1)", "[reps, n]), axis=4)", "sum(normal(sx, 1, [reps, n]), axis=4)",
     r"E366\]: tried with 8 replicates: ",
     "the first axis of an array is [reps]; check shapes and axis", "[reps, n]), axis=1)"),
]))  # fmt: skip
def test_a_mistake_is_found_in_its_place_and_the_remedy_works(
    tmp_path: Path, old: str, new: str, spot: str, problem: str, remedy: str | None, follow: str
) -> None:
    wrong = ITEMS.replace(old, new, 1)
    assert wrong != ITEMS
    (where, help_), *others = found_in(tmp_path, wrong)
    assert others == []
    assert where.startswith(place("items/all.yaml", wrong, spot) + ": ")
    assert re.search(problem, where)
    assert remedy in {None, help_}
    assert found_in(tmp_path, wrong.replace(new, follow, 1)) == []
