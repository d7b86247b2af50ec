"""The reviews in Anki's packages: those of cards whose notes became items, and of our own exports.

Source: github.com/ankitects/anki, rslib/src/revlog/mod.rs: id is the instant in ms since 1970, ease
the rating from 1 to 4, time the duration in ms; type 3 is a filtered deck, 4 a change by hand, 5 one
by Anki itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

from studytool.errors import ExchangeError
from studytool.exchange.anki_export import FIELDS, MODEL, MOST_CARDS, SOURCE
from studytool.exchange.anki_package import reading_package
from studytool.exchange.imported_items import deletions, slug_of
from studytool.exchange.imported_reviews import imported_review
from studytool.language import Phrase
from studytool.review_log.events import Review
from studytool.review_log.json_values import LAST_TIME, MOST
from studytool.sqlite.connection import Connection
from studytool.srs.memory import from_ms, to_ms

_NO_HISTORY = Phrase(
    ko="{path}에 복습 기록이 없습니다. Anki의 내보내기 창에서 '일정 정보 포함'을 켜고 다시 내보내세요.",
    en="{path} has no reviews. In Anki's export window tick 'Include scheduling information', and "
    "export again.",
)
_NO_ITEMS = Phrase(
    ko="{path}의 카드를 가진 꾸러미가 설치되어 있지 않습니다. 먼저 'studytool pack import {path} FOLDER'로 "
    "꾸러미를 만들고 'studytool pack add FOLDER'로 설치하세요.",
    en="no installed pack has the cards of {path}. First make one of them with 'studytool pack "
    "import {path} FOLDER', and install it with 'studytool pack add FOLDER'.",
)
_CARDS = "SELECT c.id, c.ord, n.mid, n.guid, n.flds FROM cards c JOIN notes n ON n.id = c.nid"
_REVIEWS = "SELECT id, cid, ease, time, type, factor FROM revlog ORDER BY id"
_TABLES = """
SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('revlog', 'cards', 'notes')
"""
"""A view of such a name could compute for ever."""
_FILTERED, _BY_HAND = 3, 4
_LAST_MS = to_ms(LAST_TIME) - 1


@dataclass(slots=True)
class AnkiHistory:
    """Reads the reviews of one package.

    Args:
        path: of the package, for people.
        find_item: gives the item of a slug or of a whole name, None where no pack has it.
        offset_at: gives the learner's offset from UTC at an instant, in minutes east.

    Attributes:
        left_out: how many rows are no reviews, or of cards that no item is.
    """

    path: Path
    find_item: Callable[[str], str | None]
    offset_at: Callable[[datetime], int]
    left_out: int = 0

    def reviews(self, content: bytes) -> Iterator[Review]:
        """Return the reviews in a package's bytes, in order of time.

        Raises:
            ExchangeError: it is no whole package, has no reviews, or no item is of its cards.
        """
        with reading_package(self.path, content) as collection:
            if collection.execute(_TABLES).get != 3:
                raise ValueError("no tables of reviews, cards and notes")
            if not collection.execute("SELECT EXISTS (SELECT 1 FROM revlog)").get:
                raise ExchangeError(_NO_HISTORY, path=self.path)
            items = dict(self._items(collection))
            if not items:
                raise ExchangeError(_NO_ITEMS, path=self.path)
            yield from self._reviews(collection.execute(_REVIEWS), items)

    def _items(self, collection: Connection) -> Iterator[tuple[int, str]]:
        for card, place, model, guid, fields in collection.execute(_CARDS):
            parts = str(fields).split("\x1f")
            name = _name(place, model, str(guid), parts) if isinstance(place, int) else None
            item = None if name is None else self.find_item(name)
            if item is not None:
                yield card, item

    def _reviews(
        self, rows: Iterable[tuple[Any, ...]], items: Mapping[int, str]
    ) -> Iterator[Review]:
        for row in rows:
            ms, card, number, duration_ms, kind, factor = row
            item = items.get(card) if all(isinstance(one, int) for one in row) else None
            if item is None or not _is_review(ms, number, kind, factor):
                self.left_out += 1
                continue
            time = from_ms(ms)
            yield imported_review(
                item,
                time,
                number,
                duration_ms=min(max(duration_ms, 0), MOST),
                offset_minutes=self.offset_at(time),
            )


def _name(place: int, model: object, guid: str, fields: list[str]) -> str | None:
    """Return the slug of the item that a card became, or the name of the one that it was made of."""
    if isinstance(model, int) and 0 <= model - MODEL < MOST_CARDS:
        named = fields[place * len(FIELDS) + SOURCE :][:1]
        return unescape("".join(named)).rpartition("#")[0] or None
    numbers = deletions(fields[0])
    if numbers:
        return slug_of(guid, place + 1) if str(place + 1) in numbers else None
    return slug_of(guid) if place == 0 else None


def _is_review(ms: int, number: int, kind: int, factor: int) -> bool:
    """Tell a review from a change of the date, and from cramming, which tells memory nothing."""
    is_crammed = kind == _FILTERED and factor == 0
    return 0 <= ms <= _LAST_MS and 1 <= number <= 4 and kind < _BY_HAND and not is_crammed
