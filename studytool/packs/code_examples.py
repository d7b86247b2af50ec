"""An example of each code of ``studytool check``: what is wrong, and how it stands right.

Every example is tried by ``tests/packs/test_code_examples.py``: the wrong text gives its code in a
pack that has the right one, and there nothing is wrong.
"""

from typing import NamedTuple

from studytool.language import Phrase


class CodeExample(NamedTuple):
    """A part of a pack's file, as it gives a code and as it is right."""

    file: str
    wrong: str
    right: str


_PACK, _ITEMS, _CLAIMS = "pack.yaml", "items/all.yaml", "claims/all.yaml"


def _pack(wrong: str, right: str) -> CodeExample:
    return CodeExample(_PACK, wrong, right)


def _item(wrong: str, right: str) -> CodeExample:
    return CodeExample(_ITEMS, wrong, right)


def _experiment(wrong: str, right: str) -> CodeExample:
    return CodeExample("experiments/all.yaml", wrong, right)


def _claim(wrong: str, right: str) -> CodeExample:
    return CodeExample(_CLAIMS, wrong, right)


_CARD_FRONT = "  front: {ko: 앞면, en: Front}"
_RANGE = "sx: {uniform: [0.5, 2.0], sigfigs: 2}"
_PROMPT = '  prompt: {ko: "{n}개, {sx}", en: "{n} of {sx}"}'
_ANSWER = '  answer: {formula: "2*v", tolerance: {rel: 0.02}}'
_LET = '  let: {v: "n*sx"}'
_WRONG_WAY = '    - {id: single, formula: "v", say: {ko: 하나, en: One}}'
_CHECK = '  check: {sample: "2*sum(normal(sx, 1, [reps, n]), axis=1)", statistic: mean}'
_MEASURE = "  measure: {x: {experiment: dense_layer, quantity: weight_variance}}"
_MEASURED_WITH = (
    "  measure: {x: {experiment: dense_layer, with: {fan_in: 64}, quantity: weight_variance}}"
)
_TEXT = "text: {ko: '{n}의 두 배는 [[d]], 색은 [[c]]', en: 'Twice {n} is [[d]], the colour [[c]]'}"
_BLANK = "    d: {formula: 'n*2', show: 3sf}"
_OPTIONS = """\
    - {id: a, correct: true, text: {ko: 같다, en: The same}, because: adds}
    - {id: b, text: {ko: 다르다, en: Another}, say: {ko: 아니다, en: No}}"""
_CONTROL = '      controls: [{id: same, expect: "a"}]'

_MARGIN = """\
      margin: "0.001"
      controls: [{id: small, contrast: {fan_in: "64"}}]"""


def _front(english: str) -> str:
    return _CARD_FRONT.replace("Front", english)


def _in_line(line: str, old: str, new: str) -> CodeExample:
    assert old in line, old
    return _item(line.replace(old, new), line)


