"""Every zip or folder that could do harm is refused with its reason, and leaves nothing anywhere."""

import os
import tempfile
from pathlib import Path

import pytest

from studytool.errors import PackError
from studytool.library.pack_tree import read_folder
from studytool.library.zip_tree import read_zip
from tests.in_process import run_program
from tests.library.hostile_zips import PACK, WHOLE, hostile_zips, with_name, zipped
from tests.packs.samples import write_pack


def test_each_is_refused_for_its_own_reason(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    *rows, wrong_item = hostile_zips()
    assert len(rows) > 50
    for row in rows:
        path.write_bytes(row.content)
        with pytest.raises(PackError, match="Nothing was changed") as refused:
            read_zip(path)
        assert row.words in refused.value.text("en"), row.name
    path.write_bytes(wrong_item.content)
    assert len(read_zip(path)) == 3  # what is wrong in it is the reader's to say


@pytest.mark.slow
def test_the_program_refuses_each_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch, home = tmp_path / "scratch", tmp_path / "home"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = tmp_path / "pack.zip"
    for row in hostile_zips():
        path.write_bytes(row.content)
        for language in ("en", "ko"):
            home.mkdir(exist_ok=True)
            (home / "settings.toml").write_text(f'language = "{language}"\n')
            done = run_program("pack", "add", str(path), "--yes", home=home, within=tmp_path)
            assert done.returncode == 2, row.name
            assert language == "ko" or row.words in done.stderr, (row.name, done.stderr)
            assert done.stdout == "", row.name
        assert [*scratch.iterdir()] == [], row.name
        assert [one.name for one in home.iterdir()] == ["settings.toml"], row.name
        assert {one.name for one in tmp_path.iterdir()} == {"scratch", "home", "pack.zip"}


def test_a_sound_zip_is_read(tmp_path: Path) -> None:
    """At the top or in one folder; what does not make the pack is left behind."""
    path = tmp_path / "pack.zip"
    for content in (
        WHOLE,
        zipped({f"sample-1.0/{name}": text for name, text in PACK.items()}),
        zipped({**PACK, "README.md": b"x", "schema/items.json": b"{}", "LICENSE": b"x"}),
        zipped({"items/": b"", **PACK}),
        with_name("한글/설명.md"),
    ):
        path.write_bytes(content)
        assert read_zip(path) == PACK


@pytest.mark.parametrize("kind", ["link", "folder", "nothing"])
def test_what_is_no_file_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    if kind == "link":
        (tmp_path / "whole.zip").write_bytes(WHOLE)
        path.symlink_to(tmp_path / "whole.zip")
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(PackError, match="Nothing was changed"):
        read_zip(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("name", ["evidence.lock", "items/more.yaml", "pack.yaml"])
def test_a_pipe_in_the_place_of_a_file_is_refused(name: str, tmp_path: Path) -> None:
    """As ``check`` does; the pack would be another one without it, and to read it would wait."""
    folder = write_pack(tmp_path / "pack")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    why = "no pack.yaml" if name == "pack.yaml" else f"{name}: it is no ordinary file"
    with pytest.raises(PackError, match=f"{why}.*Nothing was changed"):
        read_folder(folder)
