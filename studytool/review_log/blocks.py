"""Blocks: a line of a sync part that holds many reviews by column, each different value once.

``{"reviews": 2, "id": "…", "time_ms": "…", …, "answer": […], "item": [[values], "…"], …}``: so many
reviews; of each its id in 32 hexadecimal digits, its whole numbers in 16 and which of a column's values
it has in 4, the least byte first, and none where there is one value. A block is a quarter of the lines
that it stands for, and read in a third of their time; each value is checked as in a line of its own.
"""

import struct
from collections.abc import Callable, Sequence
from typing import Any

from studytool.errors import ExchangeError
from studytool.language import Phrase
from studytool.review_log import json_values as values
from studytool.review_log.events import Review
from studytool.review_log.kinds import KINDS
from studytool.review_log.lines import read_object, write_json
from studytool.review_log.rows import WordRow
from studytool.review_log.schema import COLUMNS
from studytool.review_log.study_days import is_day_of
from studytool.review_log.variant_parameters import read_parameters, word_parameters
from studytool.srs.memory import DAY_MS, to_ms

BLOCK_START = b'{"reviews": '
MOST_REVIEWS = 1000
"""Of a block."""

MOST_BYTES = 4 * 2**20
MOST_GROWTH = 30
"""Of a block that is written; and how many times its length its variants' numbers may take up: few bytes fill no disk."""

BAD_COLUMNS = Phrase(
    ko="복습 묶음의 열이 맞지 않습니다({name}). 이 파일을 지우고 다시 동기화하세요.",
    en="the columns of a block of reviews do not fit ({name}); delete this file and sync again.",
)

_READERS = {field.name: field.read_json for field in KINDS[Review.kind].fields}
_END_MS = to_ms(values.LAST_TIME)
_WHOLE = {"time_ms": _END_MS - 1, "seed": values.MOST, "duration_ms": values.MOST}
"""The columns of whole numbers from 0, which are written as they are, each with its greatest."""

WORDED = (
    "learner", "device", "offset_minutes", "study_day", "item", "revision", "parameters", "outcome",
    "misconception", "confidence", "rating",
)  # fmt: skip
"""The columns of which each different value is written once."""

_AS_WORD: dict[str, Callable[[Any], object]] = {
    "outcome": str,
    "rating": str,
    "parameters": word_parameters,
}
_NAMES = {"reviews", "id", "answer", *_WHOLE, *WORDED}


def is_block(line: bytes) -> bool:
    """Tell whether a line is a block's."""
    return line.startswith(BLOCK_START)


def write_block(rows: Sequence[WordRow]) -> bytes | None:
    """Return the line of at most :data:`MOST_REVIEWS` reviews; None where each is to be a line of its own."""
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
    try:
        block = {
            "reviews": len(rows),
            "id": b"".join(columns["id"]).hex(),
            "answer": columns["answer"],
            **{name: _write_numbers("q", columns[name]) for name in _WHOLE},
            **{name: _write_words(name, columns[name]) for name in WORDED},
        }
        line = write_json(block).encode() + b"\n"
    except (TypeError, ValueError, ExchangeError, struct.error):  # the file was damaged
        return None
    fits = len(line) <= MOST_BYTES and _grows_little(columns["parameters"], len(line))
    return line if fits else None


def read_block(line: bytes) -> list[WordRow]:
    """Read the reviews of a block's line.

    Raises:
        ExchangeError: columns of unequal length, or a value that no review has.
    """
    found = read_object(line)
    n = found["reviews"]
    if found.keys() != _NAMES or type(n) is not int or not 0 < n <= MOST_REVIEWS:
        raise ExchangeError(BAD_COLUMNS, name="reviews")
    columns: dict[str, Sequence[Any]] = dict.fromkeys(COLUMNS, [None] * n)
    columns["kind"] = [Review.kind] * n
    columns["id"] = split_ids(_read_digits("id", found["id"], 16 * n))
    columns["answer"] = _read_answers(found["answer"], n)
    for name, most in _WHOLE.items():
        columns[name] = _read_wholes(name, found[name], n, most=most)
    for name in WORDED:
        columns[name] = _read_words(name, found[name], n)
    if not _grows_little(columns["parameters"], len(line)):
        raise ExchangeError(BAD_COLUMNS, name="parameters")
    check_days(columns["time_ms"], columns["study_day"])
    return list(map(WordRow, zip(*columns.values(), strict=True)))


