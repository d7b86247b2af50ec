"""The choice of each draw's items on one day, by the rules that make the agenda of today.

Where nothing of a draw's day is contested and no limit cuts it, all that is due is chosen at once;
else its rows go through :mod:`studytool.srs.asking_rules` one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.rules import NO_CLAIMS, NO_CONCEPT, AskingRules
from studytool.numerics.arrays import Array, Flags, Ints
from studytool.srs.asking_rules import choose_new, choose_reviews, in_turn

_Row = tuple[int, frozenset[int]]


class DayChoice:
    """The rules applied to a pool of items, of which each draw has its own state.

    Args:
        rules: by the numbers of the items.
        pool: the items.
        draws: how many.

    Attributes:
        opens_ahead_ms: as of the rules.
        has_gates: whether a concept waits for others.
    """

    def __init__(self, rules: AskingRules, pool: Backlog, draws: int) -> None:
        self._rules = rules
        self.opens_ahead_ms = rules.opens_ahead_ms
        self.has_gates = len(rules.unlearned) > 0
        self._pack = rules.pack[pool.numbers]
        self._concept = rules.concept[pool.numbers]
        self._rests_until_ms = pool.rests_until_ms
        self._claims = [rules.claims.get(one, NO_CLAIMS) for one in pool.numbers.tolist()]
        self._of_item, self._claim = _pairs(self._claims)
        self._first_pair = np.searchsorted(self._of_item, np.arange(len(pool) + 1))
        self._taken = np.zeros((draws, int(self._claim.max(initial=-1)) + 1), np.bool_)
        new = pool.is_new.nonzero()[0]
        self._new_of_pack = [new[self._pack[new] == pack] for pack in range(len(rules.packs))]
        self._waits = np.zeros((draws, len(pool)), np.bool_)
        self._waits[:, new] = True
        self._unlearned = np.tile(rules.unlearned, (draws, 1))
        self._gates = {
            pack: _Gates.among(set(self._concept[items].tolist()), rules)
            for pack, items in enumerate(self._new_of_pack)
        }

    def begin(self, day: int, draw: Ints, item: Ints) -> None:
        """Begin a day, on which items in steps take their claims first."""
        self._today = day == 0
        self._taken[:] = False
        if self._today:
            known = [one for one in self._rules.taken if one < self._taken.shape[1]]
            self._taken[:, known] = True
        self._take(draw, item)

    def learn(self, draw: Ints, item: Ints) -> None:
        """Note that items have left their first steps."""
        concept = self._concept[item]
        gating = concept != NO_CONCEPT
        np.subtract.at(self._unlearned, (draw[gating], concept[gating]), 1)

    # --- reviews ------------------------------------------------------------------------------

    def reviews(
        self,
        draw: Ints,
        item: Ints,
        urgency: Callable[[Ints], Array],
        *,
        admits: int,
        does: Array,
    ) -> Flags:
        """Tell which due reviews are answered, shape (row,).

        Args:
            draw: of each row, in order.
            item: of each row; one that is due before another where both are as urgent.
            urgency: gives a number for each of some rows; the smallest is asked first.
            admits: how many a day admits.
            does: shape (draw,), how many of those asked the learner answers.
        """
        chosen = np.ones(len(draw), np.bool_)
        draws = len(self._taken)
        counts = np.bincount(draw, minlength=draws)
        bound = self._exceeds_a_pack(draw, item)
        cut = counts > np.minimum(does, admits)
        contested = self._contested(draw, item)
        whole = cut | bound
        looked_at = (whole[draw] | contested).nonzero()[0]
        chosen[looked_at] = False
        if len(looked_at):
            in_order = looked_at[np.lexsort((urgency(looked_at), draw[looked_at]))]
            leads, follows = self._settled(draw[in_order], item[in_order])
            chosen[in_order[leads & ~whole[draw[in_order]]]] = True
            self._take(draw[chosen], item[chosen])
            rest = in_order[~follows & ~chosen[in_order]]
            in_doubt = np.bincount(draw[in_order[~leads & ~follows]], minlength=draws) > 0
            for one, rows in _by_draw(draw[rest], rest):
                most = int(min(does[one], admits, len(rows)))
                walks = bound[one] or in_doubt[one]
                chosen[self._walk(one, rows, item, most) if walks else rows[:most]] = True
        self._take(draw[chosen], item[chosen])
        return chosen

    def _settled(self, draw: Ints, item: Ints) -> tuple[Flags, Flags]:
        """Tell which rows in order come first on each of their claims, and which come behind such.

        The first are chosen unless a limit is reached before them; those behind are siblings then,
        or beyond the limit themselves: of one claim all are of one pack.
        """
        row, claim = self._pairs_of(item)
        place = draw[row] * self._taken.shape[1] + claim
        first = np.zeros(self._taken.size, np.int64)
        first[place[::-1]] = row[::-1]  # of several, the first stays
        is_taken = self._taken.ravel()[place]
        behind = is_taken | (first[place] != row)
        leads = np.bincount(row[behind], minlength=len(item)) == 0
        after = is_taken | (leads[first[place]] & (first[place] != row))
        return leads, np.bincount(row[after], minlength=len(item)) > 0

    def _walk(self, draw: int, rows: Ints, item: Ints, most: int) -> list[int]:
        pool = item[rows]
        packs = self._pack[pool].tolist()
        claims = map(self._claims.__getitem__, pool.tolist())
        found, _ = choose_reviews(
            zip(rows.tolist(), packs, claims, strict=False),
            most=most,
            left=self._reviews_left(),
            taken=self._taken_by(draw),
        )
        return found

    def _reviews_left(self) -> dict[int, int]:
        return {
            pack: max(0, own.reviews_per_day - own.matured * self._today)
            for pack, own in enumerate(self._rules.packs)
        }

    def _exceeds_a_pack(self, draw: Ints, item: Ints) -> Flags:
        """Tell in which draws more is due of a pack than its own limit admits."""
        left = np.array(list(self._reviews_left().values()))
        place = draw * len(left) + self._pack[item]
        counts = np.bincount(place, minlength=len(self._taken) * len(left))
        exceeds: Flags = np.any(counts.reshape(-1, len(left)) > left, axis=1)
        return exceeds

    def _contested(self, draw: Ints, item: Ints) -> Flags:
        """Tell which rows have a claim that is taken, or that another row of the draw has too."""
        row, claim = self._pairs_of(item)
        width = self._taken.shape[1]
        place = draw[row] * width + claim
        wanted = np.bincount(place, minlength=self._taken.size) + self._taken.ravel()
        contested = np.zeros(len(item), np.bool_)
        contested[row[wanted[place] > 1]] = True
        return contested

    # --- new items ----------------------------------------------------------------------------

    def new(self, at_ms: int, known: tuple[Ints, Ints], wants: Ints) -> tuple[Ints, Ints]:
        """Return the draws and items of the new items begun, each draw's in order.

        Args:
            at_ms: items that rest then are not begun.
            known: draws and items begun before, which count as learned by now.
            wants: shape (draw,), how many at most.
        """
        unlearned = self._unlearned
        if self.has_gates and self.opens_ahead_ms >= 0:
            unlearned = unlearned.copy()
            draw, concept = known[0], self._concept[known[1]]
            gating = concept != NO_CONCEPT
            np.subtract.at(unlearned, (draw[gating], concept[gating]), 1)
        rested = self._rests_until_ms <= at_ms
        begun = [self._begin_new(one, most, unlearned[one], rested) for one, most in _each(wants)]
        draws = np.repeat(np.arange(len(wants)), [len(items) for items in begun])
        items = np.array([item for items in begun for item in items], np.int64)
        self._waits[draws, items] = False
        return draws, items

    def _begin_new(self, draw: int, most: int, unlearned: Ints, rested: Flags) -> list[int]:
        if not most:
            return []
        taken = self._taken_by(draw)
        waits = self._waits[draw] & rested
        packs = self._rules.packs
        begun = {pack: own.begun * self._today for pack, own in enumerate(packs)}
        chosen = {
            pack: self._new_of(pack, waits, unlearned, taken=taken, wanted=min(most, left))
            for pack, own in enumerate(packs)
            if (left := own.new_per_day + own.raised * self._today - begun[pack]) > 0
        }
        return in_turn(chosen, begun)[:most]

    def _new_of(
        self, pack: int, waits: Flags, unlearned: Ints, *, taken: set[int], wanted: int
    ) -> list[int]:
        among = self._new_of_pack[pack]
        gates = self._gates[pack]
        put_off: list[int] = []

        def open_rows(chosen: Sequence[int]) -> tuple[Iterable[_Row], bool]:
            waits[[*chosen, *put_off]] = False
            left = among[waits[among]]
            if not gates.gates:
                return self._rows(left), False
            lacking = unlearned
            if self._rules.opens_ahead_ms >= 0 and chosen:
                lacking = unlearned - self._counted(chosen)
            closed = gates.closed(lacking)
            shut = closed[self._concept[left]]  # the last, of no concept, is never closed
            return self._rows(left[~shut]), bool(closed.any())

        return choose_new(open_rows, wanted=wanted, taken=taken, put_off=put_off.append)

    def _counted(self, items: Sequence[int]) -> Ints:
        concept = self._concept[np.array(items)]
        return np.bincount(concept[concept != NO_CONCEPT], minlength=self._unlearned.shape[1])

    def _rows(self, items: Ints) -> Iterator[_Row]:
        return ((one, self._claims[one]) for one in map(int, items))

    # --- claims -------------------------------------------------------------------------------

    def _taken_by(self, draw: int) -> set[int]:
        return set(self._taken[draw].nonzero()[0].tolist())

    def _take(self, draw: Ints, item: Ints, only: Flags | None = None) -> None:
        if only is not None:
            draw, item = draw[only], item[only]
        row, claim = self._pairs_of(item)
        self._taken[draw[row], claim] = True

    def _pairs_of(self, item: Ints) -> tuple[Ints, Ints]:
        """Return the claims of rows of items: the rows, each once for each claim, and the claims."""
        if not len(self._claim):
            return self._claim, self._claim
        starts, ends = self._first_pair[item], self._first_pair[item + 1]
        n = ends - starts
        row = np.repeat(np.arange(len(item)), n)
        place = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n) + starts[row]
        return row, self._claim[place]


class _Gates:
    """The concepts of some items that need others to be learned before.

    Args:
        gates: each with the concepts that it needs.
        concepts: how many there are in all.
    """

    def __init__(self, gates: dict[int, Ints], concepts: int) -> None:
        self.gates = np.array(list(gates), np.int64).tolist()
        self._at = np.array(list(gates), np.int64)
        self._needs = np.concatenate([np.empty(0, np.int64), *gates.values()])
        lengths = [len(needs) for needs in gates.values()]
        self._starts = np.cumsum([0, *lengths])[:-1]
        self._concepts = concepts

    @classmethod
    def among(cls, concepts: set[int], rules: AskingRules) -> "_Gates":
        gates = {one: needs for one, needs in rules.needs.items() if one in concepts and len(needs)}
        return cls(gates, len(rules.unlearned))

    def closed(self, unlearned: Ints) -> Flags:
        """Tell which concepts are closed, shape (concept + 1,): the last stands for none."""
        closed = np.zeros(self._concepts + 1, np.bool_)
        lacking = (unlearned > 0)[self._needs]
        closed[self._at] = np.logical_or.reduceat(lacking, self._starts)
        return closed


def _pairs(claims: Sequence[frozenset[int]]) -> tuple[Ints, Ints]:
    """Return items and their claims, each pair once, by item."""
    pairs = [(item, claim) for item, own in enumerate(claims) for claim in own]
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _by_draw(draw: Ints, rows: Ints) -> Iterator[tuple[int, Ints]]:
    """Return each draw that has rows, with its rows; ``draw`` is of each row, in order."""
    draws, starts = np.unique(draw, return_index=True)
    if len(draws):
        yield from zip(draws.tolist(), np.split(rows, starts[1:]), strict=True)


def _each(wants: Ints) -> Iterator[tuple[int, int]]:
    return enumerate(wants.tolist())
