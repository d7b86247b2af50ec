"""A strict subset of YAML 1.2 that keeps the place of every key and value.

Built on PyYAML's events, so that depth and size are checked before anything recurses or grows. No
tags, anchors, aliases, merge keys, duplicate keys or keys that are not text; ``no``, ``on``,
``1:30`` and dates stay text; ``010`` and ``1_000`` are refused.
"""

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

from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Document, Location, YamlValue
from studytool.packs.lone_entries import LoneEntry, explain_lone, is_lone
from studytool.packs.plain_numbers import FLOAT, INTEGER, SUSPECT, as_decimal
from studytool.packs.quoted_tex import explain_syntax, find_quoted_tex, tex_in_quotes
from studytool.packs.schema_words import short
from studytool.packs.source_text import describe, find_forbidden
from studytool.packs.telling import told
from studytool.packs.yaml_problems import YamlProblems, YamlRefusedError, spot_of

MAX_DEPTH = 32
MAX_VALUES = 200_000
"""Values of a file that stands alone; those of a pack share its own limit."""
MAX_TEXT_BYTES = 20_000

_MOST_DIGITS = 300
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CLoader", yaml.Loader)


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
    except YamlRefusedError as refused:
        return None, [*reader.problems.found, refused.diagnostic]
    except yaml.YAMLError as error:
        return None, [*reader.problems.found, explain_syntax(name, text, error)]
    return Document(name, text, value, mark, reader.values), reader.problems.found


class _Reader:
    def __init__(self, name: str, source: str, most: int) -> None:
        self.problems = YamlProblems(name)
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
                    raise self.problems.refused(
                        "E111", event, told("a second document"), told("use one file for each")
                    )
                seen = True
            elif isinstance(
                event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent
            ):
                value, mark = self._value(event, events, 1)
        return value, mark

    def _value(
        self, event: Event, events: Iterator[Event], depth: int
    ) -> tuple[YamlValue, Location]:
        mark = Location(*spot_of(event))
        self._count(event)
        self.problems.report_foreign(event, mark)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, mark), mark
        if isinstance(event, AliasEvent):
            return None, mark
        if depth > MAX_DEPTH:
            why = told("nested deeper than {most} levels", most=MAX_DEPTH)
            remedy = told("write it flatter: no key of a pack nests so deep")
            raise self.problems.refused("E114", event, why, remedy)
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
        lone: list[LoneEntry] = []
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key, refused = self._key(event)
            if key in mapping:
                why = told("the key '{key}' stands twice", key=short(key))
                first = mark.keys[key][0]
                self.problems.report(
                    "E115",
                    event,
                    why,
                    told("keep one of them; the first is in line {first}", first=first),
                )
            mark.keys[key] = spot_of(event)
            mapping[key], part = self._value(next(events), events, depth + 1)
            part.refused |= refused
            mark.parts[key] = part
            if mapping[key] is None and is_lone(key):
                del mapping[key], mark.keys[key], mark.parts[key]
                self.problems.take_back("E116", Location(*spot_of(event)))
                lone.append(LoneEntry(key, *spot_of(event), self._is_joined(event)))
            elif lone:
                value, part = mapping.pop(key), mark.parts[key]
                self._close(lone, mapping, mark)
                mapping[key], mark.parts[key] = value, part
        if lone:
            self._close(lone, mapping, mark)
        return mapping

    def _is_joined(self, event: Event) -> bool:
        """Tell digits right behind a comma that itself is right behind a digit."""
        at = event.start_mark.index if event.start_mark else 0
        before = self._source[max(at - 2, 0) : at]
        return before[1:] == "," and before[:1].isdigit()

    def _close(self, lone: list[LoneEntry], mapping: dict[str, YamlValue], mark: Location) -> None:
        """Report the numbers without a key that stand behind a value, as the one slip they are."""
        found = explain_lone(lone, mapping)
        at = Location(lone[0].line, lone[0].column)
        if found.at_value:
            at = mark.parts[next(reversed(mapping))] if mapping else mark
            at.refused = True
        self.problems.report_at(found.code, at, found.says, found.remedy)
        lone.clear()

    def _key(self, event: Event) -> tuple[str, bool]:
        """Read a key, and tell whether it was refused."""
        if not isinstance(event, ScalarEvent):
            raise self.problems.refused(
                "E116", event, told("a key that is not text"), told("write a word and a colon")
            )
        key = str(event.value)
        spot = Location(*spot_of(event))
        self.problems.report_foreign(event, spot)
        read = self._key_text(event, spot)
        if not event.style and key == "<<":
            self.problems.refuse_value(
                "E112", event, spot, told("a merge key"), told("write the keys out")
            )
        elif not isinstance(read, str) and not spot.refused:
            why = told("the key {key} is not text", key=short(key) or told("(empty)"))
            remedy = told(
                "put it in quotes; inside {{...}}, so must be a text that contains a comma"
            )
            self.problems.refuse_value("E116", event, spot, why, remedy)
        return read if isinstance(read, str) else key, spot.refused

    def _key_text(self, event: ScalarEvent, mark: Location) -> YamlValue:
        """Read a key; one that only looks like a number is text."""
        text = str(event.value)
        return text if not event.style and SUSPECT.fullmatch(text) else self._scalar(event, mark)

    def _scalar(self, event: ScalarEvent, mark: Location) -> YamlValue:
        text = str(event.value)
        mark.style = event.style or ""  # the C parser says "" for plain, the pure one None
        if len(text) > MAX_TEXT_BYTES // 4 and len(text.encode()) > MAX_TEXT_BYTES:
            why = told(
                "a text of {count:,} bytes; one has at most {most:,}",
                count=len(text.encode()),
                most=MAX_TEXT_BYTES,
            )
            self.problems.refuse_value("E122", event, mark, why, told("split it into several"))
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
            why = told("'{text}' is neither a plain number nor clearly text", text=short(text))
            remedy = told(
                "write {number}; where it is no number, '{text}' in quotes",
                number=short(as_decimal(text)),
                text=short(text),
            )
            self.problems.refuse_value("E117", event, mark, why, remedy)
            return text
        if not FLOAT.fullmatch(text):
            return text
        if len(text) > _MOST_DIGITS or abs(float(text)) == float("inf"):
            why = told("the number {text} is too large", text=short(text))
            self.problems.refuse_value("E118", event, mark, why, told("numbers go up to 1e308"))
            return text
        return int(text) if INTEGER.fullmatch(text) else float(text)

    def _unescaped(self, event: ScalarEvent, mark: Location, text: str) -> YamlValue:
        """Refuse TeX, and hold what an escape wrote to the same rule as what stands in the file."""
        start, end = (0 if at is None else at.index for at in (event.start_mark, event.end_mark))
        if (at := find_quoted_tex(self._source, start, end)) is not None:
            mark.refused = True
            self.problems.append(tex_in_quotes(self._name, self._source, at))
            return None
        found = find_forbidden(text)
        if found is not None:
            remedy = told("leave it out; text in a pack has no control or bidirectional characters")
            why = told("an escape for {found}", found=describe(found))
            self.problems.refuse_value("E104", event, mark, why, remedy)
            return None
        return text if text.isascii() else unicodedata.normalize("NFC", text)

    # --- what is refused ----------------------------------------------------------------------

    def _count(self, event: Event) -> None:
        self.values += 1
        if self.values > self._most:
            why = told("the values of the pack's files are too many from here on")
            remedy = told("split it into packs, or read it with --large")
            raise self.problems.refused("E119", event, why, remedy)