def _write_words(name: str, column: Sequence[Any]) -> list[Any]:
    """Return the different values of a column, which can be read back, and which of them each row has."""
    numbers = {value: n for n, value in enumerate(dict.fromkeys(column))}
    given = [*map(read_parameters, numbers)] if name == "parameters" else [*numbers]
    if [read_word(name, value) for value in given] != [*numbers]:
        raise ValueError(name)
    which = map(numbers.__getitem__, column) if len(numbers) > 1 else ()
    return [given, _write_numbers("H", [*which])]


def _write_numbers(size: str, numbers: Sequence[int]) -> str:
    """Write whole numbers of the size that a letter of :mod:`struct` names, as hexadecimal digits."""
    return struct.pack(f"<{len(numbers)}{size}", *numbers).hex()


def _read_numbers(name: str, size: str, found: object, n: int) -> tuple[int, ...]:
    return struct.unpack(f"<{n}{size}", _read_digits(name, found, n * struct.calcsize(f"<{size}")))


def _read_digits(name: str, found: object, length: int) -> bytes:
    """Read so many bytes."""
    if not isinstance(found, str) or len(found) != 2 * length or not found.isascii():
        raise ExchangeError(BAD_COLUMNS, name=name)
    try:
        digits = bytes.fromhex(found)
    except ValueError as error:
        raise ExchangeError(BAD_COLUMNS, name=name) from error
    if len(digits) != length:  # there were spaces between them
        raise ExchangeError(BAD_COLUMNS, name=name)
    return digits


def _grows_little(parameters: Sequence[str | None], length: int) -> bool:
    return sum(map(len, filter(None, parameters))) <= MOST_GROWTH * length


def split_ids(ids: bytes) -> list[bytes]:
    """Return many ids of 16 bytes that are one behind the other."""
    return [ids[at : at + 16] for at in range(0, len(ids), 16)]


def _read_answers(found: object, n: int) -> list[str]:
    if not isinstance(found, list) or len(found) != n:
        raise ExchangeError(BAD_COLUMNS, name="answer")
    answers: list[str] = found
    is_usual = {*map(type, answers)} == {str} and max(map(len, answers)) <= values.MOST_TEXT
    if not is_usual or not "".join(answers).isascii():
        for answer in answers:
            values.read_text("answer", answer)
    return answers


def _read_wholes(name: str, found: object, n: int, *, most: int) -> Sequence[int]:
    numbers = _read_numbers(name, "q", found, n)
    if min(numbers) < 0 or max(numbers) > most:
        raise ExchangeError(BAD_COLUMNS, name=name)
    return numbers


def _read_words(name: str, found: object, n: int) -> list[Any]:
    if not isinstance(found, list) or len(found) != 2 or not isinstance(found[0], list):
        raise ExchangeError(BAD_COLUMNS, name=name)
    given, which = found
    words = [read_word(name, value) for value in given]
    if len(words) == 1 and which == "":
        return words * n
    places = _read_numbers(name, "H", which, n)
    if max(places) >= len(words):
        raise ExchangeError(BAD_COLUMNS, name=name)
    return [*map(words.__getitem__, places)]


def read_word(name: str, value: object) -> Any:
    """Return the word that a row has in a column of ``WORDED`` for a value of JSON, or raise ExchangeError."""
    read = _READERS[name](name, value)
    return _AS_WORD[name](read) if name in _AS_WORD else read


def check_days(times_ms: Sequence[int], days: Sequence[int | None]) -> None:
    """Refuse, as an ExchangeError, a study day that an instant beside it cannot be of."""
    pairs = {(day, ms // DAY_MS) for day, ms in zip(days, times_ms, strict=True)}
    for day, of_time in pairs:
        if day is not None and not is_day_of(day, of_time * DAY_MS):
            raise values.bad("study_day", day, values.DAY)
