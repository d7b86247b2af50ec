"""SQL conditions: an act stands unless it is undone; the last event by (time, id) decides.

Order of arrival has no part in it, so an undo, a redo or a new rating may come before its target.
"""

from collections.abc import Callable, Iterable

from studytool.review_log.event_kinds import RE_RATE, REDO
from studytool.review_log.kinds import kinds_where
from studytool.review_log.schema import REVIEW_CODE, UNDO_CODE


def codes(kinds: Iterable[str]) -> str:
    """Return the SQL set of the codes of ``kinds``; those that never occurred have none."""
    names = ", ".join(f"'{kind}'" for kind in kinds)
    return f"(SELECT code FROM names WHERE name IN ({names}))"


def stands(event: str) -> str:
    """Return the SQL condition on the row ``event``: it is neither taken back nor retracted."""
    return (
        f"CASE WHEN EXISTS (SELECT 1 FROM retracted) THEN {_counts(event)} "
        f"AND {not_undone(event, counts=_counts)} ELSE {not_undone(event)} END"
    )


def not_undone(event: str, *, counts: Callable[[str], str] = lambda _: "true") -> str:
    """Return the SQL condition on the row ``event``: no undo that ``counts`` is the last word on it."""
    return (
        f"NOT EXISTS (SELECT 1 FROM events u WHERE u.target = {event}.id AND u.kind = {UNDO_CODE} "
        f"AND {counts('u')} AND NOT EXISTS (SELECT 1 FROM events o WHERE o.target = u.target "
        f"AND o.kind IN {codes([REDO])} AND {counts('o')} "
        f"AND (o.time_ms, o.id) > (u.time_ms, u.id)))"
    )


def _counts(event: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM retracted WHERE retracted.id = {event}.id)"


IS_ACT = f"e.kind IN {codes(kinds_where(lambda kind: kind.is_act))}"
STANDING = (
    f"e.kind = {REVIEW_CODE} AND {stands('e')} "
    "AND NOT EXISTS (SELECT 1 FROM doubles WHERE doubles.id = e.id)"
)
"""The SQL condition on ``events e``: a review that is not taken back, and no double."""

RATING = (
    f"CASE WHEN EXISTS {codes([RE_RATE])} THEN coalesce("
    f"(SELECT r.rating FROM events r WHERE r.target = e.id AND r.kind IN {codes([RE_RATE])} "
    f"AND {stands('r')} ORDER BY r.time_ms DESC, r.id DESC LIMIT 1), e.rating) ELSE e.rating END"
)
"""The SQL value on ``events e``: the rating of a review, as it was last given.

Without any new rating in the log, nothing is looked up for each review.
"""
