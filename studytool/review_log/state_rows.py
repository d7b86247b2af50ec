"""States of items besides their memories, folded from the acts on them and stored."""

import json
from collections.abc import Mapping

from studytool.review_log.database import Database
from studytool.review_log.item_states import ItemState
from studytool.review_log.kinds import KINDS, kinds_where
from studytool.review_log.moves import Moves, moved
from studytool.review_log.standing import codes, stands

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
