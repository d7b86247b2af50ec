"""Events as lines of JSON, and a log as a file of them: a header, then one event a line."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from studytool.errors import ExchangeError
from studytool.language import Phrase
from studytool.printable import printable_json
from studytool.reasons import reason
from studytool.review_log.event_kinds import MOST_LINE_BYTES
from studytool.review_log.json_values import DAY, bad, shown
from studytool.review_log.kinds import KINDS, class_of
from studytool.review_log.study_days import is_day_of
from studytool.srs.memory import to_ms

if TYPE_CHECKING:
    from studytool.review_log.events import Event

FORMAT, VERSION = "studytool-log", 2
HEADER = json.dumps({"format": FORMAT, "version": VERSION}).encode() + b"\n"
WITH_BLOCKS = 3
BLOCKS_HEADER = json.dumps({"format": FORMAT, "version": WITH_BLOCKS}).encode() + b"\n"
"""Of a part of a sync folder that has blocks of reviews among its lines."""

NO_HEADER = Phrase(
    ko='studytool-log 파일이 아닙니다. 첫 줄은 {{"format": "studytool-log", "version": 2}}이어야 합니다.',
    en='this is not a studytool-log file: its first line must be {{"format": "studytool-log", '
    '"version": 2}}.',
)
NEWER = Phrase(
    ko="더 새로운 studytool이 쓴 파일입니다(형식 {found}, 이 프로그램은 {known}까지). studytool을 업데이트하세요.",
    en="a newer studytool wrote this (format {found}; this one knows up to {known}); "
    "update studytool.",
)
NO_OBJECT = Phrase(
    ko="JSON 객체가 아닙니다({why}). 이 줄을 지우거나 파일을 다시 내보내세요.",
    en="this is not a JSON object ({why}); delete the line, or export the file again.",
)
NOT_FINITE = Phrase(
    ko="JSON의 수가 아닌 값: {value}. 유한한 수를 쓰세요.",
    en="{value} is not a JSON number; write a finite one.",
)
TWICE = Phrase(
    ko="한 객체에 두 번 있는 이름: {name}. 하나를 지우세요.",
    en="an object has {name} twice; delete one of them.",
)
LONG_LINE = Phrase(
    ko="한 줄이 {bytes:,}바이트입니다. {most:,}바이트까지 읽습니다. 이 줄을 지우세요.",
    en="a line of {bytes:,} bytes; at most {most:,} are read. Delete the line.",
)
UNKNOWN_KIND = Phrase(
    ko="알 수 없는 kind {kind}{hint}. 아는 것: {known}. 더 새로운 studytool이 쓴 파일이라면 업데이트하세요.",
    en="unknown kind {kind}{hint}; known are {known}. If a newer studytool wrote it, update this one.",
)
_NEAR = Phrase(ko=" (혹시 '{name}'?)", en=" (did you mean '{name}'?)")
UNKNOWN_FIELDS = Phrase(
    ko="{kind}에 없는 필드: {names}. 지우거나, studytool을 업데이트하세요.",
    en="{kind} has no field {names}; delete it, or update studytool.",
)
MISSING_FIELDS = Phrase(
    ko="{kind}에 필드가 빠졌습니다: {names}. 써 넣거나 줄을 지우세요.",
    en="{kind} lacks {names}; add it, or delete the line.",
)

_READERS = {
    name: {field.name: field.read_json for field in kind.fields} for name, kind in KINDS.items()
}
_KEYS = {name: {"kind": None, **readers}.keys() for name, readers in _READERS.items()}
"""The keys of a line in which no field is left out."""

_NAMES = {name: ("kind", *readers) for name, readers in _READERS.items()}
_VALUES = {name: attrgetter(*names) for name, names in _NAMES.items()}
_WRITERS = {
    name: [(field.name, field.write_json) for field in kind.fields if field.write_json is not None]
    for name, kind in KINDS.items()
}
_Read = TypeVar("_Read")
_FOOTER = {"count", "sha256"}
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_lines(
    lines: Iterable[bytes | Callable[[], list[_Read]] | _Read], name: str
) -> "Iterator[Event | _Read]":
    """Read the events of a file called ``name``, or of several that were put together.

    Empty lines are passed over, and so are the last lines of files that ``sync`` wrote. What was
    read already is kept; in the place of a line that holds many there may be its reader. An ExchangeError
    at the first line that is not as it should be says how to mend it.
    """
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            if not isinstance(line, bytes):
                if number == 1:
                    raise ExchangeError(NO_HEADER)
                yield from line() if callable(line) else (line,)
                continue
            event = (
                None if number > 1 and line.isspace() else _read_line(line, is_first=number == 1)
            )
            if event is not None:
                yield event
        if number == 0:
            raise ExchangeError(NO_HEADER)
    except ExchangeError as error:
        raise error.at(f"{name}:{max(number, 1)}") from error


def _read_line(line: bytes, *, is_first: bool) -> "Event | None":
    """Read an event; None where the line is a header, as the first must be, or a seal."""
    found = read_object(line)
    if is_first or "format" in found:
        check_header(found)
        return None
    return None if found.keys() == _FOOTER else read_event(found)


def check_header(found: dict[str, Any]) -> None:
    """Refuse an object that is no header, or that of a newer version."""
    version = found.get("version")
    if found.get("format") != FORMAT or type(version) is not int or version < 1:
        raise ExchangeError(NO_HEADER)
    if version > WITH_BLOCKS:
        raise ExchangeError(NEWER, found=shown(version), known=WITH_BLOCKS)


def write_event(event: "Event") -> bytes:
    """Write an event as one line, which begins with its kind and its id."""
    kind = event.kind
    written = dict(zip(_NAMES[kind], _VALUES[kind](event), strict=True))
    for name, write in _WRITERS[kind]:
        written[name] = write(written[name])
    return write_json(written).encode() + b"\n"


def write_json(value: object) -> str:
    """Write a line or a part of it: of what a terminal would act on, only JSON's own escapes."""
    return printable_json(_encode(value))


