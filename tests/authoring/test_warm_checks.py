"""A check that knows what was found before says what one that knows nothing says, whatever changed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.check_pack import check_pack
from studytool.authoring.kept_checks import CheckResult
from studytool.authoring.kept_entries import FilesRead
from studytool.authoring.kept_rows import diagnostic_row, placed_row
from studytool.numerics.measure import never
from studytool.numerics.streams import stream
from studytool.packs import by_item
from studytool.packs.entry_texts import EntrySpan, entry_spans
from studytool.packs.reader import read_pack
from studytool.packs.references import check_all_but_items
from tests.cases import first_quick
from tests.packs.all_kinds import FILES
from tests.packs.samples import CARD, NUMERIC, write_pack

ENTRY = re.compile(r"^- id: ", re.MULTILINE)
SECOND = CARD.replace("recall", "second").replace("Front", "Other").replace("앞면", "다른 면")


def wrote(folder: Path) -> Path:
    """Write a pack of every kind of item over two files."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    pack = folder
    (pack / "items" / "more.yaml").write_text(
        f"# more\n{SECOND}\n{NUMERIC.replace('doubled', 'twice')}"
    )
    return pack


def check(pack: Path, home: Path | None) -> CheckResult:
    options = CheckOptions(2, home, jobs=1)
    return check_pack(pack, options, progress=lambda *_: None, cancelled=never)


def told(result: CheckResult) -> tuple[object, object, int, int]:
    """Return all that a result says, in both languages."""
    read = [diagnostic_row(one) for one in result.read]
    return read, [placed_row(one) for one in result.played], result.items, result.claims


def assert_as_afresh(pack: Path, home: Path, what: object) -> None:
    warm, cold, whole = told(check(pack, home)), told(check(pack, None)), read_pack(pack)
    assert warm == cold, what
    of_whole = CheckResult(whole.diagnostics, (), whole.items, whole.claims)
    assert told(replace(check(pack, home), played=())) == told(of_whole), what


# --- one edit each ----------------------------------------------------------------------------

