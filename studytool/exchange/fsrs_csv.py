"""Import and export of the FSRS optimiser's table of reviews.

Source: github.com/open-spaced-repetition/fsrs-optimizer, README: card_id, review_time (ms since
1970), review_rating (1 to 4), review_state (0 new, 1 learning, 2 review, 3 relearning, before the
review), review_duration (ms).

The table knows less than the log: for another device of one's own there is the log's own lines.
Out and in again is the identity on items that the log knows; what it does not know is kept apart.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from io import StringIO

from studytool.errors import ExchangeError
from studytool.exchange.imported_reviews import imported_review
from studytool.exchange.item_history import staged_reviews
from studytool.language import Phrase
from studytool.printable import printable
from studytool.reasons import reason
from studytool.review_log.events import Review
from studytool.review_log.history import LogSoFar
from studytool.review_log.json_values import LAST_TIME, MOST, WHOLE, bad, read_name
from studytool.review_log.log import ReviewLog
from studytool.review_log.retracting import APART
from studytool.srs.memory import from_ms, to_ms

COLUMNS = ("card_id", "review_time", "review_rating", "review_state", "review_duration")

NO_COLUMNS = Phrase(
    ko="첫 줄에 빠진 열 이름: {names}. 첫 줄은 {columns}이어야 합니다(뒤의 둘은 없어도 됩니다).",
    en="the first line does not name {names}; it must be {columns} (the last two may be missing).",
)
NOT_UTF8 = Phrase(
    ko="UTF-8이 아닙니다. 파일을 UTF-8로 저장하세요.",
    en="this is not UTF-8; save the file as UTF-8.",
)
BAD_ROW = Phrase(ko="CSV가 아닙니다({why}).", en="this is not a row of CSV ({why}).")
SHORT_ROW = Phrase(ko="열이 모자랍니다.", en="the row is shorter than the first line; fill it up.")

_FORMULA = re.compile("'*[=+@＝＋＠－-]")
"""How a cell begins that a spreadsheet computes, or that came of such a one by a quote before it."""

_LAST_MS = to_ms(LAST_TIME) - 1


def write_csv(log: ReviewLog) -> Iterator[bytes]:
    """Return the lines of a table of the reviews that stand, rated as they are now, by time.

    A card_id is the item, or what an item that is kept apart came with.
    """
    yield ",".join(COLUMNS).encode() + b"\n"
    with log.at_one_moment():
        yield from _rows(log)


def _rows(log: ReviewLog) -> Iterator[bytes]:
    so_far, cards = log.so_far(), dict[int, str]()
    for review in staged_reviews(log):
        if review.item not in cards:
            cards[review.item] = _card(log.words([review.item])[review.item], so_far)
        card = _as_text(cards[review.item])
        yield _row(card, review.time_ms, review.rating, int(review.stage), review.duration_ms)


def read_csv(
    lines: Iterable[bytes], name: str, *, offset_at: Callable[[datetime], int] = lambda _: 0
) -> Iterator[Review]:
    """Read the reviews of a table, each of an item kept apart; equal rows give equal ids.

    Args:
        lines: of the file.
        name: of the file.
        offset_at: gives the learner's offset from UTC at an instant, in minutes east.

    Raises:
        ExchangeError: at the first row that is not as it should be; says how to mend it.
    """
    rows = csv.reader(_decoded(lines, name), strict=True)
    try:
        header = _header(next(rows, []))
        for row in rows:
            if row:
                if len(row) < len(header):
                    raise ExchangeError(SHORT_ROW)
                yield _review(dict(zip(header, row, strict=False)), offset_at)
    except csv.Error as error:
        raise ExchangeError(BAD_ROW, place=f"{name}:{rows.line_num}", why=reason(error)) from error
    except ExchangeError as error:
        if error.place:
            raise
        raise error.at(f"{name}:{max(rows.line_num, 1)}") from error


def _decoded(lines: Iterable[bytes], name: str) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise ExchangeError(NOT_UTF8, place=f"{name}:{number}") from error


def _header(row: list[str]) -> list[str]:
    header = [name.strip() for name in row]
    if missing := [name for name in COLUMNS[:3] if name not in header]:
        raise ExchangeError(NO_COLUMNS, names=", ".join(missing), columns=",".join(COLUMNS))
    return header


def _review(row: Mapping[str, str], offset_at: Callable[[datetime], int]) -> Review:
    card = read_name("card_id", _from_text(row["card_id"]))
    time = from_ms(_whole(row, "review_time", 0, _LAST_MS))
    number = _whole(row, "review_rating", 1, 4)
    duration_ms = _whole(row, "review_duration", 0, MOST) if row.get("review_duration") else 0
    return imported_review(
        card, time, number, duration_ms=duration_ms, offset_minutes=offset_at(time)
    )


def _whole(row: Mapping[str, str], name: str, low: int, high: int) -> int:
    text = row[name].strip()
    if text.isascii() and text.isdigit() and len(text) < 20 and low <= int(text) <= high:
        return int(text)
    raise bad(name, text, WHOLE.of(low=low, high=high))


def _card(item: str, so_far: LogSoFar) -> str:
    """Return the card_id that stands for an item: read again, it is that item."""
    card = item.removeprefix(APART)
    return item if so_far.knows(card) else card


def _as_text(card: str) -> str:
    """Write a card_id so that a spreadsheet takes it for text, and a terminal acts on nothing of it.

    A name of which a terminal would act on something is in old logs only: none is read any more.
    """
    return printable(f"'{card}" if _FORMULA.match(card) else card)


def _from_text(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def _row(*values: object) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow(values)
    return text.getvalue().encode()
