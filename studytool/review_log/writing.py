"""How an event becomes a row of the table ``events``."""

import json

from studytool.review_log.database import Database
from studytool.review_log.events import (
    Bury,
    Event,
    Flag,
    Redo,
    ReRate,
    Reset,
    Review,
    Suspend,
    Undo,
    Unflag,
    Unsuspend,
    Vacation,
    id_bytes,
)
from studytool.review_log.item_acts import write_days, write_until
from studytool.review_log.names import Coder
from studytool.srs.memory import to_ms

_COLUMNS = (
    "id", "kind", "learner", "device", "time_ms", "offset_minutes", "item", "revision", "seed",
    "parameters", "answer", "outcome", "misconception", "confidence", "rating", "duration_ms",
    "target", "detail",
)  # fmt: skip
_INSERT = f"""
INSERT INTO events({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))}) RETURNING seq
"""


def insert_event(db: Database, event: Event, coder: Coder) -> int:
    """Append one event and give its place in this file. Inside the coder's transaction."""
    row: dict[str, object] = {
        "id": id_bytes(event.id),
        "kind": coder.code(event.kind),
        "learner": coder.code(event.learner),
        "device": coder.code(event.device),
        "time_ms": to_ms(event.time),
        "offset_minutes": event.offset_minutes,
    }
    row |= _said(event, coder)
    return int(db.rows(_INSERT, [row.get(column) for column in _COLUMNS])[0][0])


def _said(event: Event, coder: Coder) -> dict[str, object]:
    match event:
        case Review():
            return _of_review(event, coder)
        case Suspend() | Unsuspend() | Flag() | Unflag() | Reset():
            return {"item": coder.code(event.item)}
        case Bury():
            return {"item": coder.code(event.item), "detail": write_until(to_ms(event.until))}
        case Vacation():
            return {"detail": write_days(event.days)}
        case ReRate():
            return {"target": id_bytes(event.target), "rating": coder.code(event.rating)}
        case Undo() | Redo():
            return {"target": id_bytes(event.target)}


def _of_review(review: Review, coder: Coder) -> dict[str, object]:
    numbers = json.dumps(dict(review.parameters), separators=(",", ":"), allow_nan=False)
    return {
        "item": coder.code(review.item),
        "revision": coder.code(review.revision),
        "seed": review.seed,
        "parameters": numbers if review.parameters else None,
        "answer": review.answer,
        "outcome": coder.code(review.outcome),
        "misconception": coder.code(review.misconception),
        "confidence": review.confidence,
        "rating": coder.code(review.rating),
        "duration_ms": review.duration_ms,
    }
