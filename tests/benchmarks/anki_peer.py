"""Anki as a peer: a collection with FSRS on, of as many cards as wanted, answered one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

ANKI = "anki"
NOT_INSTALLED = "anki is not installed"
GOOD = 2
MOST_A_DAY = 9999
"""The largest daily limit that Anki's own settings admit."""


def find_anki() -> ModuleType | None:
    """Give the package's module of collections, None where it is not installed."""
    try:
        return import_module("anki.collection")
    except ModuleNotFoundError as missing:
        if missing.name != ANKI:  # it is there, and broken
            raise
        return None


class AnkiPeer:
    """One collection and the card in view."""

    def __init__(self, anki: ModuleType, path: Path, *, cards: int) -> None:
        self._anki = anki
        self._collection: Any = anki.Collection(str(path))
        self._collection.set_config("fsrs", True)
        self._add_cards(cards)
        self._queued: Any = None

    def make_due(self, share: float) -> None:
        """Bring every second card into review, due over 100 days, ``share`` of them by today."""
        self._collection.db.execute(
            "UPDATE cards SET type = 2, queue = 2, ivl = 30, reps = 6, "
            "due = ? + (id / 2) % 100 WHERE id % 2 = 0",
            self._collection.sched.today - round(100 * share) + 1,
        )

    def take_next(self) -> None:
        """Fetch the next card and the memories that its answers would leave."""
        [self._queued] = self._collection.sched.get_queued_cards().cards

    def answer(self) -> None:
        """Answer the card in view as good; durable when this returns."""
        card = import_module("anki.cards").Card(self._collection, backend_card=self._queued.card)
        card.start_timer()
        scheduler = self._collection.sched
        scheduler.answer_card(
            scheduler.build_answer(card=card, states=self._queued.states, rating=GOOD)
        )

    def forget_queue(self) -> None:
        """Let the queue be built anew: a change of the collection from outside."""
        self._collection.db.execute("UPDATE cards SET reps = reps WHERE id = 0")

    def close(self) -> None:
        """Close the collection."""
        self._collection.close()

    def _add_cards(self, count: int) -> None:
        decks = self._collection.decks
        [first] = decks.all_names_and_ids()
        options = decks.config_dict_for_deck_id(first.id)
        options["new"]["perDay"] = options["rev"]["perDay"] = MOST_A_DAY
        decks.update_config(options)
        basic = self._collection.models.by_name("Basic")
        requests = []
        for number in range(count):
            note = self._collection.new_note(basic)
            note["Front"] = str(number)
            requests.append(self._anki.AddNoteRequest(note, first.id))
        self._collection.add_notes(requests)


@contextmanager
def opened(anki: ModuleType, path: Path, *, cards: int) -> Iterator[AnkiPeer]:
    """Make a collection, and close it at the end."""
    peer = AnkiPeer(anki, path, cards=cards)
    try:
        yield peer
    finally:
        peer.close()
