"""Rows of reviews written many at once, as the lines that ``lines.write_event`` writes.

Each column is written as a whole, each of its different values once. A row of another kind, or one
with a value that no review has, is left to :mod:`studytool.review_log.lines`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, groupby, islice, repeat
from typing import Any

from studytool.printable import printable_json
from studytool.quiz.outcome import Outcome
from studytool.review_log.blocks import MOST_REVIEWS, write_block
from studytool.review_log.event_ids import id_text
from studytool.review_log.events import Event, Review
from studytool.review_log.kinds import KINDS
from studytool.review_log.lines import write_event
from studytool.review_log.rows import WordRow, read_event_row
from studytool.review_log.schema import COLUMNS
from studytool.review_log.study_days import as_date
from studytool.review_log.variant_parameters import read_parameters
from studytool.srs.memory import DAY_MS
from studytool.srs.rating import Rating

Column = Sequence[Any]

_BATCH = 2000
_FEWEST = 50
"""Reviews of a block."""

_KIND, _REVIEW = COLUMNS.index("kind"), Review.kind
_MINUTES = [f"{n // 60:02}:{n % 60:02}" for n in range(24 * 60)]

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class _OddValueError(ValueError):
    """A value that no review has; what to do with it, the exact writer knows."""


def write_events(events: Iterable[Event | WordRow]) -> Iterator[bytes]:
    """Return the lines of events, in order."""
    rest = iter(events)
    while batch := list(islice(rest, _BATCH)):
        usual = [_is_usual(event) for event in batch]
        try:
            lines = _write_reviews([*compress(batch, usual)])
        except (TypeError, ValueError, OverflowError):  # the file was damaged
            yield from map(_write_one, batch)
            continue
        if all(usual):
            yield from lines
            continue
        for event, is_usual in zip(batch, usual, strict=True):
            yield next(lines) if is_usual else _write_one(event)


def write_blocks(
    events: Iterable[Event | WordRow], *, most: int = MOST_REVIEWS
) -> Iterator[tuple[int, bytes]]:
    """Return the lines of a sync part, in order, each behind how many events it holds.

    Many rows of reviews beside each other are a block of at most ``most``; few are lines, which older
    versions read as well.
    """
    rest = iter(events)
    while batch := list(islice(rest, min(most, MOST_REVIEWS))):
        if all(isinstance(event, WordRow) and event[_KIND] == _REVIEW for event in batch):
            yield from _write_alike(batch, is_row=True)
            continue
        for is_row, alike in groupby(batch, _is_usual):
            yield from _write_alike([*alike], is_row=is_row)


def _write_alike(events: Sequence[Any], *, is_row: bool) -> Iterator[tuple[int, bytes]]:
    block = write_block(events) if is_row and len(events) >= _FEWEST else None
    if block is None:
        yield from ((1, line) for line in write_events(events))
    else:
        yield len(events), block


def _is_usual(event: Event | WordRow) -> bool:
    return isinstance(event, WordRow) and event[_KIND] == _REVIEW


def _write_one(event: Event | WordRow) -> bytes:
    return write_event(read_event_row(event) if isinstance(event, WordRow) else event)


def _write_reviews(rows: Sequence[Event | WordRow]) -> Iterator[bytes]:
    """Write reviews.

    Raises:
        ValueError, TypeError, OverflowError: a value of one is not as it should be.
    """
    if not rows:
        return iter(())
    columns = list(zip(*rows, strict=True))
    written = [
        write(columns[place], f'{before}"{name}": ') for name, place, write, before in _COLUMNS
    ]
    return map(str.encode, map("".join, zip(*written, repeat("}\n", len(rows)), strict=True)))


def _texts(write: Callable[[Any], str]) -> Callable[[Column, str], list[str]]:
    """Return the writer of a column of which each different value is written once."""

    def write_column(column: Column, before: str) -> list[str]:
        texts = {value: before + write(value) for value in dict.fromkeys(column)}
        return [texts[value] for value in column]

    return write_column


def _write_ids(column: Column, before: str) -> list[str]:
    return [f'{before}"{id_text(id_)}"' for id_ in column]


def _write_times(column: Column, before: str) -> list[str]:
    dates = {day: f'{before}"{as_date(day)}T' for day in {ms // DAY_MS for ms in column}}
    texts = []
    for ms in column:
        day, of_day = divmod(ms, DAY_MS)
        minute, of_minute = divmod(of_day, 60_000)
        second, of_second = divmod(of_minute, 1000)
        texts.append(f'{dates[day]}{_MINUTES[minute]}:{second:02}.{of_second:03}Z"')
    return texts


def _write_wholes(column: Column, before: str) -> list[str]:
    if {*map(type, column)} != {int}:
        raise _OddValueError
    return [f"{before}{number}" for number in column]


def _write_answers(column: Column, before: str) -> list[str]:
    return [before + _word(answer) for answer in column]


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise _OddValueError
    return printable_json(_encode(value))


def _word_or_null(value: object) -> str:
    return "null" if value is None else _word(value)


def _whole_or_null(value: object) -> str:
    return "null" if value is None else str(_whole(value))


def _whole(value: object) -> int:
    if type(value) is not int:
        raise _OddValueError
    return value


def _share(value: object) -> str:
    if value is not None and type(value) is not float:
        raise _OddValueError
    return _encode(value)


def _parameters(value: str | None) -> str:
    return printable_json(_encode(read_parameters(value)))


_WRITERS: dict[str, Callable[[Column, str], list[str]]] = {
    "id": _write_ids,
    "learner": _texts(_word),
    "device": _texts(_word),
    "time": _write_times,
    "offset_minutes": _texts(lambda value: str(_whole(value))),
    "study_day": _texts(_whole_or_null),
    "item": _texts(_word),
    "revision": _texts(_word),
    "seed": _write_wholes,
    "parameters": _texts(_parameters),
    "answer": _write_answers,
    "outcome": _texts(lambda value: _word(Outcome(value))),
    "misconception": _texts(_word_or_null),
    "confidence": _texts(_share),
    "rating": _texts(lambda value: _word(Rating(value))),
    "duration_ms": _write_wholes,
}
_COLUMNS = [
    (
        field.name,
        COLUMNS.index(field.column),
        _WRITERS[field.name],
        ", " if n else f'{{"kind": "{Review.kind}", ',
    )
    for n, field in enumerate(KINDS[Review.kind].fields)
]
"""Of each field in the order of a line: its name, its place in a row, its writer, what it stands behind."""
