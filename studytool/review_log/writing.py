"""How an event becomes a row of the table ``events``."""

from collections.abc import Iterable

from studytool.review_log.database import Database
from studytool.review_log.events import (
    Bury,
    Event,
    Flag,
    ItemAct,
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
from studytool.review_log.item_acts import write_days, write_leech, write_until
from studytool.review_log.names import Coder
from studytool.review_log.variant_parameters import write_parameters
from studytool.sqlite.connection import Row
from studytool.srs.memory import to_ms

_COLUMNS = (
    "id", "kind", "learner", "device", "time_ms", "offset_minutes", "item", "revision", "seed",
    "parameters", "answer", "outcome", "misconception", "confidence", "rating", "duration_ms",
    "target", "detail",
)  # fmt: skip
_INSERT = f"""
INSERT INTO events({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))})
"""


def insert_event(db: Database, event: Event, coder: Coder) -> int:
    """Append one event and give its place in this file. Inside the coder's transaction."""
    return int(db.rows(f"{_INSERT} RETURNING seq", _row(event, coder))[0][0])


def insert_events(db: Database, events: Iterable[Event], coder: Coder) -> None:
    """Append events that the log does not have. Inside the coder's transaction."""
    db.many(_INSERT, iter([_row(event, coder) for event in events]))


def _row(event: Event, coder: Coder) -> Row:
    return (
        id_bytes(event.id),
        coder.code(event.kind),
        coder.code(event.learner),
        coder.code(event.device),
        to_ms(event.time),
        event.offset_minutes,
        *_said(event, coder),
    )


def _said(event: Event, coder: Coder) -> Row:
    match event:
        case Review():
            return _of_review(event, coder)
        case Suspend() | Unsuspend() | Bury() | Flag() | Unflag() | Reset():
            return _of_act(item=coder.code(event.item), detail=_detail(event))
        case Vacation():
            return _of_act(detail=write_days(event.days))
        case ReRate():
            return _of_act(target=id_bytes(event.target), rating=coder.code(event.rating))
        case Undo() | Redo():
            return _of_act(target=id_bytes(event.target))


def _detail(act: ItemAct) -> str | None:
    match act:
        case Bury():
            return write_until(to_ms(act.until))
        case Suspend(leech=str(leech)) | Flag(leech=str(leech)):
            return write_leech(leech)
        case _:
            return None


def _of_review(review: Review, coder: Coder) -> Row:
    return (
        coder.code(review.item),
        coder.code(review.revision),
        review.seed,
        write_parameters(review.parameters, coder),
        review.answer,
        coder.code(review.outcome),
        coder.code(review.misconception),
        review.confidence,
        coder.code(review.rating),
        review.duration_ms,
        None,
        None,
    )


def _of_act(
    *,
    item: int | None = None,
    rating: int | None = None,
    target: bytes | None = None,
    detail: str | None = None,
) -> Row:
    return (item, *[None] * 7, rating, None, target, detail)
