"""Slips of an author's fingers: each has the right place, and a remedy after which the file is read.

A row has what is written, the place and words of the report, and what the remedy makes of it.
"""

from pathlib import Path

import pytest
import yaml

from studytool.packs.reader import read_pack
from tests.packs import all_kinds
from tests.packs.samples import CARD, CLAIM, NOTES, NUMERIC, write_pack

ALL_KINDS = all_kinds.FILES["items/all.yaml"]

SLIPS = [
    # colons
    ("  kind: card", "  kind card", "2:3 a colon is missing after 'kind'", "write 'kind: card'", None),
    ("  kind: card", "  kind： card", "2:3 a colon is missing after 'kind'", "write 'kind: card'", None),
    ("- id: recall", "- id recall", "1:3 a colon is missing after 'id'", "write 'id: recall'", None),
    ("concept: scale", "concept:scale", "3:3 a space is missing after the colon of 'concept'",
     "write 'concept: scale'", None),
    ("  back: {", "  back {", "5:3 a colon is missing after 'back'", "write 'back: {'", None),
    ("{ko: 앞면, en: Front}", "\n    ko: 앞면\n    en: a: b", "6:10 a second colon in one line",
     "put a text with ': ' in quotes", "\n    ko: 앞면\n    en: 'a: b'"),
    # commas
    ("{ko: 앞면, en", "{ko: 앞면 en", "4:18 a comma is missing before this", "write a comma before it", None),
    ("{ko: 앞면, en: Front", "{ko: '앞면' en: Front", "4:20 a comma is missing before this",
     "write a comma before it", "{ko: '앞면', en: Front"),
    ('["n > 1"]', '["n > 1" "n > 2"]', "7:21 a comma is missing before this", "write a comma before it",
     '["n > 1", "n > 2"]'),
    ("choice: [2, 3,", "choice: [2 3,", "5:18 choice: a number is wanted",
     "write a comma between the numbers", None),
    # brackets and quotes
    ("en: Front}", "en: Front", "4:10 this '{' is not closed", "write '}' at its end", None),
    ("8, 9]", "8, 9", "5:40 '[' is closed by '}'", "write ']'", None),
    ("en: Front}", 'en: "Front}', "4:23 this quote is not closed", "write the same quote at its end",
     'en: "Front"}'),
    ("en: Front", "en: 'it's'", "4:26 the text ends at this quote",
     "write '' for a quote inside the text", "en: 'it''s'"),
    # spaces
    ("  kind: card", "\tkind: card", "2:1 a tab in the indentation", "indent by spaces alone", None),
    ("  kind: card", "  \tkind: card", "2:3 a tab in the indentation", "indent by spaces alone", None),
    ("  concept: scale\n  front", "   concept: scale\n  front",
     "3:4 'concept' does not begin in the column of the key above it", "begin it in column 3", None),
    ("  concept: scale\n  front", " concept: scale\n  front",
     "3:2 'concept' does not begin in the column of the key above it", "begin it in column 3", None),
    ("- id: recall", "-id: recall", "1:1 '-' without a space after it", "write '- '", None),
    ("{ko: 앞면, en: Front}", "|a", "4:10 text in the line of '|' or '>'",
     "begin it in the next line, indented", "{ko: 앞면, en: Front}"),
    # signs of YAML's own
    *(("en: Front", f"en: {sign}Front{end}", f"4:23 a text cannot begin with '{sign}'",
       "put the text in quotes", f"en: '{sign}Front{end}'")
      for sign, end in (("@", ""), ("%", ""), ("`", "`"), ("*", "*"), ("!", "!"))),
    ("en: Front", "en: &a b", "4:23 the anchor '&a'", "put a text that begins with & in quotes",
     "en: '&a b'"),
    ("en: Front", "en: *a", "4:23 the alias '*a'", "put a text that begins with * in quotes",
     "en: '*a'"),
    ("en: Front", "en: !b c", "4:23 the tag '!b'", "put a text that begins with ! in quotes",
     "en: '!b c'"),
    ("en: Front}", "en: #1}", "4:23 ' #' begins a comment", "put a text with ' #' in quotes",
     "en: '#1'}"),
    # signs and lines without a place
    ("{ko: 앞면, en", "{: 앞면, en", "4:11 a key is missing before this ':'", "write the key before it", None),
    ("[2, 3, 4,", "[2,, 3, 4,", "5:20 nothing stands before this comma", "take it out", None),
    ("concept: scale\n  front", "concept: }scale\n  front", "3:12 '}' closes nothing", "take '}' out", None),
    ("concept: scale\n  front", "concept: ,scale\n  front", "3:12 ',' cannot stand here", "take ',' out", None),
    ("[2, 3, 4,", "[- 2, 3, 4,", "5:18 '- ' inside brackets", "take '- ' out", None),
    *(("en: Front", f"en: {sign}Front", f"4:23 '{sign}' cannot stand here", "put the text in quotes",
       f"en: '{sign}Front'") for sign in "|>"),
    ("concept: scale\n  front", "concept: - scale\n  front", "3:12 '- ' behind something else in its line",
     "take '- ' out", None),
    ("  misconceptions:\n    -", "  misconceptions: -", "11:19 '- ' behind something else in its line",
     "begin it in the next line", None),
    ("concept: scale\n  front", "concept: ? scale\n  front", "3:12 '?' cannot stand here", "take '?' out", None),
    ("concept: scale\n  front", "concept: scale\n...\n  front", "4:1 '...' ends the document here",
     "take it out", None),
    ("- id: recall", "    - id: recall", "2:3 this line begins left of the first one",
     "begin the first line in column 1", None),
    ("  concept: scale\n  front", "{ concept: scale\n  front", "3:1 this '{' is not closed", "take '{' out",
     "  concept: scale\n  front"),
    ('say: {ko: 하나, en: One}}\n', 'say: {ko: 하나, en: One}}\n   - {id: both, formula: "n*v", say: {ko: 둘, en: Two}}\n',
     "13:4 '-' begins in a column of its own", "begin it in column 5",
     'say: {ko: 하나, en: One}}\n    - {id: both, formula: "n*v", say: {ko: 둘, en: Two}}\n'),
    ('say: {ko: 하나, en: One}}\n', 'say: {ko: 하나, en: One}}\n      - {id: both, formula: "n*v", say: {ko: 둘, en: Two}}\n',
     "13:7 '-' begins in a column of its own", "begin it in column 5",
     'say: {ko: 하나, en: One}}\n    - {id: both, formula: "n*v", say: {ko: 둘, en: Two}}\n'),
    ("  solution: {ko", "    solution: {ko", "13:5 'solution' begins in a column of its own",
     "begin it in column 3", None),
    ("  solution: {ko", "   solution: {ko", "13:4 'solution' begins in a column of its own",
     "begin it in column 3", None),
    ("{id: single, f", "id: single, f", "12:26 a '{' is missing in this line", "write '{' where it begins", None),
    ("back: {ko: 뒷면, en: Back}", "back: {ko: 뒷면, en: Back} now", "5:28 this stands behind a value that is complete",
     "take it out", None),
    ("    n: {choice", "    {choice", "5:5 a key is missing before this", "write 'key: ' before it", None),
    ("  concept: scale\n  front", "  ,concept: scale\n  front", "3:3 ',' cannot stand here", "take ',' out", None),
    ("  back: {", "  back= {", "5:3 a colon is missing after 'back'", "write 'back: {'", None),
    # numbers
    ("choice: [2, 3,", "choice: [02, 3,", "5:18 '02' is neither a plain number nor clearly text",
     "write 2; where it is no number, '02' in quotes", None),
    ("choice: [2, 3,", "choice: [0x1F, 3,", "5:18 '0x1F' is neither a plain number nor clearly text",
     "write 31; where it is no number, '0x1F' in quotes", "choice: [31, 3,"),
    ("choice: [2, 3,", "choice: [1_000, 3,", "5:18 '1_000' is neither a plain number nor clearly text",
     "write 1000; where it is no number, '1_000' in quotes", "choice: [1000, 3,"),
    ("rel: 0.02", "rel: 0,02", "10:45 '0,02' has a decimal comma", "write 0.02", None),
    ("rel: 0.02", "rel: 0,02, abs: 0.1", "10:45 '0,02' has a decimal comma", "write 0.02",
     "rel: 0.02, abs: 0.1"),
    ("sigfigs: 2", "sigfigs: two", "6:40 sigfigs: a whole number is wanted",
     "write a whole number in digits, without quotes", None),
]  # fmt: skip


