"""The table of the kinds of events: each one's fields, codecs and effect.

Rows of the log, lines of JSON, recovery, undo and the fold read this table: a new kind is one row
here, its name, its class, and its words.
"""

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from studytool.quiz.outcome import Outcome
from studytool.review_log import event_kinds
from studytool.review_log import json_values as values
from studytool.review_log.event_ids import id_bytes, id_text
from studytool.review_log.event_kinds import LONGEST_VACATION_DAYS, MOST_MORE_NEW
from studytool.review_log.names import Coder
from studytool.review_log.variant_parameters import (
    ARE_PARAMETERS,
    read_parameters,
    write_parameters,
)
from studytool.srs.memory import from_ms, to_ms
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.review_log.events import Event


Instant = tuple[int, bytes]
"""The place of an event in time: its milliseconds, then its id."""


class ItemState(NamedTuple):
    """The state of an item after all acts on it except reviews.

    Attributes:
        resets: in order of time; the item is new after each.
        set_day: the study day on which the learner let it fall due, told at ``set_ms``; a review
            that is later ends it.
    """

    suspended: bool = False
    buried_until_ms: int = 0
    flagged: bool = False
    resets: tuple[Instant, ...] = ()
    set_day: int | None = None
    set_ms: int | None = None

    @property
    def rests_until_ms(self) -> int | None:
        """Return the instant before which the item is not asked, None where there is no such."""
        return None if self.suspended else self.buried_until_ms


def past_lives(states: Mapping[int, ItemState]) -> dict[int, tuple[Instant, ...]]:
    """Return the ends of the past lives of those items that were reset."""
    return {item: state.resets for item, state in states.items() if state.resets}


def count_ended(ends: Sequence[Instant], reviewed: Instant) -> int:
    """Count the lives of an item that ended before a review: so many lives were before its own."""
    return bisect(ends, reviewed)


Effect = Callable[[ItemState, Instant, Mapping[str, Any]], ItemState]
"""A function from an item's state, an instant and a detail to the state after the event."""


class EventField(NamedTuple):
    """One field of an event and its codecs; where a codec is None, the value is kept as it is.

    Attributes:
        name: of the attribute, and of the key in a line of JSON.
        column: of the table ``events``.
        read_json, write_json: for a line of JSON.
        write, read: for a row.
        key: of the JSON object in the column ``detail``; None where the field has its own column.
        needs: SQL condition on the row ``e`` without which the value cannot be read; may be empty.
        optional: whether a line may lack it.
    """

    name: str
    column: str
    read_json: values.Read
    write: Callable[[Coder, Any], object] | None = None
    read: Callable[[Any], object] | None = None
    write_json: Callable[[Any], object] | None = None
    key: str | None = None
    needs: str = ""
    optional: bool = False


class EventKind(NamedTuple):
    """One kind of event.

    Attributes:
        fields: in the order of a line of JSON.
        is_act: whether the learner did it, so that undo takes it back.
        effect: on the state of its item; None where it has none.
        has_last_word: of an item's: whether it overrides what was done before with it, so that
            it never gets an earlier time, though the clock was set back. One that has not concerns
            only what comes before or after its own time.
    """

    fields: tuple[EventField, ...]
    is_act: bool = True
    effect: Effect | None = None
    has_last_word: bool = True

    @property
    def needs(self) -> str:
        """Return the SQL condition on the row ``e``: it has all that reading the event takes."""
        return " AND ".join(field.needs for field in self.fields if field.needs) or "1"


def _plain(name: str, read_json: values.Read, *, optional: bool = False) -> EventField:
    """Return a field that its own column keeps as it is."""
    return EventField(name, name, read_json, optional=optional)


def _word(
    name: str, read_json: values.Read, *, optional: bool = False, needs: str = ""
) -> EventField:
    """Return a field that its own column keeps as the code of a word."""
    return EventField(name, name, read_json, Coder.code, optional=optional, needs=needs)


def _choice(name: str, kind: type[Outcome | Rating]) -> EventField:
    """Return a field that its own column keeps as the code of one of a few words."""
    words = ", ".join(f"'{word}'" for word in kind)
    needs = f"coalesce(e.{name}, 0) IN (SELECT code FROM names WHERE name IN ({words}))"
    return EventField(name, name, values.choice(kind), Coder.code, kind, needs=needs)


def _is(type_: str, key: str, *, otherwise: str = "") -> str:
    """Return the SQL condition on the row ``e``: its detail has a value of that type of JSON."""
    kind = f"coalesce(json_type(e.detail, '$.{key}'), '{otherwise}')"
    return f"CASE WHEN json_valid(e.detail) THEN {kind} = '{type_}' END IS 1"


def _detail(
    name: str, read_json: values.Read, type_: str, *, read: Callable[[Any], object] | None = None
) -> EventField:
    """Return a field that the column ``detail`` keeps under its name, of a type of JSON."""
    return EventField(name, "detail", read_json, read=read, key=name, needs=_is(type_, name))


_ID = (values.read_id, lambda _, text: id_bytes(text), id_text)
_INSTANT = (values.read_instant, lambda _, at: to_ms(at), from_ms, values.write_instant)
_PARAMETERS = (values.read_numbers, write_parameters, read_parameters, dict)
"""The codecs of an id, of an instant and of a variant's numbers."""

