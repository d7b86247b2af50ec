"""A strict subset of YAML 1.2 that keeps the place of every key and value.

Built on PyYAML's events, so that depth is checked before anything recurses. No tags, anchors,
aliases, merge keys, duplicate keys or keys that are not text; ``no``, ``on``, ``1:30`` and dates
stay text; ``010`` and ``1_000`` are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

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

MAX_DEPTH = 32

Path = tuple[str | int, ...]
Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SUSPECT = re.compile(r"[-+]?0[0-9]+(\.[0-9]*)?|[-+]?[0-9]+(_[0-9]+)+|0[xob][0-9a-fA-F]+")
_QUOTED = ("'", '"', "|", ">")
"""The styles that make a scalar text; the C parser says '' for a plain one, the other None."""
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

_Loader = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where it says it.

    Attributes:
        value: mappings, lists and scalars.
        places: of each value, by its path of keys and indexes; ``()`` is the whole.
        key_places: of each mapping's key, by the path of its value.
        text_places: of the first character of each one-line text, by its path.
    """

    value: Value
    places: dict[Path, Place]
    key_places: dict[Path, Place]
    text_places: dict[Path, Place]

    def place(self, path: Path) -> Place:
        """Give the place of a value, or of the nearest one that holds it."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def place_in_text(self, path: Path, column: int | None) -> Place:
        """Give the place of a character of a text, counted from 1; of the text if it is a block."""
        start = self.text_places.get(path)
        if start is None or column is None:
            return self.place(path)
        return Place(start.file, start.line, start.column + column - 1)


class _RefusedError(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))


def read_yaml(text: str, name: str) -> tuple[Document | None, list[Diagnostic]]:
    """Read a file's text: the document, and every problem found on the way.

    A problem of syntax ends the reading of that file; the others do not.
    """
    reader = _Reader(name)
    try:
        value = reader.document(yaml.parse(text, Loader=_Loader))
    except _RefusedError as refused:
        return None, [*reader.diagnostics, refused.diagnostic]
    except yaml.MarkedYAMLError as error:
        return None, [*reader.diagnostics, _syntax(name, error)]
    except yaml.YAMLError as error:
        place = Place(name, 1, 1)
        return None, [*reader.diagnostics, Diagnostic("E110", place, f"not YAML: {error}")]
    document = Document(value, reader.places, reader.key_places, reader.text_places)
    return document, reader.diagnostics


class _Reader:
    def __init__(self, name: str) -> None:
        self.places: dict[Path, Place] = {}
        self.key_places: dict[Path, Place] = {}
        self.text_places: dict[Path, Place] = {}
        self.diagnostics: list[Diagnostic] = []
        self._name = name

    def document(self, events: Iterator[Event]) -> Value:
        value: Value = None
        seen = False
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if seen:
                    raise self._refused("E111", event, "a second document", "use one file for each")
                seen = True
            elif isinstance(
                event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent
            ):
                value = self._value(event, events, ())
        return value

    def _value(self, event: Event, events: Iterator[Event], path: Path) -> Value:
        self._refuse_foreign(event, path)
        self.places[path] = self._place(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        if not isinstance(event, ScalarEvent):
            raise self._refused("E110", event, "not YAML: a value was expected", "")
        if event.style not in ("|", ">"):
            place = self._place(event)
            quoted = 1 if event.style in _QUOTED else 0
            self.text_places[path] = Place(place.file, place.line, place.column + quoted)
        return self._scalar(event)

    def _refuse_foreign(self, event: Event, path: Path) -> None:
        if isinstance(event, AliasEvent):
            raise self._refused("E112", event, f"the alias '*{event.anchor}'", "write it out")
        if anchor := getattr(event, "anchor", None):
            raise self._refused("E112", event, f"the anchor '&{anchor}'", "write it out")
        if tag := getattr(event, "tag", None):
            raise self._refused("E113", event, f"the tag '{tag}'", "leave it out")
        if len(path) > MAX_DEPTH:
            raise self._refused("E114", event, f"nested deeper than {MAX_DEPTH} levels", "")

    def _sequence(self, events: Iterator[Event], path: Path) -> list[Value]:
        items: list[Value] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, path)
            where = (*path, key)
            if key in mapping:
                self._report("E115", event, f"the key '{key}' stands twice", "keep one of them")
            self.key_places[where] = self._place(event)
            mapping[key] = self._value(next(events), events, where)
        return mapping

    def _key(self, event: Event, path: Path) -> str:
        self._refuse_foreign(event, path)
        if not isinstance(event, ScalarEvent):
            raise self._refused("E116", event, "a key that is not text", "")
        key = str(event.value)
        if key == "<<" and event.style not in _QUOTED:
            raise self._refused("E112", event, "a merge key", "write the keys out")
        return key

    def _scalar(self, event: ScalarEvent) -> Value:
        text = str(event.value)
        if event.style in _QUOTED:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _SUSPECT.fullmatch(text):
            self._report(
                "E117",
                event,
                f"'{text}' is neither a plain number nor clearly text",
                f"write a decimal number, or '{text}' in quotes",
            )
            return text
        if _INTEGER.fullmatch(text) and len(text) <= 300:
            return int(text)
        return float(text) if _FLOAT.fullmatch(text) else text

    # --- places -------------------------------------------------------------------------------

    def _place(self, event: Event) -> Place:
        mark = event.start_mark
        return (
            Place(self._name, mark.line + 1, mark.column + 1) if mark else Place(self._name, 1, 1)
        )

    def _report(self, code: str, event: Event, message: str, help_: str) -> None:
        self.diagnostics.append(Diagnostic(code, self._place(event), message, help_))

    def _refused(self, code: str, event: Event, message: str, help_: str) -> _RefusedError:
        return _RefusedError(Diagnostic(code, self._place(event), message, help_))


def _syntax(name: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    place = Place(name, 1, 1) if mark is None else Place(name, mark.line + 1, mark.column + 1)
    parts = [part for part in (error.context, error.problem) if part]
    return Diagnostic("E110", place, f"not YAML: {', '.join(parts)}")