Edit = Callable[[str], str]
EDITS: dict[str, tuple[str, Edit]] = {
    "another text": ("items/more.yaml", lambda text: text.replace("Other", "Another")),
    "a line above": ("items/all.yaml", lambda text: f"# first\n\n{text}"),
    "a comment between": ("items/more.yaml", lambda text: text.replace("- id: tw", "# x\n- id: tw")),
    "another order": ("items/more.yaml", lambda text: "".join(ENTRY.split(text)[:1]) + NUMERIC.replace("doubled", "twice") + SECOND),
    "an entry twice": ("items/more.yaml", lambda text: text + SECOND),
    "an entry of another file": ("items/more.yaml", lambda text: text + CARD),
    "an entry gone": ("items/more.yaml", lambda _: SECOND),
    "nothing": ("items/more.yaml", lambda _: ""),
    "an empty list": ("items/more.yaml", lambda _: "[]\n"),
    "a renamed id": ("items/more.yaml", lambda text: text.replace("id: second", "id: third\n  was: [second]")),
    "the id of a living item": ("items/more.yaml", lambda text: text.replace("id: second", "id: third\n  was: [recall]")),
    "a wrong key": ("items/more.yaml", lambda text: text.replace("  back:", "  bakc:")),
    "a torn line": ("items/more.yaml", lambda text: text.replace("back: {", "back: ")),
    "no list": ("items/more.yaml", lambda _: "a: 1\n"),
    "a second document": ("items/more.yaml", lambda text: text.replace("- id: tw", "---\n- id: tw")),
    "the end of one": ("items/more.yaml", lambda text: text.replace("- id: tw", "...\n- id: tw")),
    "indented": ("items/more.yaml", lambda text: text.replace("\n", "\n  ").replace("# more", "# m")),
    "a control character": ("items/more.yaml", lambda text: text.replace("Other", "Ot\x07her")),
    "an unknown concept": ("items/more.yaml", lambda text: text.replace("concept: scale", "concept: scael", 1)),
    "an unknown claim": ("items/more.yaml", lambda text: text.replace("  front:", "  claims: [adsd]\n  front:")),
    "a check that fails": ("items/more.yaml", lambda text: text.replace('"2*sum', '"3*sum').replace("rel: 0.02", "rel: 0.9")),
    "another title": ("pack.yaml", lambda text: text.replace("title: Sample", "title: Other")),
    "another id": ("pack.yaml", lambda text: text.replace("id: sample", "id: simple")),
    "one language more": ("pack.yaml", lambda text: text.replace("[ko, en]", "[ko, en, fr]")),
    "one language": ("pack.yaml", lambda text: text.replace("[ko, en]", "[en]")),
    "a concept more": ("pack.yaml", lambda text: text.replace("sources:", "  - {id: other, title: {ko: 다른, en: Other}}\nsources:", 1)),
    "a concept renamed": ("pack.yaml", lambda text: text.replace("id: scale", "id: scales")),
    "a broken manifest": ("pack.yaml", lambda text: text.replace("version:", "versoin:")),
    "a source renamed": ("pack.yaml", lambda text: text.replace("id: paper", "id: papers")),
    "a claim renamed": ("claims/all.yaml", lambda text: text.replace("id: adds", "id: add")),
    "a claim of another concept": ("claims/all.yaml", lambda text: text.replace("concept: scale", "concept: other")),
    "broken claims": ("claims/all.yaml", lambda text: text + "x\n"),
    "other notes": ("notes.ko.md", lambda _: "첫 줄\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", first_quick(EDITS))
def test_one_edit_and_back(tmp_path: Path, name: str) -> None:
    pack, home = wrote(tmp_path / "pack"), tmp_path / "home"
    assert_as_afresh(pack, home, "before")
    file, edit = EDITS[name]
    before = (pack / file).read_text("utf-8")
    assert edit(before) != before
    (pack / file).write_text(edit(before), "utf-8")
    assert_as_afresh(pack, home, name)
    (pack / file).write_text(before, "utf-8")
    assert_as_afresh(pack, home, f"{name}, and back")


def test_after_an_edit_one_item_is_played(tmp_path: Path) -> None:
    pack, home = wrote(tmp_path / "pack"), tmp_path / "home"
    played: list[int] = []

    def check_again() -> list[int]:
        played.clear()
        options = CheckOptions(2, home, jobs=1)
        check_pack(pack, options, progress=lambda _, total: played.append(total), cancelled=never)
        return played

    entries = 8 + 2 + 1 + 1  # items of both files, a claim, an experiment
    assert check_again() == [entries] * entries
    path = pack / "items" / "more.yaml"
    path.write_text(path.read_text("utf-8").replace("Other", "Another"), "utf-8")
    assert check_again() == [1]
    path.rename(pack / "items" / "moved.yaml")
    assert check_again() == []
    (pack / "pack.yaml").write_text((pack / "pack.yaml").read_text("utf-8") + "# seen\n", "utf-8")
    assert check_again() == []


def test_after_an_edit_one_file_is_taken_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, home = wrote(tmp_path / "pack"), tmp_path / "home"
    check(pack, home)
    apart: list[str] = []

    def noted(text: str) -> list[EntrySpan] | None:
        apart.append(text)
        return entry_spans(text)

    monkeypatch.setattr(by_item, "entry_spans", noted)
    path = pack / "items" / "more.yaml"
    path.write_text(path.read_text("utf-8").replace("Other", "Another"), "utf-8")
    check(pack, home)
    assert apart == [path.read_text("utf-8")]


def test_after_an_edit_nothing_is_read_of_another_file_without_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, home = tmp_path / "pack", tmp_path / "home"
    write_pack(pack, items=f"{CARD}\n{NUMERIC}")
    more = pack / "items" / "more.yaml"
    more.write_text(SECOND, "utf-8")
    assert told(check(pack, home))[:2] == ([], [])
    read: list[str] = []
    add = FilesRead.add

    def noted(files: FilesRead, line: bytes, name: str) -> None:
        read.append(name)
        add(files, line, name)

    monkeypatch.setattr(FilesRead, "add", noted)
    more.write_text(SECOND.replace("Other", "Another"), "utf-8")
    assert_as_afresh(pack, home, "an edit")
    assert set(read) == {"items/more.yaml"}
    for edit in (  # each of them has to do with an item of the other file
        SECOND.replace("second", "recall"),
        SECOND.replace("id: second", "id: second\n  was: [recall]"),
        SECOND.replace("다른 면", "앞면").replace("Other", "Front"),
        f"{SECOND}{NUMERIC}",
        "[]\n",
        SECOND,
    ):
        more.write_text(edit, "utf-8")
        assert_as_afresh(pack, home, edit)
    (pack / "items" / "all.yaml").rename(pack / "items" / "moved.yaml")
    assert_as_afresh(pack, home, "another name")
    options = CheckOptions(3, home, jobs=1)
    played: list[int] = []
    check_pack(pack, options, progress=lambda _, n: played.append(n), cancelled=never)
    assert played == [4] * 4  # all entries, at more draws


def test_after_an_edit_of_an_item_no_claim_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, home = wrote(tmp_path / "pack"), tmp_path / "home"
    check(pack, home)
    checked: list[str] = []

    def noted(manifest: Any, *args: Any, **options: Any) -> Iterator[Any]:
        checked.append(manifest.value.id)
        return check_all_but_items(manifest, *args, **options)

    monkeypatch.setattr(by_item, "check_all_but_items", noted)
    for name, looked_through in (
        ("items/more.yaml", False),
        ("claims/all.yaml", True),
        ("pack.yaml", True),
        ("notes.ko.md", True),
    ):
        checked.clear()
        text = (pack / name).read_text("utf-8")
        (pack / name).write_text(f"{text}{'' if name.endswith('md') else '# '}seen\n", "utf-8")
        check(pack, home)
        assert bool(checked) is looked_through, name


# --- many edits -------------------------------------------------------------------------------


def edited(pack: Path, rng: np.random.Generator) -> None:
    file, edit = EDITS[str(rng.choice(sorted(EDITS)))]
    if (pack / file).exists():
        (pack / file).write_text(edit((pack / file).read_text("utf-8")), "utf-8")


def cut(pack: Path, rng: np.random.Generator) -> None:
    path = any_file(pack, rng)
    text = path.read_text("utf-8")
    at = int(rng.integers(len(text) + 1))
    path.write_text(text[:at] + text[at + int(rng.integers(30)) :], "utf-8")


def turned(pack: Path, rng: np.random.Generator) -> None:
    path = any_file(pack, rng)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[::-1]), "utf-8")


