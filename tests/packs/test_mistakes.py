"""Slips of an author: the right place, and a remedy that mends the pack when it is followed."""

from pathlib import Path

import pytest

from studytool.packs.reader import read_pack
from tests.cases import first_row_quick
from tests.packs.korean_only import english_words
from tests.packs.samples import CARD, CLAIM, MANIFEST, NOTES, NUMERIC, write_pack

CHOICE = """\
- id: which
  kind: choice
  concept: scale
  prompt: Which?
  options:
    - {id: a, correct: true, text: The $W$ same, because: adds}
    - id: b
      text: Another
"""
PREDICTION = """\
- id: guess
  kind: prediction
  concept: scale
  prompt: Which?
  measure: {x: {experiment: dense_layer, quantity: weight_variance}}
  outcomes:
    - {id: a, text: A, when: "x > 0.2"}
    - {id: b, text: B, when: "x <= 0.2"}
"""
FILES = {
    "pack.yaml": MANIFEST,
    "items/all.yaml": CARD + NUMERIC + CHOICE + PREDICTION,
    "claims/all.yaml": CLAIM,
    "notes.ko.md": NOTES,
}
WRITE = {
    "pack.yaml": "manifest",
    "items/all.yaml": "items",
    "claims/all.yaml": "claims",
    "notes.ko.md": "notes",
}


def found_in(folder: Path, texts: dict[str, str]) -> list[tuple[str, str]]:
    write_pack(folder, **{WRITE[name]: text for name, text in texts.items()})
    reading = read_pack(folder)
    written = "".join(reading.sources.values())
    assert [word for one in reading.diagnostics for word in english_words(one, written)] == []
    return [(str(found), found.help) for found in reading.diagnostics]


def place(file: str, text: str, mark: str) -> str:
    """Return the place of a marked part, as a diagnostic writes it."""
    before = text[: text.index(mark)]
    return f"{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize(("file", "old", "new", "spot", "problem", "remedy", "follow"), first_row_quick([
    # spot: what stands where the problem is reported; follow: the mistake as the remedy mends it
    ("items/all.yaml", "front:", "frnt:", "frnt", "error[E201]: unknown key 'frnt'",
     "did you mean 'front'?", "front:"),
    ("claims/all.yaml", "quote: 분산은 더해진다", "quote: 분산이 더해진다", "분산이",
     "error[E310]: the quote is not in line 2 of the notes",
     "the nearest is in line 2: '분산은 더해진다'", "quote: 분산은 더해진다"),
    ("claims/all.yaml", "lines: [2]", "lines: [7]", "7",
     "error[E309]: the notes have no line 7: they end with line 2", "it is in line 2", "lines: [2]"),
    ("items/all.yaml", "text: Another", "text: the  $W$ Same", "the  $W$",
     "error[E331]: it reads like an earlier one; only their ids tell the two apart",
     "say in the text how they differ", "text: Not the $W$ same"),
    ("items/all.yaml", "text: Another", 'text: " "', '" "', "error[E332]: a text with nothing in it",
     "write it, or take the key out", "text: Another"),
    ("items/all.yaml", "text: Another", "text: the root $a of it", "$a of",
     "error[E350]: this '$' has no partner that would end its formula",
     r"end the formula with '$'; a dollar sign is written '\$'", "text: the root $a$ of it"),
    ("items/all.yaml", "text: Another", "text: it costs $x", "$x",
     "error[E350]: this '$' has no partner that would end its formula",
     r"end the formula with '$'; a dollar sign is written '\$'", r"text: it costs \$x"),
    ("items/all.yaml", "text: Another", "text: it is $ a^2 $", "$ a^2 $",
     "error[E350]: a formula with a space beside its '$' is shown as it is written",
     "write $a^2$", "text: it is $a^2$"),
    ("items/all.yaml", "text: Another", r"text: it is $\sqrt{n$", "{n$",
     "error[E351]: this '{' is not closed in its formula",
     r"close it with '}'; a brace to show is '\{'", r"text: it is $\sqrt{n}$"),
    ("items/all.yaml", "text: Another", r"text: it is $\sqrt n}$", "}$",
     "error[E351]: this '}' closes no brace", r"take it out; a brace to show is '\}'",
     r"text: it is $\sqrt n$"),
    ("items/all.yaml", "text: Another", r"text: it is $\sgma^2$", r"\sgma",
     r"error[E352]: the command '\sgma' cannot be laid out", r"did you mean '\sigma'?",
     r"text: it is $\sigma^2$"),
    ("items/all.yaml", "text: Another", r"text: it is $a \over b$", r"\over",
     r"error[E352]: the command '\over' cannot be laid out", r"write \frac{a}{b}",
     r"text: it is $\frac{a}{b}$"),
    ("items/all.yaml", "text: Another", r"text: it is $\begin{align}a\end{align}$", r"\begin{align}",
     r"error[E352]: the command '\begin{align}' cannot be laid out",
     "only 'matrix', 'pmatrix', 'bmatrix', 'Bmatrix', 'vmatrix', 'Vmatrix' and 'cases' are laid out",
     r"text: it is $\begin{cases}a\end{cases}$"),
    ("items/all.yaml", "text: Another", r"text: it is $\begin{cases}a$", r"\begin{cases}",
     r"error[E351]: this '\begin{cases}' stands alone in its formula",
     r"write \begin{pmatrix} … \end{pmatrix}, the same name at both ends",
     r"text: it is $\begin{cases}a\end{cases}$"),
    ("items/all.yaml", "front: {ko: 앞면, en: Front}", "front: [Front]", "[Front]",
     "error[E204]: front: a text is wanted",
     "write one text in quotes, or a map such as {ko: ..., en: ...}",
     "front: {ko: Front, en: Front}"),
    ("items/all.yaml", "measure: {x: {experiment: dense_layer, quantity: weight_variance}}",
     'measure: {x: {sample: "normal(0, 1, [reps])", quantity: mean}}', "quantity: mean",
     "error[E201]: unknown key 'quantity'", "keys here: because, let, name, over, sample, statistic",
     "measure: {x: {experiment: dense_layer, quantity: weight_variance}}"),
    ("claims/all.yaml", "given: [{a: 2}]", "given: [{a: 2}]\n      rtol: 0.2", "rtol",
     "error[E345]: an rtol above 0.05 needs a reason",
     "say it in 'because:' beside 'rtol', or narrow it",
     "given: [{a: 2}]\n      rtol: 0.2\n      because: The draws are few"),
    ("claims/all.yaml", 'same, expect: "a"', 'same, expect: "1+a"', '"1+a"',
     "error[E346]: the control 'same' says what the claim says",
     "write what somebody in error would say", 'same, expect: "2*a"'),
    ("pack.yaml", "title: Sample", r"title: Sample $\qed$", r"\qed",
     r"error[E352]: the command '\qed' cannot be laid out", "write it with other commands, or in words",
     "title: Sample"),
]))  # fmt: skip
def test_a_mistake_is_found_in_its_place_and_the_remedy_works(
    tmp_path: Path, file: str, old: str, new: str, spot: str, problem: str, remedy: str, follow: str
) -> None:
    assert found_in(tmp_path, FILES) == []
    wrong = FILES[file].replace(old, new, 1)
    assert wrong != FILES[file]
    [one] = found_in(tmp_path, FILES | {file: wrong})
    assert one == (f"{place(file, wrong, spot)}: {problem}", remedy)
    assert found_in(tmp_path, FILES | {file: wrong.replace(new, follow, 1)}) == []


