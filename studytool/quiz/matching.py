"""Give each of several answers the place where all of them together fit best."""

from collections.abc import Sequence
from math import inf

_IN_PLACE = 1e-6
"""What an answer gains by staying where it was typed, so that no others change places for nothing."""


def match_best(fits: Sequence[Sequence[float]]) -> tuple[int, ...]:
    """Return the place of each answer, so that the sum of the fits is the largest.

    Args:
        fits: shape (answer, place), 0–1, square.

    Source: Kuhn 1955, The Hungarian method for the assignment problem; n³ steps.

    >>> match_best([[0, 1], [1, 0]]), match_best([[0, 0], [0, 0]])
    ((1, 0), (0, 1))
    """
    costs = [
        [-fit - (_IN_PLACE if place == answer else 0.0) for place, fit in enumerate(row)]
        for answer, row in enumerate(fits)
    ]
    matched = _Matching(costs)
    for answer in range(len(costs)):
        matched.add(answer)
    places = {answer: place for place, answer in enumerate(matched.answer_at) if answer is not None}
    return tuple(places[answer] for answer in range(len(costs)))


class _Matching:
    """The cheapest matching of the answers added so far, with the prices that prove it."""

    def __init__(self, costs: Sequence[Sequence[float]]) -> None:
        self._costs = costs
        self._of_answer = [0.0] * len(costs)
        self._of_place = [0.0] * len(costs)
        self.answer_at: list[int | None] = [None] * len(costs)

    def add(self, answer: int) -> None:
        """Match one more answer along the cheapest path of changes."""
        places = range(len(self._costs))
        distance, before = [inf] * len(places), [-1] * len(places)
        done: set[int] = set()
        at, reached, place = answer, 0.0, -1
        while True:
            for one in places:
                if one in done:
                    continue
                reduced = self._costs[at][one] - self._of_answer[at] - self._of_place[one]
                if reached + reduced < distance[one]:
                    distance[one], before[one] = reached + reduced, place
            place = min((one for one in places if one not in done), key=distance.__getitem__)
            done.add(place)
            reached = distance[place]
            taken = self.answer_at[place]
            if taken is None:
                break
            at = taken
        self._change_prices(answer, done, distance, reached)
        self._follow(answer, place, before)

    def _change_prices(
        self, answer: int, done: set[int], distance: list[float], reached: float
    ) -> None:
        self._of_answer[answer] += reached
        for place in done:
            taken = self.answer_at[place]
            if taken is not None:
                self._of_answer[taken] += reached - distance[place]
            self._of_place[place] -= reached - distance[place]

    def _follow(self, answer: int, place: int, before: list[int]) -> None:
        while place >= 0:
            previous = before[place]
            self.answer_at[place] = answer if previous < 0 else self.answer_at[previous]
            place = previous
