"""A file's text, cleaned once: UTF-8, of bounded size, without invisible or reordering characters."""

import re
import unicodedata
from errno import ELOOP
from pathlib import Path
from stat import S_ISREG

from studytool.packs.diagnostics import Diagnostic, Place
from studytool.reasons import system_reason

MAX_BYTES = 5 * 2**20
MOST_CHARACTERS_REPORTED = 20

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060"
    "\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Controls but tab and newline, C1, bidi marks and overrides, separators, BOM, tag characters."""


def read_source(path: Path, name: str, *, within: Path) -> tuple[str | None, list[Diagnostic]]:
    """Read a file of a pack: its text in NFC, None when it has none, and what is wrong with it.

    Args:
        path: the file.
        name: what diagnostics call it.
        within: the pack's folder, which no link may leave.
    """
    start = Place(name, 1, 1)
    try:
        if not path.resolve(strict=True).is_relative_to(within.resolve()):
            why = "a link that leaves the pack's folder"
            return None, [Diagnostic("E105", start, why, "put the file itself here")]
        status = path.stat()
        if not S_ISREG(status.st_mode):
            return None, [Diagnostic("E102", start, "cannot be read: it is not a file")]
        if status.st_size > MAX_BYTES:
            why = f"{status.st_size:,} bytes; a file has at most {MAX_BYTES:,}"
            return None, [Diagnostic("E101", start, why, "split it")]
        raw = path.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        number = getattr(error, "errno", ELOOP)
        why = f"cannot be read: {system_reason(number).text('en')}"
        return None, [Diagnostic("E102", start, why, "check that it is there and its permissions")]
    return _decoded(raw, name)


def _decoded(raw: bytes, name: str) -> tuple[str | None, list[Diagnostic]]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        place = Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        why = f"the byte {raw[error.start]:#04x} is not UTF-8"
        return None, [Diagnostic("E103", place, why, "save the file as UTF-8")]
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
            why = "more invisible characters from here on"
            return [*problems, Diagnostic("E104", place, why, "delete them")]
        remedy = "delete it; text in a pack has no control, bidirectional or tag characters"
        problems.append(Diagnostic("E104", place, describe(found[0]), remedy))
    return problems


def find_forbidden(text: str) -> str | None:
    """Return the first character that text in a pack may not have; None in clean text."""
    found = _FORBIDDEN.search(text)
    return None if found is None else found[0]


def describe(character: str) -> str:
    """Name a forbidden character, without printing it."""
    name = unicodedata.name(character, "a control character")
    return f"the invisible character U+{ord(character):04X} ({name})"
