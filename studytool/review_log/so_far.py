"""What a log had at one instant, whatever is appended to it since."""

from typing import Final

from studytool.review_log.database import Database
from studytool.review_log.schema import REVIEW_CODE

_CODE = "(SELECT code FROM names WHERE name = ?)"
_REVIEWS = f"SELECT 1 FROM events WHERE item = {_CODE} AND kind = {REVIEW_CODE} AND seq <= ?"
_KNOWS = f"""
SELECT EXISTS (SELECT 1 FROM items WHERE item = {_CODE} AND listed = 1) OR EXISTS ({_REVIEWS})
"""
_HAS = f"SELECT EXISTS ({_REVIEWS} AND time_ms = ?)"


class LogSoFar:
    """The items and the reviews of a log up to the last event of now."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._last: Final = db.number("SELECT max(seq) FROM events")

    def knows(self, item: str) -> bool:
        """Tell whether an installed pack lists an item, or it was ever reviewed."""
        return self._db.number(_KNOWS, (item, item, self._last)) > 0

    def has_review(self, item: str, ms: int) -> bool:
        """Tell whether the log has a review of an item at an instant, standing or taken back."""
        return self._db.number(_HAS, (item, self._last, ms)) > 0
