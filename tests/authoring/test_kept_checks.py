"""What a check keeps: read back as it was, believed only of the same pack, safe to lose."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studytool.authoring import kept_entries
from studytool.authoring.kept_checks import (
    CheckResult,
    KeptCheck,
    kept_path,
    read_kept,
    state_key,
    write_kept,
)
from studytool.authoring.kept_entries import KeptEntries, KeptItem, read_entries, write_entries
from studytool.authoring.play_problem import PlacedProblem, PlayFault, PlayProblem
from studytool.language import in_both
from studytool.packs.by_item import ItemRecord, KnownFile, SurroundingFindings
from studytool.packs.diagnostics import Diagnostic, Place, RelatedPlace
from studytool.packs.entry_texts import EntrySpan
from studytool.packs.item_facts import ItemFacts, OldId
from tests.packs.samples import write_pack

PLACE = Place("items/all.yaml", 3, 7)
PROBLEM = PlayProblem(PlayFault.UNDRAWN, ("require", 0), {"seed": 3, "why_ko": "분산"}, 2)
HERE = RelatedPlace(PLACE, in_both("여기", "here"))
FOUND = Diagnostic("E304", PLACE, in_both("둘", "twice"), in_both("고치기", "mend"), (HERE,), 4)
KEPT = KeptCheck(
    "key",
    CheckResult((FOUND,), (PlacedProblem(PLACE, PROBLEM, 1),), items=2, claims=1),
)
RECORD = ItemRecord(
    12,
    ItemFacts("a", "scale", Place("", 1, 3), (OldId("b", Place("", 2, 9)),), ("adds",), "paper",
              (("ko", "앞면"),), Place("", 3, 3), is_longest=True, options=Place("", 4, 3)),
    None,
    (FOUND,),
    "view",
)  # fmt: skip
BROKEN = ItemRecord(3, None, ("b", "scale"), (), "")
ENTRIES = KeptEntries(
    {"a": (PROBLEM,), "b": ()},
    SurroundingFindings("s", (FOUND,)),
    {"a": KeptItem(RECORD, (PlacedProblem(PLACE, PROBLEM, 1),)), "b": KeptItem(BROKEN)},
    {"items/a.yaml": KnownFile("d", ("a", "b"), (EntrySpan(0, 0, 9), EntrySpan(2, 9, 20)))},
    seeds=5,
)


def test_what_is_kept_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = kept_path(tmp_path, tmp_path / "pack")
    write_kept(path, KEPT)
    assert read_kept(path) == KEPT


def test_what_is_kept_of_entries_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = kept_path(tmp_path, tmp_path / "pack", "entries")
    assert path != kept_path(tmp_path, tmp_path / "pack")
    write_entries(path, ENTRIES, KeptEntries())
    assert read_entries(path) == ENTRIES


KEPT_B = KeptItem(BROKEN, ())
FILE_B = KnownFile("e", ("b",), (EntrySpan(0, 0, 7),))


@pytest.mark.parametrize("changes", [
    {},
    {"items": {"b": KEPT_B}},
    {"files": {"items/b.yaml": FILE_B}},
    {"files": {"items/c.yaml": FILE_B}},
])  # fmt: skip
def test_only_what_changed_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, dict[str, object]]
) -> None:
    path, file_a = tmp_path / "kept.json", KnownFile("d", ("a",), (EntrySpan(0, 0, 9),))
    files = {"items/a.yaml": file_a, "items/b.yaml": FILE_B._replace(digest="d")}
    write_entries(path, replace(ENTRIES, files=files), KeptEntries())
    before = read_entries(path)
    merged: dict[str, Any] = {
        name: {**getattr(before, name), **added} for name, added in changes.items()
    }
    kept, written = replace(before, **merged), list[KeptItem]()
    row_of = kept_entries._item_row

    def noted_row(one: KeptItem) -> object:
        written.append(one)
        return row_of(one)

    monkeypatch.setattr(kept_entries, "_item_row", noted_row)
    write_entries(path, kept, before)
    assert read_entries(path) == kept
    assert written == ([kept.items["b"]] if changes else [])


def test_a_damaged_file_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    write_kept(path, KEPT)
    for content in damaged(path.read_bytes()):
        path.write_bytes(content)
        assert read_kept(path) == KeptCheck()
    write_entries(path, ENTRIES, KeptEntries())
    for content in damaged(path.read_bytes()):
        path.write_bytes(content)
        assert read_entries(path) == KeptEntries()


def damaged(whole: bytes) -> Iterator[bytes]:
    """Return a file with a bit flipped, cut off, or with something behind it."""
    for at in (*range(0, len(whole), 7), len(whole) - 1):
        yield whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        yield whole[:at]
    yield whole + b" "


@pytest.mark.parametrize("content", [
    "{", "[]", "null", '"x"', '{"key": ""}', '{"key": "k"}', "[" * 100_000, '{"plays": {}}',
    '{"plays": {}, "seeds": 5}', "[{}, 5]", '[{"a": [["no such fault", [], {}, null]]}, ["", []], 5, 0]', '[{}, ["", [[1]]], 5, 0]',
    '[{}, ["", []], 5]', '[{}, ["", []], 5, 0]\n["a", null]',
    '[{}, ["", []], 5, 0]\n\n', '[{}, ["", []], 5, 0]\n["a", null]\n["d", ["a"], [[1, 2, 3]], [[1]]]',
    '[{}, ["", []], 5, 0]\n["a", null]\n["d", ["a"], []]', '[{}, ["", []], 5, 0]\n["a", null]\n["d", ["a"], [], []]',
    '[{}, ["", []], 5, 0]\n["a", null]\n["d", [], [[1, 2]], []]', '[{}, ["", []], 5, 0]\n["a", ["d", 1, [], [["x"]]]]\n[]',
    '{"key": "k", "read": [[1]], "played": [], "items": 1, "claims": 1}',
])  # fmt: skip
def test_what_another_program_wrote_holds_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "kept.json"
    digest = hashlib.sha256(content.encode()).hexdigest()
    path.write_text(f"{digest}\n{content}")
    assert read_kept(path) == KeptCheck()
    assert read_entries(path) == KeptEntries()


def test_a_link_or_folder_holds_nothing_and_stays(tmp_path: Path) -> None:
    write_kept(tmp_path / "real.json", KEPT)
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    (tmp_path / "folder.json").mkdir()
    assert read_kept(tmp_path / "link.json") == KeptCheck()
    assert read_kept(tmp_path / "folder.json") == KeptCheck()
    write_kept(tmp_path / "folder.json", KEPT)  # cannot be written: no error either
    assert (tmp_path / "folder.json").is_dir()


@pytest.mark.parametrize("change", [
    lambda pack: (pack / "items" / "all.yaml").write_text("[]\n"),
    lambda pack: (pack / "items" / "more.yaml").touch(),
    lambda pack: (pack / "items" / "draft.txt").touch(),  # warned of
    lambda pack: (pack / "item").mkdir(),
    lambda pack: (pack / "notes.ko.md").write_text("x"),
    lambda pack: (pack / "claims" / "all.yaml").unlink(),
])  # fmt: skip
def test_each_change_that_a_check_would_see_changes_the_key(tmp_path: Path, change: object) -> None:
    pack = write_pack(tmp_path / "pack")
    before = state_key(pack, "x")
    assert state_key(pack, "x") == before
    assert state_key(pack, "y") != before
    assert callable(change)
    change(pack)
    assert state_key(pack, "x") != before


def test_a_touched_file_keeps_the_key(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack")
    before = state_key(pack, "x")
    os.utime(pack / "pack.yaml", (1, 1))
    assert state_key(pack, "x") == before
