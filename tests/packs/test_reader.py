"""Reading packs: every problem with its place, in one run; nothing hostile gets further."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from studytool.bundled_pack import bundled_pack_folder
from studytool.cli.check import command
from studytool.errors import PackError
from studytool.packs.diagnostics import Diagnostic, Place, render
from studytool.packs.digest import tree_digest
from studytool.packs.reader import load_pack, read_pack
from studytool.packs.yaml_reader import read_yaml

MANIFEST = """
id: small
version: 0.1.0
title: {ko: 가, en: a}
languages: [ko, en]
licence: MIT
authors: [me]
concepts: [{id: a, title: {ko: 가, en: a}}]
sources: [{id: s, citation: a paper}]
"""
CARD = "- {id: c, kind: card, concept: a, front: {ko: 앞, en: front}, back: {ko: 뒤, en: back}}\n"
NUMERIC = """
- id: n
  kind: numeric
  concept: a
  params: {x: {choice: [2, 3, 4, 5, 6, 7, 8, 9]}}
  prompt: {ko: "제곱 {x}", en: "square {x}"}
  answer: {formula: "x**2", rtol: 0.01}
  misconceptions: [{id: m, formula: "2*x+9", say: {ko: 가, en: a}}]
  check: {exact: "x*x"}
"""


def _pack(folder: Path, items: str = CARD, manifest: str = MANIFEST, claims: str = "") -> Path:
    (folder / "items").mkdir()
    (folder / "claims").mkdir()
    (folder / "pack.yaml").write_text(manifest, "utf-8")
    (folder / "items" / "all.yaml").write_text(items, "utf-8")
    if claims:
        (folder / "claims" / "all.yaml").write_text(claims, "utf-8")
    return folder


def test_a_small_pack_is_read(tmp_path: Path) -> None:
    pack = load_pack(_pack(tmp_path, CARD + NUMERIC))
    assert [item.id for item in pack.items] == ["c", "n"]
    assert pack.digest == tree_digest(tmp_path)


def test_the_bundled_pack_has_no_problem() -> None:
    assert read_pack(bundled_pack_folder()).diagnostics == ()


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (CARD.replace("kind: card", "kind: crd"),
         "items/all.yaml:1:16: error[E203]: unknown kind 'crd'\n  help: did you mean 'card'?"),
        (CARD.replace("front:", "frnt:"),
         "items/all.yaml:1:35: error[E201]: unknown key 'frnt'\n  help: did you mean 'front'?"),
        (CARD.replace("concept: a", "concept: b"),
         "items/all.yaml:1:31: error[E300]: unknown concept 'b'"),
        (CARD + CARD, "items/all.yaml:2:8: error[E304]: the id 'c' stands twice"),
        (CARD.replace("{ko: 뒤, en: back}", "{en: back}"),
         "items/all.yaml:1:69: warning[W401]: no translation into 'ko'\n  help: add ko:"),
        (NUMERIC.replace('"x**2"', '"x**"'),
         "items/all.yaml:7:26: error[E301]: formula: the formula breaks off here; a value is "
         "missing"),
        (NUMERIC.replace('"x**2"', '"y**2"'),
         "items/all.yaml:7:21: error[E303]: formula: unknown name 'y'\n  help: names here: x"),
        (NUMERIC.replace("square {x}", "square {x} {z}"),
         "items/all.yaml:6:31: error[E305]: unknown placeholder {z}\n  help: names: x"),
        (NUMERIC.replace("[2, 3, 4, 5, 6, 7, 8, 9]", "[2, 3]"),
         "items/all.yaml:5:11: warning[W405]: at most 2 different variants; 8 are wanted"),
        (NUMERIC.replace('{exact: "x*x"}', "{experiment: dens_layer, quantity: q}"),
         "items/all.yaml:9:23: error[E311]: unknown experiment 'dens_layer'\n"
         "  help: did you mean 'dense_layer'?"),
        ("- {id: z, kind: cloze, concept: a, text: {ko: 가, en: b}}\n",
         "items/all.yaml:1:47: error[E307]: no blank\n  help: mark one: {{answer}}"),
        ("id: c\n", "items/all.yaml:1:1: error[E205]: a file of items is a list\n"
         "  help: begin each with '- id:'"),
        (CARD.replace("앞", "앞\u202e"),
         "items/all.yaml:1:47: error[E104]: the invisible character U+202E "
         "(RIGHT-TO-LEFT OVERRIDE)\n"
         "  help: delete it; text in a pack has no control, bidirectional or tag characters"),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_its_place(tmp_path: Path, items: str, told: str) -> None:
    reading = read_pack(_pack(tmp_path, items))
    shown = [
        str(found) + (f"\n  help: {found.help}" if found.help else "")
        for found in reading.diagnostics
    ]
    assert told in shown


def test_all_problems_come_in_one_run_sorted_by_place(tmp_path: Path) -> None:
    broken = CARD.replace("front:", "frnt:") + NUMERIC.replace('"x**2"', '"x**"')
    reading = read_pack(_pack(tmp_path, broken, MANIFEST.replace("0.1.0", "one")))
    places = [found.place for found in reading.diagnostics]
    assert reading.pack is None
    assert len(places) >= 4
    assert places == sorted(places)


def test_a_broken_pack_is_refused_with_its_diagnostics(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"unknown kind 'crd'"):
        load_pack(_pack(tmp_path, CARD.replace("kind: card", "kind: crd")))


def test_a_quote_must_stand_in_its_line(tmp_path: Path) -> None:
    (tmp_path / "notes.ko.md").write_text("하나\n둘\n", "utf-8")
    claim = (
        "- {id: q, concept: a, statement: {ko: 가, en: a}, standing: confirmed, "
        "why: {ko: 가, en: a}, source: {ref: s}, notes: {lines: [1], quote: 둘}}\n"
    )
    reading = read_pack(_pack(tmp_path, manifest=MANIFEST + "notes: notes.ko.md\n", claims=claim))
    assert [str(found).split(": ", 2)[2] for found in reading.diagnostics] == [
        "the quote is not in line 1"
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "E114"),  # the C loader's node tree would crash here
        ("a: &x 1\nb: *x\n", "E112"),
        ("<<: {a: 1}\n", "E112"),
        ("a: !!python/object/apply:os.system [ls]\n", "E113"),
        ("a: 1\na: 2\n", "E115"),
        ("? [a]\n: 1\n", "E116"),
        ("a: 010\n", "E117"),
        ("a: 1_000\n", "E117"),
        ("a: {\n", "E110"),
        ("--- a\n--- b\n", "E111"),
    ],
)
def test_refused_yaml(text: str, code: str) -> None:
    _, diagnostics = read_yaml(text, "x.yaml")
    assert [found.code for found in diagnostics] == [code]


def test_yaml_values_are_what_they_look_like() -> None:
    text = (
        "{no: no, on: on, time: 1:30, date: 2026-01-02, small: 1e-3, n: 12, f: .5, t: true, s: '1'}"
    )
    document, diagnostics = read_yaml(text, "x.yaml")
    assert document is not None
    assert diagnostics == []
    assert document.value == {
        "no": "no", "on": "on", "time": "1:30", "date": "2026-01-02", "small": 0.001, "n": 12,
        "f": 0.5, "t": True, "s": "1",
    }  # fmt: skip


def test_the_caret_stands_right_after_hangul() -> None:
    found = Diagnostic("E300", Place("a.yaml", 1, 5), "wrong")
    assert render(found, "가나다 x") == "a.yaml:1:5: error[E300]: wrong\n1 | 가나다 x\n  |        ^"


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_reading(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("pack")
    _pack(folder)
    (folder / "items" / "all.yaml").write_bytes(raw)
    reading = read_pack(folder)
    assert reading.pack is not None or reading.diagnostics


def test_a_link_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    folder = _pack(tmp_path / "pack")
    (tmp_path / "outside.yaml").write_text(CARD, "utf-8")
    (folder / "items" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert [found.code for found in read_pack(folder).diagnostics] == ["E105"]


@pytest.mark.parametrize(("items", "status"), [(CARD, 0), (CARD + CARD, 1)])
def test_check_says_it_by_its_exit_status(tmp_path: Path, items: str, status: int) -> None:
    assert CliRunner().invoke(command, [str(_pack(tmp_path, items))]).exit_code == status


def test_a_copied_pack_has_the_same_digest(tmp_path: Path) -> None:
    shutil.copytree(bundled_pack_folder(), tmp_path / "copy")
    assert tree_digest(tmp_path / "copy") == tree_digest(bundled_pack_folder())
