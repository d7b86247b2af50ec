"""A file's text, cleaned once: UTF-8, of bounded size, without invisible or reordering characters."""

import re
import unicodedata
from codecs import BOM_UTF8
from pathlib import Path

from studytool.files import IrregularFileError, LargeFileError, read_regular
from studytool.language import Message
from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.telling import told
from studytool.reasons import system_reason

MAX_BYTES = 5 * 2**20
MOST_CHARACTERS_REPORTED = 20

_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
"""How the few lines begin that Git leaves in a file's place until Git LFS fetches it."""
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060"
    "\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Controls but tab and newline, C1, bidi marks and overrides, separators, BOM, tag characters."""


def read_source(path: Path, name: str) -> tuple[str | None, list[Diagnostic]]:
    """Read a file of a pack: its text in NFC, None when it has none, and what is wrong with it.

    Args:
        path: the file; no link is followed.
        name: what diagnostics call it.
    """
    try:
        raw = read_regular(path, MAX_BYTES)
    except OSError as error:
        return None, [unreadable(name, error, most=MAX_BYTES)]
    return _decoded(raw, name)


def read_unsaved(text: str, name: str) -> tuple[str | None, list[Diagnostic]]:
    """Read a file of a pack as it stands in an editor, as :func:`read_source` does one that is saved."""
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_BYTES:
        return None, [unreadable(name, LargeFileError(Path(name), len(raw)), most=MAX_BYTES)]
    return _decoded(raw, name)


def unreadable(name: str, error: OSError, *, most: int) -> Diagnostic:
    """Say why a file of a pack cannot be read."""
    start = Place(name, 1, 1)
    if isinstance(error, LargeFileError):
        why = told("{size:,} bytes; a file has at most {most:,}", size=error.size, most=most)
        return Diagnostic("E101", start, why, told("split it"))
    if isinstance(error, IrregularFileError):
        code = "E105" if error.what.en == "a link" else "E102"
        return Diagnostic(
            code,
            start,
            told("{what}, not a file", what=error.what),
            told("put the file itself here"),
        )
    why = told("cannot be read: {reason}", reason=system_reason(error.errno))
    return Diagnostic("E102", start, why, told("check that it is there and its permissions"))


def _decoded(raw: bytes, name: str) -> tuple[str | None, list[Diagnostic]]:
    raw = raw.removeprefix(BOM_UTF8)  # an editor's, which nobody sees
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        place = Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        why = told("the byte {raw:#04x} is not UTF-8", raw=raw[error.start])
        return None, [Diagnostic("E103", place, why, told("save the file as UTF-8"))]
    if raw.startswith(_LFS_POINTER):
        why = told("this is only the pointer that 'git lfs' keeps in the file's place")
        return None, [Diagnostic("E102", Place(name, 1, 1), why, told("run 'git lfs pull'"))]
    text = text.replace("\r\n", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text, _forbidden(name, text)


def _forbidden(name: str, text: str) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    for found in _FORBIDDEN.finditer(text):
        at = found.start()
        place = Place(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        if len(problems) == MOST_CHARACTERS_REPORTED:
            why = told("more invisible characters from here on")
            return [*problems, Diagnostic("E104", place, why, told("delete them"))]
        remedy = told("delete it; text in a pack has no control, bidirectional or tag characters")
        problems.append(Diagnostic("E104", place, describe(found[0]), remedy))
    return problems


def find_forbidden(text: str) -> str | None:
    """Return the first character that text in a pack may not have; None in clean text."""
    found = _FORBIDDEN.search(text)
    return None if found is None else found[0]


def describe(character: str) -> Message:
    """Name a forbidden character, without printing it."""
    name = unicodedata.name(character, "") or told("a control character")
    return told("the invisible character U+{point:04X} ({name})", point=ord(character), name=name)
