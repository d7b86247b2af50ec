"""What a folder can hold in place of readable files: every fault is a diagnostic."""

import os
import shutil
import sys
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studytool.errors import PackError
from studytool.packs.digest import tree_digest
from studytool.packs.evidence import MAX_BYTES as MAX_LOCK_BYTES
from studytool.packs.evidence import read_evidence
from studytool.packs.folder import ORDINARY, PackLimits, has_too_much
from studytool.packs.reader import load_pack, read_pack
from studytool.packs.source_text import MAX_BYTES
from tests.packs.samples import CARD, NUMERIC, write_pack

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and named pipes of POSIX")


def problems(folder: Path) -> list[str]:
    return [str(found) for found in read_pack(folder).diagnostics]


def test_not_utf8_names_the_byte_and_its_place(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / "items" / "b.yaml").write_bytes("a\n분".encode() + b"\xff\n")
    assert problems(tmp_path) == [
        "items/b.yaml:2:2: error[E103]: the byte 0xff is not UTF-8",
    ]


@pytest.mark.parametrize("name", ["items/all.yaml", "notes.ko.md"])
def test_a_pointer_of_git_lfs_is_no_text(tmp_path: Path, name: str) -> None:
    write_pack(tmp_path)
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
    (tmp_path / name).write_text(pointer, "utf-8")
    [found] = [one for one in read_pack(tmp_path).diagnostics if one.place.file == name]
    assert (found.code, found.place.line, found.help) == ("E102", 1, "run 'git lfs pull'")
    assert "pointer that 'git lfs' keeps" in str(found)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / "items" / "b.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    assert problems(tmp_path) == [
        "items/b.yaml:1:1: error[E101]: 5,242,881 bytes; a file has at most 5,242,880"
    ]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link(path: Path) -> None:
    target = path.with_name(f".{path.name}.elsewhere")
    target.write_bytes(path.read_bytes() if path.exists() else b"{}")
    path.unlink(missing_ok=True)
    path.symlink_to(target.name)


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")  # would never end


NOT_FILES: list[tuple[Callable[[Path], None], str]] = [
    (_pipe, "error[E102]: a pipe, not a file"),
    (Path.mkdir, "error[E102]: a folder, not a file"),
    (_link, "error[E105]: a link, not a file"),
    (_circle, "error[E105]: a link, not a file"),
    (_device, "error[E105]: a link, not a file"),
]


@POSIX
@pytest.mark.parametrize(("make", "said"), NOT_FILES)
@pytest.mark.parametrize("name", ["items/b.yaml", "claims/b.yaml", "evidence.lock", "notes.ko.md"])
def test_only_ordinary_files_are_opened(
    tmp_path: Path, name: str, make: Callable[[Path], None], said: str
) -> None:
    write_pack(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).unlink(missing_ok=True)
    make(tmp_path / name)
    assert problems(tmp_path)[0] == f"{name}:1:1: {said}"
    assert read_evidence(tmp_path).claims == {}  # nor is it waited for here
    assert len(tree_digest(tmp_path)) == 64


@POSIX
def test_a_manifest_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    write_pack(tmp_path)
    _link(tmp_path / "pack.yaml")
    assert problems(tmp_path)[0] == "pack.yaml:1:1: error[E105]: a link, not a file"


@POSIX
@pytest.mark.parametrize("part", ["items", "claims"])
def test_a_folder_that_is_a_link_is_not_even_listed(tmp_path: Path, part: str) -> None:
    write_pack(tmp_path / "pack")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "secret").mkdir(parents=True)
    shutil.rmtree(tmp_path / "pack" / part, ignore_errors=True)
    (tmp_path / "pack" / part).symlink_to(elsewhere)
    found = problems(tmp_path / "pack")
    assert f"{part}:1:1: error[E105]: a link, not a folder" in found
    assert not any("secret" in one for one in found)
    before = tree_digest(tmp_path / "pack")
    (elsewhere / "a.yaml").write_text("x", "utf-8")
    assert tree_digest(tmp_path / "pack") == before


def test_evidence_past_the_limit_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    write_pack(tmp_path)
    with (tmp_path / "evidence.lock").open("wb") as file:
        file.truncate(MAX_LOCK_BYTES + 1)
    (found,) = read_pack(tmp_path).diagnostics
    assert str(found).startswith("evidence.lock:1:1: error[E101]: 20,971,521 bytes")
    assert "verify --write" in found.help


