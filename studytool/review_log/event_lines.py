"""An event as one line of JSON, and such a line as an event: every kind, every field."""

import json
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from studytool.errors import ExchangeError
from studytool.language import Phrase
from studytool.quiz.variant import Outcome
from studytool.reasons import reason
from studytool.review_log.events import (
    LONGEST_VACATION_DAYS,
    Bury,
    Event,
    EventKind,
    Flag,
    Redo,
    ReRate,
    Reset,
    Review,
    Suspend,
    Undo,
    Unflag,
    Unsuspend,
    Vacation,
)
from studytool.review_log.line_fields import (
    MOST,
    Read,
    choice,
    read_id,
    read_id_or_null,
    read_instant,
    read_name,
    read_name_or_null,
    read_numbers,
    read_share,
    read_text,
    shown,
    whole,
    write_instant,
)
from studytool.srs.rating import Rating

NO_OBJECT = Phrase(
    ko="JSON 객체가 아닙니다({why}). 이 줄을 지우거나 파일을 다시 내보내세요.",
    en="this is not a JSON object ({why}); delete the line, or export the file again.",
)
NOT_FINITE = Phrase(
    ko="{value}은(는) JSON의 수가 아닙니다. 유한한 수를 쓰세요.",
    en="{value} is not a JSON number; write a finite one.",
)
UNKNOWN_KIND = Phrase(
    ko="알 수 없는 kind {kind}. 아는 것: {known}. 더 새로운 studytool이 쓴 파일이라면 업데이트하세요.",
    en="unknown kind {kind}{hint}; known are {known}. If a newer studytool wrote it, update this one.",
)
UNKNOWN_FIELDS = Phrase(
    ko="{kind}에 없는 필드: {names}. 지우거나, studytool을 업데이트하세요.",
    en="{kind} has no field {names}; delete it, or update studytool.",
)
MISSING_FIELDS = Phrase(
    ko="{kind}에 필드가 빠졌습니다: {names}. 써 넣거나 줄을 지우세요.",
    en="{kind} lacks {names}; add it, or delete the line.",
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """One kind of event: how its fields are read, in the order in which they are written."""

    make: Callable[..., Event]
    fields: Mapping[str, Read]
    optional: frozenset[str] = frozenset()


_STAMP: dict[str, Read] = {
    "id": read_id,
    "learner": read_name,
    "device": read_name,
    "time": read_instant,
    "offset_minutes": whole(-1439, 1439),
}
_ITEM = {**_STAMP, "item": read_name}
_TARGET = {**_STAMP, "target": read_id}
_REVIEW: dict[str, Read] = {
    **_ITEM,
    "revision": read_text,
    "seed": whole(0, MOST),
    "parameters": read_numbers,
    "answer": read_text,
    "outcome": choice(Outcome),
    "misconception": read_name_or_null,
    "confidence": read_share,
    "rating": choice(Rating),
    "duration_ms": whole(0, MOST),
}
_SHAPES = {
    EventKind.REVIEW: _Shape(
        Review, _REVIEW, frozenset({"parameters", "misconception", "confidence"})
    ),
    EventKind.UNDO: _Shape(Undo, _TARGET),
    EventKind.REDO: _Shape(Redo, _TARGET),
    EventKind.SUSPEND: _Shape(Suspend, {**_ITEM, "leech": read_id_or_null}, frozenset({"leech"})),
    EventKind.UNSUSPEND: _Shape(Unsuspend, _ITEM),
    EventKind.BURY: _Shape(Bury, {**_ITEM, "until": read_instant}),
    EventKind.FLAG: _Shape(Flag, {**_ITEM, "leech": read_id_or_null}, frozenset({"leech"})),
    EventKind.UNFLAG: _Shape(Unflag, _ITEM),
    EventKind.RESET: _Shape(Reset, _ITEM),
    EventKind.RE_RATE: _Shape(ReRate, {**_TARGET, "rating": choice(Rating)}),
    EventKind.VACATION: _Shape(Vacation, {**_STAMP, "days": whole(1, LONGEST_VACATION_DAYS)}),
}
_BY_NAME = {kind.value: shape for kind, shape in _SHAPES.items()}
_ALL_NAMES = {kind: frozenset(shape.fields) | {"kind"} for kind, shape in _BY_NAME.items()}
"""Of a line in which nothing is left out, as this program writes it."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write_event(event: Event) -> bytes:
    """Write an event as one line, which begins with its kind and its id."""
    fields: dict[str, object] = {"kind": event.kind.value}
    for name in _SHAPES[event.kind].fields:
        value = getattr(event, name)
        fields[name] = write_instant(value) if isinstance(value, datetime) else value
    if isinstance(event, Review):
        fields["parameters"] = dict(event.parameters)
    return _encode(fields).encode() + b"\n"


def read_object(line: bytes) -> dict[str, Any]:
    """Read one line of strict JSON that holds an object.

    Raises:
        ExchangeError: it does not; says how to mend it.
    """
    try:
        text = line.removeprefix(_BYTE_ORDER_MARK).decode("utf-8", "surrogatepass")
        found = _decode(text)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(NO_OBJECT, why=reason(error)) from error
    if not isinstance(found, dict):
        raise ExchangeError(NO_OBJECT, why=shown(found))
    return found


def read_event(found: Mapping[str, Any]) -> Event:
    """Read an event out of the object of its line.

    Raises:
        ExchangeError: an unknown kind or field, or a value of another type; says how to mend it.
    """
    kind = found.get("kind")
    shape = _BY_NAME.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise _unknown_kind(kind)
    if found.keys() != _ALL_NAMES[str(kind)]:
        _check_names(str(kind), found.keys() - {"kind"})
    fields = shape.fields
    return shape.make(
        **{name: fields[name](name, value) for name, value in found.items() if name != "kind"}
    )


def _check_names(kind: str, names: AbstractSet[str]) -> None:
    shape = _BY_NAME[kind]
    if unknown := names - shape.fields.keys():
        listed = ", ".join(shown(name) for name in sorted(unknown))
        raise ExchangeError(UNKNOWN_FIELDS, kind=kind, names=listed)
    if missing := shape.fields.keys() - shape.optional - names:
        raise ExchangeError(MISSING_FIELDS, kind=kind, names=", ".join(sorted(missing)))


def _unknown_kind(kind: object) -> ExchangeError:
    near = get_close_matches(kind, _BY_NAME, n=1) if isinstance(kind, str) else []
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    return ExchangeError(UNKNOWN_KIND, kind=shown(kind), hint=hint, known=", ".join(_BY_NAME))


def _refuse_constant(value: str) -> float:
    raise ExchangeError(NOT_FINITE, value=value)


_decode = json.JSONDecoder(parse_constant=_refuse_constant).decode
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
