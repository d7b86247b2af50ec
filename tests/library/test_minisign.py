"""Signatures against minisign itself: what it made is accepted, what is wrong is refused by name."""

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from studytool.errors import PackError
from studytool.library.minisign import (
    SigningKey,
    check_signature,
    read_signing_key,
    signer_named,
)
from tests.rows import all_rows

pytest.importorskip("cryptography")

CONTENT = b"content of a pack\n"
KEY = "RWRNN+O4TRbXYu3UNW7xYyKZIfTY9fiOoyEqGTVty9xwQHPSrq9bKMQE"
OTHER = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"  # of minisign's manual
SIGNATURE = """\
untrusted comment: signature from minisign secret key
RURNN+O4TRbXYmvIWxGdpcVm0hgo1+L+M9RNQz7JOQu9CH3mWiaSetZgMGCvDeIDNKfjQV3Ga9zSpbiMngcX+YKAiusz7mO85wE=
trusted comment: version 1.0.0 of the pack
V7LI1J68nYIev5GMvVWAFTO15PuDa3MLHlWEGPZgCR9B1rtyAeBpA7aK/SC1Gm+oxDVVGF72bSZLJOI3iy1zCQ==
"""  # by minisign 0.11
LEGACY = """\
untrusted comment: signature from minisign secret key
RWRNN+O4TRbXYr2nLvYe4uJKDLw4U5v62aSqORMtIYLPHAxGBtlaXyhlQHIiE9CVaE1xVKzXwozkexrUGyFq3+mvxVp9OJkEkAI=
trusted comment: in the older form
WVryEFDStvxSrwoOukJWgB2PDArcDns6ocUZfdXQ/A507S0n4GsU1hRiv0jq+DZEU0jy0bBx1Ln6i+ICvWqvDg==
"""  # by minisign 0.11 -l
LINES = SIGNATURE.splitlines()


def checked(folder: Path, signature: str, *, content: bytes = CONTENT, key: str = KEY) -> str:
    path = folder / "a.zip.minisig"
    path.write_bytes(signature.encode())
    return check_signature(content, path, read_signing_key(key), "a.zip").comment


def test_what_minisign_signed_is_accepted(tmp_path: Path) -> None:
    assert checked(tmp_path, SIGNATURE) == "version 1.0.0 of the pack"
    assert checked(tmp_path, LEGACY) == "in the older form"
    assert checked(tmp_path, SIGNATURE.replace("signature from", "whatever")).startswith("version")
    assert checked(tmp_path, SIGNATURE.replace("\n", "\r\n")) == "version 1.0.0 of the pack"
    assert signer_named(tmp_path / "a.zip.minisig") == "62D7164DB8E3374D"
    assert signer_named(tmp_path / "none") is None


def altered(line: int, at: int) -> str:
    """Return the signature with one byte of a line's base64 flipped."""
    raw = bytearray(base64.b64decode(LINES[line]))
    raw[at] ^= 1
    return "\n".join([*LINES[:line], base64.b64encode(raw).decode(), *LINES[line + 1 :]])


@all_rows(
    ("signature", "content", "key", "why"),
    [
        (SIGNATURE, b"content of a pack", KEY, "not what the owner"),
        (SIGNATURE, b"", KEY, "not what the owner"),
        (LEGACY, CONTENT + b" ", KEY, "not what the owner"),
        (SIGNATURE, CONTENT, OTHER, "signed by the key 62D7164DB8E3374D, not by E7620F1842B4E81F"),
        (altered(1, 10), CONTENT, KEY, "not what the owner"),  # first byte of the signature
        (altered(1, 73), CONTENT, KEY, "not what the owner"),  # its last
        (altered(1, 2), CONTENT, KEY, "signed by the key"),  # of the number
        (altered(1, 1), CONTENT, KEY, "not a complete minisign signature"),  # of the kind
        (SIGNATURE.replace("RURN", "RWRN", 1), CONTENT, KEY, "not what the owner"),  # as legacy
        (altered(3, 0), CONTENT, KEY, "comment of its signature is forged"),
        (SIGNATURE.replace("1.0.0", "1.0.1"), CONTENT, KEY, "comment of its signature is forged"),
        ("\n".join([*LINES[:3], LEGACY.splitlines()[3]]), CONTENT, KEY, "comment of its"),
        ("\n".join(LINES[:3]), CONTENT, KEY, "not a complete minisign signature"),
        (SIGNATURE[:-30], CONTENT, KEY, "not a complete minisign signature"),
        (SIGNATURE + "more\n", CONTENT, KEY, "not a complete minisign signature"),
        (SIGNATURE.replace("un", "", 1), CONTENT, KEY, "not a complete minisign signature"),
        (
            SIGNATURE.replace("\ntrusted", "\n trusted"),
            CONTENT,
            KEY,
            "not a complete minisign signature",
        ),
        ("", CONTENT, KEY, "not a complete minisign signature"),
        ("\x00" * 20_000, CONTENT, KEY, "not a complete minisign signature"),
    ],
)
def test_what_is_wrong_is_refused(
    tmp_path: Path, signature: str, content: bytes, key: str, why: str
) -> None:
    with pytest.raises(PackError, match=why):
        checked(tmp_path, signature, content=content, key=key)


