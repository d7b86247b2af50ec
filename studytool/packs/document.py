"""A document: plain values, and beside them where each stands in its file."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from studytool.packs.diagnostics import Place

Path = tuple[str | int, ...]
"""The way to a value: keys and indexes, from the top."""
YamlValue = str | int | float | bool | None | list["YamlValue"] | dict[str, "YamlValue"]

_ESCAPES = {"x": 4, "u": 6, "U": 10}
"""Length of the escapes in double quotes that are longer than two characters."""

_SPACE_ESCAPES = {("\n", "n"), ("\t", "t"), (" ", " ")}


@dataclass(slots=True)
class Location:
    """Where a value and its parts stand; line and column are counted from 1.

    Attributes:
        style: of a scalar: empty for plain, ``'`` or ``"`` quoted, ``|`` or ``>`` a block.
        refused: whether the value was reported already and stands for nothing.
        keys: line and column of each key of a mapping.
        parts: the marks of a mapping's or list's values.
    """

    line: int
    column: int
    style: str = ""
    refused: bool = False
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    parts: "dict[str | int, Location]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where it says it.

    Attributes:
        values: how many there are in it, lists and mappings counted.
        _starts: where each line begins.
        _followed: by a text, how far it was followed beside the source, and where that is there;
            several spots of one text are found in one walk.
    """

    name: str
    text: str
    value: YamlValue
    mark: Location
    values: int = 0
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)
    _followed: dict[int, tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)

    def place(self, path: Path) -> Place:
        """Return the place of a value, or of the nearest one that holds it."""
        mark = self._walk(path)[-1]
        return Place(self.name, mark.line, mark.column)

    def key_place(self, path: Path) -> Place:
        """Return the place of the key of a value, or of the value where it has no key."""
        marks = self._walk(path)
        if len(marks) > len(path) > 0 and (spot := marks[-2].keys.get(str(path[-1]))):
            return Place(self.name, *spot)
        return self.place(path)

    def has_colon(self, path: Path) -> bool:
        """Tell whether a colon stands behind the key of a value; a torn text has none."""
        spot, key = self.key_place(path), str(path[-1])
        start = self._line_starts()[spot.line - 1] + spot.column - 1
        behind = self.text[start : start + len(key) + 8].lstrip("'\"").removeprefix(key)
        return behind.lstrip("'\" ").startswith(":")

    def place_in_text(self, path: Path, index: int) -> Place:
        """Return the place of the character ``index`` (from 0) of the text at ``path``."""
        marks = self._walk(path)
        text = self.at(path) if len(marks) == len(path) + 1 else None
        if not isinstance(text, str):
            return self.place(path)
        return self._aligned(marks[-1], text, index)

    def line(self, place: Place) -> str:
        """Return the source line of a place."""
        start = self._line_starts()[place.line - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def lines_of_entry(self, key: Place) -> list[str]:
        """Return the lines of a key and its value in a block, the first from the key on."""
        starts = self._line_starts()
        lines = [self.line(key)[key.column - 1 :]]
        for number in range(key.line + 1, len(starts) + 1):
            line = self.line(Place(self.name, number, 1))
            if line.strip() and len(line) - len(line.lstrip()) < key.column:
                break
            lines.append(line)
        while len(lines) > 1 and not lines[-1].strip():
            lines.pop()
        return lines

    def at(self, path: Path) -> Any:
        """Return the plain value at a path that exists."""
        part: Any = self.value
        for step in path:
            part = part[step]
        return part

    def is_refused(self, path: Path) -> bool:
        """Tell whether the value at ``path``, or one that holds it, was reported already."""
        return any(mark.refused for mark in self._walk(path))

    def _walk(self, path: Path) -> list[Location]:
        marks = [self.mark]
        for step in path:
            part = marks[-1].parts.get(step)
            if part is None:
                break
            marks.append(part)
        return marks

    def _aligned(self, mark: Location, text: str, index: int) -> Place:
        """Follow the source beside the text: folds, indentation, quotes and escapes differ."""
        done, at = self._followed.get(id(mark), (0, -1))
        if at < 0 or done > index:
            done, at = 0, self._start(mark)
        for character in text[done:index]:
            at = self._after(at, character, mark.style)
        self._followed[id(mark)] = index, at
        if index < len(text) and not text[index].isspace():
            at = _past_space(self.text, at)
        line = bisect_right(self._line_starts(), at)
        return Place(self.name, line, at - self._starts[line - 1] + 1)

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.extend((0, *(found.end() for found in re.finditer("\n", self.text))))
        return self._starts

    def _start(self, mark: Location) -> int:
        """Return the offset of a scalar's first character."""
        if mark.style in ("|", ">"):
            return self._line_starts()[mark.line]
        return self._line_starts()[mark.line - 1] + mark.column - 1 + len(mark.style)

    def _after(self, at: int, character: str, style: str) -> int:
        """Return the offset past a character of the text; white space waits for what follows it."""
        ahead = _past_space(self.text, at)
        if style == '"' and self.text.startswith("\\", ahead):
            escape = self.text[ahead + 1 : ahead + 2]
            if not character.isspace() or (character, escape) in _SPACE_ESCAPES:
                return ahead + _ESCAPES.get(escape, 2)
        if character.isspace():
            return at
        return ahead + (2 if style == "'" and self.text.startswith("''", ahead) else 1)


def _past_space(source: str, at: int) -> int:
    while at < len(source) and source[at].isspace():
        at += 1
    return at
