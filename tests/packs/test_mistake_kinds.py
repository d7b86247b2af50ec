"""Mistakes of each kind: where each is found, what is said, and that the remedy mends it."""

from pathlib import Path

import pytest

from tests.authoring.checking import problems_of
from tests.cases import first_row_quick
from tests.packs.all_kinds import FILES

ITEM, PACK, SAID = "items/all.yaml", "pack.yaml", "claims/all.yaml"
CHECKED = 'check: {sample: "2*sum(normal(sx, 1, [reps, n]), axis=1)", statistic: mean}'

ROWS = [
    # file, what stood there, the slip, the spot, the problem, the remedy, as it is mended
    # --- keys: one slip, one error
    (ITEM, "concept: scale\n  front", "concpet: scale\n  front", "concpet", "E201 unknown key 'concpet'",
     "did you mean 'concept'?", None),
    (ITEM, "  misconceptions:", "  mistakes:", "mistakes", "E201 unknown key 'mistakes'",
     "did you mean 'misconceptions'?", None),
    (ITEM, "front:", "question:", "question", "E201 unknown key 'question'", "did you mean 'front'?", None),
    (ITEM, "- id: recall", "- ID: recall", "ID", "E201 unknown key 'ID'", "did you mean 'id'?", None),
    (ITEM, "  kind: card", "  knd: card", "knd", "E201 unknown key 'knd'", "did you mean 'kind'?", None),
    (SAID, "expect: \"a + 1\"", "expected: \"a + 1\"", "expected", "E201 unknown key 'expected'",
     "did you mean 'expect'?", None),
    (PACK, "citation:", "cite:", "cite:", "E201 unknown key 'cite'", "did you mean 'citation'?", None),
    (ITEM, "d: {formula: 'n*2', show: 3sf}", "d: {formula: 'n*2', accept: [a]}", "formula: 'n*2', accept",
     "E201 unknown key 'formula'", "write 'accept' or 'formula', not both", None),
    (ITEM, "{factor: 3}", "{factor: 3, abs: 1}", "abs: 1", "E201 unknown key 'abs'",
     "write 'factor' or 'abs', not both", None),
    (ITEM, "correct: true", "correct true", "correct true", "E201 a colon is missing after 'correct'",
     "write 'correct: true'", None),
    (ITEM, 'formula: "v", say: {ko: 하나, en: One}', 'formula: "v"', "{id: single", "E202 'say' is missing", "add 'say: ...'", None),
    # --- values
    (PACK, "schema: 1", "schema: '1'", "'1'", "E203 unknown schema '1'", "write 1, without quotes", None),
    (PACK, "schema: 1", "schema: 2", "2", "E203 unknown schema '2'",
     "write 'schema: 1', or update studytool for a pack of a later format", None),
    (PACK, "[ko, en]", "ko", "ko\nlicence", "E204 languages: a list is wanted", "write [ko]", "[ko, en]"),
    (PACK, "[ko, en]", "[korean, en]", "korean",
     "E204 languages: 'korean' is not a language such as ko, en or pt-BR",
     "write a tag such as ko, en or pt-BR", None),
    (ITEM, "- id: recall", "- id: 작은-가중치", "작은",
     "E204 id: '작은-가중치' is not lower-case letters and digits, joined by single hyphens",
     "write it as in 'small-weights-2'", "- id: small-weights-2"),
    (ITEM, "- id: recall", "- id: rec\u0430ll", "rec\u0430ll",
     "E204 id: 'rec\u0430ll' is not lower-case letters and digits, joined by single hyphens",
     "type '\u0430' anew: it is CYRILLIC SMALL LETTER A", "- id: recall"),
    (ITEM, "show: 3sf", "show: f", "f}", "E204 show: 'f' is not significant figures like 3sf or decimal places like 2dp",
     "write 3sf or 3dp", None),
    (PACK, "[ko, en]", "[ko, en, ko]", "[ko, en, ko]", "E204 languages: 'ko' stands twice", "name it once", None),
    (PACK, "authors: [someone]", "authors: someone", "someone", "E204 authors: a list is wanted",
     "write [someone]", None),
    (SAID, "ref: paper", "ref: paper, looked_up: 30.11.2026", "30.11.2026", "E204 looked_up: '30.11.2026' is no day",
     "write year, month and day: 2026-11-30", None),
    (SAID, "ref: paper", "ref: paper, looked_up: 2026-02-30", "2026-02-30", "E204 looked_up: '2026-02-30' is no day",
     "write year, month and day: 2026-11-30", None),
    (SAID, "lines: [2]", "lines: [0]", "0], quote", "E204 lines: 0 is out of bounds",
     "write a number at least 1", None),
    (SAID, "lines: [2]", "lines: []", "[], quote", "E204 lines: 0 entries, where at least 1 is wanted",
     "add 1 more", None),
    (ITEM, "rel: 0.02", "rel: 60%", "60%", "E204 rel: 60% is out of bounds", "write a number at most 50%",
     "rel: 2%"),
    (ITEM, "tolerance: {rel: 0.02}", "tolerance: 0.02", "0.02}", "E204 tolerance: a mapping is wanted",
     "write 'tolerance: {rel: 0.02}'", None),
    (ITEM, "tolerance: {rel: 0.02}", "tolerance: {sf: 3, rel: 1%}", "sf: 3",
     "E204 'sf' and 'dp' stand alone", "take the others out; only 'rel' and 'abs' go together",
     "tolerance: {sf: 3}"),
    (ITEM, "tolerance: {rel: 0.02}", "show: 3", "3}", "E204 show: a text is wanted", "write 3sf or 3dp",
     "show: 3sf"),
    (ITEM, "  front:", "  tags: [Linear Algebra]\n  front:", "Linear",
     "E204 tags: 'Linear Algebra' is not lower-case letters and digits, joined by single hyphens",
     "write linear-algebra", "  tags: [linear-algebra]\n  front:"),
    (ITEM, "en: [red]", "en: []", "[]}}", "E204 en: 0 entries, where at least 1 is wanted", "add 1 more", None),
    (ITEM, "en: [red]", "en: [3]", "3]}}", "E204 en: a text is wanted", "put it in quotes", "en: ['3']"),
    (ITEM, "accept: {ko: [빨강, 적색], en: [red]}", "accept: red", "red}", "E204 accept: a list is wanted",
     "write [red]", "accept: [red]"),
    (ITEM, "log: [0.001, 10]", "log: [10, 0.001]", "[10",
     "E204 log: the first is not between 0 and the second", "write [low, high] with 0 < low < high", None),
    (ITEM, "{factor: 3}", "{factor: 300}", "within", "E204 'within' covers the whole axis",
     "narrow it, or widen the axis", None),
    (ITEM, "distinct: [a, b]", "distinct: [a, a]", "distinct", "E204 'distinct' names 'a' twice",
     "name it once", None),
    (ITEM, "  solution: {ko: '{n}+{n}'", "  unordered: [d, q]\n  solution: {ko: '{n}+{n}'", "unordered",
     "E204 'unordered' names 'q', which is not among 'blanks'",
     "add it to 'blanks', or take it out of 'unordered'", None),
    (ITEM, "{id: a, correct: true, text", "{id: a, text", "options:\n    - {id: a, t", "E204 none of the options is right",
     "write 'correct: true' at one or more of them, or 'when' at each", None),
    (ITEM, "{id: c, correct: false, pin", "{id: c, pin", "options:\n    - {id: a, w",
     "E204 'options': nothing says whether 'c' is right", "give it a 'when', or 'correct: false' where it never is",
     "{id: c, correct: false, pin"),
    # --- placeholders
    (ITEM, '"{n} of {sx}"', '"{n} of {sx} {2*n:3sf}"', "{2*n", "E305 a placeholder is one name, and '2*n' is a formula",
     "give it a name under 'let', and write that name in the braces", '"{n} of {sx}"'),
    (ITEM, '"{n} of {sx}"', "'{n} of {sx} $\\val{n*sx}$'", "\\val", "E305 a placeholder is one name, and 'n*sx' is a formula",
     "give it a name under 'let', and write that name in the braces", None),
    (ITEM, '"{n} of {sx}"', '"{ n } of {sx}"', "{ n", "E305 a placeholder has no spaces in it", "write {n}", None),
    (ITEM, '"{n} of {sx}"', "'{n} of {sx} $\\val{ n }$'", "\\val", "E305 a placeholder has no spaces in it",
     "write \\val{n}", None),
    # --- numbers
    (ITEM, "[0.5, 2.0]", "[−0.5, 2.0]", "−0.5", "E204 uniform: a number is wanted", "write -0.5", None),
    (ITEM, "[0.5, 2.0]", "[0.5, ２]", "２]", "E204 uniform: a number is wanted", "write 2", "[0.5, 2]"),
    (ITEM, "[0.5, 2.0]", "[1/2, 2.0]", "1/2", "E204 uniform: a number is wanted", "write 0.5", None),
    (ITEM, "[0.5, 2.0]", "[0.5, .inf]", ".inf", "E204 uniform: a number is wanted",
     "write a finite number", None),
    (ITEM, "[0.5, 2.0]", "[0,5, 2,0]", "[0,5", "E204 uniform: 4 entries, where at most 2 may stand",
     "write [0.5, 2.0]: decimals have a point", None),
    (ITEM, "rel: 0.02", "rel: 1,5%", "1,5%", "E117 '1,5%' has a decimal comma", "write 1.5%", "rel: 1.5%"),
    # --- YAML
    (ITEM, "    d: {formula", "    d {formula", "d {formula", "E110 not YAML: a colon is missing after 'd'",
     "write 'd: {'", None),
    (ITEM, "  kind: card", "  kind = card", "kind = card", "E110 not YAML: a colon is missing after 'kind'",
     "write 'kind: card'", None),
    (ITEM, "- id: recall", "– id: recall", "– id", "E110 not YAML: '–' begins no entry of a list",
     "write '- '", None),
    (ITEM, "- id: doubled", "• id: doubled", "• id", "E110 not YAML: '•' begins no entry of a list",
     "write '- '", None),
    (ITEM, "{ko: 앞면, en", "{ko: 앞면; en", "; en: Front", "E110 not YAML: ';' is no comma",
     "write ',' in place of ';'", None),
    (ITEM, "{ko: 앞면, en", "{ko: 앞면， en", "， en: Front", "E110 not YAML: '，' is no comma",
     "write ',' in place of '，'", None),
    (ITEM, "en: Front}", "en:}", "en:}", "E110 not YAML: 'en' has no value",
     "write a value behind it, or take 'en' out", None),
    (ITEM, "en: Front", "en: “Front, it”", "it”", "E206 the text before 'it”' ends at its comma",
     "“ is no quote of YAML: put the text in ' ' or \" \"", "en: 'Front, it'"),
    # --- formulas of texts
    (ITEM, "en: Front", r"en: '$\left( a$'", r"\left", r"E351 this '\left' has no '\right' in its formula",
     r"write \left( … \right), or brackets without '\left'", r"en: '$\left( a \right)$'"),
    (ITEM, "en: Front", r"en: '$a \right)$'", r"\right", r"E351 this '\right' has no '\left' in its formula",
     r"write \left( … \right), or brackets without '\right'", "en: '$a )$'"),
    (ITEM, "en: Front", r"en: '$\frac{a}$'", r"\frac",
     r"E353 at seed 0 this formula cannot be laid out: \frac{a}",
     r"give each command and script what it takes, in braces: \frac{a}{b}, \sqrt{a}, a^{b}",
     r"en: '$\frac{a}{b}$'"),
    (ITEM, "en: Front", "en: '$$a+b$'", "$$a", "E350 this '$$' has no partner that would end its formula",
     r"end the formula with '$$'; a dollar sign is written '\$'", "en: '$$a+b$$'"),
    (ITEM, "en: Front", r"en: 'so \(a+b\)'", r"\(a", r"E354 '\(' is TeX, and stands outside a formula",
     "put the formula between '$' and '$', or show it as `code`", "en: 'so $a+b$'"),
    (ITEM, "en: Front", r"en: 'so \frac{a}{b} is'", r"\frac",
     r"E354 '\frac' is TeX, and stands outside a formula",
     "put the formula between '$' and '$', or show it as `code`", r"en: 'so $\frac{a}{b}$ is'"),
    (ITEM, '"{n} of {sx}"', r"'\val{n} of {sx}'", r"\val",
     r"E305 \val puts a number into a formula, and here is none", "write {n}", "'{n} of {sx}'"),
    (ITEM, '"{n} of {sx}"', '"{n} of {{sx}}"', '"{n}', "W403 the prompt does not show the parameter 'sx'",
     "write {sx}, with one brace", None),
    (ITEM, 'let: {v: "n*sx"}', 'let: {v: "n sx"}', 'sx"', "E301 formula: an operator is missing before 'sx'",
     "write * for a product", None),
    (ITEM, 'let: {v: "n*sx"}', 'let: {v: "2n*sx"}', '2n', "E301 formula: '2n' is not a decimal number",
     "write it like 0.25, and a product like 2*n", 'let: {v: "n*sx"}'),
    (ITEM, '"{n} of {sx}"', r"'$\sqrt{n}$ of {sx}'", r"'$\sqrt",
     "W403 the prompt does not show the parameter 'n'", r"write \val{n} in the formula for its number",
     r"'$\sqrt{\val{n}}$ of {sx}'"),
    (ITEM, "en: Front", "en: \u3164", "\u3164", "E332 a text with nothing in it",
     "write it, or take the key out", None),
    # --- blanks
    (ITEM, "is [[d]], the", "is {{d}}, the", "{{d}}",
     "E307 blanks are written [[name]], and their answers under 'blanks'",
     "write [[d]] in place of the braces", None),
    (ITEM, "colour [[c]]", "colour {{red|crimson}}", "{{red",
     "E307 blanks are written [[name]], and their answers under 'blanks'",
     "write [[c]] in place of the braces", None),
    (ITEM, "colour [[c]]", "colour [[c|red]]", "[[c|", "E307 the answers of a blank stand under 'blanks'",
     "write [[c]]", None),
    (ITEM, "colour [[c]]", "colour [[c]", "[[c]'", "E307 this blank is not closed", "write [[c]]", None),
    (ITEM, "colour [[c]]", "colour $[[c]]$", "[[c]]$",
     "E307 the blank [[c]] stands in a formula or in code, where it is text", "write it outside", None),
    (ITEM, "    c: {accept", "    e: {accept: [a]}\n    c: {accept", "e: {accept",
     "E308 no text has the blank [[e]]", "write [[e]] in the text, or take it out of 'blanks'",
     "    c: {accept"),
    # --- what is computed
    (ITEM, 'formula: "v", say', 'formula: "n*(sx+sx)", say', '"n*(sx',
     "E344 'single' comes to the key: whoever makes it is right", "mend its formula, or take it out", None),
    (ITEM, "'a > b'", "'a - b'", "'a - b'", "E324 a condition is wanted, and this is a number",
     "compare it: 'a - b > 0', say", "'a - b > 0'"),
    (ITEM, '["n > 1"]', '["n - 1"]', '"n - 1"', "E324 a condition is wanted, and this is a number",
     "compare it: 'n - 1 > 0', say", '["n - 1 > 0"]'),
    (ITEM, "'a > b'", "'a = b'", "= b'", "E301 formula: there is no assignment", "write == to compare",
     "'a == b + 1'"),
    (SAID, 'same, expect: "a"', 'same, expect: "1.001*a + 1"', None, None, None, None),
    (SAID, 'given: [{a: 2}]\n      controls: [{id: same, expect: "a"}]',
     'given: [{a: 2}]\n      rtol: 0.01\n      controls: [{id: same, expect: "1.001*a + 1"}]',
     '"1.001*a',
     "E346 the control 'same' says what the claim says, within its rtol of 0.01",
     "write what somebody in error would say", None),
    (ITEM, "d: {formula: 'n*2', show", "d: {formula: 'n-2', show", "'n-2'",
     "E343 the key is 0 for n = 2, and a share of 0 is 0",
     "add 'abs:' to the tolerance, or exclude such draws by 'require'",
     "d: {formula: 'n-2', tolerance: {abs: 0.1}, show"),
    (ITEM, "d: {formula: 'n*2', show", "d: {formula: 'n-2', tolerance: {dp: 1}, show", None, None, None, None),
    (ITEM, "normal(sx, 1,", "normal(sx, -1,", "normal(sx", "E366 tried with 8 replicates: normal: sd is negative",
     "mend the formula, or exclude such draws by 'require'", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "right", "slip", "spot", "problem", "remedy", "mended"), first_row_quick(ROWS)
)
def test_a_slip_is_told_in_its_place_and_its_remedy_mends_it(
    tmp_path: Path,
    file: str,
    right: str,
    slip: str,
    spot: str | None,
    problem: str | None,
    remedy: str | None,
    mended: str | None,
) -> None:
    assert right in FILES[file]
    wrong = FILES[file].replace(right, slip, 1)
    found = problems_of(tmp_path, FILES | {file: wrong})
    if spot is None:
        assert found == []  # a neighbour of the kind that is none
        return
    begins = wrong.index(slip)
    at = wrong.find(spot, begins)
    if not begins <= at <= begins + len(slip):
        at = wrong.rindex(spot, 0, begins + len(spot))
    line = wrong.count("\n", 0, at) + 1
    place = f"{file}:{line}:{at - wrong.rfind(chr(10), 0, at)}"
    kind = "warning" if str(problem).startswith("W") else "error"
    code, _, words = str(problem).partition(" ")
    [(where, help_)] = found
    assert where == f"{place}: {kind}[{code}]: {words}"
    assert help_ == (remedy or "")
    assert problems_of(tmp_path, FILES | {file: wrong.replace(slip, mended or right, 1)}) == []


