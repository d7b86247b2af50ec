"""Where a cursor stands in a YAML file that may be half written: in which mapping, at which key.

It is found by indentation and brackets alone, so that a file which cannot be read yet has it too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_ROW = re.compile(r"^(?P<indent> *)(?P<dashes>(?:- +)*)(?P<rest>.*)$")
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*) *:(?: +(?P<value>.*))?$")
_WORD = re.compile(r"[\w./-]*$")
_IN_TEXT = re.compile(r"[|>][+-]?\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class Level:
    """A mapping: the key that it stands under, empty for an entry of the file, and its own keys."""

    key: str
    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cursor:
    """What is typed at a cursor.

    Attributes:
        levels: the mappings around it, that of the entry first.
        key: whose value is typed, or an element of whose list; None where a key is typed.
        typed: the word before the cursor, as far as it is typed.
    """

    levels: tuple[Level, ...]
    key: str | None
    typed: str

    @property
    def beside(self) -> Mapping[str, str]:
        """Return the keys of the mapping, with what is written behind each in its line."""
        return self.levels[-1].beside


def cursor_at(text: str, line: int, column: int) -> Cursor | None:
    """Return what is typed at a place, both counted from 0; None within a text of several lines."""
    lines = text.split("\n")
    before = lines[line][:column] if line < len(lines) else ""
    rows = [_row(one) for one in lines]
    found = _ROW.match(before)
    assert found is not None  # it matches any line
    indent = len(found["indent"]) + len(found["dashes"])
    levels = list(_levels(rows, line, indent, starts=bool(found["dashes"])))
    if any(_IN_TEXT.match(value) for value in _open_values(rows, line, indent)):
        return None
    key = _KEY.match(found["rest"])
    typed = _WORD.search(before)
    assert typed is not None
    rest = found["rest"] if key is None else key["value"] or ""
    opened = list(_opened(rest, None if key is None else key["key"], lines[line][column:]))
    if opened:
        inner = opened[-1]
        if opened[0].is_map and opened[0].under is None:  # it is the element itself
            levels[-1] = Level(levels[-1].key, opened.pop(0).keys)
        levels += [Level(one.under or "", one.keys) for one in opened if one.is_map]
        return Cursor(tuple(levels), inner.value_of, typed[0])
    if key is not None:
        return Cursor(tuple(levels), key["key"], typed[0])
    if found["dashes"] and len(levels) > 1:  # an element, of which a key may come too
        return Cursor(tuple(levels), levels[-1].key, typed[0])
    return Cursor(tuple(levels), None, typed[0])


# --- lines ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with a key: where the key begins, whether it begins an element of a list."""

    indent: int
    starts: bool
    key: str
    value: str


def _row(line: str) -> _Row | None:
    found = _ROW.match(line)
    key = None if found is None else _KEY.match(found["rest"])
    if found is None or key is None:
        return None
    indent = len(found["indent"]) + len(found["dashes"])
    return _Row(indent, bool(found["dashes"]), key["key"], (key["value"] or "").strip())


def _levels(
    rows: Sequence[_Row | None], line: int, indent: int, *, starts: bool
) -> Iterator[Level]:
    """Return the mappings around a line, the outermost first."""
    parent = _parent(rows, line, indent, starts=starts)
    beside = dict(_siblings(rows, line, indent, starts=starts))
    if parent is None:
        yield Level("", beside)
        return
    row = rows[parent]
    assert row is not None
    yield from _levels(rows, parent, row.indent, starts=row.starts)
    yield Level(row.key, beside)


def _parent(rows: Sequence[_Row | None], line: int, indent: int, *, starts: bool) -> int | None:
    """Return the line of the key under which a mapping stands; None of an entry."""
    edge = indent - 2 if starts else indent
    for number in range(line - 1, -1, -1):
        row = rows[number]
        if row is None or row.indent > edge:
            continue
        if row.indent == indent and not starts:
            starts, edge = row.starts, indent - 2 if row.starts else indent
        elif row.indent < indent and (row.indent <= edge or not starts):
            return number
    return None


def _siblings(
    rows: Sequence[_Row | None], line: int, indent: int, *, starts: bool
) -> Iterator[tuple[str, str]]:
    """Return the keys of the mapping that a line stands in, but for the line's own."""
    for number in range(line - 1, -1, -1) if not starts else ():
        row = rows[number]
        if row is not None and row.indent < indent:
            break
        if row is not None and row.indent == indent:
            yield row.key, row.value
            if row.starts:
                break
    for row in rows[line + 1 :]:
        if row is not None and (row.indent < indent or (row.indent == indent and row.starts)):
            break
        if row is not None and row.indent == indent:
            yield row.key, row.value


def _open_values(rows: Sequence[_Row | None], line: int, indent: int) -> Iterator[str]:
    """Return what stands behind the keys that a line is below."""
    for number in range(line - 1, -1, -1):
        row = rows[number]
        if row is not None and row.indent < indent:
            indent = row.indent
            yield row.value


# --- brackets in a line -----------------------------------------------------------------------


@dataclass(slots=True)
class _Bracket:
    """An open bracket: the key that it stands under, and what was read within it."""

    is_map: bool
    under: str | None
    keys: dict[str, str] = field(default_factory=dict)
    current: str | None = None
    read: str = ""

    @property
    def value_of(self) -> str | None:
        """Return the key whose value is typed; None where a key is."""
        return self.current if self.is_map else self.under

    def close_value(self) -> None:
        """Keep the value that has ended."""
        if self.current is not None:
            self.keys[self.current] = self.read.strip().strip("'\"")
        self.current, self.read = None, ""


def _opened(before: str, key: str | None, after: str) -> Iterator[_Bracket]:
    """Return the brackets that are open at the cursor, the outermost first."""
    stack: list[_Bracket] = []
    for letter in _unquoted(before):
        if letter in "{[":
            stack.append(_Bracket(letter == "{", stack[-1].value_of if stack else key))
        elif stack:
            _read_on(stack, letter)
    rest = after.partition("}")[0] if stack else ""
    for found in re.finditer(r"(\w+): *([\w./-]*)", rest):
        stack[-1].keys.setdefault(found[1], found[2])
    yield from stack


def _unquoted(text: str) -> Iterator[str]:
    """Return the letters of a text; those within quotes as something that is no bracket."""
    quote = ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        yield "_" if quote and letter in "{}[],:" else letter


def _read_on(stack: list[_Bracket], letter: str) -> None:
    top = stack[-1]
    if letter in "}]":
        stack.pop()
    elif letter == ",":
        top.close_value()
    elif letter == ":" and top.is_map and top.current is None:
        top.current, top.read = top.read.strip(), ""
    else:
        top.read += letter
