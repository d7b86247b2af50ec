"""The rows of ``items`` and of the reviews in the review stage: memories and states, stored and forgotten."""

import json
from collections.abc import Mapping

from studytool.review_log.database import Database
from studytool.review_log.delays import DELAY
from studytool.review_log.kinds import KINDS, ItemState, kinds_where
from studytool.review_log.moves import Moves, moved
from studytool.review_log.schema import IS_NEW, MEMORY_COLUMNS
from studytool.review_log.standing import codes, stands
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


_ITEM_ACTS = codes(kinds_where(lambda kind: kind.effect))
_ACTS = f"""
SELECT item, kind.name, time_ms, id, detail FROM events e CROSS JOIN names kind ON code = e.kind
WHERE EXISTS {_ITEM_ACTS} AND e.kind IN {_ITEM_ACTS} AND {stands("e")}
"""
"""A log without such acts is not searched for them."""

_STORE_STATE = """
INSERT INTO items(item, rests_until_ms, flagged, set_day, set_ms) VALUES (?, ?, ?, ?, ?)
ON CONFLICT(item) DO UPDATE SET (rests_until_ms, flagged, set_day, set_ms) = (
    excluded.rests_until_ms, excluded.flagged, excluded.set_day, excluded.set_ms)
"""


def read_states(
    db: Database, moves: Moves, scope: str, values: tuple[str, ...]
) -> dict[int, ItemState]:
    """Return the states of the items within ``scope``, a condition and its ``values``."""
    states: dict[int, ItemState] = {}
    acts = db.stream(f"{_ACTS} {scope} ORDER BY time_ms, id", values)
    for item, kind, ms, id_, detail in moved(acts, moves.now):
        if effect := KINDS[kind].effect:
            before = states.get(item, ItemState())
            states[item] = effect(before, (ms, id_), json.loads(detail or "{}"))
    return states


def store_states(db: Database, states: Mapping[int, ItemState], moves: Moves) -> None:
    """Store states in the rows of the items that keep them. Inside a transaction."""
    rows = (
        (item, state.rests_until_ms, state.flagged, state.set_day, state.set_ms)
        for item, state in states.items()
    )
    db.many(_STORE_STATE, moved(rows, moves.kept))
