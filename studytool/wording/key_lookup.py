"""What screens look up in the table of keys: what the bottom line shows, what writes, what undoes."""

from collections.abc import Collection, Iterator

from studytool.language import Phrase
from studytool.wording.keys import KEYS, KeyPlace

WRITING_ACTIONS = frozenset(row.action for row in KEYS if row.writes)
"""The actions that a cram, which records nothing, does not have."""


def key_for(action: str) -> str:
    """Return the key of an act that works while an answer is typed too.

    >>> key_for("undo")
    'F4'
    """
    return next(row.names[0] for row in KEYS if row.action == action)


def what_does(action: str) -> Phrase:
    """Return what the bottom line says that an act does."""
    return next(row.does for row in KEYS if row.action == action)


def bar_keys(
    place: KeyPlace, *, writes: bool = True, idle: Collection[str] = ()
) -> Iterator[tuple[str, Phrase]]:
    """Return the keys that the bottom line of a place shows, each with what it does.

    Args:
        place: where the learner is.
        writes: whether the keys that write to the log work too.
        idle: actions that would do nothing now.
    """
    for row in KEYS:
        works = (writes or not row.writes) and row.action not in idle
        if (name := row.places.get(place)) and works:
            yield name, row.does


def told_keys(place: KeyPlace, *, idle: Collection[str] = ()) -> Iterator[tuple[str, Phrase]]:
    """Return all keys that work in a place or anywhere, each with a sentence on what it does.

    Args:
        place: where the learner is.
        idle: actions that would do nothing now.
    """
    for row in sorted(
        KEYS, key=lambda row: place not in row.places
    ):  # what works here alone, first
        at = place if place in row.places else KeyPlace.ANYWHERE
        if at in row.places and row.about is not None and row.action not in idle:
            yield row.places[at] or " ".join(row.names), row.about
