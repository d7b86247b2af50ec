"""The bundled packs are those that were sealed: their badges say that the release tried them."""

import shutil
from pathlib import Path

import pytest

from studytool.bundled_pack import SEAL, bundled_folders, bundled_pack_folder, sealed_digests
from studytool.packs.digest import tree_digest


@pytest.mark.parametrize("pack_id", bundled_folders())
def test_the_seal_is_of_the_pack_as_it_is_now(pack_id: str) -> None:
    """Where this fails, ``verify --write`` and then ``python -m tests.seal`` make it right."""
    digest = tree_digest(bundled_folders()[pack_id])
    assert digest in sealed_digests()
    assert f"{digest}  {pack_id}\n" in SEAL.read_text("ascii")


def test_every_pack_beside_them_is_sealed_under_its_own_id() -> None:
    content = bundled_pack_folder().parent
    assert set(bundled_folders()) == {one.parent.name for one in content.glob("*/pack.yaml")}
    for pack_id, folder in bundled_folders().items():
        assert f"\nid: {pack_id}\n" in (folder / "pack.yaml").read_text("utf-8")


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
    copied = shutil.copytree(bundled_pack_folder(), tmp_path / bundled_pack_folder().name)
    assert tree_digest(copied) == tree_digest(bundled_pack_folder())
    path = copied / file
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1) if old in text else text + "\n", "utf-8")
    assert tree_digest(copied) != tree_digest(bundled_pack_folder())


def test_a_file_more_breaks_the_seal(tmp_path: Path) -> None:
    copied = shutil.copytree(bundled_pack_folder(), tmp_path / bundled_pack_folder().name)
    (copied / "claims" / "more.yaml").write_text("[]\n", "utf-8")
    assert tree_digest(copied) != tree_digest(bundled_pack_folder())
