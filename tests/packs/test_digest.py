"""The digest of a pack reads what its manifest names, and nothing else."""

import os
from pathlib import Path

from studytool.packs.digest import MAX_BYTES, pack_files, tree_digest


def test_notes_that_nobody_named_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("id: a\nnotes: notes.en.md\n", "utf-8")
    (tmp_path / "notes.en.md").write_text("What is so.\n", "utf-8")
    before = tree_digest(tmp_path)
    with (tmp_path / "notes.x.md").open("wb") as other:
        os.truncate(other.fileno(), MAX_BYTES * 1000)  # sparse: reading it would take minutes
    assert tree_digest(tmp_path) == before
    assert [path.name for path in pack_files(tmp_path)] == ["notes.en.md", "pack.yaml"]
    (tmp_path / "notes.en.md").write_text("What is not so.\n", "utf-8")
    assert tree_digest(tmp_path) != before  # control
