"""Strict readers of the JSON values of an event, and the writer of instants."""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from studytool.errors import ExchangeError
from studytool.language import Message, Phrase
from studytool.printable import is_one_line

BAD_VALUE = Phrase(
    ko="{name} = {value}: {wanted} 합니다.", en="{name} = {value}: it must be {wanted}."
)
TOO_LATE = Phrase(
    ko="{name} = {value}: {year}년이나 그 뒤의 이벤트는 받지 않습니다. 시계가 틀렸던 것이니 줄의 시각을 고치거나 줄을 지우세요.",
    en="{name} = {value}: events of {year} or later are not taken, since a clock was wrong. Correct the "
    "time in that line or delete the line.",
)
NAIVE = Phrase(
    ko="{name} = {value}: 시간대가 없습니다. UTC라면 끝에 Z를 붙이세요.",
    en="{name} = {value}: the time has no offset; if it is in UTC, add a Z at the end.",
)

TEXT = Phrase(ko="문자열이어야", en="text without half surrogates")
NAME = Phrase(
    ko="비어 있지 않고 제어 문자가 없는 문자열이어야",
    en="text that is not empty and without control characters",
)
AT_MOST = Phrase(ko="{most:,}자를 넘지 않아야", en="at most {most:,} characters")
FEW_NUMBERS = Phrase(ko="수가 {most:,}개를 넘지 않아야", en="at most {most:,} numbers")
WHOLE = Phrase(ko="{low}부터 {high}까지의 정수여야", en="a whole number from {low} to {high}")
SHARE = Phrase(ko="0과 1 사이의 수이거나 null이어야", en="a number from 0 to 1, or null")
NUMBERS = Phrase(
    ko="이름마다 유한한 수를 주는 객체여야", en="an object of finite numbers, such as {{}}"
)
SETTING = Phrase(
    ko="문자열, true나 false, 유한한 수, 수의 목록, null 가운데 하나여야",
    en="text, true or false, a finite number, a list of numbers, or null",
)
INSTANT = Phrase(
    ko="2026-01-31T09:30:00.000Z 꼴의 1970년 이후 시각이어야",
    en="a time since 1970 such as 2026-01-31T09:30:00.000Z",
)
DAY = Phrase(
    ko="time이 속한 날(1970-01-01부터 센 날수)이거나 그 앞뒤 날이어야",
    en="the day of time, in days since 1970-01-01, or one beside it",
)
UUID = Phrase(
    ko="017f22e2-79b0-7cc3-98c4-dc0c0c07398f 꼴의 UUID(소문자)여야",
    en="a UUID in lower case such as 017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
)
NAMES = Phrase(ko="비어 있지 않은 문자열의 목록이어야", en="a list of texts that are not empty")
IDS = Phrase(ko="UUID의 목록이어야", en="a list of UUIDs")
ONE_OF = Phrase(ko="{known} 중 하나여야", en="one of {known}")

MOST = 2**63 - 1
"""The greatest whole number of the log."""

