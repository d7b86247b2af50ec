"""The choice of each draw's items on one day, by the rules that make the agenda of today.

Where nothing of a draw's day is contested and no limit cuts it, all that is due is chosen at once;
else its rows go through :mod:`studytool.srs.asking_rules` one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.gates import Gates
from studytool.forecast.order import first_of_each, in_order, stretches
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
        waits: shape (draw, item of the pool), whether it is new.
    """

    def __init__(self, rules: AskingRules, pool: Backlog, draws: int) -> None:
        self._rules = rules
        self.opens_ahead_ms = rules.opens_ahead_ms
        self._opens = np.array([pack.opens for pack in rules.packs], np.bool_)[rules.pack]
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
        self.waits = np.zeros((draws, len(pool)), np.bool_)
        self.waits[:, new] = True
        self._unlearned = np.tile(rules.unlearned, (draws, 1))
        self._gates = {
            pack: Gates.among(set(self._concept[items].tolist()), rules)
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
        draws = len(self._taken)
        counts = np.bincount(draw, minlength=draws)
        most = np.minimum(np.minimum(does, admits), counts).astype(np.int64)
        contested = self._contested(draw, item)
        whole = (most < counts) | self._exceeds_a_pack(draw, item)
        shares = np.bincount(draw[contested], minlength=draws) > 0
        chosen = np.ones(len(draw), np.bool_)
        rows = (whole & ~shares)[draw].nonzero()[0]
        if len(rows):
            chosen[rows] = False
            chosen[self._first(rows, draw, item, urgency(rows), most=most)] = True
        rows = ((whole & shares)[draw] | contested).nonzero()[0]
        if len(rows):
            chosen[rows] = False
            rows = rows[in_order(urgency(rows), np.bincount(draw[rows], minlength=draws))]
            chosen[self._first_by_rules(rows, draw, item, most=most, whole=whole)] = True
        self._take(draw[chosen], item[chosen])
        return chosen

    def _first_by_rules(
        self, rows: Ints, draw: Ints, item: Ints, *, most: Ints, whole: Flags
    ) -> Ints:
        """Return those of ``rows``, in order, that siblings and limits leave.

        Args:
            rows: of ``draw`` and ``item``.
            draw: of every row.
            item: of every row.
            most: of each draw, shape (draw,).
            whole: shape (draw,), the draws that a limit may cut.
        """
        leads, follows = self._settled(draw[rows], item[rows])
        in_doubt = np.bincount(draw[rows[~leads & ~follows]], minlength=len(most)) > 0
        at_once = rows[leads & (~in_doubt | ~whole)[draw[rows]]]
        found = [self._first(at_once, draw, item, np.arange(len(at_once)), most=most)]
        self._take(draw[found[0]], item[found[0]])
        rest = rows[~follows & (~leads | whole[draw[rows]]) & in_doubt[draw[rows]]]
        for one, part in stretches(np.bincount(draw[rest], minlength=len(most))):
            found.append(self._walk(one, rest[part], item, int(most[one])))
        return np.concatenate(found)

    def _first(
        self, rows: Ints, draw: Ints, item: Ints, urgency: Array | Ints, *, most: Ints
    ) -> Ints:
        """Return the first of each pack within its own limit, and of these the first of each draw."""
        within = np.ones(len(rows), np.bool_)
        for pack, left in self._reviews_left().items():
            if left < len(rows):
                own = (self._pack[item[rows]] == pack).nonzero()[0]
                counts = np.bincount(draw[rows[own]], minlength=len(most))
                within[own] = first_of_each(urgency[own], counts, np.full(len(most), left))
        rows, urgency = rows[within], urgency[within]
        counts = np.bincount(draw[rows], minlength=len(most))
        return rows[first_of_each(urgency, counts, most)]

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

    def _walk(self, draw: int, rows: Ints, item: Ints, most: int) -> Ints:
        pool = item[rows]
        packs = self._pack[pool].tolist()
        claims = map(self._claims.__getitem__, pool.tolist())
        found, _ = choose_reviews(
            zip(rows.tolist(), packs, claims, strict=False),
            most=most,
            left=self._reviews_left(),
            taken=self._taken_by(draw),
        )
        return np.array(found, np.int64)

    def _reviews_left(self) -> dict[int, int]:
        return {
            pack: max(0, own.reviews_per_day - own.matured * self._today)
            for pack, own in enumerate(self._rules.packs)
        }

    def _exceeds_a_pack(self, draw: Ints, item: Ints) -> Flags:
        """Tell in which draws more is due of a pack than its own limit admits."""
        left = np.array(list(self._reviews_left().values()))
        if left.min() >= len(self._pack):
            return np.zeros(len(self._taken), np.bool_)
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
            gating = (concept != NO_CONCEPT) & self._opens[known[1]]
            np.subtract.at(unlearned, (draw[gating], concept[gating]), 1)
        rested = self._rests_until_ms <= at_ms
        begun = [
            self._begin_new(one, most, unlearned[one], rested)
            for one, most in enumerate(wants.tolist())
        ]
        draws = np.repeat(np.arange(len(wants)), [len(items) for items in begun])
        items = np.array([item for items in begun for item in items], np.int64)
        self.waits[draws, items] = False
        return draws, items

    def _begin_new(self, draw: int, most: int, unlearned: Ints, rested: Flags) -> list[int]:
        if not most:
            return []
        taken = self._taken_by(draw)
        waits = self.waits[draw] & rested
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
        among, gates = self._new_of_pack[pack], self._gates[pack]
        opens_here = self._rules.opens_ahead_ms >= 0 and self._rules.packs[pack].opens

        def open_rows(
            chosen: Sequence[int], put_off: Sequence[int]
        ) -> tuple[Iterable[_Row], Callable[[Sequence[int]], bool] | None]:
            def lacking() -> Ints:
                """Return how many items keep each concept from being learned."""
                return unlearned - self._counted([*put_off, *(chosen if opens_here else ())])

            def may_open(last: Sequence[int]) -> bool:
                """Tell whether the last chosen or put off leave a concept nothing to begin."""
                concept = self._concept[np.array(last)]
                return bool(np.any(lacking()[concept[concept != NO_CONCEPT]] == 0))

            waits[[*chosen, *put_off]] = False
            left = among[waits[among]]
            if not len(gates):
                return self._rows(left), None
            closed = gates.closed(lacking())
            shut = closed[self._concept[left]]  # the last, of no concept, is never closed
            return self._rows(left[~shut]), may_open if closed.any() else None

        chosen, _ = choose_new(open_rows, wanted=wanted, taken=taken)
        return chosen

    def _counted(self, items: Sequence[int]) -> Ints:
        concept = self._concept[np.array(items, np.int64)]
        return np.bincount(concept[concept != NO_CONCEPT], minlength=self._unlearned.shape[1])

    def _rows(self, items: Ints) -> Iterator[_Row]:
        return ((one, self._claims[one]) for one in map(int, items))

    # --- claims -------------------------------------------------------------------------------

    def _taken_by(self, draw: int) -> set[int]:
        return set(self._taken[draw].nonzero()[0].tolist())

    def _take(self, draw: Ints, item: Ints) -> None:
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


def _pairs(claims: Sequence[frozenset[int]]) -> tuple[Ints, Ints]:
    """Return items and their claims, each pair once, by item."""
    pairs = [(item, claim) for item, own in enumerate(claims) for claim in own]
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]
