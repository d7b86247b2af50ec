"""The one write of an answered item: its review, and with it what is done with a leech."""

from datetime import datetime
from typing import TYPE_CHECKING

from studytool.review_log.events import Flag, Review, ReviewDraft, Suspend
from studytool.session.leeches import becomes_leech

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog
    from studytool.settings import Settings


def keep_review(
    log: "ReviewLog", settings: "Settings", draft: ReviewDraft, now: datetime
) -> tuple[Review, Suspend | Flag | None]:
    """Write a review, and put a leech away; both or neither, durable when this returns."""
    before = log.state(draft.item)
    with log.at_once():
        review = log.append_review(draft)
        leech = becomes_leech(before, draft.rating, lapses=settings.leech_lapses)
        if not leech:
            return review, None
        kind: type[Suspend | Flag] = Suspend if settings.leech_action == "suspend" else Flag
        about = {"item": review.item, "leech": review.id}
        return review, log.append(kind, now, offset_minutes=review.offset_minutes, **about)
