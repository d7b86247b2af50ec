"""The rows that keep memories: an item's in ``items``, and its reviews in the review stage."""

from studytool.review_log.delays import DELAY
from studytool.review_log.schema import IS_NEW, MEMORY_COLUMNS
from studytool.srs.memory import Stage

OF_ITEMS = "AND item IN (SELECT value FROM json_each(?))"
FORGET = f"""
UPDATE items SET {IS_NEW}, step = 0, stability = NULL, difficulty = NULL, due_ms = NULL,
    due_day = NULL, last_ms = NULL, last_day = NULL, reps = 0, lapses = 0, first_day = NULL,
    shift_days = 0, rests_until_ms = 0, flagged = 0, set_day = NULL, set_ms = NULL
"""
STORE = f"""
INSERT INTO items({MEMORY_COLUMNS}, first_day, item, shift_days)
VALUES (?1, ?2, ?3, ?4, iif(?1 = {Stage.REVIEW:d}, NULL, ?5), iif(?1 = {Stage.REVIEW:d}, ?6, NULL),
    ?7, ?8, ?9, ?10, ?11, ?12, {DELAY.format(stage="?1", last_ms="?7", due_day="?6")})
ON CONFLICT(item) DO UPDATE SET ({MEMORY_COLUMNS}, first_day, shift_days) = (
    excluded.stage, excluded.step, excluded.stability, excluded.difficulty, excluded.due_ms,
    excluded.due_day, excluded.last_ms, excluded.last_day, excluded.reps, excluded.lapses,
    excluded.first_day, excluded.shift_days)
"""
STORE_AGAIN = f"""
UPDATE items SET ({MEMORY_COLUMNS}, shift_days) = (?1, ?2, ?3, ?4,
    iif(?1 = {Stage.REVIEW:d}, NULL, ?5), iif(?1 = {Stage.REVIEW:d}, ?6, NULL), ?7, ?8, ?9, ?10,
    {DELAY.format(stage="?1", last_ms="?7", due_day="?6")})
WHERE item = ?11
"""
"""Of an item that was seen before: the index of first days stays as it is."""

MATURE = "INSERT INTO mature_reviews(time_ms, seq, recalled, predicted) VALUES (?, ?, ?, ?)"
FORGET_MATURE = f"""
DELETE FROM mature_reviews
WHERE (time_ms, seq) IN (SELECT time_ms, seq FROM events WHERE item IS NOT NULL {OF_ITEMS})
"""
STORED = f"SELECT {MEMORY_COLUMNS}, first_day FROM items WHERE item = ?"
