"""A strict subset of YAML 1.2 that keeps the place of every key and value.

Built on PyYAML's events, so that depth and size are checked before anything recurses or grows. No
tags, anchors, aliases, merge keys, duplicate keys or keys that are not text; ``no``, ``on``,
``1:30`` and dates stay text; ``010`` and ``1_000`` are refused.
"""

import re
import unicodedata
from collections.abc import Iterator

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.document import Document, Location, YamlValue
from studytool.packs.plain_numbers import FLOAT, INTEGER, SUSPECT, as_decimal
from studytool.packs.source_text import describe, find_forbidden
from studytool.packs.syntax import explain

MAX_DEPTH = 32
MAX_VALUES = 200_000
"""Values of a file that stands alone; those of a pack share its own limit."""
MAX_TEXT_BYTES = 20_000
MAX_PROBLEMS = 500

_MOST_DIGITS = 300
_QUOTED_TEX = re.compile(r"\$[^$\\]*(?P<word>\\)[^$]*\$")
"""A backslash in a formula: in double quotes its letters would become a tab, a new line or nothing."""
_BAD_ESCAPES = ("unknown escape character", "hexdecimal", "hexadecimal")
"""Of the parsers' words for an escape that YAML has not; one of them cannot spell."""
_TEX_WORD = re.compile(r"\\+[A-Za-z]{0,20}")
_TENTHS = re.compile(r"[0-9]+ ?%?")
"""What is left of a number behind its decimal comma."""
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CLoader", yaml.Loader)


class _RefusedError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))


def read_yaml(
    text: str, name: str, *, most: int = MAX_VALUES
) -> tuple[Document | None, list[Diagnostic]]:
    """Read a file's text: the document, and every problem found on the way.

    A problem of syntax, depth or size ends the reading of that file; the others do not.

    Args:
        text: of the file.
        name: what diagnostics call it.
        most: values, lists and mappings counted.
    """
    reader = _Reader(name, text, most)
    try:
        value, mark = reader.document(yaml.parse(text, Loader=_Loader))
    except _RefusedError as refused:
        return None, [*reader.diagnostics, refused.diagnostic]
    except yaml.YAMLError as error:
        return None, [*reader.diagnostics, _syntax(name, text, error)]
    return Document(name, text, value, mark, reader.values), reader.diagnostics


