"""Signed packs: installed for a key alone, updated by the same key alone, refused otherwise."""

import base64
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studytool.library.minisign import SigningKey
from studytool.settings.home import LOCK_NAME
from tests.bundled_library import install_bundled_pack
from tests.in_process import run_program
from tests.packs.samples import CARD, MANIFEST, write_pack

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

pytest.importorskip("cryptography")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = install_bundled_pack(tmp_path / "home")
    (home / "settings.toml").write_text('language = "en"\n')
    write_pack(tmp_path / "pack")
    run(tmp_path, "pack", "build", "pack", "--output", "one.zip")
    write_pack(tmp_path / "newer", manifest=MANIFEST.replace("1.0.0", "1.1.0"), items=CARD)
    run(tmp_path, "pack", "build", "newer", "--output", "two.zip")
    return tmp_path


def run(folder: Path, *words: str) -> str:
    """Run the program; return what it printed, on its error stream too."""
    done = run_program(*words, home=folder / "home", within=folder)
    assert done.returncode in {0, 2}, done.stderr
    return done.stdout + done.stderr


def owner(seed: int) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def key_of(seed: int) -> SigningKey:
    return SigningKey(bytes([seed]) * 8, owner(seed).public_key().public_bytes_raw())


def sign(path: Path, seed: int) -> None:
    own = owner(seed).sign(hashlib.blake2b(path.read_bytes()).digest())
    whole = owner(seed).sign(own + b"by me")
    parts = [b"ED" + key_of(seed).number + own, whole]
    first, last = (base64.b64encode(part).decode() for part in parts)
    lines = ["untrusted comment: -", first, "trusted comment: by me", last, ""]
    path.with_name(f"{path.name}.minisig").write_text("\n".join(lines))


def locked(folder: Path) -> dict[str, str]:
    path = folder / "home" / LOCK_NAME
    packs: dict[str, dict[str, str]] = (
        json.loads(path.read_text())["packs"] if path.exists() else {}
    )
    return packs.get("sample", {})


def test_a_key_is_remembered_and_signs_what_comes_later(folder: Path) -> None:
    key = str(key_of(1))
    sign(folder / "one.zip", 1)
    said = run(folder, "pack", "add", "one.zip", "--key", key, "--yes", "--json")
    assert f'"signed_by":"{key}"' in said.replace(" ", "")
    assert "signed by the owner of the key 0101010101010101, with the words: by me" in said
    assert locked(folder)["key"] == key
    assert "one.zip  (signed by the key 0101010101010101)" in run(folder, "pack", "list")
    listed = {one["id"]: one for one in json.loads(run(folder, "pack", "list", "--json"))["packs"]}
    assert listed["sample"]["signed_by"] == key
    assert listed["deep-learning-notes"]["signed_by"] is None
    assert "cannot be read" in run(folder, "pack", "update", "sample", "two.zip", "--yes")
    sign(folder / "two.zip", 2)
    said = run(folder, "pack", "update", "sample", "two.zip", "--yes")
    assert "signed by the key 0202020202020202, not by 0101010101010101" in said
    other = run(folder, "pack", "update", "sample", "two.zip", "--key", str(key_of(2)), "--yes")
    assert "studytool pack remove sample" in other
    assert "only a zip file" in run(folder, "pack", "update", "sample", "newer", "--yes")
    assert locked(folder)["version"] == "1.0.0"
    sign(folder / "two.zip", 1)
    assert "updated sample" in run(folder, "pack", "update", "sample", "two.zip", "--yes")
    assert (locked(folder)["version"], locked(folder)["key"]) == ("1.1.0", key)
    run(folder, "pack", "pin", "sample")
    assert locked(folder)["key"] == key
    # a new key, by the remedy
    sign(folder / "two.zip", 2)
    run(folder, "pack", "remove", "sample", "--yes")
    run(folder, "pack", "add", "two.zip", "--key", str(key_of(2)), "--yes")
    assert locked(folder)["key"] == str(key_of(2))


@pytest.mark.slow
def test_what_is_not_signed_by_the_key_is_not_installed(folder: Path) -> None:
    key = str(key_of(1))
    for source in ("one.zip", "pack", "nowhere.zip"):  # no signature, no zip, nothing
        run(folder, "pack", "add", source, "--key", key, "--yes")
        assert not locked(folder)
    sign(folder / "one.zip", 1)
    content = (folder / "two.zip").read_bytes()
    before = (folder / "one.zip").read_bytes()
    (folder / "one.zip").write_bytes(content)
    assert "not what the owner" in run(folder, "pack", "add", "one.zip", "--key", key, "--yes")
    (folder / "one.zip").write_bytes(before)
    assert "no public key" in run(folder, "pack", "add", "one.zip", "--key", "RW", "--yes")
    assert not locked(folder)


@pytest.mark.slow
def test_a_signature_that_nobody_checked_is_told_and_can_be_checked_later(folder: Path) -> None:
    sign(folder / "one.zip", 1)
    said = run(folder, "pack", "add", "one.zip", "--yes")
    assert "the key 0101010101010101) was not checked" in said
    assert "key" not in locked(folder)
    run(folder, "pack", "add", "one.zip", "--key", str(key_of(1)), "--yes")
    assert locked(folder)["key"] == str(key_of(1))
    sign(folder / "one.zip", 2)  # the same zip by another
    said = run(folder, "pack", "add", "one.zip", "--key", str(key_of(2)), "--yes")
    assert "studytool pack remove sample" in said
    assert locked(folder)["key"] == str(key_of(1))