STAMP = (
    EventField("id", "id", *_ID),
    _word("learner", values.read_name),
    _word("device", values.read_name),
    EventField("time", "time_ms", values.read_time, *_INSTANT[1:]),
    _plain("offset_minutes", values.whole(-1439, 1439)),
    _plain("study_day", values.or_null(values.whole(-2, values.LAST_DAY)), optional=True),
)
ITEM = _word("item", values.read_name, needs="e.item IS NOT NULL")
TARGET = EventField("target", "target", *_ID, needs="coalesce(length(e.target), 0) = 16")
RATING = _choice("rating", Rating)
LEECH = EventField("leech", "detail", values.or_null(values.read_id), key="leech", optional=True)
UNTIL = EventField("until", "detail", *_INSTANT, key="until_ms", needs=_is("integer", "until_ms"))
DAYS = _detail("days", values.whole(1, LONGEST_VACATION_DAYS), "integer")
_FIRST_DAY = values.or_null(values.whole(0, values.LAST_DAY - 3 * LONGEST_VACATION_DAYS))
_HAS_FIRST = _is("integer", "first", otherwise="integer")
FIRST = EventField("first", "detail", _FIRST_DAY, key="first", needs=_HAS_FIRST, optional=True)
MORE = _detail("more", values.whole(1, MOST_MORE_NEW), "integer")
PACKS = _detail("packs", values.list_of(values.read_name, values.NAMES), "array", read=tuple)
TO = _detail("to", values.read_name, "text")
NAME = _detail("name", values.read_name, "text")
VALUE = EventField(
    "value", "detail", values.read_setting, read=values.as_setting, key="value", optional=True
)
IDS = _detail("ids", values.list_of(values.read_id, values.IDS), "array", read=tuple)
DAY = _detail("day", values.whole(0, values.LAST_DAY), "integer")
_OF_ITEM, _OF_TARGET = (*STAMP, ITEM), (*STAMP, TARGET)
_OF_REVIEW = (
    *_OF_ITEM,
    _word("revision", values.read_text),
    _plain("seed", values.whole(0, values.MOST)),
    EventField("parameters", "parameters", *_PARAMETERS, needs=ARE_PARAMETERS, optional=True),
    _plain("answer", values.read_text),
    _choice("outcome", Outcome),
    _word("misconception", values.or_null(values.read_name), optional=True),
    _plain("confidence", values.read_share, optional=True),
    RATING,
    _plain("duration_ms", values.whole(0, values.MOST)),
)

KINDS: dict[str, EventKind] = {
    event_kinds.REVIEW: EventKind(_OF_REVIEW, has_last_word=False),
    event_kinds.UNDO: EventKind(_OF_TARGET, is_act=False),
    event_kinds.REDO: EventKind(_OF_TARGET, is_act=False),
    event_kinds.SUSPEND: EventKind(
        (*_OF_ITEM, LEECH), effect=lambda state, *_: state._replace(suspended=True)
    ),
    event_kinds.UNSUSPEND: EventKind(
        _OF_ITEM, effect=lambda state, *_: state._replace(suspended=False)
    ),
    event_kinds.BURY: EventKind(
        (*_OF_ITEM, UNTIL),
        effect=lambda state, _, detail: state._replace(buried_until_ms=detail["until_ms"]),
    ),
    event_kinds.FLAG: EventKind(
        (*_OF_ITEM, LEECH), effect=lambda state, *_: state._replace(flagged=True)
    ),
    event_kinds.UNFLAG: EventKind(_OF_ITEM, effect=lambda state, *_: state._replace(flagged=False)),
    event_kinds.RESET: EventKind(
        _OF_ITEM,
        effect=lambda state, at, _: state._replace(resets=(*state.resets, at)),
        has_last_word=False,
    ),
    event_kinds.MOVE: EventKind((*_OF_ITEM, TO)),
    event_kinds.RENAME: EventKind((*_OF_ITEM, TO), is_act=False),
    event_kinds.SET_DUE: EventKind(
        (*_OF_ITEM, DAY),
        effect=lambda state, at, detail: state._replace(set_day=detail["day"], set_ms=at[0]),
    ),
    event_kinds.RE_RATE: EventKind((*_OF_TARGET, RATING)),
    event_kinds.SETTING: EventKind((*STAMP, NAME, VALUE), is_act=False),
    event_kinds.IMPORT: EventKind((*STAMP, IDS)),
    event_kinds.RETRACTION: EventKind((*STAMP, IDS)),
    event_kinds.VACATION: EventKind((*STAMP, DAYS, FIRST)),
    event_kinds.MORE_NEW: EventKind((*STAMP, MORE, PACKS)),
}
"""By the kind's name in the log; unknown kinds are of newer versions, kept and left alone."""


def kinds_where(chosen: Callable[[EventKind], object]) -> tuple[str, ...]:
    """Return the names of the kinds for which ``chosen`` is true."""
    return tuple(name for name, kind in KINDS.items() if chosen(kind))


@cache
def class_of(kind: str) -> "Callable[..., Event]":
    """Return the class of a kind's events."""
    from studytool.review_log.events import CLASSES  # late: what is due takes no event

    return CLASSES[kind]