class _Reader:
    def __init__(self, name: str, source: str, most: int) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.values = 0
        self._name = name
        self._source = source
        self._most = most

    def document(self, events: Iterator[Event]) -> tuple[YamlValue, Location]:
        value: YamlValue = None
        mark = Location(1, 1)
        seen = False
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if seen:
                    raise self._refused("E111", event, "a second document", "use one file for each")
                seen = True
            elif isinstance(
                event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent
            ):
                value, mark = self._value(event, events, 1)
        return value, mark

    def _value(
        self, event: Event, events: Iterator[Event], depth: int
    ) -> tuple[YamlValue, Location]:
        mark = Location(*_spot(event))
        self._count(event)
        self._report_foreign(event, mark)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, mark), mark
        if isinstance(event, AliasEvent):
            return None, mark
        if depth > MAX_DEPTH:
            raise self._refused("E114", event, f"nested deeper than {MAX_DEPTH} levels", "")
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, mark, depth), mark
        return self._sequence(events, mark, depth), mark

    def _sequence(self, events: Iterator[Event], mark: Location, depth: int) -> list[YamlValue]:
        items: list[YamlValue] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            value, mark.parts[len(items)] = self._value(event, events, depth + 1)
            items.append(value)
        return items

    def _mapping(self, events: Iterator[Event], mark: Location, depth: int) -> dict[str, YamlValue]:
        mapping: dict[str, YamlValue] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key, refused = self._key(event)
            if key in mapping:
                why = f"the key '{_short(key)}' stands twice"
                first = mark.keys[key][0]
                self._report("E115", event, why, f"keep one of them; the first is in line {first}")
            mark.keys[key] = _spot(event)
            mapping[key], part = self._value(next(events), events, depth + 1)
            part.refused |= refused
            mark.parts[key] = part
            if mapping[key] is None and _TENTHS.fullmatch(key) and self._follows_comma(event):
                self._join_decimal(key, mapping, mark)
        return mapping

    def _follows_comma(self, event: Event) -> bool:
        """Tell digits right behind a comma that itself is right behind a digit."""
        at = event.start_mark.index if event.start_mark else 0
        before = self._source[max(at - 2, 0) : at]
        return before[1:] == "," and before[:1].isdigit()

    def _join_decimal(self, key: str, mapping: dict[str, YamlValue], mark: Location) -> None:
        """Report the two halves of a number with a decimal comma as one: ``{rel: 0,02}``."""
        del mapping[key], mark.keys[key], mark.parts[key]
        last = next(reversed(mapping))
        whole = mark.parts[last]
        whole.refused = True
        place = Place(self._name, whole.line, whole.column)
        why = f"'{mapping[last]},{key}' has a decimal comma"
        self._append(Diagnostic("E117", place, why, f"write {mapping[last]}.{key}"))

    def _key(self, event: Event) -> tuple[str, bool]:
        """Read a key, and tell whether it was refused."""
        if not isinstance(event, ScalarEvent):
            raise self._refused("E116", event, "a key that is not text", "write a word and a colon")
        key = str(event.value)
        spot = Location(*_spot(event))
        self._report_foreign(event, spot)
        read = self._key_text(event, spot)
        if not event.style and key == "<<":
            self._refuse_value("E112", event, spot, "a merge key", "write the keys out")
        elif not isinstance(read, str) and not spot.refused:
            why = f"the key {_short(key) or '(empty)'} is not text"
            remedy = "put it in quotes; inside {...}, so must be a text that contains a comma"
            self._refuse_value("E116", event, spot, why, remedy)
        return read if isinstance(read, str) else key, spot.refused

    def _key_text(self, event: ScalarEvent, mark: Location) -> YamlValue:
        """Read a key; one that only looks like a number is text."""
        text = str(event.value)
        return text if not event.style and SUSPECT.fullmatch(text) else self._scalar(event, mark)

    def _scalar(self, event: ScalarEvent, mark: Location) -> YamlValue:
        text = str(event.value)
        mark.style = event.style or ""  # the C parser says "" for plain, the pure one None
        if len(text) > MAX_TEXT_BYTES // 4 and len(text.encode()) > MAX_TEXT_BYTES:
            why = f"a text of {len(text.encode()):,} bytes; one has at most {MAX_TEXT_BYTES:,}"
            self._refuse_value("E122", event, mark, why, "split it into several")
            return None
        if mark.style == '"':
            return self._unescaped(event, mark, text)
        if mark.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return self._plain(event, mark, text)

    def _plain(self, event: ScalarEvent, mark: Location, text: str) -> YamlValue:
        if text[0] not in "-+.0123456789":
            return text
        if SUSPECT.fullmatch(text):
            why = f"'{_short(text)}' is neither a plain number nor clearly text"
            remedy = f"write {_short(as_decimal(text))}; where it is no number, '{_short(text)}' in quotes"
            self._refuse_value("E117", event, mark, why, remedy)
            return text
        if not FLOAT.fullmatch(text):
            return text
        if len(text) > _MOST_DIGITS or abs(float(text)) == float("inf"):
            why = f"the number {_short(text)} is too large"
            self._refuse_value("E118", event, mark, why, "numbers go up to 1e308")
            return text
        return int(text) if INTEGER.fullmatch(text) else float(text)

    def _unescaped(self, event: ScalarEvent, mark: Location, text: str) -> YamlValue:
        """Refuse TeX, and hold what an escape wrote to the same rule as what stands in the file."""
        start, end = (0 if at is None else at.index for at in (event.start_mark, event.end_mark))
        if (tex := _QUOTED_TEX.search(self._source, start, end)) is not None:
            mark.refused = True
            self._append(_tex_in_quotes(self._name, self._source, tex.start("word")))
            return None
        found = find_forbidden(text)
        if found is not None:
            remedy = "leave it out; text in a pack has no control or bidirectional characters"
            why = f"an escape for {describe(found)}"
            self._refuse_value("E104", event, mark, why, remedy)
            return None
        return text if text.isascii() else unicodedata.normalize("NFC", text)

    # --- what is refused ----------------------------------------------------------------------

    def _count(self, event: Event) -> None:
        self.values += 1
        if self.values > self._most:
            why = "the values of the pack's files are too many from here on"
            remedy = "split it into packs, or read it with --large"
            raise self._refused("E119", event, why, remedy)

    def _report_foreign(self, event: Event, mark: Location) -> None:
        if isinstance(event, AliasEvent):
            why = f"the alias '*{_short(event.anchor)}'"
            remedy = "write the value out; put a text that begins with * in quotes"
            self._refuse_value("E112", event, mark, why, remedy)
            return
        if anchor := getattr(event, "anchor", None):
            remedy = "leave it out; put a text that begins with & in quotes"
            self._report("E112", event, f"the anchor '&{_short(anchor)}'", remedy)
        if tag := getattr(event, "tag", None):
            remedy = "leave it out; put a text that begins with ! in quotes"
            self._report("E113", event, f"the tag '{_short(tag)}'", remedy)
            mark.refused = True

    def _refuse_value(  # noqa: PLR0917 - a report, and the mark that it concerns
        self, code: str, event: Event, mark: Location, why: str, remedy: str
    ) -> None:
        mark.refused = True
        self._report(code, event, why, remedy)

    def _report(self, code: str, event: Event, message: str, help_: str) -> None:
        self._append(self._refused(code, event, message, help_).diagnostic)

    def _append(self, diagnostic: Diagnostic) -> None:
        if len(self.diagnostics) >= MAX_PROBLEMS:
            why = f"more than {MAX_PROBLEMS} problems; the rest of the file was not read"
            last = Diagnostic("E120", diagnostic.place, why, "mend the first ones")
            raise _RefusedError(last)
        self.diagnostics.append(diagnostic)

    def _refused(self, code: str, event: Event, message: str, help_: str) -> _RefusedError:
        place = Place(self._name, *_spot(event))
        return _RefusedError(Diagnostic(code, place, message, help_))


def _spot(event: Event) -> tuple[int, int]:
    """Return the line and column of an event, counted from 1."""
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _tex_in_quotes(name: str, source: str, at: int) -> Diagnostic:
    """Report the backslash at ``at``, inside double quotes, where YAML takes it for an escape."""
    place = Place(name, source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at))
    word = _TEX_WORD.match(source, at)
    why = f"TeX in double quotes, where a backslash is an escape: {word[0] if word else source[at]}"
    help_ = "write the text in single quotes, or in the lines below '|', with one backslash"
    return Diagnostic("E121", place, why, help_)


def _syntax(name: str, source: str, error: yaml.YAMLError) -> Diagnostic:
    if not isinstance(error, yaml.MarkedYAMLError):
        return Diagnostic("E110", Place(name, 1, 1), f"not YAML: {error}")
    mark = error.problem_mark or error.context_mark
    if mark is not None and any(part in str(error.problem) for part in _BAD_ESCAPES):
        return _tex_in_quotes(name, source, source.rindex("\\", 0, mark.index + 1))
    return explain(name, source, error)


def _short(text: object) -> str:
    shown = str(text)
    return shown if len(shown) <= 40 else shown[:39] + "…"
