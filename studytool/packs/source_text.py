"""A file's text, cleaned once: UTF-8, of bounded size, without invisible or reordering characters."""

import re
import unicodedata
from pathlib import Path

from studytool.packs.diagnostics import Diagnostic, Place

MAX_BYTES = 5 * 2**20

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def read_source(path: Path, name: str) -> tuple[str, list[Diagnostic]]:
    """Read a file of a pack: its text in NFC, and what is wrong with it.

    Args:
        path: the file.
        name: what diagnostics call it.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            why = f"{size:,} bytes; a file has at most {MAX_BYTES:,}"
            return "", [Diagnostic("E101", Place(name, 1, 1), why, "split it")]
        raw = path.read_bytes()
    except OSError as error:
        return "", [Diagnostic("E102", Place(name, 1, 1), f"cannot be read: {error.strerror}")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [Diagnostic("E103", Place(name, line, 1), "not UTF-8", "save it as UTF-8")]
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return text, [_forbidden(name, text, found) for found in _FORBIDDEN.finditer(text)][:20]


def _forbidden(name: str, text: str, found: re.Match[str]) -> Diagnostic:
    at = found.start()
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    code = ord(found[0])
    what = unicodedata.name(found[0], "a control character")
    return Diagnostic(
        "E104",
        Place(name, line, column),
        f"the invisible character U+{code:04X} ({what})",
        "delete it; text in a pack has no control, bidirectional or tag characters",
    )
