"""The items that were missed lately: forgotten, or answered as a misconception has it."""

from collections import defaultdict

from studytool.quiz.outcome import Outcome
from studytool.review_log.activity import OF_DAY
from studytool.review_log.database import DatabaseReader
from studytool.review_log.moves import KEPT_ITEM
from studytool.review_log.schema import OUTCOME_CODES, RATING_CODES
from studytool.review_log.standing import RATING, STANDING
from studytool.srs.rating import Rating

_FORGOTTEN = f"""
SELECT DISTINCT name {OF_DAY} JOIN names ON code = {KEPT_ITEM}
WHERE d.study_day BETWEEN ? AND ? AND {RATING} = {RATING_CODES[Rating.AGAIN]}
"""
_SLIPPED = f"""
SELECT i.name, w.name, outcome = {OUTCOME_CODES[Outcome.RIGHT]}
FROM events e JOIN names i ON i.code = {KEPT_ITEM} LEFT JOIN names w ON w.code = misconception
WHERE {STANDING} AND {KEPT_ITEM} IN (
    SELECT {KEPT_ITEM} FROM events e WHERE misconception IS NOT NULL)
ORDER BY e.time_ms, e.id
"""
"""The reviews of items that ever showed a misconception."""


class MissedReader(DatabaseReader):
    """What the last reviews of items say of what was missed."""

    def forgotten_on(self, first_day: int, last_day: int) -> set[str]:
        """Return the items of which a standing review of these study days was rated again."""
        return {name for (name,) in self._db.rows(_FORGOTTEN, (first_day, last_day))}

    def living_misconceptions(self) -> dict[str, set[str]]:
        """Return the items that showed each misconception since their last right answer."""
        shown: defaultdict[str, set[str]] = defaultdict(set)
        for item, misconception, right in self._db.stream(_SLIPPED):
            if right:
                shown.pop(item, None)
            elif misconception:
                shown[item].add(misconception)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for item, misconceptions in shown.items():
            for misconception in misconceptions:
                found[misconception].add(item)
        return dict(found)
