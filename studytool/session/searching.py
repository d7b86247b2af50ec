"""A search carried out: which rows of items it finds, as of an instant."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from studytool.errors import NotFoundError
from studytool.language import Phrase
from studytool.search.reader import folded
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
from studytool.session.items import ItemRow
from studytool.srs.memory import from_ms

if TYPE_CHECKING:
    from studytool.library.library import ListedItem
    from studytool.session.desk import Desk

_Test = Callable[[ItemRow], bool]

_COMPARED: dict[ComparisonSign, Callable[[float, float], bool]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    "=": lambda one, other: one == other,
    ">=": lambda one, other: one >= other,
    ">": lambda one, other: one > other,
}
_TAG = Phrase(ko="태그", en="tag")
KIND = Phrase(ko="종류", en="kind")
"""Of an item, as a table names it too."""
_STATES: dict[str, _Test] = {
    "new": lambda row: row.stage == "new",
    "learning": lambda row: row.stage == "learning",
    "review": lambda row: row.stage == "review",
    "relearning": lambda row: row.stage == "relearning",
    "due": lambda row: row.due_now,
    "suspended": lambda row: row.suspended,
    "buried": lambda row: row.buried_until is not None,
    "flagged": lambda row: row.flagged,
    "leech": lambda row: row.leech,
}
_NUMBERS: dict[str, Callable[[ItemRow], float | None]] = {
    "r": lambda row: row.retrievability,
    "stability": lambda row: row.stability_days,
    "difficulty": lambda row: row.difficulty,
    "lapses": lambda row: row.lapses,
    "reviews": lambda row: row.reviews,
}


def find(desk: "Desk", search: Search, rows: Sequence[ItemRow], now: datetime) -> list[ItemRow]:
    """Return those of ``rows`` that a search finds.

    Raises:
        NotFoundError: a name without ``*`` that nothing installed has; names the nearest.
    """
    test = Searcher(desk, now).test(search)
    return [row for row in rows if test(row)]


class Searcher:
    """What searches need to know besides the rows, each read once, where a search asks for it.

    Args:
        desk: the learner's state.
        now: the instant as of which days are counted.
    """

    def __init__(self, desk: "Desk", now: datetime) -> None:
        self._desk = desk
        self._today = self._day(now)

    def test(self, search: Search) -> _Test:
        """Return the test that a row passes where ``search`` finds it."""
        match search:
            case NotSearch(one):
                inner = self.test(one)
                return lambda row: not inner(row)
            case AllSearch(each):
                tests = self._tests(each)
                return lambda row: all(test(row) for test in tests)
            case AnySearch(each):
                tests = self._tests(each)
                return lambda row: any(test(row) for test in tests)
            case _:
                return self._condition(search)

    def _tests(self, each: Sequence[Search]) -> list[_Test]:
        """Return a test of each, those of texts last: they take longest."""
        return [self.test(one) for one in sorted(each, key=lambda one: isinstance(one, TextSearch))]

    def _condition(
        self, search: TextSearch | NameSearch | StateSearch | NumberSearch | DaySearch
    ) -> _Test:
        match search:
            case TextSearch(text):
                texts = self.texts
                return lambda row: text in (texts.get(row.item) or folded(row.item))
            case NameSearch(field, name):
                self._check_name(field, name)
                fits = _pattern(name)
                return lambda row: any(fits(folded(one)) for one in self._names(field, row))
            case StateSearch(state):
                return _STATES[state]
            case NumberSearch():
                return _number_test(search)
            case DaySearch():
                return self._day_test(search)

    def _day_test(self, search: DaySearch) -> _Test:
        wanted = search.day + (self._today if search.relative else 0)
        compared = _COMPARED[search.comparison]

        def test(row: ItemRow) -> bool:
            at = self._instant(search.field, row)
            return at is not None and compared(self._day(at), wanted)

        return test

    def _instant(self, field: str, row: ItemRow) -> datetime | None:
        if field == "added":
            ms = self._added.get(row.item)
            return from_ms(ms) if ms else None
        return row.due if field == "due" else row.last_review

    def _day(self, instant: datetime) -> int:
        return self._desk.log.day_of(instant)

    def _names(self, field: str, row: ItemRow) -> Collection[str]:
        match field:
            case "tag":
                return self._tags.get(row.item, ())
            case "claim":
                return self._claims.get(row.item, ())
            case "pack":
                return (row.item.partition("/")[0],)
            case "item":
                return (row.item, row.item.rpartition("/")[2])
            case "kind":
                return (row.kind or "",)
            case _:
                return (row.concept or "",)

    def _check_name(self, field: str, name: str) -> None:
        """Refuse a name that nothing has, which would find nothing without a word."""
        kind: str | Phrase
        known: set[str]
        match field:
            case "tag":
                kind, known = _TAG, {tag for tags in self._tags.values() for tag in tags}
            case "claim":
                kind, known = "claim", set().union(*self._claims.values())
            case "pack":
                kind, known = "pack", {pack.id for pack in self._desk.library.packs()}
            case "kind":
                kind, known = KIND, {one.kind for one in self._listed}
            case "concept":
                kind, known = "concept", {one.concept for one in self._listed}
            case _:
                return
        if "*" not in name and name not in map(folded, known):
            raise NotFoundError(kind, name, sorted(known))

    @cached_property
    def _listed(self) -> "list[ListedItem]":
        library = self._desk.library
        return [one for pack in library.packs() for one in library.listed(pack.id)]

    @cached_property
    def _added(self) -> dict[str, int]:
        return self._desk.library.added()

    @cached_property
    def _tags(self) -> dict[str, list[str]]:
        return _by_item(self._desk.library.tags())

    @cached_property
    def _claims(self) -> dict[str, list[str]]:
        return _by_item((claim, item) for _, claim, item in self._desk.library.claim_links())

    @cached_property
    def texts(self) -> dict[str, str]:
        """Return each item's name and texts, folded, with a line's end between, which no search has."""
        return {
            item: f"{folded(item)}\n{folded(text)}" for item, text in self._desk.library.texts()
        }


def _by_item(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, item in named:
        found.setdefault(item, []).append(name)
    return found


def _number_test(search: NumberSearch) -> _Test:
    read, compared = _NUMBERS[search.field], _COMPARED[search.comparison]

    def test(row: ItemRow) -> bool:
        if (value := read(row)) is None:
            return False
        value = round(value, search.digits) if search.comparison == "=" else value
        return compared(value, search.value)

    return test


def _pattern(name: str) -> Callable[[str], bool]:
    """Return the test of names like ``name``, in which ``*`` stands for any letters.

    >>> [_pattern("he*d")(one) for one in ("hed", "he-sd", "the-sd", "he")]
    [True, True, False, False]
    """
    first, *middle = name.split("*")
    if not middle:
        return lambda text: text == name
    last = middle.pop()

    def fits(text: str) -> bool:
        end = len(text) - len(last)
        if not (text.startswith(first) and text.endswith(last) and len(first) <= end):
            return False
        at = len(first)
        for part in middle:
            if (found := text.find(part, at, end)) < 0:
                return False
            at = found + len(part)
        return True

    return fits
