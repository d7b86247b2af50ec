"""What today leaves to ask: limits, siblings at rest, concepts whose prerequisites are missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.clock import local_offset_minutes
from studytool.review_log.queue import Seen
from studytool.review_log.study_days import StudyDay

if TYPE_CHECKING:
    from studytool.session.desk import Desk


@dataclass(frozen=True, slots=True)
class Today:
    """What was asked on this study day, and what that and the settings keep from being asked.

    Attributes:
        began: the instant at which the day began.
        seen: the items reviewed on it.
        resting: siblings of these: not asked before tomorrow, unless they are in steps.
        closed: ``pack/concept``: no new item of these, as a prerequisite is not learned yet.
        new_left: how many new items the day still admits.
        reviews_left: how many reviews of items in the review stage.
    """

    began: datetime
    seen: tuple[Seen, ...]
    resting: frozenset[str]
    closed: frozenset[str]
    new_left: int
    reviews_left: int


def look_at_today(desk: "Desk", now: datetime) -> Today:
    """Read it from the log and the library; what another program wrote counts."""
    settings = desk.settings
    began = StudyDay(local_offset_minutes(now), settings.day_start_hour).start_of(now)
    seen = tuple(desk.log.seen_since(began))
    siblings = desk.library.siblings([one.item for one in seen]) if settings.bury_siblings else ()
    return Today(
        began=began,
        seen=seen,
        resting=frozenset(siblings),
        closed=_closed(desk) if settings.gate_new else frozenset(),
        new_left=max(0, settings.new_per_day - desk.log.new_since(began)),
        reviews_left=max(0, settings.reviews_per_day - desk.log.matured_since(began)),
    )


def _closed(desk: "Desk") -> frozenset[str]:
    """Give the concepts of which a prerequisite has items that are new or in their first steps."""
    closed = set()
    for pack in desk.library.packs():
        needs = desk.library.prerequisites(pack.id)
        required = {one for each in needs.values() for one in each}
        unlearned = desk.log.unlearned_concepts(pack.id, required)
        closed |= {f"{pack.id}/{concept}" for concept in needs if unlearned & set(needs[concept])}
    return frozenset(closed)
