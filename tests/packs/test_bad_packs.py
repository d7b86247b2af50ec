"""One thing wrong with a right pack: the place, the words and the remedy, letter by letter."""

from pathlib import Path

import pytest

from studytool.packs.reader import load_pack, read_pack
from tests.packs.korean_only import english_words
from tests.packs.samples import ALSO, CARD, CLAIM, MANIFEST, NUMERIC, write_pack

ITEMS = CARD + NUMERIC
KINDS = "kind: card, cloze, choice, order, numeric or prediction"
CLOZE_KEYS = "keys here: claims, concept, hints, id, kind, solution, source, text, was"
_CHOICE = """\
- id: which
  kind: choice
  concept: scale
"""
CHOICE = (
    _CHOICE
    + """\
  prompt: {{ko: 무엇, en: Which}}
  options:
    - {{id: a, correct: true, text: A, because: adds}}
    - {{id: b, text: B, because: {because}}}
"""
)
BLANKED = """\
- id: z
  kind: cloze
  concept: scale
  text: {{ko: '{ko}', en: '{en}'}}
  blanks: {{a: {{accept: [one]}}}}
"""
MEASURED = (
    _CHOICE
    + """\
  prompt: {{ko: 무엇, en: Which}}
  measure: {{x: {{experiment: dense_layer, quantity: weight_variance}}}}
  options:
    - {{id: a, correct: true, text: A, when: "{when}"}}
    - {{id: b, text: B, when: "x > 1"}}
"""
)
INVISIBLE = "delete it; text in a pack has no control, bidirectional or tag characters"
IN_BRACES = "inside {...}, put a text that contains a comma in quotes"
NO_PAST = "take it out, or write the id that the item had before"
TORN_KEY = "put it in quotes; inside {...}, so must be a text that contains a comma"


def problems(folder: Path) -> list[tuple[str, str]]:
    reading = read_pack(folder)
    written = "".join(reading.sources.values())
    assert [word for one in reading.diagnostics for word in english_words(one, written)] == []
    return [(str(found), found.help) for found in reading.diagnostics]