def test_nothing_is_wrong_with_the_pack_that_is_altered(tmp_path: Path) -> None:
    assert problems_of(tmp_path, FILES) == []


ORDERED = """\
- id: above
  concept: scale
  statement: {ko: 더 크다, en: It is larger}
  standing: confirmed
  source: {ref: paper, at: eq. 1}
  checks:
    - greater: {experiment: dense_layer, with: {fan_in: 8}, quantity: weight_variance}
      than: {experiment: dense_layer, with: {fan_in: 64}, quantity: weight_variance}
      controls: [CONTROL]
"""


@pytest.mark.parametrize(("file", "slip", "spot", "problem", "remedy"), [
    # keys of the format before, each told what it became
    (ITEM, CHECKED.replace("sample", "exact"), "{exact", "check: needs one of the keys sample, experiment, also",
     "'exact' is called 'also' now, and has its reason in 'because: {ko: ..., en: ...}'"),
    (SAID, ORDERED.replace("CONTROL", "{id: same, expect: equal}"), "{id: same",
     "controls: needs one of the keys contrast, greater",
     "write 'contrast: {name: value}' in its place: where the order is not seen"),
    (SAID, ORDERED.replace("CONTROL", "{id: less, expect: reversed}"), "{id: less",
     "controls: needs one of the keys contrast, greater",
     "write 'greater:' and 'than:' in place of 'expect: reversed': a comparison that is refuted"),
])  # fmt: skip
def test_what_a_key_of_format_0_became(
    tmp_path: Path, file: str, slip: str, spot: str, problem: str, remedy: str
) -> None:
    right = CHECKED if file == ITEM else ""
    wrong = FILES[file].replace(right, slip, 1) if right else FILES[file] + slip
    at = wrong.rindex(spot)
    place = f"{file}:{wrong.count(chr(10), 0, at) + 1}:{at - wrong.rfind(chr(10), 0, at)}"
    found = problems_of(tmp_path, FILES | {file: wrong})
    assert found == [(f"{place}: error[E204]: {problem}", remedy)]
