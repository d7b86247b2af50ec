"""Questions about what was reviewed, each bounded by an index over time."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from studytool.quiz.variant import Outcome
from studytool.review_log.database import Database, Row
from studytool.review_log.events import REVIEW, Activity, Event, Review, Undo, id_text
from studytool.review_log.fold_cache import STANDING
from studytool.review_log.schema import OUTCOME_CODES, RATING_CODES, REVIEW_CODE, UNDO_CODE
from studytool.review_log.study_days import StudyDay, as_date
from studytool.srs.memory import from_ms
from studytool.srs.rating import Rating

_EVENT = """
SELECT e.id, kind.name, learner.name, device.name, time_ms, offset_minutes, item.name,
    revision.name, seed, parameters, answer, outcome.name, misconception.name, confidence,
    rating.name, duration_ms, target
FROM events e
JOIN names kind ON kind.code = e.kind
JOIN names learner ON learner.code = e.learner
JOIN names device ON device.code = e.device
LEFT JOIN names item ON item.code = e.item
LEFT JOIN names revision ON revision.code = e.revision
LEFT JOIN names outcome ON outcome.code = e.outcome
LEFT JOIN names misconception ON misconception.code = e.misconception
LEFT JOIN names rating ON rating.code = e.rating
"""


def all_events(db: Database) -> Iterator[Event]:
    """Give the events of the kinds known here, in the order of their arrival in this file."""
    known = f"e.kind IN ({REVIEW_CODE}, {UNDO_CODE})"
    return map(_event, db.stream(f"{_EVENT} WHERE {known} ORDER BY e.seq"))


def last_reviews(db: Database, *, item: str | None, limit: int) -> list[Review]:
    """Give standing reviews, latest first; of one item or of all."""
    scope = "" if item is None else "AND e.item = (SELECT code FROM names WHERE name = ?)"
    index = "events_by_time" if item is None else "events_by_item"  # else it would sort them all
    latest = (
        f"SELECT seq FROM events e INDEXED BY {index} WHERE {STANDING} {scope} "
        "ORDER BY e.time_ms DESC, e.id DESC LIMIT ?"
    )
    sql = f"{_EVENT} WHERE e.seq IN ({latest}) ORDER BY e.time_ms DESC, e.id DESC"
    values = (limit,) if item is None else (item, limit)
    return [_review(row) for row in db.rows(sql, values)]


def last_written(db: Database, *, learner: str, device: str) -> Review | None:
    """Give the standing review that this device wrote last.

    Last by arrival, not by time: a clock that was set back changes nothing in what undo means.
    """
    last = (
        f"SELECT seq FROM events e WHERE {STANDING} "
        "AND e.learner = (SELECT code FROM names WHERE name = ?) "
        "AND e.device = (SELECT code FROM names WHERE name = ?) ORDER BY seq DESC LIMIT 1"
    )
    found = db.row(f"{_EVENT} WHERE e.seq = ({last})", (learner, device))
    return None if found is None else _review(found)


def activity(db: Database, since_ms: int) -> Activity:
    """Count standing reviews since an instant by outcome and by rating."""
    rows = db.rows(
        f"SELECT outcome, rating, count(*), sum(duration_ms) FROM events e "
        f"WHERE {STANDING} AND time_ms >= ? GROUP BY outcome, rating",
        (since_ms,),
    )
    return Activity(
        reviews=sum(n for _, _, n, _ in rows),
        outcomes={
            outcome: sum(n for known, _, n, _ in rows if known == code)
            for outcome, code in OUTCOME_CODES.items()
        },
        ratings={
            rating: sum(n for _, known, n, _ in rows if known == code)
            for rating, code in RATING_CODES.items()
        },
        spent=timedelta(milliseconds=sum(ms for *_, ms in rows)),
    )


def review_days(db: Database, *, start_hour: int) -> Iterator[date]:
    """Give the study days with reviews, latest first; one index look-up for each day taken.

    A review counts for the day that it was by the learner's clock of that moment.
    """
    before_ms = 1 << 62
    last: int | None = None
    while True:
        found = db.row(
            f"SELECT time_ms, offset_minutes FROM events e WHERE {STANDING} AND time_ms < ? "
            "ORDER BY time_ms DESC LIMIT 1",
            (before_ms,),
        )
        if found is None:
            return
        time_ms, offset_minutes = found
        day = StudyDay(offset_minutes, start_hour)
        number = day.number(time_ms)
        before_ms = day.start_ms(number)
        if last is None or number < last:  # a journey west can make a day long
            yield as_date(number)
            last = number


def streak_days(db: Database, today: date, *, start_hour: int) -> int:
    """Count days in a row with reviews up to ``today``, or up to yesterday if none yet today."""
    streak, wanted = 0, today
    for day in review_days(db, start_hour=start_hour):
        if day > today:  # written under a clock that ran ahead
            continue
        if streak == 0 and day == today - timedelta(days=1):
            wanted = day
        if day != wanted:
            break
        streak, wanted = streak + 1, wanted - timedelta(days=1)
    return streak


def retention(db: Database, since_ms: int) -> float | None:
    """Give the share recalled of reviews in the review stage, None where there are none."""
    [(recalled, n)] = db.rows(
        "SELECT sum(recalled), count(*) FROM mature_reviews WHERE time_ms >= ?", (since_ms,)
    )
    return recalled / n if n else None


def _review(row: Row) -> Review:
    event = _event(row)
    if not isinstance(event, Review):
        raise TypeError(f"{event.id} is no review")
    return event


def _event(row: Row) -> Event:
    id_, kind, learner, device, time_ms, offset_minutes, *rest = row
    stamp: dict[str, Any] = {
        "id": id_text(id_),
        "learner": learner,
        "device": device,
        "time": from_ms(time_ms),
        "offset_minutes": offset_minutes,
    }
    if kind != REVIEW:
        return Undo(**stamp, target=id_text(rest[-1]))
    item, revision, seed, parameters, answer, outcome, misconception, confidence = rest[:8]
    return Review(
        **stamp,
        item=item,
        revision=revision,
        seed=seed,
        parameters=json.loads(parameters) if parameters else {},
        answer=answer,
        outcome=Outcome(outcome),
        misconception=misconception,
        confidence=confidence,
        rating=Rating(rest[8]),
        duration_ms=rest[9],
    )