def read_object(line: bytes) -> dict[str, Any]:
    """Read one line of strict JSON that holds an object; an ExchangeError says how to mend another."""
    if len(line) > MOST_LINE_BYTES:
        raise ExchangeError(LONG_LINE, bytes=len(line), most=MOST_LINE_BYTES)
    try:
        text = line.removeprefix(_BYTE_ORDER_MARK).decode("utf-8", "surrogatepass")
        found = decode_json(text)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(NO_OBJECT, why=reason(error)) from error
    if not isinstance(found, dict):
        raise ExchangeError(NO_OBJECT, why=shown(found))
    return found


def read_event(found: Mapping[str, Any]) -> "Event":
    """Read an event out of the object of its line.

    Raises:
        ExchangeError: an unknown kind or field, or a value of another type; says how to mend it.
    """
    kind = found.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise _unknown_kind(kind)
    readers = _READERS[kind]
    if found.keys() != _KEYS[kind]:
        _check_names(kind, found.keys() - {"kind"})
    values = {name: readers[name](name, value) for name, value in found.items() if name != "kind"}
    event = class_of(kind)(**values)
    if event.study_day is not None and not is_day_of(event.study_day, to_ms(event.time)):
        raise bad("study_day", event.study_day, DAY)
    return event


def _check_names(kind: str, names: AbstractSet[str]) -> None:
    fields = {field.name: field.optional for field in KINDS[kind].fields}
    if unknown := names - fields.keys():
        listed = ", ".join(shown(name) for name in sorted(unknown))
        raise ExchangeError(UNKNOWN_FIELDS, kind=kind, names=listed)
    if missing := {name for name, optional in fields.items() if not optional} - names:
        raise ExchangeError(MISSING_FIELDS, kind=kind, names=", ".join(sorted(missing)))


def _unknown_kind(kind: object) -> ExchangeError:
    near = get_close_matches(kind, KINDS, n=1) if isinstance(kind, str) else []
    hint = _NEAR.of(name=near[0]) if near else ""
    return ExchangeError(UNKNOWN_KIND, kind=shown(kind), hint=hint, known=", ".join(KINDS))


def decode_json(text: str) -> object:
    """Decode strict JSON, or raise ValueError, RecursionError or ExchangeError; a line is quickest."""
    if text.startswith("{"):
        found, end = _JSON.raw_decode(text)
        if text[end:] in ("\n", ""):
            return found
    return _JSON.decode(text)


def _refuse_constant(value: str) -> float:
    raise ExchangeError(NOT_FINITE, value=value)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ExchangeError(
            TWICE, name=shown(next(name for name in names if names.count(name) > 1))
        )
    return found


_JSON = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_once_each)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