MOST_TEXT, MOST_NAME, MOST_NUMBERS = 100_000, 1_000, 1_000
"""Of an answer, a name and a variant: more than any item has, and little enough to show and to keep."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(9000, 1, 1, tzinfo=UTC)
LAST_DAY = (_LAST - _FIRST).days + 1
"""A due date lies up to a hundred years behind a review, and must be a date as well."""

LAST_TIME = datetime(2262, 1, 1, tzinfo=UTC)
"""No event is so late: there the clock ends by which this program dates them."""

Read = Callable[[str, object], object]
"""Reads the value of the field that it is given the name of."""

_Choice = TypeVar("_Choice", bound=StrEnum)


def write_instant(instant: datetime) -> str:
    """Write an instant in UTC, to the millisecond.

    >>> write_instant(datetime(2026, 1, 31, 9, 30, tzinfo=UTC))
    '2026-01-31T09:30:00.000Z'
    """
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    return instant.isoformat(timespec="milliseconds")[:23] + "Z"  # without its offset, of 0


def read_instant(name: str, value: object) -> datetime:
    """Read a time with its offset, and give it in UTC, cut to the millisecond."""
    found = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise bad(name, value, INSTANT)
    if found[2] is None:
        raise ExchangeError(NAIVE, name=name, value=shown(value))
    try:
        instant = datetime.fromisoformat(found[0])
        if instant.tzinfo is not UTC:  # which a Z gives
            instant = instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:  # a 13th month; beyond the year 9999
        raise bad(name, value, INSTANT) from error
    if not _FIRST <= instant < _LAST:
        raise bad(name, value, INSTANT)
    beyond = instant.microsecond % 1000
    return instant.replace(microsecond=instant.microsecond - beyond) if beyond else instant


def read_time(name: str, value: object) -> datetime:
    """Read the time of an event, as :func:`read_instant` reads an instant; one too far ahead is refused."""
    instant = read_instant(name, value)
    if instant >= LAST_TIME:
        raise ExchangeError(TOO_LATE, name=name, value=shown(value), year=LAST_TIME.year)
    return instant


def read_id(name: str, value: object) -> str:
    """Read an id: the text of a UUID."""
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise bad(name, value, UUID)
    return value


def read_text(name: str, value: object) -> str:
    """Read text that UTF-8 can hold."""
    if not isinstance(value, str):
        raise bad(name, value, TEXT)
    if len(value) > MOST_TEXT:
        raise bad(name, value, AT_MOST.of(most=MOST_TEXT))
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise bad(name, value, TEXT) from error
    return value


def read_name(name: str, value: object) -> str:
    """Read text that is not empty and of which a terminal acts on nothing."""
    if isinstance(value, str) and len(value) > MOST_NAME:
        raise bad(name, value, AT_MOST.of(most=MOST_NAME))
    if isinstance(value, str) and value and value.isascii() and value.isprintable():
        return value  # the usual name
    if not value or not is_one_line(text := read_text(name, value)):
        raise bad(name, value, NAME)
    return text


def list_of(read: Read, wanted: Phrase) -> Read:
    """Return the reader of a list of what ``read`` reads, as a tuple."""

    def read_all(name: str, value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise bad(name, value, wanted)
        return tuple(read(name, one) for one in value)

    return read_all


def or_null(read: Read) -> Read:
    """Return the reader of null, or what ``read`` reads."""
    return lambda name, value: None if value is None else read(name, value)


def whole(low: int, high: int) -> Read:
    """Return the reader of whole numbers from ``low`` to ``high``."""
    wanted = WHOLE.of(low=low, high=high)

    def read(name: str, value: object) -> int:
        if type(value) is not int or not low <= value <= high:  # True is an int as well
            raise bad(name, value, wanted)
        return value

    return read


def read_share(name: str, value: object) -> float | None:
    """Read a number from 0 to 1, or null."""
    if value is None:
        return None
    if not _is_number(value) or not 0 <= value <= 1:  # type: ignore[operator] # it is a number
        raise bad(name, value, SHARE)
    return float(value) + 0.0  # type: ignore[arg-type] # the same


def read_numbers(name: str, value: object) -> dict[str, float]:
    """Read an object of finite numbers."""
    if not isinstance(value, dict) or not all(map(_is_number, value.values())):
        raise bad(name, value, NUMBERS)
    if len(value) > MOST_NUMBERS:
        raise bad(name, value, FEW_NUMBERS.of(most=MOST_NUMBERS))
    for key in value:
        read_text(name, key)
    return value


def as_setting(read: Any) -> Any:
    """Return a setting's value as an event has it: a list of JSON is a tuple."""
    return tuple(read) if isinstance(read, list) else read


def read_setting(name: str, value: object) -> str | bool | float | tuple[float, ...] | None:
    """Read a setting's value: text, a switch, a number, a list of numbers, or null."""
    if isinstance(value, str):
        return read_text(name, value)
    parts = value if isinstance(value, list) else [value]
    if value is None or isinstance(value, bool) or all(map(_is_number, parts)):
        return as_setting(value)  # type: ignore[no-any-return] # one of these
    raise bad(name, value, SETTING)


def choice(kind: type[_Choice]) -> Read:
    """Return the reader of the names that ``kind`` has."""
    known = {member.value: member for member in kind}
    wanted = ONE_OF.of(known=", ".join(known))

    def read(name: str, value: object) -> _Choice:
        if not isinstance(value, str) or value not in known:
            raise bad(name, value, wanted)
        return known[value]

    return read


def bad(name: str, value: object, wanted: Phrase | Message) -> ExchangeError:
    """Return the problem of a value that is not as ``wanted``."""
    return ExchangeError(BAD_VALUE, name=name, value=shown(value), wanted=wanted)


def shown(value: object) -> str:
    """Show a value short, in characters that any terminal takes.

    >>> shown("x" * 200)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."
    """
    text = "null" if value is None else ascii(value)
    return text if len(text) <= 63 else f"{text[:60]}..."


def _is_number(value: object) -> bool:
    return type(value) is int or (type(value) is float and math.isfinite(value))
