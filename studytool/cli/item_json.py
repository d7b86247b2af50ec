"""Acts on items and their past reviews, as the keys that ``--json`` prints."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytool.cli.item_rows import instant_text
from studytool.json_output import (
    BuriedItemJson,
    ChangedItemJson,
    PastReviewJson,
    RatedItemJson,
    ResetItemJson,
)

if TYPE_CHECKING:
    from studytool.review_log.events import Review
    from studytool.session.acts import ActReport, ResetReport

ActedItemJson = ChangedItemJson | BuriedItemJson | ResetItemJson | RatedItemJson


def report_as_json(report: "ActReport") -> ActedItemJson:
    """Return the stable keys of an act on an item."""
    from studytool.session.acts import BuryReport, RatingReport, ResetReport, SwitchReport

    common: ChangedItemJson = {"item": report.item, "changed": report.changed}
    match report:
        case SwitchReport():
            return common
        case BuryReport(until=until):
            return {**common, "until": until.isoformat(timespec="seconds")}
        case ResetReport():
            return _reset_as_json(report, common)
        case RatingReport(review=review, rating=rating, due=due):
            return {
                **common,
                "before": review.rating,
                "after": rating,
                "review": review.id,
                "due": instant_text(due),
            }


def _reset_as_json(report: "ResetReport", common: ChangedItemJson) -> ResetItemJson:
    shown: ResetItemJson = {"item": common["item"], "changed": common["changed"]}
    if report.changed or report.ahead:
        shown["reviews_forgotten"] = report.forgotten
    if report.ahead:
        shown["reviews_ahead"] = [review.id for review in report.ahead]
    return shown


def reviews_as_json(reviews: "Sequence[Review]", counting: int) -> list[PastReviewJson]:
    """Describe reviews as rated now; the first ``counting`` were after the item's last reset."""
    return [
        {
            "id": review.id,
            "time": review.time.isoformat(timespec="milliseconds"),
            "rating": review.rating,
            "outcome": review.outcome,
            "duration_ms": review.duration_ms,
            "answer": review.answer,
            "confidence": review.confidence,
            "counts": number < counting,
        }
        for number, review in enumerate(reviews)
    ]
