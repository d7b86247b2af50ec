"""Plays find a number whose sign is misread, in its place; the remedy that is given mends it."""

from pathlib import Path

import pytest

from tests.authoring.checking import problems_of
from tests.cases import first_row_quick
from tests.packs.samples import CLAIM, MANIFEST, NOTES

PARAMS = "  params: {b: {uniform: [-2.0, 2.0], sigfigs: 2}, n: {integers: [2, 30]}}\n"
FILES = {"pack.yaml": MANIFEST, "claims/all.yaml": CLAIM, "notes.ko.md": NOTES}

ROWS = [
    # what is written, what is underlined, what a draw makes of it, the remedy, as it is mended
    ("{n} + {b} = ?", "{b}", "+ −1.8", "write {b:+} in place of the '+' too, or {b:()} for brackets",
     ("{n} {b:+} = ?", "{n} + {b:()} = ?")),
    ("{n} + {b:1dp} = ?", "{b:1dp}", "+ −1.8",
     "write {b:+1dp} in place of the '+' too, or {b:(1dp)} for brackets", ("{n} {b:+1dp} = ?",)),
    ("{n} - {b} = ?", "{b}", "- −1.8", "write {b:()}: brackets where it is negative", ("{n} - {b:()} = ?",)),
    ("{n}: -{b} = ?", "{b}", "-−1.8", "write {b:()}: brackets where it is negative", ("{n}: -{b:()} = ?",)),
    ("{n}·{b} = ?", "{b}", "·−1.8", "write {b:()}: brackets where it is negative", ("{n}·{b:()} = ?",)),
    ("{n}: {b}^2 = ?", "{b}", "−1.8^", "write {b:()}: brackets where it is negative", ("{n}: {b:()}^2 = ?",)),
    ("{n}: {b}² = ?", "{b}", "−1.8²", "write {b:()}: brackets where it is negative", ("{n}: {b:()}² = ?",)),
    (r"{n}: $\val{b}^2$ = ?", r"\val{b}", "−1.8^", r"write \val{b:()}: brackets where it is negative",
     (r"{n}: $\val{b:()}^2$ = ?",)),
    (r"$\val{n}+\val{b}$ = ?", r"\val{b}", "+−1.8",
     r"write \val{b:+} in place of the '+' too, or \val{b:()} for brackets",
     (r"$\val{n}\val{b:+}$ = ?", r"$\val{n}+\val{b:()}$ = ?")),
    (r"{n}: $2\val{b}$ = ?", r"\val{b}", "2−1.8", r"write \val{b:()}: brackets where it is negative",
     (r"{n}: $2\val{b:()}$ = ?",)),
    (r"$\val{n}\times\val{b}$ = ?", r"\val{b}", r"\times−1.8",
     r"write \val{b:()}: brackets where it is negative", (r"$\val{n}\times\val{b:()}$ = ?",)),
    ("{n} + {b:+} = ?", "{b:+}", "+ − 1.8", "take out the '+' before it: this format writes the sign itself",
     ("{n} {b:+} = ?",)),
]  # fmt: skip
"""What is shown of the first draw that is negative, or of the first of all."""


def _found(folder: Path, front: str, params: str = PARAMS) -> list[tuple[str, str]]:
    card = (
        f"- id: recall\n  kind: card\n  concept: scale\n{params}  front: '{front}'\n  back: Back\n"
    )
    return problems_of(folder, FILES | {"items/all.yaml": card})


@pytest.mark.parametrize(("front", "spot", "shown", "remedy", "mended"), first_row_quick(ROWS))
def test_a_misread_sign_is_told_and_its_remedy_mends_it(
    tmp_path: Path, front: str, spot: str, shown: str, remedy: str, mended: tuple[str, ...]
) -> None:
    [(where, help_)] = _found(tmp_path, front)
    column = len("  front: '") + front.index(spot) + 1
    place, _, words = where.partition(": ")
    assert place == f"items/all.yaml:5:{column}"
    assert words.startswith("warning[W416]: at seed ")
    assert words.endswith(f"the sign of this number is misread: '{shown}'")
    assert help_ == remedy
    for one in mended:
        assert _found(tmp_path, one) == []


@pytest.mark.parametrize(
    ("front", "params"),
    [
        ("{n} + {b} = ?", "  params: {b: {uniform: [0.5, 2.0], sigfigs: 2}, n: {integers: [2, 30]}}\n"),
        ("{n}, {b}: {b:0dp}^2?", "  params: {b: {uniform: [-0.4, 0.4], sigfigs: 2}, n: {integers: [2, 30]}}\n"),
        ("{n}+{b}", '  params: {b: {choice: [-3, -2], labels: [up, down]}, n: {integers: [2, 30]}}\n'),
        ("- {b}\n\n    - {n}", PARAMS),
    ],
)  # fmt: skip
def test_what_is_never_negative_there_is_no_slip(tmp_path: Path, front: str, params: str) -> None:
    assert _found(tmp_path, front, params) == []


def test_the_key_in_a_solution_is_looked_at(tmp_path: Path) -> None:
    item = (
        "- id: less\n  kind: numeric\n  concept: scale\n"
        "  params: {n: {integers: [2, 30]}}\n  prompt: 1 - {n}?\n"
        "  answer: {formula: '1-n', tolerance: {abs: 0.1}}\n"
        "  misconceptions: [{id: a, formula: 'n', say: No}]\n"
        "  solution: '1 - {n} = 0 + {answer}'\n"
        "  check: {also: '-(n-1)', because: So}\n"
    )
    found = problems_of(tmp_path, FILES | {"items/all.yaml": item})
    assert [(where.partition("]")[0], help_) for where, help_ in found if "W416" in where] == [
        (
            "items/all.yaml:8:28: warning[W416",
            "write {answer:+} in place of the '+' too, or {answer:()} for brackets",
        )
    ]
