"""The reader of searches: text to tree, by hand, in one pass.

- any: all ("or" all)*
- all: one ("and"? one)*
- one: ("-" | "not") one | "(" any ")" | field comparison value | text
"""

import re
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from unicodedata import normalize

from studytool.errors import SearchError, StudytoolError
from studytool.language import Phrase
from studytool.search.fields import DAYS, FIELDS, STATES, SearchField
from studytool.search.tree import (
    AllSearch,
    AnySearch,
    ComparisonSign,
    DaySearch,
    NameSearch,
    NotSearch,
    NumberSearch,
    Search,
    StateSearch,
    TextSearch,
)

LONGEST = 1000
DEEPEST = 50

TOO_LONG = Phrase(
    ko="검색어가 {most}자보다 깁니다. 줄여 쓰세요.",
    en="the search is longer than {most} characters; shorten it.",
)
TOO_DEEP = Phrase(
    ko="괄호와 부정이 {most}겹보다 깊습니다. 줄여 쓰세요.",
    en="brackets and negations lie more than {most} deep; write fewer.",
)
NOTHING_HERE = Phrase(
    ko="여기에 찾을 것이 없습니다. 낱말이나 is:due 같은 조건을 쓰세요.",
    en="there is nothing to search for here; write a word, or a condition like is:due.",
)
NOT_CLOSED = Phrase(
    ko="이 괄호가 닫히지 않았습니다. ')'를 쓰거나, 글자라면 따옴표 안에 쓰세요.",
    en="this bracket is never closed; add ')', or put it in quotes if it is meant as text.",
)
NOT_OPENED = Phrase(
    ko="이 괄호는 열리지 않았습니다. 지우거나, 글자라면 따옴표 안에 쓰세요.",
    en="this bracket was never opened; delete it, or put it in quotes if it is meant as text.",
)
NO_END_QUOTE = Phrase(
    ko='이 따옴표가 닫히지 않았습니다. 끝에 "를 쓰세요.',
    en='this quote is never closed; add another " where the text ends.',
)
UNKNOWN_FIELD = Phrase(
    ko="'{name}'(이)라는 조건은 없습니다.{near} 쓸 수 있는 것: {known}. 글자라면 따옴표 안에 쓰세요.",
    en="there is no field '{name}'.{near} There are {known}. If it is meant as text, put it in quotes.",
)
UNKNOWN_STATE = Phrase(
    ko="'{name}'(이)라는 상태는 없습니다.{near} 쓸 수 있는 것: {known}.",
    en="there is no state '{name}'.{near} There are {known}.",
)
_NEAR = Phrase(ko=" 혹시 '{near}'인가요?", en=" Did you mean '{near}'?")
NO_ORDER = Phrase(
    ko="'{name}'에는 크고 작음이 없습니다. 이렇게 쓰세요: {example}",
    en="'{name}' has no order; write it like {example}.",
)
NO_VALUE = Phrase(
    ko="'{name}' 뒤에 값이 없습니다. 붙여서 이렇게 쓰세요: {example}",
    en="there is no value behind '{name}'; write it without a space, like {example}.",
)
NO_NUMBER = Phrase(
    ko="'{value}'은(는) 0 이상의 수가 아닙니다. 이렇게 쓰세요: {example}",
    en="'{value}' is no number from 0 on; write it like {example}.",
)
NO_SHARE = Phrase(
    ko="'{value}'은(는) 0에서 1까지의 확률이 아닙니다. 0.8이나 80%처럼 쓰세요.",
    en="'{value}' is no chance from 0 to 1; write it like 0.8 or 80%.",
)
NO_DAY = Phrase(
    ko="'{value}'은(는) 날이 아닙니다. 2026-01-31, today, +7d, -7d처럼 쓰세요.",
    en="'{value}' is no day; write it like 2026-01-31, today, +7d or -7d.",
)
NO_SIGN = Phrase(
    ko="'{value}'이(가) 앞인지 뒤인지 알 수 없습니다. +{value}나 -{value}로 쓰세요.",
    en="'{value}' may lie ahead or behind; write +{value} or -{value}.",
)

_SAID = Phrase(ko="{why}", en="{why}")

