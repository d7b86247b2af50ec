"""Files of items in which nothing was found: what the rest of a pack has to know of them.

Such a file that is as it was is not looked through again: neither its items nor what was found of
each of them is read.
"""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from studytool.packs.diagnostics import Place
from studytool.packs.item_facts import ItemFacts, OldId

_NOWHERE = Place("", 0, 0)
_SHORT_BYTES = 6
"""Of the digest of a card's front: two fronts with one digest are compared whole, which costs time."""


class QuietFile(NamedTuple):
    """A file of items in which nothing was found.

    Attributes:
        digest: of its text and of all that its items depend on, as of a known file.
        values: how many there are in its text.
        views: what its items name, each with a digest of how the pack has that.
        facts: of its items, without their places; of a card's front there is a digest.
    """

    digest: str
    values: int
    views: tuple[tuple[ItemFacts, str], ...]
    facts: tuple[ItemFacts, ...]


def quiet_row(digest: str, values: int, items: Iterable[tuple[ItemFacts, str]]) -> list[Any]:
    """Return a file as JSON keeps it, of the facts and the view of each of its items."""
    items = list(items)
    views = {(one.concept, one.source, one.claims): view for one, view in items}
    return [
        digest,
        values,
        [[*names, view] for names, view in views.items()],
        [
            [one.id, one.concept, [old.id for old in one.was], _fronts(one), one.is_longest]
            for one, _ in items
        ],
    ]


def quiet_of(row: list[Any]) -> QuietFile:
    """Read a file as JSON keeps it.

    Raises:
        ValueError, TypeError: the row is none of ours.
    """
    digest, values, views, facts = row
    return QuietFile(
        str(digest),
        int(values),
        tuple(
            (ItemFacts("", concept, _NOWHERE, claims=tuple(claims), source=source), str(view))
            for concept, source, claims, view in views
        ),
        tuple(map(_facts, facts)),
    )


def _fronts(facts: ItemFacts) -> list[str]:
    return [_short("\0".join(front)) for front in facts.fronts]


def _short(text: str) -> str:
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=_SHORT_BYTES
    ).hexdigest()


def _facts(row: list[Any]) -> ItemFacts:
    id_, concept, was, fronts, is_longest = row
    return ItemFacts(
        id_,
        concept,
        _NOWHERE,
        tuple([OldId(old, _NOWHERE) for old in was]) if was else (),
        (),
        None,
        tuple([("", front) for front in fronts]) if fronts else (),
        _NOWHERE if fronts else None,
        is_longest,
        None if is_longest is None else _NOWHERE,
    )
