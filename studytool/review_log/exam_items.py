"""What an exam and custom study are planned of: memories of items, what today had of them, what was missed."""

import json
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from studytool.quiz.outcome import Outcome
from studytool.review_log.activity import OF_DAY
from studytool.review_log.database import DatabaseReader
from studytool.review_log.moves import KEPT_ITEM
from studytool.review_log.schema import OUTCOME_CODES, RATING_CODES
from studytool.review_log.standing import RATING, STANDING
from studytool.srs.rating import Rating

SECONDS_AN_ANSWER, ANSWERS = 15.0, 20
"""What an answer takes until something is known of the learner, and how many answers that weighs."""

_ROWS = """
SELECT i.name, c.name, stage, stability, difficulty, last_day, asked_day, first_day, rests_until_ms
FROM items CROSS JOIN names i ON i.code = item CROSS JOIN names p ON p.code = pack
LEFT JOIN names c ON c.code = concept
WHERE listed = 1 AND p.name IN (SELECT value FROM json_each(?))
ORDER BY p.name, position, item
"""
_MATURED = f"""
SELECT DISTINCT i.name {OF_DAY} JOIN mature_reviews m ON (m.time_ms, m.seq) = (e.time_ms, e.seq)
JOIN names i ON i.code = e.item WHERE d.study_day = ?
"""
_SPENT = f"""
SELECT coalesce(sum(duration_ms), 0), count(*) {OF_DAY} WHERE d.study_day BETWEEN ? AND ?
"""
_MISSED = f"""
SELECT i.name, count(DISTINCT e.study_day), e.seed, max(e.time_ms)
{OF_DAY} JOIN names i ON i.code = {KEPT_ITEM}
WHERE d.study_day >= ? AND {RATING} = {RATING_CODES[Rating.AGAIN]} GROUP BY i.name
"""
"""The seed is of the last one, as SQLite takes a column beside max()."""
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


class MissedRow(NamedTuple):
    """One item that was forgotten: on how many days, and the seed of its last such variant."""

    item: str
    days: int
    seed: int


class ExamRow(NamedTuple):
    """One item, as numbers of the fold; None where it has none.

    Attributes:
        asked_day: the study day on which an item in the review stage falls due.
        first_day: the study day of its first review.
        rests_until_ms: the item is not asked before; None while it is suspended.
    """

    item: str
    concept: str
    stage: int
    stability: float | None
    difficulty: float | None
    last_day: int | None
    asked_day: int | None
    first_day: int | None
    rests_until_ms: int | None


class ExamItemReader(DatabaseReader):
    """The items of an exam, the pace of the learner, and what was missed."""

    def exam_rows(self, packs: Collection[str]) -> list[ExamRow]:
        """Return the items of packs, in the author's order."""
        return [ExamRow(*row) for row in self._db.rows(_ROWS, (json.dumps([*packs]),))]

    def matured_items(self, day: int) -> set[str]:
        """Return the items that were in the review stage and had a review on a study day."""
        return {item for (item,) in self._db.rows(_MATURED, (day,))}

    def missed_since(self, day: int) -> list[MissedRow]:
        """Return the items that had a review rated again on a study day or later, in any order."""
        return [MissedRow(*row[:3]) for row in self._db.rows(_MISSED, (day,))]

    def answer_seconds(self, day: int, *, days: int) -> float:
        """Return how long an answer took, on average of so many study days before ``day``."""
        [(spent_ms, answers)] = self._db.rows(_SPENT, (day - days, day - 1))
        seconds = float(spent_ms) / 1000 + ANSWERS * SECONDS_AN_ANSWER
        return seconds / (float(answers) + ANSWERS)

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
