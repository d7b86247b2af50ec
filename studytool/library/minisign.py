"""Signatures made by minisign: a public key, and whether a file is what its owner signed.

A signature is a file of four lines: a comment that nobody vouches for, the signature of the content,
a comment that is signed with it, and the signature of both. See https://jedisct1.github.io/minisign/.
"""

import base64
import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from studytool.errors import PackError
from studytool.files import IrregularFileError, LargeFileError, read_regular
from studytool.language import Phrase
from studytool.library.pack_tree import refused
from studytool.reasons import reason

SUFFIX = ".minisig"
"""Of the signature's file, behind the whole name of what it signs."""

_MOST_BYTES = 16_384
_OF_CONTENT, _OF_DIGEST = b"Ed", b"ED"
"""What was signed: the content itself, as the first versions did, or its BLAKE2b digest."""
_ID, _KEY, _SIGNATURE = 8, 32, 64
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "

_NO_KEY = Phrase(
    ko="{text}: minisign의 공개 키가 아닙니다. RW로 시작하는 56자나, 그것이 든 .pub 파일을 쓰세요.",
    en="{text} is no public key of minisign. Write its 56 letters, which begin with RW, or the "
    ".pub file that has them.",
)
_NO_FILE = Phrase(
    ko="서명 파일 {path}을(를) 읽을 수 없습니다({why})",
    en="its signature {path} cannot be read ({why})",
)
_NO_SIGNATURE = Phrase(
    ko="{path}은(는) minisign이 만든 온전한 서명이 아닙니다",
    en="{path} is not a complete minisign signature",
)
_OTHER_KEY = Phrase(
    ko="키 {found}(으)로 서명되어 있고, 키 {wanted}의 서명이 아닙니다",
    en="it is signed by the key {found}, not by {wanted}",
)
_FORGED = Phrase(
    ko="키 {wanted}의 주인이 서명한 것과 다릅니다. 서명한 뒤에 바뀌었거나 서명이 위조되었습니다",
    en="it is not what the owner of the key {wanted} signed: it was changed since, or the signature "
    "is forged",
)
_FORGED_COMMENT = Phrase(
    ko="서명의 설명이 위조되었습니다", en="the comment of its signature is forged"
)
_MISSING = Phrase(
    ko="서명을 확인하는 데 필요한 cryptography가 없습니다. 다음으로 설치하세요: pip install 'studytool[sign]'",
    en="cryptography, which checks signatures, is not installed. Install it with: "
    "pip install 'studytool[sign]'",
)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The public key of who signs packs.

    Attributes:
        number: by which signatures name it, 8 bytes.
        point: of the curve Ed25519, 32 bytes.
    """

    number: bytes
    point: bytes

    def __str__(self) -> str:
        """Return it as minisign writes it, 56 letters."""
        return base64.b64encode(_OF_CONTENT + self.number + self.point).decode()

    @property
    def name(self) -> str:
        """Return its number as minisign writes it, 16 hex digits."""
        return _name(self.number)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed a file, and the comment that was signed with it."""

    key: SigningKey
    comment: str


def signer(key: str) -> str | None:
    """Return the number of a key that is kept as its letters; None of a text that is no key."""
    found = _key_of(key)
    return None if found is None else found.name


def read_signing_key(text: str) -> SigningKey:
    """Read a public key: its 56 letters, or the file that has them.

    >>> read_signing_key("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3").name
    'E7620F1842B4E81F'

    Raises:
        PackError: it is none.
    """
    if (key := _key_of(text)) is not None:
        return key
    try:
        lines = read_regular(Path(text), _MOST_BYTES).decode("utf-8", "replace").splitlines()
    except (OSError, ValueError):
        lines = []
    keys = [key for line in lines if (key := _key_of(line.strip())) is not None]
    if len(keys) != 1:
        raise PackError(_NO_KEY, text=text)
    return keys[0]


def check_signature(content: bytes, signature: Path, key: SigningKey, source: object) -> Signed:
    """Check that the owner of a key signed this very content; errors name ``source``.

    Raises:
        PackError: the signature is missing, broken, another's, or of something else.
    """
    if find_spec("cryptography") is None:
        raise PackError(_MISSING)
    parts = _read_signature(signature, source)
    if parts.number != key.number:
        raise refused(source, _OTHER_KEY.of(found=_name(parts.number), wanted=key.name))
    digest = hashlib.blake2b(content).digest()
    message = digest if parts.kind == _OF_DIGEST else content
    if not _is_signed(message, parts.signature, key):
        raise refused(source, _FORGED.of(wanted=key.name))
    if not _is_signed(parts.signature + parts.comment.encode(), parts.whole, key):
        raise refused(source, _FORGED_COMMENT)
    return Signed(key, parts.comment)


def signer_named(signature: Path) -> str | None:
    """Return the number of the key that a signature names, which proves nothing; None without one."""
    try:
        return _name(_read_signature(signature, signature).number)
    except PackError:
        return None


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a signature's file says."""

    kind: bytes
    number: bytes
    signature: bytes
    comment: str
    whole: bytes


def _read_signature(path: Path, source: object) -> _Parts:
    broken = refused(source, _NO_SIGNATURE.of(path=path))
    try:
        lines = read_regular(path, _MOST_BYTES).decode("utf-8").splitlines()
    except (IrregularFileError, LargeFileError, UnicodeDecodeError) as error:
        raise broken from error
    except OSError as error:
        raise refused(source, _NO_FILE.of(path=path, why=reason(error))) from error
    if len(lines) != 4:
        raise broken
    own, whole = _decoded(lines[1]), _decoded(lines[3])
    is_sound = (
        lines[0].startswith(_UNTRUSTED)
        and lines[2].startswith(_TRUSTED)
        and own[:2] in {_OF_CONTENT, _OF_DIGEST}
        and len(own) == 2 + _ID + _SIGNATURE
        and len(whole) == _SIGNATURE
    )
    if not is_sound:
        raise broken
    comment = lines[2].removeprefix(_TRUSTED)
    return _Parts(own[:2], own[2 : 2 + _ID], own[2 + _ID :], comment, whole)


def _is_signed(message: bytes, signature: bytes, key: SigningKey) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.point).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _key_of(text: str) -> SigningKey | None:
    raw = _decoded(text)
    if len(raw) != 2 + _ID + _KEY or raw[:2] != _OF_CONTENT:
        return None
    return SigningKey(raw[2 : 2 + _ID], raw[2 + _ID :])


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _name(number: bytes) -> str:
    return number[::-1].hex().upper()