_CONDITION = re.compile(r"([a-zA-Z]+)(<=|>=|<|>|=|:)")
_WORD = re.compile(r'[^\s()"]+')
_NUMBER = re.compile(r"\d{1,9}(?:\.(\d{1,9}))?(%?)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FROM_TODAY = re.compile(r"([+-]?)(\d{1,5})[d일]", re.ASCII)
_OR, _AND, _NOT = "or", "and", "not"


def read_search(text: str) -> Search:
    """Read a search.

    >>> read_search("dropout is:due")
    AllSearch(each=(TextSearch(text='dropout'), StateSearch(state='due')))
    >>> read_search("-r<80%")
    NotSearch(one=NumberSearch(field='r', comparison='<', value=0.8, digits=2))

    Raises:
        SearchError: it cannot be read; says at which letter, and how to mend it.
    """
    if len(text) > LONGEST:
        raise SearchError(TOO_LONG, LONGEST + 1, most=LONGEST)
    reader = _Reader(text)
    found = reader.any_of()
    if not reader.at_end():
        raise reader.error(NOT_OPENED)
    return found


def read_day(text: str) -> tuple[int, bool]:
    """Read a day: days since 1970 or since today, and whether the latter.

    >>> read_day("+7d"), read_day("1970-01-02")
    ((7, True), (1, False))

    Raises:
        StudytoolError: it is no day; says how to write one.
    """
    why = NO_DAY
    if (word := normalize("NFC", text).lower()) in DAYS:
        return DAYS[word], True
    if _DATE.fullmatch(text):
        with suppress(ValueError):
            return (date.fromisoformat(text) - date(1970, 1, 1)).days, False
    elif match := _FROM_TODAY.fullmatch(word):
        if match[1]:
            return int(match[1] + match[2]), True
        why = NO_SIGN
    raise StudytoolError(why, value=text)


def folded(text: str) -> str:
    """Return a text as texts are compared: without case, spaces as one, letters composed."""
    return " ".join(normalize("NFC", text).casefold().split())


class _Reader:
    """A search and the place in it up to which it is read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def any_of(self) -> Search:
        each = [self._all_of()]
        while self._skip_word(_OR):
            each.append(self._all_of())
        return each[0] if len(each) == 1 else AnySearch(tuple(each))

    def at_end(self) -> bool:
        self._skip_spaces()
        return self._at >= len(self._text)

    def error(self, why: Phrase, at: int | None = None, /, **fields: object) -> SearchError:
        return SearchError(why, (self._at if at is None else at) + 1, **fields)

    def _all_of(self) -> Search:
        each = [self._one()]
        while not self.at_end() and not self._sees(")") and not self._sees_word(_OR):
            self._skip_word(_AND)
            each.append(self._one())
        return each[0] if len(each) == 1 else AllSearch(tuple(each))

    def _one(self) -> Search:
        if self.at_end() or self._sees(")") or self._sees_word(_OR) or self._sees_word(_AND):
            raise self.error(NOTHING_HERE)
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.error(TOO_DEEP, most=DEEPEST)
        try:
            return self._negated() or self._bracketed() or self._condition() or self._word()
        finally:
            self._depth -= 1

    def _negated(self) -> Search | None:
        if self._sees("-") and not self._text[self._at + 1 : self._at + 2].isspace():
            self._at += 1
            return NotSearch(self._one())
        return NotSearch(self._one()) if self._skip_word(_NOT) else None

    def _bracketed(self) -> Search | None:
        if not self._sees("("):
            return None
        opened = self._at
        self._at += 1
        found = self.any_of()
        if self.at_end():
            raise self.error(NOT_CLOSED, opened)
        self._at += 1
        return found

    def _condition(self) -> Search | None:
        if (match := _CONDITION.match(self._text, self._at)) is None:
            return None
        name, sign = match[1].lower(), match[2]
        if name not in FIELDS:
            raise self.error(UNKNOWN_FIELD, name=match[1], **_known(name, FIELDS))
        started, self._at = self._at, match.end()
        field = FIELDS[name]
        if not (value := self._value()):
            raise self.error(NO_VALUE, name=match[0], example=field.example)
        if field.kind in {"name", "state"} and sign not in {":", "="}:
            raise self.error(NO_ORDER, started, name=name, example=field.example)
        return self._compared(name, sign, value, match.end())

    def _compared(self, name: str, sign: str, value: str, at: int) -> Search:
        field = FIELDS[name]
        comparison: ComparisonSign = "=" if sign == ":" else sign  # type: ignore[assignment] # of the pattern
        match field.kind:
            case "name":
                return NameSearch(name, folded(value))
            case "state":
                if (state := value.lower()) not in STATES:
                    raise self.error(UNKNOWN_STATE, at, name=value, **_known(state, STATES))
                return StateSearch(state)
            case "day":
                return DaySearch(name, comparison, *self._day(value, at))
            case "share" | "number":
                return NumberSearch(name, comparison, *self._number(value, at, field))

    def _word(self) -> Search:
        started = self._at
        text = folded(self._value())
        if not text:
            raise self.error(NOTHING_HERE, started)
        return TextSearch(text)

    def _value(self) -> str:
        r"""Read a word, or a text in quotes, where \" is a quote; empty where there is neither."""
        if not self._sees('"'):
            match = _WORD.match(self._text, self._at)
            self._at = match.end() if match else self._at
            return match[0] if match else ""
        started, parts = self._at, []
        self._at += 1
        while not self._sees('"'):
            if self._at >= len(self._text):
                raise self.error(NO_END_QUOTE, started)
            self._at += self._text.startswith('\\"', self._at)
            parts.append(self._text[self._at])
            self._at += 1
        self._at += 1
        return "".join(parts)

    def _number(self, value: str, at: int, field: SearchField) -> tuple[float, int]:
        match = _NUMBER.fullmatch(value)
        if field.kind == "share":
            share = match and float(value.removesuffix("%")) / (100 if match[2] else 1)
            if match is None or share is None or share > 1:
                raise self.error(NO_SHARE, at, value=value)
            return share, len(match[1] or "") + (2 if match[2] else 0)
        if match is None or match[2]:
            raise self.error(NO_NUMBER, at, value=value, example=field.example)
        return float(value), len(match[1] or "")

    def _day(self, value: str, at: int) -> tuple[int, bool]:
        try:
            return read_day(value)
        except StudytoolError as error:
            raise self.error(_SAID, at, why=error.told) from error

    def _sees(self, letter: str) -> bool:
        return self._text.startswith(letter, self._at)

    def _sees_word(self, word: str) -> bool:
        match = _WORD.match(self._text, self._at)
        return match is not None and match[0].lower() == word

    def _skip_word(self, word: str) -> bool:
        self._skip_spaces()
        seen = self._sees_word(word)
        self._at += len(word) if seen else 0
        return seen

    def _skip_spaces(self) -> None:
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1


def _known(name: str, table: dict[str, SearchField] | dict[str, Phrase]) -> dict[str, object]:
    near = get_close_matches(name, table, n=1)
    return {"near": _NEAR.of(near=near[0]) if near else "", "known": ", ".join(table)}
