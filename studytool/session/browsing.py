"""All items on one shelf: read once, searched at every keystroke, read anew where one was acted on."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.quiz.ask import make_variant
from studytool.search.reader import folded, read_search
from studytool.search.tree import AllSearch, Search, TextSearch
from studytool.session.item_questions import read_questions
from studytool.session.items import ItemRow, read_rows
from studytool.session.searching import Searcher

if TYPE_CHECKING:
    from studytool.language import Language
    from studytool.session.desk import Desk

_SEED = 0
_Columns = tuple[list[ItemRow], list[str]]
"""Items and their folded texts, in the same order."""
_Found = tuple[Search | None, _Columns]


class ItemShelf:
    """The items of all packs, as of an instant.

    Reading takes seconds where there are a hundred thousand: make it in a thread, while nothing else
    uses the desk.

    Args:
        desk: the learner's state.
        now: the instant.
    """

    def __init__(self, desk: "Desk", now: datetime) -> None:
        self._desk = desk
        self._rows = read_rows(desk, now)
        self._searcher = Searcher(desk, now)
        texts = self._searcher.texts
        self._texts = [texts.get(row.item) or folded(row.item) for row in self._rows]
        self._found: _Found = (None, (self._rows, self._texts))
        self._questions: dict[tuple[str, Language], str] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, typed: str) -> list[ItemRow]:
        """Return the items that a search finds, in the order of their packs; all where it is empty.

        Raises:
            SearchError: it cannot be read; says where.
            NotFoundError: it names what nothing has; names the nearest.
        """
        search = read_search(typed) if typed.strip() else None
        before, found = self._found
        if search != before:
            if not _narrows(search, before):
                found = (self._rows, self._texts)
            if search is not None:
                found = self._filtered(search, *found)
            self._found = (search, found)
        return found[0]

    def _filtered(self, search: Search, rows: list[ItemRow], texts: list[str]) -> _Columns:
        """Keep what a search finds; words are looked for without a call for each row."""
        words = _words(search)
        if words is None:
            test = self._searcher.test(search)
            places = [at for at, row in enumerate(rows) if test(row)]
            return [rows[at] for at in places], [texts[at] for at in places]
        for word in words:
            places = [at for at, text in enumerate(texts) if word in text]
            if len(places) < len(rows):
                rows, texts = [rows[at] for at in places], [texts[at] for at in places]
        return rows, texts

    def read_again(self, item: str, now: datetime) -> None:
        """Read one item anew, after an act on it; it stays in the list in view."""
        [after] = read_rows(self._desk, now, items=[item])
        search, (found, texts) = self._found
        self._rows = [after if row.item == item else row for row in self._rows]
        same = [after if row.item == item else row for row in found]
        self._found = (search, (same, texts))

    def questions(self, rows: Sequence[ItemRow]) -> list[str]:
        """Return what each of ``rows`` asks, in one line; empty where no installed pack has it.

        Raises:
            StateError: the library cannot be read.
        """
        language, known = self._desk.settings.language, self._questions
        unread = [row.item for row in rows if (row.item, language) not in known]
        if unread:
            read = read_questions(self._desk.library, unread, language)
            known.update(((item, language), read.get(item, "")) for item in unread)
        return [known[row.item, language] for row in rows]

    def prompt(self, item: str) -> str:
        """Return what an item asks, with the numbers of one seed; empty where it cannot be asked."""
        pack = item.partition("/")[0]
        language = self._desk.settings.language
        return make_variant(
            self._desk.library.item(item), pack_id=pack, seed=_SEED, language=language
        ).prompt


def _words(search: Search) -> list[str] | None:
    """Return the words that all must be there; None where a search asks for anything else."""
    each = search.each if isinstance(search, AllSearch) else (search,)
    words = [one.text for one in each if isinstance(one, TextSearch)]
    return words if len(words) == len(each) else None


def _narrows(search: Search | None, before: Search | None) -> bool:
    """Tell whether all that ``search`` finds was found before."""
    if search is None or before is None:
        return False
    words, ones = _words(search), _words(before)
    if words is None or ones is None:
        return False
    return all(any(one in word for word in words) for one in ones)
