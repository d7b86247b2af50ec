"""What the rules of a day need to know of the items of a forecast, and of today so far."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import TypeVar

import numpy as np

from studytool.numerics.arrays import Flags, Ints

_Claim = TypeVar("_Claim", bound=Hashable)

NO_CONCEPT = -1
NO_CLAIMS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PackRules:
    """One pack's own limits, and what it had today; no limit where it has none.

    Attributes:
        raised: how many more new items it may have today.
        opens: whether its learning steps fit a sitting, so that an item begun opens others.
    """

    new_per_day: int = 1 << 40
    reviews_per_day: int = 1 << 40
    begun: int = 0
    matured: int = 0
    raised: int = 0
    opens: bool = True


@dataclass(frozen=True, slots=True)
class AskingRules:
    """Siblings, gates, limits of packs and breaks; items by their numbers in a backlog.

    Attributes:
        pack: shape (item,), which of ``packs`` each item is of.
        packs: in the order of their turns.
        claims: of the items that have any, where siblings wait for each other.
        concept: shape (item,), of the items whose learning opens others; else ``NO_CONCEPT``.
        needs: by concept that others must be learned for: those, and theirs.
        unlearned: shape (concept,), items that keep a concept from being learned.
        opens_ahead_ms: the steps within which an item begun counts as learned; negative: none.
        taken: claims of what was asked today.
        away: shape (day,), days on which nothing is studied, as a break says.
        put_off: shape (day,), by how many days a break set ahead puts off what falls due on each.
    """

    pack: Ints
    packs: tuple[PackRules, ...]
    claims: Mapping[int, frozenset[int]]
    concept: Ints
    needs: Mapping[int, Ints]
    unlearned: Ints
    opens_ahead_ms: int
    taken: frozenset[int] = NO_CLAIMS
    away: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    put_off: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def putting_off(self, days: Sequence[int]) -> "AskingRules":
        """Return the rules with breaks that put off what falls due, by so many days on each."""
        return replace(self, put_off=np.array(days, np.int64))


@dataclass(frozen=True, slots=True)
class NamedGates:
    """Gates by the names of concepts, each as ``pack/concept``.

    Attributes:
        concepts: of the items not learned yet, by item.
        needs: of each concept that needs others, all of those.
        unlearned: how many items keep a concept from being learned.
        opens_ahead_ms: as of :class:`AskingRules`.
    """

    concepts: Mapping[str, str]
    needs: Mapping[str, Collection[str]]
    unlearned: Mapping[str, int]
    opens_ahead_ms: int


def number_rules(
    names: Sequence[str],
    packs: Mapping[str, PackRules],
    *,
    claims: Mapping[str, Collection[_Claim]],
    taken: Collection[_Claim],
    gates: NamedGates | None,
    away: Sequence[bool] = (),
) -> AskingRules:
    """Return the rules of items that are named ``pack/slug``, in the order of a backlog.

    Args:
        names: of the items.
        packs: in the order of their turns.
        claims: of items that have any.
        taken: claims of what was asked today.
        gates: None where no concept waits for others.
        away: by day, whether nothing is studied.
    """
    numbers = dict(zip(packs, count(), strict=False))
    free = free_rules(0)
    needed = (
        sorted(set(chain.from_iterable(gates.needs.values())) | {*gates.needs}) if gates else []
    )
    of_concept = dict(zip(needed, count(), strict=False))
    own = [gates.concepts.get(name) if gates else None for name in names]
    shared, known = _shared_claims(names, claims, taken)
    return AskingRules(
        pack=np.array([numbers[name.partition("/")[0]] for name in names], np.int64),
        packs=tuple(packs.values()),
        claims=shared,
        concept=np.array([of_concept.get(one or "", NO_CONCEPT) for one in own], np.int64),
        needs={
            of_concept[concept]: np.array([of_concept[one] for one in needs], np.int64)
            for concept, needs in (gates.needs.items() if gates else ())
        },
        unlearned=np.array(
            [gates.unlearned.get(one, 0) for one in needed] if gates else [], np.int64
        ),
        opens_ahead_ms=gates.opens_ahead_ms if gates else free.opens_ahead_ms,
        taken=known,
        away=np.array(away, np.bool_),
    )


def _shared_claims(
    names: Sequence[str], claims: Mapping[str, Collection[_Claim]], taken: Collection[_Claim]
) -> tuple[dict[int, frozenset[int]], frozenset[int]]:
    """Return the numbered claims of items by number, and those taken; only such as matter to two."""
    held = Counter(chain.from_iterable(claims.get(name, ()) for name in names))
    held.update(set(taken))
    numbers = dict(zip((claim for claim, n in held.items() if n > 1), count(), strict=False))
    found = {
        item: mine
        for item, name in enumerate(names)
        if (mine := frozenset(numbers[one] for one in claims.get(name, ()) if one in numbers))
    }
    return found, frozenset(numbers[one] for one in taken if one in numbers)


def free_rules(items: int) -> AskingRules:
    """Return the rules of ``items`` items of one pack, none of which waits for another."""
    return AskingRules(
        pack=np.zeros(items, np.int64),
        packs=(PackRules(),),
        claims={},
        concept=np.full(items, NO_CONCEPT),
        needs={},
        unlearned=np.zeros(0, np.int64),
        opens_ahead_ms=-1,
    )
