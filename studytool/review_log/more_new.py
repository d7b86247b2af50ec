"""The new items that the learner took on above a day's limit."""

import json
from dataclasses import dataclass

from studytool.review_log.database import DatabaseReader
from studytool.review_log.event_kinds import MORE_NEW
from studytool.review_log.standing import codes, stands
from studytool.review_log.study_days import EARLIER_DAYS, LATER_DAYS
from studytool.srs.memory import DAY_MS

_KIND = codes([MORE_NEW])
_ON_DAY = f"""
SELECT detail ->> 'more', detail -> 'packs' FROM events e INDEXED BY events_by_time
WHERE EXISTS {_KIND} AND e.kind IN {_KIND} AND study_day = ?1
    AND time_ms >= (?1 - {LATER_DAYS}) * {DAY_MS}
    AND time_ms < (?1 + {EARLIER_DAYS} + 1) * {DAY_MS} AND {stands("e")}
"""


@dataclass(frozen=True, slots=True)
class RaisedLimit:
    """How many more new items a day admits, and of which packs; of all when it names none."""

    more: int
    packs: tuple[str, ...] = ()


class MoreNewReader(DatabaseReader):
    """The limits of new items that were raised, day by day."""

    def raised_on(self, day: int) -> tuple[RaisedLimit, ...]:
        """Return by how much the limits of a study day were raised, on whichever device."""
        rows = self._db.rows(_ON_DAY, (day,))
        return tuple(RaisedLimit(more, tuple(json.loads(packs))) for more, packs in rows)
