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
_Rows = tuple[Iterable[tuple[_One, AbstractSet[_Claim]]], _Opens[_One]]


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
    open_rows: Callable[[Sequence[_One], Sequence[_One]], _Rows[_One, _Claim]],
    *,
    wanted: int,
    taken: set[_Claim],
) -> tuple[list[_One], list[_One]]:
    """Choose a pack's new items, its concepts opened one by one.

    Return them in order, and those put off, whose claims are taken: what these ask is asked today,
    so no concept waits for them. A concept that opens comes at its own place in the pack, before
    what was open already, as it will when what opened it has been answered and the rest is chosen
    afresh.

    Args:
        open_rows: gives, of the items chosen and put off so far, the rows of the others whose
            concepts wait for none but these, and what tells of the last of them, chosen or put
            off, whether they may open a concept; None in its place where none is closed.
        wanted: how many at most.
        taken: claims of what is asked today; those of the chosen are added.
    """
    chosen: list[_One] = []
    put_off: list[_One] = []
    while True:
        rows, opens = open_rows(chosen, put_off)
        last: list[_One] = []  # settled since it was looked whether a concept opens
        for one, claims in rows:
            if len(chosen) == wanted:
                return chosen, put_off
            is_taken = not claims.isdisjoint(taken)
            if not is_taken and last and opens is not None:
                if opens(last):
                    break
                last = []
            (put_off if is_taken else chosen).append(one)
            last.append(one)
            taken |= set() if is_taken else claims
        else:
            if len(chosen) == wanted or not last or opens is None or not opens(last):
                return chosen, put_off


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
