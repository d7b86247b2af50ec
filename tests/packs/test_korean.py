"""Every sentence of ``check`` exists in Korean, with the same values, and without English in it."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import studytool.packs
from studytool.packs.korean import KOREAN
from studytool.packs.korean_reading import READING
from studytool.packs.korean_references import REFERENCES
from studytool.packs.korean_schema import SCHEMA
from studytool.packs.korean_texts import TEXTS
from studytool.packs.reader import read_pack
from tests.cases import first_row_quick
from tests.in_process import run_program
from tests.packs.all_kinds import FILES
from tests.packs.korean_only import english_words, words_outside_quotes
from tests.rows import all_rows

ROOM = Path(studytool.packs.__file__).parent
LEFT_OUT = {"problem", "name"}
"""Words of a parser, and the names of characters, which are English and stand in English alone."""


def said() -> dict[str, str]:
    """Return every sentence that the code says, with the file that does."""
    found = {}
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_told = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "told"
            if is_told and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined] # a call
                found[str(node.args[0].value)] = path.name  # type: ignore[attr-defined] # a call
    return found


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_sentence_that_the_code_says_has_its_korean() -> None:
    assert {english: file for english, file in said().items() if english not in KOREAN} == {}
    assert len(said()) > 250


def test_every_sentence_of_the_table_is_said() -> None:
    strings = {
        str(node.value)
        for path in ROOM.glob("*.py")
        if not path.name.startswith("korean")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert KOREAN.keys() - strings - {"concept", "claim", "source", "misconception"} == set()
    tables = (READING, SCHEMA, TEXTS, REFERENCES)
    assert len(KOREAN) == sum(map(len, tables))  # none stands in two of them


@all_rows("english", sorted(KOREAN))
def test_the_korean_shows_what_the_english_shows(english: str) -> None:
    korean = KOREAN[english]
    assert fields_of(english) - LEFT_OUT <= fields_of(korean) <= fields_of(english)
    assert re.search("[가-힣]", korean) or korean == english  # only values and signs
    assert words_outside_quotes(korean) == []


SLIPS = [
    # file, what stands there, the slip: of each room that says something
    ("items/all.yaml", "front:", "frnt:"),
    ("items/all.yaml", "kind: card", "kind = card"),
    ("items/all.yaml", "rel: 0.02", "rel: 60%"),
    ("items/all.yaml", "en: Front", r"en: '$\fraq{a}$'"),
    ("items/all.yaml", "is [[d]], the", "is [[x]], the"),
    ("items/all.yaml", 'formula: "2*v"', 'formula: "2*vv"'),
    ("items/all.yaml", 'formula: "2*v"', 'formula: "ln(v)"'),
    ("pack.yaml", "[ko, en]", "[ko, en, ko]"),
    ("pack.yaml", "[ko, en]", "ko"),
    ("claims/all.yaml", "lines: [2]", "lines: [99]"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "slip"), first_row_quick(SLIPS))
def test_the_command_speaks_korean(tmp_path: Path, file: str, right: str, slip: str) -> None:
    files = FILES | {file: FILES[file].replace(right, slip, 1)}
    assert files != FILES
    for name, text in files.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text, encoding="utf-8")
    found = read_pack(tmp_path / "pack").diagnostics
    assert found
    assert [english_words(one, "".join(files.values())) for one in found] == [[]] * len(found)
    printed = run_program("check", str(tmp_path / "pack"), "--lang", "ko", home=tmp_path / "home")
    assert ": 오류[E" in printed.stdout
    assert "고치는 법: " in printed.stdout
    assert not re.search(r"\b(error|help|note|warnings?|items)\b[:,]", printed.stdout)
