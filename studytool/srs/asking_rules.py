"""The rules of who is asked on a day: claims, limits, packs in turn, concepts that open on the way.

The agenda of today and the days of a forecast are chosen by these alone. An item is whatever the
caller's rows hold; a claim is what siblings share, and is taken once a day. Imports no NumPy.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

_One = TypeVar("_One")
_Pack = TypeVar("_Pack", bound=Hashable)
_Claim = TypeVar("_Claim", bound=Hashable)
_Opens = Callable[[Sequence[_One]], bool] | None


def choose_reviews(
    rows: Iterable[tuple[_One, _Pack, AbstractSet[_Claim]]],
    *,
    most: int,
    left: MutableMapping[_Pack, int],
    taken: set[_Claim],
) -> tuple[list[_One], int]:
    """Choose the reviews of a day; return them in order, and how many siblings were passed by.

    Args:
        rows: due items in order, each with its pack and its claims; read as far as needed.
        most: how many the day admits.
        left: how many it admits of each pack; lowered by each.
        taken: claims of what is asked today; those of the chosen are added.
    """
    chosen: list[_One] = []
    siblings = 0
    for one, pack, claims in rows:
        if len(chosen) == most:
            break
        if not claims.isdisjoint(taken):
            siblings += 1
        elif left[pack]:
            left[pack] -= 1
            taken |= claims
            chosen.append(one)
    return chosen, siblings


def choose_new(
    open_rows: Callable[
        [Sequence[_One]], tuple[Iterable[tuple[_One, AbstractSet[_Claim]]], _Opens[_One]]
    ],
    *,
    wanted: int,
    taken: set[_Claim],
    put_off: Callable[[_One], object],
) -> list[_One]:
    """Choose a pack's new items, its concepts opened one by one.

    A concept that one of them opens comes at its own place in the pack, before what was open
    already, as it will when that one has been answered and the rest is chosen afresh.

    Args:
        open_rows: gives, of the items chosen so far, the rows of the others whose concepts are
            open when these are begun, and what tells of the items chosen whether the last of them
            opens a concept; None in its place where none is closed, or none can open.
        wanted: how many at most.
        taken: claims of what is asked today; those of the chosen are added.
        put_off: is told each item whose claim is taken; the next rows do not have it.
    """
    chosen: list[_One] = []
    while True:
        rows, opens = open_rows(chosen)
        for one, claims in rows:
            if len(chosen) == wanted:
                return chosen
            if not claims.isdisjoint(taken):
                put_off(one)
                continue
            taken |= claims
            chosen.append(one)
            if len(chosen) < wanted and opens is not None and opens(chosen):
                break
        else:
            return chosen


def in_turn(chosen: Mapping[_Pack, Sequence[_One]], begun: Mapping[_Pack, int]) -> list[_One]:
    """Return new items of packs in turn: first of the one that has had the fewest today.

    Args:
        chosen: each pack's, in order.
        begun: how many new items each pack has had today.
    """
    turns = [
        (begun[pack] + place, number, one)
        for number, (pack, of_pack) in enumerate(chosen.items())
        for place, one in enumerate(of_pack)
    ]
    return [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])]


def needs_of(concept: str, requires: Mapping[str, Sequence[str]]) -> set[str]:
    """Return a concept's prerequisites, with their own, and so on."""
    found: set[str] = set()
    left = list(requires.get(concept, ()))
    while left:
        if (one := left.pop()) not in found:
            found.add(one)
            left += requires.get(one, ())
    return found
