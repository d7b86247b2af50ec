"""Standing reviews as the log gives them to figures, made of reviews; and the way back."""

from collections.abc import Iterable, Mapping

from studytool.quiz.outcome import Outcome
from studytool.review_log.columns import ReviewColumns, gather_columns
from studytool.review_log.event_ids import id_bytes
from studytool.review_log.events import Review
from studytool.review_log.history import AnswerRow
from studytool.review_log.log import ReviewLog
from studytool.srs.fold import NUMBER
from studytool.srs.memory import DAY_MS, to_ms


def answered(log: ReviewLog) -> list[tuple[Review, float | None]]:
    """Give the standing reviews by time, each with its predicted recall."""
    reviews = reversed(log.last_reviews(limit=1_000_000))
    return [(one, row.predicted) for one, row in zip(reviews, log.answers(), strict=True)]


def columns_of_log(log: ReviewLog) -> ReviewColumns:
    return gather_columns(log.answers(), words=log.words, resets=log.resets())


def answer_row(
    review: Review, predicted: float | None = None, *, codes: Mapping[str, int]
) -> AnswerRow:
    return AnswerRow(
        item=codes[review.item],
        time_ms=to_ms(review.time),
        id=id_bytes(review.id),
        study_day=to_ms(review.time) // DAY_MS if review.study_day is None else review.study_day,
        right=int(review.outcome is Outcome.RIGHT),
        shown=int(review.outcome is Outcome.SHOWN),
        rating=NUMBER[review.rating],
        misconception=codes[review.misconception] if review.misconception else 0,
        confidence=review.confidence,
        duration_ms=review.duration_ms,
        predicted=predicted,
    )


def columns_of(
    reviews: Iterable[Review], *, predicted: Mapping[str, float] | None = None
) -> ReviewColumns:
    """Put reviews, which come by time, into columns."""
    given = list(reviews)
    words = sorted({name for one in given for name in (one.item, one.misconception) if name})
    codes = {name: code for code, name in enumerate(words, start=101)}
    names = {code: name for name, code in codes.items()}
    chances = predicted or {}
    rows = [answer_row(one, chances.get(one.id), codes=codes) for one in given]
    return gather_columns(rows, words=lambda _: names, resets={})
