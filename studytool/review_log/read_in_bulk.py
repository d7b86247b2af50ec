"""Lines of reviews as this program writes them, read many at once into rows.

One pattern takes a line apart; then each column is checked and converted as a whole, each of its
different values once in a file. A line of another form, or one that is not as it should be, is left to
:mod:`studytool.review_log.lines`, which reads it by itself and says what is wrong.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import repeat
from typing import TypeVar

from studytool.errors import ExchangeError
from studytool.quiz.outcome import Outcome
from studytool.review_log import json_values as values
from studytool.review_log.blocks import is_block, read_block
from studytool.review_log.events import Event, Review
from studytool.review_log.kinds import KINDS
from studytool.review_log.line_limit import MOST_LINE_BYTES
from studytool.review_log.lines import read_lines, read_object
from studytool.review_log.rows import WordRow
from studytool.review_log.schema import COLUMNS
from studytool.review_log.study_days import is_day_of
from studytool.review_log.variant_parameters import word_parameters
from studytool.srs.memory import DAY_MS
from studytool.srs.rating import Rating

_BATCH = 250
_BATCH_BYTES = 2**20
"""What is read of so many lines stays in a processor's cache."""

_EPOCH = date(1970, 1, 1).toordinal()
_DAYS = range((values.LAST_TIME - datetime(1970, 1, 1, tzinfo=UTC)).days)
"""The days that the time of an event may have."""

_WORD = r'"([^"\\\x00-\x1f]*+)"'
_WHOLE = r"(0|[1-9]\d{0,18}+)"
_NUMBER = r"-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][+-]?\d++)?"
_FIELDS = {
    "id": r'"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"',
    "learner": _WORD,
    "device": _WORD,
    "time": r'"(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d)\.(\d{3})Z"',
    "offset_minutes": r"(-?(?:0|[1-9]\d{0,3}+))",
    "study_day": r"(null|-?(?:0|[1-9]\d{0,6}+))",
    "item": _WORD,
    "revision": _WORD,
    "seed": _WHOLE,
    "parameters": r"(\{[^{}\n]*+\})",
    "answer": r'"([^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+)"',
    "outcome": _WORD,
    "misconception": r'(null|"[^"\\\x00-\x1f]++")',
    "confidence": rf"(null|{_NUMBER})",
    "rating": _WORD,
    "duration_ms": _WHOLE,
}
"""The patterns of a review's values, with the parts of each that are kept."""

_DAY = f'"study_day": {_FIELDS["study_day"]}, '
"""Older versions did not write it."""

_REVIEW = ", ".join(
    f'"{field.name}": {_FIELDS[field.name]}' for field in KINDS[Review.kind].fields
).replace(_DAY, f"(?:{_DAY})?")
_LINE = re.compile(rf'^(?:\{{"kind": "{Review.kind}", {_REVIEW}\}}|(.*))$', re.MULTILINE | re.ASCII)
"""A review; or, kept last, a line of another form."""

_MOST_KNOWN, _LONG = 20_000, 200
"""How many texts of a column are remembered, and from how many characters on none is."""

_Value = TypeVar("_Value")


class _OddError(ValueError):
    """A value that the usual line does not have; which one, the exact reader says."""


def read_rows(lines: Iterable[bytes], name: str) -> Iterator[Event | WordRow]:
    """Read the events of a file as :func:`studytool.review_log.lines.read_lines` does, but quickly.

    Usual reviews come as rows, other events as themselves, all in their order.

    Raises:
        ExchangeError: as ``read_lines`` does.
    """
    return read_lines(_read_quickly(iter(lines)), name)


def _read_quickly(
    lines: Iterator[bytes],
) -> Iterator[bytes | Callable[[], list[WordRow]] | WordRow]:
    """Put rows in the place of the lines that are usual reviews, a batch at a time; of blocks, their readers."""
    readers = _Readers()
    for batch in _batches(lines):
        if any(map(is_block, batch)):
            yield from (partial(read_block, line) if is_block(line) else line for line in batch)
            continue
        try:
            yield from _rows_of(batch, readers)
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


def _rows_of(lines: Sequence[bytes], readers: "_Readers") -> list[bytes | WordRow]:
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
    rows = _rows(reviews, readers) if reviews else iter(())
    return [next(rows) if parts[0] else line for parts, line in zip(found, lines, strict=True)]


