"""Reviews to append, short to write."""

from datetime import UTC, datetime, timedelta

from studytool.quiz.outcome import Outcome
from studytool.review_log.event_ids import id_text, new_id
from studytool.review_log.events import Review, ReviewDraft
from studytool.srs.memory import DAY_MS
from studytool.srs.rating import Rating

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def draft(
    item: str = "pack/one",
    rating: Rating = Rating.GOOD,
    time: datetime = NOON,
    *,
    outcome: Outcome = Outcome.RIGHT,
    offset_minutes: int = 0,
) -> ReviewDraft:
    return ReviewDraft(
        item=item,
        revision="3f2a9c81",
        seed=7,
        parameters={"fan_in": 512.0, "n": 128.0},
        answer="1/128",
        outcome=outcome,
        rating=rating,
        time=time,
        offset_minutes=offset_minutes,
        duration_ms=8000,
    )


def foreign(
    item: str,
    rating: Rating,
    ms: int,
    *,
    random: bytes,
    device: str = "other",
    days_before: int = 0,
) -> Review:
    """A review as another device would have written it, in a zone where it may be another day."""
    return Review(
        id=id_text(new_id(ms, random)),
        learner="someone",
        device=device,
        item=item,
        revision="3f2a9c81",
        seed=7,
        parameters={"fan_in": 512.0, "n": 128.0},
        answer="0.0078125",
        outcome=Outcome.WRONG,
        rating=rating,
        time=datetime.fromtimestamp(ms / 1000, UTC),
        offset_minutes=0,
        study_day=ms // DAY_MS - days_before,
        duration_ms=1,
    )
