"""The plan of a study day: its reviews so far, and what its limits still admit."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from studytool.review_log.queue import PastReview, RaisedLimit


class DayPlan(NamedTuple):
    """The reviews of a study day so far, and which items it still admits.

    Reviews of a later day were written under a clock that ran ahead; they take nothing from it.

    Attributes:
        day: its number.
        ends: the instant at which the next one begins.
        seen: the reviews of it.
        new_left: how many new items the day still admits.
        reviews_left: how many reviews of items in the review stage.
        raised: by how much the day's limits of new items were raised.
        begun: how many new items each pack has had.
        matured: how many reviews of items in the review stage each pack has had.
        is_off: whether the day is one of a break, on which no new item is begun unasked.
        passed_over: items that cannot be asked; nothing waits for them.
    """

    day: int
    ends: datetime
    seen: tuple[PastReview, ...]
    new_left: int
    reviews_left: int
    raised: tuple[RaisedLimit, ...]
    begun: Counter[str]
    matured: Counter[str]
    is_off: bool = False
    passed_over: frozenset[str] = frozenset()