def moved(pack: Path, rng: np.random.Generator) -> None:
    for path in sorted((pack / "items").iterdir()):
        path.rename(path.with_name(f"file-{rng.integers(5)}.yaml"))


def damaged(pack: Path, rng: np.random.Generator) -> None:
    for kept in (pack.parent / "home" / "cache").glob("*.json"):
        content = bytearray(kept.read_bytes())
        content[int(rng.integers(len(content)))] ^= 1 << int(rng.integers(8))
        kept.write_bytes(content)


def undone(pack: Path, _: np.random.Generator) -> None:
    for path in pack.rglob("*.yaml"):
        path.unlink()
    wrote(pack)


def any_file(pack: Path, rng: np.random.Generator) -> Path:
    files = sorted(pack.rglob("*.yaml"))
    return files[int(rng.integers(len(files)))]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_any_edits_one_after_another(tmp_path: Path, seed: int) -> None:
    rng = stream("warm checks", seed)
    pack, home = wrote(tmp_path / "pack"), tmp_path / "home"
    changes = (edited, edited, cut, turned, moved, damaged, undone)
    for step in range(40):
        change = undone if step % 8 == 7 else changes[int(rng.integers(len(changes)))]
        change(pack, rng)
        assert_as_afresh(pack, home, (seed, step, change.__name__))