def _rows(reviews: Sequence[tuple[str, ...]], read: "_Readers") -> Iterator[WordRow]:
    """Make the rows of reviews, each the texts of its values."""
    id_, learner, device, day, minute, second, ms, offset, study_day, item, *others, _ = zip(
        *reviews, strict=True
    )
    revision, seed, parameters, answer, outcome, misconception, confidence, rating, took = others
    if max(map(len, answer)) > values.MOST_TEXT:
        raise _OddError
    days, study_days = read.day.all(day), read.study_day.all(study_day)
    _check_study_days({*zip(days, study_days, strict=True)})
    seconds = zip(days, read.minute.all(minute), map(int, second), map(int, ms), strict=True)
    columns = {
        "id": _ids(id_),
        "kind": repeat(Review.kind, len(reviews)),
        "learner": read.name.all(learner),
        "device": read.name.all(device),
        "time_ms": [d * DAY_MS + m + 1000 * s + milli for d, m, s, milli in seconds],
        "offset_minutes": read.offset.all(offset),
        "item": read.name.all(item),
        "revision": read.revision.all(revision),
        "seed": _wholes(seed),
        "parameters": read.parameters.all(parameters),
        "answer": answer if "\\" not in "".join(answer) else map(_answer, answer),
        "outcome": read.outcome.all(outcome),
        "misconception": read.misconception.all(misconception),
        "confidence": read.confidence.all(confidence),
        "rating": read.rating.all(rating),
        "duration_ms": _wholes(took),
        "study_day": study_days,
    }
    none = [None] * len(reviews)
    return map(WordRow, zip(*(columns.get(name, none) for name in COLUMNS), strict=True))


def _ids(texts: Iterable[str]) -> list[bytes]:
    all_ = bytes.fromhex("".join(texts).replace("-", ""))
    return [all_[at : at + 16] for at in range(0, len(all_), 16)]


def _check_study_days(found: Iterable[tuple[int, int | None]]) -> None:
    if not all(
        is_day_of(study_day, day * DAY_MS) for day, study_day in found if study_day is not None
    ):
        raise _OddError


def _wholes(texts: Iterable[str]) -> list[int]:
    numbers = list(map(int, texts))
    if max(numbers) > values.MOST:
        raise _OddError
    return numbers


def _day(text: str) -> int:
    day = date.fromisoformat(text).toordinal() - _EPOCH
    if day not in _DAYS:
        raise _OddError
    return day


def _study_day(text: str) -> int | None:
    return int(text) if text not in ("", "null") else None


def _offset(text: str) -> int:
    minutes = int(text)
    if abs(minutes) > 1439:
        raise _OddError
    return minutes


def _parameters(text: str) -> str | None:
    return word_parameters(values.read_numbers("", read_object(text.encode())))


def _answer(text: str) -> object:
    return values.read_text("", json.loads(f'"{text}"')) if "\\" in text else text


def _misconception(text: str) -> object:
    return None if text == "null" else values.read_name("", text[1:-1])


def _confidence(text: str) -> float | None:
    return values.read_share("", json.loads(text))


class _Reader(dict[str, _Value]):
    """The reader of a column: of its short texts, those that it remembers are read once."""

    def __init__(self, read: Callable[[str], _Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> _Value:
        value = self._read(text)
        if len(text) < _LONG:
            self[text] = value
        return value

    def all(self, texts: Sequence[str]) -> list[_Value]:
        """Read a column."""
        if len(self) > _MOST_KNOWN:
            self.clear()
        return list(map(self.__getitem__, texts))


class _Readers:
    """The readers of the columns of one file; each refuses what is not as it should be."""

    def __init__(self) -> None:
        self.name = _Reader(lambda text: values.read_name("", text))
        self.day = _Reader(_day)
        self.minute = _Reader(lambda text: (int(text[:2]) * 60 + int(text[3:])) * 60_000)
        self.offset = _Reader(_offset)
        self.study_day = _Reader(_study_day)
        self.revision = _Reader(lambda text: values.read_text("", text))
        self.parameters = _Reader(_parameters)
        self.outcome = _Reader(lambda text: str(Outcome(text)))
        self.misconception = _Reader(_misconception)
        self.confidence = _Reader(_confidence)
        self.rating = _Reader(lambda text: str(Rating(text)))
