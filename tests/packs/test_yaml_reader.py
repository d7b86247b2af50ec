"""The YAML subset: what is text, what is a number, and what hostile files come to."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.packs import yaml_reader
from studytool.packs.reader import read_pack
from studytool.packs.yaml_problems import MAX_PROBLEMS
from studytool.packs.yaml_reader import (
    MAX_DEPTH,
    MAX_TEXT_BYTES,
    MAX_VALUES,
    read_yaml,
)
from tests.cases import first_row_quick
from tests.packs.samples import CARD, write_pack


@pytest.fixture(params=["C", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: an install without the C one reads the same."""
    if request.param == "pure":
        monkeypatch.setattr(yaml_reader, "_Loader", yaml.Loader)
    elif not hasattr(yaml, "CLoader"):
        pytest.skip("this PyYAML has no C parser")
    return str(request.param)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("written", "value"), [
    ("no", "no"), ("on", "on"), ("Yes", "Yes"),  # booleans of YAML 1.1
    ("1:30", "1:30"),  # base 60 of YAML 1.1
    ("2024-01-02", "2024-01-02"),
    ("True", "True"),  # only lower case, as in JSON
    ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
    ("1e-3", 1e-3), ("1E5", 1e5), (".5", 0.5), ("5.", 5.0), ("-0.25", -0.25),
    ("12", 12), ("+7", 7), ("0", 0),
    ("'12'", "12"), ('"1e-3"', "1e-3"), ("'null'", "null"),  # quotes make text
    (".inf", ".inf"), (".nan", ".nan"), ("1.0.0", "1.0.0"), ("3sf", "3sf"), ("-", None),
])  # fmt: skip
def test_what_a_scalar_is(written: str, value: object) -> None:
    document, problems = read_yaml(f"key: {written}\n", "f")
    if written == "-":
        assert document is None  # a lone dash is no value
        return
    assert problems == []
    assert document is not None
    assert document.value == {"key": value}
    assert type(document.at(("key",))) is type(value)


@pytest.mark.parametrize(("text", "code", "line", "column"), first_row_quick([
    ("[" * 900, "E114", 1, MAX_DEPTH + 1),
    ("{a: " * 100_000, "E114", 1, 4 * MAX_DEPTH + 1),
    ("- " * 100_000, "E114", 1, 2 * MAX_DEPTH + 1),
    ("- 1\n" * MAX_VALUES, "E119", MAX_VALUES, 3),  # the list is one too
    ("a: 1\nc: [" + "&x 1, " * (MAX_PROBLEMS + 1) + "1]", "E120", 2, 3005),
    ("? [a]\n: b\n", "E116", 1, 3),
    ("a: 'open\n", "E110", 1, 4),
    ("a: b: c\n", "E110", 1, 5),
    ("a:\n\t- b\n", "E110", 2, 1),
]))  # fmt: skip
def test_what_ends_the_reading_of_a_file(text: str, code: str, line: int, column: int) -> None:
    document, problems = read_yaml(text, "f")
    assert document is None
    last = problems[-1]
    assert (last.code, last.place.line, last.place.column) == (code, line, column)


@pytest.mark.parametrize(("text", "size"), [
    ("a" * MAX_TEXT_BYTES, None),
    ("a" * (MAX_TEXT_BYTES + 1), 20_001),
    ("가" * 6_666, None),  # three bytes each
    ("가" * 6_667, 20_001),
    ('"' + "a" * (MAX_TEXT_BYTES + 1) + '"', 20_001),
])  # fmt: skip
def test_a_text_past_the_limit_is_refused_at_its_place(text: str, size: int | None) -> None:
    document, problems = read_yaml(f"a: 1\nb: {text}\nc: 010\n", "f")
    assert document is not None
    found = [f"{one.code} {one.place.line}:{one.place.column}" for one in problems]
    assert found == [*([] if size is None else ["E122 2:4"]), "E117 3:4"]  # and the reading goes on
    assert size is None or f"{size:,} bytes" in problems[0].message


@pytest.mark.usefixtures("parser")
def test_a_hundred_thousand_brackets_are_one_report() -> None:
    """The C node loader dies of a stack overflow here; libyaml's own limit may come first."""
    document, problems = read_yaml("[" * 100_000, "f")
    assert document is None
    assert [problem.code in {"E110", "E114"} for problem in problems] == [True]


def test_ten_billion_laughs_are_one_report_for_each_anchor_and_alias() -> None:
    lines = ["a0: &a0 [lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11)]
    document, problems = read_yaml("\n".join(lines), "f")
    assert {problem.code for problem in problems} == {"E112"}
    assert len(problems) == 11 + 100
    assert document is not None
    assert document.at(("a10",)) == [None] * 10


def test_a_python_tag_runs_nothing(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    items = CARD.replace("앞면", f"!!python/object/apply:pathlib.Path.touch ['{trap}']")
    reading = read_pack(write_pack(tmp_path / "pack", items=items))
    assert reading.pack is None
    assert "E113" in {found.code for found in reading.diagnostics}
    assert not trap.exists()


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("written", "why"), [
    ("abc XYZ", "plain"),
    ("'it''s XYZ'", "a doubled quote is one character"),
    ('"a\\tb \\u00e9 \\x41 XYZ"', "escapes of two, six and four characters"),
    ("|\n    one\n      two XYZ", "a block keeps its lines, without the indentation"),
    ("|\n\n    one\n\n    XYZ", "blank lines, also first"),
    (">\n    one\n    two XYZ", "a folded block joins its lines"),
    ("one\n    two XYZ", "so does a plain text"),
    ('"one\n    two\n\n    XYZ"', "and a quoted one"),
    ("|-\n    분산 XYZ", "columns are characters, not bytes"),
])  # fmt: skip
def test_a_character_of_a_text_is_found_where_it_is_written(written: str, why: str) -> None:
    source = f"a: 1\nkey: {written}\nz: XYZ\n"
    document, problems = read_yaml(source, "f")
    assert document is not None
    assert problems == []
    place = document.place_in_text(("key",), document.at(("key",)).index("XYZ"))
    at = source.index("XYZ")
    assert (place.line, place.column) == (
        source.count("\n", 0, at) + 1,
        at - source.rfind("\n", 0, at),
    ), why


@given(st.text(st.sampled_from("abc 분${}'\"\\:,#-[]&*!|>%@`~?0159.e\n\t"), max_size=60))
def test_any_text_is_read_or_reported(text: str) -> None:
    document, problems = read_yaml(text, "f")
    assert document is not None or problems
    for problem in problems:
        assert re.fullmatch(r"E1[0-2][0-9]", problem.code)
        assert 1 <= problem.place.line <= text.count("\n") + 2


@settings(max_examples=60, deadline=None)
@given(manifest=st.binary(max_size=200), items=st.binary(max_size=200))
def test_any_bytes_give_a_reading(
    manifest: bytes, items: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = write_pack(tmp_path_factory.mktemp("pack"))
    (folder / "pack.yaml").write_bytes(manifest)
    (folder / "items" / "all.yaml").write_bytes(items)
    reading = read_pack(folder)
    assert reading.pack is None
    assert reading.errors > 0
    assert reading.report("ko").isprintable() or "\n" in reading.report("ko")


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(cut=st.integers(0, len(CARD)), insert=st.text(max_size=8))
def test_any_edit_of_a_right_pack_gives_a_reading(
    cut: int, insert: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = CARD[:cut] + insert + CARD[cut:]
    folder = write_pack(tmp_path_factory.mktemp("pack"))
    (folder / "items" / "all.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    reading = read_pack(folder)
    assert (reading.pack is None) == (reading.errors > 0)
