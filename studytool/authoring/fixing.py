"""Mend a pack's files where that is sure: each edit is kept only where its problem is gone after it."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from studytool.errors import PackError
from studytool.files import read_regular, write_whole
from studytool.language import Phrase
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.folder import ORDINARY, PackLimits
from studytool.packs.reader import Reading, read_pack
from studytool.packs.source_text import MAX_BYTES
from studytool.reasons import system_reason

MOST_ROUNDS = 200
"""Of edits: one that mends a file's syntax shows what it had hidden."""

_UNWRITTEN = Phrase(
    "{file}을(를) 고쳐 쓸 수 없습니다. {reason}. 그대로 두었습니다. 권한을 확인하세요.",
    "{file} could not be mended: {reason}. It is as it was; check its permissions",
)
_Name = tuple[str, str, str]


def fix_pack(folder: Path, limits: PackLimits = ORDINARY) -> tuple[Diagnostic, ...]:
    """Mend what can be mended surely, and return what was, each with the place it had then.

    A file that is not written as it was read (its letters not in NFC) is left alone.

    Raises:
        PackError: a file cannot be written; it is as it was.
        StateError: something that is no file stands in its place.
    """
    pack = _FixedPack(folder, limits)
    mended: list[Diagnostic] = []
    for _ in range(MOST_ROUNDS):
        by_file = pack.mendable()
        if not by_file:
            break
        for file, found in by_file.items():
            mended += pack.mend(file, found)
    return tuple(mended)


class _FixedPack:
    """A pack's folder as it was read last, and the problems whose edit did not help."""

    def __init__(self, folder: Path, limits: PackLimits) -> None:
        self._folder = folder
        self._limits = limits
        self._read()
        self._refused: set[_Name] = set()

    def mendable(self) -> Mapping[str, Sequence[Diagnostic]]:
        """Return the problems that an edit may mend, by file."""
        by_file: defaultdict[str, list[Diagnostic]] = defaultdict(list)
        for found in self._reading.diagnostics:
            if found.edit is not None and self._name(found) not in self._refused:
                by_file[found.place.file].append(found)
        return by_file

    def mend(self, file: str, found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        """Edit a file by what was found in it; keep all edits where they help, else those that do."""
        names = {self._name(one) for one in found}
        path, before = self._folder / file, b""
        with suppress(OSError):
            before = read_regular(path, MAX_BYTES)
        edited = _edited(before, self._reading.sources.get(file, ""), found)
        if edited is not None:
            torn = _torn(self._reading, file)
            self._write(path, edited)
            are_gone = all(_is_gone(one, found, self._reading) for one in found)
            if are_gone and _torn(self._reading, file) <= torn:
                return found
            self._write(path, before)
            if len(found) > 1:  # from below, so that places above stay
                return [kept for one in reversed(found) for kept in self.mend(file, [one])]
        self._refused |= names
        return ()

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_whole(path, content)
        except OSError as error:
            reason = system_reason(error.errno)
            raise PackError(_UNWRITTEN, file=path, reason=reason) from error
        self._read()

    def _read(self) -> None:
        self._reading = read_pack(self._folder, self._limits)
        self._line_at = self._reading.line_finder()

    def _name(self, found: Diagnostic) -> _Name:
        """Name a problem by its line's words, since lines above it may come and go."""
        line = self._line_at(found.place) or ""
        return found.code, found.place.file, f"{found.place.column} {line}"


def _edited(before: bytes, source: str, found: Sequence[Diagnostic]) -> bytes | None:
    """Return a file's bytes after the edits; None where they are not the text that was read."""
    has_returns = b"\r\n" in before
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    as_read = before.removeprefix(mark).replace(b"\r\n", b"\n")
    if not source or as_read != source.encode() or not unicodedata.is_normalized("NFC", source):
        return None
    lines = source.split("\n")
    edits = [one.edit for one in found if one.edit is not None]
    for edit in sorted(edits, key=lambda one: one.place, reverse=True):
        line, at = lines[edit.place.line - 1], edit.place.column - 1
        lines[edit.place.line - 1] = line[:at] + edit.text + line[at + edit.length :]
    text = "\n".join(lines)
    return mark + (text.replace("\n", "\r\n") if has_returns else text).encode()


def _torn(reading: Reading, file: str) -> set[str]:
    """Return what of a file's syntax is wrong; an edit must not add to it."""
    codes = (one.code for one in reading.diagnostics if one.place.file == file)
    return {code for code in codes if code.startswith("E11")}


def _is_gone(one: Diagnostic, edited: Sequence[Diagnostic], after: Reading) -> bool:
    """Tell whether a problem no longer stands in its line, which may have moved down."""
    edits = [other.edit for other in edited if other.edit is not None]
    above = [edit for edit in edits if edit.place < one.place and edit is not one.edit]
    line = one.place.line + sum(edit.text.count("\n") for edit in above)
    left = [
        other
        for other in after.diagnostics
        if other.place.file == one.place.file and other.place.line == line
    ]
    return not any(other.code == one.code and other.says == one.says for other in left)