def test_a_signature_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    key = read_signing_key(KEY)
    with pytest.raises(PackError, match="cannot be read"):
        check_signature(CONTENT, tmp_path / "none", key, "a.zip")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(PackError, match="not a complete minisign signature"):
        check_signature(CONTENT, tmp_path / "binary", key, "a.zip")


def test_a_key_is_its_letters_or_the_file_that_has_them(tmp_path: Path) -> None:
    path = tmp_path / "of the author.pub"
    path.write_text(f"untrusted comment: minisign public key 62D7164DB8E3374D\n{KEY}\n")
    key = read_signing_key(KEY)
    assert read_signing_key(str(path)) == key
    assert str(key) == KEY
    for wrong in ("", KEY[:-1], KEY[:-4], f"{KEY}AAAA", "nothing", str(tmp_path), "a\x00b"):
        with pytest.raises(PackError, match="no public key of minisign"):
            read_signing_key(wrong)


def test_without_the_library_it_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.library.minisign.find_spec", lambda _: None)
    with pytest.raises(PackError, match=r"studytool\[sign\]"):
        checked(tmp_path, SIGNATURE)


# --- both ways, with minisign itself ----------------------------------------------------------


def minisign(*options: str, within: Path) -> bool:
    program = shutil.which("minisign")
    if program is None:
        pytest.skip("minisign is not installed")
    return not subprocess.run(
        [program, *options], check=False, cwd=within, capture_output=True
    ).returncode


@pytest.mark.slow
@pytest.mark.parametrize("kind", [(), ("-l",)])
def test_a_file_that_minisign_signs_is_accepted(tmp_path: Path, kind: tuple[str, ...]) -> None:
    assert minisign("-GW", "-p", "own.pub", "-s", "own.sec", within=tmp_path)
    content = bytes(range(256)) * 100
    (tmp_path / "a.zip").write_bytes(content)
    assert minisign("-S", "-W", *kind, "-s", "own.sec", "-m", "a.zip", within=tmp_path)
    key = read_signing_key(str(tmp_path / "own.pub"))
    signature = tmp_path / "a.zip.minisig"
    assert check_signature(content, signature, key, "a.zip").key == key
    with pytest.raises(PackError, match="not what the owner"):
        check_signature(content[1:], signature, key, "a.zip")


@pytest.mark.slow
def test_a_file_signed_by_the_library_is_accepted_by_minisign_and_here(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key = SigningKey(b"12345678", secret.public_key().public_bytes_raw())
    own = secret.sign(hashlib.blake2b(CONTENT).digest())
    whole = secret.sign(own + "한글 설명".encode())
    encoded = [base64.b64encode(part).decode() for part in (b"ED" + key.number + own, whole)]
    lines = ["untrusted comment: -", encoded[0], "trusted comment: 한글 설명", encoded[1], ""]
    assert checked(tmp_path, "\n".join(lines), key=str(key)) == "한글 설명"
    (tmp_path / "a.zip").write_bytes(CONTENT)
    assert minisign("-Vm", "a.zip", "-P", str(key), within=tmp_path)
    (tmp_path / "a.zip").write_bytes(CONTENT + b"x")
    assert not minisign("-Vm", "a.zip", "-P", str(key), within=tmp_path)