EXAMPLES: dict[str, CodeExample | Phrase] = {
    # --- reading ------------------------------------------------------------------------------
    "E100": Phrase("pack.yaml이 없는 폴더", "a folder that holds no pack.yaml"),
    "E101": Phrase("5 MB가 넘는 items/all.yaml", "an items/all.yaml of more than 5 MB"),
    "E102": _pack("notes: notes.en.md", "notes: notes.ko.md"),
    "E103": Phrase(
        "CP949로 저장한 items/all.yaml. UTF-8로 다시 저장하세요.",
        "an items/all.yaml saved in CP949; save it in UTF-8",
    ),
    "E104": _in_line(_CARD_FRONT, "앞면", "앞\u202e면"),
    "E105": Phrase(
        "다른 폴더의 파일을 가리키는 링크 items/all.yaml. 파일 자체를 넣으세요.",
        "an items/all.yaml that is a link to a file elsewhere; put the file itself there",
    ),
    "E106": Phrase(
        "파일이 모두 합쳐 한도보다 많은 꾸러미. 나누거나 --large로 읽으세요.",
        "a pack with more files than the limit; part it, or read it with --large",
    ),
    "E107": Phrase("items/ 대신 item/이라는 폴더", "a folder item/ in place of items/"),
    "E108": Phrase("items/에 '[]'뿐인 꾸러미", "a pack with nothing but '[]' in items/"),
    "E110": _item("  kind = card", "  kind: card"),
    "E111": _item("---\n- id: doubled", "- id: doubled"),
    "E112": _item("  back: &back {ko: 뒷면, en: Back}", "  back: {ko: 뒷면, en: Back}"),
    "E113": _in_line(_CARD_FRONT, "{ko", "!!map {ko"),
    "E114": _item(f"  front: {'[' * 33}{']' * 33}", _CARD_FRONT),
    "E115": _item(f"{_CARD_FRONT}\n{_CARD_FRONT}", _CARD_FRONT),
    "E116": _item("  1: one\n  kind: card", "  kind: card"),
    "E117": _in_line(_RANGE, "2.0", "1_000"),
    "E118": _in_line(_RANGE, "2.0", "1e999"),
    "E119": Phrase(
        "값이 200,000개가 넘는 꾸러미. 나누거나 --large로 읽으세요.",
        "a pack of more than 200,000 values; part it, or read it with --large",
    ),
    "E120": Phrase(
        "고칠 곳이 천 개가 넘는 파일. 앞의 것부터 고치세요.",
        "a file with more than a thousand slips of YAML; mend the first ones",
    ),
    "E121": _item(
        '  front: {ko: 앞면, en: "the angle $\\theta$"}',
        "  front: {ko: 앞면, en: 'the angle $\\theta$'}",
    ),
    "E122": Phrase("20,000바이트가 넘는 글", "a text of more than 20,000 bytes"),
    # --- schema -------------------------------------------------------------------------------
    "E201": _in_line(_CARD_FRONT, "front", "frnt"),
    "E202": _item("  kind: card\n  front", "  kind: card\n  concept: scale\n  front"),
    "E203": _item("  kind: crad", "  kind: card"),
    "E204": _in_line(_ANSWER, "{rel: 0.02}", "0.02"),
    "E205": Phrase(
        "'- id:'가 아니라 'items:'로 시작하는 items/all.yaml",
        "an items/all.yaml that begins with 'items:' in place of '- id:'",
    ),
    "E206": _item("  front: {ko: 앞면, en: One, two}", "  front: {ko: 앞면, en: 'One, two'}"),
    # --- names and formulas -------------------------------------------------------------------
    "E300": _item("  concept: scal", "  concept: scale"),
    "E301": _in_line(_ANSWER, "2*v", "2**/v"),
    "E302": _item('  let: {v: "n*w", w: "v*sx"}', _LET),
    "E303": _in_line(_ANSWER, "2*v", "2*vv"),
    "E304": _item("- id: recall", "- id: doubled"),
    "E305": _in_line(_PROMPT, "of {sx}", "of {sx}, {m}"),
    "E306": _pack(
        "  - {id: scale, title: {ko: 규모, en: Scale}, requires: [scale]}",
        "  - {id: scale, title: {ko: 규모, en: Scale}}",
    ),
    "E307": _in_line(_TEXT, "is [[d]]", "is {{d}}"),
    "E308": _item(f"{_BLANK}\n    e: {{accept: [a]}}", _BLANK),
    "E309": _claim("lines: [7]", "lines: [2]"),
    "E310": _claim("quote: 분산이 더해진다", "quote: 분산은 더해진다"),
    "E311": _in_line(_MEASURE, "dense_layer", "dense_layr"),
    "E312": _in_line(_MEASURE, "weight_variance", "weight_varance"),
    "E313": _in_line(_MEASURED_WITH, "fan_in", "fan_inn"),
    "E314": _in_line(_MEASURED_WITH, "64", "0.5"),
    "E315": _claim("given: [{a: 2}, {b: 3}]", "given: [{a: 2}]"),
    "E316": _in_line(_PROMPT, 'en: "{n}', 'en: "{n:3f}'),
    "E317": _item(
        "  answer: {measure: {experiment: dense_layer, quantity: weight_variance}}",
        _ANSWER,
    ),
    "E318": _item('  let: {v: "n*sx", e: "2"}', _LET),
    "E319": _claim(_MARGIN.replace("0.001", "-1"), _MARGIN),
    "E320": _claim(_MARGIN.replace("0.001", "0"), _MARGIN),
    "E321": _in_line(_PROMPT, "of {sx}", "of {sx}, {v}, {v:2sf}"),
    "E322": _item(
        "  answer: {formula: '2*v', unit: 'm//s'}", "  answer: {formula: '2*v', unit: 'm/s'}"
    ),
    "E323": _item("  kind: card\n  was: [doubled]", "  kind: card\n  was: [older]"),
    "E324": _item('  require: ["n - 1"]', '  require: ["n > 1"]'),
    "E325": _experiment("- id: dense_layer", "- id: walk"),
    "E326": _experiment("  step: {y: 'x + normal", "  step: {x: 'x + normal"),
    "E330": _item(
        "  kind: card\n  concept: side\n  claims: [adds]",
        "  kind: card\n  concept: scale\n  claims: [adds]",
    ),
    "E331": _in_line(_OPTIONS, "{ko: 다르다, en: Another}", "{ko: 같다, en: The same}"),
    "E332": _item(_front("' '"), _CARD_FRONT),
    "E340": _item('  check: {sample: "2*v + normal(0, 1, [reps])"}', _CHECK),
    "E341": _item('  check: {also: "n*sx + v"}', _CHECK),
    "E342": _item(
        _WRONG_WAY + '\n    - {id: product, formula: "sx*n", say: {ko: 곱, en: The product}}',
        _WRONG_WAY,
    ),
    "E343": _in_line(_BLANK, "n*2", "n-2"),
    "E344": _in_line(_WRONG_WAY, '"v"', '"n*sx*2"'),
    "E345": _claim(
        "      given: [{a: 2}]\n      rtol: 0.2",
        "      given: [{a: 2}]\n      rtol: 0.2\n      because: {ko: 뽑은 수가 적다, en: The draws are few}",
    ),
    "E346": _claim(_CONTROL.replace('"a"', '"1 + a"'), _CONTROL),
    "E350": _item(_front("the root $a of it"), _front("the root $a$ of it")),
    "E351": _item(_front(r"'the root $\sqrt{n$'"), _front(r"'the root $\sqrt{n}$'")),
    "E352": _item(_front(r"'the width $\sgma$'"), _front(r"'the width $\sigma$'")),
    "E353": _item(_front(r"'the half $\frac{1}$'"), _front(r"'the half $\frac{1}{2}$'")),
    "E354": _item(_front(r"'the half \frac{1}{2}'"), _front(r"'the half $\frac{1}{2}$'")),
    # --- found by playing ---------------------------------------------------------------------
    "E360": _item('  require: ["n > 100"]', '  require: ["n > 1"]'),
    "E363": _item("    c: {accept: ['re;d']}", "    c: {accept: [red]}"),
    "E364": _in_line(_WRONG_WAY, '"v"', '"2.14*v"'),
    "E365": _item(
        "  tests: [{seed: 0, answer: '0', outcome: right}]",
        "  tests: [{seed: 0, answer: '0', outcome: wrong}]",
    ),
    "E366": _in_line(_CHECK, "normal(sx, 1,", "normal(sx, -1,"),
    "E367": Phrase(
        "해 보는 데 모두 합쳐 1분이나 1GB가 넘게 드는 문항. 수백만 개의 수를 뽑는 sample이 그럴 수 있습니다.",
        "an item whose plays together take over a minute, or over 1 GB: one whose sample draws "
        "millions of numbers, say",
    ),
    # --- warnings -----------------------------------------------------------------------------
    "E368": _experiment("  state: {x: '1/0'}", "  state: {x: '0'}"),
    "W400": Phrase(
        "items/draft.yml. 이름을 items/draft.yaml로 바꾸세요.",
        "items/draft.yml; call it items/draft.yaml",
    ),
    "W401": _item("  front: {ko: 앞면}", _CARD_FRONT),
    "W402": _pack(
        "  - {id: side, title: {ko: 곁, en: Side}}\n  - {id: lone, title: {ko: 홀로, en: Lone}}",
        "  - {id: side, title: {ko: 곁, en: Side}}",
    ),
    "W403": _in_line(_PROMPT, "{n} of {sx}", "{n}"),
    "W404": _item("n: {choice: [1, 2, 3, 4, 5, 6]}", "n: {choice: [2, 3, 4, 5, 6, 7]}"),
    "W405": _item("sx: {choice: [3]}", _RANGE),
    "W408": _item("  solution: {ko: 그렇다, en: So it is}", '  solution: {ko: "{n}", en: "{n}"}'),
    "W411": _in_line(_ANSWER, "2*v", "n"),
    "W412": _item(
        "- id: beside\n  kind: card\n  concept: side\n" + _CARD_FRONT,
        "- id: beside\n  kind: card\n  concept: side\n  front: {ko: 곁면, en: Side}",
    ),
    "W413": _in_line(_ANSWER, "2*v", "max(0, 2*v)"),
    "W414": Phrase(
        "맞는 선택지가 거의 언제나 가장 긴 꾸러미. 틀린 것도 그만큼 자세히 쓰세요.",
        "a pack in which the right option is nearly always the longest; say wrong ones as fully",
    ),
    "W415": Phrase(
        "개념 a의 문항이 a를 먼저 요구하는 개념 b의 주장을 댐. 문항을 b로 옮기세요.",
        "an item of concept a names a claim of b, which requires a; move the item to b",
    ),
    "W416": _item(
        "  params: {k: {integers: [-9, 9]}}\n  front: '1 + {k}'",
        "  params: {k: {integers: [-9, 9]}}\n  front: '1 {k:+}'",
    ),
    "W417": _item(
        '  prompt: {ko: "{n}이 큽니다. {sx}", en: "{n} of {sx}"}',
        '  prompt: {ko: "{n|이} 큽니다. {sx}", en: "{n} of {sx}"}',
    ),
    "W418": _item(_front("'TODO: 앞면'"), _CARD_FRONT),
    "W419": _experiment("  state: {x: '1/(n - 1)'}", "  state: {x: '0'}"),
}
