"""What an exam is planned of: the memories of its packs' items, and what today had of them."""

import json
from collections.abc import Collection
from typing import NamedTuple

from studytool.review_log.database import DatabaseReader
from studytool.review_log.studied_days import OF_DAY

SECONDS_AN_ANSWER, ANSWERS = 15.0, 20
"""What an answer takes until something is known of the learner, and how many answers that weighs."""

_ROWS = """
SELECT i.name, c.name, stage, stability, difficulty, last_day, asked_day, first_day, rests_until_ms
FROM items CROSS JOIN names i ON i.code = item CROSS JOIN names p ON p.code = pack
LEFT JOIN names c ON c.code = concept
WHERE listed = 1 AND rests_until_ms IS NOT NULL AND p.name IN (SELECT value FROM json_each(?))
ORDER BY p.name, position, item
"""
_MATURED = f"""
SELECT DISTINCT i.name {OF_DAY} JOIN mature_reviews m ON (m.time_ms, m.seq) = (e.time_ms, e.seq)
JOIN names i ON i.code = e.item WHERE d.study_day = ?
"""
_SPENT = f"""
SELECT coalesce(sum(duration_ms), 0), count(*) {OF_DAY} WHERE d.study_day BETWEEN ? AND ?
"""


class ExamRow(NamedTuple):
    """One item that is not suspended, as numbers of the fold; None where it has none.

    Attributes:
        asked_day: the study day on which an item in the review stage falls due.
        first_day: the study day of its first review.
        rests_until_ms: the item is not asked before.
    """

    item: str
    concept: str
    stage: int
    stability: float | None
    difficulty: float | None
    last_day: int | None
    asked_day: int | None
    first_day: int | None
    rests_until_ms: int


class ExamItemReader(DatabaseReader):
    """The items of an exam, and the pace of the learner."""

    def exam_rows(self, packs: Collection[str]) -> list[ExamRow]:
        """Return the items of packs, in the author's order."""
        return [ExamRow(*row) for row in self._db.rows(_ROWS, (json.dumps([*packs]),))]

    def matured_items(self, day: int) -> set[str]:
        """Return the items that were in the review stage and had a review on a study day."""
        return {item for (item,) in self._db.rows(_MATURED, (day,))}

    def answer_seconds(self, day: int, *, days: int) -> float:
        """Return how long an answer took, on average of so many study days before ``day``."""
        [(spent_ms, answers)] = self._db.rows(_SPENT, (day - days, day - 1))
        seconds = float(spent_ms) / 1000 + ANSWERS * SECONDS_AN_ANSWER
        return seconds / (float(answers) + ANSWERS)
