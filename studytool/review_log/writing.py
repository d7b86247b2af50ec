"""How an event becomes a row of the table ``events``."""

import json

from studytool.review_log.database import Database
from studytool.review_log.events import REVIEW, UNDO, Event, Review, id_bytes
from studytool.review_log.names import make_code
from studytool.srs.memory import to_ms

_COLUMNS = (
    "id", "kind", "learner", "device", "time_ms", "offset_minutes", "item", "revision", "seed",
    "parameters", "answer", "outcome", "misconception", "confidence", "rating", "duration_ms",
    "target",
)  # fmt: skip
_INSERT = f"""
INSERT INTO events({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))}) RETURNING seq
"""


def insert_event(db: Database, event: Event) -> int:
    """Append one event and give its place in this file. Inside a transaction."""
    row: dict[str, object] = {
        "id": id_bytes(event.id),
        "kind": make_code(db, REVIEW if isinstance(event, Review) else UNDO),
        "learner": make_code(db, event.learner),
        "device": make_code(db, event.device),
        "time_ms": to_ms(event.time),
        "offset_minutes": event.offset_minutes,
    }
    row |= (
        _of_review(db, event) if isinstance(event, Review) else {"target": id_bytes(event.target)}
    )
    return int(db.rows(_INSERT, [row.get(column) for column in _COLUMNS])[0][0])


def _of_review(db: Database, review: Review) -> dict[str, object]:
    numbers = json.dumps(dict(review.parameters), separators=(",", ":"), allow_nan=False)
    return {
        "item": make_code(db, review.item),
        "revision": make_code(db, review.revision),
        "seed": review.seed,
        "parameters": numbers if review.parameters else None,
        "answer": review.answer,
        "outcome": make_code(db, review.outcome),
        "misconception": make_code(db, review.misconception),
        "confidence": review.confidence,
        "rating": make_code(db, review.rating),
        "duration_ms": review.duration_ms,
    }
