"""Lines of reviews as this program writes them, read many at once into rows.

One pattern takes a line apart; then each column is checked and converted by the reader of its field, which
remembers what comes again and again. A line of another form, or one that is not as it should be, is left to
:mod:`studytool.review_log.lines`, which reads it by itself and says what is wrong.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from studytool.errors import ExchangeError
from studytool.review_log import json_values as values
from studytool.review_log.blocks import (
    WORDED,
    check_days,
    is_block,
    read_block,
    read_word,
    split_ids,
)
from studytool.review_log.event_kinds import MOST_LINE_BYTES
from studytool.review_log.events import Event, Review
from studytool.review_log.kinds import KINDS
from studytool.review_log.lines import decode_json, read_lines
from studytool.review_log.rows import WordRow
from studytool.review_log.schema import COLUMNS
from studytool.srs.memory import to_ms

_BATCH = 250
_BATCH_BYTES = 2**20
"""What is read of so many lines stays in a processor's cache."""

_END_MS = to_ms(values.LAST_TIME)
_MOST_KNOWN = 4096
"""How many different texts of a column are remembered."""


class _OddError(ValueError):
    """A value that the usual line does not have; which one, the exact reader says."""


def _time_ms(text: str) -> int:
    if not 0 <= (ms := to_ms(datetime.fromisoformat(text))) < _END_MS:
        raise _OddError
    return ms


def _wholes(texts: Sequence[str]) -> Iterable[int]:
    if max(numbers := [*map(int, texts)]) > values.MOST:
        raise _OddError
    return numbers


def _answers(texts: Sequence[str]) -> Iterable[object]:
    if max(map(len, texts)) > values.MOST_TEXT:
        raise _OddError
    return map(_answer, texts) if "\\" in "".join(texts) else texts


def _answer(text: str) -> object:
    return values.read_text("", json.loads(f'"{text}"')) if "\\" in text else text


def _word(name: str, text: str) -> object:
    return read_word(name, decode_json(text or "null"))


_TEXT = r'"[^"\\\x00-\x1f]{0,200}+"'
_WHOLE = r"0|[1-9]\d{0,18}+"
_NUMBER = r"-?(?:0|[1-9]\d{0,18}+)(?:\.\d{1,30}+)?(?:[eE][+-]?\d{1,3}+)?"
_PATTERNS = {
    "id": r'"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"',
    "learner": f"({_TEXT})",
    "device": f"({_TEXT})",
    "time": r'"(\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z)"',
    "offset_minutes": r"(-?(?:0|[1-9]\d{0,3}+))",
    "study_day": r"(null|-?(?:0|[1-9]\d{0,6}+))",
    "item": f"({_TEXT})",
    "revision": f"({_TEXT})",
    "seed": f"({_WHOLE})",
    "parameters": r"(\{[^][{}\n]{0,12000}+\})",
    "answer": r'"([^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+)"',
    "outcome": f"({_TEXT})",
    "misconception": f"(null|{_TEXT})",
    "confidence": f"(null|{_NUMBER})",
    "rating": f"({_TEXT})",
    "duration_ms": f"({_WHOLE})",
}
"""Of a review's usual values, each with the part that is kept; what is remembered of them is short."""

_COLUMN_READERS: dict[str, Callable[[Sequence[str]], Iterable[object]]] = {
    "id": lambda texts: split_ids(bytes.fromhex("".join(texts).replace("-", ""))),
    "time": partial(map, _time_ms),
    "seed": _wholes,
    "answer": _answers,
    "duration_ms": _wholes,
    **{name: partial(map, lru_cache(_MOST_KNOWN)(partial(_word, name))) for name in WORDED},
}

_DAY = f'"study_day": {_PATTERNS["study_day"]}, '
"""Older versions did not write it."""

_OF_REVIEW = KINDS[Review.kind].fields
_REVIEW = ", ".join(f'"{field.name}": {_PATTERNS[field.name]}' for field in _OF_REVIEW).replace(
    _DAY, f"(?:{_DAY})?"
)
_LINE = re.compile(rf'^(?:\{{"kind": "{Review.kind}", {_REVIEW}\}}|(.*))$', re.MULTILINE | re.ASCII)
"""A review; or, kept last, a line of another form."""


def read_rows(lines: Iterable[bytes], name: str) -> Iterator[Event | WordRow]:
    """Read the events of a file as :func:`studytool.review_log.lines.read_lines` does, but quickly.

    Usual reviews come as rows, other events as themselves, all in their order.
    """
    return read_lines(_read_quickly(iter(lines)), name)


def _read_quickly(
    lines: Iterator[bytes],
) -> Iterator[bytes | Callable[[], list[WordRow]] | WordRow]:
    """Put rows in the place of the lines that are usual reviews, a batch at a time; of blocks, their readers."""
    for batch in _batches(lines):
        if any(map(is_block, batch)):
            yield from (partial(read_block, line) if is_block(line) else line for line in batch)
            continue
        try:
            yield from _rows_of(batch)
        except (ValueError, ExchangeError):
            yield from batch


def _batches(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Put lines together; long ones, of which a file may have any number, are never held many at a time."""
    batch: list[bytes] = []
    held = 0
    for line in lines:
        batch.append(line)
        held += len(line)
        if len(batch) == _BATCH or held > _BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _rows_of(lines: Sequence[bytes]) -> list[bytes | WordRow]:
    """Return the rows of usual reviews, and the other lines as they are.

    Raises:
        ValueError, ExchangeError: a value of a review is not as it should be.
    """
    if max(map(len, lines)) > MOST_LINE_BYTES:
        raise _OddError
    text = b"".join(lines).decode()
    ends = [line.endswith(b"\n") for line in lines]
    found = _LINE.findall(text)[: len(lines)]
    if not all(ends[:-1]) or text.count("\n") != sum(ends) or len(found) != len(lines):
        raise _OddError  # these are no lines
    reviews = [parts for parts in found if parts[0]]
    rows = _rows(reviews) if reviews else iter(())
    return [next(rows) if parts[0] else line for parts, line in zip(found, lines, strict=True)]


def _rows(reviews: Sequence[tuple[str, ...]]) -> Iterator[WordRow]:
    """Make the rows of reviews, each the texts of its values."""
    *texts, _ = zip(*reviews, strict=True)
    columns: dict[str, Sequence[Any]] = dict.fromkeys(COLUMNS, [None] * len(reviews))
    columns["kind"] = [Review.kind] * len(reviews)
    for field, column in zip(_OF_REVIEW, texts, strict=True):
        columns[field.column] = [*_COLUMN_READERS[field.name](column)]
    check_days(columns["time_ms"], columns["study_day"])
    return map(WordRow, zip(*columns.values(), strict=True))
