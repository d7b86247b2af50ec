"""Rows of reviews written many at once, as the lines that ``lines.write_event`` writes.

Each column goes through the codecs of its field, each of its different values once. Rows of other kinds are
left to :mod:`studytool.review_log.lines`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from studytool.printable import printable_json
from studytool.review_log.blocks import MOST_REVIEWS, write_block
from studytool.review_log.events import Event, Review
from studytool.review_log.kinds import KINDS, EventField
from studytool.review_log.lines import write_event, write_json
from studytool.review_log.rows import WordRow, read_event_row
from studytool.review_log.schema import COLUMNS

_BATCH = 2000
_FEWEST = 50
"""Reviews of a block."""

_KIND, _REVIEW = COLUMNS.index("kind"), Review.kind
_FIELDS = [(field, COLUMNS.index(field.column)) for field in KINDS[_REVIEW].fields]
_NAMED = ", ".join(f'"{field.name}": %s' for field, _ in _FIELDS)
_LINE = f'{{"kind": "{_REVIEW}", {_NAMED}}}\n'
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=("\n", ": ")).encode


def write_events(events: Iterable[Event | WordRow]) -> Iterator[bytes]:
    """Return the lines of events, in order."""
    for is_row, alike in groupby(events, _is_review_row):
        if not is_row:
            yield from map(_write_one, alike)
        while batch := list(islice(alike, _BATCH)):
            yield from _write_reviews(batch)


def write_blocks(
    events: Iterable[Event | WordRow], *, most: int = MOST_REVIEWS
) -> Iterator[tuple[int, bytes]]:
    """Return the lines of a sync part, in order, each behind how many events it holds.

    Many rows of reviews beside each other are a block of at most ``most``; few are lines, which older
    versions read as well.
    """
    rest = iter(events)
    while batch := list(islice(rest, min(most, MOST_REVIEWS))):
        for is_row, group in groupby(batch, _is_review_row):
            alike: list[Any] = [*group]
            block = write_block(alike) if is_row and len(alike) >= _FEWEST else None
            if block is None:
                yield from ((1, line) for line in write_events(alike))
            else:
                yield len(alike), block


def _is_review_row(event: Event | WordRow) -> bool:
    return isinstance(event, WordRow) and event[_KIND] == _REVIEW


def _write_one(event: Event | WordRow) -> bytes:
    return write_event(read_event_row(event) if isinstance(event, WordRow) else event)


def _write_reviews(rows: Sequence[Event | WordRow]) -> Iterator[bytes]:
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    texts = [_json_texts(field, columns[place]) for field, place in _FIELDS]
    return ((_LINE % row).encode() for row in zip(*texts, strict=True))


def _json_texts(field: EventField, column: Sequence[Any]) -> list[str]:
    """Return what a line has for each value of a column of rows."""
    different = [*dict.fromkeys(column)]
    read: list[Any] = different
    for codec in (field.read, field.write_json):
        if codec is not None:
            read = [*map(codec, read)]
    text = printable_json(_encode(read))
    if isinstance(read[0], dict):
        texts = [f"{{{one}}}".replace("\n", ", ") for one in text[2:-2].split("}\n{")]
    else:
        texts = text[1:-1].split("\n")
    if len(texts) != len(read):  # a value has parts with parts of their own
        texts = [*map(write_json, read)]
    text_of = dict(zip(different, texts, strict=True))
    return [*map(text_of.__getitem__, column)]
