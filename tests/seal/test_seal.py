"""The bundled pack is the one that was sealed: its badges say that the release tried it."""

import shutil
from pathlib import Path

import pytest

from studytool.bundled_pack import BUNDLED_PACK, SEAL, bundled_pack_folder, sealed_digest
from studytool.packs.digest import tree_digest


def test_the_seal_is_of_the_pack_as_it_is_now() -> None:
    """Where this fails, ``verify --write`` and then ``python -m tests.seal`` make it right."""
    assert sealed_digest() == tree_digest(bundled_pack_folder())
    assert SEAL.read_text("ascii") == f"{sealed_digest()}  {BUNDLED_PACK}\n"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("evidence.lock", '"verdict": "refuted"', '"verdict": "holds"'),
        ("evidence.lock", '"replicates": 4096', '"replicates": 4097'),  # one number
        ("items/50-initialisation.yaml", "rel: 2%", "rel: 3%"),
        ("claims/xavier-he.yaml", "0.05", "0.04"),
        ("notes.ko.md", "가", "각"),
        ("pack.yaml", "version: ", "version: 1"),
    ],
)
def test_one_edit_breaks_the_seal(tmp_path: Path, file: str, old: str, new: str) -> None:
    copied = shutil.copytree(bundled_pack_folder(), tmp_path / BUNDLED_PACK)
    assert tree_digest(copied) == tree_digest(bundled_pack_folder())
    path = copied / file
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1) if old in text else text + "\n", "utf-8")
    assert tree_digest(copied) != tree_digest(bundled_pack_folder())


def test_a_file_more_breaks_the_seal(tmp_path: Path) -> None:
    copied = shutil.copytree(bundled_pack_folder(), tmp_path / BUNDLED_PACK)
    (copied / "claims" / "more.yaml").write_text("[]\n", "utf-8")
    assert tree_digest(copied) != tree_digest(bundled_pack_folder())
