"""What a log had at one instant, whatever is appended to it since."""

from typing import Final

from studytool.review_log.database import Database
from studytool.review_log.moves import ONE_ITEM
from studytool.review_log.schema import REVIEW_CODE

_REVIEWS = f"SELECT 1 FROM events WHERE item IN ({ONE_ITEM}) AND kind = {REVIEW_CODE} AND seq <= ?2"
_COUNTS = "AND id NOT IN (SELECT id FROM retracted)"
_KNOWS = f"""
SELECT EXISTS (SELECT 1 FROM items WHERE item IN ({ONE_ITEM}) AND listed > 0)
    OR EXISTS ({_REVIEWS})
"""
_HAS = f"SELECT EXISTS ({_REVIEWS} AND time_ms = ?3 {_COUNTS})"


class LogSoFar:
    """The items and the reviews of a log up to the last event of now.

    An item is asked for by any of its ids, present or past.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._last: Final = db.number("SELECT max(seq) FROM events")

    def knows(self, item: str) -> bool:
        """Tell whether an installed pack lists an item, or it was ever reviewed."""
        return self._db.number(_KNOWS, (item, self._last)) > 0

    def has_review(self, item: str, ms: int) -> bool:
        """Tell whether the log has a review of an item at an instant, standing or undone, but not retracted."""
        return self._db.number(_HAS, (item, self._last, ms)) > 0
