"""What a folder can hold in place of readable files: every fault is a diagnostic."""

import os
import sys
from pathlib import Path

import pytest

from studytool.errors import PackError
from studytool.packs.digest import tree_digest
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


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / "items" / "b.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    assert problems(tmp_path) == [
        "items/b.yaml:1:1: error[E101]: 5,242,881 bytes; a file has at most 5,242,880"
    ]


@POSIX
@pytest.mark.parametrize(("target", "said"), [
    ("/etc/hostname", "error[E105]: a link that leaves the pack's folder"),
    ("/dev/zero", "error[E105]: a link that leaves the pack's folder"),  # would never end
    ("b.yaml", "error[E102]: cannot be read: the links go round in a circle"),
    ("nothing", "error[E102]: cannot be read: no such file or folder"),
])  # fmt: skip
def test_a_link_is_followed_only_inside_the_folder(tmp_path: Path, target: str, said: str) -> None:
    write_pack(tmp_path)
    (tmp_path / "items" / "b.yaml").symlink_to(target)
    found = problems(tmp_path)
    if target == "b.yaml":  # Python versions word it differently
        found = [
            one.replace("Too many levels of symbolic links", "links in a circle") for one in found
        ]
    assert found == [f"items/b.yaml:1:1: {said}"]


@POSIX
def test_a_link_inside_the_folder_is_read(tmp_path: Path) -> None:
    write_pack(tmp_path, items=CARD)
    (tmp_path / "more.yaml").write_text(NUMERIC, "utf-8")
    (tmp_path / "items" / "b.yaml").symlink_to("../more.yaml")
    assert len(load_pack(tmp_path).items) == 2


@POSIX
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write_pack(tmp_path)
    os.mkfifo(tmp_path / "items" / "b.yaml")
    assert problems(tmp_path) == ["items/b.yaml:1:1: error[E102]: cannot be read: it is not a file"]


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