def test_a_right_pack_has_no_problem(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))
    assert [item.id for item in pack.items] == ["recall", "doubled"]
    assert [claim.id for claim in pack.claims] == ["adds"]


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("kind: card", "kind: crad", [("2:9: error[E203]: unknown kind 'crad'", "did you mean 'card'?")]),
    ("  kind: card\n", "", [("1:3: error[E202]: 'kind' is missing", KINDS)]),
    ("front:", "frnt:", [
        ("4:3: error[E201]: unknown key 'frnt'", "did you mean 'front'?"),  # one slip, one error
    ]),
    ("  kind: card\n", "  kind: card\n  was: [old, older]\n", []),
    ("  kind: card\n", "  kind: card\n  was: [old, recall]\n",  # its own history is no past one
     [("3:14: error[E323]: 'recall' is the item's own id", NO_PAST)]),
    ("  kind: card\n", "  kind: card\n  was: [doubled]\n",
     [("3:9: error[E323]: 'doubled' is an item of this pack, which keeps its own history", NO_PAST)]),
    ("  kind: card\n", "  kind: card\n  was: [old, old]\n",
     [("3:14: error[E323]: 'old' stands twice", "one item alone takes a history over")]),
    ("앞면", "'{n}'",
     [("4:16: error[E305]: unknown placeholder {n}",
       "no number is drawn here; a brace that is meant is written \\{n}")]),
    ("앞면", r"'\{n}, `{n}`, $x_{n}$, {1, 2}'", []),
    ("en: Front", "kr: Front",
     [("4:19: error[E204]: 'kr' is none of the pack's languages: ko, en",
       "add it to 'languages' in pack.yaml, or take it out")]),
    ("concept: scale", "concept: scal",
     [("3:12: error[E300]: unknown concept 'scal'", "did you mean 'scale'?")]),
    ("recall", "Recall It",
     [("1:7: error[E204]: id: 'Recall It' is not lower-case letters and digits, joined by single "
       "hyphens", "write recall-it")]),
    ("en: Front", "en: One, two", [  # a comma ends a plain text inside braces
        ("4:28: error[E206]: the text before 'two' ends at its comma", IN_BRACES)]),
    (", en: Front", "", [("4:10: warning[W401]: no translation into 'en'", "add 'en:'")]),
    # foreign to the subset; what was refused raises no second error from the schema
    ("{ko: 앞면", "!!str {ko: 앞면",
     [("4:10: error[E113]: the tag 'tag:yaml.org,2002:str'", "leave it out; put a text that begins with ! in quotes")]),
    ("앞면", "*a", [("4:15: error[E112]: the alias '*a'", "write the value out; put a text that begins with * in quotes")]),
    ("{ko: 뒷면", "&a {ko: 뒷면", [("5:9: error[E112]: the anchor '&a'", "leave it out; put a text that begins with & in quotes")]),
    ("  kind", "  <<: {a: b}\n  kind", [("2:3: error[E112]: a merge key", "write the keys out")]),
    ("  kind", "  1: x\n  kind", [("2:3: error[E116]: the key 1 is not text", TORN_KEY)]),
    ("Back}\n", "Back}\n  kind: card\n",
     [("6:3: error[E115]: the key 'kind' stands twice", "keep one of them; the first is in line 2")]),
    ("앞면", "앞\u202e면", [  # a bidi override
        ("4:16: error[E104]: the invisible character U+202E (RIGHT-TO-LEFT OVERRIDE)", INVISIBLE)]),
    ("앞면", "앞\U000e0041", [  # a tag character
        ("4:16: error[E104]: the invisible character U+E0041 (TAG LATIN CAPITAL LETTER A)",
         INVISIBLE)]),
    ("앞면", "앞\x9b면", [  # C1: a terminal reads it as ESC [
        ("4:16: error[E104]: the invisible character U+009B (a control character)", INVISIBLE)]),
    ("id: recall", "\ufeffid: recall", [
        ("1:3: error[E104]: the invisible character U+FEFF (ZERO WIDTH NO-BREAK SPACE)",
         INVISIBLE)]),
    ("앞면", '"\\e[2J"', [  # clean bytes, hostile text
        ("4:15: error[E104]: an escape for the invisible character U+001B (a control character)",
         "leave it out; text in a pack has no control or bidirectional characters")]),
])  # fmt: skip
def test_a_card_with_one_thing_wrong(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert old in CARD
    write_pack(tmp_path, items=CARD.replace(old, new, 1) + NUMERIC)
    assert problems(tmp_path) == [(f"items/all.yaml:{where}", help_) for where, help_ in expected]


@pytest.mark.parametrize(("old", "new", "expected"), [
    # lines of the numeric item begin at 6
    ("0.02", '"0.02"',
     [("15:45: error[E204]: rel: a share is wanted", "write 0.02")]),
    ("tolerance: {rel: 0.02}", "rtol: 0.02",  # keys of format 0
     [("15:28: error[E201]: unknown key 'rtol'", "write 'tolerance: {rel: 2%}' in its place")]),
    ("tolerance: {rel: 0.02}", "decimals: 2",
     [("15:28: error[E201]: unknown key 'decimals'", "write 'tolerance: {dp: 2}' in its place")]),
    ("require", "where", [("12:3: error[E201]: unknown key 'where'", "it is called 'require' now")]),
    ("tolerance", "tolerances",
     [("15:28: error[E201]: unknown key 'tolerances'", "did you mean 'tolerance'?")]),
    ("id: single", "id: single, weight: 2",
     [("17:20: error[E201]: unknown key 'weight'", "keys here: formula, id, say, when")]),
    ("uniform: [0.5, 2.0], sigfigs: 2", "choice: [2, 3], sigfigs: 2",
     [("11:26: error[E201]: unknown key 'sigfigs'", "keys here: choice, labels")]),
    ("uniform: [0.5, 2.0]", "uniform: [0.5]", [("11:19: error[E202]: value 2 is missing", "")]),
    ("uniform: [0.5, 2.0]", "uniform: [2, 1]",
     [("11:19: error[E204]: uniform: the first is not below the second", "write [low, high]")]),
    ("uniform: [0.5, 2.0]", "uniform: [-1.0e+308, 1.0e+308]",  # their difference is infinite
     [("11:19: error[E204]: uniform: a number beyond 1e300", "write numbers from -1e300 to 1e300")]),
    ("uniform: [0.5, 2.0]", "loguniform: [0.5, 1.79e+308]",  # which rounding makes infinite
     [("11:22: error[E204]: loguniform: a number beyond 1e300",
       "write numbers from -1e300 to 1e300")]),
    ("[0.5, 2.0]", "[0.5, 1_000]",
     [("11:25: error[E117]: '1_000' is neither a plain number nor clearly text",
       "write 1000; where it is no number, '1_000' in quotes")]),
    ("rel: 0.02", "dp: 010",
     [("15:44: error[E117]: '010' is neither a plain number nor clearly text",
       "write 10; where it is no number, '010' in quotes")]),
    ("[0.5, 2.0]", "[0.5, 1e999]",
     [("11:25: error[E118]: the number 1e999 is too large", "numbers go up to 1e308")]),
    ('"2*v"', '"2**/v"', [("15:25: error[E301]: formula: a value is missing before '/'",
       "mend it there; 'studytool help formulas' says what may stand in one")]),
    ('"2*v"', '"2*vv"', [("15:24: error[E303]: formula: unknown name 'vv'", "did you mean 'v'?")]),
    ('"2*v"', '"2*reps"',
     [("15:24: error[E303]: formula: unknown name 'reps'", "only the sample of a check has 'reps'")]),
    ('{v: "n*sx"}', '{v: "n*w", w: "v*sx"}',
     [("13:8: error[E302]: names go round in a circle: v → w → v", "take one of them out")]),
    ('"{n} of {sx}"', "'$n = {n}$ of {sx}'",
     [("14:40: error[E305]: inside a formula braces are TeX's, and {n} shows a letter",
       "write \\val{n} for its number")]),
    ('"{n} of {sx}"', r"'$n = \val{n}$ of {sx|와}'", []),
    ('"{n} of {sx}"', "'{n|에서} of {sx}'",
     [("14:35: error[E316]: '에서' is no Korean particle with two forms",
       "write one such as 은, 이, 을, 와, 으로, 이다, 이라; what has one form follows the }")]),
    ('"{n} of {sx}"', "'{n}이 {sx:3sf}를 나눕니다'",
     [("14:35: warning[W417]: '이' stands behind every number, whatever form that number wants",
       "write {n|이}"),
      ("14:40: warning[W417]: '를' stands behind every number, whatever form that number wants",
       "write {sx:3sf|를}")]),
    ('"{n} of {sx}"', "'{n|이} {sx:3sf|를} 나눕니다'", []),
    ('"{n} of {sx}"', r"'$n = \val{n}$을 $$\val{sx:3sf} $$로 나눕니다'",
     [("14:40: warning[W417]: '을' stands behind every number, whatever form that number wants",
       "write the number behind the formula, as {n|을}"),
      ("14:52: warning[W417]: '로' stands behind every number, whatever form that number wants",
       "write the number behind the formula, as {sx:3sf|로}")]),
    ('"{n} of {sx}"', r"'$\val{n}x$를 $\val{n}$개와 $\val{sx}$입니다'", []),
    ('"{n} of {sx}"', "'{n}이상 {n}개를 {sx}에서, {n}자이고 {sx}이므로 {sx}입니다'", []),
    ('"{n} of {sx}"', r"'$\val{n|은}$ of {sx}'",
     [("14:36: error[E316]: a particle cannot stand in a formula",
       "write it after the formula")]),
    ('"{n} of {sx}"', '"{n} of {sx}, {v}, {v:2sf}"',
     [("14:53: error[E321]: 'v' is shown as 4sf elsewhere in the question",
       "it is rounded to what is shown before it is used: show it one way")]),
    ('  require: ["n > 1"]', "  distinct: [n, x]",
     [("12:17: error[E303]: unknown name 'x'", "did you mean 'sx'?")]),
    ("  solution", "  tests: [{seed: 1, answer: '2', outcome: wrong, misconception: singl}]\n  solution",
     [("18:65: error[E300]: unknown misconception 'singl'", "did you mean 'single'?")]),
    ("  solution", "  tests: [{seed: 1, answer: '2', outcome: wrong, language: fr}]\n  solution",
     [("18:60: error[E300]: unknown language 'fr'", "one of en, ko")]),
    ("n: {choice: [2, 3, 4, 5, 6, 7, 8, 9]}", "m: {table: [{label: x, n: 2}, {label: y, n: 3}]}",
     []),
    ("n: {choice: [2, 3, 4, 5, 6, 7, 8, 9]}", "m: {table: [{n: 2, sx: 1}, {n: 3, sx: 4}]}",
     [("11:5: error[E318]: the name 'sx' is bound twice", "choose another")]),
    ('{v: "n*sx"}', '{v: "n*sx", e: "2"}',
     [("13:20: error[E318]: the name 'e' has a meaning in formulas already", "choose another")]),
    ('{v: "n*sx"}', '{v: "n*sx", n: "2"}',
     [("13:20: error[E318]: the name 'n' is bound twice", "choose another")]),
    ('"{n} of {sx}"', '"{n} of {sx} {xs}"',
     [("14:47: error[E305]: unknown placeholder {xs}", "names here: n, sx, v")]),
    ('"{n} of {sx}"', '"{n} of {sx} {answer}"',
     [("14:47: error[E305]: {answer} would give the key away here",
       "only the solution and the feedback of a number may show it")]),
    ('"{n} of {sx}"', '"{n:3f} of {sx}"',
     [("14:35: error[E316]: unknown format '3f' of {n}",
       "write 3sf or 2dp, + for a sign apart, () for brackets, or both: +2dp, (3sf)")]),
    ('"{n} of {sx}"', r"'{n} of {sx} in $x_{in}$, $\sqrt{q}$'", []),  # LaTeX keeps its braces
    *(
        ('"{n} of {sx}"', f'"{{n}} of {{sx}} $a {tex} b$"',
         [("14:50: error[E121]: TeX in double quotes, where a backslash is an escape: " + tex,
           "write the text in single quotes, or in the lines below '|', with one backslash")])
        for tex in (
            "\\theta",  # would be a tab and "heta"
            "\\neq",  # a new line
            "\\frac",  # a form feed
            "\\beta",  # a backspace
            "\\rho",  # a carriage return
            "\\alpha",  # a bell
            "\\xi",  # no number of two digits follows
            "\\sigma",  # no escape at all
            "\\\\theta",  # rightly escaped, and still not how a pack is written
        )
    ),
    ("say: {ko: 하나, en: One}}",
     'say: {ko: 하나, en: One}}\n    - {id: same, formula: "sx*n", say: {ko: 같음, en: Same}}',
     [("18:27: error[E342]: 'same' and 'single' come to one number: neither can be told by it",
       "drop one, or part them by 'when'")]),
    ("say: {ko: 하나, en: One}}",  # never both
     'when: "n > 5", say: {ko: 하나, en: One}}\n'
     '    - {id: same, formula: "v", when: "n <= 5", say: {ko: 같음, en: Same}}', []),
    ("say: {ko: 하나, en: One}}",  # in the one draw in which both hold: by chance
     'say: {ko: 하나, en: One}}\n'
     '    - {id: same, formula: "v*n/2", when: "n == 2", say: {ko: 같음, en: Same}}', []),
    ("say: {ko: 하나, en: One}}",  # n = 2 alone
     'say: {ko: 하나, en: One}}\n    - {id: same, formula: "v*n/2", say: {ko: 같음, en: Same}}', []),
    ('"2*v"', '"(n-1-1)*v"',
     [("15:21: error[E343]: the key is 0 for n = 2, sx = 0.5, and a share of 0 is 0",
       "add 'abs:' to the tolerance, or exclude such draws by 'require'")]),
    ('let: {v: "n*sx"}', 'let: {v: "n/10+0.1-0.3"}',  # 5.6e-17 for n = 2: a product of what cancels
     [("15:21: error[E343]: the key is 0 for n = 2, sx = 0.5, and a share of 0 is 0",
       "add 'abs:' to the tolerance, or exclude such draws by 'require'")]),
    ('"2*v", tolerance: {rel: 0.02}', '"(n-1-1)*v", tolerance: {rel: 0.02, abs: 0.01}', []),
    ('"2*v", tolerance: {rel: 0.02}', '"(n/10-0.1*n/1)*v+0*n", tolerance: {dp: 2}, show: 2dp',
     []),
    ('"{n} of {sx}"', '"{v}"', []),  # a let shows the parameters that it is made of
    ('"{n} of {sx}"', '"{n}"',
     [("14:34: warning[W403]: the prompt does not show the parameter 'sx'",
       "write {sx} where it is said")]),
    ("[2, 3, 4, 5, 6, 7, 8, 9]", "[1, 2]",
     [("10:5: warning[W404]: 'n' may be 0 or 1, which hides errors of the formula",
       "leave 0 and 1 out")]),
])  # fmt: skip
def test_a_numeric_item_with_one_thing_wrong(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert old in NUMERIC
    write_pack(tmp_path, items=CARD + NUMERIC.replace(old, new, 1))
    assert problems(tmp_path) == [(f"items/all.yaml:{where}", help_) for where, help_ in expected]


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("lines: [2]", "lines: [1]",
     [("5:30: error[E310]: the quote is not in line 1 of the notes", "it is in line 2")]),
    ("lines: [2]", "lines: [2, 9]",
     [("5:22: error[E309]: the notes have no line 9: they end with line 2", "it is in line 2")]),
    ("ref: paper", "ref: papr",
     [("6:17: error[E300]: unknown source 'papr'", "did you mean 'paper'?")]),
    ("[{a: 2}]", "[{a: 2}, {b: 3}]",
     [("10:23: error[E315]: every condition of 'given' names the same parameters",
       "the first has a")]),
    (ALSO, "{experiment: dense_layr, quantity: x}",
     [("9:24: error[E311]: unknown experiment 'dense_layr'", "did you mean 'dense_layer'?")]),
    (ALSO,
     "{experiment: dense_layer, with: {fan_inn: a}, quantity: weight_variance}",
     [("9:44: error[E313]: dense_layer has no parameter 'fan_inn'", "did you mean 'fan_in'?")]),
    (ALSO,
     "{experiment: dense_layer, with: {fan_in: 0.5}, quantity: weight_variance}",
     [("9:52: error[E314]: fan_in = 0.5: must be in [1, 4096]", "")]),
    (ALSO,
     "{experiment: dense_layer, with: {init: xavir_normal}, quantity: weight_variance}",
     [("9:50: error[E314]: unknown init 'xavir_normal'", "did you mean 'xavier_normal'?")]),
    ("confirmed", "confimed",
     [("4:13: error[E203]: unknown standing 'confimed'", "did you mean 'confirmed'?")]),
    ("also:", "alo:",
     [("9:12: error[E201]: unknown key 'alo'", "did you mean 'also'?")]),
    ('{id: same, expect: "a"}', '{id: same, expect: "a"}, {id: same, expect: "a"}',
     [("11:48: error[E304]: the id 'same' stands twice in 'controls'", "give each its own")]),
])  # fmt: skip
def test_a_claim_with_one_thing_wrong(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert old in CLAIM
    write_pack(tmp_path, claims=CLAIM.replace(old, new, 1))
    assert problems(tmp_path) == [(f"claims/all.yaml:{where}", help_) for where, help_ in expected]


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("schema: 1\n", "",
     [("pack.yaml:1:1: error[E202]: 'schema' is missing", "write 'schema: 1'")]),
    ("formulas: 1", "formulas: 2",
     [("pack.yaml:2:11: error[E203]: unknown formulas '2'", "write 'formulas: 1', or update studytool for a pack of a later format")]),
    ("1.0.0", "1.0",  # a number, not a text
     [("pack.yaml:4:10: error[E204]: version: 1.0 is no version", "write '1.0.0'")]),
    ("1.0.0", "1.0.x",
     [("pack.yaml:4:10: error[E204]: version: 1.0.x is no version", "write '1.0.0'")]),
    ("id: sample", "id: con",  # `pack add` could not make its folder on Windows
     [("pack.yaml:3:5: error[E204]: id: 'con' is the name of a device on Windows",
       "choose another")]),
    ("title: Sample", f"title: {'S' * 201}",
     [("pack.yaml:5:8: error[E204]: title: a text of more than 200 characters", "shorten it")]),
    ("Scale}", f"{'S' * 201}}}",
     [("pack.yaml:11:24: error[E204]: title: a text of more than 200 characters", "shorten it")]),
    ("[someone]", f"[{', '.join(['a'] * 101)}]",
     [("pack.yaml:8:10: error[E204]: authors: 101 entries, where at most 100 may stand",
       "take 1 out")]),
    ("[someone]", f"[{'a' * 201}]",
     [("pack.yaml:8:11: error[E204]: authors: a text of more than 200 characters", "shorten it")]),
    ("notes: notes.ko.md", "notes: ../../secret.md",
     [("pack.yaml:9:8: error[E204]: notes: '../../secret.md' is not a file beside pack.yaml, "
       "named like notes.ko.md", "put the file beside pack.yaml and write 'notes: notes.md'")]),
    ("notes: notes.ko.md\n", "",
     [("claims/all.yaml:5:3: error[E309]: the pack has no notes",
       "name them in pack.yaml: 'notes: notes.ko.md'")]),
    ("notes.ko.md", "notes.en.md",
     [("notes.en.md:1:1: error[E102]: cannot be read: no such file or folder",
       "check that it is there and its permissions")]),
    ("title: {ko: 규모, en: Scale}}",
     "title: A, requires: [deep]}\n  - {id: deep, title: B, requires: [scale]}",
     [("pack.yaml:11:37: error[E306]: concepts require one another: scale → deep → scale",
       "take one of them out"),
      ("pack.yaml:12:5: warning[W402]: no item is about 'deep'", "")]),
])  # fmt: skip
def test_a_manifest_with_one_thing_wrong(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert old in MANIFEST
    write_pack(tmp_path, manifest=MANIFEST.replace(old, new, 1))
    assert problems(tmp_path) == expected


@pytest.mark.parametrize(("items", "expected"), [
    ("", [("1:1: error[E205]: a file of items or claims is a list", "begin each with '- id:'")]),
    ("a: b\n", [("1:1: error[E205]: a file of items or claims is a list",
                 "begin each with '- id:'")]),
    ("- hello\n" + ITEMS, [("1:3: error[E204]: a mapping is wanted", "begin with '- id: ...'")]),
    (CARD + CARD + NUMERIC,
     [("6:7: error[E304]: the id 'recall' stands twice", "give each its own"),
      ("9:10: warning[W412]: an earlier card asks the same", "ask something else, or drop one")]),
    (CARD + "---\n" + NUMERIC,
     [("6:1: error[E111]: a second document", "use one file for each")]),
    (CARD + "  claims: [ads]\n" + NUMERIC,
     [("6:12: error[E300]: unknown claim 'ads'", "did you mean 'adds'?")]),
    (ITEMS + CHOICE.format(because="ads"),
     [("26:33: error[E300]: unknown claim 'ads'", "did you mean 'adds'?")]),
    (ITEMS + CHOICE.format(because="{claim: ads, rejects: same}"),
     [("26:41: error[E300]: unknown claim 'ads'", "did you mean 'adds'?")]),
    (ITEMS + CHOICE.format(because="{claim: adds, rejects: sam}"),
     [("26:56: error[E300]: adds has no control 'sam'", "did you mean 'same'?")]),
    (ITEMS + CHOICE.format(because="{claim: adds, rejects: other}"),
     [("26:56: error[E300]: adds has no control 'other'", "its controls: same")]),
    (ITEMS + CHOICE.format(because="{claim: adds, rejects: same}"), []),
    (ITEMS + MEASURED.format(when="x > 0.2"), []),
    (ITEMS + MEASURED.format(when="1 > 0"),
     [("26:45: error[E320]: it names no measured quantity, and so cannot fail", "names here: x")]),
    (ITEMS + MEASURED.format(when="abs(x-xavier_variance(64,32)) < 0.01"),
     [("26:45: error[E340]: it and the draws of 'x' both call 'xavier_variance'",
       "write the limit as a number")]),
    (ITEMS + MEASURED.format(when="abs(x-he_variance(96)) < 0.01"), []),
    (ITEMS + MEASURED.format(when="y > 0"),
     [("26:46: error[E303]: formula: unknown name 'y'", "names here: x")]),
    (ITEMS + "- {id: z, kind: cloze, concept: scale, text: 'a {{b|c}}'}\n",
     [("20:3: error[E202]: 'blanks' is missing",
       "write each {{answer|spelling}} as [[name]] in the text, and here "
       "'name: {accept: [answer, spelling]}'")]),
    (ITEMS + BLANKED.format(ko="[[a]]", en="nothing"), [
        ("23:27: error[E308]: the text has no blank [[a]]",
         "blank the same words in each language"),
    ]),
    (ITEMS + BLANKED.format(ko="[[a]] [[b]]", en="[[a]] and [[a]]"), [
        ("23:21: error[E307]: unknown blank [[b]]", "add 'blanks: {b: {accept: [...]}}'"),
        ("23:44: error[E307]: the blank [[a]] stands twice", "give each blank its own name"),
    ]),
    (ITEMS + BLANKED.format(ko="{{a}}", en="[[a]]"), [
        ("23:15: error[E307]: blanks are written [[name]], and their answers under 'blanks'",
         "write [[a]] in place of the braces"),
    ]),
])  # fmt: skip
def test_a_file_of_items_with_one_thing_wrong(
    tmp_path: Path, items: str, expected: list[tuple[str, str]]
) -> None:
    write_pack(tmp_path, items=items)
    assert problems(tmp_path) == [(f"items/all.yaml:{where}", help_) for where, help_ in expected]


def test_all_problems_of_all_files_come_in_one_run_in_order(tmp_path: Path) -> None:
    write_pack(
        tmp_path,
        manifest=MANIFEST.replace("1.0.0", "1.0.x"),
        items=CARD.replace("kind: card", "kind: crad") + NUMERIC.replace('"2*v"', '"2*vv"'),
        claims=CLAIM.replace("confirmed", "confimed"),
    )
    assert [where.split(" ")[0] for where, _ in problems(tmp_path)] == [
        "claims/all.yaml:4:13:",
        "items/all.yaml:2:9:",
        "items/all.yaml:15:24:",
        "pack.yaml:4:10:",
    ]


def test_a_broken_entry_raises_no_second_error_where_it_is_named(tmp_path: Path) -> None:
    items = CARD + "  claims: [adds]\n" + NUMERIC
    write_pack(tmp_path, items=items, claims=CLAIM.replace("confirmed", "confimed"))
    assert [where for where, _ in problems(tmp_path)] == [
        "claims/all.yaml:4:13: error[E203]: unknown standing 'confimed'"
    ]


SIDE = "  - {id: side, title: B}"
BASE = "  - {id: scale, title: {ko: 규모, en: Scale}}"


@pytest.mark.parametrize(("concepts", "is_related"), [
    (f"{BASE}\n{SIDE}", False),
    (BASE[:-1] + ", requires: [side]}\n" + SIDE, True),
    (BASE + "\n" + SIDE[:-1] + ", requires: [scale]}", True),
    (BASE + "\n" + SIDE[:-1] + ", requires: [middle]}\n"
     "  - {id: middle, title: C, requires: [scale]}", True),
    (BASE + "\n" + SIDE[:-1] + ", requires: [base]}\n  - {id: base, title: C}", False),
])  # fmt: skip
def test_an_item_rests_on_claims_of_a_related_concept(
    tmp_path: Path, concepts: str, *, is_related: bool
) -> None:
    """The claim is about 'scale'; the items that name it, a card and a choice, about 'side'."""
    card = CARD.replace("concept: scale", "concept: side") + "  claims: [adds]\n"
    choice = CHOICE.format(because="{claim: adds, rejects: same}").replace("scale", "side")
    write_pack(tmp_path, manifest=MANIFEST.replace(BASE, concepts), items=card + choice + NUMERIC)
    found = [one for one in problems(tmp_path) if "warning" not in one[0]]
    why = "error[E330]: 'adds' is about 'scale', which 'side' has no part in"
    remedy = "name a claim about the item's own sentence"
    places = [] if is_related else ["6:12", "12:48", "13:41"]
    assert [one for one in found if "E330" in one[0]] == [
        (f"items/all.yaml:{place}: {why}", remedy) for place in places
    ]
    assert len(found) == len(places)


def test_an_old_id_is_taken_over_by_one_item_alone(tmp_path: Path) -> None:
    one = CARD.replace("  kind:", "  was: [old]\n  kind:")
    two = (
        one.replace("id: recall", "id: other").replace("Front", "Other").replace("앞면", "다른 면")
    )
    [found] = read_pack(write_pack(tmp_path, items=one + two)).diagnostics
    assert (found.code, found.message, found.place.line) == (
        "E323",
        "'old' is claimed by 'recall' too",
        8,
    )
    assert [related.place.line for related in found.related] == [2]