@pytest.mark.parametrize("words", [
    "between $5 and $10",  # money is no formula
    "$5.50, $1,000",
    r"\$5 and $x$",
    "`$x` of $y$",  # code is not read
    r"$\left(\frac{a}{b}\right)^{2}$ $\mathbb{R}$ $\{x\}$ $\hat y_{i}$ $$a = b$$",
])  # fmt: skip
def test_right_formulas_and_money_are_left_alone(tmp_path: Path, words: str) -> None:
    items = FILES["items/all.yaml"].replace("text: Another", f"text: '{words}'")
    assert found_in(tmp_path, FILES | {"items/all.yaml": items}) == []


def test_a_second_id_shows_where_the_first_stands(tmp_path: Path) -> None:
    write_pack(tmp_path, items=CARD + NUMERIC + NUMERIC)
    [found] = read_pack(tmp_path).diagnostics
    assert str(found.related[0].place) == "items/all.yaml:6:7"
    assert found.related[0].says.text("en") == "the first stands here"


def test_case_counts_inside_a_formula(tmp_path: Path) -> None:
    items = FILES["items/all.yaml"].replace("text: Another", "text: The $w$ same")
    assert found_in(tmp_path, FILES | {"items/all.yaml": items}) == []


@pytest.mark.parametrize(("name", "part"), [
    ("item", "items"), ("Items", "items"), ("itmes", "items"), ("items.yaml", "items"),
    ("claim", "claims"), ("claims.yml", "claims"),
])  # fmt: skip
def test_a_folder_nearly_called_a_part_is_an_error(tmp_path: Path, name: str, part: str) -> None:
    write_pack(tmp_path)
    (tmp_path / name).mkdir() if "." not in name else (tmp_path / name).touch()
    assert [(str(one), one.help) for one in read_pack(tmp_path).diagnostics] == [
        (f"{name}:1:1: error[E107]: is not read", f"put its files into the folder '{part}/'")
    ]


def test_a_pack_without_items_is_an_error(tmp_path: Path) -> None:
    write_pack(tmp_path, items="[]\n", manifest=MANIFEST)
    found = [str(one) for one in read_pack(tmp_path).diagnostics]
    assert found[0] == "items:1:1: error[E108]: the pack has no items"
    (tmp_path / "items").rename(tmp_path / "item")  # one slip, one error
    errors = [one for one in read_pack(tmp_path).diagnostics if one.code.startswith("E")]
    assert [str(one) for one in errors] == ["item:1:1: error[E107]: is not read"]


def test_other_things_beside_the_pack_are_left_alone(tmp_path: Path) -> None:
    write_pack(tmp_path)
    for name in ("assets", "README.md", "evidence.lock", "terms.yaml", "drafts"):
        (tmp_path / name).touch()
    assert read_pack(tmp_path).diagnostics == ()


@pytest.mark.parametrize(("one", "other", "are_twins"), [
    ("$x^2$", "$x^{2}$", True),  # what a reader sees is the same
    ("$W_{i}$ grows", "$W_i$ grows.", True),
    ("−1", "-1", True),
    ("1–2", "1-2", True),
    ("$x^{21}$", "$x^21$", False),
    ("$N$", "$n$", False),
    ("1.0", "1.00", False),  # two precisions may be the question
    ("0.5", "05", False),
])  # fmt: skip
def test_options_that_look_alike_are_twins(
    tmp_path: Path, one: str, other: str, *, are_twins: bool
) -> None:
    items = f"""\
- id: which
  kind: choice
  concept: scale
  prompt: Which?
  options:
    - {{id: a, correct: true, text: '{one}', say: Yes}}
    - {{id: b, text: '{other}', say: No}}
"""
    found = read_pack(write_pack(tmp_path, items=items)).diagnostics
    assert ("E331" in [one.code for one in found]) is are_twins