@pytest.mark.parametrize(("limits", "said"), [
    (PackLimits(files=1, characters=10**6, values=10**6),
     "items/all.yaml:1:1: error[E106]: more than 1 files in the pack's files"),
    (PackLimits(files=9, characters=300, values=10**6),
     "items/all.yaml:1:1: error[E106]: more than 300 characters in the pack's files"),
    (PackLimits(files=9, characters=10**6, values=30),
     "items/all.yaml:4:23: error[E119]: the values of the pack"),
])  # fmt: skip
def test_a_pack_past_a_limit_is_read_no_further(
    tmp_path: Path, limits: PackLimits, said: str
) -> None:
    write_pack(tmp_path, items=CARD)
    for name in "bcd":
        (tmp_path / "items" / f"{name}.yaml").write_text("- [", "utf-8")  # not reached
    found = read_pack(tmp_path, limits).diagnostics
    assert len(found) == 1
    assert str(found[0]).startswith(said)
    assert "--large" in found[0].help


def test_the_values_of_all_files_count_together(tmp_path: Path) -> None:
    few = replace(ORDINARY, values=3000)
    write_pack(tmp_path)
    for name in "bcd":
        values = "- 1\n" * (few.values // 3)
        (tmp_path / "items" / f"{name}.yaml").write_text(values, "utf-8")
    assert [one.code for one in read_pack(tmp_path, few).diagnostics if one.code == "E119"] == [
        "E119"
    ]
    assert not any(one.code == "E119" for one in read_pack(tmp_path).diagnostics)


def test_a_byte_order_mark_is_nobody_s_business(tmp_path: Path) -> None:
    write_pack(tmp_path)
    path = tmp_path / "items" / "all.yaml"
    path.write_bytes(BOM_UTF8 + path.read_bytes())
    assert problems(tmp_path) == []
    path.write_bytes(BOM_UTF8 + b"a\nb" + b"\xff\n")
    assert problems(tmp_path) == ["items/all.yaml:2:2: error[E103]: the byte 0xff is not UTF-8"]


def test_a_file_that_nobody_reads_is_pointed_out(tmp_path: Path) -> None:
    write_pack(tmp_path)
    for name in ("b.yml", ".hidden", "all.yaml~"):
        (tmp_path / "items" / name).write_text("x", "utf-8")
    assert problems(tmp_path) == ["items/b.yml:1:1: warning[W400]: is not read"]


def test_windows_line_ends_change_no_place(tmp_path: Path) -> None:
    write_pack(tmp_path, items=(CARD + NUMERIC).replace("\n", "\r\n"))
    assert problems(tmp_path) == []


def test_decomposed_hangul_is_composed(tmp_path: Path) -> None:
    import unicodedata

    write_pack(tmp_path, items=unicodedata.normalize("NFD", CARD) + NUMERIC)
    front = next(item for item in load_pack(tmp_path).items if item.kind == "card").front
    assert front.text("ko") == "앞면"


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"is no pack: it has no pack\.yaml"):
        load_pack(tmp_path)


def test_load_pack_raises_with_every_diagnostic(tmp_path: Path) -> None:
    write_pack(tmp_path, items=CARD.replace("kind: card", "kind: crad") + "- 1\n")
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path)
    text = str(refused.value)
    assert "items/all.yaml:2:9: error[E203]" in text
    assert "items/all.yaml:6:3: error[E204]" in text
    assert "2 |   kind: crad\n  |         ^^^^\n" in text


def test_the_digest_follows_names_and_contents(tmp_path: Path) -> None:
    first = tree_digest(write_pack(tmp_path / "a"))
    assert tree_digest(write_pack(tmp_path / "b")) == first == load_pack(tmp_path / "a").digest
    (tmp_path / "b" / "items" / "all.yaml").rename(tmp_path / "b" / "items" / "other.yaml")
    renamed = tree_digest(tmp_path / "b")
    (tmp_path / "a" / "evidence.lock").write_text("{}", "utf-8")
    assert len({first, renamed, tree_digest(tmp_path / "a")}) == 3


def test_nothing_is_made_of_a_pack_with_too_many_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pack(tmp_path)
    right = read_pack(folder)
    assert right.items
    monkeypatch.setattr("studytool.packs.reader.check_references", None)  # not called
    found = read_pack(folder, replace(ORDINARY, values=30))
    assert [one.code for one in found.diagnostics] == ["E119"]
    assert found.manifest == right.manifest
    assert found.entries == ()


@pytest.mark.parametrize("few", [{"values": 20}, {"characters": 100}, {"files": 0}])
def test_too_much_is_told_from_the_files_alone(tmp_path: Path, few: dict[str, int]) -> None:
    folder = write_pack(tmp_path)
    assert not has_too_much(folder, ORDINARY)
    assert has_too_much(folder, replace(ORDINARY, **few))
