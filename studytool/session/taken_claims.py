"""The claims that are taken today: of those that rest on the same one, one item a day is asked."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from studytool.review_log.queue_slice import DueItem

if TYPE_CHECKING:
    from studytool.session.desk import Desk

Claims = set[tuple[str, str]]
"""Claims of packs, each as (pack, claim)."""

_SPARE = 60
"""How many rows more than the day admits are read at first: some of them are siblings."""


class TakenClaims:
    """The claims of what is asked today, so far.

    Args:
        desk: whose library and settings say what rests on what, and whether it counts.

    Attributes:
        taken: each as (pack, claim).
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self.taken: Claims = set()

    def take(self, items: Collection[str]) -> None:
        """Take the claims of items."""
        self.taken.update(chain.from_iterable(self._of(items).values()))

    def read(
        self, first: Callable[[int], list[DueItem]], wanted: int
    ) -> Iterator[tuple[DueItem, Claims]]:
        """Read rows, at first about as many as are wanted, with the claims of each that count."""
        limit, seen = wanted + _SPARE if wanted else 0, 0
        while limit:
            rows = first(limit)
            yield from self.beside(rows[seen:])
            if len(rows) < limit:
                return
            seen, limit = len(rows), limit * 4

    def beside(self, rows: Iterable[DueItem]) -> Iterator[tuple[DueItem, Claims]]:
        """Return rows with the claims of each that count."""
        listed = list(rows)
        claims = self._of([one.item for one in listed])
        return ((one, claims.get(one.item, set())) for one in listed)

    def _of(self, items: Collection[str]) -> dict[str, Claims]:
        settings, library = self._desk.settings, self._desk.library
        return library.claims_of(items) if settings.bury_siblings else {}
