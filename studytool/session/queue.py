"""What is asked next: learning steps that are due, then reviews, then new items, then early steps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog

LEARN_AHEAD = timedelta(minutes=20)
"""How early an item in learning may come back when nothing else is left (Anki's default)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a sitting is over: packs (all when empty), a concept, and how many questions."""

    packs: tuple[str, ...] = ()
    concept: str | None = None
    limit: int | None = None


def next_item(log: "ReviewLog", scope: Scope, *, now: datetime, new_left: int) -> str | None:
    """Choose the next item's id, None when nothing is left to ask."""
    packs, concept = scope.packs, scope.concept
    found = log.due(now, packs=packs, concept=concept, limit=1)
    if not found and new_left > 0:
        found = log.new(now, packs=packs, concept=concept, limit=1)
    if not found:
        found = log.due(now, packs=packs, concept=concept, limit=1, ahead=LEARN_AHEAD)
    return found[0] if found else None