@pytest.fixture(params=["C", "Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = yaml.CLoader if request.param == "C" else yaml.Loader
    monkeypatch.setattr("studytool.packs.yaml_reader._Loader", loader)


def _problems(folder: Path, items: str) -> list[tuple[str, str]]:
    found = read_pack(write_pack(folder, items=items)).diagnostics
    return [
        (f"{one.place.line}:{one.place.column} {one.message.removeprefix('not YAML: ')}", one.help)
        for one in found
    ]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("right", "slip", "said", "remedy", "mended"), SLIPS)
def test_a_slip_has_its_place_and_a_remedy_that_works(
    tmp_path: Path, right: str, slip: str, said: str, remedy: str, mended: str | None
) -> None:
    items = CARD if right in CARD else NUMERIC
    assert items.count(right) == 1
    ((found, help_),) = _problems(tmp_path, items.replace(right, slip))
    assert found == said
    assert remedy in help_
    assert _problems(tmp_path, items.replace(right, mended or right)) == []


@pytest.mark.parametrize(("written", "remedy"), [
    ("1.0", "write '1.0.0'"), ("2", "write '2.0.0'"), ("'1.2'", "write '1.2.0'"),
    ("v1.2.3", "write '1.2.3'"), ("first", "write three numbers: '1.0.0'"),
])  # fmt: skip
def test_a_version_is_mended_in_one_step(tmp_path: Path, written: str, remedy: str) -> None:
    path = write_pack(tmp_path) / "pack.yaml"
    right = path.read_text("utf-8")
    path.write_text(right.replace("version: 1.0.0", f"version: {written}"), "utf-8")
    (found,) = read_pack(tmp_path).diagnostics
    assert (found.place.line, found.place.column, found.help) == (4, 10, remedy)
    version = remedy.rpartition(" ")[2]
    path.write_text(right.replace("version: 1.0.0", f"version: {version}"), "utf-8")
    assert read_pack(tmp_path).diagnostics == ()


_CHOICE = "{choice: [2, 3, 4, 5, 6, 7, 8, 9]}"
LISTS = [
    ("{choice: 2, 3, 4}", "5:17 the list of 'choice' has no brackets", "write [2, 3, 4]",
     "{choice: [2, 3, 4]}"),
    ("{choice: 2,3,4}", "5:17 the list of 'choice' has no brackets", "write [2, 3, 4]", "{choice: [2, 3, 4]}"),
    ("{integers: 2, 9, step: 1}", "5:19 the list of 'integers' has no brackets", "write [2, 9]",
     "{integers: [2, 9], step: 1}"),
    ("{integers: (2, 9)}", "5:19 the list of 'integers' has no brackets", "write [2, 9]", "{integers: [2, 9]}"),
    ("{uniform: 0.5, 2.0, sigfigs: 2}", "5:18 the list of 'uniform' has no brackets", "write [0.5, 2.0]",
     "{uniform: [1.5, 2.0], sigfigs: 2}"),
    ("{2, 3, 4}", "5:8 numbers without a key", "of a parameter, {choice: [2, 3, 4]}", "{choice: [2, 3, 4]}"),
    ("{choice: 2 3 4}", "5:17 choice: a list is wanted", "write [2, 3, 4]", "{choice: [2, 3, 4]}"),
    ("{choice: '2, 3, 4'}", "5:17 choice: a list is wanted", "write [2, 3, 4]", "{choice: [2, 3, 4]}"),
    ("{choice: 2-9}", "5:17 choice: a list is wanted", "of a parameter {integers: [2, 9]}", "{integers: [2, 9]}"),
    ("{choice: [2..9]}", "5:18 choice: a number is wanted", "of a parameter {integers: [2, 9]}",
     "{integers: [2, 9]}"),
    ("[2, 3, 4]", "5:8 n: needs one of the keys choice, integers, uniform, loguniform, table",
     "write {choice: [2, 3, 4]}", "{choice: [2, 3, 4]}"),
]  # fmt: skip


def test_a_list_of_numbers_without_its_signs_is_one_slip(tmp_path: Path) -> None:
    for slip, said, remedy, mended in LISTS:
        ((found, help_),) = _problems(tmp_path, NUMERIC.replace(_CHOICE, slip))
        assert found == said
        assert remedy in help_
        assert _problems(tmp_path, NUMERIC.replace(_CHOICE, mended)) == [], slip
    for slip, said, remedy in (
        ("rel: 0,02", "10:45 '0,02' has a decimal comma", "write 0.02"),
        ("abs: 1,000,000", "10:45 commas inside a number", "write 1000000"),
        ("rel: 0.02, 5", "10:51 the key 5 is not text", "put it in quotes"),
    ):
        ((found, help_),) = _problems(tmp_path, NUMERIC.replace("rel: 0.02", slip))
        assert found == said
        assert remedy in help_


TORN = [
    # what is written, its report, and what the remedy makes of it
    ("front: {ko: 앞면, en: Front}", "front:", "4:9 front: a text is wanted", "write one text", "front: Front"),
    ("  back: {ko: 뒷면, en: Back}\n", "  back: {ko: 뒷면, en: Back}\n  tags: easy, hard\n",
     "6:9 tags: a list is wanted", "write [easy, hard]", "  back: {ko: 뒷면, en: Back}\n  tags: [easy, hard]\n"),
    (CARD, "- {id: recall, kind: card, concept: scale, tags: easy, hard, front: F, back: B}\n",
     "1:56 the list of 'tags' has no brackets", "write [easy, hard]",
     "- {id: recall, kind: card, concept: scale, tags: [easy, hard], front: F, back: B}\n"),
    ("text: {ko: 같다, en: The same}, because", "text: The same, of course, because",  # was accepted
     "34:46 the text before 'of course' ends at its comma", "in quotes", "text: 'The same, of course', because"),
    ("is [[d]], the", "is {d}, the", "24:61 blanks are written [[name]], and their answers under 'blanks'",
     "write [[d]]", "is [[d]], the"),
    ('en: "{n} of {sx}"', 'en: "{N} of {sx}"', "14:35 unknown placeholder {N}", "names here: n, sx, v",
     'en: "{n} of {sx}"'),
    ("tolerance: {rel: 0.02}", "tolerance: 2%", "15:39 tolerance: a mapping is wanted",
     "write 'tolerance: {rel: 2%}'", "tolerance: {rel: 2%}"),
    ("text: {ko: 다르다, en: Another}", "text: {ko: 같다, en: the same}",
     "35:26 it reads like an earlier one; only their ids tell the two apart", "say in the text",
     "text: {ko: 다르다, en: Another}"),
]  # fmt: skip


def test_a_value_torn_by_its_comma_is_one_slip_in_each_kind_of_item(tmp_path: Path) -> None:
    rest = {"claims": CLAIM, "notes": NOTES}
    for right, slip, said, remedy, mended in TORN:
        assert right in ALL_KINDS
        read = read_pack(write_pack(tmp_path, items=ALL_KINDS.replace(right, slip, 1), **rest))
        (found,) = read.diagnostics
        assert f"{found.place.line}:{found.place.column} {found.message}" == said
        assert remedy in found.help
        items = ALL_KINDS.replace(right, mended, 1)
        assert read_pack(write_pack(tmp_path, items=items, **rest)).diagnostics == (), slip
